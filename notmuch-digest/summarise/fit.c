/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/fit.h"

#include <string.h>

#include "util/alloc.h"
#include "util/utf8.h"

const char *
nd_utf8_truncate(const void *ctx, const char *text, size_t columns)
{
	size_t len = strlen(text);
	size_t keep = nd_utf8_fit(text, len, columns);
	size_t blank;

	if (keep == len)
		return text;
	keep = blank = nd_utf8_fit(text, len, columns - 1);
	while (blank > keep / 2 && text[blank] != ' ')
		blank--;
	if (text[blank] == ' ')
		keep = blank;
	while (keep && strchr(" ,;:-(", text[keep - 1]))
		keep--;
	return x_asprintf(ctx, "%.*s…", (int)keep, text);
}
