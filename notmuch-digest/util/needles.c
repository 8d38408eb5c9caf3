/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/needles.h"

#include <string.h>

#include "util/str.h"

static size_t
head_of(const char *two)
{
	return ((size_t)(unsigned char)nd_lower(two[0]) * 37 +
	        (unsigned char)nd_lower(two[1])) %
	       ND_NEEDLES_HEADS;
}

void
nd_needles_init(struct nd_needles *needles, const char *const *needle,
                size_t count)
{
	memset(needles, 0, sizeof *needles);
	needles->needle = needle;
	for (size_t k = 0; k < count && k < ND_NEEDLES_MAX; k++) {
		size_t head = head_of(needle[k]);

		needles->next[k] = needles->head[head];
		needles->head[head] = (uint16_t)(k + 1);
	}
}

void
nd_needles_find(const struct nd_needles *needles, const char *text, size_t len,
                bool *found)
{
	for (size_t at = 0; at + 1 < len; at++) {
		unsigned k = needles->head[head_of(text + at)];

		for (; k > 0; k = needles->next[k - 1])
			if (!found[k - 1] &&
			    nd_mem_starts_nocase(text + at, len - at,
			                         needles->needle[k - 1]))
				found[k - 1] = true;
	}
}

bool
nd_needles_begin(const struct nd_needles *needles, const char *text, size_t len,
                 size_t before)
{
	for (size_t at = 0; at + 1 < len && at <= before; at++) {
		unsigned k = needles->head[head_of(text + at)];

		for (; k > 0; k = needles->next[k - 1])
			if (nd_mem_starts_nocase(text + at, len - at,
			                         needles->needle[k - 1]))
				return true;
	}
	return false;
}
