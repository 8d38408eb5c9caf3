/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/halves.h"

#include <string.h>

#include "util/str.h"

enum { COUNTER_BYTES = 3 };

bool
nd_halves_of_quotation(const char *text, size_t len)
{
	bool odd = false;

	for (size_t i = 0; i < len; i++)
		odd ^= text[i] == '"';
	return odd;
}

/* ":)", ";-(" */
static bool
is_smiley(const char *text, size_t at)
{
	if (at > 0 && text[at - 1] == '-')
		at--;
	return at > 0 && strchr(":;=8", text[at - 1]);
}

/* "a)", "(1)", "12)": counts, and opens nothing. */
static bool
is_counter(const char *text, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < COUNTER_BYTES &&
	       nd_is_alnum(text[start - 1]))
		start--;
	return start < at && (start == 0 || text[start - 1] == ' ');
}

int
nd_halves_open_brackets(const char *text, size_t len)
{
	int depth = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '(' && !is_smiley(text, i))
			depth++;
		if (text[i] != ')' || (depth == 0 && is_smiley(text, i)))
			continue;
		if (depth == 0 && !is_counter(text, i))
			return -1;
		depth -= depth > 0;
	}
	return depth;
}
