/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/utterance.h"

#include <string.h>

#include "text/inlinepatch.h"
#include "text/lineform.h"
#include "text/phrase.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	GREETING_WORDS = 5 /* "Hi Marc and all," */
};

/* Where a line of the body begins in the joined text. */
struct mark {
	size_t at;
	uint32_t line;
};

struct reader {
	const void *ctx;
	const struct nd_body *body;
	char *text; /* all paragraphs, one after another */
	size_t len;
	struct mark *mark; /* of the lines of this paragraph */
	size_t mark_count;
	size_t start; /* of this paragraph in the text */
	bool after_quote;
	struct nd_utterances out;
};

static bool
is_greeting(const char *text, size_t len)
{
	static const char *const words[] = {"hi",   "hello", "hey",
	                                    "dear", "hallo", "bonjour"};
	size_t blanks = 0;

	nd_mem_trim(&text, &len);
	if (len == 0 || !strchr(",.!:", text[len - 1]))
		return false;
	for (size_t i = 0; i < len; i++)
		blanks += text[i] == ' ';
	if (blanks >= GREETING_WORDS)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_starts_nocase(text, len, words[i]) &&
		    !nd_phrase_is_word_byte(text[strlen(words[i])]))
			return true;
	return false;
}

/* "Reviewed-by: …", "Cc: …", "Link: …": no sentence of anybody. */
static bool
is_trailer(const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);
	size_t end = colon ? (size_t)(colon - text) : 0;

	if (end < 2 || end > 40 || end + 1 == len || colon[1] != ' ')
		return false;
	if (end > 3 && nd_mem_equal_nocase(colon - 3, "-by", 3))
		return true;
	return (end == 2 && nd_mem_equal_nocase(text, "cc", 2)) ||
	       nd_mem_starts_nocase(text, len, "link: http") ||
	       nd_mem_starts_nocase(text, len, "fixes: ") ||
	       nd_mem_starts_nocase(text, len, "closes: http");
}

/* A line of a patch that stands unquoted: "+foo();", not "+1" or "- item". */
static bool
is_patch_line(const char *text, size_t len)
{
	return len > 1 && (text[0] == '+' || text[0] == '-') &&
	       text[1] != ' ' && text[1] != text[0] && !nd_is_digit(text[1]);
}

/* "- item", "* item", "1) item", "2. item", "a) item", "[1/5] title" */
static bool
is_item(const char *text, size_t len)
{
	size_t at = 0;

	nd_mem_trim(&text, &len);
	if (len < 3)
		return false;
	if (strchr("-*+o", text[0]) && text[1] == ' ')
		return true;
	if (text[0] == '[' || text[0] == '(')
		at++;
	while (at < len && at < 3 && nd_is_digit(text[at]))
		at++;
	if (at == 0 && nd_is_alpha(text[0]) && text[1] == ')')
		return true;
	return at > 0 && at < len && nd_is_digit(text[at - 1]) &&
	       strchr(")].:/", text[at]) != NULL;
}

/* ---- sentences of one paragraph ---- */

/* Does a "." here only shorten a word, or belong to a number or a name? */
static bool
is_abbreviation(const char *text, size_t at)
{
	static const char *const words[] = {"e.g",  "i.e",  "etc",    "vs",
	                                    "cf",   "mr",   "dr",     "ms",
	                                    "resp", "incl", "approx", "aka"};
	size_t start = at;

	while (start > 0 && text[start - 1] != ' ' && text[start - 1] != '(')
		start--;
	if (at - start == 1 && text[start] != 'I')
		return nd_is_alpha(text[start]); /* an initial */
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == at - start &&
		    nd_mem_equal_nocase(text + start, words[i], at - start))
			return true;
	return false;
}

