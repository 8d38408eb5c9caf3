/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/utf8.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

/* A blank, but for its class. */
#define EMPTY_BRAILLE 0x2800

int32_t
nd_utf8_next(const char *text, size_t len, size_t *at)
{
	unsigned char first = (unsigned char)text[*at];
	int32_t at32 = 0, c;
	int32_t left = len - *at > 4 ? 4 : (int32_t)(len - *at);

	if (first < 0x80) {
		(*at)++;
		return first;
	}
	U8_NEXT((const uint8_t *)text + *at, at32, left, c);
	if (c < 0) {
		(*at)++;
		return 0xfffd;
	}
	*at += (size_t)at32;
	return c;
}

bool
nd_utf8_is_unsafe(int32_t c)
{
	if (c < 0x80)
		return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
	if (c < 0xad)
		return c < 0xa0;
	switch (u_charType(c)) {
	case U_CONTROL_CHAR:
	case U_FORMAT_CHAR: /* bidi, zero width, tags, BOM, SHY */
	case U_PRIVATE_USE_CHAR:
	case U_SURROGATE:
		return true;
	default:
		break;
	}
	/* Line and paragraph separator; Hangul fillers, variation selectors and
	 * whatever else is to be ignored in display. */
	return c == 0x2028 || c == 0x2029 || U_IS_UNICODE_NONCHAR(c) ||
	       u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool
nd_utf8_is_blank(int32_t c)
{
	return u_isUWhiteSpace(c) || nd_utf8_is_unsafe(c) || c == EMPTY_BRAILLE;
}

bool
nd_utf8_is_valid(const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t start = at;
		int32_t c = nd_utf8_next(text, len, &at);

		if (c == 0 || (c == 0xfffd && at == start + 1))
			return false;
	}
	return true;
}

static void
add_code_point(struct nd_buf *out, int32_t c)
{
	char bytes[U8_MAX_LENGTH];
	int32_t len = 0;

	U8_APPEND_UNSAFE(bytes, len, c);
	nd_buf_add(out, bytes, (size_t)len);
}

#define EACH_BYTE(c) (UINT64_C(0x0101010101010101) * (c))

/* Are all eight bytes printable ASCII? The sums carry into no other byte. */
static bool
are_printable(const char *text)
{
	uint64_t eight;

	memcpy(&eight, text, sizeof eight);
	if (eight & EACH_BYTE(0x80))
		return false;
	return ((eight + EACH_BYTE(0x60)) & ~(eight + EACH_BYTE(1)) &
	        EACH_BYTE(0x80)) == EACH_BYTE(0x80);
}

/* The bytes from at on that need no look: printable ASCII, tab and LF. */
static size_t
plain_run(const char *text, size_t len, size_t at)
{
	size_t end = at;

	while (end < len) {
		unsigned char c = (unsigned char)text[end];

		if (len - end >= 8 && are_printable(text + end)) {
			end += 8;
			continue;
		}
		if (c >= 0x7f || (c < 0x20 && c != '\n' && c != '\t'))
			break;
		end++;
	}
	return end - at;
}

bool
nd_utf8_is_harmless(const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t start;
		int32_t c;

		at += plain_run(text, len, at);
		if (at == len)
			break;
		start = at;
		c = nd_utf8_next(text, len, &at);
		if (nd_utf8_is_unsafe(c) || (c == 0xfffd && at == start + 1))
			return false;
	}
	return true;
}

char *
nd_utf8_clean(const void *ctx, const char *text, size_t len, size_t *removed)
{
	struct nd_buf *out;
	size_t gone = 0;
	char *clean;

	if (removed)
		*removed = 0;
	/* Most mail is plain ASCII. */
	if (plain_run(text, len, 0) == len)
		return x_strndup(ctx, text, len);
	/* The worst growth: each byte is replaced by a three-byte U+FFFD. */
	out = nd_buf_new(NULL, 3 * len);
	for (size_t at = 0; at < len;) {
		size_t run = plain_run(text, len, at);
		int32_t c;

		nd_buf_add(out, text + at, run);
		at += run;
		if (at == len)
			break;
		c = nd_utf8_next(text, len, &at);
		if (c == '\r') {
			if (at == len || text[at] != '\n')
				nd_buf_addc(out, '\n');
		} else if (c == EMPTY_BRAILLE) {
			nd_buf_addc(out, ' ');
		} else if (nd_utf8_is_unsafe(c)) {
			gone++;
		} else {
			add_code_point(out, c);
		}
	}
	if (removed)
		*removed = gone;
	clean = x_strndup(ctx, out->data, out->len);
	talloc_free(out);
	return clean;
}

char *
nd_utf8_clean_line(const void *ctx, const char *text, size_t len)
{
	char *line = nd_utf8_clean(ctx, text, len, NULL);
	char *to = line;

	for (const char *from = line; *from; from++) {
		if (!nd_is_space(*from))
			*to++ = *from;
		else if (to > line && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > line && to[-1] == ' ')
		to--;
	*to = '\0';
	return line;
}

static size_t
code_point_width(int32_t c)
{
	int mask = U_GET_GC_MASK(c);
	int width;

	if (c < 0x300)
		return c < 0x20 ? 0 : 1;
	if (mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK))
		return 0;
	width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t
nd_utf8_width(const char *text, size_t len)
{
	size_t width = 0;

	for (size_t at = 0; at < len;)
		width += code_point_width(nd_utf8_next(text, len, &at));
	return width;
}

size_t
nd_utf8_fit(const char *text, size_t len, size_t columns)
{
	size_t width = 0, at = 0;

	while (at < len) {
		size_t next = at;

		width += code_point_width(nd_utf8_next(text, len, &next));
		if (width > columns)
			break;
		at = next;
	}
	return at;
}

enum nd_letter
nd_utf8_letter(int32_t c)
{
	if (c < 0x80)
		return nd_is_alnum((char)c) ? ND_LETTER_PART : ND_LETTER_NONE;
	if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		return ND_LETTER_IGNORED;
	if (!u_isalnum(c) && !(U_GET_GC_MASK(c) & U_GC_M_MASK))
		return ND_LETTER_NONE;
	switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
	case U_LB_IDEOGRAPHIC:
	case U_LB_COMPLEX_CONTEXT:
	case U_LB_CONDITIONAL_JAPANESE_STARTER:
		return ND_LETTER_WORD;
	default:
		return ND_LETTER_PART;
	}
}

const char *
nd_utf8_truncate(const void *ctx, const char *text, size_t columns)
{
	size_t len = strlen(text);
	size_t keep = nd_utf8_fit(text, len, columns);
	size_t blank;

	if (keep == len)
		return text;
	keep = blank = nd_utf8_fit(text, len, columns - 1);
	while (blank > keep / 2 && text[blank] != ' ')
		blank--;
	if (text[blank] == ' ')
		keep = blank;
	while (keep && strchr(" ,;:-(", text[keep - 1]))
		keep--;
	return x_asprintf(ctx, "%.*s…", (int)keep, text);
}
