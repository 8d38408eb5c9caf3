/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/obligation_private.h"

#include <string.h>

#include "model/address.h"

/* When a mail of the thread, or one that took its place, was sent; 0: it is not
 * known. */
static int64_t
date_of(const struct nd_thread *thread, const char *id)
{
	const struct nd_thread *entry = thread->family.entry;

	for (size_t i = 0; i < thread->message_count; i++)
		if (strcmp(thread->message[i]->id, id) == 0)
			return thread->message[i]->date_s;
	if (entry && strcmp(nd_thread_root(entry)->id, id) == 0)
		return nd_thread_root(entry)->date_s;
	for (size_t i = 0; i <= thread->more_series_count; i++) {
		const struct nd_series *series =
			i > 0 ? thread->more_series[i - 1] : thread->series;

		if (series && series->next && series->next->root_id &&
		    strcmp(series->next->root_id, id) == 0)
			return series->next->date_s;
	}
	return 0;
}

enum nd_obligation_list
nd_obligation_list_by_age(const struct nd_obligation *one,
                          enum nd_obligation_list late, int days)
{
	return one->closed_s - one->since_s >=
	                       (int64_t)days * ND_OBLIGATION_DAY_S
	               ? late
	               : ND_OBLIGATION_CARRIED;
}

/* What closes something: looked for once, of a long thread it takes its time. */
struct end {
	const char *id;
	int64_t date_s;
};

static struct nd_obligation *
add_ended(const void *ctx, struct nd_obligation_look *look,
          enum nd_obligation_why why, int32_t message, struct end end)
{
	struct nd_obligation *one = nd_obligation_add(
		ctx, look, ND_OBLIGATION_CARRIED, why, message);

	one->closed_by = end.id;
	/* Where it is told now may be older than it. */
	one->closed_s = end.date_s < one->since_s ? one->since_s : end.date_s;
	return one;
}

struct nd_obligation *
nd_obligation_add_closed(const void *ctx, struct nd_obligation_look *look,
                         enum nd_obligation_why why, int32_t message,
                         const char *closed_by)
{
	struct end end = {closed_by, date_of(look->thread, closed_by)};

	return add_ended(ctx, look, why, message, end);
}

static void
add_done(const void *ctx, struct nd_obligation_look *look,
         const struct nd_attention *from, enum nd_attention_why why,
         int32_t message, struct end end)
{
	struct nd_obligation *one = add_ended(
		ctx, look, nd_obligation_of_attention[why], message, end);

	one->who = &from->who;
	one->name = from->name;
	one->user = nd_standing_is_user(look->user, one->who);
	if (one->user)
		one->list = ND_OBLIGATION_NEEDS_YOU;
	else if (nd_obligation_is_owed_to_user(look, from))
		one->list = ND_OBLIGATION_WAITS_FOR_OTHERS;
	else if (nd_obligation_can_be_late(why))
		one->list = nd_obligation_list_by_age(
			one, ND_OBLIGATION_OVERDUE, ND_OBLIGATION_LATE_DAYS);
}

/*
 * What was wanted becomes a promise by the mail that makes it, and each promise
 * takes the place of the one before. Which of several it was that answers the
 * wish is not known: each may.
 */
static void
add_expected(const void *ctx, struct nd_obligation_look *look,
             const struct nd_attention *from, const char *closed_by)
{
	const struct nd_thread *thread = look->thread;
	bool promised = from->why == ND_ATTENTION_PROMISED;
	int32_t said = from->message;

	for (size_t i = 0; promised && i < thread->event_count; i++) {
		int32_t promise = thread->event[i].message;
		struct end end = {thread->message[promise]->id,
		                  thread->message[promise]->date_s};

		if (!nd_obligation_is_promise(&thread->event[i], from) ||
		    promise == said)
			continue;
		add_done(ctx, look, from, ND_ATTENTION_CHANGES, from->message,
		         end);
		if (said != from->message)
			add_done(ctx, look, from, from->why, said, end);
		said = promise;
	}
	if (closed_by)
		add_done(ctx, look, from, from->why, said,
		         (struct end){closed_by, date_of(thread, closed_by)});
}

/* What a tree's commits told first is told by a mail now. */
static void
add_announced(const void *ctx, struct nd_obligation_look *look)
{
	const struct nd_thread *thread = look->thread;
	const struct nd_applied *applied = thread->applied;
	struct nd_obligation *one;

	if (thread->state != ND_STATE_MERGED || !thread->merged || !applied ||
	    applied->merged)
		return;
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->type != ND_EVENT_APPLIED &&
		    event->type != ND_EVENT_PULLED &&
		    event->type != ND_EVENT_MERGED)
			continue;
		one = nd_obligation_add_closed(
			ctx, look, ND_OBLIGATION_TO_ANNOUNCE, applied->message,
			thread->message[event->message]->id);
		one->since_s = applied->date_s;
		one->list = nd_obligation_is_users_thread(look)
		                    ? ND_OBLIGATION_WAITS_FOR_OTHERS
		                    : nd_obligation_list_by_age(
					      one, ND_OBLIGATION_OVERDUE,
					      ND_OBLIGATION_LATE_DAYS);
		return;
	}
}

size_t
nd_obligation_find_closed(const void *ctx, const struct nd_thread *thread,
                          const struct nd_user *user, int64_t clock_s,
                          struct nd_obligation **out)
{
	struct nd_obligation_look look = {
		.thread = thread,
		.user = user,
		.clock_s = clock_s,
	};
	/* Told in another one's entry: what is still open is so there. */
	const char *elsewhere =
		thread->family.entry ? nd_thread_root(thread->family.entry)->id
				     : NULL;

	for (size_t i = 0; i < thread->closed_count; i++)
		add_expected(ctx, &look, &thread->closed[i],
		             thread->closed[i].closed_by);
	for (size_t i = 0; i < thread->attention_count; i++)
		add_expected(ctx, &look, &thread->attention[i], elsewhere);
	for (size_t i = 0; i < thread->more_attention_count; i++)
		add_expected(ctx, &look, &thread->more_attention[i], elsewhere);
	nd_obligation_close_answered(ctx, &look, elsewhere);
	add_announced(ctx, &look);
	*out = look.found;
	return look.count;
}
