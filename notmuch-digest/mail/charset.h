/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * charset.h - the bytes of a text part become UTF-8
 *
 * Mail is not what it declares: "us-ascii" holds UTF-8, "iso-8859-1" is
 * windows-1252 and "gb2312" is gb18030 in nearly every mail that says so, and
 * the charset may be missing or unknown. Nothing is dropped silently: what
 * cannot be converted becomes U+FFFD.
 *
 * Does not: take out unsafe characters (util/utf8.h does that).
 */
#ifndef ND_MAIL_CHARSET_H
#define ND_MAIL_CHARSET_H

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

#endif
