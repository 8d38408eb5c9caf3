/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/speakers.h"

#include <string.h>

#include "model/address.h"
#include "util/alloc.h"
#include "util/map.h"

/* While they are found. */
struct speakers {
	struct nd_speaker *speaker;
	size_t count;
	struct nd_map *index; /* by address, and by name */
};

/* Those who answer for a program, from its address, are not the program. */
static const char *
key_of(const void *ctx, const struct nd_address *who, bool robot)
{
	const char *key = nd_address_key(ctx, who);

	return robot ? x_asprintf(ctx, "robot %s", key) : key;
}

/* The one of two addresses is the one who has spoken under the same name. */
static intptr_t
known_person(const struct speakers *all, const char *key,
             const struct nd_address *who, const char *name)
{
	intptr_t person = nd_map_get_int(all->index, key, -1);

	if (person >= 0)
		return person;
	person = nd_map_get_int(all->index, name, -1);
	if (person >= 0 &&
	    nd_address_same_person(all->speaker[person].who, who))
		return person;
	return -1;
}

static int32_t
person_of(const void *ctx, struct speakers *all, const struct nd_address *who,
          bool robot)
{
	const char *name = nd_address_name(ctx, who);
	const char *key = key_of(all->index, who, robot);
	intptr_t person = known_person(all, key, who, name);
	struct nd_speaker *speaker;

	if (person < 0) {
		person = (intptr_t)all->count;
		speaker = x_append(ctx, all->speaker, all->count);
		speaker->name = name;
		speaker->who = who;
		nd_map_set_int(all->index, name, person);
	}
	nd_map_set_int(all->index, key, person);
	return (int32_t)person;
}

/* Whoever was named is called by the first name from then on. */
static void
find_short_names(const void *ctx, struct speakers *all)
{
	struct nd_map *owners = nd_map_new(NULL);

	for (size_t i = 0; i < all->count; i++) {
		const char *name = all->speaker[i].name;
		char *first = x_strndup(ctx, name, strcspn(name, " "));

		all->speaker[i].short_name = first;
		nd_map_set_int(owners, first,
		               nd_map_get_int(owners, first, 0) + 1);
	}
	for (size_t i = 0; i < all->count; i++) {
		const char *first = all->speaker[i].short_name;

		/* "J. Doe" is not called "J.", nor "kernel robot" "kernel" */
		if (nd_map_get_int(owners, first, 0) > 1 || strlen(first) < 3 ||
		    strchr(first, '.') || (*first >= 'a' && *first <= 'z'))
			all->speaker[i].short_name = all->speaker[i].name;
	}
	talloc_free(owners);
}

struct nd_speaker *
nd_speakers_find(const void *ctx, const struct nd_thread *thread,
                 struct nd_source *source, size_t *count)
{
	struct speakers all = {.index = nd_map_new(NULL)};

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *message = thread->message[i];
		bool robot = !nd_message_is_person(message);

		source[i].person =
			person_of(ctx, &all, &message->sender, robot);
		source[i].author =
			person_of(ctx, &all, &message->author, robot);
	}
	find_short_names(ctx, &all);
	talloc_free(all.index);
	*count = all.count;
	return all.speaker;
}
