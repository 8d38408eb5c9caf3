/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread.h - the one way from a thread's files to the facts about it
 *
 * read -> date -> link -> analyse, whoever asks: reports, digests, version chains,
 * commits. Several threads at once, each its own talloc tree.
 */
#ifndef ND_PIPELINE_THREAD_H
#define ND_PIPELINE_THREAD_H

#include "app/app.h"
#include "model/report.h"

struct nd_boilerplate_request;

enum nd_thread_flags {
	ND_THREAD_WORDS = 1u << 0, /* what is said in it is wanted, not only
	                            * what is posted */
};

/* A thread on its way, and what went wrong there. */
struct nd_thread_work {
	struct nd_thread *thread;
	struct nd_problem *problem; /* owned by the thread */
	size_t problem_count;
	bool read;  /* its mails are, those that can be */
	bool dated; /* the times of its mails are known */
	bool moved; /* a file was gone: the database is asked again */
	/* The mailbox is asked before it goes on; owned by the thread. */
	struct nd_boilerplate_request *request;
};

/* The functions are called by the worker of a thread; i is its index. */
struct nd_thread_way {
	unsigned flags;  /* enum nd_thread_flags */
	int64_t until_s; /* mails sent at or after it are left out, by what is
			  * known of their time; 0: none are */
	/* Called as soon as it is known when its mails were sent, in no order;
	 * may be NULL. There may be none left. */
	void (*dated)(void *arg, size_t i);
	/* Called when it is analysed, for what else its text is needed for;
	 * not for a thread that has no mail left. */
	void (*then)(void *arg, size_t i);
	void *arg;
};

/**
 * Read, link and analyse threads.
 *
 * A client renames the files of mail while we work: threads with a file that
 * is gone are read once more, from where the database has them now. A mail that
 * cannot be read even then is a problem of its thread, not a failure.
 *
 * With ND_THREAD_WORDS, what people have in most of their mails is taken out of
 * what they say (pipeline/boilerplate.h); app->habits is set.
 *
 * app        its db is opened for that, and closed again
 * jobs       worker threads, at least 1
 * way        what is done with each
 */
enum nd_status
nd_thread_work(struct nd_app *app, struct nd_thread_work *work, size_t count,
               unsigned jobs, const struct nd_thread_way *way) ND_MUST_CHECK;

#endif
