/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "util/alloc.h"
#include "util/charsetname.h"
#include "util/iso2022.h"
#include "util/str.h"
#include "util/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"

static bool
has_c1(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		i += nd_mem_ascii_run(bytes + i, len - i);
		if (i < len && (bytes[i] & 0xe0) == 0x80)
			return true;
	}
	return false;
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

/* Charsets whose characters have one byte or two, and what the first of two
 * may be; behind one byte, if any, more follow. */
static const struct pairs {
	const char *name;
	unsigned char first, last, first_2, last_2;
	unsigned char longer, longer_bytes;
} pairs[] = {
	{"CP932", 0x81, 0x9f, 0xe0, 0xfc, 0, 0},
	{"EUC-JP-MS", 0xa1, 0xfe, 0x8e, 0x8f, 0x8f, 3},
	{"GB18030", 0x81, 0xfe, 0x81, 0xfe, 0, 0},
	{"BIG5-HKSCS", 0x81, 0xfe, 0x81, 0xfe, 0, 0},
	{"CP950", 0x81, 0xfe, 0x81, 0xfe, 0, 0},
	{"CP949", 0x81, 0xfe, 0x81, 0xfe, 0, 0},
	{"EUC-TW", 0xa1, 0xfe, 0x8e, 0x8e, 0x8e, 4},
};

/* A text on its way through iconv. */
struct conversion {
	struct nd_buf *out;
	iconv_t cd, also; /* also: (iconv_t)-1 for none */
	const struct pairs *pairs;
	char *in;
	size_t left;
};

/* How many bytes at which iconv stopped are one bad character. */
static size_t
bad_bytes(const struct conversion *conversion)
{
	const struct pairs *lead = conversion->pairs;
	const unsigned char *in = (const unsigned char *)conversion->in;
	size_t len = 2;

	if (!lead || ((in[0] < lead->first || in[0] > lead->last) &&
	              (in[0] < lead->first_2 || in[0] > lead->last_2)))
		return 1;
	if (in[0] == lead->longer)
		len = lead->longer_bytes;
	if (len > conversion->left)
		len = conversion->left;
	for (size_t i = 1; i < len; i++)
		if (in[i] <= ' ' || in[i] == 0x7f || (i > 1 && in[i] < 0x80))
			return i;
	return len;
}

/* Append what the other charset has for it; false: it has nothing. */
static bool
try_also(struct conversion *conversion, size_t len)
{
	char utf8[16], *to = utf8, *in = conversion->in;
	size_t room = sizeof utf8, left = len;

	if (conversion->also == (iconv_t)-1)
		return false;
	iconv(conversion->also, NULL, NULL, NULL, NULL);
	if (iconv(conversion->also, &in, &left, &to, &room) == (size_t)-1 ||
	    left > 0)
		return false;
	iconv(conversion->also, NULL, NULL, &to, &room);
	add_utf8(conversion->out, utf8, sizeof utf8 - room);
	return true;
}

/* What iconv stopped at; an ASCII letter behind it is taken for itself. */
static void
pass_bad(struct conversion *conversion)
{
	size_t bad = bad_bytes(conversion);

	if (!try_also(conversion, bad)) {
		if (bad == 2 && (unsigned char)conversion->in[1] < 0x80)
			bad = 1;
		add_utf8(conversion->out, REPLACEMENT, sizeof REPLACEMENT - 1);
	}
	conversion->in += bad;
	conversion->left -= bad;
}

/* Some charsets hold a letter back, since an accent may follow. */
static void
flush(struct conversion *conversion)
{
	char chunk[16], *to = chunk;
	size_t room = sizeof chunk;

	iconv(conversion->cd, NULL, NULL, &to, &room);
	add_utf8(conversion->out, chunk, sizeof chunk - room);
}

/* Each bad character costs one U+FFFD and one step of iconv: linear. */
static void
convert(struct conversion *conversion)
{
	while (conversion->left > 0 && !conversion->out->full) {
		char chunk[4096], *to = chunk;
		size_t room = sizeof chunk;
		size_t rc = iconv(conversion->cd, &conversion->in,
		                  &conversion->left, &to, &room);
		int error = errno;

		add_utf8(conversion->out, chunk, sizeof chunk - room);
		if (rc == (size_t)-1 && error != E2BIG)
			pass_bad(conversion);
	}
	flush(conversion);
}

