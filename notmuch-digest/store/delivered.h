/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * delivered.h - the reports that lie in the digest folder
 *
 * What a report is about stands in its own header (mail/digestfile.h); the
 * index only tells where to look: by the property digest.report or, where a
 * database was made anew and the marks are missing, in every mail of the
 * folder without a mark.
 */
#ifndef ND_STORE_DELIVERED_H
#define ND_STORE_DELIVERED_H

#include "mail/db.h"
#include "util/status.h"

/* A report, as its header says. */
struct nd_delivered {
	const char *id; /* Message-ID; NULL: there is none */
	int64_t since_s, until_s;
};

/**
 * Look up the report of a query whose window ended last before a time.
 *
 * db         open for reading
 * folders    query for all mail in the digest folders (store.h)
 * query      hash of the report's query: 40 digits
 * found      filled in, its id owned by ctx
 */
enum nd_status nd_delivered_last(const void *ctx, struct nd_db *db,
                                 const char *folders, const char *query,
                                 int64_t before_s, struct nd_delivered *found,
                                 struct nd_error *err) ND_MUST_CHECK;

#endif
