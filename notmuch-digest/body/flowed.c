/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/flowed.h"

#include <string.h>

#include "body/diff.h"

static bool
is_signature_mark(const struct nd_lines *lines, size_t i)
{
	return lines->line[i].len == 3 &&
	       memcmp(nd_lines_text(lines, i), "-- ", 3) == 0;
}

static bool
flows(const struct nd_lines *lines, size_t i)
{
	const struct nd_line *line = &lines->line[i];

	return line->len > 0 && line->kind != ND_LINE_BLANK &&
	       nd_lines_text(lines, i)[line->len - 1] == ' ' &&
	       !is_signature_mark(lines, i);
}

/* Can line i be the rest of line i - 1? A blank line ends every paragraph. */
static bool
continues(const struct nd_lines *lines, size_t i)
{
	return i < lines->count &&
	       lines->line[i].depth == lines->line[i - 1].depth &&
	       lines->line[i].len > 0 && !is_signature_mark(lines, i) &&
	       nd_diff_end(lines, i, NULL) == i;
}

/* Append line i to line, which ends before it. Text only moves down. */
static void
append(struct nd_lines *lines, struct nd_line *line, size_t i)
{
	const struct nd_line *next = &lines->line[i];

	memmove(lines->text + line->start + line->len, nd_lines_text(lines, i),
	        next->len);
	line->len += next->len;
	line->fixed = true;
}

/* What is left behind a joined line may be half a character. */
static void
blank_rest(struct nd_lines *lines, const struct nd_line *line, size_t last)
{
	size_t end = line->start + line->len;
	size_t stop = lines->line[last].start + lines->line[last].len;

	if (stop > end)
		memset(lines->text + end, ' ', stop - end);
}

void
nd_flowed_join(struct nd_lines *lines, bool delsp)
{
	size_t out = 0, diff_end = 0;

	for (size_t i = 0; i < lines->count; i++) {
		struct nd_line line = lines->line[i];
		bool more;

		if (i >= diff_end)
			diff_end = nd_diff_end(lines, i, NULL);
		more = i >= diff_end && flows(lines, i);
		while (more && continues(lines, i + 1)) {
			i++;
			more = flows(lines, i);
			if (delsp)
				line.len--;
			append(lines, &line, i);
		}
		blank_rest(lines, &line, i);
		lines->line[out++] = line;
	}
	lines->count = out;
}
