/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/remarkplace.h"

#include <string.h>

#include "telling/itemtext.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	WALK_LINES = 2000, /* of a diff, upwards */
	NAME_MAX_BYTES = 48,
};

/* A line of a diff, without its end. */
struct row {
	const char *text;
	size_t len;
};

static struct row
row_at(const struct nd_body *body, uint32_t line)
{
	struct row row = {body->text + body->line[line].start,
	                  body->line[line].len};

	while (row.len && nd_is_space(row.text[row.len - 1]))
		row.len--;
	return row;
}

static bool
begins(const struct row *row, const char *with)
{
	return nd_mem_starts(row->text, row->len, with);
}

static bool
is_of_name(char c)
{
	return nd_is_alpha(c) || nd_is_digit(c) || c == '_';
}

/* The name that ends at end, as far back as start. */
static size_t
name_start(const struct row *row, size_t start, size_t end)
{
	while (end > start && is_of_name(row->text[end - 1]))
		end--;
	return end;
}

/* "SYSCALL_DEFINE3(open, …": a macro, and no name that says where. */
static bool
is_macro(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (name[i] >= 'a' && name[i] <= 'z')
			return false;
	return true;
}

/* "static int foo(struct bar *b)" -> "foo()"; NULL when none begins there. */
static const char *
function_of(const void *ctx, const struct row *row, size_t start)
{
	const char *open = memchr(row->text, '(', row->len);
	size_t end = open ? (size_t)(open - row->text) : 0, name;

	if (!open || end <= start || memchr(row->text, '=', end) ||
	    row->text[row->len - 1] == ';')
		return NULL;
	name = name_start(row, start, end);
	if (end - name < 3 || end - name > NAME_MAX_BYTES ||
	    is_macro(row->text + name, end - name))
		return NULL;
	return x_asprintf(ctx, "%.*s()", (int)(end - name), row->text + name);
}

/* "struct foo {" -> "struct foo" */
static const char *
type_of(const void *ctx, const struct row *row, size_t start)
{
	static const char *const kinds[] = {"struct ", "enum ", "union "};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		size_t end = start + strlen(kinds[i]), name = end;

		if (!nd_mem_starts(row->text + start, row->len - start,
		                   kinds[i]))
			continue;
		while (end < row->len && is_of_name(row->text[end]))
			end++;
		if (end > name && end + 2 == row->len &&
		    row->text[end + 1] == '{')
			return x_strndup(ctx, row->text + start, end - start);
	}
	return NULL;
}

static const char *
definition(const void *ctx, const struct row *row, size_t start)
{
	char first = start < row->len ? row->text[start] : ' ';
	const char *found;

	if (!nd_is_alpha(first) && first != '_')
		return NULL;
	found = type_of(ctx, row, start);
	return found ? found : function_of(ctx, row, start);
}

/* "@@ -1,2 +3,4 @@ static int foo(void)" */
static const char *
hunk_place(const void *ctx, const struct row *row)
{
	const char *end =
		row->len > 2 ? nd_mem_find(row->text + 2, row->len - 2, "@@ ")
			     : NULL;

	return end ? definition(ctx, row, (size_t)(end - row->text) + 3) : NULL;
}

/* "+++ b/drivers/foo/bar.c" -> "bar.c" */
static const char *
file_of(const void *ctx, const struct row *row)
{
	size_t at = row->len;

	while (at > 4 && row->text[at - 1] != '/')
		at--;
	return row->len - at > NAME_MAX_BYTES || at == row->len || at <= 4
	               ? NULL
	               : x_strndup(ctx, row->text + at, row->len - at);
}

static bool
is_marked(const struct row *row)
{
	return row->len && strchr("+- \t", *row->text);
}

/* The file that a diff says it is of, above a line of it. */
static const char *
file_above(const void *ctx, const struct nd_body *body, uint32_t line,
           uint8_t kind)
{
	for (uint32_t i = line + 1, n = 0;
	     i-- > 0 && n < WALK_LINES && body->line[i].kind == kind; n++) {
		struct row row = row_at(body, i);

		if (begins(&row, "+++ "))
			return file_of(ctx, &row);
	}
	return NULL;
}

