/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phrase.h - find the phrases of a table in a text, in one walk
 *
 * What a phrase means is the table's business: a phrase has bits, and a text
 * has the bits of all phrases that stand in it. Case does not matter, in ASCII.
 */
#ifndef ND_TEXT_PHRASE_H
#define ND_TEXT_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "util/str.h"

struct nd_phrase {
	const char *
		text; /* lower case, begins with a to z or a digit; words parted by
			   * one blank */
	unsigned bits;
};

/* A table is sorted by the first letters of its phrases. */
struct nd_phrases {
	const struct nd_phrase *phrase;
	size_t count;
};

#define ND_PHRASES(table) \
	((struct nd_phrases){(table), sizeof(table) / sizeof *(table)})

/** The bits of all phrases that stand in (text, len) as whole words. */
unsigned nd_phrases_in(struct nd_phrases table, const char *text, size_t len);

/**
 * The bits of the phrases that (text, len) begins with.
 *
 * *end    where the longest of them ends; 0 when there is none; may be NULL
 */
unsigned nd_phrases_at(struct nd_phrases table, const char *text, size_t len,
                       size_t *end);

/** Is this byte one of a word: a letter, digit, "_", "'" or not ASCII? */
static inline bool
nd_phrase_is_word_byte(char c)
{
	return nd_is_word_byte(c) || c == '\'';
}

/** First place of word in (text, len) that is not a part of a longer word. */
const char *nd_phrase_find_word(const char *text, size_t len, const char *word);

#endif
