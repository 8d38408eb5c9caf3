/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * charsetname.h - which charset is meant by what a text declares
 *
 * Names as mailers write them: "utf8", "cp-1251", "x-sjis", "KS_C_5601-1987",
 * "charset=\"utf-8\";". Where a name is commonly used for a larger charset, as
 * iso-8859-1 is for windows-1252, that is meant. Pure.
 */
#ifndef ND_UTIL_CHARSETNAME_H
#define ND_UTIL_CHARSETNAME_H

#include <stdbool.h>
#include <stddef.h>

/** How a text is to be read that declares a charset. */
enum nd_charsetname_way {
	ND_CHARSETNAME_ICONV,
	ND_CHARSETNAME_GUESSED, /* nothing said: UTF-8 when it is that */
	ND_CHARSETNAME_UTF8,
	ND_CHARSETNAME_UTF16, /* which byte is first, its bytes tell */
	ND_CHARSETNAME_JP,    /* texts of 7 bits (util/iso2022.h) */
	ND_CHARSETNAME_KR,
	ND_CHARSETNAME_CN,
	ND_CHARSETNAME_HZ,
};

enum { ND_CHARSETNAME_BYTES = 64 }; /* of a name, with its NUL */

struct nd_charsetname {
	enum nd_charsetname_way way;
	const char *name; /* for iconv; it may not know it */
	const char *also; /* for characters that are not there; or NULL */
};

/**
 * declared   as the mail has it; NULL for nothing
 * c1         has the text bytes from 0x80 to 0x9f? Letters in windows-125x
 * made       room for a name that is made; the result may point to it
 */
struct nd_charsetname nd_charsetname_find(const char *declared, bool c1,
                                          char made[ND_CHARSETNAME_BYTES]);

/**
 * What HTML says of itself near its start: in <meta>, or as XML.
 *
 * Returns    false when it says nothing; said is then as before
 */
bool nd_charsetname_in_html(const char *bytes, size_t len,
                            char said[ND_CHARSETNAME_BYTES]);

#endif
