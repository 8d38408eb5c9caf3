/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/map.h"

#include <glib.h>

#include "util/alloc.h"

struct nd_map {
	GHashTable *table;
};

static int
map_destructor(struct nd_map *map)
{
	g_hash_table_destroy(map->table);
	return 0;
}

struct nd_map *
nd_map_new(const void *ctx)
{
	struct nd_map *map = x_new(ctx, struct nd_map);

	map->table =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	talloc_set_destructor(map, map_destructor);
	return map;
}

bool
nd_map_set(struct nd_map *map, const char *key, void *value)
{
	return g_hash_table_insert(map->table, g_strdup(key), value);
}

void *
nd_map_get(const struct nd_map *map, const char *key)
{
	return g_hash_table_lookup(map->table, key);
}

bool
nd_map_has(const struct nd_map *map, const char *key)
{
	return g_hash_table_contains(map->table, key);
}

size_t
nd_map_count(const struct nd_map *map)
{
	return g_hash_table_size(map->table);
}

bool
nd_map_set_int(struct nd_map *map, const char *key, intptr_t value)
{
	return nd_map_set(map, key, (void *)value);
}

intptr_t
nd_map_get_int(const struct nd_map *map, const char *key, intptr_t missing)
{
	void *value;

	if (!g_hash_table_lookup_extended(map->table, key, NULL, &value))
		return missing;
	return (intptr_t)value;
}
