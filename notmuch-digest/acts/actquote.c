/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/actquote.h"

#include <string.h>

#include "text/lineform.h"
#include "util/str.h"

enum {
	CODE_LINES = 3,  /* the last ones, of which one tells that it is code */
	MARK_LINES = 4,  /* the last ones, in which a "?" is looked for */
	QUOTE_TAIL = 6,  /* lines of a quote that what is below it answers */
	SAME_BLOCK = 40, /* lines of a quote that are looked at, at most */
};

static bool
is_empty(const struct nd_body *body, size_t line)
{
	size_t len;
	const char *text = nd_message_line(body, line, &len);

	nd_mem_trim(&text, &len);
	return len == 0;
}

/* A line of a diff, or of code: "+", "-", "@@", a tab, "…;", "… {" */
static bool
is_code(const char *text, size_t len)
{
	size_t end = len;

	if (len == 0)
		return false;
	if (strchr("+-@", *text) || *text == '\t')
		return true;
	while (end > 0 && nd_is_space(text[end - 1]))
		end--;
	return *text == ' ' && end > 0 && strchr(";{}", text[end - 1]);
}

static bool
is_trailer(const char *text, size_t len)
{
	const struct nd_lineform form = nd_lineform_read(text, len);

	return nd_lineform_is_trailer(&form);
}

static enum nd_actfeature_quote
kind_of_quote(const struct nd_body *body, size_t last, size_t code)
{
	size_t len;
	const char *text = nd_message_line(body, last, &len);

	if (len > 0 && *text == '+')
		return ND_QUOTE_PLUS;
	if (len > 0 && *text == '-' && code > 1)
		return ND_QUOTE_MINUS;
	if (code > 0 || nd_mem_starts(text, len, "diff ") ||
	    nd_mem_starts(text, len, "index "))
		return ND_QUOTE_CODE;
	if (is_trailer(text, len))
		return ND_QUOTE_TRAILER;
	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	if (len > 0 && text[len - 1] == '?')
		return ND_QUOTE_QUESTION;
	return body->line[last].depth > 1 ? ND_QUOTE_OLD_PROSE : ND_QUOTE_PROSE;
}

/* What the lines that the quoted mail has there say. */
static uint8_t
bits_of_source(const struct nd_act_mail *mails, const struct nd_act_mail *mail,
               const struct nd_line *line)
{
	const struct nd_act_mail *source;

	if (line->source == ND_NO_MESSAGE)
		return 0;
	source = &mails[line->source];
	if (source == mail || !source->line || !source->body ||
	    line->source_line >= source->body->line_count)
		return 0;
	return source->line[line->source_line];
}

void
nd_actquote_see(const struct nd_act_mail *mails, const struct nd_act_mail *mail,
                size_t last, struct nd_actquote *quote)
{
	const struct nd_body *body = mail->body;
	size_t seen = 0, code = 0, end = SIZE_MAX;

	memset(quote, 0, sizeof *quote);
	for (size_t line = last + 1; line-- > 0 && quote->lines < SAME_BLOCK;) {
		size_t len;
		const char *text = nd_message_line(body, line, &len);

		if (body->line[line].kind == ND_LINE_BLANK)
			continue;
		if (body->line[line].kind != ND_LINE_QUOTE)
			break;
		quote->lines++;
		if (is_empty(body, line))
			continue;
		if (end == SIZE_MAX)
			end = line;
		if (seen < CODE_LINES)
			code += is_code(text, len);
		if (seen < MARK_LINES)
			quote->has_mark =
				quote->has_mark || memchr(text, '?', len);
		if (seen < QUOTE_TAIL)
			quote->line_bits |=
				bits_of_source(mails, mail, &body->line[line]);
		seen++;
	}
	quote->kind = end == SIZE_MAX ? ND_QUOTE_EMPTY
	                              : kind_of_quote(body, end, code);
	quote->has_mark = quote->has_mark && quote->kind >= ND_QUOTE_PROSE;
}
