/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/inlinepatch.h"

#include <string.h>

#include "util/str.h"

bool
nd_inlinepatch_begins(const struct nd_body *body, size_t line)
{
	const char *text = body->text + body->line[line].start;
	size_t len = body->line[line].len;

	return nd_mem_starts_nocase(text, len, "subject: [") ||
	       (nd_mem_starts(text, len, "commit ") && len == 47) ||
	       (nd_mem_starts(text, len, "From ") && len > 46 &&
	        memchr(text + 45, ':', len - 45)) ||
	       ((*text == '-' || *text == '8') && len < 80 &&
	        (nd_mem_find_nocase(text, len, "8<") ||
	         nd_mem_find_nocase(text, len, ">8")));
}

size_t
nd_inlinepatch_diff_end(const struct nd_body *body)
{
	size_t end = body->line_count;

	while (end > 0 && body->line[end - 1].kind != ND_LINE_DIFF)
		end--;
	return end;
}
