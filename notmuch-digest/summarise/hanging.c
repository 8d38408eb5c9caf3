/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/hanging.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/quotedquestion.h"
#include "telling/itemtext.h"
#include "text/likeness.h"
#include "text/phrase.h"
#include "text/token.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	BARE_WORDS = 12,
	BARE_CONTENT = 2, /* words that are no stop words */
	ASKED_WORDS = 8,  /* of a question of nothing that is named */
	LIGHT_WORDS = 4,
	LIGHT_COURTESY_WORDS = 8,
	LIGHT_CONTENT = 2,
	SHORT_ANSWER = 15, /* words that say little without their question */
	TOKENS_MAX = 12,
	EMPTY_TOKENS = 5,
	REWRITTEN_LINES = 3, /* of the quote, its last ones */
	REWRITTEN_BYTES = 1000,
	REWRITTEN_WORDS_MIN = 3, /* that are no stop words */
	REWRITTEN_PERCENT = 70,  /* of them, that the quote has */
	EARLY_TOKENS = 6,        /* where a pronoun has no noun before it */
};

#define COUNT(table) (sizeof table / sizeof table[0])

bool
nd_hanging_is_light(const struct nd_candidate *c)
{
	return !(c->doing & ND_DOING_ASK) &&
	       (c->doing & ND_DOING_COURTESY
	                ? c->print_words <= LIGHT_COURTESY_WORDS
	                : c->content <= LIGHT_CONTENT &&
	                          c->print_words <= LIGHT_WORDS);
}

bool
nd_hanging_is_bare(const struct nd_candidate *c)
{
	bool promises = c->doing & ND_DOING_PROMISE;

	if (c->print_words > BARE_WORDS || c->doing & ND_DOING_ASK ||
	    (c->doing & ND_DOING_COURTESY && !promises))
		return false;
	return c->content <= 1 || (promises && c->content <= BARE_CONTENT);
}

/* "it would be better", "it seems": not what was said before. */
static bool
is_empty_it(const struct nd_token *token, size_t at, size_t count)
{
	static const char *const signs[] = {
		"better",   "nice",     "nicer", "good",    "great", "best",
		"apparent", "possible", "clear", "clearer", "worth", "useful",
		"easier",   "seems",    "looks", "sounds",  "turns", "appears",
		"helpful",  "safe",     "safer", "takes",   "time",  "light",
	};

	if (!nd_mem_is_nocase(token[at].text, token[at].len, "it"))
		return false;
	for (size_t i = at + 1; i < count && i <= at + EMPTY_TOKENS; i++)
		if (nd_token_is_one_of(&token[i], signs, COUNT(signs)))
			return true;
	return false;
}

/* "of such problems", and no "such as locks": they were named before. */
static bool
is_such(const struct nd_token *token, size_t at, size_t count)
{
	const struct nd_token *name = &token[at + 1];

	return at + 1 < count && name->kind == ND_TOKEN_WORD && name->len > 2 &&
	       nd_lower(name->text[name->len - 1]) == 's';
}

/* "it", or "that" which is no "that patch": what they are was said before. */
static bool
is_pronoun(const struct nd_token *token, size_t at, size_t count)
{
	static const char *const things[] = {"it", "them", "they", "its"};
	static const char *const pointers[] = {"this", "that", "these",
	                                       "those"};
	static const char *const verbs[] = {
		"is",     "are",     "was",   "were",    "has",   "have",
		"had",    "can",     "could", "will",    "would", "should",
		"may",    "might",   "must",  "does",    "do",    "did",
		"looks",  "makes",   "seems", "means",   "works", "gives",
		"sounds", "isn't",   "is",    "doesn't", "won't", "can't",
		"after",  "before",  "in",    "on",      "for",   "when",
		"if",     "because", "as",    "too",     "now",   "then",
		"and",    "but",
	};

	if (nd_token_is_one_of(&token[at], things, COUNT(things)))
		return !is_empty_it(token, at, count);
	if (nd_mem_is_nocase(token[at].text, token[at].len, "such"))
		return is_such(token, at, count);
	return nd_token_is_one_of(&token[at], pointers, COUNT(pointers)) &&
	       (at + 1 == count || token[at].comma ||
	        token[at + 1].kind == ND_TOKEN_MARK ||
	        nd_token_is_one_of(&token[at + 1], verbs, COUNT(verbs)));
}

