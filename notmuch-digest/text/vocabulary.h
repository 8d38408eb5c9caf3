/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * vocabulary.h - the words of a text as numbers: equal stem, equal number
 *
 * Words are found by ICU, case folded and stemmed by Snowball. Numbers are
 * given in order of appearance, so they are the same in every run. Stop words
 * all have the number ND_WORD_STOP.
 *
 * Does not: translate or know synonyms. Text is valid UTF-8.
 */
#ifndef ND_TEXT_VOCABULARY_H
#define ND_TEXT_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

enum { ND_WORD_STOP = 0 };

struct nd_vocabulary;

/* Word numbers, growing; owned by whoever owns the struct's memory. */
struct nd_word_list {
	uint32_t *word;
	size_t count;
};

/**
 * A new vocabulary, owned by ctx.
 *
 * language   as nd_language_guess() says it; one without a stemmer or stop
 *            words simply has none
 */
struct nd_vocabulary *nd_vocabulary_new(const void *ctx, const char *language);

/** Append the numbers of the words of (text, len) to list, stops included. */
void nd_vocabulary_read(struct nd_vocabulary *words, const char *text,
                        size_t len, const void *ctx, struct nd_word_list *list);

/** Numbers given so far are below this. */
size_t nd_vocabulary_count(const struct nd_vocabulary *words);

#endif
