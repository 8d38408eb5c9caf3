/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * version.h - "v3" in running text
 *
 * v3, V3, RFCv3, PATCHv3, version 3; not GICv3 or v5.10, which are something
 * else's versions.
 */
#ifndef ND_TEXT_VERSION_H
#define ND_TEXT_VERSION_H

#include <stdbool.h>
#include <stddef.h>

struct nd_version_word {
	size_t start, end; /* where it stands */
	int version;
};

/** The next such word at or after from; false when there is none. */
bool nd_version_next(const char *text, size_t len, size_t from,
                     struct nd_version_word *out);

/**
 * Is there nothing but an arrow between two places: "->", "-->", "..", "=>",
 * "to", "and"?
 */
bool nd_version_is_arrow(const char *text, size_t len);

#endif
