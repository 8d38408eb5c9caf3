/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trailerline.h - read one line as a trailer, and the words that go with it
 *
 *	With that fixed, for patches 1-3:
 *	Reviewed-by: Name <addr>  # the arm64 part
 *
 * A trailer of a person has a type that ends in -by and says that somebody did
 * something, and an address. What people and mail programs make of that is
 * read, too: other case, typographic dashes, full-width colons and brackets,
 * no-break spaces, markup, a wrapped address, missing blanks or brackets.
 *
 * Pure. Conditions are heard in several languages, by their form.
 */
#ifndef ND_TEXT_TRAILERLINE_H
#define ND_TEXT_TRAILERLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/trailer.h"

/**
 * Read one line as a trailer.
 *
 * line, len   without line end; blanks at its start make it none
 * next        the line after it, joined when the address is wrapped into it;
 *             NULL for none
 * *trailer    gains type and who, owned by ctx, and scope and condition from a
 *             remark behind it; untouched when it is none
 */
bool nd_trailerline_parse(const void *ctx, const char *line, size_t len,
                          const char *next, size_t next_len,
                          struct nd_trailer *trailer);

/**
 * Where in a line a trailer may begin: 0 for its start; behind blanks, markup
 * and the "| " of robots; behind words ("FWIW, Acked-by: …") that do not take it
 * back.
 */
size_t nd_trailerline_start(const char *line, size_t len);

/**
 * Read the words that lead in a trailer: the paragraph above it, or what stands
 * before it in its line.
 *
 * *trailer    gains scope and condition, owned by ctx, that it has not got yet;
 *             total and number tell what it is given to: number becomes 0 when
 *             it is for the series
 */
void nd_trailerline_lead(const void *ctx, const char *text, size_t len,
                         struct nd_trailer *trailer);

/** Read a condition that follows a trailer: "if you fix that, of course." */
void nd_trailerline_follow(const void *ctx, const char *text, size_t len,
                           struct nd_trailer *trailer);

/**
 * Do the words above a trailer only say what a tag would look like: "If you fix
 * the issue, kindly add following tag"?
 *
 * robot       written by a program: then it is enough that it asks for one
 */
bool nd_trailerline_is_proposal(const char *text, size_t len,
                                const struct nd_trailer *trailer, bool robot);

#endif
