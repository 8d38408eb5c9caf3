/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/alignment.h"

#include "entailment/statement.h"
#include "util/alloc.h"

/* A text beside the words that should bear it out. */
struct pair {
	const struct nd_statement *text, *words;
	bool *covered; /* one a clause of the words: the text has some of it */
	enum nd_alignment_frame frame;
	unsigned free; /* classes of operators that the frame says already */
};

/* Of its words that stand for something so many are those of the quote. */
#define SHARE_MIN 0.5

/* ---- words ---------------------------------------------------------------- */

static bool
is_same(const struct nd_statement_word *a, const struct nd_statement_word *b)
{
	return a->stem == b->stem && (a->token.kind == ND_TOKEN_WORD) ==
	                                     (b->token.kind == ND_TOKEN_WORD);
}

static bool
has_word(const struct nd_statement *said, const struct nd_statement_word *word)
{
	for (size_t i = 0; i < said->count; i++)
		if (is_same(&said->word[i], word))
			return true;
	return false;
}

/* The most words of a that stand in b in the same order. */
static size_t
longest_common(const void *ctx, const struct nd_statement *a,
               const struct nd_statement *b)
{
	/* most[j]: of the first words of a, and the first j of b */
	size_t *most = x_array(ctx, size_t, b->count + 1);

	for (size_t i = 0; i < a->count; i++) {
		size_t before = 0;

		for (size_t j = 0; j < b->count; j++) {
			size_t above = most[j + 1];

			if (is_same(&a->word[i], &b->word[j]))
				most[j + 1] = before + 1;
			else if (most[j] > above)
				most[j + 1] = most[j];
			before = above;
		}
	}
	return most[b->count];
}

static unsigned
count_in(const struct nd_statement *said, enum nd_operator kind)
{
	unsigned count = 0;

	for (size_t i = 0; i <= said->count; i++)
		count += said->gap[i].all.count[kind];
	return count;
}

static bool
has_past(const struct nd_statement *said, const struct nd_statement_word *word)
{
	bool has = false, past = false;

	for (size_t i = 0; i < said->count; i++)
		if (is_same(&said->word[i], word)) {
			has = true;
			past |= said->word[i].past;
		}
	return past || !has;
}

/* Is what the text has as done not so in the quote: "moved", "please move"? */
static bool
is_done_early(const struct pair *pair)
{
	const struct nd_statement *text = pair->text;

	if (pair->frame != ND_ALIGNMENT_STATED ||
	    count_in(text, ND_OPERATOR_WILL) + count_in(text, ND_OPERATOR_MAY) +
	                    count_in(text, ND_OPERATOR_MUST) >
	            0)
		return false;
	for (size_t i = 0; i < text->count; i++)
		if (text->word[i].past &&
		    !has_past(pair->words, &text->word[i]))
			return true;
	return false;
}

/* Are enough of its words there, all names and numbers, and in that order? */
static const char *
doubt_words(const struct pair *pair, const void *ctx)
{
	const struct nd_statement *text = pair->text;
	size_t shared = 0, words = 0;

	for (size_t i = 0; i < text->count; i++) {
		const struct nd_statement_word *word = &text->word[i];
		bool has = has_word(pair->words, word);

		if (!has && word->name)
			return "it names what the quote does not";
		shared += has;
		words += has || !word->light;
	}
	if (shared == 0 || (double)shared < SHARE_MIN * (double)words)
		return "few of its words are those of the quote";
	if (is_done_early(pair))
		return "it says that something is done";
	return longest_common(ctx, text, pair->words) < shared
	               ? "its words stand in another order in the quote"
	               : NULL;
}

/* ---- what turns them ------------------------------------------------------ */

static bool
parts(const struct nd_statement_gap *gap)
{
	return gap->strongest >= ND_STATEMENT_COMMA;
}

static void
cover_clauses(const void *ctx, struct pair *pair)
{
	size_t clause = 0;

	pair->covered = x_array(ctx, bool, pair->words->count + 2);
	for (size_t i = 0; i < pair->words->count; i++) {
		clause += i > 0 && parts(&pair->words->gap[i]);
		pair->covered[clause] |=
			has_word(pair->text, &pair->words->word[i]);
	}
}

/* Is one of the clauses beside it covered, with but a comma between them? */
static bool
is_attached(const struct pair *pair, size_t clause,
            enum nd_statement_break before, enum nd_statement_break behind)
{
	return (clause > 0 && before == ND_STATEMENT_COMMA &&
	        pair->covered[clause - 1]) ||
	       (behind == ND_STATEMENT_COMMA && pair->covered[clause + 1]);
}

/* What parts the clause that gap i begins from the next one. */
static enum nd_statement_break
next_break(const struct nd_statement *said, size_t i)
{
	while (++i < said->count)
		if (parts(&said->gap[i]))
			return said->gap[i].strongest;
	return ND_STATEMENT_END;
}

/*
 * Of the clauses that the text has some of. A condition holds for the clause
 * beside its own, too: "if A, B".
 */
