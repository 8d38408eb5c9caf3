/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/body.h"

#include <string.h>

#include "body/attribution.h"
#include "body/banner.h"
#include "body/flowed.h"
#include "body/footer.h"
#include "body/forward.h"
#include "body/patch.h"
#include "util/alloc.h"
#include "util/limits.h"

static void
trim_ends(struct nd_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		struct nd_line *line = &lines->line[i];
		const char *text = nd_lines_text(lines, i);

		while (line->len > 0 && nd_is_space(text[line->len - 1]))
			line->len--;
	}
}

static void
classify(struct nd_lines *lines, struct nd_body *body, unsigned flags)
{
	if (flags & ND_TEXT_FORWARDED) {
		nd_forward_quote(lines, 0, lines->count);
		trim_ends(lines);
		return;
	}
	nd_banner_mark(lines);
	nd_forward_mark(lines);
	nd_patch_mark(lines, body);
	nd_forward_mark_patch_headers(lines);
	nd_attribution_mark(lines);
	nd_footer_mark(lines);
	trim_ends(lines);
	for (size_t i = 0; i < lines->count; i++)
		if (lines->line[i].kind == ND_LINE_OWN)
			body->own_bytes += lines->line[i].len;
}

/* Room for the text of a part, behind an empty line; returns its offset. */
static size_t
add_text(struct nd_body *body, const char *text, size_t len)
{
	char *grown = talloc_realloc(body, (char *)body->text, char,
	                             body->len + len + 2);
	size_t start = body->len;

	x_check(grown);
	if (start > 0)
		grown[start++] = '\n';
	memcpy(grown + start, text, len);
	body->len = start + len;
	grown[body->len] = '\0';
	body->text = grown;
	return start;
}

void
nd_body_add(struct nd_body *body, const char *text, size_t len, unsigned flags)
{
	struct nd_lines lines;
	bool first = body->line_count == 0;
	size_t room = ND_LIMIT_BODY_LINES - body->line_count, start;

	if (flags & ND_TEXT_FLOWED)
		body->flags |= ND_BODY_FLOWED;
	if (flags & ND_TEXT_HTML)
		body->flags |= ND_BODY_HTML;
	if (len > ND_LIMIT_BODY_BYTES - 1 - body->len) {
		nd_message_set_cut(
			body, "over %u bytes of text: not all of it was read",
			ND_LIMIT_BODY_BYTES);
		len = 0;
	}
	lines.count = nd_lines_count(text, len);
	if (lines.count + 1 > room) {
		lines.count = room > 0 ? room - 1 : 0;
		nd_message_set_cut(body,
		                   "over %d lines: only its start was read",
		                   ND_LIMIT_BODY_LINES);
	}
	if (lines.count == 0)
		return;
	start = add_text(body, text, len);
	body->line =
		x_check(talloc_realloc(body, body->line, struct nd_line,
	                               body->line_count + lines.count + 1));
	if (!first)
		body->line[body->line_count++] = (struct nd_line){
			.start = (uint32_t)start,
			.source = ND_NO_MESSAGE,
		};
	lines.text = (char *)body->text;
	lines.line = body->line + body->line_count;
	memset(lines.line, 0, lines.count * sizeof *lines.line);
	nd_lines_split(&lines, start, body->len, flags);
	if (flags & ND_TEXT_FLOWED)
		nd_flowed_join(&lines, flags & ND_TEXT_DELSP);
	classify(&lines, body, flags);
	body->line_count += lines.count;
}
