/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/flow.h"

#include <string.h>

#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum { PARAGRAPH_BYTES = 1 << 18 };

struct nd_flow {
	struct nd_buf *out;
	struct nd_wrap *wrap;
};

struct nd_flow *
nd_flow_new(const void *ctx, struct nd_buf *out)
{
	struct nd_flow *flow = x_new(ctx, struct nd_flow);

	flow->out = out;
	/* One column for the blank at the end, one for stuffing. */
	flow->wrap = nd_wrap_new(flow, ND_FLOW_COLUMNS - 2);
	return flow;
}

/* soft: the paragraph goes on in the next line. */
static void
add_line(struct nd_flow *flow, const char *line, size_t len, bool soft)
{
	if (len > 0 && (line[0] == ' ' || line[0] == '>' ||
	                nd_mem_starts(line, len, "From ") ||
	                (soft && len == 4 && memcmp(line, "From", 4) == 0)))
		nd_buf_addc(flow->out, ' ');
	nd_buf_add(flow->out, line, len);
	/* "-- " would begin a signature. */
	if (soft && !(len == 2 && memcmp(line, "--", 2) == 0))
		nd_buf_addc(flow->out, ' ');
	nd_buf_addc(flow->out, '\n');
}

/*
 * Is there a blank in text where this line ends? (Chinese breaks without one,
 * and must not get any when lines are joined.) *at moves behind the line.
 */
static bool
ends_at_blank(const char *text, size_t *at, size_t len)
{
	*at += len;
	if (text[*at] != ' ')
		return false;
	*at += strspn(text + *at, " ");
	return true;
}

/* The words on the last line, or on lines of their own. */
static void
add_words(struct nd_flow *flow, const char *line, size_t len,
          const char *const *word, size_t count)
{
	struct nd_buf *last = nd_buf_new(NULL, PARAGRAPH_BYTES);

	nd_buf_add(last, line, len);
	for (size_t i = 0; i < count; i++) {
		size_t width = nd_utf8_width(last->data, last->len) + 1 +
		               nd_utf8_width(word[i], strlen(word[i]));

		if (last->len > 0 && width > ND_FLOW_COLUMNS - 2) {
			add_line(flow, last->data, last->len, true);
			nd_buf_cut(last, 0);
		}
		nd_buf_addf(last, "%s%s", last->len > 0 ? " " : "", word[i]);
	}
	add_line(flow, last->data, last->len, false);
	talloc_free(last);
}

void
nd_flow_add_with(struct nd_flow *flow, const char *text,
                 const char *const *word, size_t count)
{
	const struct nd_paragraph plain = {
		.first = "", .next = "", .style = ""};
	struct nd_buf *lines = nd_buf_new(NULL, PARAGRAPH_BYTES);
	const char *line, *end;
	size_t at = 0;

	nd_wrap_add(flow->wrap, lines, &plain, text);
	for (line = lines->data; (end = strchr(line, '\n')); line = end + 1) {
		size_t len = (size_t)(end - line);

		if (end[1] == '\0')
			add_words(flow, line, len, word, count);
		else
			add_line(flow, line, len,
			         ends_at_blank(text, &at, len));
	}
	talloc_free(lines);
}

void
nd_flow_add(struct nd_flow *flow, const char *text)
{
	nd_flow_add_with(flow, text, NULL, 0);
}

void
nd_flow_add_lines(struct nd_flow *flow, const char *lines)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n"), kept = len;

		/* A blank at the end would join it to the next one. */
		while (kept > 0 && lines[kept - 1] == ' ')
			kept--;
		add_line(flow, lines, kept, false);
		lines += len + (lines[len] == '\n');
	}
}

void
nd_flow_gap(struct nd_flow *flow)
{
	nd_buf_addc(flow->out, '\n');
}
