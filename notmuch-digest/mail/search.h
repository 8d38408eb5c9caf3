/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * search.h - single mails that may belong to the threads at hand, and counts
 *
 * One query to the database for everything that is wanted. Subject, author and
 * date of the hits come without opening anything; only what the caller chooses
 * of them is copied out.
 */
#ifndef ND_MAIL_SEARCH_H
#define ND_MAIL_SEARCH_H

#include "mail/db.h"
#include "model/lookup.h"

/** Sets the wanted flag of hits; they are gone after the call. */
typedef void nd_search_choose(void *arg, struct nd_hit *hit, size_t count);

struct nd_found {
	struct nd_thread *thread; /* of this one message, not read */
	const char *first_id;     /* the earliest mail of its real thread, when
				   * the message is an answer; else its id */
};

struct nd_found_list {
	struct nd_found *found;
	size_t count;
};

/**
 * Find mails.
 *
 * lookup     what to look for; mails of lookup->id are always taken
 * choose     decides about the others
 * known      ids of mails that are not to be found again
 * *out       owned by ctx, each thread its own talloc tree below it
 *
 * Limits: the first ND_LIMIT_HITS hits and ND_LIMIT_CANDIDATES mails.
 */
enum nd_status
nd_search_mails(const void *ctx, struct nd_db *db,
                const struct nd_lookup *lookup, nd_search_choose *choose,
                void *arg, const struct nd_map *known,
                struct nd_found_list **out, struct nd_error *err) ND_MUST_CHECK;

/**
 * Count the mails that one of the queries finds by what stands in From, without
 * opening anything.
 *
 * query      behind the last of them NULL
 * until_s    mails dated at or after it do not count, others once
 * *out       owned by ctx
 *
 * Limits: the first ND_LIMIT_HITS mails.
 */
enum nd_status
nd_search_senders(const void *ctx, struct nd_db *db, const char *const *query,
                  int64_t until_s, struct nd_sender_list **out,
                  struct nd_error *err) ND_MUST_CHECK;

struct nd_newest_list {
	struct nd_message **message; /* not read */
	size_t count;
};

/** Is a mail with this subject wanted? Asked of the newest first. */
typedef bool nd_search_wants(void *arg, const char *subject);

/**
 * The newest mails from, or to, an address: mails of the same user at a host
 * of the same first name may be among them.
 *
 * field      "from" or "to"
 * until_s    mails dated at or after it do not count
 * most       how many are looked at
 * enough     how many are taken, each of another thread
 * wants      which of them may be taken
 * *out       owned by ctx, the newest first; empty for an address without words
 */
enum nd_status
nd_search_newest(const void *ctx, struct nd_db *db, const char *field,
                 const char *addr, int64_t until_s, size_t most, size_t enough,
                 nd_search_wants *wants, void *arg, struct nd_newest_list **out,
                 struct nd_error *err) ND_MUST_CHECK;

/**
 * When the oldest mail that matches query was sent, of those dated since
 * since_s; INT64_MAX when there is none.
 *
 * Returns    ND_OK; what the database returns
 */
enum nd_status
nd_search_oldest(struct nd_db *db, const char *query, int64_t since_s,
                 int64_t *date_s, struct nd_error *err) ND_MUST_CHECK;

/**
 * When the newest mail that matches query was sent, digests of ours apart; -1
 * when there is none.
 */
enum nd_status
nd_search_last(struct nd_db *db, const char *query, int64_t *date_s,
               struct nd_error *err) ND_MUST_CHECK;

#endif
