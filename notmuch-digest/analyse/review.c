/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/review.h"

#include <string.h>

#include "analyse/concession.h"
#include "analyse/people.h"
#include "analyse/reviewform.h"
#include "analyse/talkform.h"
#include "analyse/unsure.h"
#include "model/address.h"
#include "model/recipients.h"
#include "text/phrase.h"
#include "util/str.h"

enum { MERGED_BYTES = 20 }; /* "Merged, thanks!" */

/* What an act is called in the ledger, by who does it where. */
static const struct deed {
	enum nd_act act;
	enum nd_event_type of_author, of_other, in_talk;
} deeds[] = {
	{ND_ACT_ANSWERS, ND_EVENT_ANSWER, ND_EVENT_ANSWER, ND_EVENT_ANSWER},
	{ND_ACT_REQUESTS, ND_EVENT_CHANGES_REQUESTED,
         ND_EVENT_CHANGES_REQUESTED, ND_EVENT_CHANGES_REQUESTED},
	{ND_ACT_PROMISES, ND_EVENT_RESPIN_PROMISED, ND_EVENT_RESPIN_PROMISED,
         ND_EVENT_RESPIN_PROMISED},
	{ND_ACT_APPROVES, ND_EVENT_AGREED, ND_EVENT_APPROVED, ND_EVENT_AGREED},
	{ND_ACT_OBJECTS, ND_EVENT_OBJECTION, ND_EVENT_OBJECTION,
         ND_EVENT_OBJECTION},
	{ND_ACT_REPORTS, ND_EVENT_TEST_RESULT, ND_EVENT_TEST_RESULT,
         ND_EVENT_TEST_RESULT},
	{ND_ACT_DEFERS, ND_EVENT_DEFERRED, ND_EVENT_DEFERRED,
         ND_EVENT_DEFERRED},
	{ND_ACT_DECIDES, ND_EVENT_DECIDED, ND_EVENT_DECIDED, ND_EVENT_DECIDED},
};

/* "Could you check whether …?": wants to know, more than a change. */
static bool
asks_more(const struct nd_mailevents *mail, size_t i)
{
	const struct nd_act_score *score = &mail->acts->sentence[i];

	return nd_mailevents_asks(mail, i) &&
	       score->act[ND_ACT_ASKS] > score->act[ND_ACT_REQUESTS];
}

/* Does the mail tag the patches, with nothing to be done first? */
static bool
gives_tag(const struct nd_mailevents *mail)
{
	const struct nd_thread *thread = mail->thread;

	for (size_t i = 0; i < thread->trailer_count; i++)
		if (thread->trailer[i].message == mail->index &&
		    !thread->trailer[i].condition &&
		    nd_address_same_person(&thread->trailer[i].who,
		                           &mail->message->sender))
			return true;
	return false;
}

/*
 * "The build fails with this": not "this resolves the build failure", "it fails
 * without this patch, too", "I don't see v3 in patchwork".
 */
