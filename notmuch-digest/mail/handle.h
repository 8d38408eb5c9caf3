/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * handle.h - what db.c and load.c share of the open database
 */
#ifndef ND_MAIL_HANDLE_H
#define ND_MAIL_HANDLE_H

#include <notmuch.h>
#include <stdbool.h>
#include <stddef.h>

#include "mail/db.h"
#include "mail/ours.h"

#if !LIBNOTMUCH_CHECK_VERSION(5, 6, 0)
#error "libnotmuch 5.6 (notmuch 0.35) or newer is needed"
#endif

/* A tag of search.exclude_tags. */
struct nd_exclude {
	const char *tag;
	bool lifted; /* the query at hand names the tag itself */
};

struct nd_db {
	notmuch_database_t *handle;
	struct nd_exclude *exclude;
	size_t exclude_count;
	notmuch_database_mode_t mode;
	struct nd_folders folders; /* of digests; see nd_db_set_folders() */
};

/**
 * Open the database as nd_db_open() does, also for writing. Only store/ does
 * that: it waits without limit while another program writes.
 */
enum nd_status
nd_db_open_mode(const void *ctx, notmuch_database_mode_t mode,
                struct nd_db **out, struct nd_error *err) ND_MUST_CHECK;

/**
 * Close the handle and open it again, on the newest snapshot. When that fails
 * the old one stays. Not for a database that is open for writing.
 */
enum nd_status
nd_db_open_again(struct nd_db *db, struct nd_error *err) ND_MUST_CHECK;

/**
 * Find a mail by its Message-ID.
 *
 * *message   to be destroyed; NULL when the database has no such mail, or only
 *            knows of it (a ghost)
 */
enum nd_status
nd_db_find(struct nd_db *db, const char *id, notmuch_message_t **message,
           struct nd_error *err) ND_MUST_CHECK;

/** What walking does with one message; it may not keep it. */
typedef void nd_take_message(void *arg, notmuch_message_t *message);

/**
 * Hand every message that matches query to take().
 *
 * exclude    search.exclude_tags hides messages
 * *lost      set when the snapshot went away while doing so: the caller
 *            forgets what it was given, opens again and begins again
 * Returns    ND_OK; ND_ERR_USAGE for a query that does not parse
 */
enum nd_status nd_db_walk(struct nd_db *db, const char *query, bool exclude,
                          nd_take_message *take, void *arg, bool *lost,
                          struct nd_error *err) ND_MUST_CHECK;

/** Copy the names of all files of a message, sorted, into to. */
void nd_db_copy_files(struct nd_message *to, notmuch_message_t *from);

/** ND_ERR_BUSY: the database changes faster than it can be read. */
enum nd_status nd_db_gave_up(struct nd_error *err);

enum { ND_DB_TRIES = 4 }; /* fresh snapshots before giving up */

/** ND_ERR_USAGE with libnotmuch's own words for a query it refused. */
enum nd_status
nd_db_query_failed(struct nd_db *db, const char *query, notmuch_status_t status,
                   struct nd_error *err);

#endif
