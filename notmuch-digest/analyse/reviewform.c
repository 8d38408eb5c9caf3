/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/reviewform.h"

#include <string.h>

#include "acts/asked.h"
#include "analyse/unsure.h"
#include "model/address.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

/* "@Ben, that belongs on a line of its own.": not the author's to do. */
static bool
is_to_another(const struct nd_mailevents *mail, const struct nd_event *wish)
{
	const struct nd_thread *thread = mail->thread;
	const struct nd_address *called = nd_asked_called(thread, wish);

	/* "@bot please rebase": said to who has not written here */
	if (!called && *wish->text == '@')
		return nd_str_starts_nocase(
			wish->text + strcspn(wish->text, " "), " please ");
	return called && mail->target != ND_NO_MESSAGE &&
	       !nd_address_same_person(called,
	                               &thread->message[mail->target]->sender);
}

/* "Please do not top post.": of how one writes mails, not of the patches */
static bool
is_on_mailing(const struct nd_event *wish)
{
	static const struct nd_phrase words[] = {
		{"bottom post", 1},  {"edit your quotes", 1},
		{"html email", 1},   {"html mail", 1},
		{"html mails", 1},   {"quote properly", 1},
		{"reply inline", 1}, {"top post", 1},
		{"top posting", 1},  {"top-post", 1},
		{"top-posting", 1},  {"trim your", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), wish->text, strlen(wish->text));
}

struct nd_event *
nd_reviewform_say(const struct nd_mailevents *mail, enum nd_event_type type,
                  size_t i)
{
	struct nd_event *event =
		nd_mailevents_say(mail, type, &mail->said.utterance[i]);

	if (type == ND_EVENT_CHANGES_REQUESTED &&
	    (is_to_another(mail, event) || is_on_mailing(event)))
		event->flags |= ND_EVENT_OTHERS;
	return event;
}

/* "NAKed", "nack'd", "Nacked": the bytes of its ending; 0: it has none. */
static size_t
ending_of_nack(const char *text, size_t len)
{
	static const char *const endings[] = {"ed", "'d", "\u2019d", "'ed"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t size = strlen(endings[i]);

		if (nd_mem_starts_nocase(text, len, endings[i]) &&
		    (size == len || !nd_phrase_is_word_byte(text[size])))
			return size;
	}
	return 0;
}

/* "Consider it NAKed", "this is nacked": not "it was NAKed last year". */
static bool
is_nacked_now(const struct nd_mailevents *mail, size_t i, size_t before)
{
	static const struct nd_phrase now[] = {
		{"consider", 1}, {"considered", 1}, {"hereby", 1},
		{"it is", 1},    {"it's", 1},       {"that is", 1},
		{"that's", 1},   {"this is", 1},    {"these are", 1},
	};

	return nd_phrases_in(ND_PHRASES(now), mail->said.utterance[i].text,
	                     before) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEGATION) &&
	       !nd_mailevents_asks(mail, i);
}

/* "The chip answers with a NACK.", "-ENXIO means NACK, I think." */
static bool
is_on_the_wire(const struct nd_utterance *said)
{
	static const struct nd_phrase words[] = {
		{"answer", 1},   {"answers", 1},   {"bus", 1},
		{"chip", 1},     {"device", 1},    {"frame", 1},
		{"get", 1},      {"gets", 1},      {"got", 1},
		{"i2c", 1},      {"means", 1},     {"packet", 1},
		{"receive", 1},  {"received", 1},  {"receives", 1},
		{"respond", 1},  {"responds", 1},  {"return", 1},
		{"returned", 1}, {"returning", 1}, {"returns", 1},
		{"send", 1},     {"sending", 1},   {"sends", 1},
		{"sent", 1},     {"slave", 1},     {"transfer", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), said->text, said->len);
}

/*
 * NAK, NACK, Nacked: at the start, or in capitals anywhere; in other words
 * only as what is done now. Protocols and buses have NACKs, too: "sends a
 * NACK", "NACK bit", "I2C NACK".
 */
static bool
is_nack(const struct nd_mailevents *mail, size_t i)
{
	static const char *const forms[] = {"NACK", "NAK"};
	const struct nd_utterance *said = &mail->said.utterance[i];

	for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
		size_t size = strlen(forms[k]);
		const char *at =
			nd_mem_find_nocase(said->text, said->len, forms[k]);
		size_t before, after, ending;

		if (!at)
			continue;
		before = (size_t)(at - said->text);
		after = said->len - before - size;
		if (before > 0 && nd_phrase_is_word_byte(at[-1]))
			continue;
		at += size;
		ending = ending_of_nack(at, after);
		if (before == 0)
			return after == 0 || !nd_phrase_is_word_byte(*at) ||
			       ending > 0;
		if (ending > 0 && is_nacked_now(mail, i, before))
			return true;
		if (memcmp(at - size, forms[k], size) != 0)
			continue;
		if (((after == 0 || strchr(".!,:", *at)) &&
		     !is_on_the_wire(said)) ||
		    nd_mem_starts_nocase(at, after, " on ") ||
		    nd_mem_starts_nocase(at, after, " to ") ||
		    nd_mem_starts_nocase(at, after, " for ") ||
		    nd_mem_starts_nocase(at, after, " from "))
			return true;
	}
	return false;
}

