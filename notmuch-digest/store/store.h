/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.h - what all writing needs to know: places, names, limits
 *
 * Filled in by cmd/ from the settings and the state of the last run.
 */
#ifndef ND_STORE_STORE_H
#define ND_STORE_STORE_H

#include <signal.h>

#include "mail/digestfile.h"
#include "store/plan.h"
#include "store/watermark.h"

struct nd_store {
	const char *database;      /* its directory */
	const char *root;          /* the mail root */
	const char *path;          /* of the digest folder, absolute */
	struct nd_folders folders; /* it, unless it is foreign, and the one of
				    * the last run */
	const char *query;         /* for all mail in these folders */
	struct nd_tag_names tags;
	const char *prefix_before;    /* of the last run */
	const char *folder;           /* in force, below the mail root */
	bool every_mail;              /* digest.tag_scope=thread */
	bool killed, others, trusted; /* see plan.h */
	const char **new_tag;         /* what notmuch gives new mail */
	size_t new_tag_count;
	unsigned lock_timeout_s;
	/* Ends the process when the wait for the write lock takes longer:
	 * libnotmuch cannot be told to give up. A signal handler. */
	void (*on_timeout)(int signal);
	/* The same for a session that has the lock and does not end. */
	void (*on_overrun)(int signal);

	/* What each session writes into the database. Revision, folder,
	 * prefix and quiet_s stay the old ones until the last session of a
	 * run. */
	struct nd_watermark state;
	int64_t quiet_s;  /* what state.quiet_s will be then */
	const char *mute; /* and state.mute */
	/* Every change up to this revision has been looked at or is our own;
	 * stays behind once another program has written in between. */
	unsigned long seen;
};

/** The rules for planning, as the store has them. */
struct nd_plan_rules nd_session_rules(const struct nd_store *store);

#endif
