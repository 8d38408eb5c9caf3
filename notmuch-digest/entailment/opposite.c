/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/opposite.h"

#include <string.h>

#include "entailment/clause.h"
#include "entailment/negation.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	SIDE_STEMS_MAX = 16,
	STEM_BYTES_MIN = 4,
	ENDING_BYTES = 3, /* of a word, which may differ */
};

static const struct {
	const char *one, *other; /* English */
	const char *one_chinese, *other_chinese;
} pairs[] = {
	{"high higher highest", "low lower lowest", "太高 过高 较高 更高",
         "太低 过低 较低 更低"},
	{"early earlier earliest", "late later latest", "太早 过早 更早 提前",
         "太晚 过晚 更晚 推迟"},
	{"old older oldest outdated", "new newer newest recent",
         "旧版 旧的 过旧 较旧", "新版 新的 最新 较新"},
	{"large larger big bigger huge", "small smaller tiny",
         "更大 较大 太大 过大", "更小 较小 太小 过小"},
	{"long longer", "short shorter", "", ""},
	{"fast faster quick quicker", "slow slower slowly", "更快 太快 较快",
         "更慢 太慢 较慢"},
	{"more", "less fewer", "", ""},
	{"increase grow raise", "decrease reduce shrink", "增加 增大 提高",
         "减少 减小 降低"},
	{"add", "remove delete drop", "添加 新增", "删除 移除 去掉"},
	{"enable", "disable", "启用", "禁用"},
	{"easy easily simple simpler", "hard difficult complex complicated",
         "容易 简单", "困难 复杂"},
	{"always", "never", "总是", "从不"},
	{"often frequently", "rarely seldom hardly", "经常", "很少"},
	{"common", "rare uncommon", "", ""},
	{"correct", "wrong incorrect", "正确", "错误"},
	{"better", "worse", "更好", "更差"},
	{"good", "bad", "", ""},
	{"pass succeed", "fail", "通过 成功", "失败"},
	{"same identical", "different", "相同", "不同"},
	{"first", "last", "", ""},
	{"local", "global", "", ""},
	{"safe", "unsafe", "", ""},
	{"safe", "dangerous risky", "安全", "危险"},
	{"possible", "impossible", "", ""},
	{"likely", "unlikely", "", ""},
	{"necessary", "unnecessary superfluous", "必要", "多余"},
	{"single only", "several multiple many", "", ""},
	{"accept", "reject refuse", "接受", "拒绝"},
	{"allow permit", "forbid prevent deny", "允许", "禁止"},
	{"keep", "drop remove", "保留", "删除 去掉 移除"},
	{"agree", "disagree", "", ""},
	{"valid", "invalid", "有效", "无效"},
	{"input", "output", "输入", "输出"},
	{"read", "write", "读取", "写入"},
	{"left", "right", "", ""},
	{"minimum minimal min least", "maximum maximal max most", "最小",
         "最大"},
	{"static", "dynamic", "静态", "动态"},
	{"synchronous", "asynchronous", "同步", "异步"},
	{"public", "private", "公开", "私有"},
	{"internal", "external", "内部", "外部"},
	{"full", "empty", "", ""},
	{"start begin", "stop end", "开始 启动", "停止 结束"},
	{"open", "close", "打开", "关闭"},
	{"lock", "unlock", "加锁", "解锁"},
	{"load", "unload", "加载", "卸载"},
	{"mount", "unmount", "", ""},
	{"client", "server", "客户端", "服务器"},
	{"master", "slave", "", ""},
	{"controller", "target", "", ""},
	{"parent", "child", "", ""},
	{"host", "guest", "主机", "客户机"},
	{"upper", "lower", "", ""},
	{"signed", "unsigned", "", ""},
	{"cheap cheaper", "expensive costly", "", ""},
	{"strict stricter", "lax loose", "", ""},
	{"harmless", "harmful", "无害", "有害"},
	{"major critical serious severe", "minor negligible trivial", "严重",
         "轻微"},
};

/* The stems of the words of one side. */
struct side {
	uint32_t stem[SIDE_STEMS_MAX];
	size_t count;
};

static struct side
stems_of(const char *words)
{
	struct nd_token token[SIDE_STEMS_MAX];
	struct side side = {.count = nd_tokenizer_read(nd_tokenizer_own(),
	                                               words, strlen(words),
	                                               token, SIDE_STEMS_MAX)};

	for (size_t i = 0; i < side.count; i++)
		side.stem[i] = token[i].stem;
	return side;
}

static bool
is_of(const struct side *side, const struct nd_clause_word *word)
{
	for (size_t i = 0; i < side->count; i++)
		if (word->token.kind == ND_TOKEN_WORD &&
		    word->token.stem == side->stem[i])
			return true;
	return false;
}

static bool
has_any(const struct nd_clauses *clauses, const struct side *side)
{
	for (size_t i = 0; i < clauses->word_count; i++)
		if (is_of(side, &clauses->word[i]))
			return true;
	return false;
}

