/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/str.h"

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
nd_mem_starts(const char *text, size_t len, const char *start)
{
	size_t want;

	/* Tables of starts are long, and few lines begin alike. */
	if (len && *start && *text != *start)
		return false;
	want = strlen(start);
	return len >= want && memcmp(text, start, want) == 0;
}

bool
nd_mem_starts_nocase(const char *text, size_t len, const char *start)
{
	size_t want;

	if (len && *start && nd_lower(*text) != nd_lower(*start))
		return false;
	want = strlen(start);
	return len >= want && nd_mem_equal_nocase(text, start, want);
}

bool
nd_str_starts(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
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
	const char *end = text + len, *at = text;

	while (want > 0 && (size_t)(end - at) >= want &&
	       (at = memchr(at, *needle, (size_t)(end - at) - want + 1))) {
		if (memcmp(at, needle, want) == 0)
			return at;
		at++;
	}
	return want > 0 ? NULL : text;
}

const char *
nd_mem_find_nocase(const char *text, size_t len, const char *needle)
{
	size_t want = strlen(needle);
	char low = nd_lower(*needle);
	char high = low >= 'a' && low <= 'z' ? (char)(low - 'a' + 'A') : low;

	if (want == 0)
		return text;
	for (size_t i = 0; i + want <= len; i++)
		if ((text[i] == low || text[i] == high) &&
		    nd_mem_equal_nocase(text + i, needle, want))
			return text + i;
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
	for (; len >= n; text++, len--)
		if ((nd_lower(*text) == first || first == '%') &&
		    is_piece(text, piece, n))
			return text;
	return NULL;
}

bool
nd_mem_matches(const char *text, size_t len, const char *pattern)
{
	size_t n;

	/* Asked for many patterns: the first byte tells most. */
	if (*pattern != '*' && (len == 0 || !is_piece(text, pattern, 1)))
		return *pattern == '\0' && len == 0;
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
