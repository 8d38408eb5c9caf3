/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread.h - the one way from a thread's files to the facts about it
 *
 * read -> link -> analyse, whoever asks: reports, digests, version chains,
 * commits. Several threads at once, each its own talloc tree.
 */
#ifndef ND_PIPELINE_THREAD_H
#define ND_PIPELINE_THREAD_H

#include "app/app.h"
#include "model/report.h"

/* A thread on its way, and what went wrong there. */
struct nd_thread_work {
	struct nd_thread *thread;
	struct nd_problem *problem; /* owned by the thread */
	size_t problem_count;
	bool moved; /* a file was gone: the database is asked again */
};

/**
 * Read, link and analyse threads.
 *
 * A client renames the files of mail while we work: threads with a file that
 * is gone are read once more, from where the database has them now. A mail that
 * cannot be read even then is a problem of its thread, not a failure.
 *
 * app        its db is opened for that, and closed again
 * jobs       worker threads, at least 1
 * then       called for each, by its worker, as soon as it is analysed: for
 *            what else its text is needed for; i is its index
 */
enum nd_status
nd_thread_work(struct nd_app *app, struct nd_thread_work *work, size_t count,
               unsigned jobs, void (*then)(void *arg, size_t i),
               void *arg) ND_MUST_CHECK;

#endif
