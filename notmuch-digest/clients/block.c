/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/block.h"

#include <stdio.h>
#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/str.h"

#define NAME "notmuch-digest"
#define OPENS ">>> " NAME
#define OPENED " >>>"
#define CLOSED " <<<" /* ends a block of one line */
#define CLOSES "<<< " NAME " <<<"

enum { MAX_DIRS = 16, MAX_LINE_ENDS = 2 };

static void
add_owned(struct nd_buf *out, const struct nd_block_mark *mark)
{
	if (mark->line_ends == 1)
		nd_buf_adds(out, ", and the end of line above");
	else if (mark->line_ends > 1)
		nd_buf_addf(out, ", and %u ends of line above",
		            mark->line_ends);
	if (mark->file)
		nd_buf_adds(out, ", and this file");
	if (mark->dirs == 1)
		nd_buf_adds(out, ", and the directory above it");
	else if (mark->dirs > 1)
		nd_buf_addf(out, ", and %u directories above it", mark->dirs);
}

const char *
nd_block_make(const void *ctx, const struct nd_block_style *style,
              const struct nd_block_mark *mark, const char *lines)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);
	size_t first = strcspn(lines, "\n");
	bool one_line = (style->flags & ND_BLOCK_ONE_LINE) &&
	                lines[first + (lines[first] == '\n')] == '\0';

	if (one_line) {
		nd_buf_add(out, lines, first);
		nd_buf_addf(out, " %s " OPENS, style->comment);
		add_owned(out, mark);
		nd_buf_adds(out, CLOSED "\n");
	} else {
		nd_buf_addf(out, "%s " OPENS, style->comment);
		add_owned(out, mark);
		nd_buf_addf(out, OPENED "\n%s%s " CLOSES "\n", lines,
		            style->comment);
	}
	return nd_buf_finish(ctx, out);
}

/* Move *at over word when it is there. */
static bool
skip(const char **at, const char *word)
{
	if (!nd_str_starts(*at, word))
		return false;
	*at += strlen(word);
	return true;
}

/* Whatever a number is followed by, it is one that we have written. */
static bool
skip_number(const char **at, unsigned *number, unsigned max)
{
	unsigned value = 0;

	if (!nd_is_digit(**at))
		return false;
	for (; nd_is_digit(**at) && value <= max; (*at)++)
		value = value * 10 + (unsigned)(**at - '0');
	*number = value;
	return value <= max;
}

/*
 * Read a mark that begins at `at` and is the last thing on its line.
 *
 * *one_line  does it end the block, too?
 * *end       behind its line
 */
static bool
read_mark(const char *at, bool *one_line, const char **end,
          struct nd_block_mark *mark)
{
	*mark = (struct nd_block_mark){0};
	if (!skip(&at, OPENS))
		return false;
	while (skip(&at, ", and ")) {
		unsigned number;

		if (skip(&at, "the end of line above"))
			mark->line_ends = 1;
		else if (skip(&at, "this file"))
			mark->file = true;
		else if (skip(&at, "the directory above it"))
			mark->dirs = 1;
		else if (!skip_number(&at, &number, MAX_DIRS))
			return false;
		else if (skip(&at, " directories above it"))
			mark->dirs = number;
		else if (number <= MAX_LINE_ENDS &&
		         skip(&at, " ends of line above"))
			mark->line_ends = number;
		else
			return false;
	}
	*one_line = skip(&at, CLOSED);
	if ((!*one_line && !skip(&at, OPENED)) || (*at && *at != '\n'))
		return false;
	*end = at + (*at == '\n');
	return true;
}

static const char *
next_line(const char *line)
{
	line += strcspn(line, "\n");
	return line + (*line == '\n');
}

static bool
is_comment(const struct nd_block_style *style, const char *line,
           const char *text)
{
	size_t len = strlen(style->comment);

	return strncmp(line, style->comment, len) == 0 && line[len] == ' ' &&
	       nd_str_starts(line + len + 1, text);
}

static bool
is_closing(const struct nd_block_style *style, const char *line)
{
	const char *at = line + strlen(style->comment) + 1 + strlen(CLOSES);

	return is_comment(style, line, CLOSES) && (*at == '\n' || !*at);
}

