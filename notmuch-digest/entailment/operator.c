/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/operator.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum { WORDS_MAX = 1024 };

/* In one row a class, words between blanks. */
static const char *const english[ND_OPERATOR_COUNT] = {
	[ND_OPERATOR_NOT] = " cannot hardly neither never no nobody none nope "
			    "nor not nothing without ",
	[ND_OPERATOR_WILL] = " going intend intends plan planned planning "
			     "plans shall soon will ",
	[ND_OPERATOR_MAY] = " apparently appear appears assume assumed assumes "
			    "can could expect expected expects guess guesses "
			    "hope hopefully hoping hopes likely may maybe "
			    "might perhaps possible possibly potential "
			    "potentially presumably probably seem seemed "
			    "seems suppose supposed suspect suspects "
			    "theoretically unlikely unsure wonder wondering "
			    "would ",
	[ND_OPERATOR_MUST] = " better let must need needed needs ought please "
			     "propose prefer preferred prefers recommend "
			     "require required requires should suggest want "
			     "wanted wants wish ",
	[ND_OPERATOR_IF] = " except if once otherwise provided till "
			   "unless until when whenever whether ",
	[ND_OPERATOR_CAUSE] = " because cause caused causes causing due reason "
			      "since ",
	[ND_OPERATOR_BEFORE] = " ago before earlier formerly previously prior ",
	[ND_OPERATOR_AFTER] = " after afterwards later subsequently then ",
	[ND_OPERATOR_RATHER] = " against instead rather than versus vs ",
	[ND_OPERATOR_ONLY] = " alone exclusively merely only solely ",
	[ND_OPERATOR_ALL] = " all always any anything both completely each "
			    "entire entirely every everyone everything fully "
			    "whole ",
	[ND_OPERATOR_SOME] = " almost few half many most mostly nearly often "
			     "part partially partly rarely several some "
			     "something sometimes somewhat usually ",
	[ND_OPERATOR_MORE] = " exceeds greater more too ",
	[ND_OPERATOR_LESS] = " fewer least less ",
	[ND_OPERATOR_STILL] = " again already anymore longer now still yet ",
	[ND_OPERATOR_FROM] = " from ",
	[ND_OPERATOR_BY] = " by via ",
	[ND_OPERATOR_OTHERS] =
		" anybody everybody he others people she somebody "
		"someone they you ",
};

