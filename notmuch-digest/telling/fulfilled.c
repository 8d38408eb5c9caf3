/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/fulfilled.h"

#include <string.h>

#include "model/address.h"
#include "util/alloc.h"

/* Is a version known that was posted later, in another thread? */
static bool
has_next(const struct nd_thread *thread, int64_t since_s)
{
	const struct nd_series_link *next =
		thread->series ? thread->series->next : NULL;

	return next && next->date_s > since_s;
}

/* Have they posted, or taken, patches in a later mail of the thread, or say there
 * where the newer ones are? */
static bool
acts_later(const struct nd_thread *thread, const struct nd_event *promise)
{
	const unsigned deeds = 1u << ND_EVENT_POSTED | 1u << ND_EVENT_APPLIED |
	                       1u << ND_EVENT_PULLED |
	                       1u << ND_EVENT_SUPERSEDED;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message > promise->message &&
		    deeds & 1u << event->type &&
		    !(event->flags & ND_EVENT_UNDONE) &&
		    nd_address_same_person(&event->who, &promise->who))
			return true;
	}
	return false;
}

bool
nd_fulfilled_is(const struct nd_thread *thread, const struct nd_event *event)
{
	int64_t said_s = thread->message[event->message]->date_s;

	return event->type == ND_EVENT_RESPIN_PROMISED &&
	       (acts_later(thread, event) ||
	        (event->flags & ND_EVENT_BY_AUTHOR &&
	         has_next(thread, said_s)));
}

/* Does it promise what was done since, and settles nothing else? */
static bool
is_fulfilled(const struct nd_thread *thread, const struct nd_item *item)
{
	const unsigned others = 1u << ND_EVENT_NACK | 1u << ND_EVENT_REJECTED |
	                        1u << ND_EVENT_WITHDRAWN |
	                        1u << ND_EVENT_SUPERSEDED;

	if (item->fact || item->events & others ||
	    !(item->events & 1u << ND_EVENT_RESPIN_PROMISED))
		return false;
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == item->source[0] &&
		    nd_fulfilled_is(thread, &thread->event[i]))
			return true;
	return false;
}

/* How many items from one on are told in one breath. */
static size_t
length_of(const struct nd_item_list *list, size_t first)
{
	size_t count = 1;

	while (first + count < list->count &&
	       list->item[first + count].join != ND_JOIN_NONE)
		count++;
	return count;
}

/* Where in a list it stands by its mail, below the heading of its part if there
 * is one; false: that part is not told. */
static bool
find_place(const struct nd_item_list *list, const struct nd_item *item,
           size_t *place)
{
	size_t at = 0;

	while (at < list->count && list->item[at].subthread != item->subthread)
		at++;
	if (at == list->count && item->subthread)
		return false;
	if (at == list->count)
		at = 0; /* there are only parts, or nothing */
	while (at < list->count &&
	       list->item[at].subthread == item->subthread &&
	       (list->item[at].join != ND_JOIN_NONE ||
	        list->item[at].source[0] <= item->source[0]))
		at++;
	*place = at;
	return true;
}

/* The words of one breath, from one list into another. */
static void
move(struct nd_summary *summary, struct nd_item_list *from, size_t first,
     struct nd_item_list *into, size_t at)
{
	size_t count = length_of(from, first);

	for (size_t i = 0; i < count; i++) {
		struct nd_item *place;

		x_append(summary, into->item, into->count);
		place = &into->item[at + i];
		memmove(place + 1, place,
		        (into->count - 1 - at - i) * sizeof *place);
		*place = from->item[first];
		nd_teller_take_out(from, first);
		if (i > 0)
			place->join = ND_JOIN_NEXT;
	}
}

void
nd_fulfilled_move(struct nd_teller *to)
{
	struct nd_item_list *decisions = &to->summary->zone[ND_ZONE_DECISION];
	struct nd_item_list *news = &to->summary->zone[ND_ZONE_NEW];

	for (size_t i = decisions->count; i-- > 0;) {
		size_t at;

		if (decisions->item[i].join == ND_JOIN_NONE &&
		    is_fulfilled(to->thread, &decisions->item[i]) &&
		    find_place(news, &decisions->item[i], &at))
			move(to->summary, decisions, i, news, at);
	}
}
