/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "telling/subthreads.h"

#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum {
	REPLIES_MIN = 3, /* of a sub-thread without a title of its own */
	FORK_SHARE = 10, /* the least part of a sub-thread that leaves it */
};

struct parting {
	const struct nd_thread *thread;
	enum nd_zone zone;
	unsigned large;
	struct nd_subthreads *subthreads;
	int32_t *up;      /* what a mail answers; the root's child: root */
	uint32_t *weight; /* replies below a mail, within its sub-thread */
};

bool
nd_subthreads_in_zone(const struct nd_message *message, enum nd_zone zone)
{
	bool is_new = message->flags & ND_MESSAGE_NEW;

	return is_new == (zone == ND_ZONE_NEW);
}

bool
nd_subthreads_is_posting(const struct nd_message *message)
{
	static const unsigned posting =
		ND_SUBJECT_PATCH | ND_SUBJECT_PULL | ND_SUBJECT_NUMBERED;

	return message->parts && message->parts->flags & posting &&
	       !(message->parts->flags & ND_SUBJECT_REPLY);
}

static const char *
title_of(const struct nd_message *message)
{
	return message->parts ? message->parts->title : message->subject;
}

static bool
same_title(const struct nd_message *a, const struct nd_message *b)
{
	return nd_str_equal_nocase(title_of(a), title_of(b));
}

/* The opening mail's subject, of the same version. */
static bool
is_of_root(const struct nd_thread *thread, const struct nd_message *message)
{
	const struct nd_message *root = nd_thread_root(thread);

	return same_title(message, root) &&
	       (!message->parts || !root->parts ||
	        (message->parts->version == root->parts->version &&
	         message->parts->number == root->parts->number));
}

bool
nd_subthreads_has_title(const struct nd_thread *thread, int32_t mail)
{
	const struct nd_message *message = thread->message[mail];

	return *title_of(message) && !is_of_root(thread, message);
}

/* Parents come first, except where a clock was wrong. */
static void
find_parents(struct parting *p)
{
	int32_t root = p->thread->root;

	for (size_t i = 0; i < p->thread->message_count; i++) {
		int32_t parent = p->thread->message[i]->parent;

		p->up[i] = parent >= 0 && parent < (int32_t)i ? parent : root;
	}
}

/* Answers to a patch that is missing all belong to it. */
static int32_t
first_of_title(struct nd_map *titles, const struct nd_message *message,
               int32_t i)
{
	const struct nd_subject *parts = message->parts;
	char *key = x_asprintf(NULL, "%d/%d %s", parts ? parts->version : 1,
	                       parts ? parts->number : 0, title_of(message));
	intptr_t first = nd_map_get_int(titles, nd_str_lower(key), i);

	if (first == i)
		nd_map_set_int(titles, key, i);
	talloc_free(key);
	return (int32_t)first;
}

static int32_t
tree_of(struct parting *p, struct nd_map *titles, int32_t i)
{
	const struct nd_thread *thread = p->thread;
	const struct nd_message *message = thread->message[i];
	int32_t up = p->up[i];

	if (i == thread->root)
		return ND_NO_MESSAGE;
	if (is_of_root(thread, message))
		return up == thread->root ? i : p->subthreads->tree[up];
	if (nd_subthreads_is_posting(message) ||
	    (*title_of(message) && !same_title(message, thread->message[up])))
		return first_of_title(titles, message, i);
	return up == thread->root ? i : p->subthreads->tree[up];
}

static void
plant_trees(struct parting *p)
{
	struct nd_map *titles = nd_map_new(NULL);

	for (size_t i = 0; i < p->thread->message_count; i++)
		p->subthreads->tree[i] = tree_of(p, titles, (int32_t)i);
	talloc_free(titles);
}

static void
count_mails(struct parting *p)
{
	struct nd_subthreads *subthreads = p->subthreads;

	for (size_t i = 0; i < p->thread->message_count; i++) {
		const struct nd_message *message = p->thread->message[i];
		int32_t tree = subthreads->tree[i];

		if (tree < 0 || !nd_subthreads_in_zone(message, p->zone))
			continue;
		subthreads->mails[tree]++;
		subthreads->replies[tree] += !nd_subthreads_is_posting(message);
	}
}

/* ---- sub-threads that hold most of the thread ---- */

