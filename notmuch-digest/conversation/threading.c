/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/threading.h"

#include <stdlib.h>
#include <string.h>

#include "conversation/clockskew.h"
#include "conversation/quotesource.h"
#include "conversation/speakerlabel.h"
#include "conversation/unmarkedquote.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

/* A cover letter that a bad clock dates behind its patches, by this much. */
#define COVER_LATE_S 3600

static int
compare_messages(const void *a, const void *b)
{
	const struct nd_message *x = *(struct nd_message *const *)a;
	const struct nd_message *y = *(struct nd_message *const *)b;

	if (x->date_s != y->date_s)
		return x->date_s < y->date_s ? -1 : 1;
	return strcmp(x->id, y->id);
}

static int32_t
find_parent(const struct nd_thread *thread, const struct nd_map *index,
            int32_t i)
{
	const struct nd_message *message = thread->message[i];

	/* In-Reply-To is the last of them. */
	for (size_t r = message->reference_count; r-- > 0;) {
		intptr_t parent = nd_map_get_int(index, message->reference[r],
		                                 ND_NO_MESSAGE);

		if (parent != ND_NO_MESSAGE && parent != i)
			return (int32_t)parent;
	}
	return ND_NO_MESSAGE;
}

static void
find_parents(struct nd_thread *thread)
{
	struct nd_map *index = nd_map_new(NULL);

	for (size_t i = 0; i < thread->message_count; i++)
		nd_map_set_int(index, thread->message[i]->id, (intptr_t)i);
	for (size_t i = 0; i < thread->message_count; i++)
		thread->message[i]->parent =
			find_parent(thread, index, (int32_t)i);
	talloc_free(index);
}

/*
 * Mails that answer each other in a circle: the first of them in time has no
 * parent. Each mail is passed once: those that are known to end are marked.
 */
static void
break_loops(struct nd_thread *thread)
{
	uint32_t *round = x_array(NULL, uint32_t, thread->message_count);

	for (size_t i = 0; i < thread->message_count; i++) {
		uint32_t this_round = (uint32_t)i + 1;
		int32_t at = (int32_t)i, first;

		while (at != ND_NO_MESSAGE && round[at] == 0) {
			round[at] = this_round;
			at = thread->message[at]->parent;
		}
		if (at == ND_NO_MESSAGE || round[at] != this_round)
			continue;
		first = at;
		for (int32_t k = thread->message[at]->parent; k != at;
		     k = thread->message[k]->parent)
			if (k < first)
				first = k;
		thread->message[first]->parent = ND_NO_MESSAGE;
	}
	talloc_free(round);
}

/* n of the first "n/m" in the subject's brackets; -1 when there is none. */
static int
series_number(const char *subject)
{
	const char *slash = strchr(subject, '/');
	const char *end = strchr(subject, ']'), *start;

	if (!slash || !end || slash > end || !nd_is_digit(slash[1]))
		return -1;
	for (start = slash; start > subject && nd_is_digit(start[-1]); start--)
		;
	if (start == slash || slash - start > 5)
		return -1;
	return (int)strtol(start, NULL, 10);
}

static int32_t
find_root(const struct nd_thread *thread)
{
	struct nd_message *const *message = thread->message;
	int32_t root = 0;

	while (message[root]->parent != ND_NO_MESSAGE)
		root++;
	if (series_number(message[root]->subject) <= 0)
		return root;
	for (size_t i = (size_t)root + 1;
	     i < thread->message_count &&
	     message[i]->date_s <= message[root]->date_s + COVER_LATE_S;
	     i++)
		if (message[i]->parent == ND_NO_MESSAGE &&
		    series_number(message[i]->subject) == 0)
			return (int32_t)i;
	return root;
}

static void
sort_and_find_parents(struct nd_thread *thread)
{
	qsort(thread->message, thread->message_count, sizeof *thread->message,
	      compare_messages);
	find_parents(thread);
	break_loops(thread);
}

void
nd_threading_date(struct nd_thread *thread, int64_t future_s)
{
	if (thread->message_count == 0)
		return;
	sort_and_find_parents(thread);
	nd_clockskew_repair(thread, future_s);
}

void
nd_threading_link(struct nd_thread *thread)
{
	if (thread->message_count == 0)
		return;
	sort_and_find_parents(thread);
	thread->root = find_root(thread);
	nd_unmarkedquote_mark(thread);
	nd_speakerlabel_mark(thread);
	nd_quotesource_find(thread);
}