static const struct nd_clause_word *
find_in(const struct nd_clause *clause, const struct side *side)
{
	for (size_t i = 0; i < clause->count; i++)
		if (is_of(side, &clause->word[i]))
			return &clause->word[i];
	return NULL;
}

struct texts {
	const struct nd_clauses *text, *sentence, *own;
};

/* "A is late" of the text, "A is early" of the sentence */
static bool
is_turned(const struct texts *texts, const struct side *mine,
          const struct side *theirs)
{
	if (has_any(texts->sentence, mine) || has_any(texts->text, theirs) ||
	    has_any(texts->own, mine))
		return false;
	for (size_t i = 0; i < texts->text->count; i++) {
		const struct nd_clause *clause = &texts->text->clause[i];
		const struct nd_clause_word *word = find_in(clause, mine);

		for (size_t k = 0; word && k < texts->sentence->count; k++) {
			const struct nd_clause *other =
				&texts->sentence->clause[k];
			const struct nd_clause_word *contrary =
				find_in(other, theirs);

			if (contrary && contrary->denied == word->denied &&
			    nd_clause_shared(clause, other) > 0)
				return true;
		}
	}
	return false;
}

/* Words parted by blanks: does one of them stand in the text? */
static bool
has_chinese(const char *text, const char *words)
{
	bool has = false;

	while (*words && !has) {
		size_t len = strcspn(words, " ");
		char *word = x_strndup(NULL, words, len);

		has = strstr(text, word) != NULL;
		talloc_free(word);
		words += len + (words[len] == ' ');
	}
	return has;
}

/* The same where the text is Chinese and the sentence is not. */
static bool
is_turned_chinese(const struct texts *texts, const char *text,
                  const char *mine_chinese, const char *theirs_chinese,
                  const struct side *mine, const struct side *theirs)
{
	if (!has_chinese(text, mine_chinese) ||
	    has_chinese(text, theirs_chinese) || nd_negation_count(text) > 0 ||
	    has_any(texts->sentence, mine) || has_any(texts->own, mine))
		return false;
	for (size_t k = 0; k < texts->sentence->count; k++) {
		const struct nd_clause_word *contrary =
			find_in(&texts->sentence->clause[k], theirs);

		if (contrary && !contrary->denied)
			return true;
	}
	return false;
}

/* "initialised" for "uninitialized": the letters behind the prefix. */
static bool
is_undone(const struct nd_token *word, const struct nd_token *other)
{
	static const char *const prefixes[] = {"un", "non", "dis"};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		size_t skip = strlen(prefixes[i]);
		size_t len = word->len < ENDING_BYTES + STEM_BYTES_MIN
		                     ? word->len
		                     : word->len - ENDING_BYTES;

		if (len >= STEM_BYTES_MIN && other->len >= skip + len &&
		    nd_mem_starts_nocase(other->text, other->len,
		                         prefixes[i]) &&
		    nd_mem_equal_nocase(other->text + skip, word->text, len))
			return true;
	}
	return false;
}

static bool
has_stem(const struct nd_clauses *clauses, uint32_t stem)
{
	for (size_t i = 0; i < clauses->word_count; i++)
		if (clauses->word[i].stem == stem)
			return true;
	return false;
}

/* "It is initialised" of one of them, "it is uninitialized" of the other */
static bool
is_undone_in(const struct nd_clauses *one, const struct nd_clauses *other,
             const struct nd_clauses *own)
{
	for (size_t i = 0; i < one->word_count; i++) {
		const struct nd_clause_word *word = &one->word[i];

		if (!word->content || word->token.kind != ND_TOKEN_WORD)
			continue;
		if (has_stem(own, word->stem))
			continue;
		for (size_t k = 0; k < other->word_count; k++)
			if (other->word[k].denied == word->denied &&
			    is_undone(&word->token, &other->word[k].token))
				return true;
	}
	return false;
}

bool
nd_opposite_is_said(const char *text, const char *sentence, const char *own)
{
	void *tmp = talloc_new(NULL);
	const struct texts texts = {nd_clauses_read(tmp, text),
	                            nd_clauses_read(tmp, sentence),
	                            nd_clauses_read(tmp, own)};
	bool said = is_undone_in(texts.text, texts.sentence, texts.own);

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs && !said; i++) {
		const struct side one = stems_of(pairs[i].one);
		const struct side other = stems_of(pairs[i].other);

		said = is_turned(&texts, &one, &other) ||
		       is_turned(&texts, &other, &one) ||
		       is_turned_chinese(&texts, text, pairs[i].one_chinese,
		                         pairs[i].other_chinese, &one,
		                         &other) ||
		       is_turned_chinese(&texts, text, pairs[i].other_chinese,
		                         pairs[i].one_chinese, &other, &one);
	}
	talloc_free(tmp);
	return said;
}
