/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * changed.h - what an update has to do, found out from the index alone
 *
 * Which threads changed since the watermark, which of them have another
 * content key than the one they were digested with, and what of ours is not as
 * it should be: digests that lost their tags (a rebuilt database), two digests
 * of one thread (threads merge), several files of one, a digest whose thread
 * is gone, a digest in the folder that was in force before, one that the user
 * has deleted. All of that costs a few counts when there is nothing to do, and
 * nothing when nobody has written since the last run.
 */
#ifndef ND_PIPELINE_CHANGED_H
#define ND_PIPELINE_CHANGED_H

#include "app/app.h"
#include "store/apply.h"

/* A thread that has to be read. */
struct nd_work {
	const char *thread_id;
	const char *key;  /* of its mails, now */
	const char *last; /* hash of the newest mail that its digest covers;
			   * "" when it has none */
	bool quiet;       /* nothing has come for long: is it stalled now? */
	bool again;       /* although the key is the same */
	bool upgrade;     /* only the digest that is there, by a model */
	bool has_digest;
};

struct nd_changed {
	struct nd_work *work;
	size_t work_count;
	struct nd_job *job; /* what can be mended without reading mail */
	size_t job_count;
	bool complete; /* foreign below is the number of all of them */
	unsigned foreign;
	unsigned mails;         /* in the database, digests apart */
	unsigned digests;       /* of ours in it */
	unsigned long revision; /* every change up to it has been looked at */
	size_t looked_at;       /* threads */
	/* Id of a digest that a newer version of this program has written, or
	 * NULL, and that version. */
	const char *newer;
	unsigned newer_version;
};

/* What to look for. */
struct nd_changed_ask {
	const char *query; /* the threads of this query; NULL: those of
			    * digest.query that have changed since the
			    * watermark */
	int64_t since_s;   /* with no query: only threads with mail since */
	bool tags;         /* with a query: their tags alone, where their mails
			    * are the same */
	bool unchanged;    /* with no query: also threads that have not changed
			    * since the watermark */
	bool again;        /* also threads whose mails are the same */
};

/**
 * Find what there is to do.
 *
 * *out       owned by app
 */
enum nd_status nd_changed_find(struct nd_app *app, const struct nd_store *store,
                               const struct nd_changed_ask *ask,
                               struct nd_changed **out) ND_MUST_CHECK;

#endif