/* Of the line of a diff, or of a quoted one: the function or type it is in. */
static const char *
definition_above(const void *ctx, const struct nd_body *body, uint32_t line,
                 uint8_t kind)
{
	const char *found = NULL;

	for (uint32_t i = line + 1, n = 0;
	     !found && i-- > 0 && n < WALK_LINES && body->line[i].kind == kind;
	     n++) {
		struct row row = row_at(body, i);

		if (begins(&row, "@@ "))
			return hunk_place(ctx, &row);
		if (begins(&row, "-") || !is_marked(&row))
			continue;
		/* Behind the end of one function, and in no other yet. */
		if (row.len > 1 && row.text[1] == '}' && i < line)
			return NULL;
		found = definition(ctx, &row, 1);
	}
	return found;
}

static const char *
place_above(const void *ctx, const struct nd_body *body, uint32_t line,
            uint8_t kind)
{
	const char *found = definition_above(ctx, body, line, kind);

	return found ? found : file_above(ctx, body, line, kind);
}

static bool
is_quote(const struct nd_line *line)
{
	return line->kind == ND_LINE_QUOTE && line->depth == 1;
}

static bool
is_of_diff(const struct row *row)
{
	return row->len && (strchr("+-", *row->text) || begins(row, "@@ "));
}

/*
 * Where the lines of a diff are from of which that is the last: "foo_probe()" or
 * "struct foo", or else the file, "foo.dts"; NULL: they are of none, or who knows.
 */
static const char *
code_place(const void *ctx, const struct nd_thread *thread,
           const struct nd_body *body, uint32_t last)
{
	const struct nd_line *quote = &body->line[last];
	const struct nd_body *from =
		quote->source >= 0 ? thread->message[quote->source]->body
				   : NULL;

	if (from && quote->source_line < from->line_count &&
	    from->line[quote->source_line].kind == ND_LINE_DIFF)
		return place_above(ctx, from, quote->source_line, ND_LINE_DIFF);
	for (int64_t i = last; i >= 0 && is_quote(&body->line[i]); i--) {
		struct row row = row_at(body, (uint32_t)i);

		if (is_of_diff(&row))
			return place_above(ctx, body, last, ND_LINE_QUOTE);
	}
	return NULL;
}

static bool
is_between(const struct nd_line *line)
{
	return line->kind == ND_LINE_BLANK || line->kind == ND_LINE_OWN;
}

/* A remark is on the quote above it, with nothing but own words between. */
static void
find_in_mail(const void *ctx, const struct nd_thread *thread,
             const struct nd_body *body, struct nd_candidate *candidate,
             size_t count, int patch)
{
	const char *code = NULL;
	uint32_t line = 0, quote = 0; /* quote: its last line + 1; 0: none */

	for (size_t i = 0; body && i < count; i++) {
		struct nd_candidate *c = &candidate[i];
		uint32_t before = quote;

		for (; line < c->sentence.line; line++)
			if (is_quote(&body->line[line]))
				quote = line + 1;
			else if (!is_between(&body->line[line]))
				quote = 0;
		if (quote && quote != before)
			code = code_place(ctx, thread, body, quote - 1);
		c->on_patch = patch;
		c->on_code = quote ? code : NULL;
	}
}

/* Of each mail the number of the patch that it is, or that is above it; or 0. */
static int *
patch_numbers(const void *ctx, const struct nd_thread *thread)
{
	const struct nd_series *series = thread->series;
	int *patch = x_array(ctx, int, thread->message_count);

	for (int i = 0; series->total > 1 && i < series->total; i++)
		if (series->patch[i] >= 0 && series->patch[i] != series->root)
			patch[series->patch[i]] = i + 1;
	/* Parents come first, except where a clock was wrong. */
	for (size_t i = 0; i < thread->message_count; i++) {
		int32_t parent = thread->message[i]->parent;

		if (patch[i] == 0 && parent >= 0)
			patch[i] = patch[parent];
	}
	return patch;
}

void
nd_remarkplace_find(const void *ctx, const struct nd_thread *thread,
                    const struct nd_source *source,
                    struct nd_candidate *candidate)
{
	int *patch = thread->series ? patch_numbers(NULL, thread) : NULL;

	for (size_t i = 0; patch && i < thread->message_count; i++)
		if (source[i].part == ND_PART_TALK && !source[i].robot)
			find_in_mail(ctx, thread, thread->message[i]->body,
			             &candidate[source[i].candidate],
			             source[i].candidate_count, patch[i]);
	talloc_free(patch);
}

unsigned
nd_remarkplace_words(int on_patch, const char *on_code)
{
	return (on_patch > 0 || on_code) + (on_patch > 0) +
	       (on_code ? nd_itemtext_words(on_code) : 0);
}
