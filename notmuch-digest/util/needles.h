/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * needles.h - which of many short texts stand in a long one, in one walk
 */
#ifndef ND_UTIL_NEEDLES_H
#define ND_UTIL_NEEDLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ND_NEEDLES_MAX = 300, ND_NEEDLES_HEADS = 1024 };

struct nd_needles {
	const char *const *needle;
	uint16_t head[ND_NEEDLES_HEADS]; /* by the first two bytes: number + 1;
	                                  * 0: there is none */
	uint16_t next[ND_NEEDLES_MAX];   /* of the same head */
};

/** count     at most ND_NEEDLES_MAX, of two bytes and more; they must stay */
void nd_needles_init(struct nd_needles *needles, const char *const *needle,
                     size_t count);

/** Set found[k] for each that is in (text, len), in any case (ASCII). */
void nd_needles_find(const struct nd_needles *needles, const char *text,
                     size_t len, bool *found);

/** Does one of them begin in (text, len), behind at most so many bytes of it? In
 * any case (ASCII). */
bool nd_needles_begin(const struct nd_needles *needles, const char *text,
                      size_t len, size_t before);

#endif
