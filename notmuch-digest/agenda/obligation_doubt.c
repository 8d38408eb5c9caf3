/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/obligation_private.h"

#include <string.h>

#include "model/address.h"
#include "util/limits.h"

enum { THIRD_LINES = 6 }; /* from what is wanted to what another one thinks */

/* ---- which mail says so ---- */

/* Does the one of whom it is expected say here that it will be done? */
bool
nd_obligation_is_promise(const struct nd_event *event,
                         const struct nd_attention *one)
{
	return event->type == ND_EVENT_RESPIN_PROMISED &&
	       event->message >= one->message &&
	       nd_address_same_person(&event->who, &one->who);
}

/*
 * The mail that says so. Of a promise that is not what was wanted, which made
 * its turn, but the last mail that says that it will be done; ND_NO_MESSAGE
 * when it says no more than that somebody is right.
 */
static int32_t
promise_of(const struct nd_thread *thread, const struct nd_attention *one)
{
	for (size_t i = thread->event_count; i-- > 0;)
		if (nd_obligation_is_promise(&thread->event[i], one))
			return thread->event[i].message;
	return ND_NO_MESSAGE;
}

int32_t
nd_obligation_proof(const struct nd_thread *thread,
                    const struct nd_attention *one)
{
	int32_t promise = one->why == ND_ATTENTION_PROMISED
	                          ? promise_of(thread, one)
	                          : ND_NO_MESSAGE;

	return promise != ND_NO_MESSAGE ? promise : one->message;
}

/* ---- what was done since ---- */

void
nd_obligation_set_doubt(struct nd_obligation *one,
                        const struct nd_message *mail)
{
	one->list = ND_OBLIGATION_CARRIED;
	one->doubted_by = mail->id;
	one->doubted_s = mail->date_s;
}

/* How many mails of the talk are not later. */
static size_t
count_until(const struct nd_talk *talk, int64_t date_s)
{
	size_t low = 0, high = talk->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (talk->message[mid]->date_s <= date_s)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool
is_in(const struct nd_thread *thread, const struct nd_message *mail)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i] == mail)
			return true;
	return false;
}

const struct nd_message *
nd_obligation_elsewhere(const struct nd_thread *thread, int32_t message,
                        nd_obligation_wants *wants, const void *arg)
{
	const struct nd_talk *talk = thread->talk;
	size_t first =
		talk ? count_until(talk, thread->message[message]->date_s) : 0;

	for (size_t i = first;
	     talk && i < talk->count && i - first < ND_LIMIT_RELATED; i++)
		if (wants(arg, talk->message[i]) &&
		    !is_in(thread, talk->message[i]))
			return talk->message[i];
	return NULL;
}

/* arg is a person; NULL: anybody. */
static bool
is_by(const void *arg, const struct nd_message *mail)
{
	return nd_message_is_person(mail) &&
	       (!arg || nd_address_same_person(&mail->sender, arg));
}

const struct nd_message *
nd_obligation_written_since(const struct nd_thread *thread, int32_t message,
                            const struct nd_address *who)
{
	for (size_t i = (size_t)message + 1; i < thread->message_count; i++)
		if (is_by(who, thread->message[i]))
			return thread->message[i];
	return nd_obligation_elsewhere(thread, message, is_by, who);
}

const struct nd_message *
nd_obligation_sequel(const struct nd_thread *thread, int32_t message,
                     const struct nd_address *who)
{
	int64_t since_s = thread->message[message]->date_s -
	                  (who ? ND_SEQUEL_EARLY_S : 0);

	for (size_t i = 0; i < thread->sequel_count; i++) {
		const struct nd_sequel *sequel = &thread->sequel[i];

		if (sequel->mail->date_s > since_s &&
		    (sequel->same ||
		     (who && nd_address_same_person(sequel->who, who))))
			return sequel->mail;
	}
	return NULL;
}

/* Somebody, or anybody, has written, or posted what may be it. */
static const struct nd_message *
written_or_posted(const struct nd_thread *thread, int32_t message,
                  const struct nd_address *who)
{
	const struct nd_message *mail =
		nd_obligation_written_since(thread, message, who);

	return mail ? mail : nd_obligation_sequel(thread, message, who);
}

static bool
is_taken(const struct nd_thread *thread)
{
	switch (thread->state) {
	case ND_STATE_APPLIED:
	case ND_STATE_PULLED:
	case ND_STATE_MERGED:
		return true;
	default:
		return false;
	}
}

/* Was it said before the patches were taken? */
bool
nd_obligation_is_settled(const struct nd_thread *thread, int32_t message)
{
	return is_taken(thread) &&
	       (!thread->applied ||
	        thread->message[message]->date_s <= thread->applied->date_s);
}

