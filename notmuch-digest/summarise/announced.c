/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/announced.h"

#include <string.h>

#include "telling/itemtext.h"
#include "text/token.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	ITEMS_MIN = 2,
	LINES_BELOW = 2, /* what stands further below is not announced */
	TOKENS_MAX = 64,
	LIST_WORDS_MAX = 34, /* of a list that is told without its end */
	WORDS_MIN = 6,
	POINTER_TOKENS = 5, /* last ones, where a word points down */
};

#define COUNT(table) (sizeof table / sizeof table[0])

static size_t
read_tokens(const struct nd_sentence *sentence, struct nd_token *token)
{
	return nd_tokenizer_read(nd_tokenizer_own(), sentence->text,
	                         sentence->len, token, TOKENS_MAX);
}

/* An item of one sentence, right below the one before. */
static bool
is_item(const struct nd_sentence *s, const struct nd_sentence *before)
{
	static const unsigned alone = ND_SENTENCE_ITEM | ND_SENTENCE_ALONE;

	return (s->flags & alone) == alone &&
	       !(s->flags &
	         (ND_SENTENCE_COLON | ND_SENTENCE_TORN | ND_SENTENCE_NEWS)) &&
	       !nd_mem_find_nocase(s->text, s->len, "://") &&
	       s->line <= before->last_line + LINES_BELOW;
}

/* Without what parts it from the next one: "a lock," "b; and" "c." */
static size_t
item_bytes(const struct nd_sentence *s)
{
	size_t len = s->len;

	if (len > 4 && nd_mem_equal_nocase(s->text + len - 4, " and", 4))
		len -= 4;
	while (len && strchr(".,; ", s->text[len - 1]))
		len--;
	return len;
}

/* The head and its first items; an end of "…" when there are more. */
static char *
list_text(const void *ctx, const struct nd_sentence *sentence, size_t items,
          bool whole)
{
	struct nd_buf *buf = nd_buf_new(NULL, ND_LIMIT_SENTENCE_BYTES);
	unsigned max = whole ? ND_ITEMTEXT_WORDS_MAX : LIST_WORDS_MAX;
	bool asks = false;
	char *text = NULL;

	nd_buf_add(buf, sentence->text, sentence->len);
	for (size_t i = 1; i <= items; i++) {
		asks |= sentence[i].text[sentence[i].len - 1] == '?';
		nd_buf_add(buf, i == 1 ? " " : "; ", i == 1 ? 1 : 2);
		nd_buf_add(buf, sentence[i].text, item_bytes(&sentence[i]));
	}
	nd_buf_adds(buf, whole ? "." : "; …");
	if (!buf->full && nd_itemtext_words(buf->data) <= max &&
	    !(asks && !whole))
		text = x_strndup(ctx, buf->data, buf->len);
	talloc_free(buf);
	return text;
}

bool
nd_announced_is_choice(const struct nd_sentence *sentence)
{
	static const char *const words[] = {
		"options",     "option",   "alternatives", "alternatively",
		"choices",     "either",   "ways",         "possibilities",
		"possibility", "choice",   "approaches",   "solutions",
		"alternative", "variants", "suggestions",  "ideas",
	};
	struct nd_token token[TOKENS_MAX];
	size_t count;

	if (!(sentence->flags & ND_SENTENCE_COLON))
		return false;
	count = read_tokens(sentence, token);
	for (size_t i = 0; i < count; i++)
		if (nd_token_is_one_of(&token[i], words, COUNT(words)))
			return true;
	return false;
}

bool
nd_announced_is_quotation(const struct nd_sentence *sentence)
{
	static const char *const heads[] = {"citing", "quote", "quoting"};
	static const char *const tails[] = {
		"says",          "say",       "saying",        "said",
		"states",        "state",     "stated",        "stating",
		"reads",         "read",      "quote",         "quotes",
		"wrote",         "writes",    "mentions",      "manual",
		"manpage",       "docs",      "standard",      "spec",
		"specification", "posix",     "documentation", "documented",
		"wording",       "rephrased", "reworded",
	};
	struct nd_token token[TOKENS_MAX];
	size_t count;

	if (!(sentence->flags & ND_SENTENCE_COLON))
		return false;
	count = read_tokens(sentence, token);
	if (count && nd_token_is_one_of(token, heads, COUNT(heads)))
		return true;
	while (count && token[count - 1].kind == ND_TOKEN_MARK)
		count--;
	return count &&
	       nd_token_is_one_of(&token[count - 1], tails, COUNT(tails));
}

char *
nd_announced_list(const void *ctx, const struct nd_sentence *sentence,
                  size_t count, size_t *items)
{
	/* Of a list one item may do, of a choice not. */
	size_t least = nd_announced_is_choice(sentence) ? ITEMS_MIN : 1;
	char *text = NULL;
	size_t last = 0;
	bool whole;

	if (!(sentence->flags & ND_SENTENCE_COLON) ||
	    strchr("*#", *sentence->text))
		return NULL;
	while (last + 1 < count &&
	       is_item(&sentence[last + 1], &sentence[last]))
		last++;
	/* One that does not fit in leaves the list without its end. */
	whole = last + 1 >= count ||
	        !(sentence[last + 1].flags & ND_SENTENCE_ITEM);
	if (last < ITEMS_MIN)
		return NULL;
	while (last >= least && !text) {
		text = list_text(ctx, sentence, last, whole);
		*items = last;
		whole = false;
		last--;
	}
	return text;
}

bool
nd_announced_is_text(const struct nd_sentence *sentence, size_t count)
{
	return count > 1 &&
	       sentence[1].line <= sentence->last_line + LINES_BELOW;
}

bool
nd_announced_is_empty(const char *text, size_t len)
{
	/* Near the end of it: what it says is below. */
	static const char *const pointers[] = {
		"following", "follows", "below",      "this",  "these",
		"here",      "example", "snippet",    "wrote", "write",
		"writes",    "said",    "note",       "like",  "such",
		"attached",  "output",  "message-id",
	};
	/* Its last word: what it is done to is below. */
	static const char *const verbs[] = {
		"add",   "mention", "reads",  "read",     "hit",   "get",
		"got",   "see",     "saw",    "seen",     "run",   "ran",
		"using", "use",     "used",   "try",      "tried", "running",
		"shows", "show",    "says",   "say",      "does",  "gives",
		"ala",   "case",    "either", "both",     "just",  "simply",
		"now",   "applied", "posted", "reported", "on",    "in",
		"at",    "to",      "from",   "with",     "for",   "by",
		"of",
	};
	/* Of a statement; a heading has none. */
	static const char *const subjects[] = {
		"i",     "we",   "you",   "it",     "this",  "that",
		"they",  "is",   "are",   "was",    "were",  "has",
		"have",  "does", "did",   "can",    "could", "will",
		"would", "must", "there", "should",
	};
	struct nd_token token[TOKENS_MAX];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 TOKENS_MAX);
	size_t words = 0;
	bool states = false;

	while (count && token[count - 1].kind == ND_TOKEN_MARK)
		count--;
	for (size_t i = 0; i < count; i++) {
		words += token[i].kind != ND_TOKEN_MARK;
		states |= nd_token_is_one_of(&token[i], subjects,
		                             COUNT(subjects));
		if (i + POINTER_TOKENS >= count &&
		    nd_token_is_one_of(&token[i], pointers, COUNT(pointers)))
			return true;
	}
	return !states || words < WORDS_MIN || memchr(text, '@', len) ||
	       nd_token_is_one_of(&token[count - 1], verbs, COUNT(verbs)) ||
	       nd_mem_starts_nocase(text, len, "as ");
}
