/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plan.h - what has to be done so that a thread is as it should be
 *
 * Pure: from what is wanted and what the index knows to a list of actions, the
 * same whether it is printed (--dry-run) or carried out under the lock. Only
 * differences are planned, so a thread that is as it should be has no actions.
 *
 * What the user has changed stays: tags are looked at only when the content
 * key differs from the one on the root, and tags that are not on our list are
 * never touched. The tag of mails that need the user, once taken off, is not
 * given to the same mail again. A digest that is only to be replaced by a
 * better one gets it where it still is, and the tags stay as they are.
 */
#ifndef ND_STORE_PLAN_H
#define ND_STORE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "store/index.h"
#include "store/tags.h"

enum nd_desired_flags {
	ND_DESIRED_LARGE = 1u << 0,
	ND_DESIRED_STALLED = 1u << 1,
	ND_DESIRED_FAILED = 1u << 2,  /* no digest could be made */
	ND_DESIRED_ADOPT = 1u << 3,   /* the digest that is there is right, but
				      * lost its tags (a rebuilt database), has
				      * company, or lies in another folder */
	ND_DESIRED_NO_MAIL = 1u << 4, /* may have no digest mail (encrypted) */
	ND_DESIRED_AGAIN = 1u << 5,   /* although the key is the same */
	ND_DESIRED_QUIET = 1u << 7,   /* only the clock has gone on: nothing but
				    * the state may change */
	ND_DESIRED_STALE = 1u << 6,   /* the digest that is there is old */
	ND_DESIRED_UPGRADE = 1u << 8, /* the digest that is there gets another
				       * text, and nothing else changes */
};

/* How a thread should be; strings may be shared, nothing is owned. */
struct nd_desired {
	const char *thread_id;
	const char *root_id;
	const char *key;      /* of the mails that were read */
	const char *category; /* name of the tag */
	const char *state;    /* name of the tag, NULL: not known */
	const char **asks;    /* ids of mails that need the reader */
	size_t ask_count;
	const char **dismissed; /* of those that did, and the reader said no */
	size_t dismissed_count;
	const char **done; /* of those whose wish another thread fulfils */
	size_t done_count;
	unsigned flags;        /* enum nd_desired_flags */
	const char *digest_id; /* Message-ID in bytes; NULL: write no mail */
	const char *model;     /* digest.model of it; NULL: none */
	const char *bytes;     /* of the digest mail */
	size_t len;

	/* Of a report, which has no thread: with digest_id and bytes all that
	 * counts; without those, the one that is there is to be marked. */
	const char *window; /* 40 digits: what its id is made of */
	const char *query;  /* 40 digits: hash of its query */
};

enum nd_action_kind {
	ND_ACTION_WRITE, /* a digest mail, in place of files */
	ND_ACTION_DROP,  /* files of a digest of ours */
	ND_ACTION_TAG,   /* tags and properties only */
};

/* One change of one mail. */
struct nd_action {
	enum nd_action_kind kind;
	const char *id;
	const struct nd_index_mail *mail; /* as it is; NULL: not there yet */
	const char **file; /* ours, to take out of the index and off the disk */
	size_t file_count;
	const char **add, **remove; /* tags */
	size_t add_count, remove_count;
	bool clean_new;    /* take off what notmuch gives new mail */
	const char *key;   /* property to set; NULL: leave; "": take away */
	const char *me;    /* the same for digest.me */
	const char *query; /* digest.report to set; NULL: leave */
	const char *model; /* as key, for digest.model */
	bool unmark;       /* take away all our properties */
};

enum nd_plan_result {
	ND_PLAN_READY, /* actions, perhaps none, lead to what is wanted */
	ND_PLAN_GREW,  /* the thread is not the one that was read: next run */
};

struct nd_plan {
	enum nd_plan_result result;
	struct nd_action *action;
	size_t count;
};

/* What the plan may depend on besides the thread. */
struct nd_plan_rules {
	const struct nd_tag_names *tags;
	bool every_mail; /* digest.tag_scope=thread */
	bool killed;     /* the last run was: digests without tags are new */
	bool others;     /* another host writes: what comes is new here */
	bool trusted;    /* the prefix has been ours alone: our tags are ours
			  * also where the mark is missing */
};

/**
 * Plan one thread.
 *
 * known      NULL when the thread is gone
 * place      of its digest
 * Returns    owned by ctx; refers to wanted, known and place
 */
struct nd_plan *
nd_plan_thread(const void *ctx, const struct nd_plan_rules *rules,
               const struct nd_desired *desired,
               const struct nd_index_thread *indexed,
               const struct nd_place *place);

/**
 * Plan for a report: it is written in place of the one of the same window and
 * query, and ours under other ids of that one go.
 */
struct nd_plan *
nd_plan_report(const void *ctx, const struct nd_plan_rules *rules,
               const struct nd_desired *desired, const struct nd_place *place);

/**
 * Plan for a thread whose digest the user has deleted: no mail says any more
 * that there is one. The content key stays, and so the digest stays away.
 */
struct nd_plan *
nd_plan_bereft(const void *ctx, const struct nd_plan_rules *rules,
               const struct nd_index_thread *indexed);

/**
 * Plan to take everything of ours off a thread.
 *
 * muted      it may come back: a report that lies in it, since somebody has
 *            answered it, stays, and that the user took off the tag of mails
 *            that need the user, too
 */
struct nd_plan *
nd_plan_clean(const void *ctx, const struct nd_plan_rules *rules,
              const struct nd_index_thread *indexed, bool muted);

/**
 * Plan to give our tags another prefix: those of mail that we have marked.
 *
 * before     the prefix they have
 */
struct nd_plan *
nd_plan_rename(const void *ctx, const struct nd_plan_rules *rules,
               const char *before, const struct nd_index_thread *indexed);

/** The action as one line for people, owned by ctx. */
const char *
nd_plan_action_text(const void *ctx, const struct nd_action *action);

#endif
