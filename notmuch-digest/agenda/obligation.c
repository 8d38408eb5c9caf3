/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/obligation_private.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "util/alloc.h"

static const char *const list_names[ND_OBLIGATION_LIST_COUNT] = {
	[ND_OBLIGATION_NEEDS_YOU] = "needs_you",
	[ND_OBLIGATION_WAITS_FOR_OTHERS] = "waits_for_others",
	[ND_OBLIGATION_OVERDUE] = "overdue",
	[ND_OBLIGATION_UNANSWERED] = "unanswered",
	[ND_OBLIGATION_CARRIED] = "carried",
};

static const char *const why_names[ND_OBLIGATION_WHY_COUNT] = {
	[ND_OBLIGATION_ASKED] = "asked",
	[ND_OBLIGATION_PROMISED] = "promised",
	[ND_OBLIGATION_CHANGES] = "changes-requested",
	[ND_OBLIGATION_TEST_FAILED] = "test-failed",
	[ND_OBLIGATION_TO_ANSWER] = "to-answer",
	[ND_OBLIGATION_TO_REVIEW] = "to-review",
	[ND_OBLIGATION_TO_APPLY] = "to-apply",
	[ND_OBLIGATION_SENT_TO] = "sent-to",
	[ND_OBLIGATION_NO_ANSWER] = "no-answer",
	[ND_OBLIGATION_TO_ANNOUNCE] = "to-announce",
};

const enum nd_obligation_why nd_obligation_of_attention[ND_ATTENTION_COUNT] = {
	[ND_ATTENTION_PROMISED] = ND_OBLIGATION_PROMISED,
	[ND_ATTENTION_CHANGES] = ND_OBLIGATION_CHANGES,
	[ND_ATTENTION_ASKED] = ND_OBLIGATION_ASKED,
	[ND_ATTENTION_TEST_FAILED] = ND_OBLIGATION_TEST_FAILED,
	[ND_ATTENTION_TO_ANSWER] = ND_OBLIGATION_TO_ANSWER,
	[ND_ATTENTION_TO_REVIEW] = ND_OBLIGATION_TO_REVIEW,
	[ND_ATTENTION_TO_APPLY] = ND_OBLIGATION_TO_APPLY,
};

struct nd_obligation *
nd_obligation_add(const void *ctx, struct nd_obligation_look *look,
                  enum nd_obligation_list list, enum nd_obligation_why why,
                  int32_t message)
{
	struct nd_obligation *one = x_append(ctx, look->found, look->count);

	*one = (struct nd_obligation){
		.thread = look->thread,
		.list = list,
		.why = why,
		.message = message,
		.last = message,
		.since_s = look->thread->message[message]->date_s,
		.pinged = ND_NO_MESSAGE,
	};
	return one;
}

/* ---- who must act ---- */

/* Who posted the newest version, or began to talk. */
bool
nd_obligation_is_users_thread(const struct nd_obligation_look *look)
{
	const struct nd_thread *thread = look->thread;

	if (thread->series && *thread->series->author.addr)
		return nd_standing_is_user(look->user, &thread->series->author);
	return nd_obligation_is_by_user(look, thread->root);
}

/* Is it the user who waits for it? */
bool
nd_obligation_is_owed_to_user(const struct nd_obligation_look *look,
                              const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;
	const struct nd_message *mail = thread->message[one->message];

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		/* to the one who wanted it, or whom the promise answers */
		return nd_obligation_is_by_user(look, one->message) ||
		       nd_obligation_is_by_user(look, mail->parent);
	case ND_ATTENTION_TO_REVIEW:
	case ND_ATTENTION_TO_APPLY:
		return nd_obligation_is_users_thread(look);
	case ND_ATTENTION_TEST_FAILED:
		return false;
	default:
		return nd_obligation_is_by_user(look, one->message);
	}
}

