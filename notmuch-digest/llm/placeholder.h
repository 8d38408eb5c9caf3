/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * placeholder.h - people in a model's sentences: {P3}
 *
 * A model may refer to people only by number; the program puts the names in,
 * so that an invented name cannot come out.
 */
#ifndef ND_LLM_PLACEHOLDER_H
#define ND_LLM_PLACEHOLDER_H

#include <stdbool.h>

#include "llm/context.h"

/** The next {Pn} of text at or behind *at; *person is n, from 1. */
bool nd_llm_placeholder_next(const char *text, size_t *at, long *person);

/** text with the names of the context's people turned into {Pn}. */
const char *
nd_llm_placeholder_insert(const void *ctx, const struct nd_llm_context *context,
                          const char *text);

/** text with every {Pn} as the name; one that is nobody's is "?". */
const char *
nd_llm_placeholder_name(const void *ctx, const struct nd_llm_context *context,
                        const char *text);

#endif
