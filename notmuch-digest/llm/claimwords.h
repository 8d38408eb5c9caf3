/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * claimwords.h - a checked claim as a sentence
 *
 * Who and what is done are our words, in the language of the report; what is
 * said is the model's.
 */
#ifndef ND_LLM_CLAIMWORDS_H
#define ND_LLM_CLAIMWORDS_H

#include "llm/claim.h"
#include "llm/context.h"
#include "util/i18n.h"

/**
 * "Ann objects to patch 3: it leaks the reference."
 *
 * context    of the claim. That and where something was taken is told from the
 *            ledger alone: nothing of the text is in "Ben applied patch 3 to
 *            net-next."
 * text       what is said, with names in it
 * Returns    a text owned by ctx. Of ND_LLM_CLAIM_SAYS without a patch it is the
 *            text alone: who says it is printed before it
 */
const char *
nd_llm_claimwords(const void *ctx, const struct nd_i18n *i18n,
                  const struct nd_llm_context *context,
                  const struct nd_llm_claim *claim, const char *text);

/** The name of the one who acts; "?" when a stored claim has nobody. */
const char *nd_llm_claimwords_who(const struct nd_llm_context *context,
                                  const struct nd_llm_claim *claim);

#endif