/* "I'll take Ada's version", where Ada has sent it */
static bool
names_author(const struct nd_mailevents *mail, const struct nd_utterance *said)
{
	void *tmp = talloc_new(NULL);
	const char *name =
		nd_address_name(tmp, &nd_thread_root(mail->thread)->sender);
	size_t first = strcspn(name, " ");
	bool named = false;

	for (size_t at = 0; first > 0 && !named && at + first <= said->len;
	     at++)
		named = nd_mem_equal_nocase(said->text + at, name, first);
	talloc_free(tmp);
	return named;
}

/* "I won't take this", "I'll take Ben's version": not "we won't take it if …". */
static bool
is_refusal(const struct nd_mailevents *mail, size_t i)
{
	return (nd_mailevents_has(mail, i, ND_CUE_REFUSE) ||
	        (nd_mailevents_has(mail, i, ND_CUE_TAKES_OTHER) &&
	         !names_author(mail, &mail->said.utterance[i]))) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_asks(mail, i);
}

/* "Hell no.", "No way this goes in.": the first word on a patch */
static bool
is_flat_no(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase words[] = {
		{"absolutely not", 1}, {"certainly not", 1},
		{"definitely not", 1}, {"hell no", 1},
		{"just no", 1},        {"no no", 1},
		{"no way", 1},         {"no, please", 1},
		{"not like this", 1},  {"over my dead body", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return i == 0 && (mail->acts->facts & ND_ACT_TO_PATCH) &&
	       nd_phrases_at(ND_PHRASES(words), said->text, said->len, NULL) &&
	       !nd_mailevents_asks(mail, i);
}

/* What begins with it takes back one's own patch, when it answers to that. */
static bool
takes_back(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase words[] = {
		{"disregard this", 1}, {"drop this one", 1}, {"forget this", 1},
		{"ignore this", 1},    {"nack", 1},          {"nak", 1},
		{"scratch that", 1},   {"scratch this", 1},  {"self-nack", 1},
		{"self-nak", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];
	const unsigned own = ND_ACT_TO_SELF | ND_ACT_TO_PATCH;

	return (mail->acts->facts & own) == own &&
	       nd_phrases_at(ND_PHRASES(words), said->text, said->len, NULL);
}

/* "Can you drop this?", "Mind to drop the series?": the author, of all of it */
static bool
asks_to_drop(const struct nd_utterance *said)
{
	static const struct nd_phrase asks[] = {
		{"can you", 1},   {"can you please", 1},
		{"could you", 1}, {"could you please", 1},
		{"mind to", 1},   {"please", 1},
	};
	static const struct nd_phrase drops[] = {
		{"drop it", 1},
		{"drop the patch", 1},
		{"drop the patches", 1},
		{"drop the patchset", 1},
		{"drop the series", 1},
		{"drop these patches", 1},
		{"drop this", 1},
		{"drop this patch", 1},
		{"drop this patchset", 1},
		{"drop this series", 1},
	};
	const char *text = said->text;
	size_t len = said->len, end;

	for (size_t i = 0; i + 1 < len; i++) {
		if (i > 0 && nd_phrase_is_word_byte(text[i - 1]))
			continue;
		if (!nd_phrases_at(ND_PHRASES(asks), text + i, len - i, &end))
			continue;
		i += end;
		while (i < len && text[i] == ' ')
			i++;
		return nd_phrases_at(ND_PHRASES(drops), text + i, len - i,
		                     &end) &&
		       i + end + 1 >= len;
	}
	return false;
}

/* "please ignore this patch", "I withdraw this series" */
static bool
is_withdrawal(const struct nd_mailevents *mail, size_t i)
{
	if (asks_to_drop(&mail->said.utterance[i]))
		return true;
	return (nd_mailevents_has(mail, i, ND_CUE_WITHDRAW) ||
	        takes_back(mail, i)) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_has(mail, i, ND_CUE_MODAL_WOULD) &&
	       !nd_mailevents_asks(mail, i);
}

static bool
is_superseding(const struct nd_mailevents *mail, size_t i)
{
	return (nd_mailevents_has(mail, i, ND_CUE_SUPERSEDED) ||
	        (!mail->by_author &&
	         nd_mailevents_has(mail, i, ND_CUE_REPLACED))) &&
	       !nd_mailevents_asks(mail, i);
}

/*
 * "Please split this.": a plain wish in a reply without a quote, of which the
 * model has seen few.
 */
static bool
is_request(const struct nd_mailevents *mail, size_t i)
{
	enum { ODDS_LEAST = -2 };

	return nd_mailevents_has(mail, i, ND_CUE_PLEASE_CHANGE) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_asks(mail, i) &&
	       !nd_act_is_done(mail->acts, ND_ACT_REQUESTS) &&
	       mail->acts->sentence[i].act[ND_ACT_REQUESTS] > ODDS_LEAST;
}

static bool
is_among(const struct nd_mailevents *mail, enum nd_act act, size_t i)
{
	size_t sentence[ND_ACT_SENTENCES];
	size_t count = nd_act_sentences(mail->acts, act, sentence);

	for (size_t k = 0; k < count; k++)
		if (sentence[k] == i)
			return true;
	return false;
}

/* "Go ahead and merge as is.", where the model did not hear it. */
static bool
is_go_ahead(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase refusals[] = {
		{"can't", 1}, {"cannot", 1}, {"don't", 1},
		{"never", 1}, {"not", 1},    {"won't", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_mailevents_has(mail, i, ND_CUE_GO_AHEAD) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_phrases_in(ND_PHRASES(refusals), said->text, said->len) &&
	       !nd_mailevents_has(mail, i, ND_CUE_FUTURE_I) &&
	       !nd_mailevents_asks(mail, i) &&
	       !is_among(mail, ND_ACT_APPROVES, i);
}

/* "I'll look at this on Monday.": not at the next version, nor "like this". */
static bool
is_review_promise(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase likeness[] = {
		{"look a bit", 1}, {"look like", 1}, {"look similar", 1},
		{"look the", 1},   {"try again", 1}, {"try and", 1},
		{"try to", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_mailevents_has(mail, i, ND_CUE_WILL_LOOK) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEGATION) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEXT_VERSION) &&
	       !nd_phrases_in(ND_PHRASES(likeness), said->text, said->len) &&
	       !nd_mailevents_asks(mail, i);
}

/* Does a sentence stand right below a quote of what somebody else wanted? */
static bool
is_below_wish(const struct nd_mailevents *mail, const struct nd_utterance *said)
{
	const struct nd_thread *thread = mail->thread;
	const struct nd_line *line = mail->message->body->line;
	uint32_t at = said->line;
	int32_t source;

	while (at > 0 && line[at - 1].kind == ND_LINE_BLANK)
		at--;
	if (at == 0 || line[at - 1].kind != ND_LINE_QUOTE)
		return false;
	source = line[at - 1].source;
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].message == source &&
		    thread->event[i].type == ND_EVENT_CHANGES_REQUESTED &&
		    !nd_address_same_person(&thread->event[i].who,
		                            &mail->message->sender))
			return true;
	return false;
}

/*
 * "No, it is freed by the caller.": the author says why it is as it is, where
 * the model heard nothing at all.
 */
static bool
is_defence(const struct nd_mailevents *mail, size_t i)
{
	static const enum nd_act others[] = {ND_ACT_ANSWERS, ND_ACT_PROMISES,
	                                     ND_ACT_APPROVES, ND_ACT_WITHDRAWS};
	static const enum nd_cue yields[] = {
		ND_CUE_AGREE,        ND_CUE_ASSENT,    ND_CUE_COMMITMENT,
		ND_CUE_DECIDE,       ND_CUE_DONE,      ND_CUE_FUTURE_I,
		ND_CUE_NEXT_VERSION, ND_CUE_PROMISE,   ND_CUE_SORRY,
		ND_CUE_THANKS,       ND_CUE_WILL_TAKE, ND_CUE_YES};
	static const struct nd_phrase concessions[] = {
		{"got it", 1},
		{"gotcha", 1},
		{"i see", 1},
		{"i should", 1},
	};

	if (mail->acts->facts & ND_ACT_DIFF)
		return false;
	for (size_t k = 0; k < sizeof others / sizeof *others; k++)
		if (nd_act_is_done(mail->acts, others[k]))
			return false;
	for (size_t k = 0; k < mail->said.count; k++) {
		const struct nd_utterance *said = &mail->said.utterance[k];

		for (size_t c = 0; c < sizeof yields / sizeof *yields; c++)
			if (nd_mailevents_has(mail, k, yields[c]))
				return false;
		if (nd_mailevents_asks(mail, k) ||
		    nd_phrases_in(ND_PHRASES(concessions), said->text,
		                  said->len))
			return false;
	}
	return is_below_wish(mail, &mail->said.utterance[i]);
}

/* "That build failure is not related to this patch.", said to the program that
 * has found it, of one's own patch or one whose author is not known */
static bool
is_dismissal(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase words[] = {
		{"already fixed", 1},      {"bogus", 1},
		{"false positive", 1},     {"false report", 1},
		{"is fixed", 1},           {"isn't caused by", 1},
		{"isn't related", 1},      {"known issue", 1},
		{"not caused by", 1},      {"not introduced by", 1},
		{"not my patch", 1},       {"not related", 1},
		{"nothing to do with", 1}, {"pre-existing", 1},
		{"preexisting", 1},        {"seems unrelated", 1},
		{"unrelated", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];
	int32_t parent = mail->message->parent;

	return parent != ND_NO_MESSAGE &&
	       (mail->thread->message[parent]->flags & ND_MESSAGE_ROBOT) &&
	       (mail->by_author || mail->target == ND_NO_MESSAGE) &&
	       nd_phrases_in(ND_PHRASES(words), said->text, said->len) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_asks(mail, i);
}

/* "I already sent this a month ago.", "Cy submitted an identical patch." */
static bool
is_second(const struct nd_utterance *said)
{
	static const struct nd_phrase sent[] = {
		{"already been posted", 1},
		{"already been proposed", 1},
		{"already been sent", 1},
		{"already been submitted", 1},
		{"i already posted a patch", 1},
		{"i already posted this", 1},
		{"i already sent a patch", 1},
		{"i already sent this", 1},
		{"i've already posted a patch", 1},
		{"i've already sent a patch", 1},
		{"it's already proposed", 1},
	};
	static const struct nd_phrase twins[] = {
		{"a similar fix", 1},           {"a similar patch", 1},
		{"an identical fix", 1},        {"an identical patch", 1},
		{"another patch just like", 1}, {"exact same fix", 1},
		{"exact same patch", 1},        {"exactly the same patch", 1},
	};
	static const struct nd_phrase fates[] = {
		{"applied", 1}, {"merged", 1}, {"posted", 1},
		{"queued", 1},  {"sent", 1},   {"submitted", 1},
	};

	return nd_phrases_in(ND_PHRASES(sent), said->text, said->len) ||
	       (nd_phrases_in(ND_PHRASES(twins), said->text, said->len) &&
	        nd_phrases_in(ND_PHRASES(fates), said->text, said->len));
}

/* "This was already fixed by commit 1a2b3c4.": of the patch, as the first or
 * second thing that is said of it. */
static bool
is_superfluous(const struct nd_mailevents *mail, size_t i)
{
	return i <= 1 &&
	       (nd_mailevents_has(mail, i, ND_CUE_ALREADY) ||
	        is_second(&mail->said.utterance[i])) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEXT_VERSION) &&
	       !nd_act_is_done(mail->acts, ND_ACT_REQUESTS) &&
	       nd_mailevents_is_sure(mail, i);
}

static const struct nd_reviewform forms[] = {
	{ND_EVENT_NACK, false, true, is_nack},
	{ND_EVENT_OBJECTION, false, true, is_flat_no},
	{ND_EVENT_REJECTED, false, true, is_refusal},
	{ND_EVENT_REJECTED, false, true, is_superfluous},
	{ND_EVENT_CHANGES_REQUESTED, false, true, is_request},
	{ND_EVENT_APPROVED, false, true, is_go_ahead},
	{ND_EVENT_WITHDRAWN, true, false, is_withdrawal},
	{ND_EVENT_SUPERSEDED, true, true, is_superseding},
	{ND_EVENT_ANSWER, true, false, is_defence},
	{ND_EVENT_ANSWER, true, true, is_dismissal},
	{ND_EVENT_REVIEW_PROMISED, false, true, is_review_promise},
};

void
nd_reviewform_try(const struct nd_mailevents *mail,
                  const struct nd_reviewform *form)
{
	if (!(mail->by_author ? form->by_author : form->by_others))
		return;
	for (size_t i = 0; i < mail->said.count; i++)
		if (form->holds(mail, i)) {
			struct nd_event *event =
				nd_reviewform_say(mail, form->type, i);

			if ((form->type == ND_EVENT_CHANGES_REQUESTED &&
			     nd_unsure_is(mail, ND_ACT_REQUESTS, i)) ||
			    (form->type == ND_EVENT_RESPIN_PROMISED &&
			     nd_unsure_is(mail, ND_ACT_PROMISES, i)))
				event->flags |= ND_EVENT_UNSURE;
			return;
		}
}

void
nd_reviewform_read(const struct nd_mailevents *mail)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		nd_reviewform_try(mail, &forms[i]);
}