bool
nd_obligation_can_be_late(enum nd_attention_why why)
{
	return why == ND_ATTENTION_PROMISED || why == ND_ATTENTION_CHANGES ||
	       why == ND_ATTENTION_TO_APPLY;
}

/* What is wished for beside taking patches is often a form letter. */
static bool
takes_patches(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].type == ND_EVENT_APPLIED &&
		    thread->event[i].message == message)
			return true;
	return false;
}

static bool
is_late(const struct nd_obligation_look *look, const struct nd_attention *one)
{
	/* Of a posting that is missing a newer version cannot be known. */
	return nd_obligation_can_be_late(one->why) &&
	       !nd_obligation_is_answer(nd_thread_root(look->thread)) &&
	       !(one->why == ND_ATTENTION_CHANGES &&
	         takes_patches(look->thread, one->message)) &&
	       nd_obligation_is_old(
		       look,
		       look->thread
			       ->message[nd_obligation_proof(look->thread, one)]
			       ->date_s,
		       ND_OBLIGATION_LATE_DAYS);
}

/* For whom it is, when it is sure. */
static enum nd_obligation_list
list_of(const struct nd_obligation_look *look, const struct nd_attention *one)
{
	if (!nd_obligation_is_telling(look, one))
		return ND_OBLIGATION_CARRIED;
	if (nd_standing_is_user(look->user, &one->who))
		return ND_OBLIGATION_NEEDS_YOU;
	if (one->aside)
		return ND_OBLIGATION_CARRIED;
	if (nd_obligation_is_owed_to_user(look, one))
		return ND_OBLIGATION_WAITS_FOR_OTHERS;
	return is_late(look, one) ? ND_OBLIGATION_OVERDUE
	                          : ND_OBLIGATION_CARRIED;
}

static const char *
question_of(const struct nd_thread *thread, int32_t message)
{
	for (size_t i = 0; i < thread->open_question_count; i++)
		if (thread->open_question[i].message == message)
			return thread->open_question[i].sentence;
	/* Of many only some are kept as open. */
	for (size_t i = thread->event_count; i-- > 0;)
		if (thread->event[i].type == ND_EVENT_QUESTION &&
		    thread->event[i].message == message)
			return thread->event[i].text;
	return NULL;
}

/* A newer version lies elsewhere, whatever became of this one. */
static void
doubt_replaced(struct nd_obligation *one)
{
	const struct nd_series *series = one->thread->series;

	if (!series || !series->next || !series->next->root_id ||
	    series->next->date_s <= one->since_s)
		return;
	one->list = ND_OBLIGATION_CARRIED;
	one->doubted_by = series->next->root_id;
	one->doubted_s = series->next->date_s;
}

static void
add_attention(const void *ctx, struct nd_obligation_look *look,
              const struct nd_attention *from)
{
	const struct nd_thread *thread = look->thread;
	const struct nd_message *doubt = nd_obligation_doubt(look, from);
	struct nd_obligation *one =
		nd_obligation_add(ctx, look, list_of(look, from),
	                          nd_obligation_of_attention[from->why],
	                          nd_obligation_proof(thread, from));

	if (doubt)
		nd_obligation_set_doubt(one, doubt);
	else
		doubt_replaced(one);
	one->who = &from->who;
	one->name = from->name;
	one->user = nd_standing_is_user(look->user, one->who);
	one->pinged = from->pinged;
	one->again = from->again;
	if (from->last > one->last)
		one->last = from->last;
	if (from->why == ND_ATTENTION_ASKED)
		one->question = question_of(thread, one->message);
}

static void
find_attention(const void *ctx, struct nd_obligation_look *look)
{
	const struct nd_thread *thread = look->thread;

	for (size_t i = 0; i < thread->attention_count; i++)
		add_attention(ctx, look, &thread->attention[i]);
	for (size_t i = 0; i < thread->more_attention_count; i++)
		add_attention(ctx, look, &thread->more_attention[i]);
}

