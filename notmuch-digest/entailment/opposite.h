/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opposite.h - does a text say "late" where the words that it is about say "early"?
 *
 * Pairs of contrary ideas, with the words of both languages for each. A denial
 * turns a word round: "not early" is no contrary of "late".
 */
#ifndef ND_ENTAILMENT_OPPOSITE_H
#define ND_ENTAILMENT_OPPOSITE_H

#include <stdbool.h>

/**
 * Has the text a word of which the sentence has the contrary, said of the same
 * and with no word of its own side?
 *
 * own     what else the author of the sentence says: where both sides stand in
 *         it, nothing can be told
 */
bool
nd_opposite_is_said(const char *text, const char *sentence, const char *own);

#endif
