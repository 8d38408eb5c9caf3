/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/speech.h"

#include <math.h>
#include <string.h>

#include "acts/actfeature.h"
#include "acts/actmodel.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/str.h"
#include "util/utf8.h"

/* Of somebody who has reviewed or tested. */
static bool
is_review(const char *type)
{
	return nd_trailer_says(type, "reviewed") ||
	       nd_trailer_says(type, "acked") ||
	       nd_trailer_says(type, "tested");
}

/* Robots say nothing; cover letters ask, but commit messages only wonder. */
static bool
has_say(const struct nd_message *message, int32_t index, int32_t target)
{
	return message->body && !(message->flags & ND_MESSAGE_ROBOT) &&
	       (target != index || !(message->body->flags & ND_BODY_DIFF));
}

/* The first mail that is there answers one that is not. */
static bool
begins_with_answer(const struct nd_thread *thread)
{
	return nd_thread_root(thread)->parts->flags & ND_SUBJECT_REPLY;
}

/*
 * Whose patch or question it is about: of a posting, else of the thread; whom
 * its first mail is written to, when that is an answer. May be NULL.
 */
static const struct nd_address *
author_of(const struct nd_thread *thread, int32_t target)
{
	const struct nd_message *root = nd_thread_root(thread);

	if (target != ND_NO_MESSAGE)
		return &thread->message[target]->sender;
	if (!begins_with_answer(thread))
		return &root->sender;
	return root->to.count > 0 ? &root->to.address[0] : NULL;
}

static unsigned
facts_of_parent(const struct nd_thread *thread, const int32_t *target,
                int32_t index, const struct nd_address *author)
{
	const struct nd_message *message = thread->message[index];
	const struct nd_message *parent;
	unsigned facts = 0;

	if (message->parent == ND_NO_MESSAGE)
		return 0;
	parent = thread->message[message->parent];
	if (author && nd_address_same_person(&parent->sender, author))
		facts |= ND_ACT_TO_AUTHOR;
	if (nd_address_same_person(&parent->sender, &message->sender))
		facts |= ND_ACT_TO_SELF;
	if (target[message->parent] == message->parent)
		facts |= ND_ACT_TO_PATCH;
	return facts;
}

static unsigned
facts_of(const struct nd_thread *thread, const int32_t *target, int32_t index)
{
	const struct nd_message *message = thread->message[index];
	const struct nd_address *author = author_of(thread, target[index]);
	unsigned facts = facts_of_parent(thread, target, index, author);

	if (thread->category != ND_CATEGORY_OTHER || thread->series)
		facts |= ND_ACT_ON_PATCH;
	if (author && nd_address_same_person(&message->sender, author))
		facts |= ND_ACT_BY_AUTHOR;
	if (index == thread->root && !begins_with_answer(thread))
		facts |= ND_ACT_FIRST;
	if (!nd_message_is_person(message))
		facts |= ND_ACT_ROBOT;
	if (message->body && message->body->flags & ND_BODY_DIFF)
		facts |= ND_ACT_DIFF;
	return facts;
}

/* Who gives a review tag is a reviewer from that mail on. */
static void
add_tags(const struct nd_thread *thread, struct nd_act_mail *mail)
{
	struct nd_map *reviewers = nd_map_new(NULL);

	for (size_t i = 0; i < thread->trailer_count; i++)
		if (is_review(thread->trailer[i].type))
			mail[thread->trailer[i].message].facts |= ND_ACT_TAGS;
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		const char *key = nd_address_key(reviewers, &message->sender);

		if (nd_map_get_int(reviewers, key, 0))
			mail[i].facts |= ND_ACT_REVIEWER;
		if (mail[i].facts & ND_ACT_TAGS)
			nd_map_set_int(reviewers, key, 1);
		if (message->parent != ND_NO_MESSAGE &&
		    mail[message->parent].facts & ND_ACT_TAGS)
			mail[i].facts |= ND_ACT_TO_TAG;
	}
	talloc_free(reviewers);
}