/* False when iconv does not know the charset. */
static bool
convert_from(struct nd_buf *out, const char *bytes, size_t len,
             const struct nd_charsetname *charset)
{
	struct conversion conversion = {
		.out = out,
		.cd = iconv_open("UTF-8", charset->name),
		.also = (iconv_t)-1,
		.in = (char *)bytes,
		.left = len,
	};

	if (conversion.cd == (iconv_t)-1)
		return false;
	if (charset->also)
		conversion.also = iconv_open("UTF-8", charset->also);
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (strcmp(pairs[i].name, charset->name) == 0)
			conversion.pairs = &pairs[i];
	convert(&conversion);
	iconv_close(conversion.cd);
	if (conversion.also != (iconv_t)-1)
		iconv_close(conversion.also);
	return true;
}

/* Characters of UTF-8 that are not ASCII, and bytes that are no UTF-8. */
struct utf8_count {
	size_t good, bad;
};

/* A NUL is not text, yet it does not make text invalid here. */
static struct utf8_count
count_utf8(const char *bytes, size_t len)
{
	struct utf8_count count = {0, 0};

	for (size_t at = 0; at < len;) {
		size_t start;

		at += nd_mem_ascii_run(bytes + at, len - at);
		if (at == len)
			break;
		start = at;
		if (nd_utf8_next(bytes, len, &at) == 0xfffd && at == start + 1)
			count.bad++;
		else
			count.good++;
	}
	return count;
}

static bool
is_mostly_utf8(const char *bytes, size_t len)
{
	struct utf8_count count = count_utf8(bytes, len);

	return count.bad == 0 || count.good > count.bad;
}

/* Append UTF-8 in which some bytes are damaged. */
static void
add_damaged_utf8(struct nd_buf *out, const char *bytes, size_t len)
{
	size_t from = 0, at = 0;

	while (at < len) {
		size_t start = at;

		if (bytes[at] == '\0')
			at++;
		else if (nd_utf8_next(bytes, len, &at) == 0xfffd &&
		         at == start + 1) {
			add_utf8(out, bytes + from, start - from);
			add_utf8(out, REPLACEMENT, sizeof REPLACEMENT - 1);
			from = at;
		}
	}
	add_utf8(out, bytes + from, len - from);
}

/* Little endian without a mark, as Windows has it, unless the NULs of ASCII
 * stand first. */
