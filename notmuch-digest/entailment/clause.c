/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/clause.h"

#include <string.h>

#include "entailment/condition.h"
#include "entailment/negation.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	WORDS_MAX = 4096,
	DENIED_REACH = 12,    /* words behind a "not" */
	PARTICIPLE_REACH = 4, /* words between "was" and "fixed" */
	ED_BYTES_MIN = 5,     /* "fixed", not "red" */
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const function_words[] = {
	"a",        "about", "above",   "after",  "again",  "all",    "also",
	"although", "am",    "an",      "and",    "any",    "are",    "as",
	"at",       "be",    "because", "been",   "before", "being",  "below",
	"between",  "both",  "but",     "by",     "can",    "could",  "did",
	"do",       "does",  "doing",   "done",   "down",   "during", "each",
	"even",     "few",   "for",     "from",   "get",    "gets",   "got",
	"had",      "has",   "have",    "having", "he",     "her",    "here",
	"him",      "his",   "how",     "i",      "if",     "in",     "into",
	"is",       "it",    "its",     "just",   "let",    "like",   "may",
	"me",       "might", "more",    "most",   "must",   "my",     "no",
	"nor",      "not",   "now",     "of",     "off",    "on",     "one",
	"only",     "or",    "other",   "our",    "out",    "over",   "own",
	"same",     "shall", "she",     "should", "since",  "so",     "some",
	"still",    "such",  "than",    "that",   "the",    "their",  "them",
	"then",     "there", "these",   "they",   "this",   "those",  "though",
	"through",  "to",    "too",     "under",  "unless", "until",  "up",
	"us",       "very",  "was",     "we",     "were",   "what",   "when",
	"where",    "which", "while",   "who",    "whom",   "whose",  "why",
	"will",     "with",  "would",   "yet",    "you",    "your",   "already",
	"hello",    "hi",    "ok",      "okay",   "sorry",  "thanks", "yes",
	"s",        "d",     "ll",      "ve",     "re",     "t"};

/* Before them another clause begins. */
static const char *const conjunctions[] = {
	"after",  "although", "and",   "as",    "because", "before", "but",
	"if",     "once",     "since", "so",    "than",    "then",   "though",
	"unless", "until",    "when",  "which", "while"};

static const char *const prospects[] = {
	"can",     "could", "going",    "hope",  "if",     "intend",  "let",
	"may",     "might", "must",     "need",  "needs",  "once",    "ought",
	"perhaps", "plan",  "planning", "plans", "please", "propose", "shall",
	"should",  "soon",  "suggest",  "try",   "trying", "unless",  "want",
	"wants",   "will",  "would"};

/* Of somebody who does not know. */
static const char *const hedges[] = {
	"assume", "assumes", "believes", "guess",      "guesses",
	"likely", "maybe",   "possibly", "presumably", "probably",
	"seems",  "suppose", "supposes", "suspects",   "thinks"};

/* Clauses that begin so tell when or why, not what. */
static const char *const aside[] = {"after", "as",   "because", "before",
                                    "if",    "once", "since",   "when"};

static const char *const perfects[] = {"had", "has", "have", "ve"};
static const char *const passives[] = {"are", "been", "got",
                                       "is",  "was",  "were"};
static const char *const pasts[] = {"been", "did", "had", "was", "were"};
static const char *const between[] = {"already", "also", "been", "just",
                                      "not",     "now",  "only"};

/* "It is needed" tells how it is, not what has been done. */
static const char *const states[] = {
	"affected",  "allowed",  "based",  "called",  "concerned", "expected",
	"intended",  "involved", "known",  "limited", "located",   "meant",
	"mentioned", "named",    "needed", "related", "required",  "supported",
	"supposed",  "used",     "wanted"};

/* Participles without "ed". */
static const char *const irregular[] = {
	"begun", "broken", "built",  "caught", "chosen", "done",  "fallen",
	"found", "given",  "gone",   "held",   "kept",   "known", "lost",
	"made",  "put",    "run",    "seen",   "sent",   "set",   "shown",
	"split", "taken",  "thrown", "won",    "written"};

