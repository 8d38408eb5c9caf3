/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limits.h - the ceiling of everything that grows from outside
 *
 * A mail over a ceiling keeps its header facts and its place in the thread;
 * the report names it among its problems. Values are far above what real list
 * mail holds (largest of 10,627 kvmarm mails: 0.4 MB) and far below what would
 * hurt.
 */
#ifndef ND_UTIL_LIMITS_H
#define ND_UTIL_LIMITS_H

/*
 * One mail. The unit is in the name: _BYTES, _S (seconds); others count what they
 * name.
 */
#define ND_LIMIT_MAIL_BYTES (32u << 20) /* a file; providers take 25 MB */
#define ND_LIMIT_PART_BYTES (4u << 20)  /* decoded text of one MIME part */
#define ND_LIMIT_BODY_BYTES (4u << 20)  /* of one mail: 10 times the largest */
#define ND_LIMIT_BODY_LINES 200000      /* of one mail, 20 bytes each */
#define ND_LIMIT_MIME_DEPTH 20          /* nested: each is a call deeper */
#define ND_LIMIT_MIME_PARTS 200      /* of one mail: a digest of a list fits */
#define ND_LIMIT_QUOTE_DEPTH 32      /* deeper counts as this deep */
#define ND_LIMIT_HTML_DEPTH 200      /* nested elements */
#define ND_LIMIT_HEADER_BYTES 4096   /* one decoded value */
#define ND_LIMIT_URL_BYTES 2000      /* where a mail is archived */
#define ND_LIMIT_ID_BYTES 998        /* a Message-ID (RFC 5322, 2.1.1) */
#define ND_LIMIT_REFERENCES 1000     /* ids in one References header */
#define ND_LIMIT_ADDRESSES 1000      /* in one header */
#define ND_LIMIT_FILES_PER_MAIL 16   /* copies of one mail that are tried */
#define ND_LIMIT_SENTENCE_BYTES 1200 /* more is a table or a log */
#define ND_LIMIT_SAID_OF_MAIL 2000   /* sentences whose acts are read */
#define ND_LIMIT_MAIL_LINKS 100      /* of one mail: each is looked up */
#define ND_LIMIT_CHANGES 100         /* sections of one changelog */
#define ND_LIMIT_CHANGE_BYTES 8000   /* text of one of them: two screens */
#define ND_LIMIT_COVER_BYTES (64u << 10)    /* a cover letter that is shown */
#define ND_LIMIT_WITHHELD_BYTES (16u << 20) /* of a mail not to be sent */

/* One thread: what is compared with each other, or held at once. */
#define ND_LIMIT_SENTENCES 20000   /* candidates for its summary */
#define ND_LIMIT_SAID 100000       /* sentences whose acts are read */
#define ND_LIMIT_SERIES 1000       /* patch series */
#define ND_LIMIT_PATCHES 10000     /* n and m of [PATCH n/m]: an entry each */
#define ND_LIMIT_VERSION 9999      /* N of vN: four digits */
#define ND_LIMIT_CANDIDATES 5000   /* mails read for version chains */
#define ND_LIMIT_RELATED 200       /* series one series is compared to */
#define ND_LIMIT_PRIOR_VERSIONS 50 /* told of a series, others counted */
#define ND_LIMIT_MERGED 150        /* patches in the header of a digest */

/* What we write and keep. */
#define ND_LIMIT_DIGEST_HEADER_BYTES 16384     /* of a digest of ours */
#define ND_LIMIT_DIGEST_BYTES (1u << 20)       /* 150 words, their sources */
#define ND_LIMIT_REPORT_MAIL_BYTES (32u << 20) /* a report as a mail */
#define ND_LIMIT_OUTPUT_BYTES (200u << 20) /* a report: one block of talloc */
#define ND_LIMIT_PROBLEMS 1000      /* named in a report; the rest is counted */
#define ND_LIMIT_CARRIED_MAILS 4000 /* of threads without new mail: seconds */
#define ND_LIMIT_DISK_FULL_BYTES (64u << 10) /* less is a full disk */
#define ND_LIMIT_SESSION_S 60         /* one session with the write lock */
#define ND_LIMIT_SESSION_EXTRA_S 3600 /* more when it has many mails */

/* What other programs, services and users give us. */
#define ND_LIMIT_FEED_BYTES (16u << 20) /* a feed of commits */
#define ND_LIMIT_COMMITS 20000          /* in one feed */
#define ND_LIMIT_GIT_COMMITS 200000     /* two releases of Linux and more */
#define ND_LIMIT_STDIN_BYTES ND_LIMIT_MAIL_BYTES /* as a mail file */
#define ND_LIMIT_HITS 50000                      /* mails one search looks at */
#define ND_LIMIT_REPLY_BYTES (8u << 20)          /* body of an HTTP answer */
#define ND_LIMIT_REPLY_HEADER_BYTES (256u << 10) /* its header */
#define ND_LIMIT_CONTENT_BYTES (256u << 10)      /* what a model may say */
#define ND_LIMIT_JSON_DEPTH 16                   /* values in values */
#define ND_LIMIT_KEY_BYTES 8192           /* of a service: a long token fits */
#define ND_LIMIT_PROMPT_BYTES (16u << 20) /* a request: no window is so large */
#define ND_LIMIT_CACHE_BYTES (64u << 20)  /* answers that are kept */
#define ND_LIMIT_CACHE_ENTRY_BYTES (1u << 20) /* one answer */
#define ND_LIMIT_QUERY_BYTES (256u << 10)     /* a query somebody gives us */
#define ND_LIMIT_QUERY_WORDS 4000             /* parsing them takes 1 to 2 s */
#define ND_LIMIT_QUERY_NESTING 4              /* queries named in queries */

/*
 * A process that reads mail for us (cage/). Mails at the ceilings of this file
 * are read within these: tests/t0320-one-bad-mail.t.
 */
#define ND_LIMIT_CAGE_BYTES (512u << 20) /* of memory */
#define ND_LIMIT_CAGE_CPU_S 60
#define ND_LIMIT_CAGE_WAIT_S 600 /* for one answer: others may have the cores */
#define ND_LIMIT_CAGE_ITEMS 1000 /* that one process reads */
#define ND_LIMIT_CAGE_REQUEST_BYTES (128u << 10) /* of several items */
#define ND_LIMIT_CAGE_ANSWER_BYTES (64u << 20)   /* to one: text and lines */
#define ND_LIMIT_CAGE_WORDS 16 /* that one item may want to be learnt at once */
#define ND_LIMIT_CAGE_WORD_BYTES 160

/*
 * What the MIME parser may find in one mail, which costs it up to 5 kB a part
 * and 0.5 kB a field or address, and libxml2 in HTML, 0.5 kB a node: some 100
 * MB at most. A digest of 500 mails stays below.
 */
#define ND_LIMIT_PARSE_PARTS 2000
#define ND_LIMIT_PARSE_FIELDS 25000
#define ND_LIMIT_PARSE_MARKS 50000             /* of addresses and parameters */
#define ND_LIMIT_PARSE_HEADER_BYTES (2u << 20) /* headers of all parts */
#define ND_LIMIT_HTML_NODES 200000             /* tags and attributes */
#define ND_LIMIT_STYLE_RULES 5000              /* of <style>, 1 kB each */
#define ND_LIMIT_STYLE_STEPS 5000000           /* rules compared, 50 ns each */

/* What is left of the header of a mail over those. */
#define ND_LIMIT_PRUNED_FIELD_BYTES 8192
#define ND_LIMIT_PRUNED_FIELDS 4 /* of the same name */

#endif
