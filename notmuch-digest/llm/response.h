/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * response.h - what a model said, as claims
 *
 * Models wrap JSON in prose, code fences and thoughts, and stop in the middle.
 * Whatever holds a whole item is used. Numbers are read in every form in which
 * models write them: 3, "3", "[3]". An item without sources, quote or text is
 * none; without an act it only says something, and without who says it that is
 * left to the check.
 *
 * Pure; linear in the text, which is at most ND_LIMIT_CONTENT_BYTES.
 */
#ifndef ND_LLM_RESPONSE_H
#define ND_LLM_RESPONSE_H

#include "llm/claim.h"
#include "util/status.h"

enum {
	ND_LLM_RESPONSE_ITEMS_MAX = 8
}; /* of one list; the rest is not looked at */

struct nd_llm_response {
	const char *gist; /* one line; "" when there is none */
	struct nd_llm_claims claims;
	struct nd_llm_term *term;
	size_t term_count;
	int *superseded; /* numbers of stored items, from 1 */
	size_t superseded_count;
	unsigned malformed; /* items that are none */
	bool cut;           /* the text ended too early */
};

/**
 * Read the text of an answer.
 *
 * *out       owned by ctx; its texts are one clean line each
 * Returns    ND_OK, also for an answer without items; ND_ERR_PARSE when there
 *            is no such JSON in it; ND_ERR_LIMIT
 */
enum nd_status nd_llm_response_read(const void *ctx, const char *text,
                                    size_t len, struct nd_llm_response **out,
                                    struct nd_error *err) ND_MUST_CHECK;

#endif
