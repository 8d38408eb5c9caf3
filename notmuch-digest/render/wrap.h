/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wrap.h - paragraphs for a terminal
 *
 * Lines break where Unicode lets them (UAX #14), with one difference: a run of
 * ASCII without blanks is kept whole, since kvm-unit-tests, paths and URLs are
 * there to be copied. What is wider than a line is cut, except URLs and what
 * begins with "mid:" or "id:". No line ends in a blank. Input has been through
 * nd_escape_terminal().
 */
#ifndef ND_RENDER_WRAP_H
#define ND_RENDER_WRAP_H

#include <stdbool.h>

#include "util/buf.h"

struct nd_wrap; /* a width, and what is needed to find breaks */

struct nd_wrap *nd_wrap_new(const void *ctx, size_t width);

/* How one paragraph stands on the page. */
struct nd_paragraph {
	const char *first; /* printed before the first line: "  - " */
	const char *next;  /* before the others: "    " */
	const char *style; /* ANSI sequence around each line, or "" */
	bool links;        /* http and https URLs become OSC 8 hyperlinks */
};

/** Append text as a paragraph; "" appends nothing. */
void nd_wrap_add(struct nd_wrap *wrap, struct nd_buf *out,
                 const struct nd_paragraph *how, const char *text);

#endif