/* The mail that says that they were taken since, or NULL. */
static const struct nd_message *
taken_since(const struct nd_thread *thread, int32_t message)
{
	return nd_obligation_is_settled(thread, message) && thread->applied
	               ? thread->message[thread->applied->message]
	               : NULL;
}

/* Does the mail call by name whom it asks? */
static bool
calls_by_name(const struct nd_thread *thread, int32_t question)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == question &&
		    thread->event[i].type == ND_EVENT_QUESTION &&
		    thread->event[i].flags & ND_EVENT_CALLS)
			return true;
	return false;
}

static bool
is_below(const struct nd_thread *thread, int32_t mail, int32_t above)
{
	/* Whom a mail answers stands before it. */
	while (mail > above)
		mail = thread->message[mail]->parent;
	return mail == above;
}

/*
 * What somebody else than the one who was asked has answered, or ND_NO_MESSAGE:
 * who is not called by name was not asked more than all others; else the
 * asker's reply to what others say about it, since a question is no more open
 * for being put to another one.
 */
static int32_t
contented_since(const struct nd_thread *thread, int32_t question)
{
	const struct nd_address *asker = &thread->message[question]->sender;
	bool by_name = calls_by_name(thread, question);

	for (size_t i = (size_t)question + 1; i < thread->message_count; i++) {
		const struct nd_message *reply = thread->message[i];
		int32_t said = by_name ? reply->parent : (int32_t)i;
		const struct nd_message *answer =
			said > question ? thread->message[said] : NULL;

		if (answer && is_below(thread, said, question) &&
		    nd_message_is_person(answer) &&
		    !nd_address_same_person(&answer->sender, asker) &&
		    (!by_name || nd_address_same_person(&reply->sender, asker)))
			return (int32_t)i;
	}
	return ND_NO_MESSAGE;
}

/* Those of a mail stand together, in the order of the mails. */
static bool
does(const struct nd_thread *thread, int32_t message, enum nd_event_type type)
{
	size_t low = 0, high = thread->event_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (thread->event[middle].message < message)
			low = middle + 1;
		else
			high = middle;
	}
	for (;
	     low < thread->event_count && thread->event[low].message == message;
	     low++)
		if (thread->event[low].type == type)
			return true;
	return false;
}

/* Do they say in this mail that there will be another version of the patch? Of
 * many patches another one may be meant. */
static bool
promises(const struct nd_thread *thread, int32_t message)
{
	return thread->series && thread->series->total <= 1 &&
	       !nd_obligation_is_answer(nd_thread_root(thread)) &&
	       does(thread, message, ND_EVENT_RESPIN_PROMISED);
}

/*
 * What the asker says to their own question some days later: "I'll carry this
 * for now.", or anywhere: "V2 inbound.", "I figured it out."; or
 * ND_NO_MESSAGE.
 */
static int32_t
moved_on_since(const struct nd_thread *thread, int32_t question)
{
	const struct nd_message *asked = thread->message[question];

	for (size_t i = (size_t)question + 1; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if (!nd_address_same_person(&mail->sender, &asked->sender) ||
		    does(thread, (int32_t)i, ND_EVENT_QUESTION))
			continue;
		if (promises(thread, (int32_t)i) ||
		    mail->flags & ND_MESSAGE_SETTLES ||
		    (mail->parent == question &&
		     mail->date_s - asked->date_s >= ND_OBLIGATION_DAY_S &&
		     !(mail->flags & ND_MESSAGE_REMINDS)))
			return (int32_t)i;
	}
	return ND_NO_MESSAGE;
}

/* Do they say of another patch, too, that it is taken? */
static bool
takes_more(const struct nd_thread *thread, const struct nd_event *taken)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->type == ND_EVENT_APPLIED &&
		    event->message != taken->message &&
		    nd_address_same_person(&event->who, &taken->who))
			return true;
	}
	return false;
}

/* "Merged, thanks!" below the last patch may be said of the whole series. */
static int32_t
last_taken_since(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		const struct nd_subject *parts;

		if (event->type != ND_EVENT_APPLIED ||
		    event->message <= message ||
		    event->flags & ND_EVENT_UNDONE ||
		    event->about == ND_NO_MESSAGE ||
		    strpbrk(event->text, "0123456789"))
			continue;
		parts = thread->message[event->about]->parts;
		if (parts->total > 1 && parts->number == parts->total &&
		    !takes_more(thread, event))
			return event->message;
	}
	return ND_NO_MESSAGE;
}

/* Whoever posts a later version below it goes on with the patches. */
static int32_t
newer_since(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; thread->series && i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		const struct nd_subject *parts =
			thread->message[event->message]->parts;

		if (event->type == ND_EVENT_POSTED &&
		    event->message > message &&
		    parts->version > thread->series->version &&
		    is_below(thread, event->message, thread->root))
			return event->message;
	}
	return ND_NO_MESSAGE;
}

