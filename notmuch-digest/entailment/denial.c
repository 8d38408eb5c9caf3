/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/denial.h"

#include <string.h>

#include "entailment/negation.h"
#include "text/likeness.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	REACH = 12,       /* words behind a denial */
	SAME_MIN = 2,     /* words that text and quote have in common */
	SHORT_WORDS = 12, /* of a quote that says one thing */
};

/* Of the words in reach, so many are said by a text that turns them round. */
#define TURNED_MIN 0.6

struct word {
	const char *text;
	size_t len;
	bool ends; /* the clause ends behind it */
};

struct words {
	struct word *word;
	size_t count;
};

/* What a text denies, and what it says otherwise. */
struct sides {
	const char *denied;
	const char *said;
	bool any; /* it denies something, if only by a word without reach */
};

static bool
is_one_of(const struct word *word, const char *const *list)
{
	for (; *list; list++)
		if (nd_mem_is_nocase(word->text, word->len, *list))
			return true;
	return false;
}

static void
read_words(const void *ctx, const char *text, struct words *words)
{
	static const char blank[] = " \t\r\n\"`*()[]<>{}";

	for (;;) {
		size_t len, bare;

		text += strspn(text, blank);
		len = strcspn(text, blank);
		if (len == 0)
			return;
		for (bare = len; bare > 0 && strchr(".,;:!?", text[bare - 1]);)
			bare--;
		if (bare > 0)
			*x_append(ctx, words->word, words->count) =
				(struct word){text, bare, bare < len};
		else if (words->count > 0)
			words->word[words->count - 1].ends = true;
		text += len;
	}
}

static bool
is_at(const struct words *words, size_t i, const char *const *list)
{
	return i < words->count && is_one_of(&words->word[i], list);
}

/* "Wouldn't it be better to": who asks so, means that it is. */
static bool
begins_question(const struct words *words, size_t i)
{
	static const char *const why[] = {"why", "how", NULL};
	static const char *const heads[] = {
		"aren't",    "can't",  "couldn't", "didn't", "doesn't",
		"don't",     "hasn't", "haven't",  "isn't",  "mustn't",
		"shouldn't", "wasn't", "weren't",  "won't",  "wouldn't",
		"aren’t",    "can’t",  "couldn’t", "didn’t", "doesn’t",
		"don’t",     "hasn’t", "haven’t",  "isn’t",  "mustn’t",
		"shouldn’t", "wasn’t", "weren’t",  "won’t",  "wouldn’t",
		NULL};
	static const char *const orders[] = {"don't", "don’t", NULL};
	static const char *const subjects[] = {"it", "this", "that",  "the",
	                                       "we", "you",  "i",     "they",
	                                       "he", "she",  "there", NULL};
	bool first = i == 0 || words->word[i - 1].ends;

	if (i > 0 && is_one_of(&words->word[i - 1], why))
		return true;
	if (!first || !is_one_of(&words->word[i], heads))
		return false;
	/* "Don't use it" is an order. */
	return !is_one_of(&words->word[i], orders) ||
	       is_at(words, i + 1, subjects);
}

static bool
has_word(const char *text, const struct word *word)
{
	char *needle = x_strndup(NULL, word->text, word->len);
	bool has = nd_mem_find_nocase(text, strlen(text), needle);

	talloc_free(needle);
	return has;
}

/* "not only", "no doubt": it is not the words behind that are denied, or not all
 * of them. */
static bool
is_partial(const struct words *words, size_t i, const char *other)
{
	static const char *const behind[] = {
		"doubt", "even",   "forget", "hesitate", "just",
		"like",  "mind",   "merely", "only",     "problem",
		"quite", "really", "so",     "sure",     "that",
		"too",   "very",   "worry",  NULL};
	static const char *const sums[] = {"all",   "always",  "both",
	                                   "every", "exactly", "necessarily",
	                                   NULL};
	static const char *const before[] = {"if", "or", "whether", NULL};
	static const char *const bare[] = {"not", NULL};
	static const char *const and[] = {"and", "but", NULL};

	/* "A and not B", "A, not B" are about A. */
	if (i > 0 && is_at(words, i, bare) && i + 1 < words->count &&
	    words->word[i + 1].ends &&
	    (words->word[i - 1].ends || is_one_of(&words->word[i - 1], and)))
		return true;
	/* "Not always" is denied by "always". */
	if (is_at(words, i + 1, sums))
		return !has_word(other, &words->word[i + 1]);
	return is_at(words, i + 1, behind) ||
	       (i > 0 && is_one_of(&words->word[i - 1], before));
}

