/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/quotelines.h"

#include "conversation/quoteintro.h"
#include "util/alloc.h"

/* The lines as they will be; who is quoted in them stands beside. */
struct setting {
	struct nd_line *line;
	const struct nd_address **author;
	size_t count;
};

static bool
is_empty(const struct nd_quotelines_part *part)
{
	return part->start >= part->end;
}

/* A line of the bytes [start, end) of another; NULL: it would be empty. */
static struct nd_line *
add_line(struct setting *setting, const struct nd_line *line, uint32_t start,
         uint32_t end)
{
	struct nd_line *added = &setting->line[setting->count];

	if (start >= end && line->len > 0)
		return NULL;
	*added = *line;
	added->start += start;
	added->len = end - start;
	setting->count++;
	return added;
}

static void
add_parts(struct setting *setting, struct nd_body *body,
          const struct nd_line *line, const struct nd_quotelines_part *part)
{
	size_t at;
	struct nd_line *quote;

	if (is_empty(part)) {
		add_line(setting, line, 0, line->len);
		return;
	}
	add_line(setting, line, 0, part->start);
	at = setting->count;
	quote = add_line(setting, line, part->start, part->end);
	add_line(setting, line, part->end, line->len);
	quote->kind = ND_LINE_QUOTE;
	quote->depth = part->depth;
	quote->source = part->source;
	quote->source_line = part->source_line;
	body->own_bytes -= quote->len;
	setting->author[at] = part->author;
}

static size_t
count_parts(const struct nd_body *body, const struct nd_quotelines_part *part)
{
	size_t count = body->line_count;

	for (size_t i = 0; i < body->line_count; i++)
		if (!is_empty(&part[i]))
			count += 2;
	return count;
}

void
nd_quotelines_set(struct nd_body *body, const struct nd_quotelines_part *part)
{
	size_t most = count_parts(body, part), above = SIZE_MAX;
	struct setting setting = {.line = x_array(body, struct nd_line, most)};

	setting.author = x_array(setting.line, const struct nd_address *, most);
	for (size_t i = 0; i < body->line_count; i++)
		add_parts(&setting, body, &body->line[i], &part[i]);
	talloc_free(body->line);
	body->line = setting.line;
	body->line_count = setting.count;
	for (size_t i = 0; i < setting.count; i++) {
		if (body->line[i].kind == ND_LINE_BLANK)
			continue;
		/* The others are below a quote. */
		if (setting.author[i] &&
		    (above == SIZE_MAX ||
		     body->line[above].kind != ND_LINE_QUOTE))
			nd_quoteintro_mark(body, i, setting.author[i]);
		above = i;
	}
	talloc_free(setting.author);
}
