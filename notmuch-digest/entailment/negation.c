/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/negation.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "util/str.h"

static bool
denies(const char *word, size_t len)
{
	static const char *const list[] = {
		"not",     "no",      "never", "none",   "nobody",
		"nothing", "neither", "nor",   "cannot", "nope"};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (nd_mem_is_nocase(word, len, list[i]))
			return true;
	return nd_mem_ends_nocase(word, len, "n't") ||
	       nd_mem_ends_nocase(word, len, "n’t");
}

/* Characters that deny are parts of other words, too. */
static size_t
harmless_bytes(const char *text)
{
	static const char *const list[] = {"不过", "不同", "不仅", "非常",
	                                   "未来", "区别", "特别", "级别",
	                                   "类别", "别人", "无线", "not only"};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (nd_str_starts_nocase(text, list[i]))
			return strlen(list[i]);
	return 0;
}

static size_t
chinese_bytes(const char *text)
{
	static const char *const list[] = {"没有", "不", "没", "未",
	                                   "无",   "非", "别", "勿"};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (nd_str_starts(text, list[i]))
			return strlen(list[i]);
	return 0;
}

static bool
is_word_start(const char *text, const char *at)
{
	return nd_is_alpha(*at) && (at == text || !nd_is_word_byte(at[-1]));
}

/* Letters with an apostrophe of either kind among them. */
static size_t
word_bytes(const char *text)
{
	size_t len = 0;

	for (;;) {
		if (nd_is_alnum(text[len]) || text[len] == '_' ||
		    text[len] == '\'')
			len++;
		else if (nd_str_starts(text + len, "’"))
			len += strlen("’");
		else
			return len;
	}
}

unsigned
nd_negation_count(const char *text)
{
	unsigned count = 0;

	for (const char *at = text; *at;) {
		size_t len = harmless_bytes(at);

		if (len == 0 && (len = chinese_bytes(at)) > 0) {
			count++;
		} else if (len == 0 && is_word_start(text, at)) {
			len = word_bytes(at);
			count += denies(at, len);
		}
		at += len ? len : 1;
	}
	return count;
}
