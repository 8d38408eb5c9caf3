/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/opening.h"

#include <string.h>

#include "text/token.h"
#include "util/str.h"

enum { TOKENS_MAX = 8 };

#define COUNT(table) (sizeof table / sizeof table[0])

static size_t
read_start(const struct nd_candidate *c, struct nd_token token[TOKENS_MAX])
{
	return nd_tokenizer_read(nd_tokenizer_own(), c->sentence.text,
	                         c->sentence.len, token, TOKENS_MAX);
}

static bool
is_number(const struct nd_token *token)
{
	return token->len && (nd_is_digit(*token->text) || *token->text == '#');
}

/* "The second patch is", "Patch 2/2 cleans up", "Patches 1-3 are" */
static bool
is_of_one_patch(const struct nd_candidate *c)
{
	static const char *const which[] = {
		"first", "second", "third", "fourth", "last",
		"final", "next",   "other", "former", "latter",
	};
	static const char *const patches[] = {"patch", "patches", "commit",
	                                      "commits"};
	struct nd_token token[TOKENS_MAX];
	size_t count = read_start(c, token);
	size_t at = count && nd_mem_is_nocase(token->text, token->len, "the");

	if (at + 1 >= count)
		return false;
	if (nd_token_is_one_of(&token[at], which, COUNT(which)))
		return nd_token_is_one_of(&token[at + 1], patches,
		                          COUNT(patches)) ||
		       (at + 2 < count &&
		        nd_token_is_one_of(&token[at + 2], patches,
		                           COUNT(patches)));
	return nd_token_is_one_of(&token[at], patches, COUNT(patches)) &&
	       is_number(&token[at + 1]);
}

bool
nd_opening_is_aside(const struct nd_candidates *m, const struct nd_candidate *c)
{
	if (!m->review || m->source[c->message].part == ND_PART_TALK)
		return false;
	return c->note || (m->thread->series && m->thread->series->total > 1 &&
	                   is_of_one_patch(c));
}

bool
nd_opening_tells_purpose(const struct nd_candidates *m,
                         const struct nd_candidate *c)
{
	static const char *const pointers[] = {"this", "these"};
	static const char *const things[] = {
		"patch",  "patches",     "patchset",  "patchsets", "set",
		"series", "commit",      "patch-set", "changes",   "changeset",
		"rfc",    "patchseries", "pull",      "request",
	};
	/* Of how it is, or where it belongs. */
	static const char *const others[] = {
		"is",      "are",      "was",      "were",    "has",
		"have",    "had",      "can",      "could",   "should",
		"will",    "would",    "may",      "might",   "must",
		"does",    "do",       "did",      "also",    "depends",
		"depend",  "applies",  "apply",    "needs",   "need",
		"goes",    "go",       "requires", "based",   "for",
		"on",      "in",       "of",       "and",     "contains",
		"contain", "includes", "include",  "been",    "looks",
		"still",   "only",     "just",     "against", "builds",
		"to",      "from",     "at",       "with",    "as",
	};
	struct nd_token token[TOKENS_MAX];
	size_t count, at = 1;

	if (!m->review || c->note ||
	    m->source[c->message].part != ND_PART_ROOT ||
	    !(c->sentence.flags & ND_SENTENCE_WHOLE))
		return false;
	count = read_start(c, token);
	if (count < 4 || !nd_token_is_one_of(token, pointers, COUNT(pointers)))
		return false;
	while (at < count && at < 4 &&
	       nd_token_is_one_of(&token[at], things, COUNT(things)))
		at++;
	return at > 1 && at < count && token[at].kind == ND_TOKEN_WORD &&
	       !token[at - 1].comma &&
	       !nd_token_is_one_of(&token[at], others, COUNT(others));
}
