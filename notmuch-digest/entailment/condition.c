/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/condition.h"

#include <string.h>

#include "text/phrase.h"
#include "util/buf.h"
#include "util/str.h"

enum { UNDONE_BYTES = 9 }; /* three characters */

/* Before what may come: "once it is merged". */
static const struct nd_phrase condition_words[] = {
	{"as soon as", 1}, {"if", 1},     {"once", 1},
	{"to be", 1},      {"unless", 1}, {"until", 1},
};

/* Without the clauses that begin with "once" or "if". */
const char *
nd_condition_without(const void *ctx, const char *text)
{
	const struct nd_phrases conditions = ND_PHRASES(condition_words);
	size_t len = strlen(text);
	struct nd_buf *out = nd_buf_new(ctx, len + 1);
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		bool starts = i == 0 || text[i - 1] == ' ';

		if (starts &&
		    nd_phrases_at(conditions, text + i, len - i, NULL))
			inside = true;
		if (strchr(",.;:", text[i]))
			inside = false;
		if (!inside)
			nd_buf_addc(out, text[i]);
	}
	return out->data;
}

/* "合入后": what comes behind it. */
static bool
is_condition_chinese(const char *behind)
{
	static const char *const words[] = {"后", "之后", "以后",
	                                    "前", "之前", "时"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_str_starts(behind, words[i]))
			return true;
	return false;
}

/* "不宜合入", "尚未合入", "将合入": not done, or not yet. */
static bool
is_undone_chinese(const char *text, const char *at)
{
	static const char *const words[] = {"不", "未", "没", "勿", "别",
	                                    "将", "可", "应", "能", "待"};
	size_t reach = (size_t)(at - text);

	if (reach > UNDONE_BYTES)
		reach = UNDONE_BYTES;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_find(at - reach, reach, words[i]))
			return true;
	return false;
}

bool
nd_condition_is_done(const char *text, const char *word)
{
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word))
		if (!is_condition_chinese(at + strlen(word)) &&
		    !is_undone_chinese(text, at))
			return true;
	return false;
}

bool
nd_condition_says_done(const char *text)
{
	static const char *const other[] = {"为了", "了解", "除了", "已知",
	                                    "已有"};
	static const char *const to_come[] = {
		"将",   "会",   "可能", "应",   "要",   "如果", "打算", "计划",
		"准备", "尽快", "若",   "建议", "可以", "能",   "希望", "请"};
	bool done = strstr(text, "已") || strstr(text, "了");

	for (size_t i = 0; i < sizeof other / sizeof *other && done; i++)
		done = !strstr(text, other[i]);
	for (size_t i = 0; i < sizeof to_come / sizeof *to_come && done; i++)
		done = !strstr(text, to_come[i]);
	return done;
}
