/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/claim.h"

#include "util/str.h"

static const char *const names[ND_LLM_CLAIM_ACT_COUNT] = {
	[ND_LLM_CLAIM_SAYS] = "says",
	[ND_LLM_CLAIM_ASKS] = "asks",
	[ND_LLM_CLAIM_ANSWERS] = "answers",
	[ND_LLM_CLAIM_REQUESTS_CHANGE] = "requests-change",
	[ND_LLM_CLAIM_PROMISES_CHANGE] = "promises-change",
	[ND_LLM_CLAIM_APPROVES] = "approves",
	[ND_LLM_CLAIM_OBJECTS] = "objects",
	[ND_LLM_CLAIM_APPLIES] = "applies",
	[ND_LLM_CLAIM_REPORTS_RESULT] = "reports-result",
	[ND_LLM_CLAIM_WITHDRAWS] = "withdraws",
	[ND_LLM_CLAIM_DEFERS] = "defers",
	[ND_LLM_CLAIM_DECIDES] = "decides",
};

const char *
nd_llm_claim_act_name(enum nd_llm_claim_act act)
{
	return names[act];
}

enum nd_llm_claim_act
nd_llm_claim_act_find(const char *name)
{
	for (enum nd_llm_claim_act act = 0; act < ND_LLM_CLAIM_ACT_COUNT; act++)
		if (nd_str_equal_nocase(names[act], name))
			return act;
	return ND_LLM_CLAIM_SAYS;
}
