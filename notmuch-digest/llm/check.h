/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.h - is a model's statement in the mails it cites?
 *
 * Mechanical rules: sources, quote and who wrote it, what the ledger knows
 * of the act, the patch, people, links, expansions of abbreviations, identifiers,
 * numbers, their order, reasons, who does what, what is done and what may be,
 * contraries, filler. What can be mended is mended in place (a
 * wrong source, one that says nothing to it, a bracket that no mail spells out);
 * what cannot is refused, with the word that is wrong.
 *
 * Not seen: another word of the same mail in the place of the right one, and a
 * denial that is lost in a translation. Against those the quote is kept beside
 * the statement.
 */
#ifndef ND_LLM_CHECK_H
#define ND_LLM_CHECK_H

#include <stdbool.h>

#include "llm/claim.h"
#include "llm/evidence.h"

struct nd_llm_check {
	const struct nd_llm_context *context;
	const struct nd_llm_evidence *evidence;
	const bool *shown;    /* one a mail: it stood in the prompt */
	bool same_language;   /* the mails are in the language of the items */
	const char *language; /* of the mails, as nd_language_guess() says */
};

/* What was mended or is doubtful, for --verbose. */
struct nd_llm_check_counts {
	unsigned recited;       /* sources put right */
	unsigned abbreviations; /* brackets taken out */
	unsigned quoted;        /* in doubt: the quote is told instead */
};

/**
 * Check one claim.
 *
 * claim      its sources, person, quote and text are mended in place; texts on
 *            ctx
 * counts     added to
 * Returns    NULL when it holds, else why not, for the model: a text that names
 *            what is wrong, constant or owned by ctx
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
