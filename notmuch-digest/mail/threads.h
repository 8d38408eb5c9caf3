/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * threads.h - whole threads as the database knows them
 *
 * Ids, dates, files and tags; nothing is read from the files. Digests of ours
 * are left out.
 */
#ifndef ND_MAIL_THREADS_H
#define ND_MAIL_THREADS_H

#include "mail/db.h"
#include "mail/threads.h"
#include "model/thread.h"
#include "util/map.h"

/**
 * The ids of the threads that have a mail which matches query.
 *
 * among      only these threads; NULL for all
 * exclude    search.exclude_tags hides mails
 * *out       owned by ctx, each once
 */
enum nd_status
nd_threads_ids(const void *ctx, struct nd_db *db, const char *query,
               const struct nd_value_list *among, bool exclude,
               struct nd_value_list **out, struct nd_error *err) ND_MUST_CHECK;

struct nd_thread_list {
	struct nd_thread **thread;
	size_t count;
};

/**
 * Load every thread with a mail that matches query: complete, with history,
 * but with what the database knows only (id, date, files, tags).
 *
 * query      a message query; search.exclude_tags hides what it matches
 * until_s    mails dated at or after it are left out: thread->hidden has them,
 *            with ND_MESSAGE_LATE
 * *out       owned by ctx, each thread its own talloc tree below it; by id
 * Returns    ND_OK; ND_ERR_USAGE for a query that does not parse; ND_ERR_DB
 */
enum nd_status
nd_threads_load(const void *ctx, struct nd_db *db, const char *query,
                int64_t until_s, struct nd_thread_list **out,
                struct nd_error *err) ND_MUST_CHECK;

/** The same for threads whose ids are known; those that are gone, or have no
 * mail before until_s, are absent. */
enum nd_status
nd_threads_load_ids(const void *ctx, struct nd_db *db, const char *const *id,
                    size_t count, int64_t until_s, struct nd_thread_list **out,
                    struct nd_error *err) ND_MUST_CHECK;

/**
 * The Message-IDs, among the mails of these threads, that match query.
 *
 * *out       owned by ctx: a map that has the matching ids as keys
 */
enum nd_status
nd_threads_match(const void *ctx, struct nd_db *db, const char *query,
                 const struct nd_thread_list *threads, struct nd_map **out,
                 struct nd_error *err) ND_MUST_CHECK;

/**
 * Look up where the unread mails of a thread (those without ND_MESSAGE_READ)
 * are now: a client may have renamed a file since the thread was loaded. Mail
 * that is gone keeps the names it had.
 */
enum nd_status
nd_threads_refresh_files(struct nd_db *db, struct nd_thread *thread,
                         struct nd_error *err) ND_MUST_CHECK;

#endif
