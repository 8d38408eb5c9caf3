/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/lines.h"

#include <string.h>

#include "util/limits.h"

/*
 * Count and pass the quote marks of a line: ">", "> >", ">>". One blank after
 * them belongs to them. In flowed text a blank in front is stuffing, and what
 * it protects is not a quote mark (RFC 3676, 4.4).
 */
static size_t
pass_marks(const char *text, size_t len, bool flowed, uint8_t *depth)
{
	size_t at = 0;

	*depth = 0;
	if (len > 1 && text[0] == ' ' && text[1] == '>' && !flowed &&
	    (len == 2 || text[2] == ' ' || text[2] == '>'))
		at = 1;
	while (at < len) {
		if (text[at] == '>')
			at++;
		else if (*depth > 0 && text[at] == ' ' && at + 1 < len &&
		         text[at + 1] == '>')
			at += 2;
		else
			break;
		if (*depth < ND_LIMIT_QUOTE_DEPTH)
			(*depth)++;
	}
	if ((*depth > 0 || flowed) && at < len && text[at] == ' ')
		at++;
	return at;
}

/* No-break and ideographic spaces fill otherwise empty lines, too. */
static bool
is_blank(const char *text, size_t len)
{
	while (len > 0) {
		size_t step = 1;

		if (nd_mem_starts(text, len, "\xc2\xa0"))
			step = 2;
		else if (nd_mem_starts(text, len, "\xe3\x80\x80"))
			step = 3;
		else if (!nd_is_space(*text))
			return false;
		text += step;
		len -= step;
	}
	return true;
}

static void
set_line(struct nd_line *line, const char *text, size_t start, size_t end,
         bool flowed)
{
	size_t marks =
		pass_marks(text + start, end - start, flowed, &line->depth);

	line->start = (uint32_t)(start + marks);
	line->len = (uint32_t)(end - start - marks);
	line->source = ND_NO_MESSAGE;
	line->kind = ND_LINE_OWN;
	if (line->depth > 0)
		line->kind = ND_LINE_QUOTE;
	else if (is_blank(text + line->start, line->len))
		line->kind = ND_LINE_BLANK;
}

/*
 * RFC 3676 lets a stuffed ">" be any text. It is when the line above flows
 * into it ("a \n > b"); otherwise the author has pasted what looks like a
 * quote, and means one.
 */
static void
undo_quote_stuffing(struct nd_lines *lines, size_t i)
{
	struct nd_line *line = &lines->line[i];
	const struct nd_line *above = i > 0 ? line - 1 : NULL;

	if (line->depth > 0 || line->len == 0 ||
	    *nd_lines_text(lines, i) != '>')
		return;
	if (above && above->depth == 0 && above->len > 0 &&
	    nd_lines_text(lines, i - 1)[above->len - 1] == ' ')
		return;
	set_line(line, lines->text, line->start, line->start + line->len,
	         false);
}

/* The mail store of old wrote ">From " where the author wrote "From ". */
static void
undo_from_quoting(struct nd_lines *lines, size_t i)
{
	struct nd_line *line = &lines->line[i];

	if (line->depth != 1 || (i > 0 && line[-1].depth > 0) ||
	    (i + 1 < lines->count && line[1].depth > 0) ||
	    !nd_mem_starts(nd_lines_text(lines, i), line->len, "From ") ||
	    lines->text[line->start - 1] != '>')
		return;
	line->depth = 0;
	line->kind = ND_LINE_OWN;
}

/* "JD> text": the length of the mark, 0 when there is none. */
static size_t
initials(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len, at = 0, letters;

	if (lines->line[i].kind != ND_LINE_OWN)
		return 0;
	while (at < len && text[at] == ' ' && at < 2)
		at++;
	for (letters = at; at < len && nd_is_alpha(text[at]); at++)
		;
	if (at == letters || at - letters > 4 || text[letters] >= 'a' ||
	    at >= len || text[at] != '>')
		return 0;
	return at + 1;
}

static bool
same_initials(const struct nd_lines *lines, size_t i, size_t mark)
{
	return i + 1 < lines->count && initials(lines, i + 1) == mark &&
	       memcmp(nd_lines_text(lines, i), nd_lines_text(lines, i + 1),
	              mark) == 0;
}

/* Two lines in a row with the same initials are a quote; one may be a
 * prompt. */
static void
mark_initials(struct nd_lines *lines)
{
	bool above = false;

	for (size_t i = 0; i < lines->count; i++) {
		struct nd_line *line = &lines->line[i];
		size_t mark = initials(lines, i);
		bool below = mark > 0 && same_initials(lines, i, mark);

		if (mark > 0 && (above || below)) {
			if (mark < line->len &&
			    lines->text[line->start + mark] == ' ')
				mark++;
			line->start += (uint32_t)mark;
			line->len -= (uint32_t)mark;
			line->depth = 1;
			line->kind = ND_LINE_QUOTE;
		}
		above = below;
	}
}

size_t
nd_lines_count(const char *text, size_t len)
{
	size_t count = 0;

	for (const char *at = text, *end = text + len; at < end; count++) {
		at = memchr(at, '\n', (size_t)(end - at));
		if (!at)
			return count + 1;
		at++;
	}
	return count;
}

void
nd_lines_split(struct nd_lines *lines, size_t start, size_t end, unsigned flags)
{
	for (size_t i = 0; i < lines->count; i++) {
		const char *at = lines->text + start;
		const char *lf = memchr(at, '\n', end - start);
		size_t stop = lf ? (size_t)(lf - lines->text) : end;

		set_line(&lines->line[i], lines->text, start, stop,
		         flags & ND_TEXT_FLOWED);
		lines->line[i].fixed = flags & ND_TEXT_HTML;
		start = stop + 1;
	}
	for (size_t i = 0; i < lines->count; i++) {
		undo_from_quoting(lines, i);
		if (flags & ND_TEXT_FLOWED)
			undo_quote_stuffing(lines, i);
	}
	if (!(flags & ND_TEXT_FLOWED))
		mark_initials(lines);
}
