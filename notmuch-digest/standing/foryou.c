/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing/foryou.h"

#include <stdlib.h>
#include <string.h>

#include "acts/asked.h"
#include "analyse/mailevents.h"
#include "model/address.h"
#include "util/alloc.h"

/* The best of its reasons stays. */
static struct nd_for_you *
add(struct nd_thread *thread, enum nd_for_you_why why, int32_t message)
{
	struct nd_for_you *one;

	for (size_t i = 0; i < thread->for_you_count; i++) {
		one = &thread->for_you[i];
		if (one->message != message)
			continue;
		if (!one->turn && why < one->why)
			one->why = why;
		return one;
	}
	one = x_append(thread, thread->for_you, thread->for_you_count);
	*one = (struct nd_for_you){.why = why, .message = message, .mails = 1};
	return one;
}

static void
find_turn(struct nd_thread *thread, const struct nd_user *user)
{
	static const enum nd_for_you_why why[ND_ATTENTION_COUNT] = {
		[ND_ATTENTION_PROMISED] = ND_FOR_YOU_PROMISED,
		[ND_ATTENTION_CHANGES] = ND_FOR_YOU_CHANGES,
		[ND_ATTENTION_ASKED] = ND_FOR_YOU_ASKED,
		[ND_ATTENTION_TEST_FAILED] = ND_FOR_YOU_TEST,
		[ND_ATTENTION_TO_ANSWER] = ND_FOR_YOU_ANSWER,
		[ND_ATTENTION_TO_REVIEW] = ND_FOR_YOU_REVIEW,
		[ND_ATTENTION_TO_APPLY] = ND_FOR_YOU_APPLY,
	};

	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];

		if (nd_standing_is_user(user, &one->who))
			add(thread, why[one->why], one->message)->turn = true;
	}
}

/* Somebody of that name is there, who is not the user. */
static bool
calls_another(const struct nd_open_question *one, const struct nd_user *user)
{
	return one->asked_who && !nd_standing_is_user(user, one->asked_who) &&
	       nd_asked_calls(one->sentence, one->asked_who);
}

/* A user whom the thread does not know is asked when called by name. */
static void
find_asked(struct nd_thread *thread, const struct nd_user *user)
{
	const struct nd_address me = {.name = user->name, .addr = ""};

	for (size_t i = 0; i < thread->open_question_count; i++) {
		const struct nd_open_question *one = &thread->open_question[i];
		const struct nd_message *mail = thread->message[one->message];

		if (nd_standing_is_user(user, &mail->sender))
			continue;
		if (nd_asked_calls(one->sentence, &me) &&
		    !calls_another(one, user))
			add(thread, ND_FOR_YOU_ASKED, one->message)->turn =
				true;
		else if (one->asked_who &&
		         nd_standing_is_user(user, one->asked_who))
			add(thread, ND_FOR_YOU_ASKED, one->message);
	}
}

/* What an event about the user's own patches is to the user. */
static enum nd_for_you_why
why_of(const struct nd_event *event)
{
	switch (event->type) {
	case ND_EVENT_QUESTION:
		return ND_FOR_YOU_QUESTION;
	case ND_EVENT_NACK:
	case ND_EVENT_REJECTED:
	case ND_EVENT_CHANGES_REQUESTED:
		return ND_FOR_YOU_CHANGES;
	case ND_EVENT_TRAILER:
		return ND_FOR_YOU_TAG;
	case ND_EVENT_APPLIED:
	case ND_EVENT_PULLED:
	case ND_EVENT_MERGED:
	case ND_EVENT_MERGED_STABLE:
		return ND_FOR_YOU_APPLIED;
	case ND_EVENT_TEST_RESULT:
		return event->flags & ND_EVENT_FAILED ? ND_FOR_YOU_TEST
		                                      : ND_FOR_YOU_COUNT;
	default:
		return ND_FOR_YOU_COUNT;
	}
}

static void
find_on_patches(struct nd_thread *thread, const struct nd_user *user)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		enum nd_for_you_why why = why_of(event);

		if (why == ND_FOR_YOU_COUNT || event->about == ND_NO_MESSAGE ||
		    !(thread->message[event->message]->flags &
		      ND_MESSAGE_NEW) ||
		    !nd_standing_is_user(
			    user, &thread->message[event->about]->sender) ||
		    nd_standing_is_user(user, &event->who))
			continue;
		add(thread, why, event->message);
	}
}

static bool
is_listed(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; i < thread->for_you_count; i++)
		if (thread->for_you[i].message == message)
			return true;
	return false;
}

/* Those that nothing else is said of are counted. */
static void
add_rest(struct nd_thread *thread)
{
	int32_t last = ND_NO_MESSAGE;
	unsigned mails = 0;

	for (size_t i = 0; i < thread->to_user_count; i++) {
		if (is_listed(thread, thread->to_user[i]))
			continue;
		last = thread->to_user[i];
		mails++;
	}
	if (mails > 0)
		add(thread, ND_FOR_YOU_TO, last)->mails = mails;
}

static int
compare(const void *a, const void *b)
{
	const struct nd_for_you *x = a, *y = b;

	if (x->turn != y->turn)
		return x->turn ? -1 : 1;
	if ((x->why == ND_FOR_YOU_TO) != (y->why == ND_FOR_YOU_TO))
		return x->why == ND_FOR_YOU_TO ? 1 : -1;
	return x->message < y->message ? -1 : x->message > y->message;
}

void
nd_foryou_count(struct nd_thread *thread, const struct nd_user *user)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		bool to_user = false;

		if (!(message->flags & ND_MESSAGE_NEW) ||
		    nd_standing_is_user(user, &message->sender))
			continue;
		for (size_t k = 0; k < message->to.count; k++)
			to_user = to_user ||
			          nd_standing_is_user(user,
			                              &message->to.address[k]);
		if (to_user)
			*(int32_t *)x_append(thread, thread->to_user,
			                     thread->to_user_count) =
				(int32_t)i;
	}
}

void
nd_foryou_find(struct nd_thread *thread, const struct nd_user *user)
{
	TALLOC_FREE(thread->for_you);
	thread->for_you_count = 0;
	if (user->address_count == 0 && !*user->name)
		return;
	find_turn(thread, user);
	find_asked(thread, user);
	find_on_patches(thread, user);
	add_rest(thread);
	if (thread->for_you_count > 0)
		qsort(thread->for_you, thread->for_you_count,
		      sizeof *thread->for_you, compare);
}
