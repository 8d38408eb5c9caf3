/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * index.h - what the index says of threads: their mails, and what we have put
 * on them
 *
 * From the index alone, no file is opened, except for a mail in the digest
 * folder that does not bear our property yet. Works on a database that is open
 * for reading or for writing.
 *
 * Every mail that we put a tag on has the property digest.v=1; that is how all
 * of them are found again, whatever the user does to the tags. The root of a
 * thread and its digest have digest.key, too: the key of what was digested; what
 * was given the tag of mails that need the user has digest.me=1; a report has
 * digest.report: the hash of its query. A digest that a language model was asked
 * for, to an end, has digest.model: a hash that names it.
 * Mail cannot bring properties, so they prove more than tags.
 */
#ifndef ND_STORE_INDEX_H
#define ND_STORE_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/db.h"
#include "mail/digestfile.h"
#include "util/status.h"

#define ND_PROPERTY_MARK "digest.v"
#define ND_PROPERTY_MARK_VALUE "1"
#define ND_PROPERTY_KEY "digest.key"
#define ND_PROPERTY_ME "digest.me"
#define ND_PROPERTY_MODEL "digest.model"
#define ND_PROPERTY_REPORT "digest.report"

/*
 * The query for mails that have been said to need the user. Where they have
 * not the tag any more, the user has taken it off.
 */
#define ND_QUERY_ASKED "property:" ND_PROPERTY_ME "=1"

/* The query for all mails that have the mark. */
#define ND_QUERY_MARKED "property:" ND_PROPERTY_MARK "=" ND_PROPERTY_MARK_VALUE

struct nd_index_mail {
	const char *id;
	const char **tag;
	size_t tag_count;
	bool marked;       /* has digest.v=1 */
	bool asked;        /* has digest.me=1: it has been given the tag "me" */
	const char *key;   /* digest.key, "" if none */
	const char *model; /* digest.model, "" if none */
	const char **own;  /* files of it that are ours: the one that covers
			   * most mails, then the others by name */
	size_t own_count;
	size_t foreign_count; /* files of it that are not */
	bool foreign;         /* one of those lies in the digest folder */
	bool report; /* has the id of a report: not the digest of a thread */
};

struct nd_index_thread {
	const char *thread_id;
	struct nd_index_mail **mail; /* by id */
	size_t count;
};

struct nd_index_list {
	struct nd_index_thread *thread; /* by thread_id */
	size_t count;
};

/**
 * Look up threads by their ids; those that are gone are absent.
 *
 * *out       owned by ctx
 * Returns    ND_OK; ND_ERR_BUSY, ND_ERR_DB
 */
enum nd_status
nd_index_load(const void *ctx, struct nd_db *db, const char *const *thread_id,
              size_t count, struct nd_index_list **out,
              struct nd_error *err) ND_MUST_CHECK;

/** One thread of the list, NULL when it is not in it. */
const struct nd_index_thread *
nd_index_find(const struct nd_index_list *list, const char *thread_id);

/** The mail with this id, NULL when the thread has none. */
const struct nd_index_mail *
nd_index_find_mail(const struct nd_index_thread *indexed, const char *id);

/** Is it a digest of ours, or a report, and nothing else? */
bool nd_index_is_digest(const struct nd_index_mail *mail);

/**
 * The content key: a hash of the Message-IDs of its mails, digests of ours
 * apart; "" when it has no other mail. Owned by ctx.
 */
const char *
nd_index_key(const void *ctx, const struct nd_index_thread *indexed);

/** Has some mail of the thread, digests apart, this key on it? */
bool nd_index_has_key(const struct nd_index_thread *indexed, const char *key);

/* Where the digest of a thread is, or shall be. */
struct nd_place {
	const char *id;               /* its Message-ID */
	struct nd_index_mail *digest; /* NULL when there is none */
	const char *thread_id;        /* of digest; "" without one */
	const char *foreign; /* an id that foreign mail has taken, "" */
	/* Mails that have files of ours under other ids; of reports only, as
	 * those of a thread lie in it. */
	struct nd_index_mail **stray;
	size_t stray_count;
};

/**
 * Find the id for the digest of a thread: the first of its variants that no
 * foreign mail has.
 *
 * place      filled in, its strings owned by ctx; id is "" when all are taken
 */
enum nd_status
nd_index_place(const void *ctx, struct nd_db *db, const char *root_id,
               struct nd_place *place, struct nd_error *err) ND_MUST_CHECK;

/** The same for a report; hash: what its id is made of. */
enum nd_status nd_index_place_report(const void *ctx, struct nd_db *db,
                                     const char *hash, struct nd_place *place,
                                     struct nd_error *err) ND_MUST_CHECK;

#endif