/* Characters of them are parts of other words, too: those come first. */
static const struct {
	const char *text;
	enum nd_operator kind;
} chinese[] = {
	{"不过", ND_OPERATOR_NONE},    {"不同", ND_OPERATOR_NONE},
	{"不断", ND_OPERATOR_NONE},    {"不仅", ND_OPERATOR_NONE},
	{"非常", ND_OPERATOR_NONE},    {"未来", ND_OPERATOR_WILL},
	{"区别", ND_OPERATOR_NONE},    {"特别", ND_OPERATOR_NONE},
	{"级别", ND_OPERATOR_NONE},    {"类别", ND_OPERATOR_NONE},
	{"别人", ND_OPERATOR_OTHERS},  {"无线", ND_OPERATOR_NONE},
	{"无论", ND_OPERATOR_ALL},     {"除非", ND_OPERATOR_IF},
	{"功能", ND_OPERATOR_NONE},    {"性能", ND_OPERATOR_NONE},
	{"机会", ND_OPERATOR_NONE},    {"社会", ND_OPERATOR_NONE},
	{"重要", ND_OPERATOR_NONE},    {"主要", ND_OPERATOR_NONE},
	{"不要", ND_OPERATOR_NOT},     {"而不是", ND_OPERATOR_RATHER},
	{"需要", ND_OPERATOR_MUST},    {"由于", ND_OPERATOR_CAUSE},
	{"因为", ND_OPERATOR_CAUSE},   {"因此", ND_OPERATOR_CAUSE},
	{"所以", ND_OPERATOR_CAUSE},   {"导致", ND_OPERATOR_CAUSE},
	{"原因", ND_OPERATOR_CAUSE},   {"为何", ND_OPERATOR_CAUSE},
	{"为什么", ND_OPERATOR_CAUSE}, {"如果", ND_OPERATOR_IF},
	{"若", ND_OPERATOR_IF},        {"是否", ND_OPERATOR_IF},
	{"直到", ND_OPERATOR_IF},      {"一旦", ND_OPERATOR_IF},
	{"时", ND_OPERATOR_IF},        {"应该", ND_OPERATOR_MUST},
	{"应当", ND_OPERATOR_MUST},    {"必须", ND_OPERATOR_MUST},
	{"建议", ND_OPERATOR_MUST},    {"希望", ND_OPERATOR_MUST},
	{"请", ND_OPERATOR_MUST},      {"应", ND_OPERATOR_MUST},
	{"可能", ND_OPERATOR_MAY},     {"可以", ND_OPERATOR_MAY},
	{"也许", ND_OPERATOR_MAY},     {"或许", ND_OPERATOR_MAY},
	{"似乎", ND_OPERATOR_MAY},     {"好像", ND_OPERATOR_MAY},
	{"大概", ND_OPERATOR_MAY},     {"能", ND_OPERATOR_MAY},
	{"可", ND_OPERATOR_MAY},       {"将", ND_OPERATOR_WILL},
	{"会", ND_OPERATOR_WILL},      {"打算", ND_OPERATOR_WILL},
	{"计划", ND_OPERATOR_WILL},    {"准备", ND_OPERATOR_WILL},
	{"之前", ND_OPERATOR_BEFORE},  {"以前", ND_OPERATOR_BEFORE},
	{"先", ND_OPERATOR_BEFORE},    {"之后", ND_OPERATOR_AFTER},
	{"以后", ND_OPERATOR_AFTER},   {"然后", ND_OPERATOR_AFTER},
	{"再", ND_OPERATOR_AFTER},     {"后", ND_OPERATOR_AFTER},
	{"前", ND_OPERATOR_BEFORE},    {"代替", ND_OPERATOR_RATHER},
	{"替代", ND_OPERATOR_RATHER},  {"比", ND_OPERATOR_RATHER},
	{"仅", ND_OPERATOR_ONLY},      {"只", ND_OPERATOR_ONLY},
	{"所有", ND_OPERATOR_ALL},     {"全部", ND_OPERATOR_ALL},
	{"都", ND_OPERATOR_ALL},       {"每", ND_OPERATOR_ALL},
	{"任何", ND_OPERATOR_ALL},     {"部分", ND_OPERATOR_SOME},
	{"一些", ND_OPERATOR_SOME},    {"多数", ND_OPERATOR_SOME},
	{"有些", ND_OPERATOR_SOME},    {"更多", ND_OPERATOR_MORE},
	{"超过", ND_OPERATOR_MORE},    {"更少", ND_OPERATOR_LESS},
	{"低于", ND_OPERATOR_LESS},    {"没有", ND_OPERATOR_NOT},
	{"尚未", ND_OPERATOR_NOT},     {"仍", ND_OPERATOR_STILL},
	{"已", ND_OPERATOR_STILL},     {"从", ND_OPERATOR_FROM},
	{"自", ND_OPERATOR_FROM},      {"被", ND_OPERATOR_BY},
	{"由", ND_OPERATOR_BY},        {"不", ND_OPERATOR_NOT},
	{"没", ND_OPERATOR_NOT},       {"未", ND_OPERATOR_NOT},
	{"无", ND_OPERATOR_NOT},       {"非", ND_OPERATOR_NOT},
	{"别", ND_OPERATOR_NOT},       {"勿", ND_OPERATOR_NOT},
};

static bool
has_word(const char *row, const struct nd_token *token)
{
	for (row += strspn(row, " "); *row; row += strspn(row, " ")) {
		size_t len = strcspn(row, " ");

		if (len == token->len &&
		    nd_mem_equal_nocase(row, token->text, len))
			return true;
		row += len;
	}
	return false;
}

enum nd_operator
nd_operator_of(const struct nd_token *token)
{
	if (token->kind != ND_TOKEN_WORD)
		return ND_OPERATOR_NONE;
	for (enum nd_operator o = 1; o < ND_OPERATOR_COUNT; o++)
		if (has_word(english[o], token))
			return o;
	return ND_OPERATOR_NONE;
}

unsigned
nd_operators_chinese(const char *text)
{
	unsigned found = 0;

	while (*text) {
		size_t len = 1;

		for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
			if (nd_str_starts(text, chinese[i].text)) {
				found |= 1u << chinese[i].kind;
				len = strlen(chinese[i].text);
				break;
			}
		text += len;
	}
	return found & ~1u;
}

unsigned
nd_operators_english(const char *text)
{
	struct nd_token *token = x_array(NULL, struct nd_token, WORDS_MAX);
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, strlen(text),
	                                 token, WORDS_MAX);
	unsigned found = 0;

	for (size_t i = 0; i < count; i++)
		found |= 1u << nd_operator_of(&token[i]);
	talloc_free(token);
	return found & ~1u;
}

bool
nd_operator_denies(const char *text)
{
	return nd_operators_english(text) & ND_OPERATOR_BIT(NOT);
}
