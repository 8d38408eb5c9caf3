/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wordpattern.h - find phrases in the tokens of a sentence, by patterns
 *
 * A pattern is a row of elements, parted by blanks:
 *
 *   should          this word
 *   can|could       one of these; classes, too
 *   test~           any form of the word (its stem)
 *   CHANGE          a word of the class with this name
 *   <version>       a token of this kind
 *   ADV*            any number of them; "ADV?" one at most
 *   ..              up to three tokens, whatever they are
 *   ^ and $         the start and the end of the sentence
 *
 * Contractions are written in full: "do not" finds "don't", "i will" "I'll".
 * Linear in the sentence for a given table.
 */
#ifndef ND_ACTS_WORDPATTERN_H
#define ND_ACTS_WORDPATTERN_H

#include <stddef.h>
#include <stdint.h>

#include "text/token.h"

/* A class of words: its name, in capitals, and its words, parted by blanks. */
struct nd_wordclass {
	const char *name, *words;
};

struct nd_wordpattern {
	unsigned meaning; /* what it is found for; the table's business */
	const char *pattern;
};

struct nd_wordpatterns; /* a table, ready for use */

/**
 * Make a table ready; owned by ctx. Both tables stay where they are.
 *
 * A mistake in a pattern (an unknown class, too many elements) is a mistake of
 * the program: it ends here.
 */
struct nd_wordpatterns *
nd_wordpatterns_new(const void *ctx, const struct nd_wordclass *class_,
                    size_t class_count, const struct nd_wordpattern *pattern,
                    size_t pattern_count);

/**
 * Tell what stands in a sentence.
 *
 * found      found[meaning] is set for each; the caller has cleared it
 */
void nd_wordpatterns_find(const struct nd_wordpatterns *table,
                          const struct nd_token *token, size_t count,
                          unsigned char *found);

#endif