/* Does a line begin a block, whole or not? */
static bool
opens_block(const struct nd_block_style *style, const char *line,
            bool *one_line, const char **end, struct nd_block_mark *mark)
{
	size_t len = strlen(style->comment);
	const char *stop = line + strcspn(line, "\n");

	if (is_comment(style, line, OPENS))
		return read_mark(line + len + 1, one_line, end, mark) &&
		       !*one_line;
	if (!(style->flags & ND_BLOCK_ONE_LINE))
		return false;
	for (const char *at = line; at + len + 2 < stop; at++)
		if (*at == ' ' && is_comment(style, at + 1, OPENS) &&
		    read_mark(at + len + 2, one_line, end, mark) && *one_line)
			return true;
	return false;
}

bool
nd_block_find(const struct nd_block_style *style, const char *text,
              const char **start, const char **end, struct nd_block_mark *mark)
{
	struct nd_block_mark found;
	bool one_line;

	for (const char *line = text; *line; line = next_line(line)) {
		if (!opens_block(style, line, &one_line, end, &found))
			continue;
		*start = line;
		if (mark)
			*mark = found;
		if (one_line)
			return true;
		for (const char *at = *end; *at; at = next_line(at)) {
			if (is_closing(style, at)) {
				*end = next_line(at);
				return true;
			}
		}
	}
	return false;
}

unsigned
nd_block_torn(const struct nd_block_style *style, const char *text)
{
	unsigned number = 1, opened = 0;
	struct nd_block_mark mark;
	const char *end;
	bool one_line;

	for (const char *line = text; *line; line = next_line(line), number++) {
		if (opens_block(style, line, &one_line, &end, &mark)) {
			if (opened > 0)
				return opened;
			opened = one_line ? 0 : number;
		} else if (is_closing(style, line)) {
			if (opened == 0)
				return number;
			opened = 0;
		}
	}
	return opened;
}

/* What has to come behind the first len bytes so that a line begins there. */
static unsigned
line_ends_wanted(const struct nd_block_style *style, const char *text,
                 size_t len)
{
	unsigned wanted = 0;

	if (len == 0)
		return 0;
	if (text[len - 1] == '\n')
		len--;
	else
		wanted++;
	if (len > 0 && text[len - 1] == '\r')
		len--;
	if ((style->flags & ND_BLOCK_BACKSLASH) && len > 0 &&
	    text[len - 1] == '\\')
		wanted++;
	return wanted;
}

const char *
nd_block_insert(const void *ctx, const struct nd_block_style *style,
                const char *text, size_t offset, struct nd_block_mark mark,
                const char *lines)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);
	const char *block;

	mark.line_ends = line_ends_wanted(style, text, offset);
	nd_buf_add(out, text, offset);
	for (unsigned i = 0; i < mark.line_ends; i++)
		nd_buf_addc(out, '\n');
	block = nd_block_make(out, style, &mark, lines);
	nd_buf_adds(out, block);
	nd_buf_adds(out, text + offset);
	return nd_buf_finish(ctx, out);
}

const char *
nd_block_replace(const void *ctx, const struct nd_block_style *style,
                 const char *text, const char *lines)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);
	struct nd_block_mark mark;
	const char *start, *end;

	if (nd_block_find(style, text, &start, &end, &mark)) {
		nd_buf_add(out, text, (size_t)(start - text));
		nd_buf_adds(out, nd_block_make(out, style, &mark, lines));
		text = end;
	}
	nd_buf_adds(out, text);
	return nd_buf_finish(ctx, out);
}

const char *
nd_block_remove(const void *ctx, const struct nd_block_style *style,
                const char *text, struct nd_block_mark *mark)
{
	struct nd_buf *out = nd_buf_new(ctx, ND_BLOCK_FILE_BYTES);
	struct nd_block_mark one, all = {0};
	const char *start, *end;
	unsigned line_ends = 0;

	while (nd_block_find(style, text, &start, &end, &one)) {
		nd_buf_add(out, text, (size_t)(start - text));
		if (start > text)
			line_ends = 0;
		line_ends += one.line_ends;
		all.file |= one.file;
		if (one.dirs > all.dirs)
			all.dirs = one.dirs;
		text = end;
	}
	/* What the user has added below the block needs the end of line. */
	for (; !*text && line_ends > 0 && out->len > 0 &&
	       out->data[out->len - 1] == '\n';
	     line_ends--)
		nd_buf_cut(out, out->len - 1);
	nd_buf_adds(out, text);
	if (mark)
		*mark = all;
	return nd_buf_finish(ctx, out);
}
