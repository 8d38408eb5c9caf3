/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * htmlpage.h - reports as one HTML page that needs nothing else
 *
 * See render.h. Style and script are in the page (page.css, page.js); its
 * Content-Security-Policy allows those two and nothing else, so it loads
 * nothing, and whatever a mail could get into it would not run. Without the
 * script all of it can be read; with it, threads can be filtered and keys move
 * through them. What is mailed has no script.
 */
#ifndef ND_RENDER_HTMLPAGE_H
#define ND_RENDER_HTMLPAGE_H

#include "words/labels.h"

void nd_htmlpage_report(const struct nd_labels *labels, struct nd_buf *out);

/** A page of all threads of the report, without what is told of it as a whole. */
void nd_htmlpage_threads(const struct nd_labels *labels, struct nd_buf *out);

#endif