/* The words that the denial at i takes up: 1, 2 for "fails to"; 0: none. */
static size_t
denial_at(const struct words *words, size_t i)
{
	static const char *const fails[] = {"fail",    "fails",  "failed",
	                                    "failing", "unable", NULL};
	static const char *const to[] = {"to", NULL};
	static const char *const without[] = {"without", "lack",  "lacked",
	                                      "lacking", "lacks", "missing",
	                                      NULL};
	const struct word *word = &words->word[i];
	char *text;
	bool denies;

	if (is_one_of(word, fails) && is_at(words, i + 1, to))
		return 2;
	if (is_one_of(word, without))
		return 1;
	text = x_strndup(NULL, word->text, word->len);
	denies = nd_negation_count(text) > 0;
	talloc_free(text);
	return denies;
}

static bool
ends_reach(const struct word *word)
{
	static const char *const list[] = {
		"although", "and",   "as",    "because", "but",
		"if",       "since", "so",    "though",  "unless",
		"until",    "when",  "which", "while",   NULL};

	return is_one_of(word, list);
}

/* "not much", "not really": how far it is so, not what. */
static bool
is_degree(const struct word *word)
{
	static const char *const list[] = {"any",  "anything", "believe",
	                                   "many", "much",     "think",
	                                   "yet",  NULL};

	return is_one_of(word, list) ||
	       (word->len > 4 &&
	        nd_mem_ends_nocase(word->text, word->len, "ly"));
}

static void
add(struct nd_buf *out, const struct word *word)
{
	nd_buf_add(out, word->text, word->len);
	nd_buf_addc(out, ' ');
}

static struct sides
read_sides(const void *ctx, const char *text, const char *other)
{
	struct words words = {0};
	struct nd_buf *denied = nd_buf_new(ctx, 2 * strlen(text) + 1);
	struct nd_buf *said = nd_buf_new(ctx, 2 * strlen(text) + 1);
	bool any = false;

	read_words(ctx, text, &words);
	for (size_t i = 0; i < words.count; i++) {
		size_t taken = denial_at(&words, i);

		if (taken == 0) {
			add(said, &words.word[i]);
			continue;
		}
		if (begins_question(&words, i))
			continue;
		any = true;
		if (is_partial(&words, i, other))
			continue;
		i += taken - 1;
		for (size_t k = 0;
		     k < REACH && i + 1 < words.count && !words.word[i].ends &&
		     !ends_reach(&words.word[i + 1]);
		     k++)
			if (!is_degree(&words.word[++i]))
				add(denied, &words.word[i]);
	}
	return (struct sides){denied->data, said->data, any};
}

/* Words that say no in ways of their own, and those that do so in part. */
/* "Not until it is tested" is "once it is tested". */
static const char *const limits[] = {"before", "but",    "except", "only",
                                     "till",   "unless", "until",  NULL};
static const char *const turned_limits[] = {
	"after", "but", "except", "if", "once", "only", "unless", "when", NULL};

static bool
has_any_of(const char *text, const char *const *list)
{
	struct words words = {0};
	void *tmp = talloc_new(NULL);
	bool has = false;

	read_words(tmp, text, &words);
	for (size_t i = 0; i < words.count && !has; i++)
		has = is_one_of(&words.word[i], list);
	talloc_free(tmp);
	return has;
}

static bool
hints_at_denial(const char *text, const char *quote)
{
	static const char *const list[] = {
		"absent",  "against", "avoid",      "dislike", "disable",
		"doubt",   "drop",    "except",     "few",     "hard",
		"ignore",  "instead", "irrelevant", "lack",    "less",
		"little",  "minor",   "slight",     "small",   "miss",
		"neither", "object",  "only",       "prevent", "question",
		"rare",    "rather",  "redundant",  "refuse",  "reject",
		"remove",  "skip",    "still",      "stop",    "superfluous",
		"than",    "whether", "why",        "wrong",   NULL};
	struct words words = {0};
	void *tmp = talloc_new(NULL);
	bool hints = false;

	read_words(tmp, text, &words);
	for (size_t i = 0; i < words.count && !hints; i++) {
		const struct word *word = &words.word[i];
		bool other = word->len > 4 &&
		             nd_mem_starts_nocase(word->text, word->len, "un");

		for (size_t k = 0; list[k] && !other; k++)
			other = nd_mem_starts_nocase(word->text, word->len,
			                             list[k]);
		hints = other && !has_word(quote, word);
	}
	talloc_free(tmp);
	return hints;
}

