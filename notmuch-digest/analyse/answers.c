/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/answers.h"

#include <stdio.h>
#include <string.h>

#include "analyse/mailevents.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum { OPEN_MAX = 50 }; /* open questions of one thread */

struct question {
	size_t event; /* index in thread->event */
	bool answered;
};

struct settling {
	struct nd_thread *thread;
	struct question *question; /* in the order of the mails */
	size_t count;
	size_t *first;   /* of each mail, in question; count when it has none */
	int32_t *branch; /* of each mail: the child of the root above it */
};

static const struct nd_event *
event_of(const struct settling *all, const struct question *question)
{
	return &all->thread->event[question->event];
}

static const struct nd_address *
sender(const struct settling *all, int32_t message)
{
	return &all->thread->message[message]->sender;
}

static bool
is_robot(const struct settling *all, int32_t message)
{
	return all->thread->message[message]->flags & ND_MESSAGE_ROBOT;
}

/* Answer the questions of a mail that have words in this line. */
static bool
answer_lines(struct settling *all, int32_t index, uint32_t line)
{
	bool any = false;

	for (size_t i = all->first[index];
	     i < all->count &&
	     event_of(all, &all->question[i])->message == index;
	     i++) {
		const struct nd_event *event = event_of(all, &all->question[i]);

		if (line < event->line || line > event->last_line)
			continue;
		all->question[i].answered = true;
		any = true;
	}
	return any;
}

static bool
has_words_below(const struct nd_body *body, size_t line)
{
	for (size_t i = line + 1; i < body->line_count; i++)
		if (body->line[i].kind != ND_LINE_BLANK)
			return body->line[i].kind == ND_LINE_OWN;
	return false;
}

/*
 * Whoever quotes a question and writes below it answers. Returns the line of
 * the first such quote, or 0.
 */
static size_t
hear_quotes(struct settling *all, int32_t index)
{
	const struct nd_body *body = all->thread->message[index]->body;
	size_t first = 0;

	for (size_t i = 0; body && i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		if (line->kind != ND_LINE_QUOTE ||
		    line->source == ND_NO_MESSAGE || line->depth > 1 ||
		    all->first[line->source] >= all->count ||
		    nd_address_same_person(sender(all, line->source),
		                           sender(all, index)) ||
		    !has_words_below(body, i))
			continue;
		if (answer_lines(all, line->source, line->source_line) &&
		    first == 0)
			first = i;
	}
	return first;
}

/* Does a mail quote single lines of its parent, and not as a whole? */
static bool
quotes_parts(const struct nd_message *message)
{
	const struct nd_body *body = message->body;

	for (size_t i = 0; body && i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_QUOTE &&
		    body->line[i].source == message->parent &&
		    body->line[i].depth <= 1 && has_words_below(body, i))
			return true;
	return false;
}

/*
 * An answer that picks out other lines leaves a question open; not the one
 * that the thread began with.
 */
static void
answer_mail(struct settling *all, int32_t parent, int32_t index)
{
	if (parent != all->thread->root &&
	    quotes_parts(all->thread->message[index]))
		return;
	for (size_t i = all->first[parent];
	     i < all->count &&
	     event_of(all, &all->question[i])->message == parent;
	     i++)
		all->question[i].answered = true;
}

static bool
has_open(const struct settling *all, int32_t index)
{
	size_t i = all->first[index];

	for (; i < all->count &&
	       event_of(all, &all->question[i])->message == index;
	     i++)
		if (!all->question[i].answered)
			return true;
	return false;
}

/* Another person's answer to the mail that asks. */
static void
hear_answer(struct settling *all, int32_t index)
{
	int32_t parent = all->thread->message[index]->parent;
	size_t quote;
	bool asked;

	if (is_robot(all, index))
		return;
	asked = parent != ND_NO_MESSAGE && has_open(all, parent) &&
	        !nd_address_same_person(sender(all, parent),
	                                sender(all, index));
	quote = hear_quotes(all, index);
	if (!asked && quote == 0)
		return;
	if (asked)
		answer_mail(all, parent, index);
}

