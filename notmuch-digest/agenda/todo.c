/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/todo.h"

#include <stdlib.h>

#include "util/alloc.h"

static void
add_thread(struct nd_todo *todo, const struct nd_thread *thread,
           const struct nd_user *user)
{
	struct nd_obligation *found;
	size_t count = nd_obligation_find(
		NULL, thread, user, nd_window_clock(&todo->report->window),
		&found);

	for (size_t i = 0; i < count && (todo->all || i == 0); i++) {
		if (found[i].list == ND_OBLIGATION_CARRIED && !todo->all)
			break;
		/* The line of the first mail stands for the further ones. */
		if (found[i].again && i > 0)
			continue;
		*(struct nd_obligation *)x_append(todo, todo->item,
		                                  todo->count) = found[i];
		todo->total[found[i].list]++;
	}
	talloc_free(found);
}

bool
nd_todo_is_lately(const struct nd_todo *todo,
                  const struct nd_obligation *closed)
{
	return closed->list != ND_OBLIGATION_CARRIED &&
	       nd_window_clock(&todo->report->window) - closed->closed_s <
	               (int64_t)ND_TODO_CLOSED_DAYS * 24 * 3600;
}

static void
add_closed(struct nd_todo *todo, const struct nd_thread *thread,
           const struct nd_user *user)
{
	struct nd_obligation *found;
	size_t count = nd_obligation_find_closed(
		NULL, thread, user, nd_window_clock(&todo->report->window),
		&found);

	for (size_t i = 0; i < count; i++)
		if (todo->all || nd_todo_is_lately(todo, &found[i]))
			*x_append(todo, todo->closed, todo->closed_count) =
				found[i];
	talloc_free(found);
}

struct nd_todo *
nd_todo_list(const void *ctx, const struct nd_report *report,
             const struct nd_user *user, bool all)
{
	struct nd_todo *todo = x_new(ctx, struct nd_todo);

	todo->report = report;
	todo->all = all;
	for (size_t i = 0; i < report->thread_count; i++)
		add_thread(todo, report->thread[i], user);
	for (size_t i = 0; i < report->thread_count; i++)
		add_closed(todo, report->thread[i], user);
	if (todo->closed_count > 1)
		qsort(todo->closed, todo->closed_count, sizeof *todo->closed,
		      nd_obligation_compare);
	if (todo->count > 1)
		qsort(todo->item, todo->count, sizeof *todo->item,
		      nd_obligation_compare);
	return todo;
}
