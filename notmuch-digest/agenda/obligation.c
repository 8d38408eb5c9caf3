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
	[ND_OBLIGATION_TO_ANNOUNCE] = "to-announce",
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

static bool
is_answer(const struct nd_message *mail)
{
	return mail->parts && (mail->parts->flags & ND_SUBJECT_REPLY);
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

/* Does the one of whom it is expected say here that it will be done? */
static bool
is_promise(const struct nd_event *event, const struct nd_attention *one)
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
		if (is_promise(&thread->event[i], one))
			return thread->event[i].message;
	return ND_NO_MESSAGE;
}

static int32_t
proof_of(const struct nd_thread *thread, const struct nd_attention *one)
{
	int32_t promise = one->why == ND_ATTENTION_PROMISED
	                          ? promise_of(thread, one)
	                          : ND_NO_MESSAGE;

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
can_be_late(enum nd_attention_why why)
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
is_late(const struct look *look, const struct nd_attention *one)
{
	/* Of a posting that is missing a newer version cannot be known. */
	return can_be_late(one->why) &&
	       !is_answer(nd_thread_root(look->thread)) &&
	       !(one->why == ND_ATTENTION_CHANGES &&
	         takes_patches(look->thread, one->message)) &&
	       is_old(look,
	              look->thread->message[proof_of(look->thread, one)]
	                      ->date_s,
	              LATE_DAYS);
}

/* The first mail that somebody (NULL: anybody but robots) has written later. */
static int32_t
written_since(const struct nd_thread *thread, int32_t message,
              const struct nd_address *who)
{
	for (size_t i = (size_t)message + 1; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if (nd_message_is_person(mail) &&
		    (!who || nd_address_same_person(&mail->sender, who)))
			return (int32_t)i;
	}
	return ND_NO_MESSAGE;
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

/* The mail that says that they were taken since, or ND_NO_MESSAGE. */
static int32_t
taken_since(const struct nd_thread *thread, int32_t message)
{
	return is_settled(thread, message) && thread->applied
	               ? thread->applied->message
	               : ND_NO_MESSAGE;
}

/*
 * The asker's reply to what somebody else than the one who was asked has
 * answered, or ND_NO_MESSAGE: a question is no more open for being put to
 * another one.
 */
static int32_t
contented_since(const struct nd_thread *thread, int32_t question)
{
	const struct nd_address *asker = &thread->message[question]->sender;

	for (size_t i = (size_t)question + 1; i < thread->message_count; i++) {
		const struct nd_message *reply = thread->message[i];
		const struct nd_message *answer =
			reply->parent > question
				? thread->message[reply->parent]
				: NULL;

		if (answer && answer->parent == question &&
		    nd_message_is_person(answer) &&
		    !nd_address_same_person(&answer->sender, asker) &&
		    nd_address_same_person(&reply->sender, asker))
			return (int32_t)i;
	}
	return ND_NO_MESSAGE;
}

/* As below, of what is asked, wanted or to be looked at. */
static int32_t
done_since(const struct nd_thread *thread, const struct nd_attention *one)
{
	int32_t taken = taken_since(thread, one->message);
	int32_t content = one->why == ND_ATTENTION_ASKED
	                          ? contented_since(thread, one->message)
	                          : ND_NO_MESSAGE;

	if (taken != ND_NO_MESSAGE)
		return taken;
	return content != ND_NO_MESSAGE
	               ? content
	               : written_since(thread, one->message, &one->who);
}

/*
 * The mail since which it is not sure enough to be told of; ND_NO_MESSAGE: it
 * is. Who has written later may have answered, or done it, in words that nobody
 * hears, and what is taken keeps nobody waiting. Patches wait for a committer
 * when a review is the last that was said.
 */
static int32_t
doubt_of(const struct look *look, const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		return written_since(thread, proof_of(thread, one), &one->who);
	case ND_ATTENTION_TO_ANSWER:
		return ND_NO_MESSAGE;
	case ND_ATTENTION_TO_APPLY:
		return written_since(thread, one->message, NULL);
	default:
		return done_since(thread, one);
	}
}

/*
 * Could it be told of at all? Whether who got an answer is content is not
 * known, unless the other one reminds. Of a posting that is missing a newer
 * version cannot be known.
 */
static bool
is_telling(const struct look *look, const struct nd_attention *one)
{
	const struct nd_thread *thread = look->thread;
	bool posted =
		!(nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY);

	switch (one->why) {
	case ND_ATTENTION_PROMISED:
		return posted && promise_of(thread, one) != ND_NO_MESSAGE;
	case ND_ATTENTION_TO_ANSWER:
		return one->pinged != ND_NO_MESSAGE;
	case ND_ATTENTION_TO_APPLY:
		return posted && thread->state == ND_STATE_REVIEWED;
	case ND_ATTENTION_TO_REVIEW:
		/* Others want changes: one reviews what comes next. */
		return thread->state != ND_STATE_CHANGES_REQUESTED &&
		       !is_settled(thread, one->message);
	default:
		return !is_settled(thread, one->message);
	}
}

/* For whom it is, when it is sure. */
static enum nd_obligation_list
list_of(const struct look *look, const struct nd_attention *one)
{
	if (!is_telling(look, one))
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
set_doubt(struct nd_obligation *one, int32_t message)
{
	one->list = ND_OBLIGATION_CARRIED;
	one->doubted_by = one->thread->message[message]->id;
	one->doubted_s = one->thread->message[message]->date_s;
}

static void
add_attention(const void *ctx, struct look *look,
              const struct nd_attention *from)
{
	const struct nd_thread *thread = look->thread;
	int32_t doubt = doubt_of(look, from);
	struct nd_obligation *one =
		add(ctx, look, list_of(look, from), of_attention[from->why],
	            proof_of(thread, from));

	if (doubt != ND_NO_MESSAGE)
		set_doubt(one, doubt);
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
find_attention(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;

	for (size_t i = 0; i < thread->attention_count; i++)
		add_attention(ctx, look, &thread->attention[i]);
	for (size_t i = 0; i < thread->more_attention_count; i++)
		add_attention(ctx, look, &thread->more_attention[i]);
}

/* ---- reviewed, and who takes it is not known ---- */

static bool
has_why(const struct look *look, enum nd_obligation_why why)
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
find_reviewed(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;
	int32_t mail = last_approval(thread), later;
	struct nd_obligation *one;

	if (thread->state != ND_STATE_REVIEWED || mail == ND_NO_MESSAGE ||
	    (nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY) ||
	    has_why(look, ND_OBLIGATION_TO_APPLY))
		return;
	one = add(ctx, look, ND_OBLIGATION_CARRIED, ND_OBLIGATION_TO_APPLY,
	          mail);
	later = written_since(thread, mail, NULL);
	if (later != ND_NO_MESSAGE)
		set_doubt(one, later);
	else if (is_users_thread(look))
		one->list = ND_OBLIGATION_WAITS_FOR_OTHERS;
	else if (is_old(look, one->since_s, LATE_DAYS))
		one->list = ND_OBLIGATION_OVERDUE;
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

/* ---- merged, and no mail says so ---- */

static void
find_unannounced(const void *ctx, struct look *look)
{
	const struct nd_applied *applied = look->thread->applied;
	struct nd_obligation *one;

	if (look->thread->state != ND_STATE_MERGED || !applied ||
	    !applied->merged)
		return;
	one = add(ctx, look, ND_OBLIGATION_CARRIED, ND_OBLIGATION_TO_ANNOUNCE,
	          applied->message);
	one->since_s = applied->date_s;
	if (is_users_thread(look))
		one->list = ND_OBLIGATION_WAITS_FOR_OTHERS;
	else if (is_old(look, one->since_s, LATE_DAYS))
		one->list = ND_OBLIGATION_OVERDUE;
}

/* ---- what nobody has answered ---- */

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

/* The first mail of a person, else of anybody, but the one who posted it. */
static const struct nd_message *
first_reply(const struct nd_thread *thread, int32_t posted)
{
	const struct nd_address *by = &thread->message[posted]->sender;
	const struct nd_message *robot = NULL;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if ((int32_t)i == posted ||
		    nd_address_same_person(&mail->sender, by))
			continue;
		if (nd_message_is_person(mail))
			return mail;
		robot = robot ? robot : mail;
	}
	return robot;
}

/* Whatever who posted it has added, only others answer. */
static bool
is_unanswered(const struct nd_thread *thread)
{
	const struct nd_message *reply;

	switch (thread->state) {
	case ND_STATE_NEW:
		return true;
	case ND_STATE_UNDER_REVIEW:
	case ND_STATE_OPEN:
		reply = first_reply(thread, posting(thread));
		return !reply || !nd_message_is_person(reply);
	default:
		return false;
	}
}

/* What a person sends to be answered. What is left of a talk may have been
 * answered before. */
static bool
wants_answer(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);

	if (!nd_message_is_person(root) || !is_unanswered(thread) ||
	    (thread->state != ND_STATE_NEW && is_answer(root)))
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

/* The user, when the mail is to them alone and from somebody else; or NULL. */
static const struct nd_address *
sent_to_user(const struct look *look, int32_t mail)
{
	bool only = false;
	const struct nd_address *to = nd_recipients_first(
		look->thread, look->thread->message[mail], &only);

	return to && only && nd_standing_is_user(look->user, to) &&
	                       !is_by_user(look, mail)
	               ? to
	               : NULL;
}

static void
set_sent_to(const struct look *look, struct nd_obligation *one,
            const struct nd_address *to)
{
	one->list = ND_OBLIGATION_NEEDS_YOU;
	one->why = ND_OBLIGATION_SENT_TO;
	one->who = to;
	one->name = look->user->name;
	one->user = true;
}

/* Is something told of the thread that says more than that nobody has answered?
 */
static bool
is_told(const struct look *look)
{
	for (size_t i = 0; i < look->count; i++)
		if (look->found[i].list != ND_OBLIGATION_CARRIED)
			return true;
	return false;
}

static void
find_unanswered(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;
	struct nd_obligation *one;
	int32_t mail = posting(thread);
	int64_t since_s = thread->message[mail]->date_s;
	const struct nd_address *to = sent_to_user(look, mail);

	if (!wants_answer(thread))
		return;
	if (to && !takes_own(thread) && is_old(look, since_s, SENT_TO_DAYS)) {
		one = add(ctx, look, ND_OBLIGATION_NEEDS_YOU,
		          ND_OBLIGATION_SENT_TO, mail);
		set_sent_to(look, one, to);
		return;
	}
	one = add(ctx, look,
	          is_told(look) ? ND_OBLIGATION_CARRIED
	                        : list_of_unanswered(look, mail),
	          ND_OBLIGATION_NO_ANSWER, mail);
	if (is_old(look, since_s, NO_ANSWER_DAYS))
		return;
	one->young = one->list != ND_OBLIGATION_CARRIED;
	one->list = ND_OBLIGATION_CARRIED;
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
	find_reviewed(ctx, &look);
	find_calls(ctx, &look);
	find_unannounced(ctx, &look);
	find_unanswered(ctx, &look);
	dismiss(&look);
	if (look.count > 1)
		qsort(look.found, look.count, sizeof *look.found, compare);
	*out = look.found;
	return look.count;
}

/* ---- what is closed ---- */

/* What ended the wait for an answer; NULL: it has not ended. */
static const char *
answer_of(const struct nd_thread *thread, int32_t posted)
{
	const struct nd_series *series = thread->series;
	const struct nd_message *reply = first_reply(thread, posted);

	if (is_unanswered(thread))
		return NULL;
	if (reply && nd_message_is_person(reply))
		return reply->id;
	if (thread->state_evidence_count > 0)
		return thread
		        ->message[thread->state_evidence
		                          [thread->state_evidence_count - 1]]
		        ->id;
	if (series && series->next && series->next->root_id)
		return series->next->root_id;
	return reply ? reply->id : NULL;
}

/* When a mail of the thread, or one that took its place, was sent; 0: it is not
 * known. */
static int64_t
date_of(const struct nd_thread *thread, const char *id)
{
	const struct nd_thread *entry = thread->family.entry;

	for (size_t i = 0; i < thread->message_count; i++)
		if (strcmp(thread->message[i]->id, id) == 0)
			return thread->message[i]->date_s;
	if (entry && strcmp(nd_thread_root(entry)->id, id) == 0)
		return nd_thread_root(entry)->date_s;
	for (size_t i = 0; i <= thread->more_series_count; i++) {
		const struct nd_series *series =
			i > 0 ? thread->more_series[i - 1] : thread->series;

		if (series && series->next && series->next->root_id &&
		    strcmp(series->next->root_id, id) == 0)
			return series->next->date_s;
	}
	return 0;
}

/* The list it was in when it was closed, as far as its age tells. */
static enum nd_obligation_list
list_by_age(const struct nd_obligation *one, enum nd_obligation_list late,
            int days)
{
	return one->closed_s - one->since_s >= (int64_t)days * DAY_S
	               ? late
	               : ND_OBLIGATION_CARRIED;
}

static struct nd_obligation *
add_closed(const void *ctx, struct look *look, enum nd_obligation_why why,
           int32_t message, const char *closed_by)
{
	struct nd_obligation *one =
		add(ctx, look, ND_OBLIGATION_CARRIED, why, message);

	one->closed_by = closed_by;
	one->closed_s = date_of(look->thread, closed_by);
	/* Where it is told now may be older than it. */
	if (one->closed_s < one->since_s)
		one->closed_s = one->since_s;
	return one;
}

static void
add_done(const void *ctx, struct look *look, const struct nd_attention *from,
         enum nd_attention_why why, int32_t message, const char *closed_by)
{
	struct nd_obligation *one =
		add_closed(ctx, look, of_attention[why], message, closed_by);

	one->who = &from->who;
	one->name = from->name;
	one->user = nd_standing_is_user(look->user, one->who);
	if (one->user)
		one->list = ND_OBLIGATION_NEEDS_YOU;
	else if (is_owed_to_user(look, from))
		one->list = ND_OBLIGATION_WAITS_FOR_OTHERS;
	else if (can_be_late(why))
		one->list = list_by_age(one, ND_OBLIGATION_OVERDUE, LATE_DAYS);
}

/*
 * What was wanted becomes a promise by the mail that makes it, and each promise
 * takes the place of the one before. Which of several it was that answers the
 * wish is not known: each may.
 */
static void
add_expected(const void *ctx, struct look *look,
             const struct nd_attention *from, const char *closed_by)
{
	const struct nd_thread *thread = look->thread;
	bool promised = from->why == ND_ATTENTION_PROMISED;
	int32_t said = from->message;

	for (size_t i = 0; promised && i < thread->event_count; i++) {
		int32_t promise = thread->event[i].message;

		if (!is_promise(&thread->event[i], from) || promise == said)
			continue;
		add_done(ctx, look, from, ND_ATTENTION_CHANGES, from->message,
		         thread->message[promise]->id);
		if (said != from->message)
			add_done(ctx, look, from, from->why, said,
			         thread->message[promise]->id);
		said = promise;
	}
	if (closed_by)
		add_done(ctx, look, from, from->why, said, closed_by);
}

static void
add_answered(const void *ctx, struct look *look, int32_t posted,
             const char *closed_by)
{
	const struct nd_address *to;
	struct nd_obligation *one;

	if (!closed_by)
		return;
	one = add_closed(ctx, look, ND_OBLIGATION_NO_ANSWER, posted, closed_by);
	one->list = list_by_age(one, list_of_unanswered(look, posted),
	                        NO_ANSWER_DAYS);
	to = sent_to_user(look, posted);
	if (to && !takes_own(look->thread) &&
	    one->closed_s - one->since_s >= SENT_TO_DAYS * DAY_S)
		set_sent_to(look, one, to);
}

/* What a tree's commits told first is told by a mail now. */
static void
add_announced(const void *ctx, struct look *look)
{
	const struct nd_thread *thread = look->thread;
	const struct nd_applied *applied = thread->applied;
	struct nd_obligation *one;

	if (thread->state != ND_STATE_MERGED || !thread->merged || !applied ||
	    applied->merged)
		return;
	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->type != ND_EVENT_APPLIED &&
		    event->type != ND_EVENT_PULLED &&
		    event->type != ND_EVENT_MERGED)
			continue;
		one = add_closed(ctx, look, ND_OBLIGATION_TO_ANNOUNCE,
		                 applied->message,
		                 thread->message[event->message]->id);
		one->since_s = applied->date_s;
		one->list = is_users_thread(look)
		                    ? ND_OBLIGATION_WAITS_FOR_OTHERS
		                    : list_by_age(one, ND_OBLIGATION_OVERDUE,
		                                  LATE_DAYS);
		return;
	}
}

/* What was posted here before the newest of it has been replaced by that. */
static void
add_replaced(const void *ctx, struct look *look, int32_t posted)
{
	const struct nd_thread *thread = look->thread;
	const char *newer = thread->message[posted]->id;

	if (thread->series && thread->series->root != posted)
		add_answered(ctx, look, thread->series->root, newer);
	for (size_t i = 0; i < thread->more_series_count; i++)
		if (thread->more_series[i]->root != posted)
			add_answered(ctx, look, thread->more_series[i]->root,
			             newer);
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

	for (size_t i = 0; i < thread->closed_count; i++)
		add_expected(ctx, &look, &thread->closed[i],
		             thread->closed[i].closed_by);
	for (size_t i = 0; i < thread->attention_count; i++)
		add_expected(ctx, &look, &thread->attention[i], elsewhere);
	for (size_t i = 0; i < thread->more_attention_count; i++)
		add_expected(ctx, &look, &thread->more_attention[i], elsewhere);
	add_answered(ctx, &look, posted,
	             is_unanswered(thread) ? elsewhere
	                                   : answer_of(thread, posted));
	add_replaced(ctx, &look, posted);
	add_announced(ctx, &look);
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
