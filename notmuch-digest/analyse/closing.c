/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/closing.h"

#include <string.h>

#include "util/alloc.h"

static bool
is_before(const struct nd_thread *thread, int32_t message, int64_t date_s)
{
	return thread->message[message]->date_s < date_s;
}

/* All items of a mail go, so none goes on that has lost its beginning. */
static void
close_items(const struct nd_thread *thread, struct nd_item_list *list,
            int64_t date_s)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (!is_before(thread, list->item[i].source[0], date_s))
			list->item[kept++] = list->item[i];
	list->count = kept;
}

void
nd_closing_questions(struct nd_thread *thread, int64_t date_s)
{
	struct nd_open_question *open = thread->open_question;
	size_t kept = 0;

	for (size_t i = 0; i < thread->open_question_count; i++)
		if (!is_before(thread, open[i].message, date_s))
			open[kept++] = open[i];
	thread->open_question_count = kept;
	if (thread->summary)
		close_items(thread, &thread->summary->zone[ND_ZONE_QUESTION],
		            date_s);
}

static bool
is_told_in_parts(const struct nd_item_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->item[i].subthread)
			return true;
	return false;
}

/* Behind the facts, where its mail stands. */
static void
insert_item(struct nd_summary *summary, struct nd_item_list *list,
            const struct nd_item *item)
{
	size_t at = 0;

	while (at < list->count &&
	       (list->item[at].fact || list->item[at].join != ND_JOIN_NONE ||
	        list->item[at].source[0] <= item->source[0]))
		at++;
	x_append(summary, list->item, list->count);
	memmove(&list->item[at + 1], &list->item[at],
	        (list->count - 1 - at) * sizeof *list->item);
	list->item[at] = *item;
}

/* What was asked is still told, as what somebody said. */
static void
tell_items(struct nd_thread *thread, int64_t date_s)
{
	struct nd_summary *summary = thread->summary;
	const struct nd_item_list *asked = &summary->zone[ND_ZONE_QUESTION];

	for (size_t i = 0; i < asked->count; i++) {
		const struct nd_item *item = &asked->item[i];
		int32_t mail = item->source[0];
		struct nd_item_list *list =
			&summary->zone[thread->message[mail]->flags &
		                                       ND_MESSAGE_NEW
		                               ? ND_ZONE_NEW
		                               : ND_ZONE_EARLIER];

		if (is_before(thread, mail, date_s) && !is_told_in_parts(list))
			insert_item(summary, list, item);
	}
}

void
nd_closing_thread(struct nd_thread *thread, int64_t date_s)
{
	if (thread->summary)
		tell_items(thread, date_s);
	nd_closing_questions(thread, date_s);
}
