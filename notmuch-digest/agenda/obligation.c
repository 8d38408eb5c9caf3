/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/obligation.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "model/recipients.h"
#include "util/alloc.h"

enum {
	DAY_S = 24 * 3600,
	LATE_DAYS = 14,     /* a promise, or reviewed patches */
	NO_ANSWER_DAYS = 7, /* until a posting counts as not answered */
	SENT_TO_DAYS = 2,   /* the same, for the one it was sent to alone */
};

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
};

static const enum nd_obligation_why of_attention[ND_ATTENTION_COUNT] = {
	[ND_ATTENTION_PROMISED] = ND_OBLIGATION_PROMISED,
	[ND_ATTENTION_CHANGES] = ND_OBLIGATION_CHANGES,
	[ND_ATTENTION_ASKED] = ND_OBLIGATION_ASKED,
	[ND_ATTENTION_TEST_FAILED] = ND_OBLIGATION_TEST_FAILED,
	[ND_ATTENTION_TO_ANSWER] = ND_OBLIGATION_TO_ANSWER,
	[ND_ATTENTION_TO_REVIEW] = ND_OBLIGATION_TO_REVIEW,
	[ND_ATTENTION_TO_APPLY] = ND_OBLIGATION_TO_APPLY,
};

/* What is asked while the obligations of a thread are looked for. */
struct look {
	const struct nd_thread *thread;
	const struct nd_user *user;
	int64_t clock_s;
	struct nd_obligation *found;
	size_t count;
};

static struct nd_obligation *
add(const void *ctx, struct look *look, enum nd_obligation_list list,
    enum nd_obligation_why why, int32_t message)
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

static bool
is_old(const struct look *look, int64_t since_s, int days)
{
	return look->clock_s - since_s >= (int64_t)days * DAY_S;
}

static bool
is_by_user(const struct look *look, int32_t message)
{
	return message != ND_NO_MESSAGE &&
	       nd_standing_is_user(look->user,
	                           &look->thread->message[message]->sender);
}

/* ---- who must act ---- */

/* Who posted the newest version, or began to talk. */
static bool
is_users_thread(const struct look *look)
{
	const struct nd_thread *thread = look->thread;

	if (thread->series && *thread->series->author.addr)
		return nd_standing_is_user(look->user, &thread->series->author);
	return is_by_user(look, thread->root);
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
		if (thread->event[i].type == ND_EVENT_RESPIN_PROMISED &&
		    thread->event[i].message >= one->message &&
		    nd_address_same_person(&thread->event[i].who, &one->who))
			return thread->event[i].message;
	return ND_NO_MESSAGE;
}

/* Has somebody (NULL: anybody but robots) written later? */
static bool
is_written_since(const struct nd_thread *thread, int32_t message,
                 const struct nd_address *who)
{
	for (size_t i = (size_t)message + 1; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if (nd_message_is_person(mail) &&
		    (!who || nd_address_same_person(&mail->sender, who)))
			return true;
	}
	return false;
}

/* Who has written since they were asked, and was asked again: the last time. */
static int32_t
proof_of(const struct nd_thread *thread, const struct nd_attention *one)
{
	int32_t promise = one->why == ND_ATTENTION_PROMISED
	                          ? promise_of(thread, one)
	                          : ND_NO_MESSAGE;

	if (one->why == ND_ATTENTION_ASKED && one->last > one->message &&
	    is_written_since(thread, one->message, &one->who))
		return one->last;
	return promise != ND_NO_MESSAGE ? promise : one->message;
}

/* Is it the user who waits for it? */
static bool
is_owed_to_user(const struct look *look, const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;
	const struct nd_message *mail = thread->message[one->message];

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		/* to the one who wanted it, or whom the promise answers */
		return is_by_user(look, one->message) ||
		       is_by_user(look, mail->parent);
	case ND_ATTENTION_TO_REVIEW:
	case ND_ATTENTION_TO_APPLY:
		return is_users_thread(look);
	case ND_ATTENTION_TEST_FAILED:
		return false;
	default:
		return is_by_user(look, one->message);
	}
}

