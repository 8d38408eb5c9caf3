/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * openingquote.h - what a thread began with, when its first mail is not there
 *
 * The first mail that is there answers it, and quotes it: the question of a
 * talk, or what a patch is about. Those are the words of somebody else.
 */
#ifndef ND_SUMMARISE_OPENINGQUOTE_H
#define ND_SUMMARISE_OPENINGQUOTE_H

#include "summarise/candidates.h"

/**
 * The sentence of the quote that tells most of what it is of.
 *
 * Returns    one line, as the text of an item, owned by ctx; NULL when the
 *            thread begins with its first mail, or when nothing whole is quoted
 */
const char *
nd_openingquote_find(const void *ctx, const struct nd_candidates *m);

#endif
