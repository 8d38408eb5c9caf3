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