static bool
is_late(const struct look *look, const struct nd_attention *one)
{
	return (one->why == ND_ATTENTION_PROMISED ||
	        one->why == ND_ATTENTION_TO_APPLY) &&
	       is_old(look,
	              look->thread->message[proof_of(look->thread, one)]
	                      ->date_s,
	              LATE_DAYS);
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
static bool
is_settled(const struct nd_thread *thread, int32_t message)
{
	return is_taken(thread) &&
	       (!thread->applied ||
	        thread->message[message]->date_s <= thread->applied->date_s);
}

/*
 * Is it sure enough to be told of? Who has written later may have answered, or
 * done it, in words that nobody hears, and what is taken keeps nobody waiting.
 * Whether who got an answer is content is not known, unless the other one
 * reminds. Patches wait for a committer when a review is the last that was
 * said. Of a posting that is missing a newer version cannot be known.
 */
static bool
is_sure(const struct look *look, const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;
	bool posted =
		!(nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY);
	int32_t promise;

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		promise = promise_of(thread, one);
		return posted && promise != ND_NO_MESSAGE &&
		       !is_written_since(thread, promise, &one->who);
	case ND_ATTENTION_TO_ANSWER:
		return one->pinged != ND_NO_MESSAGE;
	case ND_ATTENTION_TO_APPLY:
		return posted && thread->state == ND_STATE_REVIEWED &&
		       !is_written_since(thread, one->last, NULL);
	case ND_ATTENTION_TO_REVIEW:
		/* Others want changes: one reviews what comes next. */
		return thread->state != ND_STATE_CHANGES_REQUESTED &&
		       !is_settled(thread, one->last) &&
		       !is_written_since(thread, one->last, &one->who);
	default:
		return !is_settled(thread, one->last) &&
		       !is_written_since(thread, one->last, &one->who);
	}
}

static enum nd_obligation_list
list_of(const struct look *look, const struct nd_attention *one)
{
	if (!is_sure(look, one))
		return ND_OBLIGATION_CARRIED;
	if (nd_standing_is_user(look->user, &one->who))
		return ND_OBLIGATION_NEEDS_YOU;
	if (is_owed_to_user(look, one))
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

static void
find_attention(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;

	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *from = &thread->attention[i];
		struct nd_obligation *one =
			add(ctx, look, list_of(look, from),
		            of_attention[from->why], proof_of(thread, from));

		one->who = &from->who;
		one->name = from->name;
		one->user = nd_standing_is_user(look->user, one->who);
		one->pinged = from->pinged;
		if (from->last > one->last)
			one->last = from->last;
		if (from->why == ND_ATTENTION_ASKED)
			one->question = question_of(thread, one->message);
	}
}

/* ---- questions that call the user, who is not of the thread ---- */

/* Has the user written since? */
static bool
is_answered(const struct look *look, int32_t message)
{
	for (size_t i = (size_t)message + 1; i < look->thread->message_count;
	     i++)
		if (is_by_user(look, (int32_t)i))
			return true;
	return false;
}

/* What the mail asks, as far as somebody is expected to answer; or NULL. */
static struct nd_obligation *
asked_in(const struct look *look, int32_t message)
{
	for (size_t i = 0; i < look->count; i++)
		if (look->found[i].why == ND_OBLIGATION_ASKED &&
		    look->found[i].message == message)
			return &look->found[i];
	return NULL;
}

static void
find_calls(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;

	for (size_t i = 0; i < thread->for_you_count; i++) {
		const struct nd_for_you *you = &thread->for_you[i];
		struct nd_obligation *one;

		if (!you->turn || you->why != ND_FOR_YOU_ASKED ||
		    is_settled(thread, you->message) ||
		    is_answered(look, you->message))
			continue;
		/* Who knows the user sees that nobody else is meant. */
		one = asked_in(look, you->message);
		if (!one)
			one = add(ctx, look, ND_OBLIGATION_NEEDS_YOU,
			          ND_OBLIGATION_ASKED, you->message);
		if (one->user)
			continue;
		one->list = ND_OBLIGATION_NEEDS_YOU;
		one->user = true;
		one->who = NULL;
		one->name = NULL;
		one->question = question_of(thread, you->message);
	}
}

/* ---- what nobody has answered ---- */

/* What a person sends to be answered. */
static bool
wants_answer(const struct nd_thread *thread)
{
	if (thread->state != ND_STATE_NEW ||
	    !nd_message_is_person(nd_thread_root(thread)))
		return false;
	switch (thread->kind) {
	case ND_KIND_SERIES:
	case ND_KIND_SINGLE_PATCH:
	case ND_KIND_PULL_REQUEST:
	case ND_KIND_BUG_REPORT:
	case ND_KIND_QUESTION:
		return true;
	default:
		return false;
	}
}

/* The mail that stands for what was posted. */
static int32_t
posting(const struct nd_thread *thread)
{
	int32_t newest = thread->series ? thread->series->root : thread->root;

	for (size_t i = 0; i < thread->more_series_count; i++)
		if (thread->more_series[i]->root > newest)
			newest = thread->more_series[i]->root;
	return newest;
}

/* Who takes patches waits for nobody's answer, but to pull requests. */
static bool
takes_own(const struct nd_thread *thread)
{
	return thread->author_takes && thread->kind != ND_KIND_PULL_REQUEST;
}

static enum nd_obligation_list
list_of_unanswered(const struct look *look, int32_t mail)
{
	if (takes_own(look->thread))
		return ND_OBLIGATION_CARRIED;
	return is_by_user(look, mail) ? ND_OBLIGATION_WAITS_FOR_OTHERS
	                              : ND_OBLIGATION_UNANSWERED;
}