/* Forms that no stemmer knows: the verb comes last. */
static const char *const strong_verbs[] = {"began begun begin",
                                           "broke broken break",
                                           "brought bring",
                                           "built build",
                                           "came come",
                                           "caught catch",
                                           "chose chosen choose",
                                           "dealt deal",
                                           "fell fallen fall",
                                           "felt feel",
                                           "found find",
                                           "gave given give",
                                           "went gone go",
                                           "grew grown grow",
                                           "held hold",
                                           "kept keep",
                                           "knew known know",
                                           "led lead",
                                           "left leave",
                                           "lost lose",
                                           "made make",
                                           "meant mean",
                                           "met meet",
                                           "paid pay",
                                           "ran run",
                                           "rewrote rewritten rewrite",
                                           "said say",
                                           "saw seen see",
                                           "sent send",
                                           "showed shown show",
                                           "spent spend",
                                           "stood stand",
                                           "threw thrown throw",
                                           "thought think",
                                           "told tell",
                                           "took taken take",
                                           "understood understand",
                                           "won win",
                                           "wrote written write"};

/* The last word of the row that has this one; NULL: it is in none. */
static const char *
weak_form(const struct nd_token *token)
{
	for (size_t i = 0; i < COUNT(strong_verbs); i++) {
		const char *row = strong_verbs[i], *last = strrchr(row, ' ');

		for (const char *at = row; at < last;) {
			size_t len = strcspn(at, " ");

			if (len == token->len &&
			    nd_mem_equal_nocase(at, token->text, len))
				return last + 1;
			at += len + 1;
		}
	}
	return NULL;
}

/* Of a word, its stem; of anything else, itself. */
static uint32_t
stem_of(const struct nd_token *token)
{
	const char *form;
	struct nd_token verb;

	if (token->kind != ND_TOKEN_WORD)
		return token->word;
	form = weak_form(token);
	if (!form || nd_tokenizer_read(nd_tokenizer_own(), form, strlen(form),
	                               &verb, 1) == 0)
		return token->stem;
	return verb.stem;
}

static bool
is_function(const struct nd_token *token)
{
	return token->kind == ND_TOKEN_MARK || token->kind == ND_TOKEN_SMILEY ||
	       (token->kind == ND_TOKEN_WORD &&
	        nd_token_is_one_of(token, function_words,
	                           COUNT(function_words)));
}

static bool
is_of(const struct nd_clause_word *word, const char *const *list, size_t count)
{
	return nd_token_is_one_of(&word->token, list, count);
}

/* Tokens of a contraction are constants: no sign stands behind their first. */
static bool
has_sign_behind(const char *text, const struct nd_token *token, size_t count)
{
	const char *end = text + strlen(text), *at = token->text + token->len;
	bool hyphen = token->text >= text && at + 1 < end && *at == '-' &&
	              nd_is_alpha(at[1]);

	if (token->comma && !hyphen)
		return true;
	if (count < 2 || token->text < text || token->text >= end ||
	    token[1].text < at || token[1].text >= end)
		return false;
	/* Of a function's name. */
	if (nd_str_starts(at, "()"))
		at += 2;
	for (; at < token[1].text; at++)
		if (strchr(".,;:!?()", *at) || nd_str_starts(at, "\n\n"))
			return true;
	return false;
}

/* The tokenizer parts "and/or"; here "kvm/next" is wanted whole. */
static size_t
join_paths(struct nd_token *token, size_t count)
{
	size_t out = 0;

	for (size_t i = 0; i < count; i++) {
		struct nd_token *last = out > 0 ? &token[out - 1] : NULL;

		if (!last || last->text + last->len + 1 != token[i].text ||
		    last->text[last->len] != '/') {
			token[out++] = token[i];
			continue;
		}
		last->len = (uint16_t)(last->len + 1 + token[i].len);
		last->kind = ND_TOKEN_PATH;
		last->word = nd_token_hash(last->text, last->len);
		last->comma = token[i].comma;
	}
	return out;
}

static void
read_words(struct nd_clauses *clauses, const char *text)
{
	struct nd_token *token = x_array(clauses, struct nd_token, WORDS_MAX);
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, strlen(text),
	                                 token, WORDS_MAX);

	count = join_paths(token, count);
	clauses->word = x_array(clauses, struct nd_clause_word, count + 1);
	for (size_t i = 0; i < count; i++) {
		clauses->word[i] = (struct nd_clause_word){
			.token = token[i],
			.stem = stem_of(&token[i]),
			.content = !is_function(&token[i]),
			.ends = has_sign_behind(text, &token[i], count - i),
		};
	}
	clauses->word_count = count;
	talloc_free(token);
}

