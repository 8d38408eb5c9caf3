/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/attention.h"

#include "analyse/mailevents.h"
#include "model/address.h"

enum { STALLED_DAYS = 14 };

static bool
is_final(enum nd_thread_state state)
{
	switch (state) {
	case ND_STATE_NEW:
	case ND_STATE_UNDER_REVIEW:
	case ND_STATE_CHANGES_REQUESTED:
	case ND_STATE_REVIEWED:
	case ND_STATE_OPEN:
		return false;
	default:
		return true;
	}
}

static const char *
author_name(struct nd_thread *thread, const struct nd_series *series)
{
	if (!series || !*series->author.addr)
		return NULL;
	return nd_address_name(thread, &series->author);
}

/* A robot found something, and the author did not write since. */
static bool
has_failed(const struct nd_thread *thread, int32_t last)
{
	for (size_t i = thread->event_count; i-- > 0;)
		if (thread->event[i].type == ND_EVENT_TEST_RESULT)
			return thread->event[i].flags & ND_EVENT_FAILED &&
			       thread->event[i].message > last;
	return false;
}

static bool
is_person(const struct nd_message *message)
{
	return !(message->flags & (ND_MESSAGE_ROBOT | ND_MESSAGE_AUTO));
}

/* The last mail of a person, or ND_NO_MESSAGE. */
static int32_t
last_person(const struct nd_thread *thread)
{
	for (size_t i = thread->message_count; i-- > 0;)
		if (is_person(thread->message[i]))
			return (int32_t)i;
	return ND_NO_MESSAGE;
}

/* Whom the author wrote to last; the author, when somebody else wrote last. */
static const char *
next_in_review(struct nd_thread *thread, const struct nd_series *series)
{
	int32_t last = last_person(thread);
	const struct nd_message *message, *parent;

	if (last == ND_NO_MESSAGE || has_failed(thread, last))
		return author_name(thread, series);
	message = thread->message[last];
	if (!nd_address_same_person(&message->sender, &series->author))
		return author_name(thread, series);
	if (message->parent == ND_NO_MESSAGE)
		return NULL;
	parent = thread->message[message->parent];
	if (nd_address_same_person(&parent->sender, &message->sender))
		return NULL;
	return nd_address_name(thread, &parent->sender);
}

static const char *
find_awaited(struct nd_thread *thread, const struct nd_series *series)
{
	size_t open = thread->open_question_count;

	if (thread->state == ND_STATE_CHANGES_REQUESTED)
		return author_name(thread, series);
	if (is_final(thread->state) || thread->state == ND_STATE_NEW)
		return NULL;
	if (open > 0 && thread->open_question[open - 1].asked)
		return thread->open_question[open - 1].asked;
	if (thread->state == ND_STATE_UNDER_REVIEW && series)
		return next_in_review(thread, series);
	return NULL;
}

static bool
awaits_something(const struct nd_thread *thread)
{
	if (is_final(thread->state) || thread->kind == ND_KIND_STABLE_REVIEW)
		return false;
	return thread->state != ND_STATE_NEW ||
	       thread->kind != ND_KIND_ANNOUNCEMENT;
}

static bool
is_stalled(const struct nd_thread *thread, const struct nd_window *window)
{
	int64_t clock_s = window->now_s, last_s = 0;

	if (window->until_s > 0 && window->until_s < clock_s)
		clock_s = window->until_s;
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s > last_s)
			last_s = thread->message[i]->date_s;
	return awaits_something(thread) &&
	       clock_s - last_s >= STALLED_DAYS * 24 * 3600;
}

void
nd_attention_find(struct nd_thread *thread, const struct nd_series *series,
                  const struct nd_window *window)
{
	thread->waiting_for = find_awaited(thread, series);
	thread->stalled = is_stalled(thread, window);
}
