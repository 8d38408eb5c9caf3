/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/sequence.h"

#include <string.h>

#include "entailment/clause.h"
#include "llm/evidence.h"
#include "util/alloc.h"
#include "util/segment.h"
#include "util/str.h"

enum {
	WORDS_MAX = 4096, /* of a text that are looked at */
	REACH = 6,        /* words between the parts of a pattern */
	FIRST_REACH = 8,  /* between "first" and "later" */
	NEAR_BYTES = 200, /* two numbers farther apart have no order */
	UNIT_BYTES_MAX = 6,
	CHAIN_MAX = 4, /* clauses that come before a "then" */
};

struct word {
	const char *text; /* folded; an amount without its unit */
	const char *gap;  /* what stands before it in the text */
	size_t gap_len, start;
	bool marked; /* an identifier or a number */
};

struct words {
	struct word *word;
	size_t count;
};

enum kind {
	BECOMES, /* from A to B */
	PRECEDES /* A before B */
};

/* Words [from, to) of a text, and the one of them that is meant. */
struct side {
	size_t from, to;
	const char *word;
};

struct pair {
	enum kind kind;
	struct side first, second;
	bool strict; /* the mail has them in this order, too, or it is wrong */
};

struct pairs {
	struct pair *pair;
	size_t count;
};

/* "98us" is compared as 98: the unit may stand apart. */
static char *
bare(const void *ctx, const char *text, size_t len)
{
	char *folded = nd_segment_fold(ctx, text, len);
	size_t number = strspn(folded, "0123456789."), rest;

	rest = strlen(folded + number);
	if (number > 0 && rest > 0 && rest <= UNIT_BYTES_MAX &&
	    strspn(folded + number, "abcdefghijklmnopqrstuvwxyz") == rest)
		folded[number] = '\0';
	return folded;
}

static struct words *
read_words(const void *ctx, const char *text)
{
	struct words *words = x_new(ctx, struct words);
	struct nd_llm_evidence_token token;
	size_t len = strlen(text), at = 0, end = 0;

	while (words->count < WORDS_MAX &&
	       nd_llm_evidence_next_token(text, len, &at, &token)) {
		*x_append(words, words->word, words->count) = (struct word){
			.text = bare(words, text + token.start, token.len),
			.gap = text + end,
			.gap_len = token.start - end,
			.start = token.start,
			.marked = token.technical || token.number,
		};
		end = token.start + token.len;
	}
	return words;
}

static bool
is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* Words that stand between a preposition and what it is about. */
static bool
is_filler(const char *word)
{
	static const char *const list[] = {
		"a",   "an",   "the",     "only",  "about", "just", "some",
		"to",  "of",   "and",     "or",    "up",    "is",   "are",
		"was", "were", "be",      "been",  "it",    "its",  "at",
		"now", "then", "writing", "doing", "using", "by",   NULL};

	return is_one_of(word, list);
}

/* What stands in [from, to): the first that is marked, else a plain word. */
static struct side
operand_in(const struct words *words, size_t from, size_t to, bool last)
{
	const char *plain = NULL;

	if (to > words->count)
		to = words->count;
	if (from > to)
		from = to;
	for (size_t k = from; k < to; k++) {
		size_t i = last ? to - 1 - (k - from) : k;

		if (words->word[i].marked)
			return (struct side){from, to, words->word[i].text};
		if (!plain && !is_filler(words->word[i].text))
			plain = words->word[i].text;
	}
	return (struct side){from, to, plain};
}

static size_t
before(size_t at, size_t reach)
{
	return at > reach ? at - reach : 0;
}

static void
add(struct pairs *pairs, enum kind kind, struct side first, struct side second,
    bool strict)
{
	if (first.word && second.word && strcmp(first.word, second.word) != 0)
		*x_append(pairs, pairs->pair, pairs->count) =
			(struct pair){kind, first, second, strict};
}

/* "from A to B" */
static void
read_from(struct pairs *pairs, const struct words *words, size_t at)
{
	for (size_t to = at + 2; to < words->count && to <= at + REACH; to++)
		if (strcmp(words->word[to].text, "to") == 0) {
			add(pairs, BECOMES,
			    operand_in(words, at + 1, to, false),
			    operand_in(words, to + 1, to + 5, false), true);
			return;
		}
}

