/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trailerline.h - read one line as a trailer: "Reviewed-by: Name <addr>"
 *
 * A trailer of a person has a type that ends in -by and says that somebody did
 * something, and an address. What people and mail programs make of that is
 * read, too: other case, typographic dashes, full-width colons and brackets,
 * no-break spaces, markup, a wrapped address, missing blanks or brackets.
 *
 * Pure. What it is given for is text/trailerscope.h's.
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

#endif
