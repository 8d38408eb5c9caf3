/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cache.h - checked answers that are kept between runs
 *
 * A second run over the same mails asks nothing; a thread that has grown asks
 * only about its new mails. What is kept are statements that have passed the
 * checks, with the Message-IDs of their sources: no prompt and no key.
 * Parts of a big thread are kept, too, so that a run that is broken off, or
 * whose budget is used up, has not been for nothing.
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

/* A part of a thread that is asked about by itself. */
struct nd_llm_cache_part {
	const char *profile;
	unsigned flags; /* of its request */
	const uint32_t *mail;
	size_t mail_count, mail_tokens;
	const struct nd_llm_claims *known; /* stored items it was told */
};

/** Where what is known of a part is kept until the thread is; owned by ctx. */
const char *
nd_llm_cache_part_key(const void *ctx, const struct nd_llm_context *context,
                      const struct nd_llm_cache_part *part);

/**
 * What was stored of a part, as nd_llm_cache_load() has it of a thread.
 *
 * superseded       set where an item that it was told is no longer so
 * superseded_count of these items
 */
struct nd_llm_cached *
nd_llm_cache_load_part(const void *ctx, const char *dir, const char *key,
                       const struct nd_llm_context *context, bool *superseded,
                       size_t superseded_count);

/** Store what is known of it: shown is one a mail of the context. */
void
nd_llm_cache_save_part(const char *dir, const char *key,
                       const struct nd_llm_context *context, const bool *shown,
                       const struct nd_llm_cached *cached,
                       const bool *superseded, size_t superseded_count);

#endif
