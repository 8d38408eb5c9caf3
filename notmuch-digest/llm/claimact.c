/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/claimact.h"

#include <string.h>

#include "entailment/operator.h"
#include "llm/quotation.h"
#include "model/event.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

#define BIT(type) (1u << ND_EVENT_##type)

static const unsigned taken =
	BIT(APPLIED) | BIT(PULLED) | BIT(MERGED) | BIT(MERGED_STABLE);

/* Of somebody who agrees, and says with what. */
static const struct nd_phrase agree_words[] = {
	{"agree with", 1}, {"agreed", 1},      {"fine by me", 1},
	{"fine with", 1},  {"fully agree", 1}, {"happy with", 1},
	{"i agree", 1},    {"in favor of", 1}, {"in favour of", 1},
	{"lgtm", 1},       {"look good", 1},   {"looks fine", 1},
	{"looks good", 1}, {"looks ok", 1},    {"looks okay", 1},
	{"ok with", 1},    {"okay with", 1},   {"works for me", 1},
};

/* A question that needs no mark. */
static const struct nd_phrase ask_words[] = {
	{"curious", 1},      {"i wonder", 1},           {"like to confirm", 1},
	{"like to know", 1}, {"like to understand", 1}, {"not sure how", 1},
	{"not sure if", 1},  {"not sure what", 1},      {"not sure whether", 1},
	{"not sure why", 1}, {"want to know", 1},       {"wondering", 1},
};

/* A question that asks for a change. */
static const struct nd_phrase wish_words[] = {
	{"can we", 1},     {"can you", 1},   {"could we", 1},  {"could you", 1},
	{"how about", 1},  {"please", 1},    {"should we", 1}, {"shouldn't", 1},
	{"what about", 1}, {"why don't", 1}, {"why not", 1},   {"would you", 1},
	{"wouldn't", 1},
};

/* Of somebody who is against it, who may be so with a "but". */
enum { AGAINST = 1, BUT = 2, TOO = 4 };

static const struct nd_phrase against_words[] = {
	{"afraid", AGAINST},  {"bad", AGAINST},     {"break", AGAINST},
	{"breaks", AGAINST},  {"broken", AGAINST},  {"but", BUT},
	{"but also", TOO},    {"concern", AGAINST}, {"concerns", AGAINST},
	{"dislike", AGAINST}, {"hack", AGAINST},    {"hate", AGAINST},
	{"however", AGAINST}, {"instead", AGAINST}, {"issue", AGAINST},
	{"nack", AGAINST},    {"object", AGAINST},  {"overkill", AGAINST},
	{"prefer", AGAINST},  {"problem", AGAINST}, {"rather", AGAINST},
	{"too", AGAINST},     {"ugly", AGAINST},    {"unless", AGAINST},
	{"why", AGAINST},     {"worse", AGAINST},   {"wrong", AGAINST},
};

/* To somebody who is to do something. */
static const struct nd_phrase order_words[] = {
	{"you can", 1},           {"you could", 1},
	{"you have to", 1},       {"you may have to", 1},
	{"you may need to", 1},   {"you might have to", 1},
	{"you might need to", 1}, {"you must", 1},
	{"you need to", 1},       {"you should", 1},
	{"you will have to", 1},  {"you will need to", 1},
};

/* Of somebody who speaks of what he is going to do. */
static const struct nd_phrase own_words[] = {
	{"i am going to", 1},   {"i can", 1},
	{"i will", 1},          {"i'll", 1},
	{"i'm going to", 1},    {"let me", 1},
	{"on me", 1},           {"we can", 1},
	{"we will", 1},         {"we will have to", 2},
	{"we will need to", 2}, {"we'll", 1},
	{"will do", 1},
};

static bool
has(struct nd_phrases phrases, const char *text)
{
	return nd_phrases_in(phrases, text, strlen(text)) != 0;
}

static bool
is_promise(const char *sentence)
{
	unsigned found = nd_phrases_in(ND_PHRASES(own_words), sentence,
	                               strlen(sentence));

	/* "We will have to" is a plan of nobody. */
	return found & 1 && !(found & 2);
}

