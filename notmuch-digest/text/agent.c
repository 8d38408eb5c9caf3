/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/agent.h"

#include "text/clause.h"
#include "util/alloc.h"
#include "util/str.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool
is_adverb(const struct nd_token *token)
{
	static const char *const list[] = {"already", "also", "just", "still"};

	return nd_token_is_one_of(token, list, COUNT(list)) ||
	       nd_mem_ends_nocase(token->text, token->len, "ly");
}

/* The verb that a text begins with; NULL: it begins otherwise. */
static const struct nd_clause_word *
verb_of(const struct nd_clauses *text)
{
	static const char *const auxiliaries[] = {"can", "could", "did",  "had",
	                                          "has", "have",  "is",   "may",
	                                          "was", "will",  "would"};

	for (size_t i = 0; i < text->word_count; i++) {
		const struct nd_clause_word *word = &text->word[i];

		if (is_adverb(&word->token) ||
		    nd_token_is_one_of(&word->token, auxiliaries,
		                       COUNT(auxiliaries)))
			continue;
		return word->content ? word : NULL;
	}
	return NULL;
}

static const char *
subject_before(const void *ctx, const struct nd_clause *clause, size_t verb)
{
	static const char *const speakers[] = {"i", "we"};

	for (size_t i = verb; i-- > 0;) {
		const struct nd_token *token = &clause->word[i].token;

		if (nd_token_is_one_of(token, speakers, COUNT(speakers)) ||
		    (token->kind == ND_TOKEN_WORD && token->capital &&
		     clause->word[i].content))
			return x_strndup(ctx, token->text, token->len);
		/* What stands between is another subject, or an object. */
		if (clause->word[i].content && !is_adverb(token))
			return NULL;
	}
	return NULL;
}

const char *
nd_agent_of(const void *ctx, const char *text, const char *sentence)
{
	void *tmp = talloc_new(NULL);
	const struct nd_clause_word *verb = verb_of(nd_clauses_read(tmp, text));
	const struct nd_clauses *clauses = nd_clauses_read(tmp, sentence);
	const char *subject = NULL;

	for (size_t i = 0; i < clauses->count && verb && !subject; i++) {
		const struct nd_clause *clause = &clauses->clause[i];

		for (size_t k = 0; k < clause->count && !subject; k++)
			if (clause->word[k].content &&
			    clause->word[k].stem == verb->stem)
				subject = subject_before(ctx, clause, k);
	}
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
