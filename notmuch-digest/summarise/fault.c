/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/fault.h"

#include "summarise/doing.h"
#include "summarise/opening.h"
#include "text/phrase.h"
#include "text/token.h"

enum { TOKENS_MAX = 64 };

#define COUNT(table) (sizeof table / sizeof table[0])

/* "Unfortunately, it takes the lock", "The problem is that" */
static bool
begins_fault(const struct nd_sentence *s)
{
	static const struct nd_phrase openings[] = {
		{"but", 1},
		{"however", 1},
		{"problem is", 1},
		{"the bug is", 1},
		{"the issue is", 1},
		{"the problem is", 1},
		{"the root cause", 1},
		{"the trouble is", 1},
		{"unfortunately", 1},
	};

	return nd_phrases_at(ND_PHRASES(openings), s->text, s->len, NULL);
}

/* "leads to", "result in" */
static bool
has_effect(const struct nd_token *token, size_t count)
{
	static const char *const verbs[] = {"lead",   "leads",   "leading",
	                                    "result", "results", "resulting"};
	static const char *const ends[] = {"to", "in"};

	return count > 1 && nd_token_is_one_of(token, verbs, COUNT(verbs)) &&
	       nd_token_is_one_of(&token[1], ends, COUNT(ends));
}

static bool
is_bad(const struct nd_token *token)
{
	static const char *const words[] = {
		"bogus",       "breaks",     "broken",    "causes",
		"causing",     "clobbers",   "corrupt",   "corrupted",
		"corrupting",  "corrupts",   "crash",     "crashes",
		"crashing",    "deadlock",   "deadlocks", "dereferences",
		"fails",       "hang",       "hangs",     "leak",
		"leaks",       "misleading", "oops",      "oopses",
		"overflow",    "overflows",  "panic",     "panics",
		"problematic", "stall",      "stalls",    "uninitialized",
		"unreadable",  "wrong",      "wrongly"};

	return nd_token_is_one_of(token, words, COUNT(words));
}

/* Does it say what goes wrong, and not what is done about it? */
static bool
tells_fault(const struct nd_sentence *s)
{
	static const char *const mends[] = {"prevent", "prevents", "avoid",
	                                    "avoids"};
	struct nd_token token[TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len,
	                                 token, TOKENS_MAX);
	bool tells = begins_fault(s);

	for (size_t i = 0; i < count; i++) {
		if (nd_token_is_one_of(&token[i], mends, COUNT(mends)))
			return false;
		tells |= is_bad(&token[i]) || has_effect(&token[i], count - i);
	}
	return tells;
}

bool
nd_fault_is(const struct nd_candidates *m, const struct nd_candidate *c)
{
	static const unsigned others =
		ND_DOING_MEND | ND_DOING_ASK | ND_DOING_COURTESY;

	return tells_fault(&c->sentence) && !(c->doing & others) &&
	       c->sentence.flags & ND_SENTENCE_WHOLE &&
	       !nd_opening_is_aside(m, c) && !nd_opening_tells_purpose(m, c);
}