static void
weigh(struct parting *p)
{
	const int32_t *tree = p->subthreads->tree;

	for (size_t i = p->thread->message_count; i-- > 0;) {
		const struct nd_message *message = p->thread->message[i];
		int32_t up = p->up[i];

		p->weight[i] += nd_subthreads_in_zone(message, p->zone) &&
		                !nd_subthreads_is_posting(message);
		if (up >= 0 && up < (int32_t)i && tree[up] == tree[i])
			p->weight[up] += p->weight[i];
	}
}

/* Two long talks that answer the same mail go on as sub-threads of their
 * own. */
static void
part_at_forks(struct parting *p)
{
	struct nd_subthreads *subthreads = p->subthreads;
	size_t count = p->thread->message_count;
	int32_t *whole = x_array(NULL, int32_t, count);
	uint32_t *heavy = x_array(whole, uint32_t, count);

	weigh(p);
	for (size_t i = 0; i < count; i++) {
		int32_t tree = whole[i] = subthreads->tree[i];
		int32_t up = p->up[i];

		if (tree < 0 || tree == (int32_t)i ||
		    subthreads->tree[up] != tree)
			continue;
		heavy[up] +=
			p->weight[i] > REPLIES_MIN &&
			p->weight[i] >= subthreads->replies[tree] / FORK_SHARE;
	}
	for (size_t i = 0; i < count; i++) {
		int32_t tree = whole[i], up = p->up[i];

		if (tree < 0 || tree == (int32_t)i || whole[up] != tree ||
		    subthreads->replies[tree] <= p->large)
			continue;
		if (heavy[up] > 1 && p->weight[i] > REPLIES_MIN &&
		    p->weight[i] >= subthreads->replies[tree] / FORK_SHARE)
			subthreads->tree[i] = (int32_t)i;
		else
			subthreads->tree[i] = subthreads->tree[up];
	}
	talloc_free(whole);
}

static void
count_again(struct parting *p)
{
	struct nd_subthreads *subthreads = p->subthreads;

	for (size_t i = 0; i < p->thread->message_count; i++)
		subthreads->mails[i] = subthreads->replies[i] = 0;
	count_mails(p);
}

/* ---- what is told as one ---- */

/* A word or two about the opening mail make no topic. */
static void
leave_small_ones(struct parting *p)
{
	struct nd_subthreads *subthreads = p->subthreads;

	for (size_t i = 0; i < p->thread->message_count; i++) {
		int32_t tree = subthreads->tree[i];

		if (tree >= 0 && subthreads->replies[tree] < REPLIES_MIN &&
		    !nd_subthreads_has_title(p->thread, tree))
			subthreads->tree[i] = ND_NO_MESSAGE;
	}
}

static void
chain_mails(struct parting *p)
{
	struct nd_subthreads *subthreads = p->subthreads;
	size_t count = p->thread->message_count;
	int32_t *last = x_array(NULL, int32_t, count);

	for (size_t i = 0; i < count; i++) {
		int32_t tree = subthreads->tree[i];

		subthreads->next[i] = ND_NO_MESSAGE;
		if (tree < 0)
			continue;
		if (tree != (int32_t)i)
			subthreads->next[last[tree]] = (int32_t)i;
		last[tree] = (int32_t)i;
		if (tree == (int32_t)i && subthreads->replies[tree])
			*x_append(subthreads, subthreads->first,
			          subthreads->count) = tree;
	}
	talloc_free(last);
}

struct nd_subthreads *
nd_subthreads_new(const void *ctx, const struct nd_thread *thread,
                  enum nd_zone zone, unsigned large)
{
	struct nd_subthreads *subthreads = x_new(ctx, struct nd_subthreads);
	size_t count = thread->message_count;
	struct parting p = {
		.thread = thread,
		.zone = zone,
		.large = large,
		.subthreads = subthreads,
		.up = x_array(subthreads, int32_t, count),
		.weight = x_array(subthreads, uint32_t, count),
	};

	subthreads->tree = x_array(subthreads, int32_t, count);
	subthreads->next = x_array(subthreads, int32_t, count);
	subthreads->mails = x_array(subthreads, uint32_t, count);
	subthreads->replies = x_array(subthreads, uint32_t, count);
	find_parents(&p);
	plant_trees(&p);
	count_mails(&p);
	part_at_forks(&p);
	count_again(&p);
	leave_small_ones(&p);
	chain_mails(&p);
	talloc_free(p.up);
	talloc_free(p.weight);
	return subthreads;
}
