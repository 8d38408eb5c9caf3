/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * todo.h - what many threads owe, as one list
 *
 * A line a thread, for the surest of its obligations; by list, the oldest
 * first. Pure.
 */
#ifndef ND_AGENDA_TODO_H
#define ND_AGENDA_TODO_H

#include "agenda/obligation.h"
#include "model/report.h"

enum { ND_TODO_CLOSED_DAYS = 7 };

struct nd_todo {
	const struct nd_report *report;
	struct nd_obligation *item; /* by list, then by age, the oldest first */
	size_t count;
	size_t total[ND_OBLIGATION_LIST_COUNT]; /* of each list */
	bool all;
	struct nd_obligation *closed; /* what mails have closed: in the last
	                               * ND_TODO_CLOSED_DAYS, what was in a list
	                               * but ND_OBLIGATION_CARRIED; with all,
	                               * everything */
	size_t closed_count;
};

/**
 * The obligations of a report's threads at its clock; owned by ctx, refers to
 * the report.
 *
 * all        also what is between others and not late, and every obligation of
 *            a thread instead of its surest
 */
struct nd_todo *nd_todo_list(const void *ctx, const struct nd_report *report,
                             const struct nd_user *user, bool all);

/** Is it one that is told of without all, too? */
bool nd_todo_is_lately(const struct nd_todo *todo,
                       const struct nd_obligation *closed);

#endif
