/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * map.h - a table from strings to pointers (GLib's GHashTable inside)
 *
 * Keys are copied; values are only kept, never freed. The table does not say
 * in what order it holds its keys, so nothing that is printed may depend on
 * walking it: keep an array beside it.
 */
#ifndef ND_UTIL_MAP_H
#define ND_UTIL_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nd_map;

/** A new empty map, owned by ctx. */
struct nd_map *nd_map_new(const void *ctx);

/** Set key to value; returns true when the key was not there before. */
bool nd_map_set(struct nd_map *map, const char *key, void *value);

/** The value of key, or NULL when it is not there. */
void *nd_map_get(const struct nd_map *map, const char *key);

bool nd_map_has(const struct nd_map *map, const char *key);
size_t nd_map_count(const struct nd_map *map);

/** Numbers as values: get returns missing for a key that is not there. */
bool nd_map_set_int(struct nd_map *map, const char *key, intptr_t value);
intptr_t
nd_map_get_int(const struct nd_map *map, const char *key, intptr_t missing);

#endif
