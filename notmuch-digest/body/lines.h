/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lines.h - the text of a part as lines, with their quote marks taken off
 *
 * What body.h and the files that classify lines share. The kinds are those of
 * model/message.h; every line starts as BLANK, OWN or QUOTE.
 *
 * Text is UTF-8 that util/utf8.h has cleaned. Pure: no I/O, no globals, linear
 * in the text.
 */
#ifndef ND_BODY_LINES_H
#define ND_BODY_LINES_H

#include "model/message.h"
#include "util/str.h"

enum nd_text_flags {
	ND_TEXT_FLOWED = 1u << 0,    /* format=flowed (flowed.h) */
	ND_TEXT_DELSP = 1u << 1,     /* … with DelSp=yes */
	ND_TEXT_HTML = 1u << 2,      /* made from HTML: a line is a paragraph */
	ND_TEXT_FORWARDED = 1u << 3, /* of an attached mail: all is QUOTE */
};

/* The lines of one part. */
struct nd_lines {
	char *text; /* of the body; lines point into it */
	struct nd_line *line;
	size_t count;
};

/** The bytes of line i; line[i].len long, not NUL-terminated. */
static inline const char *
nd_lines_text(const struct nd_lines *lines, size_t i)
{
	return lines->text + lines->line[i].start;
}

/** Is i a line that nobody has claimed yet, and does it begin so? */
static inline bool
nd_lines_starts(const struct nd_lines *lines, size_t i, const char *start)
{
	const char *text;

	if (i >= lines->count || lines->line[i].kind != ND_LINE_OWN)
		return false;
	text = nd_lines_text(lines, i);
	/* Asked of every line for many starts: the first byte tells most. */
	return (!*start || *text == *start) &&
	       nd_mem_starts(text, lines->line[i].len, start);
}

/** The first line from i on that is not blank; count when there is none. */
static inline size_t
nd_lines_skip_blank(const struct nd_lines *lines, size_t i)
{
	while (i < lines->count && lines->line[i].kind == ND_LINE_BLANK)
		i++;
	return i;
}

/** Set the kind of the lines [start, end). */
static inline void
nd_lines_mark(struct nd_lines *lines, size_t start, size_t end,
              enum nd_line_kind kind)
{
	for (size_t i = start; i < end && i < lines->count; i++)
		lines->line[i].kind = (uint8_t)kind;
}

/** The lines of a text; one without a line feed at its end counts. */
size_t nd_lines_count(const char *text, size_t len);

/**
 * Set lines->count lines from lines->text[start] on, up to end: place, depth
 * and first kind. In text that is not flowed, "JD> " is a quote mark, too.
 *
 * flags      enum nd_text_flags
 */
void nd_lines_split(struct nd_lines *lines, size_t start, size_t end,
                    unsigned flags);

#endif
