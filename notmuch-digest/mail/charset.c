/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "util/str.h"
#include "util/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"

/*
 * What senders declare and what they mean. The right hand sides are supersets,
 * so correctly labelled text is not harmed.
 */
static const struct {
	const char *declared, *meant;
} supersets[] = {
	{"iso-8859-1", "WINDOWS-1252"},
	{"iso8859-1", "WINDOWS-1252"},
	{"iso_8859-1", "WINDOWS-1252"},
	{"latin1", "WINDOWS-1252"},
	{"ansi_x3.110-1983", "WINDOWS-1252"},
	{"windows-1252", "WINDOWS-1252"},
	{"cp1252", "WINDOWS-1252"},
	{"cp-850", "CP850"},
	{"iso-8859-8-i", "ISO-8859-8"},
	{"iso-8859-9", "WINDOWS-1254"},
	{"iso-8859-11", "WINDOWS-874"},
	{"tis-620", "WINDOWS-874"},
	{"gb2312", "GB18030"},
	{"gb_2312-80", "GB18030"},
	{"gbk", "GB18030"},
	{"x-gbk", "GB18030"},
	{"cp936", "GB18030"},
	{"big5", "BIG5-HKSCS"},
	{"ks_c_5601-1987", "CP949"},
	{"euc-kr", "CP949"},
	{"shift_jis", "CP932"},
	{"shift-jis", "CP932"},
	{"x-sjis", "CP932"},
	{"iso-2022-jp", "ISO-2022-JP-3"},
	{"unicode-1-1-utf-7", "UTF-7"},
};

/* Charsets whose text is taken as UTF-8 when its bytes are valid UTF-8. */
static bool
may_be_utf8(const char *charset)
{
	return !charset || !*charset || nd_str_starts_nocase(charset, "utf8") ||
	       nd_str_equal_nocase(charset, "utf-8") ||
	       nd_str_equal_nocase(charset, "us-ascii") ||
	       nd_str_equal_nocase(charset, "ascii") ||
	       nd_str_equal_nocase(charset, "ansi_x3.4-1968") ||
	       nd_str_starts_nocase(charset, "unknown") ||
	       nd_str_starts_nocase(charset, "x-unknown");
}

static const char *
superset_of(const char *charset)
{
	for (size_t i = 0; i < sizeof supersets / sizeof *supersets; i++)
		if (nd_str_equal_nocase(charset, supersets[i].declared))
			return supersets[i].meant;
	return charset;
}

/* The length of (text, len) without a character that len cuts in two. */
static size_t
whole_characters(const char *text, size_t len)
{
	size_t back = 0;

	while (back < 3 && back < len &&
	       ((unsigned char)text[len - back - 1] & 0xc0) == 0x80)
		back++;
	if (back < len && (unsigned char)text[len - back - 1] >= 0xc0) {
		size_t at = len - back - 1, end = at;
		int32_t c = nd_utf8_next(text, len, &end);

		if (end != len || (c == 0xfffd && end == at + 1))
			return at;
	}
	return len;
}

/* Append valid UTF-8, as much as there is room for. */
static void
add_utf8(struct nd_buf *out, const char *text, size_t len)
{
	size_t room = out->limit_bytes - out->len;

	if (len > room) {
		len = whole_characters(text, room);
		out->full = true;
	}
	nd_buf_add(out, text, len);
}

/* Each invalid sequence costs one U+FFFD and one step of iconv: linear. */
static void
convert(struct nd_buf *out, iconv_t cd, const char *bytes, size_t len)
{
	char *in = (char *)bytes;
	size_t left = len;

	while (left > 0 && !out->full) {
		char chunk[4096], *to = chunk;
		size_t room = sizeof chunk;
		size_t rc = iconv(cd, &in, &left, &to, &room);
		int error = errno;

		add_utf8(out, chunk, sizeof chunk - room);
		if (rc != (size_t)-1 || error == E2BIG)
			continue;
		add_utf8(out, REPLACEMENT, sizeof REPLACEMENT - 1);
		in++;
		left--;
	}
}

/* False when iconv does not know the charset. */
static bool
convert_from(struct nd_buf *out, const char *bytes, size_t len,
             const char *charset)
{
	iconv_t cd = iconv_open("UTF-8", charset);

	if (cd == (iconv_t)-1)
		return false;
	convert(out, cd, bytes, len);
	iconv_close(cd);
	return true;
}

static bool
is_utf8(const char *bytes, size_t len)
{
	/* A NUL is not text, yet it does not make text invalid here. */
	for (size_t at = 0; at < len;) {
		size_t start = at;

		if ((unsigned char)bytes[at] < 0x80)
			at++;
		else if (nd_utf8_next(bytes, len, &at) == 0xfffd &&
		         at == start + 1)
			return false;
	}
	return true;
}

static void
blank_nul(char *text, size_t len)
{
	char *nul;

	while ((nul = memchr(text, '\0', len))) {
		*nul = ' ';
		len -= (size_t)(nul - text);
		text = nul;
	}
}

void
nd_charset_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                   const char *charset)
{
	bool guess = may_be_utf8(charset);
	const char *name = guess ? "WINDOWS-1252" : superset_of(charset);
	size_t start = out->len;

	/*
	 * Western text labelled iso-8859-1 or windows-1252 that happens to be
	 * valid UTF-8 is UTF-8: nobody writes "Ã©" on purpose.
	 */
	if ((guess || strcmp(name, "WINDOWS-1252") == 0) && is_utf8(bytes, len))
		add_utf8(out, bytes, len);
	else if (!convert_from(out, bytes, len, name)) {
		if (is_utf8(bytes, len))
			add_utf8(out, bytes, len);
		else
			convert_from(out, bytes, len, "WINDOWS-1252");
	}
	blank_nul(out->data + start, out->len - start);
}
