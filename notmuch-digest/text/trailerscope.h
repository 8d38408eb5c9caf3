/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trailerscope.h - what a trailer is given for, and on which condition
 *
 *	With that fixed, for patches 1-3:
 *	Reviewed-by: Name <addr>  # the arm64 part
 *
 * Pure. Conditions are heard in several languages, by their form.
 */
#ifndef ND_TEXT_TRAILERSCOPE_H
#define ND_TEXT_TRAILERSCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/trailer.h"

/**
 * Read the words that lead in a trailer: the paragraph above it, or what stands
 * before it in its line.
 *
 * *trailer    gains scope and condition, owned by ctx, that it has not got yet;
 *             total and number tell what it is given to: number becomes 0 when
 *             it is for the series
 */
void nd_trailerscope_lead(const void *ctx, const char *text, size_t len,
                          struct nd_trailer *trailer);

/** Read a condition that follows a trailer: "if you fix that, of course." */
void nd_trailerscope_follow(const void *ctx, const char *text, size_t len,
                            struct nd_trailer *trailer);

/**
 * Do the words above a trailer only say what a tag would look like: "If you fix
 * the issue, kindly add following tag"?
 *
 * robot       written by a program: then it is enough that it asks for one
 */
bool nd_trailerscope_is_proposal(const char *text, size_t len,
                                 const struct nd_trailer *trailer, bool robot);

/** Read what stands behind a trailer in its line: "# the arm64 part". */
void nd_trailerscope_remark(const void *ctx, const char *text, size_t len,
                            struct nd_trailer *trailer);

#endif
