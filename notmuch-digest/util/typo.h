/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * typo.h - the word that somebody meant to type
 *
 * Pure functions, ASCII, without regard to case.
 */
#ifndef ND_UTIL_TYPO_H
#define ND_UTIL_TYPO_H

#include <stddef.h>

/**
 * How many letters must be put in, left out, replaced or swapped with their
 * neighbour to make b of a.
 *
 * Returns    that number; SIZE_MAX for words over ND_TYPO_LENGTH_MAX bytes
 */
size_t nd_typo_distance(const char *a, const char *b);

enum { ND_TYPO_LENGTH_MAX = 32 };

/**
 * The one of words that text looks like: it is all letters and hyphens, and at
 * most one error away when it has five of them at most, two when it has more.
 *
 * words      ends with NULL; of equally near ones the first is taken
 * Returns    a member of words; NULL when none is near
 */
const char *nd_typo_nearest(const char *text, const char *const *words);

#endif
