/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outline.h - threads as far as the index tells of them
 *
 * Subject, sender and date of mails, which the database keeps beside them: no
 * file is opened, and of a thread only the mails that match are looked at. Good
 * for choosing threads out of very many.
 *
 * Limits: the newest ND_LIMIT_HITS mails.
 */
#ifndef ND_MAIL_OUTLINE_H
#define ND_MAIL_OUTLINE_H

#include "mail/db.h"

struct nd_outline {
	const char *thread_id; /* notmuch's, good for this run only */
	/* Of the earliest of its mails that matches. Valid UTF-8. */
	const char *subject;
	const char *from; /* the whole header */
	int64_t first_s, last_s;
	unsigned mails;
	bool several; /* From is not the same in all of them */
};

struct nd_outline_list {
	struct nd_outline *outline;
	size_t count;
};

/**
 * Outline the threads of the mails that match query; digests of ours do not
 * count.
 *
 * query      a message query; search.exclude_tags hides what it matches
 * *out       owned by ctx; by the newest mail, that first
 * Returns    ND_OK; ND_ERR_USAGE for a query that does not parse; ND_ERR_DB
 */
enum nd_status nd_outline_load(const void *ctx, struct nd_db *db,
                               const char *query, struct nd_outline_list **out,
                               struct nd_error *err) ND_MUST_CHECK;

#endif