/* ---- reviewed, and who takes it is not known ---- */

static bool
has_why(const struct nd_obligation_look *look, enum nd_obligation_why why)
{
	for (size_t i = 0; i < look->count; i++)
		if (look->found[i].why == why)
			return true;
	return false;
}

/* The last mail that tags or praises the patches, or ND_NO_MESSAGE. */
static int32_t
last_approval(const struct nd_thread *thread)
{
	for (size_t i = thread->event_count; i-- > 0;)
		if (thread->event[i].type == ND_EVENT_TRAILER ||
		    thread->event[i].type == ND_EVENT_APPROVED)
			return thread->event[i].message;
	return ND_NO_MESSAGE;
}

static void
find_reviewed(const void *ctx, struct nd_obligation_look *look)
{
	const struct nd_thread *thread = look->thread;
	int32_t mail = last_approval(thread);
	const struct nd_message *later;
	struct nd_obligation *one;

	if (thread->state != ND_STATE_REVIEWED || mail == ND_NO_MESSAGE ||
	    (nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY) ||
	    has_why(look, ND_OBLIGATION_TO_APPLY))
		return;
	one = nd_obligation_add(ctx, look, ND_OBLIGATION_CARRIED,
	                        ND_OBLIGATION_TO_APPLY, mail);
	later = nd_obligation_written_since(thread, mail, NULL);
	if (!later)
		later = nd_obligation_sequel(thread, mail, NULL);
	if (later)
		nd_obligation_set_doubt(one, later);
	else if (nd_obligation_is_users_thread(look))
		one->list = ND_OBLIGATION_WAITS_FOR_OTHERS;
	else if (nd_obligation_is_old(look, one->since_s,
	                              ND_OBLIGATION_LATE_DAYS))
		one->list = ND_OBLIGATION_OVERDUE;
}

/* ---- questions that call the user, who is not of the thread ---- */

static bool
is_by_user(const void *arg, const struct nd_message *mail)
{
	return nd_standing_is_user(arg, &mail->sender);
}

/* Has the user written since? */
static bool
is_answered(const struct nd_obligation_look *look, int32_t message)
{
	for (size_t i = (size_t)message + 1; i < look->thread->message_count;
	     i++)
		if (nd_obligation_is_by_user(look, (int32_t)i))
			return true;
	return false;
}

/* What the mail asks, as far as somebody is expected to answer; or NULL. */
static struct nd_obligation *
asked_in(const struct nd_obligation_look *look, int32_t message)
{
	for (size_t i = 0; i < look->count; i++)
		if (look->found[i].why == ND_OBLIGATION_ASKED &&
		    look->found[i].message == message)
			return &look->found[i];
	return NULL;
}

static void
find_calls(const void *ctx, struct nd_obligation_look *look)
{
	const struct nd_thread *thread = look->thread;

	for (size_t i = 0; i < thread->for_you_count; i++) {
		const struct nd_for_you *you = &thread->for_you[i];
		const struct nd_message *elsewhere;
		struct nd_obligation *one;

		if (!you->turn || you->why != ND_FOR_YOU_ASKED ||
		    nd_obligation_is_settled(thread, you->message) ||
		    is_answered(look, you->message))
			continue;
		/* Who knows the user sees that nobody else is meant. */
		one = asked_in(look, you->message);
		if (!one)
			one = nd_obligation_add(
				ctx, look, ND_OBLIGATION_NEEDS_YOU,
				ND_OBLIGATION_ASKED, you->message);
		if (one->user)
			continue;
		one->list = ND_OBLIGATION_NEEDS_YOU;
		one->user = true;
		one->who = NULL;
		one->name = NULL;
		one->question = question_of(thread, you->message);
		elsewhere = nd_obligation_elsewhere(thread, you->message,
		                                    is_by_user, look->user);
		if (elsewhere)
			nd_obligation_set_doubt(one, elsewhere);
	}
}

