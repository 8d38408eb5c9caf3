/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/claimact.h"

#include <string.h>

#include "llm/evidence.h"
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
	{"accepted", AGREED},     {"accepts", AGREED},
	{"acked", APPROVED},      {"agreed", AGREED},
	{"agrees", AGREED},       {"applied", TAKEN},
	{"approved", APPROVED},   {"approves", APPROVED},
	{"endorses", APPROVED},   {"landed", TAKEN},
	{"merged", TAKEN},        {"nacked", REJECTED},
	{"nacks", REJECTED},      {"picked up", TAKEN},
	{"pulled", TAKEN},        {"pushed", TAKEN},
	{"queued", TAKEN},        {"rejected", REJECTED},
	{"rejects", REJECTED},    {"upstreamed", TAKEN},
	{"withdrawn", WITHDRAWN}, {"withdraws", WITHDRAWN},
	{"withdrew", WITHDRAWN},
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
	{"accept", AGREED},   {"accepted", AGREED},    {"acked", APPROVED},
	{"agree", AGREED},    {"agreed", AGREED},      {"applied", TAKEN},
	{"apply", TAKEN},     {"approve", APPROVED},   {"can", POSSIBLE},
	{"could", POSSIBLE},  {"drop", WITHDRAWN},     {"dropped", WITHDRAWN},
	{"fine", AGREED},     {"i'll", POSSIBLE},      {"landed", TAKEN},
	{"let's", AGREED},    {"makes sense", AGREED}, {"may", POSSIBLE},
	{"merge", TAKEN},     {"merged", TAKEN},       {"might", POSSIBLE},
	{"nack", REJECTED},   {"nacked", REJECTED},    {"ok", AGREED},
	{"okay", AGREED},     {"pick", TAKEN},         {"picked", TAKEN},
	{"pull", TAKEN},      {"pulled", TAKEN},       {"pushed", TAKEN},
	{"queued", TAKEN},    {"reject", REJECTED},    {"rejected", REJECTED},
	{"should", POSSIBLE}, {"took", TAKEN},         {"upstreamed", TAKEN},
	{"will", POSSIBLE},   {"withdraw", WITHDRAWN}, {"withdrawn", WITHDRAWN},
	{"would", POSSIBLE},  {"yes", AGREED},
};

/* Of somebody who speaks of what he is going to do. */
static const struct nd_phrase own_words[] = {
	{"i am going to", 1}, {"i can", 1},   {"i will", 1}, {"i'll", 1},
	{"i'm going to", 1},  {"let me", 1},  {"we can", 1}, {"we will", 1},
	{"we'll", 1},         {"will do", 1},
};

static bool
is_promise(const char *sentence)
{
	return nd_phrases_in(ND_PHRASES(own_words), sentence,
	                     strlen(sentence)) != 0;
}

static unsigned
outcomes_in(const char *text)
{
	unsigned found =
		nd_phrases_in(ND_PHRASES(done_words), text, strlen(text));

	for (size_t i = 0; i < sizeof done_chinese / sizeof *done_chinese; i++)
		if (strstr(text, done_chinese[i].text))
			found |= done_chinese[i].outcome;
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

enum nd_llm_claim_act
nd_llm_claimact_mend(const struct nd_llm_context *context,
                     const struct nd_llm_claim *claim)
{
	if (claim->act == ND_LLM_CLAIM_DECIDES &&
	    !knows(&context->mail[claim->source[0] - 1], claim->act))
		return ND_LLM_CLAIM_SAYS;
	return claim->act;
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

const char *
nd_llm_claimact_check(const struct nd_llm_context *context,
                      const struct nd_llm_claim *claim, size_t person,
                      const char *sentence)
{
	const struct nd_llm_context_mail *mail =
		&context->mail[claim->source[0] - 1];
	bool known = knows(mail, claim->act);
	bool asked = strchr(sentence, '?') || strstr(sentence, "？");

	if (is_of_ledger(claim->act) && !known)
		return "the facts do not say that the cited mail approves, "
		       "applies or withdraws something";
	if (claim->act == ND_LLM_CLAIM_ASKS && !asked &&
	    !is_asked(mail, sentence))
		return "the quote asks nothing";
	if (asked && !may_ask(claim->act) &&
	    (!known || is_of_ledger(claim->act)))
		return "the quote is a question; the act is another one";
	if (claim->act == ND_LLM_CLAIM_PROMISES_CHANGE && !known &&
	    !is_author(context, person) && !is_promise(sentence))
		return "only who does it promises a change; others ask for it";
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
	unsigned said = nd_phrases_in(ND_PHRASES(said_words), sentence,
	                              strlen(sentence));
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
		if (!(said & outcomes[i].outcome) || (said & POSSIBLE))
			return outcomes[i].why;
	}
	return NULL;
}
