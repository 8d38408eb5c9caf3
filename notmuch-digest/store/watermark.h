/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watermark.h - what we remember between runs: digest.state in the database
 *
 * One line of name=value words in notmuch's database metadata, written in the
 * same atomic section as what it speaks of. It is a memory, not the truth: a
 * database without it (rebuilt) or with another uuid (compacted, restored
 * elsewhere) costs one pass over the index, and nothing else.
 *
 * The revision is the watermark: every change up to it has been looked at, or
 * was our own.
 */
#ifndef ND_STORE_WATERMARK_H
#define ND_STORE_WATERMARK_H

#include <stdbool.h>
#include <stdint.h>

#include "mail/db.h"
#include "util/status.h"

/* What we write; a newer version of this program may write more. */
enum { ND_WATERMARK_VERSION = 1 };

struct nd_watermark {
	unsigned version;       /* 0 when never written */
	const char *uuid;       /* of the database; "" when never written */
	unsigned long revision; /* the watermark; 0: look at everything */
	int64_t at_s;           /* when an update wrote; 0: none did */
	int64_t quiet_s;        /* threads that had gone quiet by then have been
				 * looked for; 0: none have */
	const char *folder;     /* of the digests; "" before the first run */
	const char *prefix;     /* of the tags */
	const char *mute;       /* which threads get none: pipeline/muted.h */
	const char *names;      /* categories ever used as tags: "net,mm" */
	unsigned mails;         /* in the database then, digests apart */
	unsigned foreign;       /* mails in the folder that are not ours */
	unsigned digests;       /* of ours in the index; UINT_MAX: not known */
	const char *asked; /* the model that no digest waits for any more, as
			    * pipeline/pending.h names it; "" */
	const char *why;   /* what kept the last run from asking it; "" */
};

/** Read a line as nd_watermark_format() makes it; unknown words are skipped. */
void nd_watermark_parse(const void *ctx, const char *line,
                        struct nd_watermark *state);

/** The line, owned by ctx. */
const char *
nd_watermark_format(const void *ctx, const struct nd_watermark *state);

/**
 * Read the state from the database itself: a user's configuration file cannot
 * stand in for it. Without one, all fields are empty.
 */
enum nd_status
nd_watermark_load(const void *ctx, struct nd_db *db, struct nd_watermark *state,
                  struct nd_error *err) ND_MUST_CHECK;

/** Write it (NULL: take it away) into a database that is open for writing. */
enum nd_status
nd_watermark_save(struct nd_db *db, const struct nd_watermark *state,
                  struct nd_error *err) ND_MUST_CHECK;

/** Is the watermark one of this database, as it is now? */
bool
nd_watermark_is_current(const struct nd_watermark *state, struct nd_db *db);

/** Was the clock over a day ahead of now_s when threads that have gone quiet
 * were last looked for? */
bool nd_watermark_is_ahead(const struct nd_watermark *state, int64_t now_s);

/** Does the watermark belong to this database at all? */
bool nd_watermark_is_of(const struct nd_watermark *state, struct nd_db *db);

#endif
