/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * complaint.h - what a program complained of, below the words that announce it
 */
#ifndef ND_SUMMARISE_COMPLAINT_H
#define ND_SUMMARISE_COMPLAINT_H

#include <stdbool.h>
#include <stddef.h>

#include "model/message.h"
#include "text/sentence.h"

/** "It fails with these errors:" */
bool nd_complaint_is_announced(const struct nd_sentence *s);

/**
 * "The build fails like this:" and the output below it: the sentence with the
 * message of the first error, where that can be read, or with none.
 *
 * sentence   of body, and the count - 1 behind it
 * items      gets how many sentences behind it the message stands in
 * Returns    text that ctx owns; NULL: no fault is announced, or no output follows
 */
char *nd_complaint_text(const void *ctx, const struct nd_body *body,
                        const struct nd_sentence *sentence, size_t count,
                        size_t *items);

#endif
