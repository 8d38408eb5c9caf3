/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which list a thread stands in, by what it was and what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "agenda/front.h"
#include "agenda/sincelast.h"
#include "util/alloc.h"

#define ABSENT ND_STATE_COUNT

static const struct row {
	enum nd_thread_state before, now;
	const char *list; /* "" when it stands in none */
} rows[] = {
	{ABSENT, ND_STATE_NEW, "new"},
	{ABSENT, ND_STATE_ANSWERED, "new"},
	{ABSENT, ND_STATE_APPLIED, "closed"},
	{ND_STATE_NEW, ND_STATE_NEW, ""},
	{ND_STATE_NEW, ND_STATE_UNDER_REVIEW, "moved"},
	{ND_STATE_OPEN, ND_STATE_ANSWERED, "moved"},
	{ND_STATE_REVIEWED, ND_STATE_APPLIED, "closed"},
	{ND_STATE_REVIEWED, ND_STATE_PULLED, "closed"},
	{ND_STATE_REVIEWED, ND_STATE_MERGED, "closed"},
	{ND_STATE_REVIEWED, ND_STATE_MERGED_STABLE, "closed"},
	{ND_STATE_REVIEWED, ND_STATE_SUPERSEDED, "closed"},
	{ND_STATE_REVIEWED, ND_STATE_WITHDRAWN, "closed"},
	{ND_STATE_REVIEWED, ND_STATE_REJECTED, "closed"},
	{ND_STATE_APPLIED, ND_STATE_APPLIED, ""},
	/* It was closed before: that is told already. */
	{ND_STATE_APPLIED, ND_STATE_MERGED, "moved"},
	{ND_STATE_APPLIED, ND_STATE_CHANGES_REQUESTED, "moved"},
};

enum { ROWS = sizeof rows / sizeof *rows };

static struct nd_thread *
add_thread(struct nd_report *report, size_t i, enum nd_thread_state state)
{
	struct nd_thread *thread = x_new(report, struct nd_thread);

	thread->id = x_asprintf(thread, "%zu", i);
	thread->state = state;
	for (int k = 0; k < 3; k++) {
		struct nd_message *mail = x_new(thread, struct nd_message);

		*x_append(thread, thread->message, thread->message_count) =
			mail;
	}
	*x_append(report, report->thread, report->thread_count) = thread;
	return thread;
}

static const struct nd_sincelast_line *
find(const struct nd_sincelast *since, const struct nd_thread *thread,
     const char **list)
{
	const struct nd_sincelast_line *found = NULL;

	*list = "";
	for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT; k++)
		for (size_t i = 0; i < since->count[k]; i++)
			if (since->line[k][i].thread == thread) {
				assert_null(found);
				found = &since->line[k][i];
				*list = nd_sincelast_list_name(k);
			}
	return found;
}

static void
lists_by_state(void **state)
{
	struct nd_report *now = x_new(NULL, struct nd_report);
	struct nd_report *before = x_new(now, struct nd_report);
	struct nd_front *front = x_new(now, struct nd_front);
	const char *list;

	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		add_thread(now, i, rows[i].now);
		if (rows[i].before != ABSENT)
			add_thread(before, i, rows[i].before);
	}
	/* Mail 1 made it so; the first row has no such mail. */
	for (size_t i = 1; i < ROWS; i++)
		*x_append(now, now->thread[i]->state_evidence,
		          now->thread[i]->state_evidence_count) = 1;
	front->order = now->thread;
	front->order_count = now->thread_count;
	now->front = front;
	nd_sincelast_make(now, before, "id@x");
	assert_string_equal(now->since_last->previous, "id@x");
	for (size_t i = 0; i < ROWS; i++) {
		const struct nd_sincelast_line *line =
			find(now->since_last, now->thread[i], &list);

		if (strcmp(list, rows[i].list) != 0)
			fail_msg("row %zu: %s", i, list);
		if (!line)
			continue;
		assert_int_equal(line->before, rows[i].before);
		assert_int_equal(line->message,
		                 strcmp(list, "new") == 0 ? 0 : 1);
	}
	/* A part of it is not all of it. */
	assert_int_equal(rows[6].now, ND_STATE_APPLIED);
	now->thread[6]->applied = x_new(now, struct nd_applied);
	now->thread[6]->applied->patch_count = 1;
	nd_sincelast_make(now, before, NULL);
	find(now->since_last, now->thread[6], &list);
	assert_string_equal(list, "moved");
	/* What is replaced elsewhere names its cover letter. */
	assert_int_equal(rows[10].now, ND_STATE_SUPERSEDED);
	now->thread[10]->series = x_new(now, struct nd_series);
	now->thread[10]->series->root = 2;
	now->thread[10]->series->next = x_new(now, struct nd_series_link);
	nd_sincelast_make(now, before, NULL);
	assert_int_equal(find(now->since_last, now->thread[10], &list)->message,
	                 2);
	/* No report before, and told in another one's entry. */
	now->thread[0]->family.entry = now->thread[1];
	nd_sincelast_make(now, before, NULL);
	assert_null(now->since_last->previous);
	assert_int_equal(now->since_last->count[ND_SINCELAST_NEW], 1);
	talloc_free(now);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_by_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
