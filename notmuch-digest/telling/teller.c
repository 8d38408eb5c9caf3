/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/teller.h"

#include <string.h>

#include "telling/wording.h"
#include "util/alloc.h"

bool
nd_teller_is_new(const struct nd_thread *thread, int32_t mail)
{
	return thread->message[mail]->flags & ND_MESSAGE_NEW;
}

enum nd_zone
nd_teller_zone_of(const struct nd_thread *thread, int32_t mail)
{
	return nd_teller_is_new(thread, mail) ? ND_ZONE_NEW : ND_ZONE_EARLIER;
}

const char *
nd_teller_day_of(const struct nd_teller *to, int64_t date_s)
{
	const struct nd_thread *thread = to->thread;

	return nd_wording_day(
		to->summary, to->i18n, date_s,
		thread->message[thread->message_count - 1]->date_s);
}

bool
nd_teller_is_news(const struct nd_teller *to, int64_t date_s)
{
	const struct nd_thread *thread = to->thread;

	for (size_t i = 0; i < thread->message_count; i++)
		if (nd_teller_is_new(thread, (int32_t)i))
			return thread->message[i]->date_s <= date_s;
	return false;
}

/* Facts stand above the headings of a zone that is told in parts. */
static size_t
place_for(const struct nd_item_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->item[i].subthread)
			return i;
	return list->count;
}

struct nd_item *
nd_teller_insert(struct nd_teller *to, enum nd_zone zone, size_t at,
                 const char *text, int32_t source)
{
	struct nd_item_list *list = &to->summary->zone[zone];
	struct nd_item *item;

	x_append(to->summary, list->item, list->count);
	item = &list->item[at];
	memmove(item + 1, item, (list->count - 1 - at) * sizeof *item);
	*item = (struct nd_item){
		.text = text, .fact = true, .source = {source}};
	item->source_count = 1;
	return item;
}

struct nd_item *
nd_teller_add(struct nd_teller *to, enum nd_zone zone, const char *text,
              int32_t source)
{
	return nd_teller_insert(to, zone, place_for(&to->summary->zone[zone]),
	                        text, source);
}

struct nd_item *
nd_teller_add_dated(struct nd_teller *to, enum nd_zone zone, int64_t date_s,
                    const char *text, int32_t source)
{
	const struct nd_item_list *list = &to->summary->zone[zone];
	size_t at = place_for(list);

	while (at > 0 && list->item[at - 1].fact &&
	       to->thread->message[list->item[at - 1].source[0]]->date_s >
	               date_s)
		at--;
	return nd_teller_insert(to, zone, at, text, source);
}

void
nd_teller_take_out(struct nd_item_list *list, size_t at)
{
	struct nd_item *item = &list->item[at];

	if (at + 1 < list->count && item[1].join != ND_JOIN_NONE)
		item[1].join =
			item->join == ND_JOIN_NONE ? ND_JOIN_NONE : ND_JOIN_GAP;
	list->count--;
	memmove(item, item + 1, (list->count - at) * sizeof *item);
}
