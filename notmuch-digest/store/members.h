/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * members.h - the mails of one thread, digests of ours among them
 *
 * For mail clients, which want to see all of it; what reads and summarises
 * uses db.h, where our digests are left out.
 */
#ifndef ND_STORE_MEMBERS_H
#define ND_STORE_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/db.h"
#include "util/status.h"

struct nd_member {
	const char *id;   /* as the database has it: foreign, any bytes */
	const char *file; /* absolute, and there a moment ago; "" for none */
	bool digest;      /* one of ours, and nothing else */
	bool fresh;       /* has the tag that was asked for */
	unsigned covers;  /* digests: mails that it is about */
};

struct nd_member_list {
	struct nd_member *member;
	size_t count;
};

/**
 * Look up the thread of a mail that matches query; the oldest thread's id when
 * several do. search.exclude_tags hides nothing.
 *
 * tag        to look for; see nd_member.fresh
 * *out       owned by ctx; sorted by id
 * Returns    ND_OK; ND_ERR_PARSE when nothing matches; ND_ERR_USAGE for a query
 *            that does not parse; ND_ERR_BUSY, ND_ERR_DB
 */
enum nd_status
nd_members_load(const void *ctx, struct nd_db *db, const char *query,
                const char *tag, struct nd_member_list **out,
                struct nd_error *err) ND_MUST_CHECK;

/** The thread's digest, of several the one that covers most; NULL for none. */
const struct nd_member *nd_members_digest(const struct nd_member_list *list);

#endif
