/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * readingtime.h - what can be read in so many minutes, and what is left out
 *
 * A minute is 230 words: what adults read of plain English in silence (Brysbaert
 * 2019: 238; mail has more numbers and names). Words are divided by blanks.
 */
#ifndef ND_WORDS_READINGTIME_H
#define ND_WORDS_READINGTIME_H

#include "words/labels.h"

struct nd_readingtime;
struct nd_readingtime_left;

/** So many minutes, some of them kept for what will have to be named; 0: any. */
struct nd_readingtime *nd_readingtime_new(const void *ctx, unsigned minutes);

/** Is there time to read the text? Then it is spent. */
bool
nd_readingtime_take(struct nd_readingtime *time, const char *text, size_t len);

/** Spend the time for so many words, all of it at most. */
void nd_readingtime_spend(struct nd_readingtime *time, size_t words);

size_t nd_readingtime_words(const char *text, size_t len);

/** At most count threads for which there is no time. */
struct nd_readingtime_left *
nd_readingtime_left_new(const void *ctx, size_t count);

void nd_readingtime_leave(struct nd_readingtime_left *left,
                          const struct nd_thread *thread, size_t number);

bool nd_readingtime_is_left(const struct nd_readingtime_left *left,
                            const struct nd_thread *thread);

/**
 * "Left out for want of time: 7. title; 9. title; and 3 more"; "" if there is
 * none.
 */
char *nd_readingtime_left_text(const void *ctx, const struct nd_labels *labels,
                               const struct nd_readingtime_left *left);

#endif
