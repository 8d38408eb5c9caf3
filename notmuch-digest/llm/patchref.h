/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patchref.h - is the patch that a claim names that of the mail?
 *
 * "patch 3" is the 3/8 of the mail's subject, or one that the mail itself names,
 * or that the ledger has it take or tag.
 */
#ifndef ND_LLM_PATCHREF_H
#define ND_LLM_PATCHREF_H

#include <stdbool.h>

#include "llm/claim.h"
#include "llm/evidence.h"

/**
 * The claim's patch becomes 0 when the mail does not bear it out, when there is
 * only one anyway, and of what is taken when all of the series is.
 *
 * Returns    whether it was another one
 */
bool nd_llm_patchref_mend(const struct nd_llm_context *context,
                          const struct nd_llm_evidence *evidence,
                          struct nd_llm_claim *claim);

#endif