unsigned
nd_llm_claimact_events(enum nd_llm_claim_act act)
{
	switch (act) {
	case ND_LLM_CLAIM_ASKS:
		return BIT(QUESTION);
	case ND_LLM_CLAIM_ANSWERS:
		return BIT(ANSWER);
	case ND_LLM_CLAIM_REQUESTS_CHANGE:
		return BIT(CHANGES_REQUESTED);
	case ND_LLM_CLAIM_PROMISES_CHANGE:
		return BIT(RESPIN_PROMISED);
	case ND_LLM_CLAIM_APPROVES:
		return BIT(APPROVED) | BIT(TRAILER);
	case ND_LLM_CLAIM_OBJECTS:
		return BIT(NACK) | BIT(OBJECTION) | BIT(REJECTED);
	case ND_LLM_CLAIM_APPLIES:
		return taken;
	case ND_LLM_CLAIM_REPORTS_RESULT:
		return BIT(TEST_RESULT);
	case ND_LLM_CLAIM_WITHDRAWS:
		return BIT(WITHDRAWN);
	case ND_LLM_CLAIM_DEFERS:
		return BIT(DEFERRED);
	case ND_LLM_CLAIM_DECIDES:
		return BIT(AGREED) | BIT(DECIDED) | BIT(REJECTED) | taken;
	case ND_LLM_CLAIM_SAYS:
	case ND_LLM_CLAIM_ACT_COUNT:
		break;
	}
	return 0;
}

/* What the ledger alone decides. */
static bool
is_of_ledger(enum nd_llm_claim_act act)
{
	return act == ND_LLM_CLAIM_APPROVES || act == ND_LLM_CLAIM_APPLIES ||
	       act == ND_LLM_CLAIM_WITHDRAWS || act == ND_LLM_CLAIM_DECIDES;
}

static bool
is_author(const struct nd_llm_context *context, size_t person)
{
	for (size_t i = 0; i < context->mail_count; i++)
		if (context->mail[i].is_opening &&
		    context->mail[i].person == (int32_t)person)
			return true;
	return false;
}

static bool
knows(const struct nd_llm_context_mail *mail, enum nd_llm_claim_act act)
{
	return mail->events & nd_llm_claimact_events(act);
}

/* Words that a question begins with. */
static bool
begins_question(const char *words)
{
	static const struct nd_phrase list[] = {
		{"are", 1},  {"can", 1},  {"could", 1},  {"did", 1},
		{"do", 1},   {"does", 1}, {"has", 1},    {"have", 1},
		{"how", 1},  {"is", 1},   {"should", 1}, {"was", 1},
		{"what", 1}, {"when", 1}, {"where", 1},  {"which", 1},
		{"who", 1},  {"why", 1},  {"will", 1},   {"would", 1},
	};

	return nd_phrases_at(ND_PHRASES(list), words, strlen(words), NULL);
}

/* "I'd think that we keep it?" says so, with a doubt: no part of it begins as
 * questions do. */
static bool
is_declared(const char *sentence)
{
	static const char *const subjects[] = {"i ",    "i'",  "we ",  "it ",
	                                       "this ", "so ", "that "};
	const char *from = sentence;
	bool declared = false;

	if (begins_question(sentence))
		return false;
	for (const char *at = sentence; *at && *at != '?'; at++) {
		if (!strchr(".!,;:", *at) || at[1] != ' ')
			continue;
		from = at + 2;
		if (begins_question(from))
			return false;
	}
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
		declared |= nd_str_starts_nocase(from, subjects[i]);
	return declared;
}

/* Does the sentence object to something, as far as its words tell? */
static bool
is_against(const char *sentence)
{
	unsigned found = nd_phrases_in(ND_PHRASES(against_words), sentence,
	                               strlen(sentence));

	return nd_operator_denies(sentence) || found & AGAINST ||
	       (found & BUT && !(found & TOO));
}

static bool
agrees(const char *sentence)
{
	return has(ND_PHRASES(agree_words), sentence) &&
	       !nd_operator_denies(sentence);
}

/* Do the questions of the ledger have these words, or some of them? */
static bool
is_asked(const struct nd_llm_context_mail *mail, const char *sentence)
{
	char *words = nd_llm_evidence_plain(NULL, sentence, strlen(sentence));
	const char *asked = mail->asked;
	bool found = false;

	while (*asked && !found) {
		size_t len = strcspn(asked, "\n");

		char *question = nd_llm_evidence_plain(NULL, asked, len);

		found = len > 0 &&
		        (strstr(question, words) || strstr(words, question));
		talloc_free(question);
		asked += len + (asked[len] == '\n');
	}
	talloc_free(words);
	return found;
}

/* "I use sed now" of "I use sed now, could you try that?" */
static bool
is_stated_before(const char *sentence, const char *quote)
{
	char *whole = nd_llm_evidence_plain(NULL, sentence, strlen(sentence));
	char *words = nd_llm_evidence_plain(NULL, quote, strlen(quote));
	const char *at = strstr(whole, words);
	bool stated = at && strchr(",;:", at[strlen(words)]) &&
	              at[strlen(words)] && !begins_question(words);

	talloc_free(whole);
	talloc_free(words);
	return stated;
}

/* "Could you split it?" */
static bool
is_wish(const struct nd_llm_claim *claim, const char *sentence)
{
	return claim->act == ND_LLM_CLAIM_REQUESTS_CHANGE &&
	       has(ND_PHRASES(wish_words), sentence);
}

