/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/seriesrow.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"

static bool
has_mail(const struct nd_series *series, int32_t message)
{
	if (series->root == message)
		return true;
	for (int i = 0; i < series->total; i++)
		if (series->patch[i] == message)
			return true;
	return false;
}

/* Tags for patches that are missing go to the thread's own series. */
static void
count_tags(struct nd_series_row *row)
{
	const struct nd_thread *thread = row->thread;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];

		if (trailer->patch == ND_NO_MESSAGE
		            ? row->series != thread->series
		            : !has_mail(row->series, trailer->patch))
			continue;
		row->acked += nd_trailer_says(trailer->type, "acked");
		row->reviewed += nd_trailer_says(trailer->type, "reviewed");
		row->tested += nd_trailer_says(trailer->type, "tested");
	}
}

static const struct nd_series *
series_at(const struct nd_thread *thread, const char *root_id)
{
	for (size_t i = 0; i < thread->more_series_count; i++) {
		const struct nd_series *series = thread->more_series[i];

		if (strcmp(thread->message[series->root]->id, root_id) == 0)
			return series;
	}
	return NULL;
}

/* Newer versions in the same thread: its state is that of the newest. */
static const struct nd_series *
newest_version(const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;

	for (size_t i = 0; series && i < thread->more_series_count; i++) {
		const struct nd_series *next = NULL;

		if (series->next && series->next->root_id)
			next = series_at(thread, series->next->root_id);
		if (!next)
			break;
		series = next;
	}
	return series;
}

static void
add_row(struct nd_seriesrow_list *rows, const struct nd_thread *thread,
        const struct nd_series *series)
{
	struct nd_series_row *row;

	/* What a pull request carries is not a series of its own. */
	if (!series || thread->category == ND_CATEGORY_PULL)
		return;
	row = x_append(rows, rows->row, rows->count);
	row->thread = thread;
	row->series = series;
	row->stated = series == newest_version(thread);
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > row->last_s)
			row->last_s = thread->message[i]->date_s;
	count_tags(row);
}

static int
compare_rows(const void *a, const void *b)
{
	const struct nd_series_row *x = a, *y = b;

	if (x->last_s != y->last_s)
		return x->last_s > y->last_s ? -1 : 1;
	return strcmp(x->thread->message[x->series->root]->id,
	              y->thread->message[y->series->root]->id);
}

struct nd_seriesrow_list *
nd_seriesrow_list(const void *ctx, const struct nd_report *report,
                  unsigned limit)
{
	struct nd_seriesrow_list *rows = x_new(ctx, struct nd_seriesrow_list);

	for (size_t i = 0; i < report->thread_count; i++) {
		const struct nd_thread *thread = report->thread[i];

		add_row(rows, thread, thread->series);
		for (size_t k = 0; k < thread->more_series_count; k++)
			add_row(rows, thread, thread->more_series[k]);
	}
	if (rows->count > 1)
		qsort(rows->row, rows->count, sizeof *rows->row, compare_rows);
	rows->total = rows->count;
	if (limit > 0 && limit < rows->count)
		rows->count = limit;
	return rows;
}