static bool
tells_failure(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase mended[] = {
		{"avoids", 1},
		{"fixes", 1},
		{"get rid of", 1},
		{"gets rid of", 1},
		{"got rid of", 1},
		{"in patchwork", 1},
		{"ping", 1},
		{"prevent", 1},
		{"prevents", 1},
		{"resolves", 1},
		{"silences", 1},
		{"solves", 1},
		{"without the patch", 1},
		{"without this patch", 1},
		{"without this series", 1},
		{"without your patch", 1},
		{"without your series", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_mailevents_has(mail, i, ND_CUE_FAILS) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NO_FAILURE) &&
	       !nd_mailevents_has(mail, i, ND_CUE_WORKS) && !gives_tag(mail) &&
	       !nd_phrases_in(ND_PHRASES(mended), said->text, said->len);
}

/*
 * Does a thread begin with an answer to an answer, or to a program, of which it is
 * not known who posted what it is about? It may be its author who speaks.
 */
static bool
may_be_author(const struct nd_mailevents *mail)
{
	const struct nd_body *body = mail->message->body;
	const struct nd_address *first;

	if (mail->index != mail->thread->root || mail->target != ND_NO_MESSAGE)
		return false;
	first = nd_recipients_first(mail->thread, mail->message, NULL);
	if (first && nd_people_is_robot(first))
		return true;
	for (size_t i = 0; i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_QUOTE &&
		    body->line[i].depth > 1)
			return true;
	return false;
}

static void
read_deed(const struct nd_mailevents *mail, const struct deed *deed)
{
	size_t sentence[ND_ACT_SENTENCES];
	size_t count = nd_act_sentences(mail->acts, deed->act, sentence);
	enum nd_event_type type = !mail->on_patch   ? deed->in_talk
	                          : mail->by_author ? deed->of_author
	                                            : deed->of_other;

	for (size_t i = 0; i < count; i++) {
		struct nd_event *event;

		if (deed->act == ND_ACT_REQUESTS &&
		    asks_more(mail, sentence[i]))
			continue;
		if (deed->act == ND_ACT_ANSWERS &&
		    nd_mailevents_has(mail, sentence[i], ND_CUE_ME_TOO))
			continue;
		if (nd_unsure_is_void(mail, deed->act, sentence[i]))
			continue;
		event = nd_reviewform_say(mail, type, sentence[i]);
		if (nd_unsure_is(mail, deed->act, sentence[i]) ||
		    ((type == ND_EVENT_CHANGES_REQUESTED ||
		      type == ND_EVENT_OBJECTION) &&
		     may_be_author(mail)))
			event->flags |= ND_EVENT_UNSURE;
		if (type == ND_EVENT_TEST_RESULT &&
		    tells_failure(mail, sentence[i]))
			event->flags |= ND_EVENT_FAILED;
	}
}

/* "Tested-by:" tells a result, too. */
static void
read_tested(const struct nd_mailevents *mail)
{
	const struct nd_thread *thread = mail->thread;

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];

		if (trailer->message != mail->index ||
		    !nd_trailer_says(trailer->type, "tested"))
			continue;
		nd_mailevents_add(mail, ND_EVENT_TEST_RESULT, trailer->line,
		                  trailer->type, strlen(trailer->type));
		return;
	}
}

/* "Right, thanks, commit updated.", "I'll fix that up when applying." */
static bool
says_amended(const struct nd_utterance *said)
{
	static const struct nd_phrase words[] = {
		{"amended", 1},        {"before applying", 1},
		{"commit updated", 1}, {"fix it up", 1},
		{"fix that up", 1},    {"fix this up", 1},
		{"fixed up", 1},       {"folded in", 1},
		{"i also fixed", 1},   {"i can fix", 1},
		{"i fixed", 1},        {"i'll change", 1},
		{"i'll fix", 1},       {"i'll update", 1},
		{"i've changed", 1},   {"i've fixed", 1},
		{"i've updated", 1},   {"squashed", 1},
		{"when applying", 1},  {"when committing", 1},
		{"while applying", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), said->text, said->len);
}

/* "Merged!", below one's own posting, and nothing else: too little to believe
 * it, but nobody is waited for. */
static bool
says_merged(const struct nd_mailevents *mail)
{
	static const struct nd_phrase words[] = {
		{"merged", 1},
		{"pushed", 1},
	};
	const unsigned own = ND_ACT_BY_AUTHOR | ND_ACT_TO_SELF;

	return (mail->acts->facts & own) == own && mail->said.count == 1 &&
	       mail->said.utterance[0].len <= MERGED_BYTES &&
	       nd_phrases_at(ND_PHRASES(words), mail->said.utterance[0].text,
	                     mail->said.utterance[0].len, NULL);
}

/* What those see who have no texts any more. */
static void
flag_mail(const struct nd_mailevents *mail)
{
	struct nd_message *message = mail->thread->message[mail->index];

	if (says_merged(mail))
		message->flags |= ND_MESSAGE_SETTLES;
	for (size_t i = 0; i < mail->said.count; i++) {
		if (nd_mailevents_has(mail, i, ND_CUE_PING))
			message->flags |= ND_MESSAGE_REMINDS;
		if (nd_talkform_settles(mail, i))
			message->flags |= ND_MESSAGE_SETTLES;
		if (says_amended(&mail->said.utterance[i]) &&
		    !nd_mailevents_has(mail, i, ND_CUE_PLEASE_CHANGE) &&
		    !nd_mailevents_asks(mail, i))
			message->flags |= ND_MESSAGE_AMENDS;
	}
}

void
nd_review_read(const struct nd_mailevents *mail)
{
	flag_mail(mail);
	if (mail->on_patch)
		nd_reviewform_read(mail);
	else
		nd_talkform_read(mail);
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		read_deed(mail, &deeds[i]);
	nd_concession_read(mail);
	read_tested(mail);
}