static unsigned
count_covered(const struct pair *pair, enum nd_operator kind)
{
	const struct nd_statement_gap *gap = pair->words->gap;
	bool reaches = kind == ND_OPERATOR_IF;
	size_t clause = 0;
	unsigned count = 0;
	bool counts = pair->covered[0] ||
	              (reaches && is_attached(pair, 0, ND_STATEMENT_END,
	                                      next_break(pair->words, 0)));

	for (size_t i = 0; i <= pair->words->count; i++) {
		unsigned near = gap[i].near.count[kind];
		unsigned all = gap[i].all.count[kind];

		if (i > 0 && parts(&gap[i])) {
			count += counts ? all - near : 0;
			all = near;
			clause++;
			counts = pair->covered[clause] ||
			         (reaches &&
			          is_attached(pair, clause, gap[i].strongest,
			                      next_break(pair->words, i)));
		}
		count += counts ? all : 0;
	}
	return count;
}

/* What makes a text say less, not more or something else. */
static bool
may_add(enum nd_operator kind)
{
	return kind == ND_OPERATOR_MAY || kind == ND_OPERATOR_IF ||
	       kind == ND_OPERATOR_OTHERS;
}

static const char *
doubt_operators(const struct pair *pair)
{
	for (enum nd_operator o = 1; o < ND_OPERATOR_COUNT; o++) {
		unsigned mine = count_in(pair->text, o);
		unsigned theirs = count_covered(pair, o);

		if (pair->free & 1u << o)
			continue;
		if (mine < theirs)
			return "it leaves out what turns the quote";
		if (mine > theirs && !may_add(o))
			return "it is turned by what the quote does not have";
	}
	return NULL;
}

static unsigned
free_in(enum nd_alignment_frame frame)
{
	switch (frame) {
	case ND_ALIGNMENT_STATED:
		break;
	case ND_ALIGNMENT_ASKED:
		return ND_OPERATOR_BIT(IF) | ND_OPERATOR_BIT(OTHERS) |
		       ND_OPERATOR_BIT(MAY) | ND_OPERATOR_BIT(MUST) |
		       ND_OPERATOR_BIT(WILL);
	case ND_ALIGNMENT_WISHED:
		return ND_OPERATOR_BIT(MAY) | ND_OPERATOR_BIT(MUST) |
		       ND_OPERATOR_BIT(WILL) | ND_OPERATOR_BIT(OTHERS);
	case ND_ALIGNMENT_PROMISED:
		return ND_OPERATOR_BIT(WILL) | ND_OPERATOR_BIT(MUST);
	}
	return 0;
}

const char *
nd_alignment_doubt(const char *text, const char *words,
                   enum nd_alignment_frame frame)
{
	void *tmp = talloc_new(NULL);
	struct pair pair = {
		.text = nd_statement_read(tmp, text),
		.words = nd_statement_read(tmp, words),
		.frame = frame,
		.free = free_in(frame),
	};
	const char *doubt = doubt_words(&pair, tmp);

	cover_clauses(tmp, &pair);
	if (!doubt)
		doubt = doubt_operators(&pair);
	if (!doubt && frame != ND_ALIGNMENT_ASKED &&
	    frame != ND_ALIGNMENT_WISHED && pair.words->asks &&
	    !pair.text->asks)
		doubt = "the quote asks";
	talloc_free(tmp);
	return doubt;
}

/* ---- in another language -------------------------------------------------- */

/* Has the text what the words do not have, or the other way round? */
static const char *
doubt_turned(unsigned mine, unsigned theirs, unsigned free)
{
	const unsigned both = ND_OPERATOR_BIT(NOT) | ND_OPERATOR_BIT(IF) |
	                      ND_OPERATOR_BIT(RATHER) | ND_OPERATOR_BIT(ONLY);
	const unsigned to_come = ND_OPERATOR_BIT(WILL) | ND_OPERATOR_BIT(MAY) |
	                         ND_OPERATOR_BIT(MUST);

	if ((mine ^ theirs) & both & ~free)
		return "one of both is turned, the other is not";
	if (mine & ~theirs & ND_OPERATOR_BIT(CAUSE))
		return "it gives a reason";
	if (theirs & to_come && mine & ND_OPERATOR_BIT(STILL) &&
	    !(mine & to_come))
		return "it says that something is done";
	if (theirs & ND_OPERATOR_BIT(SOME) && mine & ND_OPERATOR_BIT(ALL))
		return "it says it of all";
	return NULL;
}

const char *
nd_alignment_doubt_translated(const char *text, const char *words,
                              enum nd_alignment_frame frame)
{
	void *tmp = talloc_new(NULL);
	const struct nd_statement *mine = nd_statement_read(tmp, text);
	const struct nd_statement *theirs = nd_statement_read(tmp, words);
	size_t at = 0, anchors = 0;
	const char *doubt = NULL;

	for (size_t i = 0; i < mine->count && !doubt; i++) {
		const struct nd_statement_word *word = &mine->word[i];

		if ((unsigned char)*word->token.text >= 0x80)
			continue;
		while (at < theirs->count && !is_same(&theirs->word[at], word))
			at++;
		if (at++ >= theirs->count)
			doubt = "its names are not those of the quote";
		anchors++;
	}
	if (!doubt && anchors == 0)
		doubt = "nothing of it can be compared";
	if (!doubt)
		doubt = doubt_turned(nd_operators_chinese(text),
		                     nd_operators_english(words),
		                     free_in(frame));
	talloc_free(tmp);
	return doubt;
}
