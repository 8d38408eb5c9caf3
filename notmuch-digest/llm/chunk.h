/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chunk.h - which mails of a thread go into which request
 *
 * All of them into one, where they fit. A bigger thread is cut by sub-thread: a
 * patch stays with what is said of it, a reply with what it answers, and every
 * piece begins with the opening mail, the later ones with the start of it. A
 * sub-thread that is too big for one piece goes on in the next one behind the
 * mail that it begins with.
 */
#ifndef ND_LLM_CHUNK_H
#define ND_LLM_CHUNK_H

#include "llm/context.h"

enum {
	ND_LLM_CHUNKS_MAX = 64,
	ND_LLM_CHUNK_LEAD_TOKENS = 300, /* of the opening mail, from the second
					 * piece on */
};

struct nd_llm_chunk {
	uint32_t *mail; /* growing */
	size_t count;
	size_t tokens;      /* estimated, of the mails */
	size_t lead;        /* of the mails: shown for the sake of the others */
	size_t lead_tokens; /* of them: of mails that were shown before */
};

struct nd_llm_chunks {
	struct nd_llm_chunk *chunk;
	size_t count;
	size_t mail_tokens; /* longer mails are cut to it; 0: none is */
};

/**
 * Plan the requests.
 *
 * skip       one a mail: those are not shown; NULL: all are
 * tokens     that the mails of one request may take
 * Returns    the plan, owned by ctx; more pieces than ND_LLM_CHUNKS_MAX: the
 *            oldest mails are left out
 */
struct nd_llm_chunks *
nd_llm_chunk_plan(const void *ctx, const struct nd_llm_context *context,
                  const bool *skip, size_t tokens);

/** The words that piece i may have of max_words, by what only it shows. */
unsigned nd_llm_chunk_words(const struct nd_llm_chunks *chunks, size_t i,
                            unsigned max_words);

#endif
