/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/claimact.h"

#include <string.h>

#include "entailment/condition.h"
#include "entailment/denial.h"
#include "llm/quotation.h"
#include "model/event.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/str.h"

#define BIT(type) (1u << ND_EVENT_##type)

/* What may come of a patch or a talk. */
enum outcome {
	TAKEN = 1u << 0,
	WITHDRAWN = 1u << 1,
	AGREED = 1u << 2,
	REJECTED = 1u << 3,
	APPROVED = 1u << 4,
	POSSIBLE = 1u << 5, /* not done: "will apply" */
};

static const unsigned taken =
	BIT(APPLIED) | BIT(PULLED) | BIT(MERGED) | BIT(MERGED_STABLE);

static const struct {
	unsigned outcome, events;
	const char *why;
} outcomes[] = {
	{TAKEN, BIT(APPLIED) | BIT(PULLED) | BIT(MERGED) | BIT(MERGED_STABLE),
         "it says that something was taken, which the facts do not say of the "
         "cited mail"},
	{WITHDRAWN, BIT(WITHDRAWN),
         "it says that something was withdrawn, which the facts do not say of "
         "the cited mail"},
	{AGREED, BIT(AGREED) | BIT(DECIDED) | BIT(APPROVED) | BIT(TRAILER),
         "it says that somebody agrees, which the facts do not say of the "
         "cited mail"},
	{REJECTED, BIT(REJECTED) | BIT(NACK) | BIT(OBJECTION),
         "it says that something is rejected, which the facts do not say of "
         "the cited mail"},
	{APPROVED, BIT(APPROVED) | BIT(TRAILER) | BIT(AGREED),
         "it says that somebody approves, which the facts do not say of the "
         "cited mail"},
};

/* In a model's sentences: what is done, not what may be. */
static const struct nd_phrase done_words[] = {
	{"accept", AGREED},       {"accepted", AGREED},
	{"accepts", AGREED},      {"acked", APPROVED},
	{"agree", AGREED},        {"agreed", AGREED},
	{"agrees", AGREED},       {"applied", TAKEN},
	{"approved", APPROVED},   {"approves", APPROVED},
	{"endorses", APPROVED},   {"fine with", AGREED},
	{"happy with", AGREED},   {"landed", TAKEN},
	{"merged", TAKEN},        {"nacked", REJECTED},
	{"nacks", REJECTED},      {"ok with", AGREED},
	{"okay with", AGREED},    {"picked up", TAKEN},
	{"pulled", TAKEN},        {"pushed", TAKEN},
	{"queued", TAKEN},        {"rejected", REJECTED},
	{"rejects", REJECTED},    {"taken into", TAKEN},
	{"taken up", TAKEN},      {"taken upstream", TAKEN},
	{"upstreamed", TAKEN},    {"withdrawn", WITHDRAWN},
	{"withdraws", WITHDRAWN}, {"withdrew", WITHDRAWN},
};

/* The same in Chinese, where no blanks part words. */
static const struct {
	const char *text;
	unsigned outcome;
} done_chinese[] = {
	{"已应用", TAKEN},    {"应用到", TAKEN},      {"合入", TAKEN},
	{"已合并", TAKEN},    {"合并到", TAKEN},      {"合并进", TAKEN},
	{"并入", TAKEN},      {"已采纳", TAKEN},      {"已收录", TAKEN},
	{"已推送", TAKEN},    {"撤回", WITHDRAWN},    {"撤销了", WITHDRAWN},
	{"同意", AGREED},     {"赞成", AGREED},       {"达成一致", AGREED},
	{"达成共识", AGREED}, {"拒绝接受", REJECTED}, {"否决", REJECTED},
	{"批准", APPROVED},   {"认可", APPROVED},
};

/* What people write when they do it, in any form. */
static const struct nd_phrase said_words[] = {
	{"accept", AGREED},      {"accepted", AGREED},
	{"acked", APPROVED},     {"agree", AGREED},
	{"agreed", AGREED},      {"applied", TAKEN},
	{"apply", TAKEN},        {"approve", APPROVED},
	{"can", POSSIBLE},       {"could", POSSIBLE},
	{"drop", WITHDRAWN},     {"dropped", WITHDRAWN},
	{"exactly", AGREED},     {"fair", AGREED},
	{"fine", AGREED},        {"going to", POSSIBLE},
	{"good", AGREED},        {"happy", AGREED},
	{"i'll", POSSIBLE},      {"indeed", AGREED},
	{"landed", TAKEN},       {"let's", AGREED},
	{"makes sense", AGREED}, {"may", POSSIBLE},
	{"merge", TAKEN},        {"merged", TAKEN},
	{"might", POSSIBLE},     {"nack", REJECTED},
	{"nacked", REJECTED},    {"ok", AGREED},
	{"okay", AGREED},        {"pick", TAKEN},
	{"picked", TAKEN},       {"pull", TAKEN},
	{"pulled", TAKEN},       {"pushed", TAKEN},
	{"queued", TAKEN},       {"reject", REJECTED},
	{"rejected", REJECTED},  {"right", AGREED},
	{"say so", AGREED},      {"should", POSSIBLE},
	{"think so", AGREED},    {"took", TAKEN},
	{"upstreamed", TAKEN},   {"will", POSSIBLE},
	{"withdraw", WITHDRAWN}, {"withdrawn", WITHDRAWN},
	{"would", POSSIBLE},     {"yes", AGREED},
};

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

