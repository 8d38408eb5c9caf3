/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * prompt.h - what is said to a language model about a thread
 *
 * The system text depends on the language only and is the same for all threads
 * of a run. The user text begins with the mails, oldest first, so that
 * tomorrow's begins with today's bytes; then comes what is known of them. All
 * that anybody else has worded, names, subjects and earlier answers too, stands
 * behind marks (fence.h) and before a line with a random word that no mail can
 * know; behind it are the window and the task.
 *
 * Pure: the same arguments make the same bytes.
 */
#ifndef ND_LLM_PROMPT_H
#define ND_LLM_PROMPT_H

#include "llm/claim.h"
#include "llm/context.h"
#include "util/buf.h"

/* What is asked for; decides the answer's schema. */
enum nd_llm_prompt_flags {
	ND_LLM_PROMPT_EARLIER = 1u << 0, /* there is history to tell */
	ND_LLM_PROMPT_REFRESH = 1u << 1, /* stored items are known already */
	ND_LLM_PROMPT_REPAIR = 1u << 2, /* refused items are to be said again */
};

struct nd_llm_prompt {
	const struct nd_llm_context *context;
	unsigned flags;       /* enum nd_llm_prompt_flags */
	const uint32_t *mail; /* indices of the mails shown, growing */
	size_t mail_count;
	size_t mail_tokens; /* a longer mail is cut to it; 0: none is */
	size_t lead_tokens; /* the opening mail is: it was shown before; 0: it
			     * was not */
	unsigned max_words; /* of all items together; 0: as they come */
	const struct nd_llm_claims *known; /* stored, or refused ones */
	const char *const *why; /* of refused ones: the reason of each */
	const char *nonce;
};

/**
 * The system text, owned by ctx.
 *
 * language   "en", "zh_CN"
 */
const char *nd_llm_prompt_system(const void *ctx, const char *language);

/** Append the user text. */
void nd_llm_prompt_user(const struct nd_llm_prompt *prompt, struct nd_buf *out);

/** The JSON schema of the answer; one constant text for each set of flags. */
const char *nd_llm_prompt_schema(const void *ctx, unsigned flags);

/** Sixteen hexadecimal digits that nobody can guess, owned by ctx. */
const char *nd_llm_prompt_nonce(const void *ctx);

#endif
