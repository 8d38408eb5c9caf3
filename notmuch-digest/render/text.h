/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text.h - reports for the terminal: wrapped, indented, colours and links
 * optional
 *
 * See render.h. Lines are at most `width` columns wide, except for URLs.
 */
#ifndef ND_RENDER_TEXT_H
#define ND_RENDER_TEXT_H

#include "words/labels.h"

/* The page: how wide, and whether ANSI colours and OSC 8 links may be used. */
struct nd_text_page {
	size_t width;
	bool color;
	bool links;
};

void nd_text_report(const struct nd_labels *labels,
                    const struct nd_text_page *page, struct nd_buf *out);

void
nd_text_thread(const struct nd_labels *labels, const struct nd_text_page *page,
               const struct nd_thread *thread, struct nd_buf *out);

#endif
