/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * purpose.h - what a posting says that it is for
 */
#ifndef ND_SUMMARISE_PURPOSE_H
#define ND_SUMMARISE_PURPOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "text/sentence.h"
#include "text/token.h"

/** "patch", "series": a word for what was posted. */
bool nd_purpose_is_posting(const struct nd_token *token);

/** The token behind "This patch series", "The small series (v2)"; else 0. */
size_t nd_purpose_past_posting(const struct nd_token *token, size_t count);

/**
 * "This series adds a ring buffer.", "It is slow, so this series caches it.", "In
 * this patch, we add it.": says what was posted for, and not how that is.
 */
bool nd_purpose_is_told(const struct nd_sentence *s);

/** "This adds", of what was posted where nothing was said before. */
bool nd_purpose_begins(const struct nd_sentence *s);

/** "Use the right one instead.": what a patch does, as its message is to say. */
bool nd_purpose_is_commanded(const struct nd_sentence *s);

#endif
