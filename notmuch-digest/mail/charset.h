/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * charset.h - the bytes of a text part become UTF-8
 *
 * Mail is not what it declares: "us-ascii" holds UTF-8, "iso-8859-1" is
 * windows-1252 and "gb2312" is gb18030 in nearly every mail that says so, names
 * are spelled in many ways, and the charset may be missing or unknown. Nothing
 * is dropped silently: a character that cannot be converted becomes U+FFFD, and
 * costs none of its neighbours.
 *
 * Does not: take out unsafe characters (util/utf8.h does that); guess a charset
 * from the frequency of letters.
 */
#ifndef ND_MAIL_CHARSET_H
#define ND_MAIL_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "util/buf.h"

/**
 * Append (bytes, len) to out as valid UTF-8 without NUL (a NUL becomes a
 * blank).
 *
 * charset    as the mail declares it; NULL when it does not
 *
 * When out gets full the text is cut there, between two characters.
 */
void nd_charset_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                        const char *charset);

/**
 * The same for HTML, which may say itself what it is written in (<meta>, XML
 * declaration): that holds where the mail says nothing, or what cannot be.
 */
void nd_charset_html_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                             const char *charset);

/** Is ASCII in a text of this charset what it looks like? Not in UTF-7. */
bool nd_charset_keeps_ascii(const char *charset);

#endif
