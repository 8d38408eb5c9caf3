/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * abbreviation.h - expansions of abbreviations that are in no mail
 *
 * Models love to explain: "FWB (Firmware Workaround)". An expansion stays only
 * when its letters stand in a row in some mail; whether they fit the
 * abbreviation is not proof.
 */
#ifndef ND_LLM_ABBREVIATION_H
#define ND_LLM_ABBREVIATION_H

#include <stdbool.h>

#include "llm/evidence.h"

/**
 * text without the brackets that expand or explain an abbreviation and that
 * nothing proves, owned by ctx.
 *
 * *removed   how many were taken out
 */
const char *nd_llm_abbreviation_strip(const void *ctx,
                                      const struct nd_llm_evidence *evidence,
                                      const char *text, unsigned *removed);

/** Does text expand an abbreviation in running words, without proof? */
bool nd_llm_abbreviation_claims(const struct nd_llm_evidence *evidence,
                                const char *text);

#endif
