/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * iso2022.h - texts of 7 bits whose escapes say what the bytes are
 *
 * ISO-2022-JP in all its forms (RFC 1468, RFC 1554, RFC 2237, JIS X 0213,
 * CP50220 to CP50222 of Windows with the rows of NEC and IBM), ISO-2022-KR
 * (RFC 1557), ISO-2022-CN (RFC 1922) and HZ (RFC 1843). iconv() reads each
 * strictly as its RFC has it, and goes wrong from the first character on that
 * is not there; here each character is read by itself, so that one that is odd
 * or damaged costs no other.
 */
#ifndef ND_UTIL_ISO2022_H
#define ND_UTIL_ISO2022_H

#include <stddef.h>

#include "util/buf.h"

enum nd_iso2022 {
	ND_ISO2022_JP, /* bytes over 127 are half-width katakana */
	ND_ISO2022_KR, /* bytes over 127 are EUC-KR */
	ND_ISO2022_CN, /* bytes over 127 are GB 2312 */
	ND_ISO2022_HZ, /* the same, and ~{ for an escape */
};

/**
 * Append (bytes, len) to out as UTF-8, U+FFFD for what is no character. The
 * text ends with the last character that out has room for.
 */
void nd_iso2022_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                        enum nd_iso2022 form);

#endif
