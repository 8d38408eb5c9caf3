/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * titles.h - what a series is about, by the titles of its patches
 *
 * For one whose first mail does not say it: its cover letter has only a list of
 * patches or of changes, or there is none and it is a patch like the others.
 */
#ifndef ND_SUMMARISE_TITLES_H
#define ND_SUMMARISE_TITLES_H

#include "summarise/candidates.h"

/**
 * "add a ring; use it; …": without what all of them begin with, and without
 * the last ones when they are many.
 *
 * source     set to the first patches, as many as an item can cite
 * Returns    a text of ctx, or NULL: the first mail says it, or there are not
 *            enough patches
 */
const char *
nd_titles_find(const void *ctx, const struct nd_candidates *m,
               int32_t source[ND_ITEM_SOURCES_MAX], size_t *source_count);

/** Has a sentence hardly a word that is not in the title of its mail? */
bool
nd_titles_says(const struct nd_candidates *m, const struct nd_candidate *c);

#endif
