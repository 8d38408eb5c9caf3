/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/agent.h"

#include "entailment/clause.h"
#include "util/alloc.h"
#include "util/str.h"

enum { SHARED_MIN = 2 /* words, of a clause that is about the same */ };

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool
is_adverb(const struct nd_token *token)
{
	static const char *const list[] = {"already", "also", "just", "still"};

	return nd_token_is_one_of(token, list, COUNT(list)) ||
	       nd_mem_ends_nocase(token->text, token->len, "ly");
}

static bool
is_auxiliary(const struct nd_token *token)
{
	static const char *const list[] = {
		"can", "could",  "did", "do",   "does",  "had",
		"has", "have",   "is",  "may",  "might", "must",
		"not", "should", "was", "will", "would"};

	return nd_token_is_one_of(token, list, COUNT(list));
}

/* Where the verb is that a clause begins with; count: it begins otherwise. */
static size_t
verb_of(const struct nd_clause *clause)
{
	static const char *const skipped[] = {"and", "but", "or", "so", "then"};

	for (size_t i = 0; i < clause->count; i++) {
		const struct nd_clause_word *word = &clause->word[i];

		if (!is_adverb(&word->token) && !is_auxiliary(&word->token) &&
		    !nd_token_is_one_of(&word->token, skipped, COUNT(skipped)))
			return word->content ? i : clause->count;
	}
	return clause->count;
}

/* The clause with that verb, or else the one that shares most with it; count:
 * none. */
static size_t
find_clause(const struct nd_clauses *sentence, const struct nd_clause *text,
            size_t verb)
{
	size_t best = sentence->count, most = SHARED_MIN - 1;

	for (size_t i = 0; i < sentence->count; i++) {
		const struct nd_clause *clause = &sentence->clause[i];
		size_t shared = nd_clause_shared(text, clause);

		if (nd_clause_find(clause, text->word[verb].stem) <
		    clause->count)
			return i;
		if (shared > most) {
			most = shared;
			best = i;
		}
	}
	return best;
}

enum subject { NONE, NAMED, OTHER };

/* The first that may be one of the words before to. */
static enum subject
find_subject(const struct nd_clause *clause, size_t to,
             const struct nd_clause_word **name)
{
	static const char *const speakers[] = {"i", "we"};
	static const char *const others[] = {
		"a",    "an",    "he",    "it",   "she",  "that",
		"the",  "there", "these", "they", "this", "those",
		"what", "which", "who",   "you",  "your"};

	for (size_t i = 0; i < to; i++) {
		const struct nd_clause_word *word = &clause->word[i];

		if (nd_token_is_one_of(&word->token, speakers,
		                       COUNT(speakers)) ||
		    (word->token.kind == ND_TOKEN_WORD && word->content &&
		     word->token.capital)) {
			*name = word;
			return NAMED;
		}
		if ((word->content && !is_adverb(&word->token)) ||
		    nd_token_is_one_of(&word->token, others, COUNT(others)))
			return OTHER;
	}
	return NONE;
}

const char *
nd_agent_of(const void *ctx, const char *text, const char *sentence)
{
	void *tmp = talloc_new(NULL);
	const struct nd_clauses *mine = nd_clauses_read(tmp, text);
	const struct nd_clauses *theirs = nd_clauses_read(tmp, sentence);
	const struct nd_clause *first = mine->clause;
	size_t verb = mine->count > 0 ? verb_of(first) : 0;
	size_t at = theirs->count, end = 0;
	const struct nd_clause_word *name = NULL;
	enum subject found = OTHER;
	const char *subject = NULL;

	if (mine->count > 0 && verb < first->count)
		at = find_clause(theirs, first, verb);
	if (at < theirs->count) {
		end = nd_clause_find(&theirs->clause[at],
		                     first->word[verb].stem);
		if (end == theirs->clause[at].count)
			end = verb_of(&theirs->clause[at]);
		found = find_subject(&theirs->clause[at], end, &name);
	}
	/* "I saw it, but did not …": the subject is that of the clause before. */
	while (found == NONE && at > 0) {
		at--;
		found = find_subject(&theirs->clause[at],
		                     theirs->clause[at].count, &name);
	}
	if (found == NAMED)
		subject = x_strndup(ctx, name->token.text, name->token.len);
	/* "Applied, thanks": who writes so has done it. */
	else if (found == NONE)
		subject = "I";
	talloc_free(tmp);
	return subject;
}

const char *
nd_agent_addressed(const void *ctx, const char *sentence)
{
	static const char *const verbs[] = {"can",  "could",  "did",   "do",
	                                    "have", "please", "what",  "why",
	                                    "how",  "would",  "would", "will"};
	void *tmp = talloc_new(NULL);
	const struct nd_clauses *clauses = nd_clauses_read(tmp, sentence);
	const char *name = NULL;

	if (clauses->word_count > 1 && clauses->word[0].ends &&
	    clauses->word[0].content && clauses->word[0].token.capital &&
	    nd_token_is_one_of(&clauses->word[1].token, verbs, COUNT(verbs)))
		name = x_strndup(ctx, clauses->word[0].token.text,
		                 clauses->word[0].token.len);
	talloc_free(tmp);
	return name;
}
