/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hashset.h - a set of hashes, each with a number
 *
 * Of 64 bits each; hashes that are the same are taken for the same text. Grows
 * as it must.
 */
#ifndef ND_UTIL_HASHSET_H
#define ND_UTIL_HASHSET_H

#include <stdbool.h>
#include <stdint.h>

struct nd_hashset;

/** An empty one, owned by ctx. */
struct nd_hashset *nd_hashset_new(const void *ctx);

/** Add a hash; one that is there keeps its number. */
void nd_hashset_add(struct nd_hashset *set, uint64_t hash, int32_t number);

bool nd_hashset_has(const struct nd_hashset *set, uint64_t hash);

/** The number of a hash, or missing when it is not there. */
int32_t
nd_hashset_get(const struct nd_hashset *set, uint64_t hash, int32_t missing);

#endif