/* "No test is there": the verb behind it is not denied. */
static const char *const auxiliaries[] = {
	"are",  "can",    "could", "did",  "do",   "does",
	"had",  "has",    "have",  "is",   "may",  "might",
	"must", "should", "was",   "were", "will", "would"};

/* A noun is denied, not a verb. */
static bool
denies_noun(const struct nd_clause_word *word)
{
	static const char *const list[] = {"lack",   "lacked",  "lacking",
	                                   "lacks",  "missing", "no",
	                                   "without"};

	return is_of(word, list, COUNT(list));
}

static bool
denies(const struct nd_token *token)
{
	static const char *const other[] = {"lack",   "lacked",  "lacking",
	                                    "lacks",  "missing", "unable",
	                                    "without"};
	char *text = x_strndup(NULL, token->text, token->len);
	bool no = nd_negation_count(text) > 0;

	talloc_free(text);
	return no || nd_token_is_one_of(token, other, COUNT(other));
}

static bool
is_participle(const struct nd_clause_word *word)
{
	const struct nd_token *token = &word->token;

	if (token->kind != ND_TOKEN_WORD || is_of(word, states, COUNT(states)))
		return false;
	return is_of(word, irregular, COUNT(irregular)) ||
	       (token->len >= ED_BYTES_MIN &&
	        nd_mem_ends_nocase(token->text, token->len, "ed"));
}

/* "Has been fixed", "was fixed", "is now fixed": what it is that is done. */
static uint32_t
done_at(const struct nd_clause *clause, size_t i)
{
	if (!is_of(&clause->word[i], perfects, COUNT(perfects)) &&
	    !is_of(&clause->word[i], passives, COUNT(passives)))
		return 0;
	for (size_t k = i + 1; k < clause->count && k <= i + PARTICIPLE_REACH;
	     k++) {
		const struct nd_clause_word *word = &clause->word[k];

		if (is_participle(word))
			return word->stem;
		/* "cherry-picked" */
		if (word->token.text[word->token.len] == '-')
			continue;
		if (!is_of(word, between, COUNT(between)) &&
		    !nd_mem_ends_nocase(word->token.text, word->token.len,
		                        "ly"))
			return 0;
	}
	return 0;
}

static void
read_clause(struct nd_clauses *clauses, size_t from, size_t to)
{
	struct nd_clause *clause =
		x_append(clauses, clauses->clause, clauses->count);
	size_t denied = 0;
	bool noun = false;

	*clause = (struct nd_clause){.word = clauses->word + from,
	                             .count = to - from};
	for (size_t i = from; i < to; i++) {
		struct nd_clause_word *word = &clauses->word[i];

		if (denies(&word->token)) {
			denied = DENIED_REACH;
			noun = denies_noun(word);
			word->content = false;
		} else if (noun &&
		           is_of(word, auxiliaries, COUNT(auxiliaries))) {
			denied = 0;
		} else if (denied > 0) {
			denied--;
			word->denied = true;
		}
		clause->prospective |= is_of(word, prospects, COUNT(prospects));
		clause->past |=
			is_of(word, pasts, COUNT(pasts)) || is_participle(word);
		if (clause->done == 0)
			clause->done = done_at(clause, i - from);
	}
}

/* "I will take them and delete them": what is joined so is of the same kind. */
static void
inherit(struct nd_clauses *clauses)
{
	static const char *const joins[] = {"and", "or"};

	for (size_t i = 1; i < clauses->count; i++) {
		struct nd_clause *clause = &clauses->clause[i];

		if (clause->count > 1 &&
		    is_of(&clause->word[0], joins, COUNT(joins)) &&
		    clause->word[1].content && !clause->word[-1].ends)
			clause->prospective |= clause[-1].prospective;
	}
}

struct nd_clauses *
nd_clauses_read(const void *ctx, const char *text)
{
	struct nd_clauses *clauses = x_new(ctx, struct nd_clauses);
	size_t from = 0;

	read_words(clauses, text);
	for (size_t i = 0; i < clauses->word_count; i++) {
		const struct nd_clause_word *word = &clauses->word[i];

		if (i > from && (word[-1].ends || is_of(word, conjunctions,
		                                        COUNT(conjunctions)))) {
			read_clause(clauses, from, i);
			from = i;
		}
	}
	if (clauses->word_count > from)
		read_clause(clauses, from, clauses->word_count);
	inherit(clauses);
	return clauses;
}

