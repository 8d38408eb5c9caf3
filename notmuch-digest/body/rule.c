/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/rule.h"

#include <string.h>

#include "util/str.h"

enum { RULE_MIN = 10 }; /* of a rule without words, in its signs */

/* What rules are made of. */
static const char *const rule_signs[] = {
	"-",
	"_",
	"=",
	"*",
	"~",
	"\xe2\x80\x90", /* hyphen, of Proton Mail */
	"\xe2\x80\x93", /* en dash */
	"\xe2\x80\x94", /* em dash */
	"\xe2\x94\x80", /* box drawing */
};

/* The bytes of the sign of a rule that (text, len) begins with; 0 for none. */
static size_t
rule_sign(const char *text, size_t len)
{
	for (size_t k = 0; k < sizeof rule_signs / sizeof *rule_signs; k++)
		if (nd_mem_starts(text, len, rule_signs[k]))
			return strlen(rule_signs[k]);
	return 0;
}

/* The bytes of the rule that (text, len) begins with; *signs are in it. */
static size_t
rule(const char *text, size_t len, size_t *signs)
{
	size_t at = 0, sign;

	for (*signs = 0; (sign = rule_sign(text + at, len - at)) > 0;
	     at += sign)
		(*signs)++;
	return at;
}

/* Is the last sign of (text, len) that of a rule? */
static bool
ends_with_rule(const char *text, size_t len)
{
	return (len > 0 && rule_sign(text + len - 1, 1) > 0) ||
	       (len > 2 && rule_sign(text + len - 3, 3) == 3);
}

size_t
nd_rule_blank(const char *text, size_t len)
{
	if (len == 0)
		return 0;
	if (nd_is_space(*text) || *text == '*')
		return 1;
	if (nd_mem_starts(text, len, "\xc2\xa0"))
		return 2;
	/* QQ leaves them in plain text. */
	if (nd_mem_starts(text, len, "&nbsp;"))
		return 6;
	return nd_mem_starts(text, len, "\xe3\x80\x80") ? 3 : 0;
}

void
nd_rule_skip_blank(const char **text, size_t *len)
{
	size_t step;

	while ((step = nd_rule_blank(*text, *len)) > 0) {
		*text += step;
		*len -= step;
	}
}

/* (text, len) without blanks of any kind at its end. */
static size_t
without_blanks(const char *text, size_t len)
{
	static const char *const blanks[] = {" ", "\t", "\xc2\xa0", "&nbsp;"};

	for (size_t k = 0; k < sizeof blanks / sizeof *blanks;) {
		if (nd_mem_ends_nocase(text, len, blanks[k])) {
			len -= strlen(blanks[k]);
			k = 0;
		} else {
			k++;
		}
	}
	return len;
}

void
nd_rule_skip(const char **text, size_t *len)
{
	const char *at = *text;
	size_t left = *len, bytes, signs;

	nd_mem_trim(&at, &left);
	bytes = rule(at, left, &signs);
	if (signs < RULE_MIN)
		return;
	*text = at + bytes;
	*len = left - bytes;
}

bool
nd_rule_split(const struct nd_lines *lines, size_t i, const char **words,
              size_t *words_len, const char **rest, size_t *rest_len)
{
	const char *text;
	size_t len, bytes, signs, end;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	bytes = rule(text, len, &signs);
	if (signs < 2 || bytes == len)
		return false;
	text += bytes;
	len -= bytes;
	nd_rule_skip_blank(&text, &len);
	end = len;
	if (ends_with_rule(text, len))
		while (ends_with_rule(text, end))
			end -= rule_sign(text + end - 1, 1) ? 1 : 3;
	else
		for (end = 0; end < len && end < ND_RULE_WORDS_BYTES; end++)
			if (rule(text + end, len - end, &signs) && signs > 1)
				break;
	if (end == len || end >= ND_RULE_WORDS_BYTES)
		return false;
	*words = text;
	*rest = text + end;
	*rest_len = len - end;
	bytes = rule(*rest, *rest_len, &signs);
	*rest += bytes;
	*rest_len -= bytes;
	*words_len = without_blanks(text, end);
	return true;
}

bool
nd_rule_is_bare(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len, signs;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	return rule(text, len, &signs) == len && signs >= RULE_MIN;
}
