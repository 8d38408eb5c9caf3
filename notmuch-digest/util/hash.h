/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hash.h - SHA-256 of texts, as hexadecimal digits or base64
 *
 * Hashes stand for foreign text where that text must not be: in names, headers
 * and database values. 40 digits (160 bits) are kept of each.
 */
#ifndef ND_UTIL_HASH_H
#define ND_UTIL_HASH_H

#include <stdbool.h>
#include <stddef.h>

enum { ND_HASH_DIGITS = 40 };

struct nd_hash;

/** A hash of nothing yet, owned by ctx. */
struct nd_hash *nd_hash_new(const void *ctx);

/** Add a text and its end: "ab", "c" is not the same as "a", "bc". */
void nd_hash_add(struct nd_hash *hash, const char *text);

/** The first ND_HASH_DIGITS digits of what was added, owned by ctx. */
const char *nd_hash_hex(const void *ctx, const struct nd_hash *hash);

/** The hash of one text, without its end: as sha256sum prints it. */
const char *nd_hash_text(const void *ctx, const char *text);

/** The whole hash of one text in base64, as Content-Security-Policy has it. */
const char *nd_hash_base64(const void *ctx, const char *text);

/** Are these ND_HASH_DIGITS digits, and nothing else? */
bool nd_hash_is_hex(const char *text, size_t len);

#endif
