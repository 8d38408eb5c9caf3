/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * claim.h - a statement of a model about a thread, with what should prove it
 *
 * Who, what is done and about which patch are members of their own: they are
 * checked against the mail and the ledger, and worded by the program.
 */
#ifndef ND_LLM_CLAIM_H
#define ND_LLM_CLAIM_H

#include <stdbool.h>
#include <stddef.h>

#include "model/summary.h"

/* What somebody does with the words that are quoted. */
enum nd_llm_claim_act {
	ND_LLM_CLAIM_SAYS, /* none of the others: what a mail states */
	ND_LLM_CLAIM_ASKS,
	ND_LLM_CLAIM_ANSWERS,
	ND_LLM_CLAIM_REQUESTS_CHANGE,
	ND_LLM_CLAIM_PROMISES_CHANGE,
	ND_LLM_CLAIM_APPROVES,
	ND_LLM_CLAIM_OBJECTS,
	ND_LLM_CLAIM_APPLIES,
	ND_LLM_CLAIM_REPORTS_RESULT,
	ND_LLM_CLAIM_WITHDRAWS,
	ND_LLM_CLAIM_DEFERS,
	ND_LLM_CLAIM_DECIDES,
	ND_LLM_CLAIM_ACT_COUNT
};

struct nd_llm_claim {
	enum nd_zone zone;
	enum nd_llm_claim_act act;
	const char *by; /* as the model gives it; "" when it does not */
	long person;    /* {Pn}, once it is checked; 0 before */
	int patch;      /* the number of the one it is about; 0: none */
	int source[ND_ITEM_SOURCES_MAX]; /* numbers of mails, from 1 */
	size_t source_count;
	const char *quote; /* from the first source */
	const char *text;  /* what is said, without the speaker; people as
			    * {Pn} */
	const char *doubt; /* why text is not the model's, but the sentence of
			    * the quote, as the mail has it; NULL: it is */
};

struct nd_llm_claims {
	struct nd_llm_claim *claim;
	size_t count;
};

/* An abbreviation that a mail itself spells out. */
struct nd_llm_term {
	const char *term;
	const char *expansion;
};

/** The word for an act in answers and in the cache: "requests-change". */
const char *nd_llm_claim_act_name(enum nd_llm_claim_act act);

/** The act of a word; ND_LLM_CLAIM_SAYS for one that is none. */
enum nd_llm_claim_act nd_llm_claim_act_find(const char *name);

#endif
