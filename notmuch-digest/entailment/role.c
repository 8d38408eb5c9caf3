/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/role.h"

#include <string.h>

#include "entailment/clause.h"
#include "util/alloc.h"

enum { ALIKE_MIN = 2 /* words that two clauses share that are alike */ };

/* The words of content of a clause, or of all clauses of a text. */
struct row {
	const struct nd_clause_word **word;
	size_t count;
	bool passive; /* "by" turns the order */
};

/* What stands there more often has no place. */
static bool
is_once(const struct nd_clause_word *word, size_t count, size_t at)
{
	for (size_t i = 0; i < count; i++)
		if (i != at && word[i].stem == word[at].stem)
			return false;
	return true;
}

static void
add_words(const void *ctx, struct row *row, const struct nd_clause_word *word,
          size_t count)
{
	static const char *const by[] = {"by"};

	for (size_t i = 0; i < count; i++) {
		row->passive |= nd_token_is_one_of(&word[i].token, by, 1);
		if (word[i].content && is_once(word, count, i))
			*x_append(ctx, row->word, row->count) = &word[i];
	}
}

/* Where a word stands; SIZE_MAX: nowhere. */
static size_t
place_of(const struct row *row, const struct nd_clause_word *word)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->word[i]->stem == word->stem)
			return i;
	return SIZE_MAX;
}

/* A name or a number: no word that may stand anywhere. */
static bool
is_marked(const struct nd_clause_word *word)
{
	return word->token.kind != ND_TOKEN_WORD || word->token.capital;
}

/* Three words in a row of one of them stand in the other the other way round. */
static bool
is_reversed(const struct row *text, const struct row *sentence)
{
	if (text->passive != sentence->passive)
		return false;
	for (size_t i = 0; i + 2 < text->count; i++) {
		size_t first = place_of(sentence, text->word[i]);
		size_t verb = place_of(sentence, text->word[i + 1]);
		size_t last = place_of(sentence, text->word[i + 2]);

		if (first != SIZE_MAX && verb != SIZE_MAX && last != SIZE_MAX &&
		    last + 1 == verb && verb + 1 == first)
			return true;
	}
	return false;
}

/* Do the two stand side by side, and first before second? */
static bool
are_beside(const struct row *row, const struct nd_clause_word *first,
           const struct nd_clause_word *second)
{
	size_t one = place_of(row, first), other = place_of(row, second);

	return one != SIZE_MAX && other != SIZE_MAX && one + 1 == other;
}

/* "A C … B D" of the text, "A D … B C" of the sentence: C and D are names. */
static bool
is_crossed(const struct row *text, const struct row *sentence)
{
	for (size_t i = 0; i + 1 < text->count; i++)
		for (size_t k = i + 2; k + 1 < text->count; k++)
			if (text->word[i]->token.kind != ND_TOKEN_NUMBER &&
			    text->word[k]->token.kind != ND_TOKEN_NUMBER &&
			    is_marked(text->word[i + 1]) &&
			    text->word[i + 1]->token.kind ==
			            text->word[k + 1]->token.kind &&
			    is_marked(text->word[k + 1]) &&
			    are_beside(sentence, text->word[i],
			               text->word[k + 1]) &&
			    are_beside(sentence, text->word[k],
			               text->word[i + 1]))
				return true;
	return false;
}

/* "applied to A": a word, a preposition, and a name. */
struct object {
	uint32_t verb, name;
	const struct nd_token *preposition;
};

static bool
read_object(const struct nd_clauses *clauses, size_t at, struct object *object)
{
	static const char *const prepositions[] = {"at", "by",   "for", "from",
	                                           "in", "into", "on",  "onto",
	                                           "to", "with"};
	static const char *const articles[] = {"a", "an", "the"};
	const struct nd_clause_word *word = clauses->word + at;
	const size_t left = clauses->word_count - at;
	size_t name = 2;

	if (left < 3 || !word->content || word->ends || word[1].ends ||
	    !nd_token_is_one_of(&word[1].token, prepositions,
	                        sizeof prepositions / sizeof *prepositions))
		return false;
	if (left > 3 && nd_token_is_one_of(&word[2].token, articles, 3))
		name = 3;
	if (word[name].token.kind == ND_TOKEN_WORD)
		return false;
	*object = (struct object){word->stem, word[name].stem, &word[1].token};
	return true;
}

static bool
has_name(const struct nd_clauses *clauses, uint32_t stem)
{
	for (size_t i = 0; i < clauses->word_count; i++)
		if (clauses->word[i].stem == stem)
			return true;
	return false;
}

