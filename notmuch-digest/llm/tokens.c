/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/tokens.h"

#include "util/str.h"
#include "util/utf8.h"

enum { LETTERS_PER_TOKEN = 6 };

/* Of a run of the same ones, which may be as long as a mail. */
static size_t
run_tokens(size_t len)
{
	return 1 + len / ND_LLM_TOKENS_BYTES_MAX;
}

/* Tokens of a run of blanks: only a single space goes with the next word. */
static size_t
blank_tokens(const char *text, size_t len, size_t *at)
{
	size_t start = *at;
	char first = text[start];

	if (first == '\n') {
		while (*at < len && text[*at] == '\n')
			(*at)++;
		return run_tokens(*at - start);
	}
	while (*at < len && nd_is_space(text[*at]) && text[*at] != '\n')
		(*at)++;
	return *at - start > 1 || first != ' ' ? run_tokens(*at - start) : 0;
}

size_t
nd_llm_tokens_estimate(const char *text, size_t len)
{
	size_t tokens = 0, halves = 0, at = 0;

	while (at < len) {
		if (nd_is_alpha(text[at])) {
			size_t start = at;

			while (at < len && nd_is_alpha(text[at]))
				at++;
			tokens += 1 + (at - start - 1) / LETTERS_PER_TOKEN;
		} else if (nd_is_space(text[at])) {
			tokens += blank_tokens(text, len, &at);
		} else if ((unsigned char)text[at] < 0x80) {
			tokens++; /* digits and signs, one by one */
			at++;
		} else if (nd_utf8_next(text, len, &at) < 0x800) {
			halves++;
		} else {
			tokens++;
		}
	}
	return tokens + (halves + 1) / 2;
}