/* What is over the ceilings is not heard. */
static void
hear(const void *ctx, struct nd_act_mail *mail, size_t *left)
{
	mail->said = nd_utterances_read(ctx, mail->body);
	if (mail->said.count > ND_LIMIT_SAID_OF_MAIL)
		mail->said.count = ND_LIMIT_SAID_OF_MAIL;
	if (mail->said.count > *left)
		mail->said.count = *left;
	*left -= mail->said.count;
}

static struct nd_act_mail *
prepare(const void *ctx, const struct nd_thread *thread, const int32_t *target)
{
	struct nd_act_mail *mail =
		x_array(ctx, struct nd_act_mail, thread->message_count);

	size_t left = ND_LIMIT_SAID;

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];

		mail[i].body = message->body;
		mail[i].parent = message->parent;
		if (message->parent != ND_NO_MESSAGE &&
		    message->parent < (int32_t)i)
			mail[i].depth = mail[message->parent].depth + 1;
		mail[i].facts = facts_of(thread, target, (int32_t)i);
		if (has_say(message, (int32_t)i, target[i]))
			hear(mail, &mail[i], &left);
	}
	add_tags(thread, mail);
	return mail;
}

struct nd_act_mail *
nd_speech_look(const void *ctx, const struct nd_thread *thread,
               const int32_t *target)
{
	struct nd_act_mail *mail = prepare(ctx, thread, target);

	nd_actmodel_look(mail, mail, thread->message_count);
	return mail;
}

struct nd_act_mail *
nd_speech_read(const void *ctx, const struct nd_thread *thread,
               const int32_t *target)
{
	struct nd_act_mail *mail = prepare(ctx, thread, target);

	nd_actmodel_read(mail, mail, thread->message_count);
	return mail;
}

/* ---- why ---- */

enum { REASONS = 5 };

static void
add_reasons(struct nd_thread *thread, struct nd_heard *heard,
            const struct nd_act_mail *mail, size_t sentence, enum nd_act act)
{
	void *tmp = talloc_new(NULL);
	size_t count;
	struct nd_actmodel_reason *reason =
		nd_actmodel_explain(tmp, mail, sentence, act, &count);

	for (size_t i = 0; i < count && i < REASONS; i++) {
		struct nd_heard_reason *one =
			x_append(thread, heard->reason, heard->reason_count);
		const char *name = nd_actfeature_name(tmp, reason[i].key);

		one->what = reason[i].word ? x_asprintf(thread, "%s: %s", name,
		                                        reason[i].word)
		                           : x_strdup(thread, name);
		one->weight = (double)reason[i].weight;
	}
	talloc_free(tmp);
}

static void
explain_act(struct nd_thread *thread, int32_t index,
            const struct nd_act_mail *mail, enum nd_act act)
{
	size_t sentence[ND_ACT_SENTENCES];
	size_t count = nd_act_sentences(mail, act, sentence);

	for (size_t i = 0; i < count; i++) {
		const struct nd_utterance *said =
			&mail->said.utterance[sentence[i]];
		struct nd_heard *heard =
			x_append(thread, thread->heard, thread->heard_count);

		heard->message = index;
		heard->act = nd_act_name(act);
		heard->sentence =
			nd_utf8_clean_line(thread, said->text, said->len);
		heard->probability =
			1 / (1 + exp(-(double)mail->mail.act[act]));
		add_reasons(thread, heard, mail, sentence[i], act);
	}
}

void
nd_speech_explain(struct nd_thread *thread)
{
	int32_t *target = nd_posting_targets(NULL, thread);
	struct nd_act_mail *mail = nd_speech_read(target, thread, target);

	for (size_t i = 0; i < thread->message_count; i++)
		for (int act = 0; act < ND_ACT_COUNT; act++)
			explain_act(thread, (int32_t)i, &mail[i],
			            (enum nd_act)act);
	talloc_free(target);
}