/* "As a result, there is no hole", "In that case", "For this reason" */
static bool
begins_with_phrase(const char *text, size_t len)
{
	static const char *const phrases[] = {
		"as a result",     "as a consequence", "as such,",
		"in that case",    "in this case",     "for that reason",
		"for this reason", "to that end",      "to this end",
		"in other words",  "the former ",      "the latter ",
		"that way",        "this way,",        "because of that",
		"because of this", "due to this",      "due to that",
		"if so,",          "if not,",          "if you do,",
		"if we do,",       "if they do,",      "if you don't,",
		"if we don't,",    "if it does,",      "if it doesn't,",
		"given this,",     "given that,",      "with that,",
		"with this,",      "unless you do",    "and 2.",
		"and 3.",
	};

	for (size_t i = 0; i < COUNT(phrases); i++)
		if (nd_mem_starts_nocase(text, len, phrases[i]))
			return true;
	return false;
}

/*
 * Does it begin with an answer or with what leads back ("Thus"), or speak of
 * "it" before anything is named?
 */
static bool
leads_back(const char *text, size_t len)
{
	static const char *const answers[] = {
		"yes",  "yep",     "yeah",   "no",     "nope", "right",
		"sure", "correct", "agreed", "indeed", "true", "exactly",
		"ok",   "okay",    "fair",   "ditto",  "same", "done",
	};
	static const char *const connectives[] = {
		"thus",         "hence",     "besides",   "moreover",
		"furthermore",  "similarly", "likewise",  "conversely",
		"additionally", "again",     "therefore", "regardless",
		"except",       "or",
	};
	static const char *const deeds[] = {"do", "doing", "did", "does",
	                                    "done"};
	struct nd_token token[TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 TOKENS_MAX);

	if (begins_with_phrase(text, len))
		return true;
	if (count &&
	    (nd_token_is_one_of(token, answers, COUNT(answers)) ||
	     nd_token_is_one_of(token, connectives, COUNT(connectives))))
		return true;
	/* "I have a patch to do so, …" */
	for (size_t i = 1; i + 1 < count && !token[i - 1].comma; i++)
		if (nd_token_is_one_of(&token[i], deeds, COUNT(deeds)) &&
		    nd_mem_is_nocase(token[i + 1].text, token[i + 1].len, "so"))
			return true;
	for (size_t i = 0; i < count && i < EARLY_TOKENS; i++) {
		if (token[i].kind != ND_TOKEN_WORD)
			return false;
		if (is_pronoun(token, i, count))
			return true;
	}
	return false;
}

static bool
is_added(const struct nd_body *body, const struct nd_line *line)
{
	return line->kind == ND_LINE_QUOTE && line->len &&
	       body->text[line->start] == '+';
}

bool
nd_hanging_rewrites(const struct nd_candidate *c, const struct nd_body *body,
                    const char *language)
{
	size_t i = c->sentence.line;
	struct nd_likeness likeness;
	struct nd_buf *quote;
	char *text;

	if (c->doing & (ND_DOING_ASK | ND_DOING_DANGLE))
		return false;
	quote = nd_buf_new(NULL, REWRITTEN_BYTES);
	while (i && body->line[i - 1].kind == ND_LINE_BLANK)
		i--;
	for (size_t k = 0;
	     k < REWRITTEN_LINES && i && is_added(body, &body->line[i - 1]);
	     k++) {
		i--;
		nd_buf_add(quote, body->text + body->line[i].start,
		           body->line[i].len);
		nd_buf_addc(quote, '\n');
	}
	text = x_strndup(quote, c->sentence.text, c->sentence.len);
	likeness = nd_likeness_of(language, text, quote->data);
	talloc_free(quote);
	return likeness.words >= REWRITTEN_WORDS_MIN &&
	       100 * likeness.shared >= REWRITTEN_PERCENT * likeness.words;
}