/* "A first … B later" */
static void
read_first(struct pairs *pairs, const struct words *words, size_t at)
{
	static const char *const later[] = {"later", "afterwards", "second",
	                                    "last", NULL};

	for (size_t i = at + 1; i < words->count && i <= at + FIRST_REACH; i++)
		if (is_one_of(words->word[i].text, later)) {
			add(pairs, PRECEDES,
			    operand_in(words, before(at, 2), at, true),
			    operand_in(words, before(i, 2), i, true), false);
			return;
		}
}

static void
read_pattern(struct pairs *pairs, const struct words *words, size_t at)
{
	const char *word = words->word[at].text;
	const char *next =
		at + 1 < words->count ? words->word[at + 1].text : "";
	struct side left = operand_in(words, before(at, REACH), at, true);
	struct side right = operand_in(words, at + 1, at + REACH, false);

	if (strcmp(word, "from") == 0)
		read_from(pairs, words, at);
	else if (strcmp(word, "first") == 0)
		read_first(pairs, words, at);
	else if (strcmp(word, "before") == 0)
		add(pairs, PRECEDES, left, right, false);
	else if (strcmp(word, "after") == 0)
		add(pairs, PRECEDES, right, left, false);
	else if ((strcmp(word, "instead") == 0 && strcmp(next, "of") == 0) ||
	         (strcmp(word, "rather") == 0 && strcmp(next, "than") == 0))
		add(pairs, BECOMES,
		    operand_in(words, at + 2, at + 2 + REACH, false), left,
		    false);
}

static bool
gap_has(const struct word *word, const char *const *list)
{
	for (; *list; list++)
		if (nd_mem_find(word->gap, word->gap_len, *list))
			return true;
	return false;
}

/* 从 A 到 B */
static void
read_chinese(struct pairs *pairs, const struct words *words, size_t at)
{
	static const char *const from[] = {"从", "由", NULL};
	static const char *const to[] = {"到", "至", "为", "成", NULL};

	if (at + 1 < words->count && words->word[at].marked &&
	    words->word[at + 1].marked && gap_has(&words->word[at], from) &&
	    gap_has(&words->word[at + 1], to))
		add(pairs, BECOMES,
		    (struct side){at, at + 1, words->word[at].text},
		    (struct side){at + 1, at + 2, words->word[at + 1].text},
		    true);
}

static struct pairs *
read_pairs(const void *ctx, const struct words *words)
{
	struct pairs *pairs = x_new(ctx, struct pairs);

	for (size_t i = 0; i < words->count; i++) {
		read_pattern(pairs, words, i);
		read_chinese(pairs, words, i);
	}
	return pairs;
}

static bool
has_word(const struct words *words, const struct side *side, const char *text)
{
	for (size_t i = side->from; i < side->to; i++)
		if (strcmp(words->word[i].text, text) == 0)
			return true;
	return false;
}

/* Does the mail have such a pair: one word on each side of it? */
static bool
has_pair(const struct pairs *pairs, const struct words *words, enum kind kind,
         const char *first, const char *second)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (pairs->pair[i].kind == kind &&
		    has_word(words, &pairs->pair[i].first, first) &&
		    has_word(words, &pairs->pair[i].second, second))
			return true;
	return false;
}

/* Do they stand near each other, first before second? */
static bool
stand_so(const struct words *words, const char *first, const char *second)
{
	for (size_t i = 0; i < words->count; i++) {
		if (strcmp(words->word[i].text, first) != 0)
			continue;
		for (size_t k = i + 1;
		     k < words->count &&
		     words->word[k].start < words->word[i].start + NEAR_BYTES;
		     k++)
			if (strcmp(words->word[k].text, second) == 0)
				return true;
	}
	return false;
}

static bool
is_turned(const struct pair *pair, const struct words *mail,
          const struct pairs *said)
{
	const char *first = pair->first.word, *second = pair->second.word;

	if (has_pair(said, mail, pair->kind, first, second))
		return false;
	if (has_pair(said, mail, pair->kind, second, first))
		return true;
	return pair->strict && !stand_so(mail, first, second) &&
	       stand_so(mail, second, first);
}

/* ---- clauses: one comes before the other ---------------------------------- */

/* Clauses [first, second) come before clauses [second, end), or the first of them
 * after the second: by the word that joins them. */
struct step {
	size_t first, first_end, second, second_end;
	bool compares; /* "more than" */
};

