/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/answers.h"
#include "analyse/applied.h"
#include "analyse/mailevents.h"
#include "analyse/questions.h"
#include "analyse/review.h"
#include "analyse/robots.h"
#include "model/address.h"
#include "util/alloc.h"

/* Is this the first mail of a series, or a pull request? */
static bool
opens_posting(const struct nd_thread *thread, int32_t index)
{
	const struct nd_subject *parts = thread->message[index]->parts;

	if (thread->series && thread->series->root == index)
		return true;
	for (size_t i = 0; i < thread->more_series_count; i++)
		if (thread->more_series[i]->root == index)
			return true;
	/* [PULL 3/39] is one of the patches sent with the request. */
	return (parts->flags & ND_SUBJECT_PULL) && parts->number == 0;
}

/* Who sent what this mail is about; NULL when that mail is missing. */
static const struct nd_address *
author_of(const struct nd_thread *thread, int32_t target)
{
	if (target != ND_NO_MESSAGE)
		return &thread->message[target]->sender;
	return NULL;
}

static bool
is_on_patch(const struct nd_mailevents *mail)
{
	unsigned flags = mail->message->parts->flags;

	return mail->target != ND_NO_MESSAGE ||
	       (flags & (ND_SUBJECT_PATCH | ND_SUBJECT_PULL));
}

static void
read_posting(const struct nd_mailevents *mail)
{
	const struct nd_message *message = mail->message;

	if (opens_posting(mail->thread, mail->index))
		nd_mailevents_add(mail, ND_EVENT_POSTED, 0, message->subject,
		                  strlen(message->subject));
	if (message->body)
		nd_robots_read_commands(mail);
	nd_questions_read(mail);
}

static void
read_answer(const struct nd_mailevents *mail)
{
	if (mail->message->flags & ND_MESSAGE_AUTO)
		return;
	nd_applied_read(mail);
	nd_robots_read_commands(mail);
	nd_review_read(mail);
	nd_questions_read(mail);
}

static void
read_mail(struct nd_thread *thread, int32_t index, int32_t target,
          const struct nd_act_mail *acts)
{
	struct nd_message *message = thread->message[index];
	struct nd_mailevents mail = {
		.thread = thread,
		.message = message,
		.index = index,
		.target = target,
		.acts = acts,
		.said = acts->said,
	};
	const struct nd_address *author = author_of(thread, target);

	mail.by_author =
		author && nd_address_same_person(author, &message->sender);
	mail.on_patch = is_on_patch(&mail);
	if (target == index)
		read_posting(&mail);
	else if (message->body && !(message->flags & ND_MESSAGE_RESPONDER) &&
	         !nd_robots_read_notice(&mail)) {
		if (message->flags & ND_MESSAGE_ROBOT)
			nd_robots_read(&mail);
		else
			read_answer(&mail);
	}
}

/* Trailers were found before (analyse/trailers.h); here they get their
 * place. */
static void
add_trailers(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];
		struct nd_event *event;

		event = x_append(thread, thread->event, thread->event_count);
		*event = (struct nd_event){
			.type = ND_EVENT_TRAILER,
			.message = trailer->message,
			.line = trailer->line,
			.last_line = trailer->line,
			.about = trailer->patch,
			.answers = ND_NO_MESSAGE,
			.who = trailer->who,
			.text = x_asprintf(thread, "%s: %s <%s>", trailer->type,
		                           trailer->who.name,
		                           trailer->who.addr),
		};
	}
}

static int
compare_events(const void *a, const void *b)
{
	const struct nd_event *x = a, *y = b;

	if (x->message != y->message)
		return x->message < y->message ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (int)x->type - (int)y->type;
}

void
nd_ledger_find(struct nd_thread *thread, const int32_t *target,
               const struct nd_act_mail *acts)
{
	for (size_t i = 0; i < thread->message_count; i++)
		read_mail(thread, (int32_t)i, target[i], &acts[i]);
	add_trailers(thread);
	if (thread->event_count > 0)
		qsort(thread->event, thread->event_count, sizeof *thread->event,
		      compare_events);
	nd_answers_find(thread, acts);
}