size_t
nd_clause_find(const struct nd_clause *clause, uint32_t stem)
{
	size_t i = 0;

	while (i < clause->count &&
	       !(clause->word[i].content && clause->word[i].stem == stem))
		i++;
	return i;
}

bool
nd_clause_has(const struct nd_clause *clause, uint32_t stem)
{
	return nd_clause_find(clause, stem) < clause->count;
}

size_t
nd_clause_shared(const struct nd_clause *a, const struct nd_clause *b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a->count; i++) {
		const struct nd_clause before = {.word = a->word, .count = i};

		shared += a->word[i].content &&
		          !nd_clause_has(&before, a->word[i].stem) &&
		          nd_clause_has(b, a->word[i].stem);
	}
	return shared;
}

static bool
asks(const struct nd_clause *clause)
{
	for (size_t i = 0; i < clause->count; i++)
		if (clause->word[i].token.kind == ND_TOKEN_MARK &&
		    *clause->word[i].token.text == '?')
			return true;
	return false;
}

/* Does it say the word, not as a question, a condition, or a plan? */
static bool
says(const struct nd_clauses *clauses, uint32_t stem)
{
	for (size_t i = 0; i < clauses->count; i++) {
		const struct nd_clause *clause = &clauses->clause[i];

		for (size_t k = 0; k < clause->count; k++)
			if (clause->word[k].content &&
			    !clause->word[k].denied &&
			    clause->word[k].stem == stem &&
			    !clause->prospective && !asks(clause))
				return true;
	}
	return false;
}

/* ---- what is done, and what is to come ------------------------------------ */

static bool
any_prospect(const struct nd_clauses *clauses)
{
	for (size_t i = 0; i < clauses->count; i++)
		if (clauses->clause[i].prospective)
			return true;
	return false;
}

static bool
any_hedge(const struct nd_clauses *clauses)
{
	for (size_t i = 0; i < clauses->word_count; i++)
		if (is_of(&clauses->word[i], hedges, COUNT(hedges)))
			return true;
	return false;
}

static bool
any_past(const struct nd_clauses *clauses)
{
	for (size_t i = 0; i < clauses->count; i++)
		if (clauses->clause[i].past && !clauses->clause[i].prospective)
			return true;
	return false;
}

/* Does a clause say that it may or will be? */
static bool
is_to_come(const struct nd_clauses *clauses, uint32_t stem)
{
	for (size_t i = 0; i < clauses->count; i++)
		if (clauses->clause[i].prospective &&
		    nd_clause_has(&clauses->clause[i], stem))
			return true;
	return false;
}

/* The clause says that something is done, and not that it is not. */
static bool
is_claimed(const struct nd_clause *clause)
{
	if (clause->done == 0 || is_of(&clause->word[0], aside, COUNT(aside)))
		return false;
	for (size_t k = 0; k < clause->count; k++)
		if (clause->word[k].stem == clause->done)
			return !clause->word[k].denied;
	return false;
}

bool
nd_clause_is_guess(const char *text)
{
	void *tmp = talloc_new(NULL);
	const struct nd_clauses *clauses = nd_clauses_read(tmp, text);
	bool guess = any_hedge(clauses);

	talloc_free(tmp);
	return guess;
}

bool
nd_clause_is_premature(const char *text, const char *quote,
                       const char *sentence, const char *own)
{
	void *tmp = talloc_new(NULL);
	const struct nd_clauses *mine = nd_clauses_read(tmp, text);
	const struct nd_clauses *theirs = nd_clauses_read(tmp, quote);
	const struct nd_clauses *around = nd_clauses_read(tmp, sentence);
	const struct nd_clauses *all = nd_clauses_read(tmp, own);
	bool to_come = (any_prospect(theirs) && !any_past(theirs)) ||
	               any_hedge(theirs);
	bool early = to_come && nd_condition_says_done(text);
	bool doubts = any_prospect(mine) || any_hedge(mine);

	for (size_t i = 0; i < mine->count && !doubts; i++)
		if (is_claimed(&mine->clause[i]) &&
		    !says(all, mine->clause[i].done))
			early |= to_come ||
			         is_to_come(around, mine->clause[i].done);
	talloc_free(tmp);
	return early;
}