static void
find_unanswered(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;
	const struct nd_address *to;
	struct nd_obligation *one;
	int32_t mail = posting(thread);
	int64_t since_s = thread->message[mail]->date_s;
	bool only = false;

	if (!wants_answer(thread))
		return;
	to = nd_recipients_first(thread, thread->message[mail], &only);
	if (to && only && nd_standing_is_user(look->user, to) &&
	    !is_by_user(look, mail)) {
		if (!is_old(look, since_s, SENT_TO_DAYS) || takes_own(thread))
			return;
		one = add(ctx, look, ND_OBLIGATION_NEEDS_YOU,
		          ND_OBLIGATION_SENT_TO, mail);
		one->who = to;
		one->name = look->user->name;
		one->user = true;
	} else if (is_old(look, since_s, NO_ANSWER_DAYS)) {
		add(ctx, look, list_of_unanswered(look, mail),
		    ND_OBLIGATION_NO_ANSWER, mail);
	}
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
dismiss(struct look *look)
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
	struct look look = {
		.thread = thread,
		.user = user,
		.clock_s = clock_s,
	};

	*out = NULL;
	if (thread->family.entry)
		return 0;
	find_attention(ctx, &look);
	find_calls(ctx, &look);
	if (look.count == 0)
		find_unanswered(ctx, &look);
	dismiss(&look);
	if (look.count > 1)
		qsort(look.found, look.count, sizeof *look.found, compare);
	*out = look.found;
	return look.count;
}

/* ---- what is closed ---- */

/* The first mail of a person, else of anybody, but the one who posted it. */
static const char *
first_reply(const struct nd_thread *thread, int32_t posted)
{
	const struct nd_address *by = &thread->message[posted]->sender;
	const char *robot = NULL;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if ((int32_t)i == posted ||
		    nd_address_same_person(&mail->sender, by))
			continue;
		if (nd_message_is_person(mail))
			return mail->id;
		robot = robot ? robot : mail->id;
	}
	return robot;
}

/* What ended the wait for an answer; NULL: it has not ended. */
static const char *
answer_of(const struct nd_thread *thread, int32_t posted)
{
	const struct nd_series *series = thread->series;
	const char *reply = NULL;

	if (thread->state == ND_STATE_NEW)
		return NULL;
	reply = first_reply(thread, posted);
	if (!reply && thread->state_evidence_count > 0)
		reply = thread->message[thread->state_evidence[0]]->id;
	if (!reply && series && series->next)
		reply = series->next->root_id;
	return reply;
}

static void
add_closed(const void *ctx, struct look *look, enum nd_obligation_why why,
           int32_t message, const char *closed_by)
{
	if (closed_by)
		add(ctx, look, ND_OBLIGATION_CARRIED, why, message)->closed_by =
			closed_by;
}

/* What was posted here before the newest of it has been replaced by that. */
static void
add_replaced(const void *ctx, struct look *look, int32_t posted)
{
	const struct nd_thread *thread = look->thread;
	const char *newer = thread->message[posted]->id;

	if (thread->series && thread->series->root != posted)
		add_closed(ctx, look, ND_OBLIGATION_NO_ANSWER,
		           thread->series->root, newer);
	for (size_t i = 0; i < thread->more_series_count; i++)
		if (thread->more_series[i]->root != posted)
			add_closed(ctx, look, ND_OBLIGATION_NO_ANSWER,
			           thread->more_series[i]->root, newer);
}

size_t
nd_obligation_find_closed(const void *ctx, const struct nd_thread *thread,
                          const struct nd_user *user, int64_t clock_s,
                          struct nd_obligation **out)
{
	struct look look = {
		.thread = thread,
		.user = user,
		.clock_s = clock_s,
	};
	/* Told in another one's entry: what is still open is so there. */
	const char *elsewhere =
		thread->family.entry ? nd_thread_root(thread->family.entry)->id
				     : NULL;
	int32_t posted = posting(thread);

	for (size_t i = 0; i < thread->closed_count; i++) {
		const struct nd_attention *one = &thread->closed[i];

		add_closed(ctx, &look, of_attention[one->why], one->message,
		           one->closed_by);
		look.found[look.count - 1].who = &one->who;
		look.found[look.count - 1].name = one->name;
	}
	for (size_t i = 0; elsewhere && i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];

		add_closed(ctx, &look, of_attention[one->why], one->message,
		           elsewhere);
		look.found[look.count - 1].who = &one->who;
		look.found[look.count - 1].name = one->name;
	}
	add_closed(ctx, &look, ND_OBLIGATION_NO_ANSWER, posted,
	           thread->state == ND_STATE_NEW ? elsewhere
	                                         : answer_of(thread, posted));
	add_replaced(ctx, &look, posted);
	*out = look.found;
	return look.count;
}

int32_t
nd_obligation_unanswered(const struct nd_thread *thread)
{
	return wants_answer(thread) ? posting(thread) : ND_NO_MESSAGE;
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
