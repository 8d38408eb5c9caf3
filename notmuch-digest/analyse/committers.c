/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/committers.h"

#include <string.h>

#include "model/address.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

struct nd_committers {
	struct nd_map *address, *name; /* lower case -> how often */
};

/*
 * Phrases, since single words stand in every second mail about patches. Each is
 * a query by itself: Xapian reads the places of words only of mails that have
 * both, but of far more when phrases are joined by "or".
 */
const char *const *
nd_committers_phrases(void)
{
	static const char *const phrases[] = {
		"applied thanks", "merged thanks",
		"pushed thanks",  "queued for",
		"queued up",      "series applied",
		"next thanks",    "fixes thanks",
		"git thanks",     "tree thanks",
		"branch thanks",  "master thanks",
		"devel thanks",   NULL,
	};

	return phrases;
}

static void
count_one(struct nd_map *map, const char *key, unsigned count)
{
	nd_map_set_int(map, key, nd_map_get_int(map, key, 0) + (intptr_t)count);
}

/* "Ben Poor via list <list@example.org>" is not the list's address. */
static bool
is_rewritten(const struct nd_address *who)
{
	return nd_mem_find_nocase(who->name, strlen(who->name), " via ");
}

/* A first name alone may be anybody's. */
static const char *
name_key(const void *ctx, const struct nd_address *who)
{
	const char *name = nd_address_name(ctx, who);

	return strchr(name, ' ') ? nd_str_lower(x_strdup(ctx, name)) : NULL;
}

static struct nd_address
split(const void *ctx, const char *from)
{
	const char *open = strrchr(from, '<');

	if (!open)
		return (struct nd_address){.name = "", .addr = from};
	return (struct nd_address){
		.name = x_strndup(ctx, from, (size_t)(open - from)),
		.addr = x_strndup(ctx, open + 1, strcspn(open + 1, ">")),
	};
}

struct nd_committers *
nd_committers_new(const void *ctx, const struct nd_sender_list *senders)
{
	struct nd_committers *all = x_new(ctx, struct nd_committers);
	void *tmp = talloc_new(NULL);

	all->address = nd_map_new(all);
	all->name = nd_map_new(all);
	for (size_t i = 0; i < senders->count; i++) {
		const struct nd_sender *sender = &senders->sender[i];
		struct nd_address who = split(tmp, sender->from);
		const char *name = name_key(tmp, &who);

		if (*who.addr && !is_rewritten(&who))
			count_one(all->address,
			          nd_str_lower(x_strdup(tmp, who.addr)),
			          sender->mails);
		if (name)
			count_one(all->name, name, sender->mails);
	}
	talloc_free(tmp);
	return all;
}

unsigned
nd_committers_taken(const struct nd_committers *all,
                    const struct nd_address *who)
{
	intptr_t by_address, by_name = 0;
	const char *name;
	void *tmp;

	if (!all)
		return 0;
	tmp = talloc_new(NULL);
	name = name_key(tmp, who);
	by_address = nd_map_get_int(all->address,
	                            nd_str_lower(x_strdup(tmp, who->addr)), 0);
	if (name)
		by_name = nd_map_get_int(all->name, name, 0);
	talloc_free(tmp);
	return (unsigned)(by_address > by_name ? by_address : by_name);
}
