/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * version.h - "v3" in running text, and in the words of a title
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

/**
 * The version that the words of a title name, and the title without them in
 * (*title, *len); 0 when it names none, the title is left then.
 *
 *	"v2: add foo", "version 3 of the foo series", "third version of foo",
 *	"add foo (v2)", "add foo, v2", "add foo - take 2"
 *
 * bare       "add foo v2" counts, too, unless the word before it is a thing
 *            that has versions itself ("cgroup v2") or a name
 *
 * Linear in the length.
 */
int nd_version_of_title(const char **title, size_t *len, bool bare);

#endif