/* "applied to A", where the sentence has "applied to B", and the text no B */
static bool
is_other_object(const struct nd_clauses *text,
                const struct nd_clauses *sentence, const struct object *object)
{
	bool other = false;

	for (size_t i = 0; i < sentence->word_count; i++) {
		struct object theirs;

		if (!read_object(sentence, i, &theirs) ||
		    theirs.verb != object->verb ||
		    theirs.preposition->word != object->preposition->word)
			continue;
		if (theirs.name == object->name)
			return false;
		other |= !has_name(text, theirs.name);
	}
	return other;
}

static bool
has_other_object(const struct nd_clauses *text,
                 const struct nd_clauses *sentence)
{
	struct object object;

	for (size_t i = 0; i < text->word_count; i++)
		if (read_object(text, i, &object) &&
		    is_other_object(text, sentence, &object))
			return true;
	return false;
}

/* The word of content on one side of that at; NULL: none. */
static const struct nd_clause_word *
neighbour(const struct nd_clause *clause, size_t at, int step)
{
	for (size_t i = at + (size_t)step; i < clause->count; i += (size_t)step)
		if (clause->word[i].content)
			return &clause->word[i];
	return NULL;
}

/* Two clauses that both have a word: where it stands in each of them. */
struct meeting {
	const struct nd_clause *text, *one, *other;
	size_t at, in_one, in_other;
};

/* Has the text on the same side of the word what only the first of them has? */
static bool
has_only_of_one(const struct meeting *m)
{
	for (size_t i = 0; i < m->text->count; i++) {
		const struct nd_clause_word *word = &m->text->word[i];
		size_t place = nd_clause_find(m->one, word->stem);

		if (word->content && place < m->one->count &&
		    !nd_clause_has(m->other, word->stem) &&
		    (i < m->at) == (place < m->in_one))
			return true;
	}
	return false;
}

/* Is what stands beside the word in the text that of the other clause? */
static bool
is_taken_over(const struct meeting *m, int step)
{
	const struct nd_clause_word *mine = neighbour(m->text, m->at, step);
	const struct nd_clause_word *own = neighbour(m->one, m->in_one, step);
	const struct nd_clause_word *taken =
		neighbour(m->other, m->in_other, step);

	return mine && own && taken && mine->stem == taken->stem &&
	       !nd_clause_has(m->one, mine->stem) &&
	       !nd_clause_has(m->text, own->stem) &&
	       !nd_clause_has(m->other, own->stem);
}

/*
 * Two clauses that say alike things of different ones, "A goes to B" and "C goes
 * to D": the text that has "C goes to B" has put one of the other's in the place
 * of its own.
 */
static bool
is_mixed(const struct nd_clause *text, const struct nd_clause *one,
         const struct nd_clause *other)
{
	struct meeting m = {.text = text, .one = one, .other = other};

	if (nd_clause_shared(text, one) < ALIKE_MIN ||
	    nd_clause_shared(one, other) < ALIKE_MIN)
		return false;
	for (m.at = 0; m.at < text->count; m.at++) {
		const struct nd_clause_word *word = &text->word[m.at];

		m.in_one = nd_clause_find(one, word->stem);
		m.in_other = nd_clause_find(other, word->stem);
		if (word->content && m.in_one < one->count &&
		    m.in_other < other->count && has_only_of_one(&m) &&
		    (is_taken_over(&m, -1) || is_taken_over(&m, 1)))
			return true;
	}
	return false;
}

/* The word of content behind the last of some words; NULL: there is none. */
static const struct nd_clause_word *
behind_one_of(const struct nd_clauses *clauses, size_t i,
              const char *const *list, size_t count)
{
	if (!nd_token_is_one_of(&clauses->word[i].token, list, count))
		return NULL;
	for (size_t k = i + 1; k < clauses->word_count && k <= i + 4; k++)
		if (clauses->word[k].content &&
		    !nd_token_is_one_of(&clauses->word[k].token, list, count))
			return &clauses->word[k];
	return NULL;
}

/* Is one text's "only A" the other's "all but A"? */
static bool
is_excluded(const struct nd_clauses *only, const struct nd_clauses *except)
{
	static const char *const onlys[] = {"only", "just"};
	static const char *const excepts[] = {"except", "excluding", "but",
	                                      "without"};
	static const char *const apart[] = {"apart", "from"};

	for (size_t i = 0; i < only->word_count; i++) {
		const struct nd_clause_word *word =
			behind_one_of(only, i, onlys, 2);

		for (size_t k = 0; word && k < except->word_count; k++) {
			const struct nd_clause_word *other =
				behind_one_of(except, k, excepts, 4);

			if (!other)
				other = behind_one_of(except, k, apart, 1);
			/* "Patch 12": the number may stand second. */
			if (other && other->stem == word->stem &&
			    (is_marked(word) ||
			     (word[1].token.text && other[1].token.text &&
			      word[1].stem == other[1].stem)))
				return true;
		}
	}
	return false;
}

