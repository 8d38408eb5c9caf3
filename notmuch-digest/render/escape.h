/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * escape.h - mail text made inert for a format
 *
 * Everything that comes from a mail goes through here before it is printed.
 * Input is any NUL-terminated bytes; output is one line of valid UTF-8 without
 * control, bidirectional or invisible characters, white space as single blanks
 * and none at the ends. JSON needs no function here: util/json.h does it.
 */
#ifndef ND_RENDER_ESCAPE_H
#define ND_RENDER_ESCAPE_H

#include "util/buf.h"

/** A copy of text for a terminal, owned by ctx. */
char *nd_escape_terminal(const void *ctx, const char *text);

/**
 * Append text, which has been through nd_escape_terminal(), as an OSC 8
 * hyperlink to url. Both are (pointer, length).
 *
 * Bytes of the URL that are not printable ASCII are percent-encoded, so that it
 * cannot end the sequence; one that is longer than terminals take is left out.
 */
void nd_escape_link(struct nd_buf *out, const char *url, size_t url_len,
                    const char *text, size_t text_len);

/**
 * A copy of text as the literal text of CommonMark (and GitHub's tables, task
 * lists and strikethrough), owned by ctx: no HTML, link, image, emphasis, code,
 * heading, list, quote or rule comes out of it.
 *
 * Only what could become active is escaped: kvm_arm_foo and [PATCH v2 1/3] stay
 * as they are. What is printed behind it must begin with a blank or a line end.
 */
char *nd_escape_markdown(const void *ctx, const char *text);

/**
 * A copy of text for HTML and SVG, owned by ctx: as the text of an element (but
 * not of script and style), or as an attribute's value within quotes of either
 * kind.
 */
char *nd_escape_html(const void *ctx, const char *text);

/** Append it. */
void nd_escape_html_add(struct nd_buf *out, const char *text);

/**
 * A copy of a URL for an attribute of HTML, owned by ctx; NULL when it is not
 * one of the schemes http, https and mid. What cannot stand in a URL is
 * percent-encoded.
 */
char *nd_escape_html_url(const void *ctx, const char *url);

/**
 * "<user@host>" for Markdown, owned by ctx: left as it is when it is an address
 * that Markdown makes a mailto: link of, else escaped; "" for no address.
 */
char *nd_escape_markdown_address(const void *ctx, const char *addr);

#endif
