/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * textpage.h - a page of the terminal: paragraphs, indents, styles
 */
#ifndef ND_RENDER_TEXTPAGE_H
#define ND_RENDER_TEXTPAGE_H

#include "render/wrap.h"
#include "words/labels.h"
#include "words/readingtime.h"

/* Readable on dark and light; a colour only where bold is taken. */
#define ND_TEXTPAGE_TITLE "\033[1m"
#define ND_TEXTPAGE_ZONE "\033[35m"

#define ND_TEXTPAGE_INDENT "   "

/* What everything that is printed needs. */
struct nd_textpage {
	const struct nd_labels *labels;
	struct nd_wrap *wrap;
	struct nd_buf *out;
	size_t width;
	bool color;
	bool links;
	struct nd_readingtime *time; /* of a report; what is left of it */
	const size_t *number; /* its threads', as its front orders them */
};

/**
 * A paragraph, made safe and wrapped; "" is none.
 *
 * first, next  what stands before its first line, and before the others
 * style        one of the above, or ""
 */
void nd_textpage_add(const struct nd_textpage *to, const char *first,
                     const char *next, const char *style, const char *text);

/** An indented one without style. */
void nd_textpage_line(const struct nd_textpage *to, const char *text);

#endif
