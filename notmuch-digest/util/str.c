/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/str.h"

#include <stdint.h>
#include <string.h>

bool
nd_mem_equal_nocase(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (nd_lower(a[i]) != nd_lower(b[i]))
			return false;
	return true;
}

bool
nd_str_equal_nocase(const char *a, const char *b)
{
	size_t len = strlen(a);

	return len == strlen(b) && nd_mem_equal_nocase(a, b, len);
}

bool
nd_str_starts_nocase(const char *text, const char *start)
{
	return nd_mem_starts_nocase(text, strlen(text), start);
}

const char *
nd_mem_find(const char *text, size_t len, const char *needle)
{
	size_t want = strlen(needle);
	const char *end, *at = text;

	/* No text may have no place, either. */
	if (want == 0 || len < want)
		return want > 0 ? NULL : text;
	end = text + len;
	while ((size_t)(end - at) >= want &&
	       (at = memchr(at, *needle, (size_t)(end - at) - want + 1))) {
		if (memcmp(at, needle, want) == 0)
			return at;
		at++;
	}
	return NULL;
}

/* How far is looked for a letter before its other case has its turn: without
 * end, one that is not there would be sought again at each of the other. */
enum { NEAR_BYTES = 128 };

/* The first place of c, a small letter or none, in any case. */
static const char *
find_byte(const char *text, size_t len, char c)
{
	for (size_t near; len > 0; text += near, len -= near) {
		const char *small, *capital = NULL;

		near = len < NEAR_BYTES ? len : NEAR_BYTES;
		small = memchr(text, c, near);
		if (nd_is_alpha(c))
			capital = memchr(text, c - 'a' + 'A',
			                 small ? (size_t)(small - text) : near);
		if (small || capital)
			return capital ? capital : small;
	}
	return NULL;
}

const char *
nd_mem_find_nocase(const char *text, size_t len, const char *needle)
{
	size_t want = strlen(needle);
	const char *end, *at = text;
	char first = nd_lower(*needle);

	if (want == 0 || len < want)
		return want > 0 ? NULL : text;
	end = text + len;
	while ((size_t)(end - at) >= want &&
	       (at = find_byte(at, (size_t)(end - at) - want + 1, first))) {
		if (nd_mem_equal_nocase(at, needle, want))
			return at;
		at++;
	}
	return NULL;
}

static bool
is_piece(const char *text, const char *piece, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (piece[i] == '%' ? !nd_is_digit(text[i])
		                    : nd_lower(text[i]) != nd_lower(piece[i]))
			return false;
	return true;
}

/* The first place of the piece in (text, len); NULL: none. */
static const char *
find_piece(const char *text, size_t len, const char *piece, size_t n)
{
	char first = nd_lower(*piece);

	if (n == 0)
		return text;
	for (; len >= n; text++, len--) {
		const char *at = first == '%'
		                         ? text
		                         : find_byte(text, len - n + 1, first);

		if (!at || is_piece(at, piece, n))
			return at;
		len -= (size_t)(at - text);
		text = at;
	}
	return NULL;
}

bool
nd_mem_matches(const char *text, size_t len, const char *pattern)
{
	const char *last;
	size_t n;

	/* Asked for many patterns: the first byte tells most, or the last. */
	if (*pattern != '*' && (len == 0 || !is_piece(text, pattern, 1)))
		return *pattern == '\0' && len == 0;
	last = pattern + strlen(pattern) - 1;
	if (*last != '*' && (len == 0 || !is_piece(text + len - 1, last, 1)))
		return false;
	n = strcspn(pattern, "*");
	if (n > len || !is_piece(text, pattern, n))
		return false;
	text += n;
	len -= n;
	pattern += n;
	while (*pattern == '*') {
		const char *found;

		pattern++;
		n = strcspn(pattern, "*");
		if (!pattern[n])
			return n <= len && is_piece(text + len - n, pattern, n);
		found = find_piece(text, len, pattern, n);
		if (!found)
			return false;
		len -= (size_t)(found - text) + n;
		text = found + n;
		pattern += n;
	}
	return len == 0;
}

size_t
nd_mem_ascii_run(const char *text, size_t len)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	uint64_t eight;
	size_t at = 0;

	for (; len - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, text + at, sizeof eight);
		if (eight & high)
			break;
	}
	while (at < len && !((unsigned char)text[at] & 0x80))
		at++;
	return at;
}

void
nd_mem_trim(const char **text, size_t *len)
{
	while (*len > 0 && nd_is_space((*text)[0])) {
		(*text)++;
		(*len)--;
	}
	while (*len > 0 && nd_is_space((*text)[*len - 1]))
		(*len)--;
}

char *
nd_str_lower(char *text)
{
	for (char *p = text; *p; p++)
		*p = nd_lower(*p);
	return text;
}

bool
nd_str_ends_nocase(const char *text, const char *end)
{
	return nd_mem_ends_nocase(text, strlen(text), end);
}

bool
nd_mem_ends_nocase(const char *text, size_t len, const char *end)
{
	size_t want = strlen(end);

	return len >= want && nd_mem_equal_nocase(text + len - want, end, want);
}