/* The one asked wrote into the same branch later on. */
static void
hear_the_asked(struct settling *all)
{
	struct nd_thread *thread = all->thread;
	struct nd_map *last = nd_map_new(NULL);
	char key[600];

	for (size_t i = 0; i < thread->message_count; i++) {
		snprintf(key, sizeof key, "%d %.500s", all->branch[i],
		         thread->message[i]->sender.addr);
		nd_map_set_int(last, nd_str_lower(key), (intptr_t)i);
	}
	for (size_t i = 0; i < all->count; i++) {
		int32_t index = event_of(all, &all->question[i])->message;
		int32_t parent = thread->message[index]->parent;

		if (parent == ND_NO_MESSAGE ||
		    nd_address_same_person(sender(all, parent),
		                           sender(all, index)))
			continue;
		snprintf(key, sizeof key, "%d %.500s", all->branch[index],
		         sender(all, parent)->addr);
		if (nd_map_get_int(last, nd_str_lower(key), -1) > index)
			all->question[i].answered = true;
	}
	talloc_free(last);
}

/* What was applied, or posted anew, is not asked about any more. */
static void
hear_decisions(struct settling *all)
{
	const struct nd_thread *thread = all->thread;
	const struct nd_series *newest = nd_posting_newest_series(thread);
	int32_t last = newest ? newest->root : 0;

	for (size_t i = 0; i < thread->event_count; i++)
		if ((thread->event[i].type == ND_EVENT_APPLIED ||
		     thread->event[i].type == ND_EVENT_PULLED ||
		     thread->event[i].type == ND_EVENT_MERGED) &&
		    thread->event[i].message > last)
			last = thread->event[i].message;
	for (size_t i = 0; i < all->count; i++)
		if (event_of(all, &all->question[i])->message < last)
			all->question[i].answered = true;
}

static void
place_mails(struct settling *all)
{
	const struct nd_thread *thread = all->thread;

	for (size_t i = 0; i < thread->message_count; i++) {
		int32_t parent = thread->message[i]->parent;

		all->first[i] = SIZE_MAX;
		all->branch[i] = (int32_t)i;
		if (parent != ND_NO_MESSAGE && parent < (int32_t)i &&
		    parent != thread->root)
			all->branch[i] = all->branch[parent];
	}
}

static void
collect(struct settling *all)
{
	const struct nd_thread *thread = all->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		struct question *question;

		if (event->type != ND_EVENT_QUESTION)
			continue;
		if (all->first[event->message] == SIZE_MAX)
			all->first[event->message] = all->count;
		question = x_append(all->branch, all->question, all->count);
		question->event = i;
		question->answered = false;
	}
}

static void
add_open(struct settling *all, const struct nd_event *event)
{
	struct nd_thread *thread = all->thread;
	int32_t parent = thread->message[event->message]->parent;
	struct nd_open_question *open = x_append(thread, thread->open_question,
	                                         thread->open_question_count);

	open->message = event->message;
	open->line = event->line;
	open->last_line = event->last_line;
	open->asker = nd_address_name(thread, &event->who);
	open->sentence = event->text;
	open->asked = NULL;
	if (parent != ND_NO_MESSAGE &&
	    !nd_address_same_person(sender(all, parent), &event->who))
		open->asked = nd_address_name(thread, sender(all, parent));
}

void
nd_answers_find(struct nd_thread *thread)
{
	struct settling all = {.thread = thread};
	void *tmp = talloc_new(NULL);

	all.branch = x_array(tmp, int32_t, thread->message_count);
	all.first = x_array(tmp, size_t, thread->message_count);
	all.question = NULL;
	place_mails(&all);
	collect(&all);
	if (all.count > 0) {
		for (size_t i = 0; i < thread->message_count; i++)
			hear_answer(&all, (int32_t)i);
		hear_the_asked(&all);
		hear_decisions(&all);
	}
	for (size_t i = 0; i < all.count; i++)
		if (!all.question[i].answered &&
		    thread->open_question_count < OPEN_MAX)
			add_open(&all, event_of(&all, &all.question[i]));
	talloc_free(tmp);
}

static bool
is_before(const struct nd_thread *thread, int32_t message, int64_t date_s)
{
	return thread->message[message]->date_s < date_s;
}

/* Who goes on talking is named once; the name must not go with its item. */
static void
close_items(const struct nd_thread *thread, struct nd_item_list *list,
            int64_t date_s)
{
	const char *name = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct nd_item item = list->item[i];

		if (item.who)
			name = item.who;
		if (is_before(thread, item.source[0], date_s))
			continue;
		if (!item.who && kept == 0)
			item.who = name;
		list->item[kept++] = item;
	}
	list->count = kept;
}

void
nd_answers_close(struct nd_thread *thread, int64_t date_s)
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
