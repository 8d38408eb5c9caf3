/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cache.h - answers that are kept between runs
 *
 * A second run over the same mails asks nothing; a thread that has grown asks
 * only about its new mails. What is kept are statements as the model made them,
 * with the Message-IDs of their sources: no prompt and no key. They are checked
 * whenever they are read (proof.h), so that other checks need no other answers.
 * Parts of a big thread are kept, too, so that a run that is broken off, or
 * whose budget is used up, has not been for nothing.
 *
 * The window is not part of it: which of the items are new is seen from their
 * sources, so another window needs no other answer.
 */
#ifndef ND_LLM_CACHE_H
#define ND_LLM_CACHE_H

#include <stdbool.h>

#include "llm/context.h"
#include "llm/proof.h"

/* What was said of a thread; sources are numbers of the context's mails. */
struct nd_llm_cached {
	struct nd_llm_answers answers;
	bool *covered; /* one a mail: looked at */
	bool complete; /* all of them are */
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

/** Store what was said of all mails of the context. */
void nd_llm_cache_save(const char *dir, const char *profile,
                       const struct nd_llm_context *context,
                       const struct nd_llm_answers *answers);

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

/** What was stored of a part, as nd_llm_cache_load() has it of a thread. */
struct nd_llm_cached *
nd_llm_cache_load_part(const void *ctx, const char *dir, const char *key,
                       const struct nd_llm_context *context);

/** Store what was said of it: shown is one a mail of the context. */
void
nd_llm_cache_save_part(const char *dir, const char *key,
                       const struct nd_llm_context *context, const bool *shown,
                       const struct nd_llm_answers *answers);

#endif
