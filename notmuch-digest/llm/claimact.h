/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * claimact.h - does the ledger bear out what somebody is said to do?
 *
 * That something was taken, acked, withdrawn or agreed on is known from the
 * ledger (model/event.h), which every mail of a context brings along. A model's
 * word is not enough, whether it stands as the act of a claim or as a verb in
 * its text.
 */
#ifndef ND_LLM_CLAIMACT_H
#define ND_LLM_CLAIMACT_H

#include <stdbool.h>

#include "llm/claim.h"
#include "llm/context.h"
#include "llm/evidence.h"

/**
 * The claim as it may be told, in place: what the ledger does not know to be a
 * decision, or what is no objection, is only said; what it does not know to be
 * taken, though the mail says so, is told in the words of the quote. Of the
 * others nothing is left without their verb: they are checked.
 */
void nd_llm_claimact_mend(const void *ctx, const struct nd_llm_context *context,
                          const struct nd_llm_evidence *evidence,
                          struct nd_llm_claim *claim);

/**
 * Does the act of the claim fit the mail that it quotes?
 *
 * person     index of the one who acts, the author of that mail
 * sentence   of the mail, in which the quote stands
 * Returns    NULL, or why not: a constant text
 */
const char *nd_llm_claimact_check(const struct nd_llm_context *context,
                                  const struct nd_llm_claim *claim,
                                  size_t person, const char *sentence);

/**
 * Does the text say that something came of it (applied, withdrawn, agreed …)
 * which neither the ledger of the cited mails nor the sentence says?
 *
 * Returns    NULL, or why not: a constant text
 */
const char *nd_llm_claimact_check_text(const struct nd_llm_context *context,
                                       const struct nd_llm_claim *claim,
                                       const char *sentence);

/** Is the text of such a claim a statement, not what is asked for or promised? */
bool nd_llm_claimact_is_stated(enum nd_llm_claim_act act);

/** The events of the ledger that the act stands for, bits 1u << type. */
unsigned nd_llm_claimact_events(enum nd_llm_claim_act act);

#endif
