/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/abbreviation.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

enum { GLOSS_BYTES_MAX = 200, SHORT_MAX = 10 };

#define WIDE_OPEN "（"
#define WIDE_CLOSE "）"

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Two capitals or more, and no small letters but a plural's s. */
static bool
is_short(const char *text, size_t len)
{
	size_t upper = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		upper += is_upper(c);
		if (!is_upper(c) && !nd_is_digit(c) && !strchr("_-./", c) &&
		    !(c == 's' && i + 1 == len))
			return false;
	}
	return upper >= 2;
}

/* The bytes of the word that ends at text[end]. */
static size_t
word_before(const char *text, size_t end)
{
	size_t start = end;

	while (start > 0 && (nd_is_alnum(text[start - 1]) ||
	                     strchr("_-./", text[start - 1])))
		start--;
	return end - start;
}

/* Words between blanks; two signs of a script without them are two words. */
static size_t
count_words(const char *text, size_t len)
{
	size_t words = 0, at = 0;
	bool inside = false;

	while (at < len) {
		int32_t c = nd_utf8_next(text, len, &at);

		if (c >= 0x2e80 && c < 0xff00) {
			words++;
			inside = false;
		} else if (c == ' ' || c == '-') {
			inside = false;
		} else if (!inside) {
			words++;
			inside = true;
		}
	}
	return words;
}

/* A bracket: [start, end) with what is inside as [inner, inner_end). */
struct bracket {
	size_t start, inner, inner_end, end;
};

static bool
next_bracket(const char *text, size_t len, size_t at, struct bracket *out)
{
	for (; at < len; at++) {
		bool wide = nd_mem_starts(text + at, len - at, WIDE_OPEN);
		size_t end;

		if (!wide && text[at] != '(')
			continue;
		out->start = at;
		out->inner = at + (wide ? sizeof WIDE_OPEN - 1 : 1);
		for (end = out->inner;
		     end < len && end - out->inner < GLOSS_BYTES_MAX; end++) {
			bool closes_wide = nd_mem_starts(text + end, len - end,
			                                 WIDE_CLOSE);

			if (!closes_wide && text[end] != ')')
				continue;
			out->inner_end = end;
			out->end =
				end + (closes_wide ? sizeof WIDE_CLOSE - 1 : 1);
			return true;
		}
	}
	return false;
}

/*
 * Where the words begin, before end, whose initials are the letters of the
 * abbreviation; end when there are no such words.
 */
static size_t
words_for(const char *text, size_t end, const char *name, size_t name_len)
{
	size_t at = end;

	for (size_t i = name_len; i-- > 0;) {
		size_t word;

		if (!is_upper(name[i]))
			return end;
		while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-'))
			at--;
		word = at;
		while (at > 0 && nd_is_alpha(text[at - 1]))
			at--;
		if (at == word || nd_lower(text[at]) != nd_lower(name[i]))
			return end;
	}
	return at;
}

/* Is this bracket an expansion that no mail has? */
static bool
is_unproved(const struct nd_llm_evidence *evidence, const char *text,
            const struct bracket *b)
{
	const char *inner = text + b->inner;
	size_t inner_len = b->inner_end - b->inner, before = b->start, word;

	while (before > 0 && text[before - 1] == ' ')
		before--;
	word = word_before(text, before);
	if (is_short(text + before - word, word) &&
	    count_words(inner, inner_len) >= 2)
		return !nd_llm_evidence_spells(evidence, inner, inner_len);
	if (inner_len <= SHORT_MAX && is_short(inner, inner_len)) {
		size_t begin = words_for(text, before, inner, inner_len);

		return begin < before &&
		       !nd_llm_evidence_spells(evidence, text + begin,
		                               before - begin);
	}
	return false;
}

const char *
nd_llm_abbreviation_strip(const void *ctx,
                          const struct nd_llm_evidence *evidence,
                          const char *text, unsigned *removed)
{
	size_t len = strlen(text), at = 0;
	struct nd_buf *out = nd_buf_new(ctx, len);
	struct bracket b;

	*removed = 0;
	while (next_bracket(text, len, at, &b)) {
		if (is_unproved(evidence, text, &b)) {
			nd_buf_add(out, text + at, b.start - at);
			while (out->len && out->data[out->len - 1] == ' ')
				nd_buf_cut(out, out->len - 1);
			(*removed)++;
		} else {
			nd_buf_add(out, text + at, b.end - at);
		}
		at = b.end;
	}
	nd_buf_add(out, text + at, len - at);
	return out->data;
}

/* The bytes of the words behind text that the abbreviation's letters begin. */
static size_t
words_behind(const char *text, const char *name, size_t name_len)
{
	size_t at = 0;

	for (size_t i = 0; i < name_len; i++) {
		while (text[at] == ' ' || text[at] == '-')
			at++;
		if (!nd_is_alpha(text[at]) ||
		    nd_lower(text[at]) != nd_lower(name[i]))
			return 0;
		while (nd_is_alpha(text[at]))
			at++;
	}
	return at;
}

/* What follows an abbreviation: "stands for X Y", "= X Y", ": X Y". */
static bool
expands(const struct nd_llm_evidence *evidence, const char *name,
        size_t name_len)
{
	static const char *const verbs[] = {" stands for ", " is short for ",
	                                    " means ", " steht für "};
	const char *behind = name + name_len;
	size_t len;

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (!nd_str_starts(behind, verbs[i]))
			continue;
		behind += strlen(verbs[i]);
		return !nd_llm_evidence_spells(evidence, behind,
		                               strcspn(behind, ".,;:()"));
	}
	behind += strspn(behind, " ");
	if (*behind != '=' && *behind != ':')
		return false;
	behind++;
	len = words_behind(behind, name, name_len);
	return len > 0 && !nd_llm_evidence_spells(evidence, behind, len);
}

bool
nd_llm_abbreviation_claims(const struct nd_llm_evidence *evidence,
                           const char *text)
{
	struct nd_llm_evidence_token token;
	size_t len = strlen(text), at = 0;

	while (nd_llm_evidence_next_token(text, len, &at, &token))
		if (is_short(text + token.start, token.len) &&
		    expands(evidence, text + token.start, token.len))
			return true;
	return false;
}
