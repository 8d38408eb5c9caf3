/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/typo.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "util/str.h"

enum { SHORT_WORD = 5 };

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
nd_typo_distance(const char *a, const char *b)
{
	size_t rows[3][ND_TYPO_LENGTH_MAX + 1];
	size_t *last = rows[0], *row = rows[1], *next = rows[2];
	size_t a_len = strlen(a), b_len = strlen(b);

	if (a_len > ND_TYPO_LENGTH_MAX || b_len > ND_TYPO_LENGTH_MAX)
		return SIZE_MAX;
	for (size_t k = 0; k <= b_len; k++)
		row[k] = k;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *free_row = last;

		next[0] = i;
		for (size_t k = 1; k <= b_len; k++) {
			char x = nd_lower(a[i - 1]), y = nd_lower(b[k - 1]);

			next[k] = least(least(row[k], next[k - 1]) + 1,
			                row[k - 1] + (x != y));
			if (i > 1 && k > 1 && x == nd_lower(b[k - 2]) &&
			    y == nd_lower(a[i - 2]))
				next[k] = least(next[k], last[k - 2] + 1);
		}
		last = row;
		row = next;
		next = free_row;
	}
	return row[b_len];
}

static bool
is_wordlike(const char *text)
{
	for (const char *c = text; *c; c++)
		if (!nd_is_alpha(*c) && *c != '-')
			return false;
	return nd_is_alpha(*text);
}

const char *
nd_typo_nearest(const char *text, const char *const *words)
{
	size_t best = strlen(text) > SHORT_WORD ? 2 : 1;
	const char *found = NULL;

	for (; is_wordlike(text) && *words; words++) {
		size_t distance = nd_typo_distance(text, *words);

		if (distance < best || (distance == best && !found)) {
			best = distance;
			found = *words;
		}
	}
	return found;
}
