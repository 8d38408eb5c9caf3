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

#define ND_LIMIT_MAIL_BYTES (32u << 20) /* a mail file that is opened */
#define ND_LIMIT_PART_BYTES (4u << 20)  /* decoded text of one MIME part */
#define ND_LIMIT_BODY_BYTES (4u << 20)  /* text of one mail, all parts */
#define ND_LIMIT_MIME_DEPTH 20          /* nested multiparts */
#define ND_LIMIT_MIME_PARTS 200         /* parts looked at in one mail */
#define ND_LIMIT_BODY_LINES 200000      /* lines of one mail */
#define ND_LIMIT_QUOTE_DEPTH 32         /* deeper quoting counts as this deep */
#define ND_LIMIT_HTML_DEPTH 200         /* nested HTML elements */
#define ND_LIMIT_HEADER_BYTES 4096      /* one decoded header value */
#define ND_LIMIT_URL_BYTES 2000         /* where a mail is archived */
#define ND_LIMIT_ID_BYTES 998           /* a Message-ID (RFC 5322, 2.1.1) */
#define ND_LIMIT_REFERENCES 1000        /* ids in one References header */
#define ND_LIMIT_ADDRESSES 1000         /* addresses in one header */
#define ND_LIMIT_FILES_PER_MAIL 16      /* copies of one mail that are tried */
#define ND_LIMIT_SENTENCES 20000        /* candidates of one thread */
#define ND_LIMIT_SENTENCE_BYTES 1200    /* a longer "sentence" is not one */
#define ND_LIMIT_SAID_OF_MAIL 2000      /* sentences whose acts are read … */
#define ND_LIMIT_SAID 100000            /* … and those of one thread */
#define ND_LIMIT_PATCHES 10000          /* n and m of [PATCH n/m] */
#define ND_LIMIT_VERSION 9999           /* N of vN */
#define ND_LIMIT_DIGEST_HEADER_BYTES 16384     /* headers of a digest of ours */
#define ND_LIMIT_DIGEST_BYTES (1u << 20)       /* a digest mail */
#define ND_LIMIT_REPORT_MAIL_BYTES (32u << 20) /* a report as a mail */
#define ND_LIMIT_SERIES 1000                   /* patch series of one thread */
#define ND_LIMIT_MAIL_LINKS 100                /* mails one mail points to */
#define ND_LIMIT_CHANGES 100                   /* sections of one changelog */
#define ND_LIMIT_CHANGE_BYTES 8000             /* text of one such section */
#define ND_LIMIT_HITS 50000                    /* mails one search looks at */
#define ND_LIMIT_CARRIED_MAILS 4000            /* of threads without new mail */
#define ND_LIMIT_CANDIDATES 5000         /* mails read for version chains */
#define ND_LIMIT_RELATED 200             /* series one series is compared to */
#define ND_LIMIT_PRIOR_VERSIONS 50       /* listed of one series */
#define ND_LIMIT_COVER_BYTES (64u << 10) /* a cover letter that is shown */
#define ND_LIMIT_FEED_BYTES (16u << 20)  /* a feed of commits */
#define ND_LIMIT_MERGED 150              /* merged patches kept with a digest */
#define ND_LIMIT_COMMITS 20000           /* in one feed */
#define ND_LIMIT_GIT_COMMITS 200000      /* of a repository, at once */
#define ND_LIMIT_STDIN_BYTES ND_LIMIT_MAIL_BYTES
#define ND_LIMIT_OUTPUT_BYTES (200u << 20) /* one rendered report */
#define ND_LIMIT_REPLY_BYTES (8u << 20)    /* body of an HTTP answer */
#define ND_LIMIT_REPLY_HEADER_BYTES (256u << 10)
#define ND_LIMIT_CONTENT_BYTES (256u << 10) /* what a model may say */
#define ND_LIMIT_JSON_DEPTH 16
#define ND_LIMIT_KEY_BYTES 8192           /* a key of an LLM service */
#define ND_LIMIT_PROMPT_BYTES (16u << 20) /* of one request to a model */
#define ND_LIMIT_CACHE_BYTES (64u << 20)  /* all answers that are kept */
#define ND_LIMIT_CACHE_ENTRY_BYTES (1u << 20)
#define ND_LIMIT_SESSION_S 60         /* one session with the write lock */
#define ND_LIMIT_SESSION_EXTRA_S 3600 /* more for threads of many mails */
#define ND_LIMIT_DISK_FULL_BYTES (64u << 10) /* less is a full disk */
#define ND_LIMIT_WITHHELD_BYTES (16u << 20)  /* text of a mail not to be sent */
#define ND_LIMIT_QUERY_BYTES (256u << 10)    /* a query somebody gives us */
#define ND_LIMIT_QUERY_WORDS 4000 /* of it: parsing them takes 1 to 2 s */
#define ND_LIMIT_QUERY_NESTING 4  /* queries named in queries */
#define ND_LIMIT_PROBLEMS 1000    /* problems named; the rest counted */

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

/* What is left of the header of a mail over those. */
#define ND_LIMIT_PRUNED_FIELD_BYTES 8192
#define ND_LIMIT_PRUNED_FIELDS 4 /* of the same name */

#endif
