/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gathering.h - the threads of a report, and those that may still owe something
 *
 * Loaded from the database, marked (marks.h), and divided: those that the report
 * tells of, those without new mail that are asked what they owe, and those that
 * are left out since they are muted, small or old.
 */
#ifndef ND_PIPELINE_GATHERING_H
#define ND_PIPELINE_GATHERING_H

#include "mail/threads.h"
#include "pipeline/reportrequest.h"
#include "pipeline/thread.h"
#include "util/map.h"

struct nd_gathering {
	const struct nd_report_request *how;
	struct nd_map *matching;      /* ids of mails that are new, or NULL */
	struct nd_thread_list *list;  /* the threads of the report */
	struct nd_thread_list *quiet; /* those that may still owe something */
	struct nd_thread_work *work;
	size_t quiet_first;    /* of work: it and what follows are quiet */
	unsigned muted;        /* threads that are only counted */
	size_t left_out;       /* threads that are not among the newest */
	const char *list_name; /* of the list that all threads are of; "" */
	size_t quiet_left;     /* threads that were too many to be asked */
	/* What the model may see of each thread, which owns it. */
	struct nd_llm_context **context;
	struct nd_map *contexts; /* the same by thread id, for later; or NULL */
	size_t count;
	size_t first, end; /* of the batch in work */
	unsigned jobs;     /* worker threads */
	struct nd_progress *progress;
};

/**
 * All that is needed of the database, which is opened when it is not, and closed
 * then. gathering has only its how and contexts before.
 *
 * Returns    what the database returns
 */
enum nd_status nd_gathering_load(struct nd_app *app,
                                 struct nd_gathering *gathering) ND_MUST_CHECK;

/** Is the report to tell of this thread, as far as is known of its mails? */
bool nd_gathering_is_wanted(const struct nd_thread *thread,
                            const struct nd_report_request *how);

/**
 * When all mails are read: threads whose mails were sent at another time than
 * they say are left out after all.
 */
void nd_gathering_settle(struct nd_gathering *gathering);

#endif
