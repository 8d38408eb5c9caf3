/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reportrequest.h - what is asked of a report
 */
#ifndef ND_PIPELINE_REPORTREQUEST_H
#define ND_PIPELINE_REPORTREQUEST_H

#include "model/report.h"
#include "pipeline/llm.h"

enum nd_report_flags {
	/* Every thread of the query, whether or not it has new mail. */
	ND_REPORT_WHOLE = 1u << 0,
	ND_REPORT_FACTS = 1u << 1,  /* no summaries */
	ND_REPORT_COVERS = 3u << 1, /* none; but texts of cover letters */
	ND_REPORT_HEARD = 1u << 3,  /* why acts are heard: thread->heard */
	ND_REPORT_FOR_ME = 1u << 4, /* only what concerns the user */
	/* Facts of summaries stand elsewhere in print: they take no words. */
	ND_REPORT_FACTS_APART = 1u << 5,
	/* Of the model only what it said before: nothing is asked. */
	ND_REPORT_RECALL = 1u << 6,
	ND_REPORT_CARRIED = 1u << 7, /* also what older threads still owe */
	ND_REPORT_UNMUTED = 1u << 8, /* muted threads are only counted */
};

struct nd_report_request {
	const char *query; /* as the user gave it */
	struct nd_window window;
	const char *const *thread_id; /* instead of query, when not NULL */
	size_t thread_count;
	const char *new_query; /* which mails are new; NULL: the window's */
	/* Sets the NEW flags of one thread instead; may be NULL. */
	void (*mark)(void *arg, struct nd_thread *thread);
	void *mark_arg;
	unsigned large;
	unsigned max_words;
	unsigned talk_words;   /* the same of a long talk; 0: no more */
	unsigned min_messages; /* leave out threads with fewer mails */
	unsigned newest;       /* threads kept, by newest mail, 0 for all */
	unsigned limit;        /* threads kept of the report, 0 for all */
	unsigned jobs;         /* threads of this process, 0: the cores */
	const char *progress;  /* mode, see app/progress.h */
	/* Lists that the report is divided by, in this order; 0: it is not.
	 * Threads that none of them has a mail of are left out. */
	const struct nd_named_query *const *list;
	size_t list_count;
	const struct nd_user *user;
	/* Root id -> text for thread->merged, in place of the digest's. */
	const struct nd_map *merged;
	struct nd_llm *llm; /* the engine; NULL: the extractive one */
	/* Which threads it is asked about; NULL: all. */
	bool (*asks)(void *arg, const struct nd_thread *thread);
	void *asks_arg;
	/* Thread id -> what the model may see (struct nd_llm_context, owned by
	 * the thread), is filled in: then nothing is asked, and summaries are
	 * left for nd_summaries_tell(). NULL: it is asked. */
	struct nd_map *contexts;
	/* Language of what is ours in the summaries; not NULL, unless flags
	 * say that there are none. */
	const struct nd_i18n *i18n;
	unsigned flags; /* enum nd_report_flags */
};

#endif