/* ---- what is denied ------------------------------------------------------- */

/* "Not only", "not very": more than what is behind it, or less. */
static bool
is_partial(const struct nd_clause_word *word, const struct nd_clauses *other)
{
	static const char *const list[] = {"exactly",     "just", "merely",
	                                   "necessarily", "only", "quite",
	                                   "too",         "very"};
	static const char *const sums[] = {"all", "always", "both", "every"};

	if (is_of(word, list, COUNT(list)))
		return true;
	/* "Not all of it" is denied by "all of it". */
	if (!is_of(word, sums, COUNT(sums)))
		return false;
	for (size_t i = 0; i < other->word_count; i++)
		if (other->word[i].token.word == word->token.word)
			return false;
	return true;
}

static bool
is_degree(const struct nd_clause_word *word)
{
	static const char *const list[] = {"any", "believe", "longer", "really",
	                                   "say", "think",   "want"};

	return is_of(word, list, COUNT(list)) ||
	       nd_mem_ends_nocase(word->token.text, word->token.len, "ly");
}

/* "A, not B", "A and not B" are about A. */
static bool
is_contrast(const struct nd_clauses *clauses, const struct nd_clause *clause,
            size_t i)
{
	static const char *const list[] = {"and", "but"};
	const struct nd_clause_word *word = &clause->word[i];

	return nd_token_is_one_of(&word->token, (const char *const[]){"not"},
	                          1) &&
	       ((i == 0 && word > clauses->word && word[-1].ends) ||
	        (i == 1 && is_of(&clause->word[0], list, COUNT(list))));
}

/* The first word that a clause denies; NULL: none. */
static const struct nd_clause_word *
denied_head(const struct nd_clauses *clauses, const struct nd_clause *clause,
            const struct nd_clauses *other, bool verbs)
{
	for (size_t i = 0; i < clause->count; i++) {
		const struct nd_clause_word *word = &clause->word[i];

		if (!denies(&word->token) || (verbs && denies_noun(word)))
			continue;
		if (is_contrast(clauses, clause, i))
			return NULL;
		for (size_t k = i + 1; k < clause->count; k++) {
			if (is_partial(&clause->word[k], other))
				return NULL;
			if (clause->word[k].content && clause->word[k].denied &&
			    !is_degree(&clause->word[k]))
				return &clause->word[k];
		}
	}
	return NULL;
}

static bool
denies_any(const struct nd_clauses *clauses)
{
	for (size_t i = 0; i < clauses->word_count; i++)
		if (denies(&clauses->word[i].token))
			return true;
	return false;
}

/* Do they deny the word, anywhere? */
static bool
denies_word(const struct nd_clauses *clauses, uint32_t stem)
{
	for (size_t i = 0; i < clauses->word_count; i++)
		if (clauses->word[i].denied && clauses->word[i].stem == stem)
			return true;
	return false;
}

/* What one of them denies first, the other says, and denies nothing. */
static bool
is_contrary(const struct nd_clauses *denying, const struct nd_clauses *saying,
            const struct nd_clauses *own, bool own_denies)
{
	if (denies_any(saying))
		return false;
	for (size_t i = 0; i < denying->count; i++) {
		const struct nd_clause_word *head = denied_head(
			denying, &denying->clause[i], saying, own_denies);

		if (head && !asks(&denying->clause[i]) &&
		    says(saying, head->stem) &&
		    !(own_denies ? denies_word(own, head->stem)
		                 : says(own, head->stem)))
			return true;
	}
	return false;
}

bool
nd_clause_is_denied(const char *text, const char *quote, const char *own)
{
	void *tmp = talloc_new(NULL);
	const struct nd_clauses *mine = nd_clauses_read(tmp, text);
	const struct nd_clauses *theirs = nd_clauses_read(tmp, quote);
	const struct nd_clauses *all = nd_clauses_read(tmp, own);
	bool denied = is_contrary(theirs, mine, all, false) ||
	              is_contrary(mine, theirs, all, true);

	talloc_free(tmp);
	return denied;
}
