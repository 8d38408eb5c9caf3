/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * claimact.h - does the mail bear out what somebody is said to do?
 *
 * That something was taken, acked, withdrawn or agreed on is known from the
 * ledger (model/event.h), which every mail of a context brings along: a model's
 * word is not enough. What is asked, promised or reported has a form.
 */
#ifndef ND_LLM_CLAIMACT_H
#define ND_LLM_CLAIMACT_H

#include <stdbool.h>

#include "entailment/alignment.h"
#include "llm/claim.h"
#include "llm/context.h"

/**
 * An act that the mail does not bear out becomes ND_LLM_CLAIM_ASKS or
 * ND_LLM_CLAIM_SAYS, in place.
 *
 * claim      with its person
 * sentence   of the mail, in which the quote stands
 * Returns    whether it was another one
 */
bool nd_llm_claimact_mend(const struct nd_llm_context *context,
                          struct nd_llm_claim *claim, const char *sentence);

/** What is said by the verb that is printed before the claim's text. */
enum nd_alignment_frame
nd_llm_claimact_frame(const struct nd_llm_context *context,
                      const struct nd_llm_claim *claim, const char *sentence);

/** The events of the ledger that the act stands for, bits 1u << type. */
unsigned nd_llm_claimact_events(enum nd_llm_claim_act act);

#endif
