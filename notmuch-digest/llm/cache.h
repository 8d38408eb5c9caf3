/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cache.h - checked answers that are kept between runs
 *
 * A second run over the same mails asks nothing; a thread that has grown asks
 * only about its new mails. What is kept are statements that have passed the
 * checks, with the Message-IDs of their sources: no prompt and no key.
 *
 * The window is not part of it: which of the items are new is seen from their
 * sources, so another window needs no other answer.
 */
#ifndef ND_LLM_CACHE_H
#define ND_LLM_CACHE_H

#include <stdbool.h>

#include "llm/claim.h"
#include "llm/context.h"

/* What is known of a thread; sources are numbers of the context's mails. */
struct nd_llm_cached {
	const char *gist;
	struct nd_llm_claims claims;
	struct nd_llm_term *term;
	size_t term_count;
	unsigned dropped; /* statements that failed a check */
	bool *covered;    /* one a mail: looked at */
	bool complete;    /* all of them are */
};

/**
 * What was stored of this thread, owned by ctx; NULL when there is nothing,
 * or when a mail it covers has changed or gone.
 *
 * dir        of util/cachedir.h; NULL: nothing is stored
 * profile    a hash of all that decides an answer besides the mails: model,
 *            language, prompt version
 */
struct nd_llm_cached *
nd_llm_cache_load(const void *ctx, const char *dir, const char *profile,
                  const struct nd_llm_context *context);

/** Store what is known of all mails of the context. */
void nd_llm_cache_save(const char *dir, const char *profile,
                       const struct nd_llm_context *context,
                       const struct nd_llm_cached *cached);

#endif
