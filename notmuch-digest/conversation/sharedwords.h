/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sharedwords.h - where a mail has the words of an earlier one, in their order
 *
 * Words are compared folded, by shingles (util/shingle.h): line ends, marks,
 * indents and punctuation do not matter. Where several mails have the same
 * words, the first that was added counts.
 *
 * Pure. Linear in the words; hashes that are the same are taken for the same
 * words.
 */
#ifndef ND_CONVERSATION_SHAREDWORDS_H
#define ND_CONVERSATION_SHAREDWORDS_H

#include "model/message.h"
#include "util/shingle.h"

/* The words of the mails so far. */
struct nd_sharedwords;

/* Where a word stands. */
struct nd_sharedwords_place {
	int32_t message;
	uint32_t line;
};

struct nd_sharedwords *nd_sharedwords_new(const void *ctx);

/** Add what a mail says itself: its own lines, its signature and the like. */
void nd_sharedwords_add(struct nd_sharedwords *shared, int32_t message,
                        const struct nd_body *body);

/**
 * Find the words of a mail that stand in those before it, at least
 * ND_SHINGLE_WORDS in sequence.
 *
 * from       an entry a word: its number among those added, or SIZE_MAX
 * Returns    false: there is none
 */
bool nd_sharedwords_find(const struct nd_sharedwords *shared,
                         const struct nd_shingle_words *words, size_t *from);

/** Where the word with that number stands. */
struct nd_sharedwords_place
nd_sharedwords_place(const struct nd_sharedwords *shared, size_t number);

/** Does any of the words [first, end) that were added have this hash? */
bool nd_sharedwords_has(const struct nd_sharedwords *shared, size_t first,
                        size_t end, uint64_t word);

#endif
