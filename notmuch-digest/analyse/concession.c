/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/concession.h"

#include "analyse/reviewform.h"
#include "model/address.h"
#include "text/phrase.h"

enum {
	SENTENCES_MAX = 5, /* what is longer says more */
	ABOVE_MAX = 200,   /* mails */
};

static const unsigned refusals = 1u << ND_EVENT_OBJECTION |
                                 1u << ND_EVENT_NACK | 1u << ND_EVENT_REJECTED;
static const unsigned wishes = refusals | 1u << ND_EVENT_CHANGES_REQUESTED;

/* Does a mail have an event of these types? */
static bool
has_event(const struct nd_thread *thread, int32_t mail, unsigned types)
{
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == mail &&
		    types & 1u << thread->event[i].type)
			return true;
	return false;
}

/* Is something asked or wanted in the mail, or is another version spoken of? */
static bool
goes_on(const struct nd_mailevents *mail)
{
	for (size_t i = 0; i < mail->said.count; i++)
		if (nd_mailevents_asks(mail, i) ||
		    nd_mailevents_has(mail, i, ND_CUE_NEXT_VERSION) ||
		    nd_mailevents_has(mail, i, ND_CUE_PLEASE_CHANGE))
			return true;
	return nd_act_is_done(mail->acts, ND_ACT_REQUESTS) ||
	       nd_act_is_done(mail->acts, ND_ACT_OBJECTS) ||
	       nd_act_is_done(mail->acts, ND_ACT_ASKS) ||
	       nd_act_is_done(mail->acts, ND_ACT_PROMISES);
}

/* Whom does it answer? NULL: nobody, or their own mail. */
static const struct nd_message *
answered(const struct nd_mailevents *mail)
{
	const struct nd_message *parent;

	if (mail->message->parent == ND_NO_MESSAGE)
		return NULL;
	parent = mail->thread->message[mail->message->parent];
	return nd_message_is_person(parent) &&
	                       !nd_address_same_person(&parent->sender,
	                                               &mail->message->sender)
	               ? parent
	               : NULL;
}

/* Did they want something in a mail that the answered one answers? */
static bool
wanted_above(const struct nd_mailevents *mail, const struct nd_message *parent)
{
	const struct nd_thread *thread = mail->thread;
	int32_t at = parent->parent;

	for (int steps = 0; at != ND_NO_MESSAGE && steps < ABOVE_MAX; steps++) {
		if (nd_address_same_person(&thread->message[at]->sender,
		                           &mail->message->sender) &&
		    has_event(thread, at, wishes))
			return true;
		at = thread->message[at]->parent;
	}
	return false;
}

/* "Fair enough.", "OK, thanks for the pointer.": of who wanted it otherwise */
static bool
is_content(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase begins[] = {
		{"ah, i see", 1},        {"ah, ok", 1},     {"ah, okay", 1},
		{"ah, right", 1},        {"alright", 1},    {"fair enough", 1},
		{"fair point", 1},       {"got it", 1},     {"i see", 1},
		{"makes sense", 1},      {"never mind", 1}, {"nevermind", 1},
		{"oh, i see", 1},        {"ok, got it", 1}, {"ok, i see", 1},
		{"ok, makes sense", 1},  {"ok, thanks", 1}, {"okay, thanks", 1},
		{"that makes sense", 1},
	};
	static const struct nd_phrase anywhere[] = {
		{"for clarifying", 1},        {"for explaining", 1},
		{"for the clarification", 1}, {"for the explanation", 1},
		{"ignore my comment", 1},     {"ignore my question", 1},
		{"never mind my", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return (nd_phrases_at(ND_PHRASES(begins), said->text, said->len,
	                      NULL) ||
	        nd_phrases_in(ND_PHRASES(anywhere), said->text, said->len)) &&
	       !nd_mailevents_has(mail, i, ND_CUE_CONTRAST) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF);
}

/* "So my patch can be disregarded.": whatever was said before it */
static bool
lets_go(const struct nd_utterance *said)
{
	static const struct nd_phrase own[] = {
		{"my patch", 1},      {"my series", 1},   {"this patch", 1},
		{"this patchset", 1}, {"this series", 1},
	};
	static const struct nd_phrase fates[] = {
		{"can be abandoned", 1},   {"can be discarded", 1},
		{"can be disregarded", 1}, {"can be dropped", 1},
		{"can be ignored", 1},
	};

	return nd_phrases_in(ND_PHRASES(own), said->text, said->len) &&
	       nd_phrases_in(ND_PHRASES(fates), said->text, said->len);
}

/* "OK, let's keep it as-is.": to who does not want the patch */
static bool
gives_in(const struct nd_utterance *said)
{
	static const struct nd_phrase words[] = {
		{"let's drop it", 1},         {"let's drop this", 1},
		{"let's forget about it", 1}, {"let's forget about this", 1},
		{"let's forget it", 1},       {"let's forget this", 1},
		{"let's keep it as", 1},      {"let's keep things as", 1},
		{"let's leave it as", 1},     {"let's leave it at that", 1},
		{"let's leave it", 1},        {"let's leave things as", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), said->text, said->len);
}

static bool
is_surrender(const struct nd_mailevents *mail, size_t i, bool refused)
{
	const struct nd_utterance *said = &mail->said.utterance[i];

	return (lets_go(said) || (refused && gives_in(said))) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_has(mail, i, ND_CUE_MAYBE) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEGATION);
}

/* The first sentence that does it, of a reviewer in passing. */
void
nd_concession_read(const struct nd_mailevents *mail)
{
	const struct nd_message *parent = answered(mail);
	bool refused;

	if (!mail->on_patch || !parent || goes_on(mail))
		return;
	if (!mail->by_author &&
	    (mail->said.count > SENTENCES_MAX || !wanted_above(mail, parent)))
		return;
	refused = has_event(mail->thread, mail->message->parent, refusals);
	for (size_t i = 0; i < mail->said.count; i++) {
		if (mail->by_author ? !is_surrender(mail, i, refused)
		                    : !is_content(mail, i))
			continue;
		nd_reviewform_say(mail,
		                  mail->by_author ? ND_EVENT_WITHDRAWN
		                                  : ND_EVENT_AGREED,
		                  i)
			->flags |= mail->by_author ? 0 : ND_EVENT_UNSURE;
		return;
	}
}