static bool
begins_with(const struct nd_clause *clause, const char *const *list,
            size_t count)
{
	return nd_token_is_one_of(&clause->word[0].token, list, count);
}

static bool
tells_later(const struct nd_clause *clause)
{
	static const char *const list[] = {"afterwards", "finally", "later"};

	for (size_t i = 0; i < clause->count; i++)
		if (nd_token_is_one_of(&clause->word[i].token, list,
		                       sizeof list / sizeof *list))
			return true;
	return false;
}

/* What clause i has to do with another one; false: nothing that is known. */
static bool
read_step(const struct nd_clauses *clauses, size_t i, struct step *step)
{
	static const char *const before[] = {"before"};
	static const char *const behind[] = {"after", "if", "once", "when"};
	static const char *const then[] = {"then"}, *const than[] = {"than"};
	const struct nd_clause *clause = &clauses->clause[i];
	bool leads = i == 0 || clause->word[-1].ends;

	if (begins_with(clause, before, 1) && !leads)
		*step = (struct step){i - 1, i, i, i + 1, false};
	else if (begins_with(clause, than, 1) && !leads)
		*step = (struct step){i - 1, i, i, i + 1, true};
	else if (begins_with(clause, behind, 4) && !leads)
		*step = (struct step){i, i + 1, i - 1, i, false};
	else if (begins_with(clause, behind, 4) && i + 1 < clauses->count)
		*step = (struct step){i, i + 1, i + 1, i + 2, false};
	else if (i > 0 && (begins_with(clause, then, 1) || tells_later(clause)))
		*step = (struct step){i > CHAIN_MAX ? i - CHAIN_MAX : 0, i, i,
		                      i + 1, false};
	else
		return false;
	return true;
}

static struct nd_clause
join(const struct nd_clauses *clauses, size_t from, size_t end)
{
	const struct nd_clause *last = &clauses->clause[end - 1];
	const struct nd_clause_word *word = clauses->clause[from].word;

	return (struct nd_clause){
		.word = word,
		.count = (size_t)(last->word + last->count - word)};
}

/* 1: the two are in the same order; -1: in the other; 0: about something else. */
static int
compare_steps(const struct nd_clauses *text, const struct step *mine,
              const struct nd_clauses *mail, const struct step *theirs)
{
	const struct nd_clause first = join(text, mine->first, mine->first_end),
			       second = join(text, mine->second,
	                                     mine->second_end),
			       before = join(mail, theirs->first,
	                                     theirs->first_end),
			       after = join(mail, theirs->second,
	                                    theirs->second_end);

	const size_t same = nd_clause_shared(&first, &before),
		     last = nd_clause_shared(&second, &after),
		     cross = nd_clause_shared(&first, &after),
		     back = nd_clause_shared(&second, &before);

	if (mine->compares != theirs->compares)
		return 0;
	if (same && last)
		return 1;
	/* What is compared shares the word for it. */
	if (cross && back &&
	    (mine->compares ? cross + back > same + last : !same && !last))
		return -1;
	return 0;
}

static bool
has_step_back(const void *ctx, const char *text, const char *mail)
{
	const struct nd_clauses *mine = nd_clauses_read(ctx, text);
	const struct nd_clauses *theirs = nd_clauses_read(ctx, mail);

	for (size_t i = 0; i < mine->count; i++) {
		struct step said, told;
		bool same = false, back = false;

		if (!read_step(mine, i, &said))
			continue;
		for (size_t k = 0; k < theirs->count; k++) {
			int order = read_step(theirs, k, &told)
			                    ? compare_steps(mine, &said, theirs,
			                                    &told)
			                    : 0;

			same |= order > 0;
			back |= order < 0;
		}
		if (back && !same)
			return true;
	}
	return false;
}

bool
nd_llm_sequence_is_reversed(const char *text, const char *mail)
{
	void *tmp = talloc_new(NULL);
	const struct pairs *pairs = read_pairs(tmp, read_words(tmp, text));
	bool reversed = has_step_back(tmp, text, mail);

	if (pairs->count > 0) {
		const struct words *words = read_words(tmp, mail);
		const struct pairs *said = read_pairs(tmp, words);

		for (size_t i = 0; i < pairs->count && !reversed; i++)
			reversed = is_turned(&pairs->pair[i], words, said);
	}
	talloc_free(tmp);
	return reversed;
}
