/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * db.h - the user's notmuch database, read only
 *
 * A handle is opened, asked, and closed again before any work is done: what it
 * gives is copied out, so no handle is open while mails are parsed. Handles
 * are never shared between threads.
 *
 * libnotmuch 0.37 ends iteration silently when two commits of another process
 * pass by; the functions here notice that, open a fresh snapshot and begin
 * again (a few times), so their answers are whole.
 *
 * Does not: write. That is store/'s.
 */
#ifndef ND_MAIL_DB_H
#define ND_MAIL_DB_H

#include "model/thread.h"
#include "util/map.h"
#include "util/status.h"

struct nd_db;

/* A setting of notmuch's configuration. */
struct nd_pair {
	const char *key; /* whole: "digest.engine" */
	const char *value;
};

struct nd_pair_list {
	struct nd_pair *pair;
	size_t count;
};

/**
 * Open the database as notmuch itself would: $NOTMUCH_DATABASE, then the
 * configuration that $NOTMUCH_CONFIG and $NOTMUCH_PROFILE choose.
 *
 * *out       owned by ctx; closed when it is freed
 * Returns    ND_OK; ND_ERR_CONFIG without configuration or database;
 *            ND_ERR_DB when it cannot be read; ND_ERR_IO when the disk fails;
 *            ND_ERR_BUSY when others commit all the time
 */
enum nd_status nd_db_open(const void *ctx, struct nd_db **out,
                          struct nd_error *err) ND_MUST_CHECK;

/**
 * Say where digests lie: mails there that are ours (mail/digestfile.h) are
 * never among those that the functions below give.
 *
 * folder     below the mail root, as in digest.folder; "" is skipped
 */
void
nd_db_set_folders(struct nd_db *db, const char *const *folder, size_t count);

/** All settings whose key begins with prefix, sorted by key; owned by ctx. */
struct nd_pair_list *
nd_db_settings(const void *ctx, struct nd_db *db, const char *prefix);

/** One setting, "" when it is not set; owned by ctx. */
const char *nd_db_setting(const void *ctx, struct nd_db *db, const char *key);

/**
 * Where a setting that is set comes from: "file" (which wins) or "database".
 */
const char *nd_db_setting_source(struct nd_db *db, const char *key);

/** The mail root: digests and all other mail lie below it; owned by db. */
const char *nd_db_mail_root(struct nd_db *db);

/** The libraries that mail is read with: "libnotmuch 5.6.0, GMime 3.2.13"; owned
 * by ctx. */
const char *nd_db_libraries(const void *ctx);

/** The directory of the database; owned by db. */
const char *nd_db_path(struct nd_db *db);

/** Xapian's own directory, in there; owned by ctx. */
const char *nd_db_index_path(const void *ctx, struct nd_db *db);

/** Where notmuch looks for its hooks; owned by db. */
const char *nd_db_hook_dir(struct nd_db *db);

/** The revision that the last change of the database has. */
unsigned long nd_db_revision(struct nd_db *db);

/**
 * The file that the configuration was read from, and notmuch writes it to;
 * owned by db, NULL when there is none.
 */
const char *nd_db_config_path(struct nd_db *db);

/** The number of mails that match a query. */
enum nd_status nd_db_count(struct nd_db *db, const char *query, unsigned *count,
                           struct nd_error *err) ND_MUST_CHECK;

/** Values of a list such as new.tags or search.exclude_tags; owned by ctx. */
struct nd_value_list {
	const char **value;
	size_t count;
};
struct nd_value_list *
nd_db_values(const void *ctx, struct nd_db *db, const char *key);

/** All tags that some mail has; owned by ctx. */
struct nd_value_list *nd_db_all_tags(const void *ctx, struct nd_db *db);

/**
 * Is this a query that notmuch takes whole? It must not drop anything of it
 * either, which it does without a word (app/querytext.h).
 *
 * Returns    ND_OK; ND_ERR_USAGE with the reason; ND_ERR_DB, ND_ERR_IO or
 *            ND_ERR_BUSY when the database could not be asked
 */
enum nd_status nd_db_check_query(struct nd_db *db, const char *query,
                                 struct nd_error *err) ND_MUST_CHECK;

/** "*" and "" (or blanks) stand for all mail; neither may be part of a longer
 * query. */
bool nd_db_is_all_mail(const char *query);

/**
 * The query for mail of a time, as libnotmuch reads it: both ends are inside,
 * none is before 1970.
 *
 * to_s       INT64_MAX: without end
 */
const char *nd_db_dates(const void *ctx, int64_t from_s, int64_t to_s);

/**
 * query limited to mails dated in [since_s, until_s), owned by ctx. "*" and ""
 * mean all mail.
 */
const char *nd_db_dated_query(const void *ctx, const char *query,
                              int64_t since_s, int64_t until_s);

/** The query for the mail with this Message-ID, whatever is in it. */
const char *nd_db_id_query(const void *ctx, const char *id);

#endif