/* As below, of what is asked, wanted or to be looked at. */
static const struct nd_message *
done_since(const struct nd_thread *thread, const struct nd_attention *one)
{
	const struct nd_message *taken = taken_since(thread, one->message);
	int32_t content = ND_NO_MESSAGE;

	if (taken)
		return taken;
	if (one->why == ND_ATTENTION_ASKED) {
		content = contented_since(thread, one->message);
		if (content == ND_NO_MESSAGE)
			content = moved_on_since(thread, one->message);
	} else if (one->why == ND_ATTENTION_CHANGES) {
		content = one->taken_up;
		if (content == ND_NO_MESSAGE)
			content = newer_since(thread, one->message);
	}
	if (content == ND_NO_MESSAGE)
		content = last_taken_since(thread, one->message);
	if (content != ND_NO_MESSAGE)
		return thread->message[content];
	return written_or_posted(thread, one->message, &one->who);
}

/*
 * Who has written later may have answered, or done it, in words that nobody
 * hears, and what is taken keeps nobody waiting. Patches wait for a committer
 * when a review is the last that was said.
 */
const struct nd_message *
nd_obligation_doubt(const struct nd_obligation_look *look,
                    const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		return written_or_posted(
			thread, nd_obligation_proof(thread, one), &one->who);
	case ND_ATTENTION_TO_ANSWER:
		return NULL;
	case ND_ATTENTION_TO_APPLY:
		return written_or_posted(thread, one->message, NULL);
	default:
		return done_since(thread, one);
	}
}

/* ---- is it told of? ---- */

/*
 * Did the mail say surely that it is to be done? What no event of these types
 * says was concluded in another way.
 */
static bool
is_sure(const struct nd_thread *thread, int32_t message, unsigned types)
{
	bool heard = false;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message != message || !(types & 1u << event->type))
			continue;
		if (nd_event_is_sure(event))
			return true;
		heard = true;
	}
	return !heard;
}

static const unsigned wishes = 1u << ND_EVENT_CHANGES_REQUESTED |
                               1u << ND_EVENT_OBJECTION | 1u << ND_EVENT_NACK |
                               1u << ND_EVENT_REJECTED;

/*
 * "Let's use the new call instead. @Cy, what do you think?": who posted it
 * waits for that, too, when nothing else is wanted.
 */
static bool
asks_third(const struct nd_thread *thread, const struct nd_attention *one)
{
	const struct nd_event *wish = NULL;
	size_t count = 0;

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message != one->message)
			continue;
		if (wishes & 1u << event->type) {
			count += !wish || wish->line != event->line;
			wish = event;
		}
		if (wish && count == 1 && event->type == ND_EVENT_QUESTION &&
		    event->flags & ND_EVENT_CALLS &&
		    event->line >= wish->line &&
		    event->line - wish->last_line <= THIRD_LINES &&
		    !(event->asked &&
		      nd_address_same_person(event->asked, &one->who)))
			return true;
	}
	return false;
}

/*
 * Could it be told of at all? Whether who got an answer is content is not
 * known, unless the other one reminds. Of a posting that is missing neither a
 * newer version can be known nor, surely, its author.
 */
bool
nd_obligation_is_telling(const struct nd_obligation_look *look,
                         const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;
	bool posted =
		!(nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY);
	int32_t promise;

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		promise = promise_of(thread, one);
		return posted && promise != ND_NO_MESSAGE &&
		       is_sure(thread, promise, 1u << ND_EVENT_RESPIN_PROMISED);
	case ND_ATTENTION_CHANGES:
		return posted &&
		       !nd_obligation_is_settled(thread, one->message) &&
		       is_sure(thread, one->message, wishes) &&
		       !asks_third(thread, one);
	case ND_ATTENTION_TEST_FAILED:
		return posted &&
		       !nd_obligation_is_settled(thread, one->message);
	case ND_ATTENTION_TO_ANSWER:
		return one->pinged != ND_NO_MESSAGE;
	case ND_ATTENTION_TO_APPLY:
		return posted && thread->state == ND_STATE_REVIEWED;
	case ND_ATTENTION_TO_REVIEW:
		/* Others want changes: one reviews what comes next. */
		return thread->state != ND_STATE_CHANGES_REQUESTED &&
		       !nd_obligation_is_settled(thread, one->message);
	case ND_ATTENTION_ASKED:
		return !nd_obligation_is_settled(thread, one->message) &&
		       is_sure(thread, one->message, 1u << ND_EVENT_QUESTION);
	default:
		return !nd_obligation_is_settled(thread, one->message);
	}
}
