/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cachedir.h - small files that may be lost, below $XDG_CACHE_HOME
 *
 * Entries are named by a hash (util/hash.h), written whole or not at all, and
 * for the user's eyes only (0600 in a directory of 0700). Nothing else that
 * lies there is ever touched. A cache that cannot be used is an empty one.
 */
#ifndef ND_UTIL_CACHEDIR_H
#define ND_UTIL_CACHEDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "util/buf.h"
#include "util/status.h"

/** $XDG_CACHE_HOME/notmuch-digest/NAME, owned by ctx; NULL without a home. */
const char *nd_cachedir_path(const void *ctx, const char *name);

/** Make the directory and those above it, as far as they are missing. */
void nd_cachedir_make(const char *dir);

/** Append an entry to out; false when it is not there or too large. */
bool nd_cachedir_get(const char *dir, const char *key, struct nd_buf *out);

/**
 * Store an entry; what cannot be stored is not, and false. A name that is no
 * hash is never trimmed nor cleared.
 */
bool nd_cachedir_put(const char *dir, const char *key, const char *bytes,
                     size_t len);

/** Remove what was not used for longest until the rest is not larger. */
void nd_cachedir_trim(const char *dir, size_t limit_bytes);

/**
 * Remove all entries, and the directory when nothing else is in it.
 *
 * *count     entries removed, or with dry_run: that would be
 * Returns    ND_OK, also when there is no such directory; ND_ERR_IO
 */
enum nd_status nd_cachedir_clear(const char *dir, bool dry_run, size_t *count,
                                 struct nd_error *err) ND_MUST_CHECK;

#endif
