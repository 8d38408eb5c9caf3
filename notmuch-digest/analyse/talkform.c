/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/talkform.h"

#include <string.h>

#include "acts/acceptance.h"
#include "analyse/reviewform.h"
#include "model/address.h"
#include "text/phrase.h"
#include "text/trailerline.h"
#include "util/alloc.h"
#include "util/str.h"

/* "Sorry for the noise.": who asked asks no more. */
static bool
takes_question_back(const struct nd_utterance *said)
{
	static const struct nd_phrase words[] = {
		{"false alarm", 1},        {"for the noise", 1},
		{"ignore my earlier", 1},  {"ignore my last", 1},
		{"ignore my previous", 1}, {"ignore this", 1},
		{"my mistake", 1},         {"never mind", 1},
		{"nevermind", 1},          {"please disregard", 1},
		{"user error", 1},
	};

	return nd_phrases_in(ND_PHRASES(words), said->text, said->len);
}

enum { TAKEN_BACK_MAX = 8 }; /* sentences: what is longer says more */

/* "Ignore my previous mail, I had forgotten to submit.": what a thread begins
 * with was asked in another one. */
static bool
takes_other_back(const struct nd_mailevents *mail)
{
	static const struct nd_phrase words[] = {
		{"disregard my earlier", 1},  {"disregard my last", 1},
		{"disregard my previous", 1}, {"ignore my earlier", 1},
		{"ignore my last", 1},        {"ignore my previous", 1},
	};
	bool found = false;

	for (size_t i = 0; i < mail->said.count; i++) {
		const struct nd_utterance *said = &mail->said.utterance[i];

		if (nd_mailevents_asks(mail, i))
			return false;
		found = found ||
		        nd_phrases_in(ND_PHRASES(words), said->text, said->len);
	}
	return found && mail->said.count <= TAKEN_BACK_MAX;
}

/* "That works.", "Yes, it works!", of what others advised: what is longer may tell
 * how, or where it does */