/* What the text says has come; what it denies has not. */
static unsigned
outcomes_in(const char *text)
{
	void *tmp = talloc_new(NULL);
	const char *done = nd_denial_said(tmp, nd_condition_without(tmp, text));
	unsigned found =
		nd_phrases_in(ND_PHRASES(done_words), done, strlen(done));

	for (size_t i = 0; i < sizeof done_chinese / sizeof *done_chinese; i++)
		if (nd_condition_is_done(text, done_chinese[i].text))
			found |= done_chinese[i].outcome;
	talloc_free(tmp);
	return found;
}

/* A link has "pull" in it, and says nothing with that. */
static const char *
without_links(const void *ctx, const char *text)
{
	char *bare = x_strdup(ctx, text);

	for (char *at = bare; (at = strstr(at, "://"));) {
		while (at > bare && at[-1] != ' ' && at[-1] != '\n')
			at--;
		for (; *at && *at != ' ' && *at != '\n'; at++)
			*at = ' ';
	}
	return bare;
}

/* What the quote's sentence says of that; who does not agree rejects. */
static unsigned
said_in(const char *sentence)
{
	void *tmp = talloc_new(NULL);
	const char *bare = without_links(tmp, sentence);
	const char *said = nd_denial_said(tmp, bare);
	const char *denied = nd_denial_denied(tmp, bare);
	unsigned found =
		nd_phrases_in(ND_PHRASES(said_words), said, strlen(said));

	if (nd_phrases_in(ND_PHRASES(said_words), denied, strlen(denied)) &
	    (TAKEN | AGREED | APPROVED))
		found |= REJECTED;
	talloc_free(tmp);
	return found;
}

