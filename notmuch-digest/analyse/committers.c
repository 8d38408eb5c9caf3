/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/committers.h"

#include <string.h>

#include "model/address.h"
#include "model/recipients.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum {
	TAKEN_MIN = 3, /* in a mailbox where little was taken */
	TAKEN_ENOUGH = 5,
	CROWD = 20,       /* people: who is among them was only told */
	PERCENT_MIN = 20, /* of the most that one of the thread has taken */
};

struct nd_committers {
	struct nd_map *address, *name; /* lower case -> how often */
	struct nd_map *called;         /* address in lower case -> name */
	unsigned total;
};

/*
 * Phrases, since single words stand in every second mail about patches. Each is
 * a query by itself: Xapian reads the places of words only of mails that have
 * all, but of far more when phrases are joined by "or". Who sends pull requests
 * has taken what they hold.
 */
const char *const *
nd_committers_queries(void)
{
#define ANSWER(phrase) "subject:re and \"" phrase "\""
	static const char *const queries[] = {
		ANSWER("applied thanks"),
		ANSWER("thanks applied"),
		ANSWER("i've applied"),
		ANSWER("merged thanks"),
		ANSWER("thanks merged"),
		ANSWER("i've merged"),
		ANSWER("patchset merged"),
		ANSWER("pushed thanks"),
		ANSWER("queued up"),
		ANSWER("series applied"),
		ANSWER("next thanks"),
		ANSWER("fixes thanks"),
		ANSWER("git thanks"),
		ANSWER("devel thanks"),
		"subject:pull and \"available in the git repository at\"",
		NULL,
	};
#undef ANSWER

	return queries;
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

/* Senders come in no order; the choice may not depend on it. */
static void
name_one(struct nd_committers *all, struct nd_map *mails, const char *addr,
         const char *name, unsigned count)
{
	const char *old = nd_map_get(all->called, addr);
	intptr_t old_count = nd_map_get_int(mails, addr, 0);

	if (old && (old_count > (intptr_t)count ||
	            (old_count == (intptr_t)count && strcmp(old, name) <= 0)))
		return;
	nd_map_set(all->called, addr, x_strdup(all, name));
	nd_map_set_int(mails, addr, (intptr_t)count);
}

struct nd_committers *
nd_committers_new(const void *ctx, const struct nd_sender_list *senders)
{
	struct nd_committers *all = x_new(ctx, struct nd_committers);
	void *tmp = talloc_new(NULL);
	struct nd_map *mails = nd_map_new(tmp);

	all->called = nd_map_new(all);
	all->address = nd_map_new(all);
	all->name = nd_map_new(all);
	for (size_t i = 0; i < senders->count; i++) {
		const struct nd_sender *sender = &senders->sender[i];
		struct nd_address who = split(tmp, sender->from);
		const char *name = name_key(tmp, &who);

		all->total += sender->mails;
		if (*who.addr && !is_rewritten(&who))
			count_one(all->address,
			          nd_str_lower(x_strdup(tmp, who.addr)),
			          sender->mails);
		if (name)
			count_one(all->name, name, sender->mails);
		if (name && !is_rewritten(&who))
			name_one(all, mails,
			         nd_str_lower(x_strdup(tmp, who.addr)),
			         nd_address_name(tmp, &who), sender->mails);
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

const char *
nd_committers_name(const struct nd_committers *all, const char *addr)
{
	const char *name = NULL;
	char *key;

	if (!all)
		return NULL;
	key = nd_str_lower(x_strdup(NULL, addr));
	name = nd_map_get(all->called, key);
	talloc_free(key);
	return name;
}

/* ---- of one thread ------------------------------------------------------- */

static void
compare_one(struct nd_thread *thread, const struct nd_address *who)
{
	unsigned taken = nd_committers_taken(thread->committers, who);

	if (taken > thread->taken_most && !nd_recipients_is_list(thread, who))
		thread->taken_most = taken;
}

void
nd_committers_compare(struct nd_thread *thread)
{
	const struct nd_message *root = nd_thread_root(thread);

	thread->taken_most = 0;
	if (!thread->committers)
		return;
	for (size_t i = 0; i < thread->participant_count; i++)
		if (!thread->participant[i].robot)
			compare_one(thread, &thread->participant[i].who);
	for (size_t i = 0; i < root->to.count; i++)
		compare_one(thread, &root->to.address[i]);
	for (size_t i = 0; i < root->cc.count; i++)
		compare_one(thread, &root->cc.address[i]);
	for (size_t i = 0; i < thread->trailer_count; i++)
		compare_one(thread, &thread->trailer[i].who);
}

/* A fifth of all, but no more than tells a committer in any mailbox. */
static bool
is_enough(const struct nd_committers *all, unsigned taken)
{
	return taken >= TAKEN_ENOUGH ||
	       (taken >= TAKEN_MIN && taken * 100 >= PERCENT_MIN * all->total);
}

bool
nd_committers_is_one(const struct nd_thread *thread,
                     const struct nd_address *who)
{
	unsigned taken = nd_committers_taken(thread->committers, who);

	return taken > 0 && is_enough(thread->committers, taken) &&
	       taken * 100 >= PERCENT_MIN * thread->taken_most;
}

struct search {
	const struct nd_thread *thread;
	const struct nd_address *author, *best;
	unsigned taken;
};

static void
consider(struct search *search, const struct nd_address *who)
{
	unsigned taken = nd_committers_taken(search->thread->committers, who);

	if (taken <= search->taken ||
	    !nd_committers_is_one(search->thread, who) ||
	    nd_address_same_person(who, search->author) ||
	    nd_recipients_is_list(search->thread, who))
		return;
	search->best = who;
	search->taken = taken;
}

/* Who has taken most of those who got the patches or gave a tag. */
static const struct nd_address *
most_frequent(const struct nd_thread *thread, const struct nd_message *root)
{
	struct search search = {.thread = thread, .author = &root->sender};

	for (size_t i = 0; i < root->to.count; i++)
		consider(&search, &root->to.address[i]);
	for (size_t i = 0; i < root->cc.count && root->cc.count < CROWD; i++)
		consider(&search, &root->cc.address[i]);
	for (size_t i = 0; i < thread->trailer_count; i++)
		consider(&search, &thread->trailer[i].who);
	return search.best;
}

/* Who gives a tag has been asked for it, and leaves the rest to others. */
static bool
has_tagged(const struct nd_thread *thread, const struct nd_address *who)
{
	for (size_t i = 0; i < thread->trailer_count; i++)
		if (nd_address_same_person(&thread->trailer[i].who, who))
			return true;
	return false;
}

/* Who takes patches here and has answered to all of these, and not with a tag,
 * which leaves them to others; NULL: nobody. */
static const struct nd_address *
answering_committer(const struct nd_thread *thread,
                    const struct nd_message *root)
{
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];

		if (nd_message_is_person(mail) &&
		    (mail->parts->number == 0 || mail->parts->total <= 1) &&
		    !nd_address_same_person(&mail->sender, &root->sender) &&
		    nd_committers_is_one(thread, &mail->sender) &&
		    !has_tagged(thread, &mail->sender))
			return &mail->sender;
	}
	return NULL;
}

const struct nd_address *
nd_committers_expect(const struct nd_thread *thread,
                     const struct nd_series *series)
{
	const struct nd_message *root =
		series ? thread->message[series->root] : nd_thread_root(thread);
	bool answer = root->parts->flags & ND_SUBJECT_REPLY, only;
	const struct nd_address *first, *best;

	if (!answer && nd_committers_is_one(thread, &root->sender))
		return &root->sender;
	/* What is answered is missing: then that is its author. */
	first = nd_recipients_first(thread, root, &only);
	only = only && !answer;
	if (only && !has_tagged(thread, first)) {
		/* Who is the only one in To may be any reviewer. */
		best = nd_committers_is_one(thread, first)
		               ? NULL
		               : answering_committer(thread, root);
		return best ? best : first;
	}
	best = most_frequent(thread, root);
	return only && !best ? first : best;
}