static bool
says_it_works(const struct nd_mailevents *mail, size_t i)
{
	enum { BYTES_MAX = 40 };
	static const struct nd_phrase advice[] = {
		{"that", 1},
		{"this", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_mailevents_has(mail, i, ND_CUE_WORKED) &&
	       said->len <= BYTES_MAX &&
	       (nd_mailevents_has(mail, i, ND_CUE_YES) ||
	        nd_mailevents_has(mail, i, ND_CUE_THANKS) ||
	        nd_phrases_at(ND_PHRASES(advice), said->text, said->len, NULL));
}

/* "6.19-rc3 does resolve the issue, thanks for fixing it": what others did; not
 * what one did oneself, or would rather not do */
static bool
says_it_helped(const struct nd_mailevents *mail, size_t i)
{
	enum { BYTES_MAX = 100 };
	static const struct nd_phrase stopgaps[] = {
		{"downgrading", 1}, {"i", 1},          {"my patch", 1},
		{"reverting", 1},   {"workaround", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_mailevents_has(mail, i, ND_CUE_RESOLVES) &&
	       nd_mailevents_has(mail, i, ND_CUE_THANKS) &&
	       mail->acts->facts & ND_ACT_BY_AUTHOR &&
	       !(mail->acts->facts & ND_ACT_TO_SELF) &&
	       said->len <= BYTES_MAX &&
	       !nd_phrases_in(ND_PHRASES(stopgaps), said->text, said->len);
}

/* "This was resolved.", "It works now." */
bool
nd_talkform_settles(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase found[] = {
		{"did fix my issue", 1},
		{"did fix my problem", 1},
		{"did the trick", 1},
		{"does the trick", 1},
		{"exactly what i needed", 1},
		{"exactly what i was looking for", 1},
		{"fixed my issue", 1},
		{"fixed my problem", 1},
		{"fixes my issue", 1},
		{"fixes my problem", 1},
		{"got it to work", 1},
		{"got it working", 1},
		{"got the result i want", 1},
		{"got the result i wanted", 1},
		{"i figured out how", 1},
		{"i figured out what", 1},
		{"i figured out why", 1},
		{"it's fixed now", 1},
		{"it's resolved", 1},
		{"it's solved", 1},
		{"now it's fixed", 1},
		{"now it's resolved", 1},
		{"solved my issue", 1},
		{"solved my problem", 1},
		{"solves my issue", 1},
		{"solves my problem", 1},
		{"was the solution", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return (nd_mailevents_has(mail, i, ND_CUE_SETTLED) ||
	        says_it_works(mail, i) || says_it_helped(mail, i) ||
	        nd_phrases_in(ND_PHRASES(found), said->text, said->len)) &&
	       !nd_mailevents_has(mail, i, ND_CUE_FAILS) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEGATION) &&
	       !nd_mailevents_has(mail, i, ND_CUE_CONTRAST) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_asks(mail, i);
}

/* "Thanks a lot for your help!": to who answered, and nothing else */
static bool
only_thanks(const struct nd_mailevents *mail)
{
	enum { SENTENCES_MAX = 2, BYTES_MAX = 70 };
	static const struct nd_phrase gifts[] = {
		{"for clarifying", 1},
		{"for explaining", 1},
		{"for the answer", 1},
		{"for the clarification", 1},
		{"for the explanation", 1},
		{"for the help", 1},
		{"for the pointer", 1},
		{"for the update", 1},
		{"for your answer", 1},
		{"for your clarification", 1},
		{"for your explanation", 1},
		{"for your help", 1},
		{"your help", 1},
	};
	static const struct nd_phrase more[] = {
		{"advance", 1}, {"but", 1},   {"however", 1}, {"i will", 1},
		{"i'll", 1},    {"still", 1}, {"try", 1},     {"will", 1},
	};

	bool found = false;

	if (mail->said.count > SENTENCES_MAX ||
	    mail->acts->facts & (ND_ACT_TO_SELF | ND_ACT_FIRST))
		return false;
	for (size_t i = 0; i < mail->said.count; i++) {
		const struct nd_utterance *said = &mail->said.utterance[i];

		found = found ||
		        nd_phrases_in(ND_PHRASES(gifts), said->text, said->len);
		if (said->len > BYTES_MAX || nd_mailevents_asks(mail, i) ||
		    nd_phrases_in(ND_PHRASES(more), said->text, said->len) ||
		    nd_mailevents_has(mail, i, ND_CUE_NEGATION) ||
		    (!nd_mailevents_has(mail, i, ND_CUE_THANKS) &&
		     !nd_mailevents_has(mail, i, ND_CUE_COURTESY)))
			return false;
	}
	return found;
}

/* Who asked has what they wanted, or wants it no more. */
static bool
is_settled(const struct nd_mailevents *mail, size_t i)
{
	const unsigned own = ND_ACT_BY_AUTHOR | ND_ACT_TO_SELF;

	if ((mail->acts->facts & own) == own &&
	    takes_question_back(&mail->said.utterance[i]))
		return true;
	if (mail->acts->facts & ND_ACT_FIRST)
		return takes_other_back(mail);
	return mail->acts->facts & ND_ACT_BY_AUTHOR &&
	       (nd_talkform_settles(mail, i) || only_thanks(mail));
}

/* "fixed in v6.18.3", "solved since 4.4" */
static bool
is_fixed_in_release(const struct nd_utterance *said)
{
	static const char *const words[] = {"fixed in ", "fixed since ",
	                                    "resolved in ", "solved in ",
	                                    "addressed in "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *at =
			nd_mem_find_nocase(said->text, said->len, words[i]);
		const char *end = said->text + said->len;
		size_t digits = 0;

		if (!at)
			continue;
		at += strlen(words[i]);
		at += at < end && nd_lower(*at) == 'v';
		while (at + digits < end && nd_is_digit(at[digits]))
			digits++;
		if (digits > 0 && at + digits + 1 < end && at[digits] == '.' &&
		    nd_is_digit(at[digits + 1]))
			return true;
	}
	return false;
}

/* "Now queued up, thanks.": to who asked for that, be it without a patch */
static bool
is_taking(const struct nd_mailevents *mail, size_t i)
{
	struct nd_acceptance claim;

	return i == 0 && mail->message->parent == mail->thread->root &&
	       nd_acceptance_read(&mail->said.utterance[i], &claim) &&
	       nd_acceptance_is_plain(&claim);
}

/* "Fixed by commit 1a2b3c4", "I have reverted that patch": of a bug. */
static bool
is_remedy(const struct nd_mailevents *mail, size_t i)
{
	return !(mail->acts->facts & (ND_ACT_BY_AUTHOR | ND_ACT_FIRST)) &&
	       (is_taking(mail, i) ||
	        nd_mailevents_has(mail, i, ND_CUE_REMEDY) ||
	        is_fixed_in_release(&mail->said.utterance[i])) &&
	       nd_mailevents_is_sure(mail, i);
}

/* "I'll send a fix for this.", where the model heard no promise at all */
static bool
is_plain_promise(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase deeds[] = {
		{"cook up a", 1},        {"craft a fix", 1},
		{"craft a patch", 1},    {"post a fix", 1},
		{"post a patch", 1},     {"post the fix", 1},
		{"post the patch", 1},   {"prepare a fix", 1},
		{"prepare a patch", 1},  {"send a fix", 1},
		{"send a patch", 1},     {"send out a fix", 1},
		{"send out a patch", 1}, {"send out the fix", 1},
		{"send the fix", 1},     {"send the patch", 1},
		{"submit a fix", 1},     {"submit a patch", 1},
		{"write a patch", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return !nd_act_is_done(mail->acts, ND_ACT_PROMISES) &&
	       nd_mailevents_has(mail, i, ND_CUE_FUTURE_I) &&
	       nd_phrases_in(ND_PHRASES(deeds), said->text, said->len) &&
	       !nd_mailevents_has(mail, i, ND_CUE_IF) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEGATION) &&
	       !nd_mailevents_asks(mail, i);
}

/* Is it the sender's own "Tested-by: …"? */
static bool
is_own_test(const struct nd_message *message, const char *text, size_t len)
{
	void *tmp = talloc_new(NULL);
	struct nd_trailer trailer;
	bool own = nd_trailerline_parse(tmp, text, len, NULL, 0, &trailer) &&
	           nd_trailer_says(trailer.type, "tested") &&
	           nd_address_same_person(&trailer.who, &message->sender);

	talloc_free(tmp);
	return own;
}

/* Who asked has tested what others sent in the talk, which has no trailers. */
static void
read_tested(const struct nd_mailevents *mail)
{
	const struct nd_body *body = mail->message->body;

	if (!(mail->acts->facts & ND_ACT_BY_AUTHOR) ||
	    mail->acts->facts & (ND_ACT_FIRST | ND_ACT_TO_SELF))
		return;
	for (size_t i = 0; i < body->line_count; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (body->line[i].kind == ND_LINE_QUOTE ||
		    !is_own_test(mail->message, text, len))
			continue;
		nd_mailevents_add(mail, ND_EVENT_AGREED, (uint32_t)i, text,
		                  len);
		return;
	}
}

static const struct nd_reviewform of_asker = {ND_EVENT_AGREED, true, true,
                                              is_settled};
static const struct nd_reviewform of_helper = {ND_EVENT_ANSWER, true, true,
                                               is_remedy};
static const struct nd_reviewform of_talk = {ND_EVENT_RESPIN_PROMISED, true,
                                             true, is_plain_promise};

enum { TRACKER_LINES = 40 }; /* of a mail, where its table stands */

/*
 * "Status|NEW |RESOLVED": what a tracker (Bugzilla) says above the words of the one
 * who has closed it.
 */
static bool
is_closing(const char *text, size_t len)
{
	static const char *const states[] = {"RESOLVED", "CLOSED", "VERIFIED"};
	static const char field[] = "Status|";
	const char *to;

	nd_mem_trim(&text, &len);
	if (!nd_mem_starts(text, len, field))
		return false;
	to = memchr(text + strlen(field), '|', len - strlen(field));
	for (size_t i = 0; to && i < sizeof states / sizeof *states; i++)
		if (nd_mem_starts(to + 1, (size_t)(text + len - to - 1),
		                  states[i]))
			return true;
	return false;
}

static void
read_tracker(const struct nd_mailevents *mail)
{
	const struct nd_body *body = mail->message->body;

	for (size_t i = 0; i < body->line_count && i < TRACKER_LINES; i++) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);

		if (body->line[i].kind == ND_LINE_QUOTE ||
		    !is_closing(text, len))
			continue;
		nd_mailevents_add(mail, ND_EVENT_AGREED, (uint32_t)i, text,
		                  len);
		return;
	}
}

void
nd_talkform_read(const struct nd_mailevents *mail)
{
	if (!nd_act_is_done(mail->acts, ND_ACT_APPROVES))
		nd_reviewform_try(mail, &of_asker);
	if (!nd_act_is_done(mail->acts, ND_ACT_ANSWERS))
		nd_reviewform_try(mail, &of_helper);
	nd_reviewform_try(mail, &of_talk);
	read_tracker(mail);
	read_tested(mail);
}