/* ---- merged, and no mail says so ---- */

static void
find_unannounced(const void *ctx, struct nd_obligation_look *look)
{
	const struct nd_applied *applied = look->thread->applied;
	struct nd_obligation *one;

	if (look->thread->state != ND_STATE_MERGED || !applied ||
	    !applied->merged)
		return;
	one = nd_obligation_add(ctx, look, ND_OBLIGATION_CARRIED,
	                        ND_OBLIGATION_TO_ANNOUNCE, applied->message);
	one->since_s = applied->date_s;
	if (nd_obligation_is_users_thread(look))
		one->list = ND_OBLIGATION_WAITS_FOR_OTHERS;
	else if (nd_obligation_is_old(look, one->since_s,
	                              ND_OBLIGATION_LATE_DAYS))
		one->list = ND_OBLIGATION_OVERDUE;
}

/* ---- all together ---- */

/* The tag is on the mail that asks, and on the root for all of the thread. */
static bool
is_dismissed(const struct nd_thread *thread, int32_t message)
{
	unsigned flags = thread->message[message]->flags;

	return (flags & ND_MESSAGE_DISMISSED) ||
	       ((flags & ND_MESSAGE_ASKED) &&
	        (nd_thread_root(thread)->flags & ND_MESSAGE_DISMISSED));
}

static void
dismiss(struct nd_obligation_look *look)
{
	for (size_t i = 0; i < look->count; i++) {
		struct nd_obligation *one = &look->found[i];

		if (one->list != ND_OBLIGATION_NEEDS_YOU ||
		    !is_dismissed(look->thread, one->last))
			continue;
		one->list = ND_OBLIGATION_CARRIED;
		one->dismissed = true;
	}
}

static int
compare(const void *a, const void *b)
{
	const struct nd_obligation *x = a, *y = b;

	if (x->list != y->list)
		return (int)x->list - (int)y->list;
	if (x->why != y->why)
		return (int)x->why - (int)y->why;
	if (x->since_s != y->since_s)
		return x->since_s < y->since_s ? -1 : 1;
	return x->message < y->message ? -1 : x->message > y->message;
}

size_t
nd_obligation_find(const void *ctx, const struct nd_thread *thread,
                   const struct nd_user *user, int64_t clock_s,
                   struct nd_obligation **out)
{
	struct nd_obligation_look look = {
		.thread = thread,
		.user = user,
		.clock_s = clock_s,
	};

	*out = NULL;
	if (thread->family.entry)
		return 0;
	find_attention(ctx, &look);
	find_reviewed(ctx, &look);
	find_calls(ctx, &look);
	find_unannounced(ctx, &look);
	nd_obligation_find_unanswered(ctx, &look);
	dismiss(&look);
	if (look.count > 1)
		qsort(look.found, look.count, sizeof *look.found, compare);
	*out = look.found;
	return look.count;
}

const char *
nd_obligation_list_name(enum nd_obligation_list list)
{
	return list_names[list];
}

const char *
nd_obligation_why_name(enum nd_obligation_why why)
{
	return why_names[why];
}

/* ---- of several threads ---- */

int
nd_obligation_compare_age(const struct nd_obligation *x,
                          const struct nd_obligation *y)
{
	if (x->since_s != y->since_s)
		return x->since_s < y->since_s ? -1 : 1;
	if (x->thread != y->thread)
		return strcmp(nd_thread_root(x->thread)->id,
		              nd_thread_root(y->thread)->id);
	if (x->message != y->message)
		return x->message < y->message ? -1 : 1;
	return (int)x->why - (int)y->why;
}

int
nd_obligation_compare(const void *a, const void *b)
{
	const struct nd_obligation *x = a, *y = b;

	if (x->list != y->list)
		return (int)x->list - (int)y->list;
	return nd_obligation_compare_age(x, y);
}