/* The bytes of a Chinese or Japanese sentence end here, or 0. */
static size_t
wide_end(const char *text, size_t len)
{
	static const char *const ends[] = {"。", "？", "！"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (nd_mem_starts(text, len, ends[i]))
			return strlen(ends[i]);
	return 0;
}

/* Where the sentence that begins at text ends. */
static size_t
sentence_len(const char *text, size_t len)
{
	for (size_t at = 0; at < len; at++) {
		size_t end = at + 1;

		if ((unsigned char)text[at] >= 0x80) {
			size_t wide = wide_end(text + at, len - at);

			if (wide > 0)
				return at + wide;
			continue;
		}
		if (text[at] != '.' && text[at] != '!' && text[at] != '?')
			continue;
		while (end < len && strchr(".!?)\"'", text[end]) && text[end])
			end++;
		if (end == len)
			return end;
		if (text[end] != ' ' ||
		    (text[at] == '.' && is_abbreviation(text, at)))
			continue;
		/* "v5.1 and …. and", "foo.c is": goes on in lower case. */
		if (text[at] == '.' && end + 1 < len && text[end + 1] >= 'a' &&
		    text[end + 1] <= 'z')
			continue;
		return end;
	}
	return len;
}

static uint32_t
line_at(const struct reader *reader, size_t *mark, size_t at)
{
	while (*mark + 1 < reader->mark_count &&
	       reader->mark[*mark + 1].at <= at)
		++*mark;
	return reader->mark[*mark].line;
}

/* "[...]" says nothing. */
static bool
has_word(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (nd_phrase_is_word_byte(text[i]) && text[i] != '_')
			return true;
	return false;
}

/* ";-)", ":)", ":D" behind a sentence. */
static bool
is_smiley(const char *text, size_t len)
{
	return len >= 2 && strchr(":;", text[0]) && strchr("-)PDp", text[1]);
}

static void
end_paragraph(struct reader *reader)
{
	size_t at = reader->start, mark = 0;
	bool opens = true;

	while (at < reader->len) {
		const char *text = reader->text + at;
		size_t len = sentence_len(text, reader->len - at), next;
		struct nd_utterance *one;

		next = at + len;
		nd_mem_trim(&text, &len);
		if (!opens && is_smiley(text, len)) {
			reader->out.utterance[reader->out.count - 1].smiles =
				true;
		} else if (has_word(text, len) &&
		           len <= ND_LIMIT_SENTENCE_BYTES) {
			one = x_append(reader->ctx, reader->out.utterance,
			               reader->out.count);
			one->text = text;
			one->len = len;
			one->line = line_at(reader, &mark,
			                    (size_t)(text - reader->text));
			one->last_line = line_at(reader, &mark,
			                         (size_t)(text - reader->text) +
			                                 len - 1);
			one->opens = opens;
			one->answer = reader->after_quote;
			opens = false;
		}
		at = next;
	}
	/* Blank lines after a quote change nothing. */
	if (reader->len > reader->start)
		reader->after_quote = false;
	reader->start = reader->len;
	reader->mark_count = 0;
}

/* ---- lines ---- */

static void
add_line(struct reader *reader, size_t line)
{
	size_t len;
	const char *text = nd_message_line(reader->body, line, &len);
	struct mark *mark;

	nd_mem_trim(&text, &len);
	if (reader->len > reader->start)
		reader->text[reader->len++] = ' ';
	mark = x_append(reader->ctx, reader->mark, reader->mark_count);
	mark->at = reader->len;
	mark->line = (uint32_t)line;
	memcpy(reader->text + reader->len, text, len);
	reader->len += len;
}

static void
read_line(struct reader *reader, size_t line)
{
	size_t len;
	const char *text = nd_message_line(reader->body, line, &len);

	if (reader->body->line[line].kind != ND_LINE_OWN) {
		end_paragraph(reader);
		if (reader->body->line[line].kind == ND_LINE_QUOTE)
			reader->after_quote = true;
		return;
	}
	if (is_trailer(text, len) || nd_lineform_is_indented(text, len) ||
	    is_patch_line(text, len) || is_greeting(text, len)) {
		end_paragraph(reader);
		return;
	}
	if (reader->body->line[line].fixed || is_item(text, len))
		end_paragraph(reader);
	add_line(reader, line);
}

struct nd_utterances
nd_utterances_read(const void *ctx, const struct nd_body *body)
{
	struct reader reader = {.ctx = ctx, .body = body};
	size_t diff_end;

	if (!body || body->own_bytes == 0)
		return reader.out;
	/* Each line with the blank before it. */
	reader.text = x_array(ctx, char, body->len + body->line_count + 1);
	diff_end = nd_inlinepatch_diff_end(body);
	for (size_t line = 0; line < body->line_count; line++) {
		if (line < diff_end && body->line[line].kind == ND_LINE_OWN &&
		    nd_inlinepatch_begins(body, line))
			break;
		read_line(&reader, line);
	}
	end_paragraph(&reader);
	return reader.out;
}

size_t
nd_utterance_question_marks(const struct nd_utterance *said)
{
	size_t len = said->len, marks = 0;

	while (len > 0 && strchr(" )\"'", said->text[len - 1]))
		len--;
	if (len >= 3 && memcmp(said->text + len - 3, "？", 3) == 0)
		return 1;
	while (len > 0 && strchr("?!", said->text[len - 1])) {
		len--;
		marks++;
	}
	/* "; echo $?": of a shell */
	if (len > 0 && said->text[len - 1] == '$')
		return 0;
	return marks > 0 && memchr(said->text + len, '?', marks) ? marks : 0;
}
