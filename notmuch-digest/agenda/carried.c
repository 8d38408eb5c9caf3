/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/carried.h"

#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/map.h"

enum { DAY_S = 24 * 3600 };

/* What is asked while one thread is looked at. */
struct look {
	const struct nd_report *report;
	const struct nd_user *user;
	int64_t clock_s;
	struct nd_carried *carried;
};

static bool
is_in_window(const struct look *look, int64_t date_s)
{
	return date_s >= look->report->window.since_s &&
	       date_s < look->report->window.until_s;
}

static bool
has_lapsed(const struct look *look, const struct nd_thread *thread)
{
	int64_t last_s = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > last_s)
			last_s = thread->message[i]->date_s;
	return last_s < look->clock_s - (int64_t)ND_CARRIED_DAYS * DAY_S;
}

/*
 * Who takes patches is learned: that somebody has taken some may be understood
 * long after it was said.
 */
static bool
is_taking(const struct nd_thread *thread, const char *id)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if ((event->type == ND_EVENT_APPLIED ||
		     event->type == ND_EVENT_PULLED) &&
		    strcmp(thread->message[event->message]->id, id) == 0)
			return true;
	}
	return false;
}

/* Open before the window, and not any more by a mail of the window, as far as
 * one can know. */
static bool
is_news(const struct look *look, const struct nd_obligation *one,
        const char *id, int64_t date_s)
{
	return one->since_s < look->report->window.since_s &&
	       (is_in_window(look, date_s) || is_taking(one->thread, id));
}

/* ---- open ---------------------------------------------------------------- */

/* Of one thread. */
struct share {
	struct nd_obligation *open;
	size_t count;
};

static void
add_open(struct look *look, struct share *share,
         const struct nd_obligation *one)
{
	struct nd_carried *carried = look->carried;
	struct nd_obligation open = *one;

	if (one->young)
		open.list = ND_OBLIGATION_UNANSWERED;
	*x_append(share, share->open, share->count) = open;
	*x_append(carried, carried->open, carried->open_count) = open;
}

/* ---- settled ------------------------------------------------------------- */

static struct nd_obligation *
add_settled(struct look *look, const struct nd_obligation *one)
{
	struct nd_carried *carried = look->carried;
	struct nd_obligation *settled =
		x_append(carried, carried->settled, carried->settled_count);

	*settled = *one;
	return settled;
}

static void
add_lapsed(struct look *look, const struct nd_obligation *one)
{
	struct nd_obligation *lapsed = add_settled(look, one);

	lapsed->lapsed = true;
	lapsed->closed_s = look->clock_s;
}

/* Who has written since may have done it in words that nobody hears. */
static void
add_doubted(struct look *look, const struct nd_obligation *one)
{
	struct nd_obligation *settled;

	if (!is_news(look, one, one->doubted_by, one->doubted_s))
		return;
	settled = add_settled(look, one);
	settled->closed_by = one->doubted_by;
	settled->closed_s = one->doubted_s;
}

static void
add_closed(struct look *look, const struct nd_thread *thread)
{
	struct nd_obligation *found;
	size_t count = nd_obligation_find_closed(NULL, thread, look->user,
	                                         look->clock_s, &found);

	for (size_t i = 0; i < count; i++)
		if (is_news(look, &found[i], found[i].closed_by,
		            found[i].closed_s))
			add_settled(look, &found[i]);
	talloc_free(found);
}

/* ---- all threads --------------------------------------------------------- */

static void
add_thread(struct look *look, const struct nd_thread *thread)
{
	struct nd_obligation *found;
	size_t count = nd_obligation_find(NULL, thread, look->user,
	                                  look->clock_s, &found);
	bool lapsed = has_lapsed(look, thread);
	struct share *share = x_new(look->carried, struct share);

	for (size_t i = 0; i < count; i++) {
		if (found[i].doubted_by)
			add_doubted(look, &found[i]);
		else if (lapsed)
			add_lapsed(look, &found[i]);
		else
			add_open(look, share, &found[i]);
	}
	talloc_free(found);
	if (share->count > 0)
		nd_map_set(look->carried->by_root, nd_thread_root(thread)->id,
		           share);
	else
		talloc_free(share);
	add_closed(look, thread);
}

static int
compare_settled(const void *a, const void *b)
{
	const struct nd_obligation *x = a, *y = b;

	if (x->closed_s != y->closed_s)
		return x->closed_s < y->closed_s ? -1 : 1;
	return nd_obligation_compare_age(x, y);
}

void
nd_carried_find(struct nd_report *report, const struct nd_user *user)
{
	struct nd_carried *carried = x_new(report, struct nd_carried);
	struct look look = {
		.report = report,
		.user = user,
		.clock_s = nd_window_clock(&report->window),
		.carried = carried,
	};

	carried->by_root = nd_map_new(carried);
	for (size_t i = 0; i < report->thread_count; i++)
		add_thread(&look, report->thread[i]);
	for (size_t i = 0; i < report->quiet_count; i++)
		add_thread(&look, report->quiet[i]);
	if (carried->open_count > 1)
		qsort(carried->open, carried->open_count, sizeof *carried->open,
		      nd_obligation_compare);
	if (carried->settled_count > 1)
		qsort(carried->settled, carried->settled_count,
		      sizeof *carried->settled, compare_settled);
	report->carried = carried;
}

const struct nd_obligation *
nd_carried_of(const struct nd_report *report, const struct nd_thread *thread,
              size_t *count)
{
	const struct share *share = nd_map_get(report->carried->by_root,
	                                       nd_thread_root(thread)->id);

	*count = share ? share->count : 0;
	return share ? share->open : NULL;
}
