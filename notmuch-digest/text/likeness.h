/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * likeness.h - how much of one text stands in another one
 *
 * Counted in stems, without stop words (text/vocabulary.h).
 */
#ifndef ND_TEXT_LIKENESS_H
#define ND_TEXT_LIKENESS_H

#include <stddef.h>

struct nd_likeness {
	size_t words;  /* different ones of the first text */
	size_t shared; /* of them: the second one has them */
};

/** language as in nd_vocabulary_new(). */
struct nd_likeness
nd_likeness_of(const char *language, const char *text, const char *other);

#endif
