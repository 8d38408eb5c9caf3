/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/quotedquestion.h"

#include <string.h>

#include "telling/itemtext.h"
#include "text/halves.h"
#include "text/lineform.h"
#include "text/token.h"
#include "text/trailerline.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define PARAGRAPH '\n' /* begins behind it */

enum {
	QUOTE_LINES = 6,  /* that a question may stand in */
	ABOVE_LINES = 12, /* and that it may begin in */
	QUOTE_BYTES = 2000,
	WORDS_MIN = 2,
	WORDS_MAX = 16, /* more are cut off */
	CUT_BYTES = 110,
	CODE_LINES = 3,  /* that a line with words in it is among */
	CODE_BELOW = 24, /* what announces it */
	CODE_LETTERS = 6,
	ANNOUNCED_WORDS = 4, /* at least, of what announces it */
	EMPTY_TOKENS = 10,   /* of a sentence that may say nothing */
};

/* Where the sentence that ends at end begins: at most its paragraph does. */
static size_t
sentence_start(const char *text, size_t end)
{
	while (end > 0) {
		bool stop = end > 1 && strchr(".?!:", text[end - 2]) &&
		            nd_is_space(text[end - 1]);

		if (stop || text[end - 1] == PARAGRAPH)
			return end;
		end--;
	}
	return 0;
}

/* What is quoted right above a line, on one line. */
struct quote {
	struct nd_buf *text;
	size_t recent; /* where its last QUOTE_LINES begin */
	bool is_whole; /* it begins with a paragraph */
	int32_t mail;
};

static bool
is_quoted(const struct nd_line *line)
{
	return line->kind == ND_LINE_QUOTE && line->depth <= 1;
}

static bool
is_empty(const struct nd_body *body, const struct nd_line *line)
{
	const char *text = body->text + line->start;
	size_t len = line->len;

	nd_mem_trim(&text, &len);
	return len == 0;
}

/*
 * All of it, or its last paragraph only. Lines that others quoted in it are not
 * read.
 */
static void
read_quote(const void *ctx, const struct nd_body *body, uint32_t line,
           bool paragraph, struct quote *quote)
{
	const struct nd_line *lines = body->line;
	uint32_t end = line, begin;

	while (end > 0 && lines[end - 1].kind == ND_LINE_BLANK)
		end--;
	while (paragraph && end > 0 && is_quoted(&lines[end - 1]) &&
	       is_empty(body, &lines[end - 1]))
		end--;
	begin = end;
	while (begin > 0 && end - begin < ABOVE_LINES &&
	       is_quoted(&lines[begin - 1]) &&
	       !(paragraph && is_empty(body, &lines[begin - 1])))
		begin--;
	quote->text = nd_buf_new(ctx, QUOTE_BYTES);
	quote->recent = 0;
	quote->mail = end > begin ? lines[end - 1].source : ND_NO_MESSAGE;
	quote->is_whole =
		begin == 0 || lines[begin - 1].kind != ND_LINE_QUOTE ||
		lines[begin - 1].depth > 1 || is_empty(body, &lines[begin - 1]);
	for (; begin < end; begin++) {
		if (end - begin == QUOTE_LINES)
			quote->recent = quote->text->len;
		nd_buf_add(quote->text, body->text + lines[begin].start,
		           lines[begin].len);
		nd_buf_addc(quote->text,
		            is_empty(body, &lines[begin]) ? PARAGRAPH : ' ');
	}
}

/* Its first words, and "…". */
static char *
cut(char *text)
{
	char *at = text;

	for (unsigned words = 0; *at; at++)
		if (*at == ' ' &&
		    (++words == WORDS_MAX || at - text > CUT_BYTES))
			break;
	if (!*at)
		return text;
	while (at > text && strchr(",;:(- ", at[-1]))
		at--;
	*at = '\0';
	return x_asprintf(talloc_parent(text), "%s…", text);
}

/* Within quotation marks there are others. */
static void
nest_quotes(char *text)
{
	for (; *text; text++)
		if (*text == '"')
			*text = '\'';
}

/* Of its own; the "…" behind a colon is none. */
static unsigned
count_words(const char *told)
{
	return nd_itemtext_words(told) -
	       nd_mem_ends_nocase(told, strlen(told), " …");
}

/* The sentence that ends at end, unless it is code or too short. */
static const char *
tell(const void *ctx, const struct quote *quote, size_t start, size_t end)
{
	const char *text = quote->text->data;
	char *told;

	start += strspn(text + start, " ");
	/* "[...] Is it so?": what was left out of the quote before it */
	if (nd_mem_starts(text + start, end - start, "[...]"))
		start += strlen("[...]");
	start += strspn(text + start, " ");
	told = nd_itemtext_clean(ctx, text + start, end - start);
	if (nd_halves_of_quotation(told, strlen(told)))
		return NULL;
	nest_quotes(told);
	return count_words(told) < WORDS_MIN || strpbrk(told, "{};=") ||
	                       strstr(told, "://") ||
	                       nd_halves_open_brackets(told, strlen(told)) != 0
	               ? NULL
	               : cut(told);
}

