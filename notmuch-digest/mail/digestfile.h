/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * digestfile.h - which files are digests or reports that we wrote
 *
 * Anybody can mail us our header, our Message-ID or our tag. A file is ours
 * only if all three hold: it lies in cur or new of the digest folder, it has
 * an X-Notmuch-Digest header, and its Message-ID has our form. Nothing else is
 * ever unlinked, replaced, removed or left out as input.
 *
 * A report is about a window of time, a digest about one thread; where both
 * are meant, a digest is spoken of.
 */
#ifndef ND_MAIL_DIGESTFILE_H
#define ND_MAIL_DIGESTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The folders that digests lie in: the one in force, and the one before it. */
struct nd_folders {
	const char **path; /* absolute, as libnotmuch names files */
	size_t count;
};

enum { ND_DIGESTFILE_VERSION = 1 };

/* What a digest says of itself in its headers. */
struct nd_digest_header {
	unsigned version;   /* of the form; ours is 1, a newer one's more */
	const char *id;     /* Message-ID without brackets */
	const char *engine; /* "extract"; "" if it does not say */
	const char *model;  /* "" or "-" unless one wrote it */
	const char *lang;   /* of its headings; "" if it does not say */
	const char *key;    /* of the mails it covers; "" or 40 digits */
	const char *last;   /* hash of the newest of them; "" or 40 digits */
	const char *behind; /* the same of the digest before it */
	unsigned covers;    /* mails */
	const char *tags;   /* X-Notmuch-Digest-Tags as written, "" if none */
	const char *merged; /* X-Notmuch-Digest-Merged, "" if none */

	/* of a report */
	const char *query;        /* hash of its query: "" or 40 digits */
	int64_t since_s, until_s; /* its window; 0 if it does not say */
};

/** The Message-ID of the digest of a thread, without brackets; owned by ctx. */
const char *
nd_digestfile_id(const void *ctx, const char *root_id, unsigned variant);

/** That of a report; hash: 40 digits, made of its window and query. */
const char *
nd_digestfile_report_id(const void *ctx, const char *hash, unsigned variant);

/** The 40 digits in the id of a report, owned by ctx; NULL: it has no form of
 * such an id. */
const char *nd_digestfile_report_hash(const void *ctx, const char *id);

/* Other ids than the first are taken when foreign mail has it. */
enum { ND_DIGESTFILE_VARIANTS = 9 };

/** Has this Message-ID (without brackets) our form, of digest or report? */
bool nd_digestfile_has_id(const char *id);

/** Has it that of a report? */
bool nd_digestfile_has_report_id(const char *id);

/** Does the file lie where our digests do? It need not exist. */
bool
nd_digestfile_has_place(const struct nd_folders *folders, const char *path);

/**
 * The three-fold rule.
 *
 * header     filled in when the file is ours, its strings owned by ctx; may be
 *            NULL
 * Returns    false also for a file that cannot be read: then errno says why,
 *            else it is 0
 */
bool nd_digestfile_read(const void *ctx, const struct nd_folders *folders,
                        const char *path, struct nd_digest_header *header);

#endif