/* "This patch", "This adds": a posting, of itself */
static bool
is_of_posting(const char *text, size_t len)
{
	static const char *const words[] = {
		"patch",  "patches",    "patchset",  "set",     "series",
		"commit", "change",     "adds",      "removes", "introduces",
		"pull",   "implements", "changeset", "rfc",     "fixes",
	};
	struct nd_token token[2];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 COUNT(token));

	return count == COUNT(token) &&
	       (nd_mem_is_nocase(token->text, token->len, "this") ||
	        nd_mem_is_nocase(token->text, token->len, "these")) &&
	       nd_token_is_one_of(&token[1], words, COUNT(words));
}

/* "It recently became apparent that": begins with a word that means nothing. */
static bool
begins_empty(const char *text, size_t len)
{
	struct nd_token token[TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 TOKENS_MAX);

	return count > 0 && is_empty_it(token, 0, count);
}

bool
nd_hanging_leads_back(const struct nd_candidate *c)
{
	const char *text = c->sentence.text;
	size_t len = c->sentence.len;

	return (c->doing & ND_DOING_DANGLE && !begins_empty(text, len)) ||
	       leads_back(text, len);
}

bool
nd_hanging_stands(const struct nd_candidate *c)
{
	const char *text = c->sentence.text;
	size_t len = c->sentence.len;
	size_t skip = nd_itemtext_connective(text, len);

	if (!nd_hanging_leads_back(c) || is_of_posting(text, len))
		return true;
	return skip > 0 && !leads_back(text + skip, len - skip) &&
	       !(nd_doing_find(text + skip, len - skip) & ND_DOING_DANGLE);
}

bool
nd_hanging_is_bare_question(const struct nd_candidate *c)
{
	return c->doing & ND_DOING_ASK && c->content <= BARE_CONTENT &&
	       c->print_words <= ASKED_WORDS;
}

bool
nd_hanging_hangs(const struct nd_candidate *c)
{
	return !nd_hanging_stands(c) || nd_hanging_is_bare(c) ||
	       nd_hanging_is_bare_question(c);
}

static bool
says_yes(const struct nd_sentence *s)
{
	static const char *const words[] = {"yes",  "yep", "yup",
	                                    "yeah", "no",  "nope"};
	struct nd_token token;

	return nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len, &token,
	                         1) &&
	       nd_token_is_one_of(&token, words, COUNT(words));
}

/*
 * "Ok, will do.": what is asked for last, be there a question above it. "Yes, will
 * do" answers that.
 */
static const char *
wish_above(const void *ctx, const struct nd_candidate *c,
           const struct nd_body *body, uint32_t line, int32_t *mail)
{
	static const char *const wishes[] = {"please", "should", "must",
	                                     "needs"};
	const char *said;

	if (!(c->doing & ND_DOING_PROMISE) || says_yes(&c->sentence))
		return NULL;
	said = nd_quotedquestion_remark(ctx, body, line, mail);
	for (size_t i = 0; said && i < COUNT(wishes); i++)
		if (nd_phrase_find_word(said, strlen(said), wishes[i]))
			return said;
	return NULL;
}

const char *
nd_hanging_quote(const void *ctx, const struct nd_candidate *c,
                 const struct nd_body *body, uint32_t line, int32_t *mail)
{
	const struct nd_sentence *s = &c->sentence;
	bool hangs =
		(nd_hanging_leads_back(c) && !is_of_posting(s->text, s->len)) ||
		nd_hanging_is_bare_question(c) ||
		(c->doing & ND_DOING_PROMISE && c->print_words <= BARE_WORDS);
	const char *said = NULL;

	hangs |= nd_hanging_is_bare(c);
	if (hangs)
		said = wish_above(ctx, c, body, line, mail);
	if (!said &&
	    (hangs || (c->below_question && c->print_words <= SHORT_ANSWER)))
		said = nd_quotedquestion_above(ctx, body, line, mail);
	if (!said && hangs)
		said = nd_quotedquestion_remark(ctx, body, line, mail);
	if (!said && hangs)
		said = nd_quotedquestion_line(ctx, body, line, mail);
	/* "Many thanks for your reply.": not what is answered */
	return said && nd_doing_find(said, strlen(said)) & ND_DOING_COURTESY
	               ? NULL
	               : said;
}
