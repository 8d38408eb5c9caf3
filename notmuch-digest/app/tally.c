/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tally.h"

#include "util/buf.h"

enum { LINE_BYTES = 300 };

/* "before 3 nouns after"; the noun is "" where the part before has it. */
static void
add_part(struct nd_buf *line, const char *before, size_t count,
         const char *noun, const char *after)
{
	if (count > 0)
		nd_buf_addf(line, "%s%s%zu%s%s%s%s", line->len > 0 ? ", " : "",
		            before, count, *noun ? " " : "", noun,
		            *noun && count != 1 ? "s" : "", after);
}

static const char *
finish(const void *ctx, struct nd_buf *line)
{
	nd_buf_adds(line, line->len > 0 ? ".\n" : "Nothing has changed.\n");
	return nd_buf_finish(ctx, line);
}

const char *
nd_tally_update(const void *ctx, const struct nd_apply_counts *counts)
{
	struct nd_buf *line = nd_buf_new(ctx, LINE_BYTES);

	add_part(line, "", counts->written, "digest", " written");
	add_part(line, "", counts->removed, counts->written ? "" : "digest",
	         " removed");
	add_part(line, "", counts->reports, "report", " removed");
	add_part(line, "", counts->tagged, "mail", " tagged");
	add_part(line, "", counts->upgraded, "digest",
	         " summarised by the model");
	add_part(line, "", counts->left, "thread",
	         " left for the next run, with new mail");
	return finish(ctx, line);
}

const char *
nd_tally_clean(const void *ctx, const struct nd_apply_counts *counts,
               size_t answers)
{
	struct nd_buf *line = nd_buf_new(ctx, LINE_BYTES);

	add_part(line, "", counts->removed, "digest", " removed");
	add_part(line, "", counts->reports, "report", " removed");
	add_part(line, "tags taken off ", counts->tagged, "mail", "");
	add_part(line, "", answers, "stored answer", " of models removed");
	return finish(ctx, line);
}
