/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entailment/statement.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum {
	WORDS_MAX = 1024,
	ED_BYTES_MIN = 5, /* "fixed", not "red" */
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* What joins others, without turning them. */
static const char *const function_words[] = {
	"a",         "about",   "above",
	"actually",  "also",    "although",
	"am",        "an",      "and",
	"anyway",    "are",     "as",
	"at",        "be",      "been",
	"being",     "believe", "below",
	"between",   "but",     "consequently",
	"d",         "did",     "do",
	"does",      "doing",   "done",
	"down",      "during",  "even",
	"for",       "get",     "gets",
	"got",       "had",     "has",
	"have",      "having",  "hello",
	"hence",     "her",     "here",
	"hi",        "him",     "his",
	"how",       "however", "i",
	"in",        "indeed",  "into",
	"is",        "it",      "its",
	"just",      "ll",      "m",
	"me",        "my",      "of",
	"off",       "oh",      "ok",
	"okay",      "on",      "or",
	"our",       "out",     "over",
	"own",       "quite",   "re",
	"really",    "s",       "same",
	"so",        "sorry",   "such",
	"sure",      "t",       "thank",
	"thanks",    "that",    "the",
	"their",     "them",    "there",
	"therefore", "these",   "think",
	"this",      "those",   "though",
	"through",   "thus",    "to",
	"under",     "up",      "us",
	"ve",        "very",    "was",
	"we",        "well",    "were",
	"what",      "when",    "where",
	"whereas",   "which",   "while",
	"who",       "whom",    "whose",
	"why",       "with",    "yes",
	"your",
};

/* Another clause begins there, even without a comma. */
static const char *const conjunctions[] = {
	"although", "because", "but",       "however", "since",
	"so",       "though",  "therefore", "whereas", "while"};

/* And these where a comma stands before them. */
static const char *const weak_conjunctions[] = {"and", "as",    "nor",
                                                "or",  "which", "yet"};

static const char *const light_words[] = {"change",  "changes",  "patch",
                                          "patches", "patchset", "series",
                                          "set",     "thing",    "things"};

/* And there begins one of its own, of which the verb may be a participle. */
static const char *const subordinators[] = {
	"after", "before", "if",    "once", "that",  "unless",
	"until", "when",   "where", "who",  "whose", "which"};

/* Before a participle: what it is done to stands before it. */
static const char *const passives[] = {"are", "be", "been", "being",
                                       "got", "is", "was",  "were"};

/* Participles and pasts without "ed". */
static const char *const irregular[] = {
	"became", "began",  "begun", "broke",  "broken",  "brought", "built",
	"came",   "caught", "chose", "chosen", "did",     "done",    "fell",
	"fallen", "found",  "gave",  "given",  "went",    "gone",    "held",
	"kept",   "knew",   "known", "left",   "lost",    "made",    "ran",
	"saw",    "seen",   "sent",  "shown",  "taken",   "took",    "threw",
	"thrown", "told",   "won",   "wrote",  "written", "was",     "were"};

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
is_past(const struct nd_token *token)
{
	return token->kind == ND_TOKEN_WORD &&
	       (nd_token_is_one_of(token, irregular, COUNT(irregular)) ||
	        (token->len >= ED_BYTES_MIN &&
	         nd_mem_ends_nocase(token->text, token->len, "ed")));
}

static bool
is_light(const struct nd_token *token)
{
	return token->kind == ND_TOKEN_WORD &&
	       (nd_token_is_one_of(token, light_words, COUNT(light_words)) ||
	        (token->len >= ED_BYTES_MIN &&
	         nd_mem_ends_nocase(token->text, token->len, "ly")));
}

/* A name or an abbreviation, as far as its form tells: the first word has a
 * capital of its own. */
static bool
is_name(const struct nd_token *token, bool first)
{
	if (token->kind != ND_TOKEN_WORD)
		return true;
	if (!first)
		return token->capital;
	return token->capital && token->len > 1 && token->text[1] >= 'A' &&
	       token->text[1] <= 'Z';
}

/* Only joins: no word, or one of function. */
static bool
is_function(const struct nd_token *token)
{
	return token->kind == ND_TOKEN_MARK || token->kind == ND_TOKEN_SMILEY ||
	       (token->kind == ND_TOKEN_WORD &&
	        nd_token_is_one_of(token, function_words,
	                           COUNT(function_words)));
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

/*
 * What stands between a token and the next one. Tokens of a contraction are
 * constants: no sign stands behind their first.
 */
static enum nd_statement_break
sign_behind(const char *text, const struct nd_token *token, bool last)
{
	const char *end = text + strlen(text), *at = token->text + token->len;
	const char *next = last ? end : token[1].text;
	enum nd_statement_break found = ND_STATEMENT_JOINED;

	if (token->text < text || token->text >= end || next < at || next > end)
		return token->comma ? ND_STATEMENT_COMMA : ND_STATEMENT_JOINED;
	/* Of a function's name. */
	if (nd_str_starts(at, "()"))
		at += 2;
	for (; at < next; at++) {
		if ((strchr(".;!?:", *at) && (at + 1 == end || at[1] == ' ' ||
		                              strchr("\"')\n", at[1]))) ||
		    nd_str_starts(at, "\n\n"))
			return ND_STATEMENT_END;
		if (strchr(",()", *at) || nd_str_starts(at, "–") ||
		    nd_str_starts(at, "—") || (*at == '-' && at[1] == ' '))
			found = ND_STATEMENT_COMMA;
	}
	return found;
}

static void
add_break(struct nd_statement_gap *gap, enum nd_statement_break what)
{
	if (what >= ND_STATEMENT_COMMA)
		gap->near = (struct nd_statement_operators){0};
	if (what > gap->strongest)
		gap->strongest = what;
}

/* The break that a word makes by itself. */
static enum nd_statement_break
break_of(const struct nd_token *token, enum nd_statement_break before)
{
	if (nd_token_is_one_of(token, conjunctions, COUNT(conjunctions)) ||
	    (before == ND_STATEMENT_COMMA &&
	     nd_token_is_one_of(token, weak_conjunctions,
	                        COUNT(weak_conjunctions))))
		return ND_STATEMENT_CLAUSE;
	return ND_STATEMENT_FUNCTION;
}

/* "A is moved" as "moved A": the words from `from` on are of its clause. */
static void
put_verb_first(struct nd_statement *said, size_t from)
{
	struct nd_statement_word *word = said->word;
	struct nd_statement_word verb = word[said->count - 1];

	memmove(&word[from + 1], &word[from],
	        (said->count - 1 - from) * sizeof *word);
	word[from] = verb;
}

struct nd_statement *
nd_statement_read(const void *ctx, const char *text)
{
	struct nd_statement *said = x_new(ctx, struct nd_statement);
	struct nd_token *token = x_array(said, struct nd_token, WORDS_MAX);
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, strlen(text),
	                                 token, WORDS_MAX);
	enum nd_statement_break before = ND_STATEMENT_JOINED;
	bool passive = false;
	size_t from = 0; /* of the clause */

	count = join_paths(token, count);
	said->word = x_array(said, struct nd_statement_word, count + 1);
	said->gap = x_array(said, struct nd_statement_gap, count + 1);
	said->asks = strchr(text, '?') || strstr(text, "？");
	for (size_t i = 0; i < count; i++) {
		struct nd_statement_gap *gap = &said->gap[said->count];
		enum nd_operator kind = nd_operator_of(&token[i]);

		if (kind || is_function(&token[i])) {
			add_break(gap, break_of(&token[i], before));
			gap->all.count[kind]++;
			gap->near.count[kind]++;
			passive |= nd_token_is_one_of(&token[i], passives,
			                              COUNT(passives));
			if (nd_token_is_one_of(&token[i], subordinators,
			                       COUNT(subordinators)))
				from = said->count;
		} else {
			said->word[said->count++] = (struct nd_statement_word){
				.token = token[i],
				.stem = stem_of(&token[i]),
				.light = is_light(&token[i]),
				.past = is_past(&token[i]),
				.name = is_name(&token[i], i == 0),
			};
			gap = &said->gap[said->count];
			if (passive && is_past(&token[i]))
				put_verb_first(said, from);
			passive &= is_light(&token[i]);
		}
		before = sign_behind(text, &token[i], i + 1 == count);
		add_break(gap, before);
		if (gap->strongest >= ND_STATEMENT_COMMA) {
			from = said->count;
			passive &= kind != ND_OPERATOR_NONE;
		}
	}
	for (size_t i = 0; i <= said->count; i++)
		said->gap[i].all.count[ND_OPERATOR_NONE] =
			said->gap[i].near.count[ND_OPERATOR_NONE] = 0;
	talloc_free(token);
	return said;
}
