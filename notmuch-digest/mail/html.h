/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * html.h - the visible text of an HTML part
 *
 * libxml2 parses, nothing is loaded. Scripts, styles, comments and whatever a
 * reader would not see (display:none, font-size:0 …) are dropped before
 * anything reads them: hidden text is how mail talks to machines behind their
 * owners' backs. A paragraph becomes one line, a blockquote lines with "> ", and
 * so does what else mail clients put around or above the mail they answer.
 *
 * Input is UTF-8 whatever the document says of itself. Output is UTF-8, not
 * yet free of unsafe characters.
 *
 * Limits: elements nested deeper than ND_LIMIT_HTML_DEPTH are left out, quotes
 * deeper than ND_LIMIT_QUOTE_DEPTH are shown that deep, the text ends at
 * ND_LIMIT_PART_BYTES, or where ND_LIMIT_HTML_NODES have been seen.
 */
#ifndef ND_MAIL_HTML_H
#define ND_MAIL_HTML_H

#include <stddef.h>

#include "util/buf.h"

/** The text of (html, len), owned by ctx; empty when nothing can be read. */
struct nd_buf *nd_html_to_text(const void *ctx, const char *html, size_t len);

#endif
