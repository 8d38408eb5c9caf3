/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/cover.h"

#include <string.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/str.h"

static bool
begins_diff(const char *text, size_t len)
{
	return nd_mem_starts(text, len, "diff --git ") ||
	       nd_mem_starts(text, len, "Index: ") ||
	       nd_mem_starts(text, len, "--- a/");
}

/* git's "-- " over its version number. */
static bool
begins_signature(const struct nd_line *line, const char *text)
{
	if (line->kind == ND_LINE_SIGNATURE)
		return true;
	return (line->len == 2 && memcmp(text, "--", 2) == 0) ||
	       (line->len == 3 && memcmp(text, "-- ", 3) == 0);
}

static const char *
cover_text(const void *ctx, const struct nd_body *body)
{
	struct nd_buf *cover = nd_buf_new(NULL, ND_LIMIT_COVER_BYTES);
	const char *copy;
	size_t end = 0;

	for (size_t i = 0; body && i < body->line_count && !cover->full; i++) {
		const char *text = body->text + body->line[i].start;
		size_t len = body->line[i].len;

		if (begins_signature(&body->line[i], text) ||
		    (body->line[i].kind == ND_LINE_DIFF &&
		     begins_diff(text, len)))
			break;
		nd_buf_add(cover, text, len);
		nd_buf_addc(cover, '\n');
		if (len > 0)
			end = cover->len;
	}
	nd_buf_cut(cover, end);
	copy = x_strdup(ctx, cover->data);
	talloc_free(cover);
	return copy;
}

void
nd_cover_keep(struct nd_thread *thread)
{
	for (size_t i = 0; i <= thread->more_series_count; i++) {
		struct nd_series *series =
			i == 0 ? thread->series : thread->more_series[i - 1];

		if (series)
			series->cover = cover_text(
				series, thread->message[series->root]->body);
	}
}
