/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/quotedquestion.h"

#include <string.h>

#include "telling/itemtext.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

enum {
	QUOTE_LINES = 6, /* that are looked at */
	QUOTE_BYTES = 1000,
	WORDS_MIN = 2,
	WORDS_MAX = 16, /* more are cut off */
};

/* Where the sentence that ends at end begins. */
static size_t
sentence_start(const char *text, size_t end)
{
	while (end > 0) {
		bool stop = end > 1 && strchr(".?!:", text[end - 2]) &&
		            nd_is_space(text[end - 1]);

		if (stop)
			return end;
		end--;
	}
	return 0;
}

/* What is quoted right above a line, on one line. */
struct quote {
	struct nd_buf *text;
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
	while (begin > 0 && end - begin < QUOTE_LINES &&
	       is_quoted(&lines[begin - 1]) &&
	       !(paragraph && is_empty(body, &lines[begin - 1])))
		begin--;
	quote->text = nd_buf_new(ctx, QUOTE_BYTES);
	quote->mail = end > begin ? lines[end - 1].source : ND_NO_MESSAGE;
	quote->is_whole =
		begin == 0 || lines[begin - 1].kind != ND_LINE_QUOTE ||
		lines[begin - 1].depth > 1 || is_empty(body, &lines[begin - 1]);
	for (; begin < end; begin++) {
		nd_buf_add(quote->text, body->text + lines[begin].start,
		           lines[begin].len);
		nd_buf_addc(quote->text, ' ');
	}
}

/* Its first words, and "…". */
static char *
cut(char *text)
{
	char *at = text;

	for (unsigned words = 0; *at; at++)
		if (*at == ' ' && ++words == WORDS_MAX)
			break;
	if (!*at)
		return text;
	while (at > text && strchr(",;:(- ", at[-1]))
		at--;
	*at = '\0';
	return x_asprintf(talloc_parent(text), "%s…", text);
}

/* "Why not just use (?", "or what?), why not this?": only a part of it. */
static bool
has_odd_brackets(const char *text)
{
	int open = 0;

	for (; *text; text++)
		open += (*text == '(') - (*text == ')');
	return open != 0;
}

/* Within quotation marks there are others. */
static void
nest_quotes(char *text)
{
	for (; *text; text++)
		if (*text == '"')
			*text = '\'';
}

static bool
has_odd_quotes(const char *text)
{
	bool odd = false;

	for (; *text; text++)
		odd ^= *text == '"';
	return odd;
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
	if (has_odd_quotes(told))
		return NULL;
	nest_quotes(told);
	return nd_itemtext_words(told) < WORDS_MIN || strpbrk(told, "{};=") ||
	                       strstr(told, "://") || has_odd_brackets(told)
	               ? NULL
	               : cut(told);
}

const char *
nd_quotedquestion_above(const void *ctx, const struct nd_body *body,
                        uint32_t line, int32_t *mail)
{
	void *tmp = talloc_new(NULL);
	const char *mark, *told = NULL;
	struct quote quote;
	size_t end;

	read_quote(tmp, body, line, false, &quote);
	*mail = quote.mail;
	mark = strrchr(quote.text->data, '?');
	if (mark) {
		end = (size_t)(mark - quote.text->data) + 1;
		told = tell(ctx, &quote,
		            sentence_start(quote.text->data, end - 1), end);
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
		told = tell(ctx, &quote, start, end);
	talloc_free(tmp);
	return told;
}
