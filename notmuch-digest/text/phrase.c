/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/phrase.h"

#include <string.h>

/* The bytes of phrase when it stands at text and ends where a word ends. */
static size_t
stands_at(const char *phrase, const char *text, size_t len)
{
	size_t at = 0;

	while (phrase[at]) {
		if (at == len || nd_lower(text[at]) != phrase[at])
			return 0;
		at++;
	}
	return at == len || !nd_phrase_is_word_byte(text[at]) ? at : 0;
}

/* The first phrase that begins with this letter or digit, or where it would be. */
static size_t
first_of(struct nd_phrases table, char letter)
{
	size_t low = 0, high = table.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table.phrase[middle].text[0] < letter)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

unsigned
nd_phrases_at(struct nd_phrases table, const char *text, size_t len,
              size_t *end)
{
	unsigned bits = 0;
	size_t longest = 0;
	char letter = len > 0 ? nd_lower(text[0]) : '\0';
	char second = len > 1 ? nd_lower(text[1]) : '\0';

	if (nd_is_alnum(letter)) {
		for (size_t i = first_of(table, letter);
		     i < table.count && table.phrase[i].text[0] == letter;
		     i++) {
			const char *phrase = table.phrase[i].text;
			size_t found;

			/* Most differ in the second letter. */
			if (len > 1 && phrase[1] && phrase[1] != second)
				continue;
			found = stands_at(phrase, text, len);
			if (found == 0)
				continue;
			bits |= table.phrase[i].bits;
			if (found > longest)
				longest = found;
		}
	}
	if (end)
		*end = longest;
	return bits;
}

unsigned
nd_phrases_in(struct nd_phrases table, const char *text, size_t len)
{
	unsigned bits = 0;

	for (size_t at = 0; at < len; at++) {
		if (!nd_phrase_is_word_byte(text[at]))
			continue;
		bits |= nd_phrases_at(table, text + at, len - at, NULL);
		while (at < len && nd_phrase_is_word_byte(text[at]))
			at++;
	}
	return bits;
}

const char *
nd_phrase_find_word(const char *text, size_t len, const char *word)
{
	const char *end = text + len, *at = text;
	size_t size = strlen(word);

	while ((at = nd_mem_find_nocase(at, (size_t)(end - at), word))) {
		if ((at == text || !nd_phrase_is_word_byte(at[-1])) &&
		    (at + size == end || !nd_phrase_is_word_byte(at[size])))
			return at;
		at += size;
	}
	return NULL;
}
