/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/textpage.h"

#include "render/escape.h"
#include "util/alloc.h"

void
nd_textpage_add(const struct nd_textpage *to, const char *first,
                const char *next, const char *style, const char *text)
{
	struct nd_paragraph how = {.first = first,
	                           .next = next,
	                           .style = to->color ? style : "",
	                           .links = to->links};
	char *safe = nd_escape_terminal(NULL, text);

	nd_wrap_add(to->wrap, to->out, &how, safe);
	talloc_free(safe);
}

void
nd_textpage_line(const struct nd_textpage *to, const char *text)
{
	nd_textpage_add(to, ND_TEXTPAGE_INDENT, ND_TEXTPAGE_INDENT, "", text);
}
