/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session.h - one opening of the database for writing, short and whole
 *
 * libnotmuch waits for the write lock without limit and everybody else waits
 * while we have it. A session is one atomic section: all of it is in the
 * database after nd_session_commit(), or nothing of it. It has an end in any
 * case: after ND_LIMIT_SESSION_S store.h's on_overrun ends the process.
 */
#ifndef ND_STORE_SESSION_H
#define ND_STORE_SESSION_H

#include "store/store.h"

struct nd_session {
	struct nd_db *db;
	struct nd_store *store;
	long opened_ms;         /* monotonic, when we got the lock */
	unsigned long revision; /* at that time */
	bool changed;           /* the revision will be one more */
	bool marked;            /* the marker is in the folder */
	const char **gone;      /* files to unlink once it is committed */
	size_t gone_count;
	const char **born; /* files to unlink if it is not */
	size_t born_count;
};

/**
 * Wait for the write lock and begin.
 *
 * *out       owned by ctx; freeing it without committing undoes everything
 * Returns    ND_OK; ND_ERR_DB, also for a database that needs an upgrade.
 *            Does not return when the lock is not free in time: see
 *            on_timeout in store.h.
 */
enum nd_status
nd_session_open(const void *ctx, struct nd_store *store,
                struct nd_session **out, struct nd_error *err) ND_MUST_CHECK;

/**
 * What follows changes so many mails: from now on the session has
 * ND_LIMIT_SESSION_S, and a bit more for many.
 */
void nd_session_expect(struct nd_session *session, size_t changes);

/** How long others have been waiting. */
long nd_session_age_ms(const struct nd_session *session);

/** Put the marker into the folder, before the first file moves. */
enum nd_status
nd_session_mark(struct nd_session *session, struct nd_error *err) ND_MUST_CHECK;

enum nd_session_end {
	ND_SESSION_MORE,   /* another one follows */
	ND_SESSION_LAST,   /* the last of this run: the watermark moves */
	ND_SESSION_FORGET, /* leave no state at all */
};

/**
 * Commit, with the state, and unlink what was replaced. The session is over,
 * whatever is returned.
 */
enum nd_status
nd_session_commit(struct nd_session *session, enum nd_session_end end,
                  struct nd_error *err) ND_MUST_CHECK;

#endif
