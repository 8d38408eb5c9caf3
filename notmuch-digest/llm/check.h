/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.h - is a model's statement in the mails it cites?
 *
 * Mechanical rules, the same for every language: sources, zone, verbatim
 * quote, people, links, expansions of abbreviations, identifiers, numbers,
 * filler. What can be mended is mended in place (a wrong source, a bracket
 * that no mail spells out); what cannot is refused, with the reason.
 *
 * Not seen: a wrong verb, a lost negation, who agreed with whom. Against those
 * the quote is kept beside the statement.
 */
#ifndef ND_LLM_CHECK_H
#define ND_LLM_CHECK_H

#include <stdbool.h>

#include "llm/claim.h"
#include "llm/evidence.h"

struct nd_llm_check {
	const struct nd_llm_context *context;
	const struct nd_llm_evidence *evidence;
	const bool *shown;  /* one a mail: it stood in the prompt */
	bool windowed;      /* new and earlier are told apart by the window */
	bool same_language; /* the mails are in the language of the items */
};

/* What was mended or is doubtful, for --verbose. */
struct nd_llm_check_counts {
	unsigned recited;       /* sources put right */
	unsigned abbreviations; /* brackets taken out */
	unsigned weak;          /* few words in common with the sources */
	unsigned strange;       /* capitalised words that no mail has */
};

/**
 * Check one claim.
 *
 * claim      its sources and text are mended in place; texts on ctx
 * counts     added to
 * Returns    NULL when it holds, else why not: a constant text
 */
const char *nd_llm_check_claim(const struct nd_llm_check *check,
                               const void *ctx, struct nd_llm_claim *claim,
                               struct nd_llm_check_counts *counts);

/** The topic without what cannot be proved; NULL when nothing is left. */
const char *
nd_llm_check_gist(const struct nd_llm_check *check, const void *ctx,
                  const char *gist, struct nd_llm_check_counts *counts);

/** Does some mail spell the term out so? */
bool nd_llm_check_term(const struct nd_llm_check *check,
                       const struct nd_llm_term *term);

#endif
