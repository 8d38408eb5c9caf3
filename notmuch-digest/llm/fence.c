/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/fence.h"

#include <string.h>

#include "util/str.h"
#include "util/utf8.h"

enum { TOKEN_BYTES_MAX = 40 };

/* The mark, and upright bars that a reader could take for it. */
static bool
is_bar(int32_t c)
{
	switch (c) {
	case 0x01c0: /* Latin letter dental click */
	case 0x2223: /* divides */
	case 0x23aa: /* curly bracket extension */
	case 0x23d0: /* vertical line extension */
	case 0x2551: /* box drawings double vertical */
	case 0x2758: /* light, medium and heavy vertical bar */
	case 0x2759:
	case 0x275a:
	case 0xfe31: /* vertical em dash */
	case 0xfe33: /* vertical low line */
	case 0xff5c: /* full width, in DeepSeek's tokens; half width */
	case 0xffe8:
		return true;
	default: /* box drawings, plain, heavy and broken */
		return c == 0x2502 || c == 0x2503 ||
		       (c >= 0x2506 && c <= 0x250b && c != 0x2508 &&
		        c != 0x2509);
	}
}

/* Does a control token begin at this `<`, or any tag that looks like one? */
static bool
is_angle_token(const char *text, size_t len)
{
	size_t next = 1;

	if (len < 2 ||
	    !(nd_is_alpha(text[1]) || text[1] == '|' || text[1] == '/' ||
	      is_bar(nd_utf8_next(text, len, &next))))
		return false;
	if (len > TOKEN_BYTES_MAX)
		len = TOKEN_BYTES_MAX;
	return memchr(text + 2, '>', len - 2) != NULL;
}

static bool
is_square_token(const char *text, size_t len)
{
	return nd_mem_starts_nocase(text, len, "[INST]") ||
	       nd_mem_starts_nocase(text, len, "[/INST]");
}

/* {P3}, as the program calls people. */
static bool
is_person(const char *text, size_t len)
{
	return len > 2 && (text[1] == 'P' || text[1] == 'p') &&
	       nd_is_digit(text[2]);
}

static bool
is_token(const char *text, size_t len)
{
	return (*text == '<' && is_angle_token(text, len)) ||
	       (*text == '[' && is_square_token(text, len));
}

void
nd_llm_fence_said(struct nd_buf *out, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t start = at;

		if (is_bar(nd_utf8_next(text, len, &at)))
			nd_buf_addc(out, '|');
		else
			nd_buf_add(out, text + start, at - start);
		if (is_token(text + start, len - start))
			nd_buf_addc(out, ' ');
	}
}

void
nd_llm_fence_clean(struct nd_buf *out, const char *text, size_t len)
{
	size_t done = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] != '{' || !is_person(text + i, len - i))
			continue;
		nd_llm_fence_said(out, text + done, i + 1 - done);
		nd_buf_addc(out, ' ');
		done = i + 1;
	}
	nd_llm_fence_said(out, text + done, len - done);
}

void
nd_llm_fence_cut(struct nd_buf *out, const char *text, size_t len, size_t most)
{
	size_t keep = len > most ? most : len;

	while (keep < len && ((unsigned char)text[keep] & 0xc0) == 0x80)
		keep--;
	nd_llm_fence_clean(out, text, keep);
	if (keep < len)
		nd_buf_adds(out, " …");
}

void
nd_llm_fence_lines(struct nd_buf *out, unsigned number, const char *text,
                   size_t len)
{
	bool begins = true;

	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		size_t line = end ? (size_t)(end - text) : len;

		if (line > 0) {
			if (begins)
				nd_buf_addf(out, "[%u]", number);
			nd_buf_adds(out, ND_LLM_FENCE);
			nd_buf_add(out, text, line);
			nd_buf_addc(out, '\n');
		}
		begins = line == 0;
		line += end != NULL;
		text += line;
		len -= line;
	}
}
