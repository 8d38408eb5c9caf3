/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/purpose.h"

#include <string.h>

#include "util/str.h"

enum {
	TOKENS_MAX = 64,
	TOKENS_MIN = 4,
	GOAL_TOKENS = 6, /* of what a goal is said to be of */
	NAME_TOKENS = 5, /* of "this small RFC patch set" */
};

#define COUNT(table) (sizeof table / sizeof table[0])

bool
nd_purpose_is_posting(const struct nd_token *token)
{
	static const char *const things[] = {
		"patch",  "patches",     "patchset",  "patchsets", "set",
		"series", "commit",      "patch-set", "changes",   "changeset",
		"rfc",    "patchseries", "pull",      "request",
	};

	return nd_token_is_one_of(token, things, COUNT(things));
}

static bool
ends_in_s(const struct nd_token *token)
{
	return token->kind == ND_TOKEN_WORD && token->len > 2 &&
	       nd_lower(token->text[token->len - 1]) == 's';
}

/* "the series", and not "the patch", which may be another one */
static bool
is_the_series(const struct nd_token *token, size_t count)
{
	static const char *const sets[] = {"set", "series", "patchset",
	                                   "patch-set", "patchseries"};

	return nd_mem_is_nocase(token->text, token->len, "the") &&
	       ((count > 1 &&
	         nd_token_is_one_of(&token[1], sets, COUNT(sets))) ||
	        (count > 2 && nd_purpose_is_posting(&token[1]) &&
	         nd_token_is_one_of(&token[2], sets, COUNT(sets))));
}

/* The token behind what stands in brackets here: "series (based on rc2)". */
static size_t
past_brackets(const struct nd_token *token, size_t count, size_t at)
{
	size_t last = at;

	if (at >= count ||
	    memcmp(token[at - 1].text + token[at - 1].len, " (", 2) != 0)
		return at;
	/* Where a token follows, there is a letter behind each. */
	while (last + 1 < count && token[last].text[token[last].len] != ')')
		last++;
	return last + 1 < count ? last + 1 : at;
}

/* The token behind the words for what was posted, and what is in brackets. */
static size_t
past_name(const struct nd_token *token, size_t count)
{
	static const char *const pointers[] = {"this", "these"};
	size_t at = 1, first;

	if (count < 2 ||
	    !(nd_token_is_one_of(token, pointers, COUNT(pointers)) ||
	      is_the_series(token, count)))
		return 0;
	/* "this tiny series" */
	if (count > 2 && token[1].kind == ND_TOKEN_WORD && !token[1].comma &&
	    !nd_purpose_is_posting(&token[1]) && !ends_in_s(&token[1]))
		at++;
	first = at;
	while (at < count && at < NAME_TOKENS &&
	       nd_purpose_is_posting(&token[at]))
		at++;
	return at > first ? past_brackets(token, count, at) : 0;
}

size_t
nd_purpose_past_posting(const struct nd_token *token, size_t count)
{
	size_t at = past_name(token, count);

	return at > 0 && !token[at - 1].comma ? at : 0;
}

/* A verb that says more than how it is. */
static bool
acts(const struct nd_token *token)
{
	static const char *const others[] = {
		"is",   "are",      "was",   "were",    "has",      "have",
		"had",  "can",      "could", "should",  "will",     "would",
		"may",  "might",    "must",  "does",    "do",       "did",
		"also", "contains", "looks", "contain", "includes", "include",
		"been", "still",    "only",  "just",    "against",  "for",
		"on",   "in",       "of",    "and",     "to",       "from",
		"at",   "with",     "as",    "that",    "which",    "by",
		"if",   "when",     "since", "or",      "we",       "i",
		"you",  "it",
	};

	return token->kind == ND_TOKEN_WORD &&
	       !nd_token_is_one_of(token, others, COUNT(others));
}

/* "this series adds", or "in this series, we add" */
static bool
tells_at(const struct nd_token *token, size_t count)
{
	static const char *const people[] = {"i", "we"};
	size_t at;

	if (nd_mem_is_nocase(token->text, token->len, "in")) {
		at = 1 + past_name(token + 1, count - 1);
		return at > 1 && at + 1 < count &&
		       nd_token_is_one_of(&token[at], people, COUNT(people)) &&
		       acts(&token[at + 1]);
	}
	at = nd_purpose_past_posting(token, count);
	return at > 0 && at < count && acts(&token[at]);
}

/* "The basic idea here is to", "The goal of this series is": what it is for. */
static bool
tells_goal(const struct nd_token *token, size_t count)
{
	static const char *const goals[] = {"idea",      "goal",    "aim",
	                                    "purpose",   "intent",  "intention",
	                                    "objective", "approach"};
	static const char *const links[] = {"here", "with", "behind"};
	size_t at = 1, past;

	if (count < TOKENS_MIN ||
	    !nd_mem_is_nocase(token->text, token->len, "the"))
		return false;
	at += !nd_token_is_one_of(&token[at], goals, COUNT(goals));
	if (!nd_token_is_one_of(&token[at++], goals, COUNT(goals)))
		return false;
	if (nd_mem_is_nocase(token[at].text, token[at].len, "is"))
		return true;
	past = nd_mem_is_nocase(token[at].text, token[at].len, "of")
	               ? past_name(token + at + 1, count - at - 1)
	               : 0;
	if (past > 0)
		return true;
	if (!nd_token_is_one_of(&token[at], links, COUNT(links)))
		return false;
	for (size_t i = at; i < count && i < at + GOAL_TOKENS; i++)
		if (nd_mem_is_nocase(token[i].text, token[i].len, "is"))
			return true;
	return false;
}

bool
nd_purpose_is_told(const struct nd_sentence *s)
{
	static const char *const links[] = {"so", "thus", "hence", "therefore"};
	struct nd_token token[TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, TOKENS_MAX);

	if (tells_goal(token, count))
		return true;
	for (size_t i = 0; i < count; i++)
		if ((i == 0 || token[i - 1].comma ||
		     nd_token_is_one_of(&token[i - 1], links, COUNT(links))) &&
		    tells_at(token + i, count - i))
			return count >= TOKENS_MIN;
	return false;
}

bool
nd_purpose_begins(const struct nd_sentence *s)
{
	struct nd_token token[2];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, COUNT(token));

	return count == COUNT(token) &&
	       nd_mem_is_nocase(token->text, token->len, "this") &&
	       ends_in_s(&token[1]) && acts(&token[1]);
}

bool
nd_purpose_is_commanded(const struct nd_sentence *s)
{
	static const char *const verbs[] = {
		"add",     "adjust",   "allow",      "avoid",     "change",
		"check",   "clean",    "clear",      "convert",   "define",
		"disable", "drop",     "enable",     "ensure",    "extend",
		"extract", "fix",      "force",      "handle",    "implement",
		"include", "increase", "initialize", "introduce", "keep",
		"leave",   "limit",    "make",       "mark",      "move",
		"open",    "pass",     "prevent",    "reduce",    "refactor",
		"remove",  "rename",   "replace",    "restore",   "return",
		"revert",  "rework",   "set",        "simplify",  "skip",
		"split",   "stop",     "store",      "switch",    "turn",
		"update",  "use",      "wrap",
	};
	static const char *const others[] = {"is", "are", "was", "of", "has"};
	struct nd_token token[2];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, COUNT(token));

	return count == COUNT(token) && token->capital && !token->comma &&
	       nd_token_is_one_of(token, verbs, COUNT(verbs)) &&
	       !nd_token_is_one_of(&token[1], others, COUNT(others));
}