/* "You know this.", "Does any of that make sense?", "What do you think?" */
static bool
says_nothing(const char *text, size_t len)
{
	static const char *const words[] = {
		"a",     "about",    "agree",   "all",      "am",   "and",
		"any",   "anything", "are",     "at",       "be",   "but",
		"can",   "correct",  "could",   "did",      "do",   "does",
		"done",  "else",     "for",     "have",     "how",  "i",
		"idea",  "ideas",    "in",      "is",       "it",   "know",
		"make",  "makes",    "maybe",   "me",       "mean", "my",
		"no",    "not",      "of",      "ok",       "okay", "on",
		"or",    "perhaps",  "problem", "right",    "see",  "seem",
		"sense", "should",   "so",      "sound",    "sure", "that",
		"the",   "then",     "there",   "think",    "this", "thought",
		"to",    "too",      "tried",   "try",      "us",   "was",
		"we",    "well",     "what",    "why",      "with", "would",
		"yes",   "you",      "your",    "thoughts",
	};
	struct nd_token token[EMPTY_TOKENS];
	size_t count = nd_tokenizer_read(nd_tokenizer_own(), text, len, token,
	                                 EMPTY_TOKENS);

	if (count == EMPTY_TOKENS)
		return false;
	for (size_t i = 0; i < count; i++)
		if (token[i].kind != ND_TOKEN_MARK &&
		    token[i].kind != ND_TOKEN_SMILEY &&
		    !nd_token_is_one_of(&token[i], words,
		                        sizeof words / sizeof *words))
			return false;
	return true;
}

/* What stands before a sentence that says nothing, in its paragraph; or NULL. */
static const char *
tell_before(const void *ctx, const struct quote *quote, size_t start,
            size_t end)
{
	const char *text = quote->text->data;
	size_t stop = start;

	if (!says_nothing(text + start, end - start))
		return NULL;
	while (stop > 0 && text[stop - 1] == ' ')
		stop--;
	if (stop == 0 || !strchr(".?!", text[stop - 1]))
		return NULL;
	start = sentence_start(text, stop - 1);
	/* What began above the lines that are looked at is torn. */
	if ((start == 0 && !quote->is_whole) ||
	    says_nothing(text + start, stop - start))
		return NULL;
	return tell(ctx, quote, start, stop);
}

/* The sentence, or what stands before it where that says more. */
static const char *
tell_either(const void *ctx, const struct quote *quote, size_t start,
            size_t end)
{
	const char *before = tell_before(ctx, quote, start, end);

	return before ? before : tell(ctx, quote, start, end);
}

const char *
nd_quotedquestion_above(const void *ctx, const struct nd_body *body,
                        uint32_t line, int32_t *mail)
{
	void *tmp = talloc_new(NULL);
	const char *mark, *told = NULL;
	struct quote quote;
	size_t start, end;

	read_quote(tmp, body, line, false, &quote);
	*mail = quote.mail;
	mark = strrchr(quote.text->data + quote.recent, '?');
	if (mark) {
		end = (size_t)(mark - quote.text->data) + 1;
		start = sentence_start(quote.text->data, end - 1);
		/* What began above the lines that are looked at is torn. */
		if (start > 0 || quote.is_whole)
			told = tell_either(ctx, &quote, start, end);
	}
	talloc_free(tmp);
	return told;
}

const char *
nd_quotedquestion_remark(const void *ctx, const struct nd_body *body,
                         uint32_t line, int32_t *mail)
{
	void *tmp = talloc_new(NULL);
	const char *text, *told = NULL;
	struct quote quote;
	size_t start, end;

	read_quote(tmp, body, line, true, &quote);
	*mail = quote.mail;
	text = quote.text->data;
	end = quote.text->len;
	while (end > 0 && text[end - 1] == ' ')
		end--;
	start = sentence_start(text, end > 0 ? end - 1 : 0);
	start += strspn(text + start, " ");
	/* What began above the lines that are looked at is torn. */
	if (end > start && strchr(".!?", text[end - 1]) &&
	    (start > 0 || quote.is_whole) &&
	    nd_lower(text[start]) != text[start])
		told = tell_either(ctx, &quote, start, end);
	talloc_free(tmp);
	return told;
}

/* Behind what a patch or a list puts before a line. */
static size_t
skip_marks(const char *text, size_t len)
{
	size_t at = 0;

	for (; at < len; at++)
		if (nd_mem_starts(text + at, len - at, "\xc2\xa0"))
			at++; /* a no-break space */
		else if (!nd_is_space(text[at]) && !strchr("+-*", text[at]))
			break;
	return at;
}