static const char *
utf16_order(const char *bytes, size_t len)
{
	size_t nul[2] = {0, 0};

	if (len >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
		return "UTF-16BE";
	if (len >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
		return "UTF-16LE";
	for (size_t i = 0; i < len; i++)
		nul[i % 2] += bytes[i] == '\0';
	return nul[0] > nul[1] ? "UTF-16BE" : "UTF-16LE";
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

/* ---- all ----------------------------------------------------------------- */

/* Is it text of ISO-2022-JP that does not say so? */
static bool
has_jis_escape(const char *bytes, size_t len)
{
	return nd_mem_find(bytes, len, "\x1b$B") ||
	       nd_mem_find(bytes, len, "\x1b$@");
}

static const struct nd_charsetname windows_1252 = {ND_CHARSETNAME_ICONV,
                                                   "WINDOWS-1252", NULL};

/* What declares nothing, or what is not so. */
static void
add_guessed(struct nd_buf *out, const char *bytes, size_t len)
{
	struct utf8_count count = count_utf8(bytes, len);

	if (count.good == 0 && count.bad == 0 && has_jis_escape(bytes, len))
		nd_iso2022_to_utf8(out, bytes, len, ND_ISO2022_JP);
	else if (count.bad == 0)
		add_utf8(out, bytes, len);
	else if (count.good > count.bad)
		add_damaged_utf8(out, bytes, len);
	else
		convert_from(out, bytes, len, &windows_1252);
}

static enum nd_iso2022
form_of(enum nd_charsetname_way way)
{
	return way == ND_CHARSETNAME_JP   ? ND_ISO2022_JP
	       : way == ND_CHARSETNAME_KR ? ND_ISO2022_KR
	       : way == ND_CHARSETNAME_CN ? ND_ISO2022_CN
	                                  : ND_ISO2022_HZ;
}

/*
 * Texts of 7 bits that have 8 and no escape: UTF-8, or what was not encoded on
 * the way out.
 */
static void
add_7bit(struct nd_buf *out, const char *bytes, size_t len,
         enum nd_charsetname_way way)
{
	static const struct nd_charsetname sjis = {ND_CHARSETNAME_ICONV,
	                                           "CP932", NULL};
	struct utf8_count count = count_utf8(bytes, len);

	if (count.good > 0 && count.bad == 0)
		add_utf8(out, bytes, len);
	else if (count.bad > 0 && way == ND_CHARSETNAME_JP &&
	         !memchr(bytes, 0x1b, len))
		convert_from(out, bytes, len, &sjis);
	else
		nd_iso2022_to_utf8(out, bytes, len, form_of(way));
}

static bool
is_utf16_mark(const char *bytes, size_t len)
{
	return len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 ||
	                    memcmp(bytes, "\xfe\xff", 2) == 0);
}

/* Called UTF-16, and is nothing of the kind? */
static bool
is_ascii(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!bytes[i] || (unsigned char)bytes[i] >= 0x80)
			return false;
	return true;
}

static void
add_text(struct nd_buf *out, const char *bytes, size_t len,
         const char *declared)
{
	char name[ND_CHARSETNAME_BYTES];
	struct nd_charsetname charset =
		nd_charsetname_find(declared, has_c1(bytes, len), name);

	if ((charset.way == ND_CHARSETNAME_UTF16 && !is_ascii(bytes, len)) ||
	    ((charset.way == ND_CHARSETNAME_GUESSED ||
	      charset.way == ND_CHARSETNAME_UTF8) &&
	     is_utf16_mark(bytes, len)))
		charset = (struct nd_charsetname){
			ND_CHARSETNAME_ICONV, utf16_order(bytes, len), NULL};
	switch (charset.way) {
	case ND_CHARSETNAME_JP:
	case ND_CHARSETNAME_KR:
	case ND_CHARSETNAME_CN:
	case ND_CHARSETNAME_HZ:
		add_7bit(out, bytes, len, charset.way);
		return;
	case ND_CHARSETNAME_ICONV:
		/*
		 * Western text labelled iso-8859-1 or windows-1252 that happens
		 * to be valid UTF-8 is UTF-8: nobody writes "Ã©" on purpose.
		 */
		if (strcmp(charset.name, windows_1252.name) == 0 &&
		    count_utf8(bytes, len).bad == 0)
			break;
		if (convert_from(out, bytes, len, &charset))
			return;
		break;
	case ND_CHARSETNAME_GUESSED:
	case ND_CHARSETNAME_UTF8:
	case ND_CHARSETNAME_UTF16:
		break;
	}
	add_guessed(out, bytes, len);
}

void
nd_charset_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                   const char *charset)
{
	size_t start = out->len;

	add_text(out, bytes, len, charset);
	blank_nul(out->data + start, out->len - start);
}

/* Does the header tell what the text is? It says nothing, or cannot be. */
static bool
is_told(const char *bytes, size_t len, const char *declared)
{
	char name[ND_CHARSETNAME_BYTES];
	struct nd_charsetname charset =
		nd_charsetname_find(declared, has_c1(bytes, len), name);
	iconv_t cd;

	if (charset.way == ND_CHARSETNAME_GUESSED ||
	    charset.way == ND_CHARSETNAME_UTF8)
		return is_utf16_mark(bytes, len) || is_mostly_utf8(bytes, len);
	if (charset.way != ND_CHARSETNAME_ICONV)
		return true;
	cd = iconv_open("UTF-8", charset.name);
	if (cd == (iconv_t)-1)
		return false;
	iconv_close(cd);
	return true;
}

void
nd_charset_html_to_utf8(struct nd_buf *out, const char *bytes, size_t len,
                        const char *charset)
{
	char said[ND_CHARSETNAME_BYTES], name[ND_CHARSETNAME_BYTES];

	if (len == 0)
		return; /* there may be no bytes to point to */
	/* What can be read as ASCII up to there is no UTF-16 or UTF-7. */
	if (!is_told(bytes, len, charset) &&
	    nd_charsetname_in_html(bytes, len, said)) {
		struct nd_charsetname meta =
			nd_charsetname_find(said, false, name);

		if (meta.way != ND_CHARSETNAME_UTF16 &&
		    !(meta.way == ND_CHARSETNAME_ICONV &&
		      nd_str_starts_nocase(meta.name, "utf")))
			charset = said;
	}
	nd_charset_to_utf8(out, bytes, len, charset);
}

bool
nd_charset_keeps_ascii(const char *charset)
{
	static const char text[] = "-----BEGIN PGP MESSAGE ~~+/=<&;>aZ09";
	struct nd_buf *out;
	bool keeps;

	if (!charset)
		return true;
	out = nd_buf_new(NULL, sizeof text * 4);
	nd_charset_to_utf8(out, text, strlen(text), charset);
	keeps = strcmp(out->data, text) == 0;
	talloc_free(out);
	return keeps;
}
