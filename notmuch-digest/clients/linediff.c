/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/linediff.h"

#include <string.h>

#include "util/alloc.h"

enum { CONTEXT_LINES = 3 };

struct line {
	const char *text;
	size_t len;
};

struct line_list {
	struct line *line;
	size_t count;
};

/* A line of the difference: ' ', '-' or '+' before it. */
struct row {
	char mark;
	struct line line;
	size_t before, after; /* numbers of the lines that come next */
};

struct rows {
	struct row *row;
	size_t count;
};

static struct line_list *
split(const void *ctx, const char *text)
{
	struct line_list *list = x_new(ctx, struct line_list);

	while (*text) {
		struct line *line = x_append(list, list->line, list->count);

		*line = (struct line){text, strcspn(text, "\n")};
		text += line->len + (text[line->len] == '\n');
	}
	return list;
}

static bool
is_same(const struct line *a, const struct line *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static void
add_row(struct rows *rows, char mark, const struct line *line)
{
	struct row last = {.before = 1, .after = 1};

	if (rows->count > 0) {
		last = rows->row[rows->count - 1];
		last.before += last.mark != '+';
		last.after += last.mark != '-';
	}
	last.mark = mark;
	last.line = *line;
	*x_append(rows, rows->row, rows->count) = last;
}

/* All of before stands in after, in its order. */
static bool
try_insertion(struct rows *rows, const struct line_list *before,
              const struct line_list *after)
{
	size_t at = 0;

	for (size_t i = 0; i < after->count; i++) {
		bool same = at < before->count &&
		            is_same(&before->line[at], &after->line[i]);

		add_row(rows, same ? ' ' : '+', &after->line[i]);
		at += same;
	}
	return at == before->count;
}

static void
make_replacement(struct rows *rows, const struct line_list *before,
                 const struct line_list *after)
{
	size_t first = 0, last = 0;
	size_t least =
		before->count < after->count ? before->count : after->count;

	while (first < least &&
	       is_same(&before->line[first], &after->line[first]))
		first++;
	while (last < least - first &&
	       is_same(&before->line[before->count - 1 - last],
	               &after->line[after->count - 1 - last]))
		last++;
	for (size_t i = 0; i < first; i++)
		add_row(rows, ' ', &before->line[i]);
	for (size_t i = first; i < before->count - last; i++)
		add_row(rows, '-', &before->line[i]);
	for (size_t i = first; i < after->count - last; i++)
		add_row(rows, '+', &after->line[i]);
	for (size_t i = after->count - last; i < after->count; i++)
		add_row(rows, ' ', &after->line[i]);
}

/* Is there a change within the lines around this one? */
static bool
is_shown(const struct rows *rows, size_t at)
{
	size_t first = at < CONTEXT_LINES ? 0 : at - CONTEXT_LINES;

	for (size_t i = first; i < rows->count && i <= at + CONTEXT_LINES; i++)
		if (rows->row[i].mark != ' ')
			return true;
	return false;
}

/* "@@ -3,2 +3,5 @@" above the rows [from, to). */
static void
add_hunk(struct nd_buf *out, const struct rows *rows, size_t from, size_t to)
{
	size_t count[2] = {0, 0}, start[2];

	for (size_t i = from; i < to; i++) {
		count[0] += rows->row[i].mark != '+';
		count[1] += rows->row[i].mark != '-';
	}
	start[0] = rows->row[from].before - (count[0] == 0);
	start[1] = rows->row[from].after - (count[1] == 0);
	nd_buf_addf(out, "@@ -%zu,%zu +%zu,%zu @@\n", start[0], count[0],
	            start[1], count[1]);
	for (size_t i = from; i < to; i++) {
		nd_buf_addc(out, rows->row[i].mark);
		nd_buf_add(out, rows->row[i].line.text, rows->row[i].line.len);
		nd_buf_addc(out, '\n');
	}
}

void
nd_linediff_add(struct nd_buf *out, const char *path, const char *before,
                const char *after)
{
	void *tmp = talloc_new(NULL);
	const struct line_list *old = split(tmp, before);
	const struct line_list *now = split(tmp, after);
	struct rows *rows = x_new(tmp, struct rows);
	bool any = false;

	if (!try_insertion(rows, old, now)) {
		rows = x_new(tmp, struct rows);
		make_replacement(rows, old, now);
	}
	for (size_t from = 0; from < rows->count;) {
		size_t to = from;

		while (to < rows->count && is_shown(rows, to))
			to++;
		if (to > from && !any)
			nd_buf_addf(out, "--- %s\n+++ %s\n",
			            *before ? path : "/dev/null", path);
		if (to > from)
			add_hunk(out, rows, from, to);
		any = any || to > from;
		from = to > from ? to : from + 1;
	}
	talloc_free(tmp);
}