static bool
says_something(const char *text, size_t len)
{
	unsigned letters = 0;

	for (size_t i = 0; i < len; i++)
		letters += nd_is_alpha(text[i]);
	return letters >= CODE_LETTERS && !nd_mem_find_nocase(text, len, "://");
}

static bool
is_trailer(const char *text, size_t len)
{
	void *tmp = talloc_new(NULL);
	struct nd_trailer trailer = {0};
	bool is = nd_trailerline_parse(tmp, text, len, NULL, 0, &trailer);

	talloc_free(tmp);
	return is;
}

/*
 * "Hi Bo,", "Kind regards,", a name alone, "Signed-off-by: …" below all of a patch:
 * of the mail, nothing that it says.
 */
static bool
is_formality(const char *text, size_t len)
{
	struct nd_lineform form = nd_lineform_read(text, len);

	return form.words < WORDS_MIN || nd_lineform_is_greeting(&form) ||
	       nd_lineform_is_sign_off(&form) || is_trailer(text, len);
}

/* "   struct item, node);", of a call that began above */
static bool
ends_other_line(const char *text, size_t len)
{
	return nd_halves_open_brackets(text, len) < 0;
}

/* Of a patch or a list; or a paragraph, and no torn one. */
static bool
stands_alone(const struct nd_body *body, uint32_t line)
{
	const char *text = body->text + body->line[line].start;

	if (strchr("+-*", *text))
		return !ends_other_line(text, body->line[line].len);
	if ((*text >= 'a' && *text <= 'z') ||
	    is_formality(text, body->line[line].len))
		return false;
	return line == 0 || !is_quoted(&body->line[line - 1]) ||
	       is_empty(body, &body->line[line - 1]);
}

/* Indented, with the signs of code, nothing but signs, or one word: "s/a/b/". */
static bool
is_code(const char *text, size_t len)
{
	if (len > 0 && (nd_is_space(*text) || strchr("+-#$", *text) ||
	                !memchr(text, ' ', len)))
		return true;
	for (size_t i = 0; i < len; i++)
		if (strchr("{};=", text[i]))
			return true;
	return !says_something(text, len);
}

/* A sentence; not "For mlxsw:" or a line of an assembler in columns. */
static bool
announces(const char *told)
{
	return count_words(told) >= ANNOUNCED_WORDS && !strstr(told, "  ");
}

/* "I think we need something like:", where code stands below it; or NULL. */
static const char *
announcement(const void *ctx, const struct nd_body *body, uint32_t end,
             int32_t *mail)
{
	const struct nd_line *lines = body->line;
	uint32_t i = end;

	while (i > 0 && is_quoted(&lines[i - 1]) &&
	       is_empty(body, &lines[i - 1]))
		i--;
	if (i == 0 ||
	    !is_code(body->text + lines[i - 1].start, lines[i - 1].len))
		return NULL;
	while (i > 0 && end - i < CODE_BELOW && is_quoted(&lines[i - 1])) {
		const struct nd_line *at = &lines[i - 1];
		const char *text = body->text + at->start;
		size_t len = at->len;
		struct quote quote;
		const char *told;
		size_t start;

		nd_mem_trim(&text, &len);
		if (!len || text[len - 1] != ':') {
			i--;
			continue;
		}
		read_quote(NULL, body, i, true, &quote);
		start = sentence_start(quote.text->data,
		                       quote.text->len > 2 ? quote.text->len - 2
		                                           : 0);
		told = start > 0 || quote.is_whole
		               ? tell(ctx, &quote, start, quote.text->len - 1)
		               : NULL;
		*mail = quote.mail;
		talloc_free(quote.text);
		return told && announces(told) ? told : NULL;
	}
	return NULL;
}

const char *
nd_quotedquestion_line(const void *ctx, const struct nd_body *body,
                       uint32_t line, int32_t *mail)
{
	const struct nd_line *lines = body->line;
	uint32_t end = line;

	while (end > 0 && lines[end - 1].kind == ND_LINE_BLANK)
		end--;
	for (uint32_t i = end; i > 0 && end - i < CODE_LINES; i--) {
		const struct nd_line *at = &lines[i - 1];
		const char *text = body->text + at->start;
		size_t skip = skip_marks(text, at->len);
		char *told;

		if (!is_quoted(at))
			return NULL;
		if (!says_something(text, at->len))
			continue;
		if (!stands_alone(body, i - 1))
			break;
		told = x_strndup(ctx, text + skip, at->len - skip);
		nest_quotes(told);
		*mail = at->source;
		return cut(told);
	}
	return announcement(ctx, body, end, mail);
}
