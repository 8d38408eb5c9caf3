/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agenda/obligation_private.h"

#include "model/address.h"
#include "model/recipients.h"
#include "util/str.h"

enum {
	NO_ANSWER_DAYS = 7, /* until a posting counts as not answered */
	SENT_TO_DAYS = 2,   /* the same, for the one it was sent to alone */
};

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

/* "#syz test": a program is to try the patch, and people need not look yet. */
static bool
is_for_robot(const struct nd_thread *thread, int32_t posted)
{
	static const char command[] = "#syz test";

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message == posted &&
		    event->type == ND_EVENT_COMMAND && event->text &&
		    nd_str_starts(event->text, command))
			return true;
	}
	return false;
}

/* What a person sends to be answered. What is left of a talk may have been
 * answered before. */
static bool
wants_answer(const struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);

	if (!nd_message_is_person(root) || !is_unanswered(thread) ||
	    is_for_robot(thread, posting(thread)) ||
	    (thread->state != ND_STATE_NEW && nd_obligation_is_answer(root)))
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
list_of_unanswered(const struct nd_obligation_look *look, int32_t mail)
{
	if (takes_own(look->thread))
		return ND_OBLIGATION_CARRIED;
	return nd_obligation_is_by_user(look, mail)
	               ? ND_OBLIGATION_WAITS_FOR_OTHERS
	               : ND_OBLIGATION_UNANSWERED;
}

/* The user, when the mail is to them alone and from somebody else; or NULL. */
static const struct nd_address *
sent_to_user(const struct nd_obligation_look *look, int32_t mail)
{
	bool only = false;
	const struct nd_address *to = nd_recipients_first(
		look->thread, look->thread->message[mail], &only);

	return to && only && nd_standing_is_user(look->user, to) &&
	                       !nd_obligation_is_by_user(look, mail)
	               ? to
	               : NULL;
}

static void
set_sent_to(const struct nd_obligation_look *look, struct nd_obligation *one,
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
is_told(const struct nd_obligation_look *look)
{
	for (size_t i = 0; i < look->count; i++)
		if (look->found[i].list != ND_OBLIGATION_CARRIED)
			return true;
	return false;
}

/* A person, but not the one who posted it, unless it is settled for them. */
static bool
ends_wait(const void *arg, const struct nd_message *mail)
{
	const struct nd_message *posted = arg;

	return nd_message_is_person(mail) &&
	       (mail->flags & ND_MESSAGE_SETTLES ||
	        !nd_address_same_person(&mail->sender, &posted->sender));
}

/* The mail in which who posted it says that it is settled; or NULL. */
static const struct nd_message *
settled_since(const struct nd_thread *thread, int32_t posted)
{
	for (size_t i = (size_t)posted + 1; i < thread->message_count; i++)
		if (thread->message[i]->flags & ND_MESSAGE_SETTLES &&
		    nd_address_same_person(&thread->message[i]->sender,
		                           &thread->message[posted]->sender))
			return thread->message[i];
	return NULL;
}

void
nd_obligation_find_unanswered(const void *ctx, struct nd_obligation_look *look)
{
	const struct nd_thread *thread = look->thread;
	struct nd_obligation *one;
	int32_t mail = posting(thread);
	int64_t since_s = thread->message[mail]->date_s;
	const struct nd_address *to = sent_to_user(look, mail);
	const struct nd_message *answer;

	if (!wants_answer(thread))
		return;
	answer = nd_obligation_elsewhere(thread, mail, ends_wait,
	                                 thread->message[mail]);
	if (!answer)
		answer = settled_since(thread, mail);
	if (!answer)
		answer = nd_obligation_sequel(thread, mail, NULL);
	if (to && !takes_own(thread) &&
	    nd_obligation_is_old(look, since_s, SENT_TO_DAYS)) {
		one = nd_obligation_add(ctx, look, ND_OBLIGATION_NEEDS_YOU,
		                        ND_OBLIGATION_SENT_TO, mail);
		set_sent_to(look, one, to);
		if (answer)
			nd_obligation_set_doubt(one, answer);
		return;
	}
	one = nd_obligation_add(ctx, look,
	                        is_told(look) ? ND_OBLIGATION_CARRIED
	                                      : list_of_unanswered(look, mail),
	                        ND_OBLIGATION_NO_ANSWER, mail);
	if (answer) {
		nd_obligation_set_doubt(one, answer);
		return;
	}
	if (nd_obligation_is_old(look, since_s, NO_ANSWER_DAYS))
		return;
	one->young = one->list != ND_OBLIGATION_CARRIED;
	one->list = ND_OBLIGATION_CARRIED;
}

/* What a robot says ends no wait, but what a person says about it. */
static const char *
said_to(const struct nd_thread *thread, int32_t mail)
{
	for (size_t i = (size_t)mail; i < thread->message_count; i++)
		if (nd_message_is_person(thread->message[i]))
			return thread->message[i]->id;
	return thread->message[mail]->id;
}

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
		return said_to(
			thread,
			thread->state_evidence[thread->state_evidence_count -
		                               1]);
	if (series && series->next && series->next->root_id)
		return series->next->root_id;
	return reply ? reply->id : NULL;
}

static void
add_answered(const void *ctx, struct nd_obligation_look *look, int32_t posted,
             const char *closed_by)
{
	const struct nd_address *to;
	struct nd_obligation *one;

	if (!closed_by)
		return;
	one = nd_obligation_add_closed(ctx, look, ND_OBLIGATION_NO_ANSWER,
	                               posted, closed_by);
	one->list = nd_obligation_list_by_age(
		one, list_of_unanswered(look, posted), NO_ANSWER_DAYS);
	to = sent_to_user(look, posted);
	if (to && !takes_own(look->thread) &&
	    one->closed_s - one->since_s >= SENT_TO_DAYS * ND_OBLIGATION_DAY_S)
		set_sent_to(look, one, to);
}

/* What was posted here before the newest of it has been replaced by that. */
static void
add_replaced(const void *ctx, struct nd_obligation_look *look, int32_t posted)
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

void
nd_obligation_close_answered(const void *ctx, struct nd_obligation_look *look,
                             const char *elsewhere)
{
	const struct nd_thread *thread = look->thread;
	int32_t posted = posting(thread);

	add_answered(ctx, look, posted,
	             is_unanswered(thread) ? elsewhere
	                                   : answer_of(thread, posted));
	add_replaced(ctx, look, posted);
}
