/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/wrap.h"

#include <string.h>

#include "render/escape.h"
#include "render/weburl.h"
#include "util/alloc.h"
#include "util/segment.h"
#include "util/str.h"
#include "util/utf8.h"

#define STYLE_OFF "\033[0m"

struct nd_wrap {
	size_t width;
	struct nd_segmenter *breaks;

	/* the paragraph at hand */
	struct nd_buf *out;
	const struct nd_paragraph *how;
	size_t column; /* used of the line */
	size_t indent; /* column where its text began */
	size_t blanks; /* owed before the next piece */
};

struct nd_wrap *
nd_wrap_new(const void *ctx, size_t width)
{
	struct nd_wrap *wrap = x_new(ctx, struct nd_wrap);

	wrap->width = width;
	wrap->breaks = nd_segmenter_new(wrap, ND_SEGMENT_LINES, NULL);
	return wrap;
}

static void
begin_line(struct nd_wrap *wrap, const char *lead)
{
	nd_buf_adds(wrap->out, lead);
	nd_buf_adds(wrap->out, wrap->how->style);
	wrap->column = wrap->indent = nd_utf8_width(lead, strlen(lead));
	wrap->blanks = 0;
}

static void
end_line(struct nd_wrap *wrap)
{
	if (*wrap->how->style)
		nd_buf_adds(wrap->out, STYLE_OFF);
	nd_buf_addc(wrap->out, '\n');
}

static void
break_line(struct nd_wrap *wrap)
{
	end_line(wrap);
	begin_line(wrap, wrap->how->next);
}

/* A URL, or a Message-ID as it is asked for: in two parts it leads nowhere. */
static bool
is_address(const char *piece, size_t len)
{
	return nd_mem_find_nocase(piece, len, "://") != NULL ||
	       nd_mem_starts(piece, len, "mid:") ||
	       nd_mem_starts(piece, len, "id:");
}

/* Append a piece, with its web address as a link when links are wanted. */
static void
add_text(struct nd_wrap *wrap, const char *piece, size_t len)
{
	const char *end = piece + len, *url = NULL;
	size_t url_bytes;

	if (wrap->how->links)
		url = nd_weburl_find(piece, len, &url_bytes);
	if (url) {
		nd_buf_add(wrap->out, piece, (size_t)(url - piece));
		nd_escape_link(wrap->out, url, url_bytes, url, url_bytes);
		piece = url + url_bytes;
	}
	nd_buf_add(wrap->out, piece, (size_t)(end - piece));
}

/* A piece that may not be broken, unless it is wider than a whole line. */
static void
add_piece(struct nd_wrap *wrap, const char *piece, size_t len)
{
	size_t width = nd_utf8_width(piece, len);

	if (wrap->column > wrap->indent &&
	    wrap->column + wrap->blanks + width > wrap->width)
		break_line(wrap);
	for (; wrap->blanks > 0; wrap->blanks--, wrap->column++)
		nd_buf_addc(wrap->out, ' ');
	while (wrap->column + width > wrap->width && !is_address(piece, len)) {
		size_t fit =
			nd_utf8_fit(piece, len, wrap->width - wrap->column);

		if (fit == 0)
			break; /* not even one character: let it stand out */
		nd_buf_add(wrap->out, piece, fit);
		piece += fit;
		len -= fit;
		width = nd_utf8_width(piece, len);
		break_line(wrap);
	}
	add_text(wrap, piece, len);
	wrap->column += width;
}

/* ICU would also break after the '-' and '/' of ASCII words. */
static bool
is_break(const char *text, size_t len, size_t at)
{
	return at == len || nd_is_space(text[at - 1]) ||
	       (unsigned char)text[at - 1] >= 0x80 ||
	       (unsigned char)text[at] >= 0x80;
}

void
nd_wrap_add(struct nd_wrap *wrap, struct nd_buf *out,
            const struct nd_paragraph *how, const char *text)
{
	size_t len = strlen(text), start = 0, segment, end;

	if (len == 0)
		return;
	wrap->out = out;
	wrap->how = how;
	begin_line(wrap, how->first);
	nd_segmenter_set(wrap->breaks, text, len);
	while (nd_segmenter_next(wrap->breaks, &segment, &end, NULL)) {
		size_t piece_end = end;

		if (!is_break(text, len, end))
			continue;
		while (piece_end > start && text[piece_end - 1] == ' ')
			piece_end--;
		add_piece(wrap, text + start, piece_end - start);
		wrap->blanks += end - piece_end;
		start = end;
	}
	end_line(wrap);
}