/* Most of the words that are denied and not said, too, does the text say. */
static bool
is_turned(const char *language, const struct sides *sides, const char *text)
{
	const struct nd_likeness both =
		nd_likeness_of(language, sides->denied, sides->said);
	char *all = x_asprintf(NULL, "%s %s", sides->said, text);
	const struct nd_likeness likeness =
		nd_likeness_of(language, sides->denied, all);
	size_t words = both.words - both.shared;

	talloc_free(all);
	return words > 0 && (double)(likeness.shared - both.shared) >=
	                            TURNED_MIN * (double)words;
}

static bool
shares(const char *language, const char *words, const char *other)
{
	return nd_likeness_of(language, words, other).shared > 0;
}

bool
nd_denial_is_contrary(const char *language, const char *text, const char *quote,
                      const char *own)
{
	void *tmp = talloc_new(NULL);
	const struct sides mine = read_sides(tmp, text, quote);
	const struct sides theirs = read_sides(tmp, quote, text);
	const struct sides all = read_sides(tmp, own, "");
	/* One word in common may be about anything. */
	bool same = nd_likeness_of(language, text, quote).shared >= SAME_MIN;
	bool lost =
		same && is_turned(language, &theirs, mine.said) &&
		!shares(language, theirs.denied, mine.denied) &&
		!hints_at_denial(text, quote) &&
		!(has_any_of(quote, limits) && has_any_of(text, turned_limits));
	bool added = same && !theirs.any &&
	             is_turned(language, &mine, theirs.said) &&
	             !shares(language, mine.denied, all.denied) &&
	             !hints_at_denial(quote, text) &&
	             !nd_mem_find_nocase(quote, strlen(quote), "fail");

	talloc_free(tmp);
	return lost || added;
}

bool
nd_denial_is_lost(const char *text, const char *quote)
{
	static const char *const hints[] = {
		"失败", "拒",   "避免", "缺", "取消", "删", "去掉",
		"移除", "难",   "才",   "只", "仅",   "除", "否",
		"怀疑", "代替", "而是", "停", "反对", "禁", "少",
		"丢",   "抛",   "?",    "？", NULL};
	void *tmp = talloc_new(NULL);
	struct words words = {0};
	const struct sides theirs = read_sides(tmp, quote, text);
	bool lost;

	read_words(tmp, quote, &words);
	lost = *theirs.denied && words.count <= SHORT_WORDS &&
	       !strchr(quote, '?') && nd_negation_count(text) == 0;
	for (size_t i = 0; lost && hints[i]; i++)
		lost = !strstr(text, hints[i]);
	talloc_free(tmp);
	return lost;
}

const char *
nd_denial_said(const void *ctx, const char *text)
{
	return read_sides(ctx, text, "").said;
}

const char *
nd_denial_denied(const void *ctx, const char *text)
{
	return read_sides(ctx, text, "").denied;
}

bool
nd_denial_denies(const char *quote)
{
	void *tmp = talloc_new(NULL);
	bool any = read_sides(tmp, quote, "").any;

	talloc_free(tmp);
	return any;
}

bool
nd_denial_forbids(const char *quote)
{
	static const char *const list[] = {
		"don't",     "don’t",   "not",      "never",    "shouldn't",
		"shouldn’t", "mustn't", "mustn’t",  "needn't",  "needn’t",
		"can't",     "can’t",   "wouldn't", "wouldn’t", NULL};

	static const char *const needless[] = {"no need", "no point",
	                                       "no reason", "unnecessary"};
	bool forbids = has_any_of(quote, list);

	for (size_t i = 0; i < sizeof needless / sizeof *needless; i++)
		forbids |= nd_mem_find_nocase(quote, strlen(quote),
		                              needless[i]) != NULL;
	return forbids;
}