static bool
has_mixed(const struct nd_clauses *text, const struct nd_clauses *sentence)
{
	for (size_t t = 0; t < text->count; t++)
		for (size_t i = 0; i < sentence->count; i++)
			for (size_t k = 0; k < sentence->count; k++)
				if (i != k && is_mixed(&text->clause[t],
				                       &sentence->clause[i],
				                       &sentence->clause[k]))
					return true;
	return false;
}

/* What is preferred, and to what: "A rather than B", "A, not B". */
static size_t
contrast_words(const struct nd_clauses *clauses, size_t i)
{
	static const char *const first[] = {"instead", "rather", "not"};
	static const char *const second[] = {"of", "than"};
	const struct nd_clause_word *word = clauses->word + i;

	if (!nd_token_is_one_of(&word->token, first, 3))
		return 0;
	if (i + 2 < clauses->word_count &&
	    nd_token_is_one_of(&word[1].token, second, 2))
		return 2;
	return i > 0 && word[-1].ends &&
	       nd_token_is_one_of(&word->token, first + 2, 1);
}

/* Do clauses about it deny it, or say it? Both is neither. */
static bool
is_only(const struct nd_clauses *clauses, uint32_t stem, bool denied)
{
	bool found = false;

	for (size_t i = 0; i < clauses->word_count; i++) {
		const struct nd_clause_word *word = &clauses->word[i];

		if (!word->content || word->stem != stem)
			continue;
		if (word->denied != denied)
			return false;
		found = true;
	}
	return found;
}

/* Is some word of [from, to) only denied, or only said, by the sentence? */
static bool
any_only(const struct nd_clauses *text, size_t from, size_t to,
         const struct nd_clauses *sentence, bool denied)
{
	for (size_t i = from; i < to; i++)
		if (text->word[i].content &&
		    is_only(sentence, text->word[i].stem, denied))
			return true;
	return false;
}

/* "B rather than A", where the sentence says A and denies B */
static bool
has_other_choice(const struct nd_clauses *text,
                 const struct nd_clauses *sentence)
{
	for (size_t i = 0; i < text->word_count; i++) {
		size_t taken = contrast_words(text, i);

		if (taken > 0 && any_only(text, 0, i, sentence, true) &&
		    any_only(text, i + taken, text->word_count, sentence,
		             false))
			return true;
	}
	return false;
}

static bool
is_swapped_in(const struct nd_clauses *text, const struct nd_clause *clause)
{
	struct row row = {0};
	void *tmp = talloc_new(NULL);
	bool swapped = false;

	add_words(tmp, &row, clause->word, clause->count);
	for (size_t i = 0; i < text->count && !swapped; i++) {
		struct row mine = {0};

		add_words(tmp, &mine, text->clause[i].word,
		          text->clause[i].count);
		swapped = is_reversed(&mine, &row);
	}
	talloc_free(tmp);
	return swapped;
}

static bool
is_turned(const struct nd_clauses *text, const struct nd_clauses *sentence)
{
	void *tmp = talloc_new(NULL);
	struct row all = {0}, other = {0};
	bool turned;

	add_words(tmp, &all, text->word, text->word_count);
	add_words(tmp, &other, sentence->word, sentence->word_count);
	turned = is_crossed(&all, &other);
	for (size_t i = 0; i < sentence->count && !turned; i++)
		turned = is_swapped_in(text, &sentence->clause[i]);
	talloc_free(tmp);
	return turned;
}

const char *
nd_role_wrong(const char *text, const char *sentence, const char *own)
{
	void *tmp = talloc_new(NULL);
	const struct nd_clauses *mine = nd_clauses_read(tmp, text);
	const struct nd_clauses *theirs = nd_clauses_read(tmp, sentence);
	const struct nd_clauses *all = nd_clauses_read(tmp, own);
	const char *wrong = NULL;

	if (is_turned(mine, theirs))
		wrong = "it turns round who does what in the quote";
	else if (has_other_object(mine, theirs))
		wrong = "what is done to one is done to another in the quote";
	else if (has_mixed(mine, theirs))
		wrong = "it says of one what the quote says of another";
	else if (is_excluded(mine, theirs) || is_excluded(theirs, mine))
		wrong = "what it leaves out is all that the quote has, or the "
			"other way round";
	else if (has_other_choice(mine, all))
		wrong = "it prefers what the mail does not want";
	talloc_free(tmp);
	return wrong;
}
