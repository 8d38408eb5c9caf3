/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patchref.h - is the patch, or the version, that a claim names that of the mail?
 *
 * "patch 3" is the 3/8 of the mail's subject, or one that the mail itself names,
 * or that the ledger has it take or tag.
 */
#ifndef ND_LLM_PATCHREF_H
#define ND_LLM_PATCHREF_H

#include "llm/claim.h"
#include "llm/evidence.h"

/**
 * Check the patch of the claim, and those that its text names.
 *
 * claim      patch becomes 0 when there is only one anyway
 * sentence   of the mail, in which the quote stands
 * Returns    NULL, or why not: a text owned by ctx
 */
const char *
nd_llm_patchref_check(const void *ctx, const struct nd_llm_context *context,
                      const struct nd_llm_evidence *evidence,
                      struct nd_llm_claim *claim, const char *sentence);

/**
 * Is a version that the text names that of the quote?
 *
 * Returns   NULL, or why not: a text owned by ctx
 *
 * sentence  that of the quote
 * own       all that its author writes in the mail: what names no version may
 *           stand in a list of changes of one
 */
const char *
nd_llm_patchref_check_version(const void *ctx, const char *text,
                              const char *quote, const char *sentence,
                              const char *own);

#endif