/* "Please confirm that", not "please note that" */
static bool
asks_please(const char *sentence, const char *quote)
{
	static const struct nd_phrase other[] = {
		{"please be", 1},   {"please find", 1}, {"please ignore", 1},
		{"please note", 1}, {"please see", 1},
	};

	return (nd_str_starts_nocase(sentence, "please") ||
	        nd_phrase_find_word(quote, strlen(quote), "please")) &&
	       !has(ND_PHRASES(other), sentence);
}

static bool
has_question_mark(const char *text)
{
	return strchr(text, '?') || strstr(text, "？");
}

/* It says no, and nothing of a yes. */
static bool
is_refusal(const char *sentence)
{
	static const struct nd_phrase harmless[] = {
		{"comments", 1}, {"concerns", 1},  {"issue", 1},
		{"issues", 1},   {"objection", 1}, {"objections", 1},
		{"problem", 1},  {"problems", 1},
	};

	return nd_operator_denies(sentence) &&
	       !has(ND_PHRASES(harmless), sentence) &&
	       !has(ND_PHRASES(agree_words), sentence);
}

static bool
asks(const struct nd_llm_context_mail *mail, const struct nd_llm_claim *claim,
     const char *sentence)
{
	return has_question_mark(sentence) || begins_question(claim->quote) ||
	       has(ND_PHRASES(ask_words), sentence) || is_asked(mail, sentence);
}

/* Is the sentence against something, or nothing of that can be said? */
static bool
objects(const struct nd_llm_context_mail *mail, const char *sentence)
{
	if (is_against(sentence))
		return true;
	return !agrees(sentence) && (mail->events & BIT(CHANGES_REQUESTED) ||
	                             has_question_mark(sentence));
}

static bool
fits(const struct nd_llm_context *context, const struct nd_llm_claim *claim,
     size_t person, const char *sentence)
{
	const struct nd_llm_context_mail *mail =
		&context->mail[claim->source[0] - 1];
	bool known = knows(mail, claim->act);
	bool asked = has_question_mark(sentence) && !is_declared(sentence);

	if (is_of_ledger(claim->act))
		return known && !(claim->act == ND_LLM_CLAIM_APPROVES &&
		                  !(mail->events & BIT(TRAILER)) &&
		                  is_refusal(sentence));
	/* Who asks whether it is so does not say that it is. */
	if (asked && !known && claim->act != ND_LLM_CLAIM_ASKS &&
	    !is_wish(claim, sentence) &&
	    (has_question_mark(claim->quote) ||
	     !is_stated_before(sentence, claim->quote)))
		return false;
	switch (claim->act) {
	case ND_LLM_CLAIM_ASKS:
		return asks(mail, claim, sentence);
	case ND_LLM_CLAIM_ANSWERS:
		return mail->answers >= 0;
	case ND_LLM_CLAIM_OBJECTS:
		return known || objects(mail, sentence);
	case ND_LLM_CLAIM_PROMISES_CHANGE:
		return known || is_author(context, person) ||
		       is_promise(sentence);
	case ND_LLM_CLAIM_REPORTS_RESULT:
		return !has(ND_PHRASES(order_words), claim->quote) &&
		       !is_promise(claim->quote) &&
		       !asks_please(sentence, claim->quote);
	default:
		return true;
	}
}

bool
nd_llm_claimact_mend(const struct nd_llm_context *context,
                     struct nd_llm_claim *claim, const char *sentence)
{
	bool said = claim->act == ND_LLM_CLAIM_SAYS;

	if (fits(context, claim, (size_t)claim->person - 1, sentence))
		return false;
	claim->act = has_question_mark(sentence) && !is_declared(sentence)
	                     ? ND_LLM_CLAIM_ASKS
	                     : ND_LLM_CLAIM_SAYS;
	/* Who asks says something, too. */
	return !said;
}

enum nd_alignment_frame
nd_llm_claimact_frame(const struct nd_llm_context *context,
                      const struct nd_llm_claim *claim, const char *sentence)
{
	bool known = knows(&context->mail[claim->source[0] - 1], claim->act);

	switch (claim->act) {
	case ND_LLM_CLAIM_ASKS:
		return ND_ALIGNMENT_ASKED;
	case ND_LLM_CLAIM_REQUESTS_CHANGE:
		return known || is_wish(claim, sentence) ||
		                       has(ND_PHRASES(order_words), sentence)
		               ? ND_ALIGNMENT_WISHED
		               : ND_ALIGNMENT_STATED;
	case ND_LLM_CLAIM_PROMISES_CHANGE:
		return known || is_promise(sentence) ? ND_ALIGNMENT_PROMISED
		                                     : ND_ALIGNMENT_STATED;
	default:
		return ND_ALIGNMENT_STATED;
	}
}
