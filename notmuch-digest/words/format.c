/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words/format.h"

#include <string.h>

static const char *const names[ND_FORMAT_COUNT] = {
	[ND_FORMAT_MARKDOWN] = "markdown", [ND_FORMAT_JSON] = "json",
	[ND_FORMAT_TEXT] = "text",         [ND_FORMAT_ATOM] = "atom",
	[ND_FORMAT_MBOX] = "mbox",         [ND_FORMAT_HTML] = "html",
};

bool
nd_format_find(const char *name, enum nd_format *out)
{
	for (enum nd_format i = 0; i < ND_FORMAT_COUNT; i++)
		if (strcmp(names[i], name) == 0) {
			*out = i;
			return true;
		}
	return false;
}
