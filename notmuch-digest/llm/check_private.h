/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_private.h - what those share who check a claim: where it is from
 *
 * Reasons are texts on ctx, or constant; NULL: it holds.
 */
#ifndef ND_LLM_CHECK_PRIVATE_H
#define ND_LLM_CHECK_PRIVATE_H

#include "llm/check.h"

/**
 * Its sources, its quote, who says it, its zone: claim->person is found, sources
 * and quote are mended in place.
 */
const char *nd_llm_check_origin(const struct nd_llm_check *check,
                                const void *ctx, struct nd_llm_claim *claim,
                                struct nd_llm_check_counts *counts);

/** Who says it is told by the program: the text is what is said. */
void nd_llm_check_speaker(const void *ctx, struct nd_llm_claim *claim);

#endif
