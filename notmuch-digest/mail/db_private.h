/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * db_private.h - what the files of mail/ and store/ share of the open database
 */
#ifndef ND_MAIL_DB_PRIVATE_H
#define ND_MAIL_DB_PRIVATE_H

#include <notmuch.h>
#include <stdbool.h>
#include <stddef.h>

#include "mail/db.h"
#include "mail/digestfile.h"

#if !LIBNOTMUCH_CHECK_VERSION(5, 6, 0)
#error "libnotmuch 5.6 (notmuch 0.35) or newer is needed"
#endif

/* A tag of search.exclude_tags. */
struct nd_exclude {
	const char *tag;
	bool lifted; /* the query at hand names the tag itself */
};

enum { ND_DB_STAMP_BYTES = 256 };

struct nd_db {
	notmuch_database_t *handle;
	struct nd_exclude *exclude;
	size_t exclude_count;
	notmuch_database_mode_t mode;
	bool failed;               /* see nd_db_failed() */
	struct nd_folders folders; /* of digests; see nd_db_set_folders() */
	/* The newest commit before the handle was opened again, else zeroes. */
	char stamp[ND_DB_STAMP_BYTES];
};

/**
 * Open the database as nd_db_open() does, also for writing. Only store/ does
 * that: it waits without limit while another program writes.
 */
enum nd_status
nd_db_open_mode(const void *ctx, notmuch_database_mode_t mode,
                struct nd_db **out, struct nd_error *err) ND_MUST_CHECK;

/**
 * Can the files of a database be seen, or are they not there? libnotmuch makes a
 * new one, in the place of the old one, where it cannot see them.
 *
 * database   its path, as nd_db_path() gives it
 */
enum nd_status
nd_db_look(const char *database, struct nd_error *err) ND_MUST_CHECK;

/**
 * Open the newest snapshot in place of the one that db has, which stays when
 * that fails. Only for a handle for reading.
 */
enum nd_status
nd_db_open_fresh(struct nd_db *db, struct nd_error *err) ND_MUST_CHECK;

/**
 * After nd_db_is_lost(): close the handle and open it again, on the newest
 * snapshot. When that fails the old one stays.
 *
 * Returns    ND_OK; ND_ERR_DB, too, when the database is open for writing
 *            (nothing is lost there, and a second handle would wait for the
 *            first one's lock) and when nobody has committed since the last
 *            time: then the database is damaged
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
nd_db_find_mail(struct nd_db *db, const char *id, notmuch_message_t **message,
                struct nd_error *err) ND_MUST_CHECK;

/* ---- what a failure means ------------------------------------------------ */

/**
 * After a query failed: ND_ERR_USAGE with libnotmuch's own words when it could
 * not be parsed, else what nd_db_failed() gives, or nd_db_gave_up().
 */
enum nd_status
nd_db_query_failed(struct nd_db *db, const char *query, notmuch_status_t status,
                   struct nd_error *err);

/**
 * After another call failed: ND_ERR_IO when it was to write and the disk is
 * full, or when the disk failed, else ND_ERR_DB, with the remedy. A handle for
 * writing is not closed any more, which would commit what is half done: the
 * process is to end soon.
 *
 * what       "cannot ..."; libnotmuch's words follow
 */
enum nd_status nd_db_failed(struct nd_db *db, const char *what,
                            notmuch_status_t status, struct nd_error *err);

/**
 * After the database could not be opened: ND_ERR_CONFIG, ND_ERR_IO or
 * ND_ERR_DB, with the remedy for what is wrong.
 *
 * number     errno, as libnotmuch left it
 * why        libnotmuch's words
 */
enum nd_status nd_db_open_failed(notmuch_status_t status, int number,
                                 const char *why, struct nd_error *err);

enum { ND_DB_TRIES = 4 }; /* fresh snapshots before giving up */

/**
 * Has a call failed because the snapshot is lost? Only then may it be tried
 * again, and only on a handle for reading; false for all others. 0.37 has no
 * status for that, but Xapian's words: "... you should call
 * Xapian::Database::reopen() ...", or what it says of a damaged block, which is
 * what one looks like while it is written. When nobody has committed meanwhile it
 * is damage (nd_db_open_again).
 */
bool nd_db_is_lost(const struct nd_db *db);

/** Are these the words for it? */
bool nd_db_says_lost(const char *text);

/**
 * Has libnotmuch met an exception of Xapian, in whatever call? What it gave
 * since may be incomplete, and must not be written.
 */
bool nd_db_is_broken(const struct nd_db *db);

/** The failure when all snapshots were lost: ND_ERR_BUSY. */
enum nd_status nd_db_gave_up(struct nd_error *err);

/* ---- trying again -------------------------------------------------------- */

/*
 * One attempt to read something, from its beginning: what an earlier one has
 * gathered is dropped. Sets *lost when the snapshot went away meanwhile.
 */
typedef enum nd_status
nd_db_attempt(struct nd_db *db, void *arg, bool *lost, struct nd_error *err);

/**
 * Make attempts, each on a newer snapshot, until one was not lost.
 *
 * Returns    what the last attempt did; ND_ERR_BUSY when all were lost
 */
enum nd_status nd_db_retry(struct nd_db *db, nd_db_attempt *attempt, void *arg,
                           struct nd_error *err) ND_MUST_CHECK;

/* ---- all messages of a query --------------------------------------------- */

/*
 * Is handed one message, which is gone after the call. Returns false when
 * libnotmuch gives NULL for what every message has: it could not read it.
 */
typedef bool nd_db_take(void *arg, notmuch_message_t *message);

/**
 * Hand every message that matches query to take().
 *
 * exclude    leave out what search.exclude_tags hides
 * *lost      set when the snapshot went away meanwhile: the caller opens the
 *            database again and begins anew
 */
enum nd_status
nd_db_walk(struct nd_db *db, const char *query, bool exclude, nd_db_take *take,
           void *arg, bool *lost, struct nd_error *err) ND_MUST_CHECK;

/** The same, for so many of the newest that are not hidden, those first. */
enum nd_status
nd_db_walk_newest(struct nd_db *db, const char *query, size_t count,
                  nd_db_take *take, void *arg, bool *lost,
                  struct nd_error *err) ND_MUST_CHECK;

/** Copy the names of all files of a message, sorted, into to. */
void nd_db_copy_files(struct nd_message *to, notmuch_message_t *from);

/**
 * Take digests of ours out of the message's files. Returns false when nothing
 * is left, so that it was only that; a foreign file under the same id is
 * ordinary mail.
 */
bool nd_db_leave_out_ours(const struct nd_db *db, struct nd_message *message,
                          const char **merged);

/** Is this message a digest of ours, and nothing else? */
bool nd_db_is_ours(const struct nd_db *db, notmuch_message_t *message);

#endif
