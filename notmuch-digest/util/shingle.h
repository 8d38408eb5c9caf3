/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shingle.h - texts as hashes of their words, alone and in sequence
 *
 * Two texts that have ND_SHINGLE_WORDS words in sequence have a shingle
 * in common, whatever the case, the punctuation and the line ends: words are
 * folded (util/segment.h), and in scripts without blanks each letter is one.
 * Linear in the text.
 */
#ifndef ND_UTIL_SHINGLE_H
#define ND_UTIL_SHINGLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ND_SHINGLE_WORDS = 8 };

/* The words of several lines, one after another. */
struct nd_shingle_words;

struct nd_shingle_words *nd_shingle_words_new(const void *ctx);

/** Add the words of (text, len); it ends the word before. */
void nd_shingle_words_add(struct nd_shingle_words *words, const char *text,
                          size_t len, size_t line);

/** Where in (text, len) the word with that number begins; len: there is none. */
size_t nd_shingle_offset(const char *text, size_t len, size_t number);

/** How many words have been added. */
size_t nd_shingle_count(const struct nd_shingle_words *words);

/** The hash of a word by itself. */
uint64_t nd_shingle_word(const struct nd_shingle_words *words, size_t word);

/** The line that a word was added with. */
size_t nd_shingle_line(const struct nd_shingle_words *words, size_t word);

struct nd_shingle {
	uint64_t hash;
	size_t first, end; /* its words: [first, end) */
};

/**
 * Go on to the next shingle, from a zeroed one; false when there is none. Words
 * may be added in between.
 */
bool nd_shingle_next(const struct nd_shingle_words *words,
                     struct nd_shingle *shingle);

/**
 * The hash of all words of a text, as a whole: a line, a subject.
 *
 * *count     of its words
 */
uint64_t nd_shingle_whole(const char *text, size_t len, size_t *count);

#endif
