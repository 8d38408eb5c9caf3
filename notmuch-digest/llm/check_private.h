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
 * Its sources, its quote, who says it, its zone: claim->person, act and zone
 * are found, sources and quote are mended in place.
 */
const char *nd_llm_check_origin(const struct nd_llm_check *check,
                                const void *ctx, struct nd_llm_claim *claim,
                                struct nd_llm_check_counts *counts);

/** May a claim of this zone cite that mail, a number from 1? */
bool nd_llm_check_fits_zone(const struct nd_llm_check *check, enum nd_zone zone,
                            int source);

/** Who says it is told by the program: the text is what is said. */
const char *nd_llm_check_speaker(const void *ctx, struct nd_llm_claim *claim);

/**
 * The people of its text; *people is their number. Each has to do with a cited
 * mail, and is not another one than the quote names, or than its sentence says to
 * do it.
 */
const char *
nd_llm_check_people(const struct nd_llm_check *check, const void *ctx,
                    const struct nd_llm_claim *claim, const char *sentence,
                    size_t *people);

#endif
