/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report.h - the threads of a window, ordered and counted, ready to print
 */
#ifndef ND_MODEL_REPORT_H
#define ND_MODEL_REPORT_H

#include "model/thread.h"
#include "model/window.h"

/* Something that went wrong with one mail or file without stopping the run. */
struct nd_problem {
	const char *id;   /* Message-ID, or NULL */
	const char *file; /* path, or NULL */
	const char *what; /* "cannot read it: No such file or directory" */
};

struct nd_category_row {
	const char *name; /* "patch", or of digest.categories */
	unsigned threads;
	unsigned messages; /* new ones */
};

/* The threads of one mailing list, counted by themselves. */
struct nd_report_section {
	const char *list;  /* its name in digest.lists; "" for the whole of a
			    * report */
	unsigned messages; /* new mails */
	unsigned large_threads;
	unsigned participants; /* distinct From addresses of new mails */
	struct nd_category_row *category; /* those of the report, in its order,
					   * empty ones included */
	size_t category_count;
	struct nd_thread **thread; /* those of the report, from its first on */
	size_t thread_count;
	size_t thread_total; /* those that were left out, too */
};

struct nd_carried;
struct nd_front;
struct nd_sincelast;

struct nd_report {
	int64_t generated_s;
	struct nd_window window;
	const char *query;  /* as the user gave it, with those of the lists;
				 * "*" for all mail */
	const char *list;   /* name of the mailing list, "" when there are
				 * several or none */
	const char *engine; /* "extract" or "llm" */
	unsigned large;     /* threads with more new mails are large */

	unsigned muted; /* threads with new mail that the user has muted: in
			 * nothing else of the report */
	bool for_me;    /* only threads that concern the user */

	unsigned messages; /* new mails */
	unsigned large_threads;
	unsigned participants; /* distinct From addresses of new mails */

	struct nd_category_row *category; /* in the order of the report,
						 * empty ones included */
	size_t category_count;
	/* The lists that the report was asked for, in their order, also those
	 * without mail; none when it is not made of lists. Each thread stands
	 * in one: thread->list. */
	struct nd_report_section *section;
	size_t section_count;

	struct nd_thread **thread; /* by section, then by category, then most
					 * new mails first, then oldest root
					 * first */
	size_t thread_count;
	size_t thread_total; /* those that were left out, too */
	/* Told of on the front page only, for what they still owe: without mail
	 * in the window, or left out because they do not concern the user. */
	struct nd_thread **quiet;
	size_t quiet_count;
	const struct nd_carried *carried; /* agenda/carried.h; NULL: not looked
					   * for */
	const struct nd_front *front;     /* agenda/front.h; not NULL when the
					  * report is printed as a whole */
	/* agenda/sincelast.h; NULL: nobody asked for it */
	const struct nd_sincelast *since_last;
	struct nd_problem *problem;
	size_t problem_count;
	size_t problem_total; /* those over ND_LIMIT_PROBLEMS, too */
};

/** The whole report as one section, with its arrays. */
struct nd_report_section nd_report_whole(const struct nd_report *report);

/** Are the sections told apart? One list alone is the whole report. */
bool nd_report_has_sections(const struct nd_report *report);

/** Does the thread stand in this section of its report? */
bool nd_report_section_has(const struct nd_report_section *section,
                           const struct nd_thread *thread);

/** The index of its thread's category among those of a section or report. */
size_t nd_report_category(const struct nd_report_section *section,
                          const struct nd_thread *thread);

#endif
