/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sincelast.h - what has become of the threads of a report since the one before
 *
 * Two reports are compared: the one that is made, and the same threads as they
 * stood when its window began, which is where the report before it ended. Each
 * thread that has an entry of its own stands in the first list that fits it,
 * or in none; in the order of the front page.
 *
 * Pure. Does not: look at threads without mail in the window.
 */
#ifndef ND_AGENDA_SINCELAST_H
#define ND_AGENDA_SINCELAST_H

#include "model/report.h"

/* In the order in which they are tried, and printed. */
enum nd_sincelast_list {
	ND_SINCELAST_CLOSED, /* taken as a whole, refused, replaced; not so
	                      * before */
	ND_SINCELAST_MOVED,  /* it has another state */
	ND_SINCELAST_NEW,    /* it has no mail of before */
	ND_SINCELAST_LIST_COUNT
};

struct nd_sincelast_line {
	const struct nd_thread *thread;
	enum nd_thread_state before; /* ND_STATE_COUNT: it was not there */
	int32_t message; /* the mail that made it so; its root when it is new,
	                  * or replaced by a thread of its own */
};

struct nd_sincelast {
	const char *previous; /* id of the report before this one; NULL: none
	                       * has been delivered */
	struct nd_sincelast_line *line[ND_SINCELAST_LIST_COUNT];
	size_t count[ND_SINCELAST_LIST_COUNT];
};

/**
 * Compare, and set report->since_last, which the report owns.
 *
 * report     its front page is made
 * before     its threads as they stood at report->window.since_s; those that
 *            were not there are absent
 * previous   see above; copied
 */
void nd_sincelast_make(struct nd_report *report, const struct nd_report *before,
                       const char *previous);

/** The words of the JSON report: "closed". */
const char *nd_sincelast_list_name(enum nd_sincelast_list list);

#endif