static unsigned
events_of(const struct nd_llm_context *context,
          const struct nd_llm_claim *claim)
{
	unsigned events = 0;

	for (size_t i = 0; i < claim->source_count; i++)
		events |= context->mail[claim->source[i] - 1].events;
	return events;
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

bool
nd_llm_claimact_is_stated(enum nd_llm_claim_act act)
{
	return act != ND_LLM_CLAIM_ASKS &&
	       act != ND_LLM_CLAIM_REQUESTS_CHANGE &&
	       act != ND_LLM_CLAIM_PROMISES_CHANGE &&
	       act != ND_LLM_CLAIM_DECIDES && act != ND_LLM_CLAIM_DEFERS;
}

/* What the ledger alone decides. */
static bool
is_of_ledger(enum nd_llm_claim_act act)
{
	return act == ND_LLM_CLAIM_APPROVES || act == ND_LLM_CLAIM_APPLIES ||
	       act == ND_LLM_CLAIM_WITHDRAWS || act == ND_LLM_CLAIM_DECIDES;
}

/* Who asks neither answers nor decides with it. */
static bool
may_ask(enum nd_llm_claim_act act)
{
	return act == ND_LLM_CLAIM_SAYS || act == ND_LLM_CLAIM_ASKS;
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

/* "I took these three": not heard by the ledger, but said all the same. */
static bool
is_said_taken(const char *sentence)
{
	static const struct nd_phrase imperfect[] = {
		{"apply", 1},
		{"merge", 1},
		{"pick", 1},
		{"pull", 1},
	};
	unsigned said = said_in(sentence);

	return said & TAKEN && !(said & POSSIBLE) && !strchr(sentence, '?') &&
	       nd_phrases_in(ND_PHRASES(imperfect), sentence,
	                     strlen(sentence)) == 0;
}

/* Does the sentence object to something, as far as its words tell? */
static bool
is_against(const char *sentence)
{
	unsigned found = nd_phrases_in(ND_PHRASES(against_words), sentence,
	                               strlen(sentence));
	void *tmp = talloc_new(NULL);
	bool denies = *nd_denial_denied(tmp, sentence) != '\0';

	talloc_free(tmp);
	return denies || found & AGAINST || (found & BUT && !(found & TOO));
}

/* "I agree with that": not heard by the ledger, but said all the same. */
static bool
is_agreement(const char *sentence)
{
	void *tmp = talloc_new(NULL);
	bool agrees =
		!strchr(sentence, '?') &&
		has(ND_PHRASES(agree_words), nd_denial_said(tmp, sentence)) &&
		!*nd_denial_denied(tmp, sentence) &&
		!(said_in(sentence) & POSSIBLE);

	talloc_free(tmp);
	return agrees;
}

void
nd_llm_claimact_mend(const void *ctx, const struct nd_llm_context *context,
                     const struct nd_llm_evidence *evidence,
                     struct nd_llm_claim *claim)
{
	const size_t mail = (size_t)claim->source[0] - 1;
	const char *sentence;

	if (knows(&context->mail[mail], claim->act))
		return;
	sentence = nd_llm_quotation_sentence(ctx, evidence, mail, claim->quote);
	/* Who asks whether it is so does not say that it is. */
	if (claim->act == ND_LLM_CLAIM_SAYS && strchr(claim->quote, '?') &&
	    !is_declared(claim->quote))
		claim->act = ND_LLM_CLAIM_ASKS;
	if ((claim->act == ND_LLM_CLAIM_DECIDES && !strchr(sentence, '?')) ||
	    (claim->act == ND_LLM_CLAIM_OBJECTS &&
	     !(context->mail[mail].events & BIT(CHANGES_REQUESTED)) &&
	     !strchr(sentence, '?') && !is_against(sentence) &&
	     !has(ND_PHRASES(agree_words), sentence)))
		claim->act = ND_LLM_CLAIM_SAYS;
	if (!(claim->act == ND_LLM_CLAIM_APPLIES && is_said_taken(sentence)) &&
	    !(claim->act == ND_LLM_CLAIM_APPROVES && is_agreement(sentence)))
		return;
	claim->act = ND_LLM_CLAIM_SAYS;
	claim->text = x_asprintf(ctx, "“%s”", claim->quote);
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
	void *tmp = talloc_new(NULL);
	const char *denied = nd_denial_denied(tmp, sentence);
	bool refusal = *denied && !has(ND_PHRASES(harmless), denied) &&
	               !(said_in(sentence) & (AGREED | APPROVED));

	talloc_free(tmp);
	return refusal;
}

const char *
nd_llm_claimact_check(const struct nd_llm_context *context,
                      const struct nd_llm_claim *claim, size_t person,
                      const char *sentence)
{
	const struct nd_llm_context_mail *mail =
		&context->mail[claim->source[0] - 1];
	bool known = knows(mail, claim->act);
	bool marked = has_question_mark(sentence);
	bool asked = marked && !is_declared(sentence);

	if (claim->act == ND_LLM_CLAIM_APPROVES && known &&
	    !(mail->events & BIT(TRAILER)) && is_refusal(sentence))
		return "the quote approves of nothing";
	if (is_of_ledger(claim->act) && !known)
		return "the facts do not say that the cited mail approves, "
		       "applies or withdraws something";
	if (claim->act == ND_LLM_CLAIM_OBJECTS && !known &&
	    is_agreement(sentence) && !is_against(sentence))
		return "the quote agrees";
	if (claim->act == ND_LLM_CLAIM_ASKS && !marked &&
	    !begins_question(claim->quote) &&
	    !has(ND_PHRASES(ask_words), sentence) && !is_asked(mail, sentence))
		return "the quote asks nothing";
	if (asked && !may_ask(claim->act) && !is_wish(claim, sentence) &&
	    (has_question_mark(claim->quote) ||
	     !is_stated_before(sentence, claim->quote)) &&
	    (!known || is_of_ledger(claim->act)))
		return "the quote is a question; the act is another one";
	if (claim->act == ND_LLM_CLAIM_PROMISES_CHANGE && !known &&
	    !is_author(context, person) && !is_promise(sentence))
		return "only who does it promises a change; others ask for it";
	if (claim->act == ND_LLM_CLAIM_REPORTS_RESULT &&
	    (has(ND_PHRASES(order_words), claim->quote) ||
	     is_promise(claim->quote) || asks_please(sentence, claim->quote)))
		return "the quote says what is to be done; it reports nothing";
	if (claim->act == ND_LLM_CLAIM_ANSWERS && mail->answers < 0)
		return "the cited mail answers none";
	return NULL;
}

const char *
nd_llm_claimact_check_text(const struct nd_llm_context *context,
                           const struct nd_llm_claim *claim,
                           const char *sentence)
{
	unsigned found = outcomes_in(claim->text);
	unsigned said = said_in(sentence);
	unsigned events = events_of(context, claim);

	/* What the ledger knows to be decided may be still to be done, and the
	 * text may say so itself. */
	if (is_of_ledger(claim->act) ||
	    (nd_phrases_in(ND_PHRASES(said_words), claim->text,
	                   strlen(claim->text)) &
	     POSSIBLE))
		said &= ~(unsigned)POSSIBLE;
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
		if (!(found & outcomes[i].outcome) ||
		    (events & outcomes[i].events))
			continue;
		/* Who would agree agrees; who would apply has not applied. */
		if (!(said & outcomes[i].outcome) ||
		    (said & POSSIBLE && !(outcomes[i].outcome & AGREED)))
			return outcomes[i].why;
	}
	return NULL;
}
