/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/unsure.h"

#include <string.h>

#include "acts/questionform.h"
#include "text/phrase.h"
#include "util/str.h"

/* Log odds of three to two. */
static const float sure_odds = 0.405F;

/* "Please rebase.", "Patch set to Changes Requested.": there is no doubt. */
static bool
is_plain_wish(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase set[] = {
		{"as changes requested", 1},
		{"to changes requested", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return (nd_mailevents_has(mail, i, ND_CUE_PLEASE_CHANGE) &&
	        !nd_mailevents_has(mail, i, ND_CUE_NEGATION) &&
	        !nd_mailevents_has(mail, i, ND_CUE_IF)) ||
	       nd_phrases_in(ND_PHRASES(set), said->text, said->len);
}

/* "I'll prepare a fix", "will send v3" */
static bool
is_plain_promise(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase deeds[] = {
		{"a fix", 1},       {"a follow-up", 1}, {"a followup", 1},
		{"a new patch", 1}, {"a patch", 1},     {"the fix", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_mailevents_has(mail, i, ND_CUE_FUTURE_I) &&
	       (nd_mailevents_has(mail, i, ND_CUE_COMMITMENT) ||
	        nd_mailevents_has(mail, i, ND_CUE_NEXT_VERSION) ||
	        nd_phrases_in(ND_PHRASES(deeds), said->text, said->len));
}

/* "nit: I'd call it foo", "Fwiw, I don't think that it is needed" */
static bool
is_taste(const struct nd_utterance *said)
{
	static const struct nd_phrase nits[] = {
		{"bikeshed", 1}, {"bikeshedding", 1}, {"nit", 1},
		{"nitpick", 1},  {"nitpicking", 1},   {"nits", 1},
	};
	static const struct nd_phrase asides[] = {
		{"for what it's worth", 1},
		{"fwiw", 1},
		{"imho", 1},
		{"imo", 1},
		{"personally", 1},
	};

	return nd_phrases_at(ND_PHRASES(asides), said->text, said->len, NULL) ||
	       nd_phrases_in(ND_PHRASES(nits), said->text, said->len);
}

/* "This is just my 0.02$.", wherever the mail says so */
static bool
is_all_opinion(const struct nd_mailevents *mail)
{
	static const struct nd_phrase cents[] = {
		{"just my opinion", 1}, {"my 0.02", 1},      {"my 2 cents", 1},
		{"my 2c", 1},           {"my two cents", 1},
	};

	for (size_t i = 0; i < mail->said.count; i++)
		if (nd_phrases_in(ND_PHRASES(cents),
		                  mail->said.utterance[i].text,
		                  mail->said.utterance[i].len))
			return true;
	return false;
}

/* "I think this is ok": nothing in it is to be different */
static bool
is_content(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase praise[] = {
		{"that is fine", 1}, {"that is ok", 1},   {"that's fine", 1},
		{"that's ok", 1},    {"this is fine", 1}, {"this is good", 1},
		{"this is ok", 1},   {"this is okay", 1},
	};
	static const struct nd_phrase buts[] = {
		{"although", 1}, {"apart from", 1}, {"but", 1},
		{"except", 1},   {"however", 1},    {"if", 1},
		{"instead", 1},  {"once", 1},       {"should", 1},
		{"though", 1},   {"unless", 1},     {"when", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_phrases_in(ND_PHRASES(praise), said->text, said->len) &&
	       !nd_phrases_in(ND_PHRASES(buts), said->text, said->len) &&
	       !nd_mailevents_has(mail, i, ND_CUE_PLEASE_CHANGE) &&
	       !nd_mailevents_has(mail, i, ND_CUE_NEGATION);
}

/* "I'll just move to that thread": where the talk goes on */
static bool
is_about_talk(const struct nd_utterance *said)
{
	static const struct nd_phrase places[] = {
		{"answer there", 1},         {"continue there", 1},
		{"discuss it there", 1},     {"discuss there", 1},
		{"move my discussion", 1},   {"move the discussion", 1},
		{"move this discussion", 1}, {"on that thread", 1},
		{"on the other thread", 1},  {"reply there", 1},
		{"respond there", 1},        {"that other thread", 1},
		{"the other thread", 1},     {"to that thread", 1},
	};

	return nd_phrases_in(ND_PHRASES(places), said->text, said->len);
}

/* "Dave, please don't take this": what others do with the patch */
static bool
is_about_taking(const struct nd_utterance *said)
{
	static const struct nd_phrase taking[] = {
		{"don't apply", 1},  {"do not apply", 1}, {"don't merge", 1},
		{"do not merge", 1}, {"don't pick", 1},   {"do not pick", 1},
		{"don't queue", 1},  {"do not queue", 1}, {"don't take", 1},
		{"do not take", 1},
	};

	return nd_phrases_in(ND_PHRASES(taking), said->text, said->len);
}

/* "once your patch is merged", "if that is what people want" */
static bool
hangs_on_others(const struct nd_utterance *said)
{
	static const struct nd_phrase conditions[] = {
		{"after you", 1},   {"after your", 1},  {"as soon as you", 1},
		{"as you wish", 1}, {"feel free", 1},   {"if", 1},
		{"once the", 1},    {"once this", 1},   {"once you", 1},
		{"once your", 1},   {"or i can", 1},    {"or i could", 1},
		{"or we can", 1},   {"or we could", 1}, {"unless", 1},
		{"until you", 1},   {"when you", 1},    {"when your", 1},
		{"whichever", 1},
	};

	return nd_phrases_in(ND_PHRASES(conditions), said->text, said->len);
}

/* "I'll be more careful in future submissions." */
static bool
is_resolution(const struct nd_utterance *said)
{
	static const struct nd_phrase future[] = {
		{"for future", 1},     {"for the future", 1},
		{"from now on", 1},    {"future patches", 1},
		{"future reports", 1}, {"future submissions", 1},
		{"going forward", 1},  {"in future", 1},
		{"in mind", 1},        {"in the future", 1},
		{"more careful", 1},   {"next time", 1},
		{"some day", 1},       {"someday", 1},
		{"to remember", 1},
	};

	return nd_phrases_in(ND_PHRASES(future), said->text, said->len);
}

/* "I'll keep that in mind for a follow-up", "I'll think about this some more.":
 * whatever else it names, perhaps nothing comes of it */
static bool
is_thought(const struct nd_utterance *said)
{
	static const struct nd_phrase thoughts[] = {
		{"i'll consider", 1},
		{"in mind", 1},
		{"think about", 1},
		{"will consider", 1},
	};

	return nd_phrases_in(ND_PHRASES(thoughts), said->text, said->len);
}

/* "I'll send you the object in a private mail", "will share the logs": what those
 * who look into something give each other */
static bool
is_delivery(const struct nd_utterance *said)
{
	static const struct nd_phrase channels[] = {
		{"a private mail", 1},    {"a private message", 1},
		{"off list", 1},          {"off-list", 1},
		{"offlist", 1},           {"privately", 1},
		{"send it to you", 1},    {"send them to you", 1},
		{"send you the", 1},      {"share the log", 1},
		{"share the logs", 1},    {"share the result", 1},
		{"share the results", 1},
	};

	return nd_phrases_in(ND_PHRASES(channels), said->text, said->len);
}

/* "I'll fix the typo when I apply it.": by the author, who sends nothing then */
static bool
is_while_applying(const struct nd_utterance *said)
{
	static const struct nd_phrase moments[] = {
		{"when applying", 1},  {"when committing", 1},
		{"when i apply", 1},   {"when i commit", 1},
		{"when i merge", 1},   {"when i push", 1},
		{"when i queue", 1},   {"when i take", 1},
		{"when merging", 1},   {"when pushing", 1},
		{"while applying", 1}, {"while committing", 1},
		{"while merging", 1},
	};

	return nd_phrases_in(ND_PHRASES(moments), said->text, said->len);
}

/* "I'll check that with clang", "let me also look into it": a step that changes
 * nothing yet */
static bool
is_mere_step(const struct nd_utterance *said)
{
	static const struct nd_phrase leads[] = {
		{"going to", 1}, {"i'll", 1},  {"i\u2019ll", 1}, {"let me", 1},
		{"shall", 1},    {"we'll", 1}, {"will", 1},
	};
	static const struct nd_phrase adverbs[] = {
		{"also", 1},    {"definitely", 1}, {"first", 1},
		{"have to", 1}, {"just", 1},       {"need to", 1},
		{"then", 1},    {"try and", 1},    {"try to", 1},
	};
	static const struct nd_phrase steps[] = {
		{"ask", 1},
		{"bisect", 1},
		{"check", 1},
		{"confirm", 1},
		{"debug", 1},
		{"dig", 1},
		{"double check", 1},
		{"double-check", 1},
		{"experiment", 1},
		{"find out", 1},
		{"get back", 1},
		{"get to", 1},
		{"have a closer look", 1},
		{"have a go", 1},
		{"have a look", 1},
		{"have another look", 1},
		{"investigate", 1},
		{"let you know", 1},
		{"look", 1},
		{"measure", 1},
		{"page", 1},
		{"play with", 1},
		{"recheck", 1},
		{"reply", 1},
		{"report back", 1},
		{"see", 1},
		{"take a closer look", 1},
		{"take a look", 1},
		{"take another look", 1},
		{"test", 1},
		{"think", 1},
		{"try", 1},
		{"verify", 1},
		{"wait", 1},
	};
	size_t at = 0, end;

	while (at < said->len) {
		const char *text = said->text + at;

		if (nd_phrases_at(ND_PHRASES(leads), text, said->len - at,
		                  &end)) {
			do {
				at += end;
				while (at < said->len && said->text[at] == ' ')
					at++;
				text = said->text + at;
			} while (nd_phrases_at(ND_PHRASES(adverbs), text,
			                       said->len - at, &end));
			if (nd_phrases_at(ND_PHRASES(steps), text,
			                  said->len - at, NULL))
				return true;
		}
		while (at < said->len && nd_phrase_is_word_byte(said->text[at]))
			at++;
		while (at < said->len &&
		       !nd_phrase_is_word_byte(said->text[at]))
			at++;
	}
	return false;
}

/* "I'll have to dig more to see what is wrong.": nothing comes of that yet */
static bool
is_enquiry(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase words[] = {
		{"dig deeper", 1},  {"dig into", 1},   {"dig more", 1},
		{"see what is", 1}, {"see what's", 1}, {"to find out", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_phrases_in(ND_PHRASES(words), said->text, said->len) ||
	       (is_mere_step(said) &&
	        !nd_mailevents_has(mail, i, ND_CUE_COMMITMENT) &&
	        !nd_mailevents_has(mail, i, ND_CUE_NEXT_VERSION));
}

/* "I can send a patch.": but not "sure, I can do that" */
static bool
is_offer(const struct nd_mailevents *mail, size_t i)
{
	static const enum nd_cue yes[] = {ND_CUE_AGREE, ND_CUE_ASSENT,
	                                  ND_CUE_FUTURE_I, ND_CUE_YES};

	for (size_t k = 0; k < sizeof yes / sizeof *yes; k++)
		if (nd_mailevents_has(mail, i, yes[k]))
			return false;
	return nd_mailevents_has(mail, i, ND_CUE_MODAL_CAN) ||
	       nd_mailevents_has(mail, i, ND_CUE_MODAL_COULD);
}

/* "I did not know that.", "My bad.": nothing of what will be done */
static bool
tells_no_deed(const struct nd_mailevents *mail, size_t i)
{
	static const enum nd_cue deeds[] = {
		ND_CUE_COMMITMENT,      ND_CUE_FUTURE_I,     ND_CUE_INTENT,
		ND_CUE_MODAL_CAN,       ND_CUE_NEXT_VERSION, ND_CUE_PROMISE,
		ND_CUE_FOREIGN_PROMISE,
	};

	for (size_t k = 0; k < sizeof deeds / sizeof *deeds; k++)
		if (nd_mailevents_has(mail, i, deeds[k]))
			return false;
	return true;
}

/* "I have sent v5 for this.": no "will" */
static bool
is_past(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase deeds[] = {
		{"i already sent", 1}, {"i have posted", 1}, {"i have sent", 1},
		{"i just sent", 1},    {"i posted", 1},      {"i sent", 1},
		{"i've posted", 1},    {"i've sent", 1},
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	return nd_phrases_in(ND_PHRASES(deeds), said->text, said->len) &&
	       !nd_mailevents_has(mail, i, ND_CUE_FUTURE_I);
}

/* "I'd say that it should work", "I think I would leave it": no "will" */
static bool
is_opinion(const struct nd_mailevents *mail, size_t i)
{
	return (nd_mailevents_has(mail, i, ND_CUE_OPINION) ||
	        nd_mailevents_has(mail, i, ND_CUE_MODAL_WOULD)) &&
	       !nd_mailevents_has(mail, i, ND_CUE_FUTURE_I) &&
	       !nd_mailevents_has(mail, i, ND_CUE_MODAL_WILL);
}

/* "Then we will get an empty list.": what happens, and by nobody's hand */
static bool
is_forecast(const struct nd_utterance *said)
{
	static const struct nd_phrase courses[] = {
		{"will be run", 1},    {"will cause", 1},
		{"will end up", 1},    {"will fail", 1},
		{"will get a", 1},     {"will get an", 1},
		{"will get the", 1},   {"will lead to", 1},
		{"will otherwise", 1}, {"will result in", 1},
	};

	return nd_phrases_in(ND_PHRASES(courses), said->text, said->len);
}

/* "But we don't want to hide bugs, right?", "Holiday season, huh?" */
static bool
is_rhetoric(const struct nd_mailevents *mail, size_t i)
{
	static const char *const ends[] = {"huh?", "or something?", "eh?",
	                                   " no?", "or what?"};
	const struct nd_utterance *said = &mail->said.utterance[i];

	for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
		if (nd_mem_ends_nocase(said->text, said->len, ends[k]))
			return true;
	return nd_mailevents_has(mail, i, ND_CUE_RHETORIC) &&
	       !nd_mailevents_has(mail, i, ND_CUE_WH_QUESTION);
}

/* "It is IP32 (?) on that board", "things like "how do I reset it" are easy": what
 * is in doubt in passing, or asked by others */
static bool
is_aside(const struct nd_utterance *said)
{
	const char *end = said->text + said->len, *at = said->text;

	while ((at = memchr(at, '?', (size_t)(end - at)))) {
		if (at == said->text || at + 1 == end || at[-1] != '(' ||
		    at[1] != ')')
			return false;
		at++;
	}
	return memchr(said->text, '?', said->len) ||
	       memchr(said->text, '"', said->len);
}

/* "I wonder why nobody saw that.": said to oneself */
static bool
is_musing(const struct nd_mailevents *mail, size_t i)
{
	const struct nd_utterance *said = &mail->said.utterance[i];

	return !memchr(said->text, '?', said->len) &&
	       nd_phrase_find_word(said->text, said->len, "wonder");
}

/* "Let me know if this doesn't make sense.": nobody needs to answer */
static bool
is_courtesy(const struct nd_utterance *said)
{
	static const struct nd_phrase offers[] = {
		{"let me know if", 1},
		{"let us know if", 1},
	};
	static const struct nd_phrase troubles[] = {
		{"anything else", 1},      {"does not make sense", 1},
		{"doesn't make sense", 1}, {"doesn't work", 1},
		{"have questions", 1},     {"need any", 1},
		{"need more", 1},          {"problems", 1},
		{"run into", 1},           {"something is unclear", 1},
	};

	return nd_questionform_is_courtesy(said) ||
	       (nd_phrases_in(ND_PHRASES(offers), said->text, said->len) &&
	        nd_phrases_in(ND_PHRASES(troubles), said->text, said->len));
}

/* "No need to resend for that.": whoever takes it changes it, or nobody */
static bool
spares_version(const struct nd_mailevents *mail)
{
	static const struct nd_phrase words[] = {
		{"don't need to repost", 1},      {"don't need to resend", 1},
		{"don't need to respin", 1},      {"don't need to resubmit", 1},
		{"no need for a new version", 1}, {"no need for a resend", 1},
		{"no need for a respin", 1},      {"no need for resend", 1},
		{"no need for you to resend", 1}, {"no need to post a new", 1},
		{"no need to repost", 1},         {"no need to resend", 1},
		{"no need to respin", 1},         {"no need to resubmit", 1},
		{"not necessary to resend", 1},
	};

	for (size_t i = 0; i < mail->said.count; i++)
		if (nd_phrases_in(ND_PHRASES(words),
		                  mail->said.utterance[i].text,
		                  mail->said.utterance[i].len))
			return true;
	return false;
}

/* "I renamed the flag and added a comment.": of who has done it */
static bool
is_own_deed(const struct nd_mailevents *mail, size_t i)
{
	static const struct nd_phrase deeds[] = {
		{"i added", 1},       {"i also added", 1}, {"i changed", 1},
		{"i dropped", 1},     {"i edited", 1},     {"i fixed", 1},
		{"i folded", 1},      {"i moved", 1},      {"i removed", 1},
		{"i renamed", 1},     {"i replaced", 1},   {"i reverted", 1},
		{"i reworded", 1},    {"i've added", 1},   {"i've changed", 1},
		{"i've dropped", 1},  {"i've fixed", 1},   {"i've moved", 1},
		{"i've removed", 1},  {"i've renamed", 1}, {"i've replaced", 1},
		{"i've reworded", 1},
	};
	static const enum nd_cue wishes[] = {
		ND_CUE_PLEASE,         ND_CUE_PLEASE_CHANGE,
		ND_CUE_MODAL_SHOULD,   ND_CUE_MODAL_COULD,
		ND_CUE_MODAL_WOULD,    ND_CUE_MODAL_NEED,
		ND_CUE_MODAL_MUST,     ND_CUE_IF,
		ND_CUE_CAN_YOU_CHANGE, ND_CUE_WOULD_BE_BETTER,
	};
	const struct nd_utterance *said = &mail->said.utterance[i];

	for (size_t k = 0; k < sizeof wishes / sizeof *wishes; k++)
		if (nd_mailevents_has(mail, i, wishes[k]))
			return false;
	return nd_phrases_in(ND_PHRASES(deeds), said->text, said->len) &&
	       !nd_mailevents_asks(mail, i);
}

bool
nd_unsure_is_void(const struct nd_mailevents *mail, enum nd_act act,
                  size_t sentence)
{
	const struct nd_utterance *said = &mail->said.utterance[sentence];

	if (act == ND_ACT_REQUESTS)
		return is_own_deed(mail, sentence) ||
		       is_content(mail, sentence);
	return act == ND_ACT_PROMISES &&
	       !nd_mailevents_has(mail, sentence, ND_CUE_NEXT_VERSION) &&
	       (is_resolution(said) || is_delivery(said) ||
	        is_about_talk(said) ||
	        (mail->by_author && is_while_applying(said)));
}

bool
nd_unsure_is(const struct nd_mailevents *mail, enum nd_act act, size_t sentence)
{
	const struct nd_utterance *said = &mail->said.utterance[sentence];
	bool doubted = mail->acts->mail.act[act] < sure_odds;

	switch (act) {
	case ND_ACT_REQUESTS:
	case ND_ACT_OBJECTS:
		return (doubted && !is_plain_wish(mail, sentence)) ||
		       is_taste(said) || is_about_taking(said) ||
		       is_all_opinion(mail) || spares_version(mail);
	case ND_ACT_PROMISES:
		if (is_plain_promise(mail, sentence))
			return hangs_on_others(said) ||
			       is_enquiry(mail, sentence) || is_thought(said);
		return doubted || hangs_on_others(said) ||
		       is_enquiry(mail, sentence) || is_offer(mail, sentence) ||
		       tells_no_deed(mail, sentence) || is_thought(said) ||
		       is_past(mail, sentence) || is_opinion(mail, sentence) ||
		       is_forecast(said);
	case ND_ACT_ASKS:
		/* "Could you call it foo?" wants a change. */
		return (!nd_act_is_done(mail->acts, act) &&
		        nd_act_is_done(mail->acts, ND_ACT_REQUESTS)) ||
		       is_rhetoric(mail, sentence) || is_courtesy(said) ||
		       is_musing(mail, sentence) || is_aside(said) ||
		       is_taste(said);
	default:
		return false;
	}
}
