/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/hashset.h"

#include <stddef.h>

#include "util/alloc.h"

enum { SIZE = 1024 }; /* at first; a power of two */

struct entry {
	uint64_t key; /* 0: free */
	int32_t number;
};

struct nd_hashset {
	struct entry *entry;
	size_t size, used;
};

/* 0 marks what is free; its place is taken by 1. */
static uint64_t
key_of(uint64_t hash)
{
	return hash ? hash : 1;
}

/* Where the key stands, or would stand. */
static struct entry *
slot(const struct nd_hashset *set, uint64_t key)
{
	size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) &
	            (set->size - 1);

	while (set->entry[at].key && set->entry[at].key != key)
		at = (at + 1) & (set->size - 1);
	return &set->entry[at];
}

static void
grow(struct nd_hashset *set)
{
	struct nd_hashset old = *set;

	set->size = old.size ? old.size * 2 : SIZE;
	set->entry = x_array(set, struct entry, set->size);
	for (size_t i = 0; i < old.size; i++)
		if (old.entry[i].key)
			*slot(set, old.entry[i].key) = old.entry[i];
	talloc_free(old.entry);
}

struct nd_hashset *
nd_hashset_new(const void *ctx)
{
	return x_new(ctx, struct nd_hashset);
}

void
nd_hashset_add(struct nd_hashset *set, uint64_t hash, int32_t number)
{
	struct entry *entry;

	if (set->used * 2 >= set->size)
		grow(set);
	entry = slot(set, key_of(hash));
	if (entry->key)
		return;
	*entry = (struct entry){key_of(hash), number};
	set->used++;
}

bool
nd_hashset_has(const struct nd_hashset *set, uint64_t hash)
{
	return set->size > 0 && slot(set, key_of(hash))->key;
}

int32_t
nd_hashset_get(const struct nd_hashset *set, uint64_t hash, int32_t missing)
{
	return nd_hashset_has(set, hash) ? slot(set, key_of(hash))->number
	                                 : missing;
}
