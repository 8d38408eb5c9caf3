/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "llm/fence.h"

#include <string.h>

#include "util/str.h"

enum { TOKEN_BYTES_MAX = 40 };

#define MARK "│"                /* U+2502 */
#define WIDE_BAR "\xef\xbd\x9c" /* U+FF5C, as DeepSeek's templates have it */

/* Does a control token begin at this `<`, or any tag that looks like one? */
static bool
is_angle_token(const char *text, size_t len)
{
	if (len < 2 ||
	    !(nd_is_alpha(text[1]) || text[1] == '|' || text[1] == '/' ||
	      nd_mem_starts(text + 1, len - 1, WIDE_BAR)))
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

void
nd_llm_fence_clean(struct nd_buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *at = text + i;
		size_t left = len - i;

		if (nd_mem_starts(at, left, MARK)) {
			nd_buf_addc(out, '|');
			i += sizeof MARK - 2;
			continue;
		}
		nd_buf_addc(out, *at);
		if ((*at == '<' && is_angle_token(at, left)) ||
		    (*at == '[' && is_square_token(at, left)))
			nd_buf_addc(out, ' ');
	}
}

void
nd_llm_fence_lines(struct nd_buf *out, unsigned number, const char *text,
                   size_t len)
{
	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		size_t line = end ? (size_t)(end - text) : len;

		nd_buf_addf(out, "[%u]" MARK, number);
		nd_buf_add(out, text, line);
		nd_buf_addc(out, '\n');
		line += end != NULL;
		text += line;
		len -= line;
	}
}
