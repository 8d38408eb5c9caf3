/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/needles.h"

#include <string.h>

#include "util/str.h"

void
nd_needles_init(struct nd_needles *needles, const char *const *needle,
                size_t count)
{
	memset(needles, 0, sizeof *needles);
	needles->needle = needle;
	for (size_t k = 0; k < count && k < ND_NEEDLES_MAX; k++) {
		unsigned char first = (unsigned char)nd_lower(*needle[k]);

		needles->next[k] = needles->head[first];
		needles->head[first] = (uint16_t)(k + 1);
	}
}

void
nd_needles_find(const struct nd_needles *needles, const char *text, size_t len,
                bool *found)
{
	for (size_t at = 0; at < len; at++) {
		unsigned k = needles->head[(unsigned char)nd_lower(text[at])];

		for (; k > 0; k = needles->next[k - 1])
			if (!found[k - 1] &&
			    nd_mem_starts_nocase(text + at, len - at,
			                         needles->needle[k - 1]))
				found[k - 1] = true;
	}
}
