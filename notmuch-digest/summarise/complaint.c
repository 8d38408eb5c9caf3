/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/complaint.h"

#include <string.h>

#include "telling/itemtext.h"
#include "text/halves.h"
#include "text/lineform.h"
#include "text/token.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	TOKENS_MAX = 64,
	LINES_MAX = 24, /* of the output that are looked at */
	WORDS_MIN = 3,  /* of a message */
	WORDS_MAX = 20,
	WRAPPED_LINES = 2, /* of a message behind its first */
};

#define COUNT(table) (sizeof table / sizeof table[0])

struct text {
	const char *at;
	size_t len;
};

bool
nd_complaint_is_announced(const struct nd_sentence *s)
{
	static const char *const words[] = {
		"error",     "errors",    "warning", "warnings",  "warns",
		"fail",      "fails",     "failed",  "failing",   "failure",
		"failures",  "crash",     "crashes", "crashed",   "complain",
		"complains", "complaint", "splat",   "oops",      "panic",
		"panics",    "hang",      "hangs",   "exception", "aborts",
		"breaks",    "bug",
	};
	struct nd_token token[TOKENS_MAX];
	size_t count;

	if (!(s->flags & ND_SENTENCE_COLON) || s->flags & ND_SENTENCE_ITEM)
		return false;
	count = nd_tokenizer_read(nd_tokenizer_own(), s->text, s->len, token,
	                          TOKENS_MAX);
	for (size_t i = 0; i < count; i++)
		if (nd_token_is_one_of(&token[i], words, COUNT(words)))
			return true;
	return false;
}

/*
 * Where a program says what is wrong: behind "error: " or "warning: ", which was
 * announced; from "OSError: " or "BUG: " on.
 */
static struct text
complaint_in(struct text line)
{
	static const char *const labels[] = {
		"error: ", "warning: ", "fatal: ", "bug: "};
	struct text found = {NULL, 0};
	const char *end = line.at + line.len;

	for (size_t i = 0; i < COUNT(labels); i++) {
		const char *at =
			nd_mem_find_nocase(line.at, line.len, labels[i]);
		const char *word = at;

		while (word && word > line.at && nd_is_alpha(word[-1]))
			word--;
		if (word && word == at && *labels[i] != 'b')
			word += strlen(labels[i]);
		if (word && (!found.at || word < found.at))
			found = (struct text){word, (size_t)(end - word)};
	}
	return found;
}

/* "[-Wunused]", for the friends of a compiler; if it is wrapped, up to that. */
static struct text
up_to_switch(struct text message, const char *end)
{
	const char *at =
		nd_mem_find(message.at, (size_t)(end - message.at), "[-W");

	if (at)
		message.len = (size_t)(at - message.at);
	while (message.len && strchr("]. \n", message.at[message.len - 1]))
		message.len--;
	return message;
}

/* Words, and no addresses, types or calls with half of their brackets. */
static bool
can_be_read(struct text message)
{
	char *text = x_strndup(NULL, message.at, message.len);
	unsigned words = nd_itemtext_words(text);
	struct nd_lineform form = nd_lineform_read(text, message.len);
	bool reads = words >= WORDS_MIN && words <= WORDS_MAX &&
	             3 * form.letters >= 2 * (form.len - words) &&
	             !strstr(text, "0x") &&
	             !strchr("(:;,", text[message.len - 1]) &&
	             nd_halves_open_brackets(text, message.len) == 0 &&
	             !nd_halves_of_quotation(text, message.len);

	talloc_free(text);
	return reads;
}

/* The output below a sentence, and the message in it. */
struct output {
	bool seen;
	struct text message; /* at NULL: none that can be read */
	uint32_t line;       /* which has it */
};

static struct text
line_of(const struct nd_body *body, uint32_t line)
{
	return (struct text){body->text + body->line[line].start,
	                     body->line[line].len};
}

/* The message that a line begins, or none. */
static struct text
message_of(const struct nd_body *body, uint32_t line)
{
	struct text message = complaint_in(line_of(body, line)), last;
	uint32_t end = line;

	while (end + 1 < body->line_count && end < line + WRAPPED_LINES &&
	       body->line[end + 1].kind == ND_LINE_OWN)
		end++;
	last = line_of(body, end);
	return message.at ? up_to_switch(message, last.at + last.len) : message;
}

static struct output
read_output(const struct nd_body *body, const struct nd_sentence *s)
{
	struct output output = {false, {NULL, 0}, s->last_line};
	uint32_t line = s->last_line + 1;
	uint32_t end;

	while (line < body->line_count &&
	       body->line[line].kind == ND_LINE_BLANK)
		line++;
	for (end = line + LINES_MAX; line < end && line < body->line_count &&
	                             body->line[line].kind == ND_LINE_OWN;
	     line++) {
		struct text own = line_of(body, line);
		struct nd_lineform form = nd_lineform_read(own.at, own.len);
		struct text message = message_of(body, line);

		output.seen |= message.at || nd_lineform_is_code(&form, false);
		if (!message.len || !can_be_read(message))
			continue;
		output.message = message;
		output.line = line;
		break;
	}
	return output;
}

/* In one line, with one blank where it was wrapped. */
static void
unwrap(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (!nd_is_space(*from))
			*to++ = *from;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
}

char *
nd_complaint_text(const void *ctx, const struct nd_body *body,
                  const struct nd_sentence *sentence, size_t count,
                  size_t *items)
{
	struct output output;
	char *text;

	if (!nd_complaint_is_announced(sentence))
		return NULL;
	output = read_output(body, sentence);
	if (!output.seen)
		return NULL;
	text = x_asprintf(ctx, "%.*s%s%.*s", (int)sentence->len, sentence->text,
	                  output.message.at ? " " : "", (int)output.message.len,
	                  output.message.at ? output.message.at : "");
	/* What is cut would be the message. */
	if (nd_itemtext_words(text) > ND_ITEMTEXT_WORDS_MAX) {
		talloc_free(text);
		return NULL;
	}
	unwrap(text);
	*items = 0;
	while (*items + 1 < count && sentence[*items + 1].line <= output.line)
		(*items)++;
	return text;
}
