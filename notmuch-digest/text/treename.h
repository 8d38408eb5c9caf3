/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * treename.h - the names of trees and branches, as people write them
 *
 *	foo/next   -next   for-6.1   v6.1-fixes   arm64 (for-next/fixes)
 *	https://git.example.org/foo.git for-next
 *	the foo tree   my for-next branch   the x branch of the foo/foo.git tree
 *	5.10   fixes   (single words)
 *
 * Pure; a name is a piece of the text it is read from.
 */
#ifndef ND_TEXT_TREENAME_H
#define ND_TEXT_TREENAME_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Read the name that a text begins with, behind "to", "for" or "in".
 *
 * *text     moved to where the name begins
 * Returns   its length; 0: there is none
 */
size_t nd_treename_read(const char **text, size_t len);

/** Is a name that was read one by itself: not a single word like any other? */
bool nd_treename_is_plain(const char *name, size_t len);

/** Does it say which one? "the tree" and "my branch" do not. */
bool nd_treename_is_specific(const char *name, size_t len);

/** Is it the same one by its name? "foo.git" is "foo"; case does not count. */
bool
nd_treename_is_same(const char *a, size_t a_len, const char *b, size_t b_len);

/** "master", "trunk": what everybody of a project has, by its name alone. */
bool nd_treename_is_common(const char *name, size_t len);

/**
 * A list of names, "a; b", as a reader wants them: of a link without its name
 * the last two folders, "foo/bar.git for-next" of
 * "https://git.example.org/pub/scm/foo/bar.git for-next". Owned by ctx.
 */
const char *nd_treename_short(const void *ctx, const char *list);

#endif
