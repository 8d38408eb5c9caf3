/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/clockskew.h"

#include <stdlib.h>
#include <string.h>

#include "model/address.h"
#include "util/alloc.h"
#include "util/map.h"

enum {
	DAY_S = 86400,
	/* Machines' clocks differ, too: seen are some two minutes. */
	FAST_S = 300,
	/* RFC 822 is of 1982-08-13. */
	FIRST_S = 398044800,
	/* One of whom may be the writer himself. */
	EARLY_PEOPLE = 3,
};

enum trust {
	UNKNOWN,   /* what the mail says cannot be */
	WRITTEN,   /* its Date alone says so */
	BORNE_OUT, /* others say so, too */
};

/* What is thought of one mail, and what those below it say. */
struct estimate {
	int64_t time_s; /* 0: not known */
	enum trust trust;
	int64_t witness_s; /* the earliest that is borne out */
	/* The earliest mails of different people. */
	struct {
		int64_t time_s;
		const struct nd_address *who;
	} early[EARLY_PEOPLE];
	size_t early_count;
};

/* By how much somebody's clock was fast, at most, and when it said what. */
struct shift {
	int64_t said_s, fast_s;
};

struct skew {
	struct nd_message *const *message;
	size_t count;
	struct estimate *estimate;
	int32_t *order; /* of mails: each behind what it answers */
	int64_t future_s;
	struct nd_map *shift; /* key of a person -> struct shift; or NULL */
};

static int64_t
written_s(const struct nd_message *message)
{
	if (message->written_s != 0)
		return message->written_s;
	/* A mail that was not read has only what the database knows. */
	return nd_message_day_s(message);
}

/* ---- whose clock it is --------------------------------------------------- */

/* What a machine adds is delay: the largest difference is the clock's. */
static void
remember_shift(struct skew *skew, int32_t i)
{
	int64_t said_s = written_s(skew->message[i]);
	int64_t fast_s = said_s - skew->estimate[i].time_s;
	const char *key = nd_address_key(NULL, &skew->message[i]->sender);
	struct shift *known;

	if (!skew->shift)
		skew->shift = nd_map_new(skew->order);
	known = nd_map_get(skew->shift, key);
	if (!known) {
		known = x_new(skew->shift, struct shift);
		nd_map_set(skew->shift, key, known);
	}
	if (fast_s > known->fast_s) {
		known->fast_s = fast_s;
		known->said_s = said_s;
	}
	talloc_free((void *)key);
}

static const struct shift *
find_shift(const struct skew *skew, const struct nd_message *message)
{
	const char *key = nd_address_key(NULL, &message->sender);
	const struct shift *shift = nd_map_get(skew->shift, key);

	talloc_free((void *)key);
	return shift && llabs(written_s(message) - shift->said_s) <= DAY_S
	               ? shift
	               : NULL;
}

/* A clock was fast for all mails of a posting, whose distances stay. */
static void
shift_others(const struct skew *skew)
{
	for (size_t i = 0; skew->shift && i < skew->count; i++) {
		struct estimate *estimate = &skew->estimate[i];
		int64_t said_s = written_s(skew->message[i]);
		const struct shift *shift;

		if (estimate->trust != WRITTEN && said_s <= estimate->time_s)
			continue;
		shift = find_shift(skew, skew->message[i]);
		if (shift &&
		    (estimate->trust == WRITTEN ||
		     shift->fast_s - (said_s - estimate->time_s) <= FAST_S))
			estimate->time_s = said_s - shift->fast_s;
	}
}

/* ---- what a mail says itself --------------------------------------------- */

static struct estimate
estimate_alone(const struct nd_message *message, int64_t future_s)
{
	int64_t date_s = written_s(message);
	struct estimate estimate = {
		.time_s = date_s,
		.trust = BORNE_OUT,
		.witness_s = INT64_MAX,
	};

	if (message->received_s != 0) {
		if (date_s > message->received_s + FAST_S)
			estimate.time_s = message->received_s;
		else if (date_s + DAY_S < message->received_first_s)
			estimate.time_s = message->received_first_s;
	} else if (date_s < FIRST_S || date_s - DAY_S > future_s) {
		estimate.time_s = 0;
		estimate.trust = UNKNOWN;
	} else {
		estimate.trust = WRITTEN;
	}
	return estimate;
}

/* Parents before their answers. */
static void
find_order(struct skew *skew)
{
	size_t count = skew->count, done = 0, found = 0;
	int32_t *first = x_array(NULL, int32_t, count);
	int32_t *next = x_array(first, int32_t, count);

	for (size_t i = 0; i < count; i++)
		first[i] = next[i] = ND_NO_MESSAGE;
	for (size_t i = 0; i < count; i++) {
		int32_t parent = skew->message[i]->parent;

		if (parent == ND_NO_MESSAGE) {
			skew->order[found++] = (int32_t)i;
		} else {
			next[i] = first[parent];
			first[parent] = (int32_t)i;
		}
	}
	for (; done < found; done++)
		for (int32_t i = first[skew->order[done]]; i != ND_NO_MESSAGE;
		     i = next[i])
			skew->order[found++] = i;
	talloc_free(first);
}

/* ---- what its answers say ------------------------------------------------ */

/* The list stays sorted, each person once with his earliest. */
static void
add_early(struct estimate *to, int64_t time_s, const struct nd_address *who)
{
	size_t at = 0, end;

	while (at < to->early_count && to->early[at].time_s <= time_s) {
		if (nd_address_same_person(to->early[at].who, who))
			return;
		at++;
	}
	for (end = at; end < to->early_count; end++)
		if (nd_address_same_person(to->early[end].who, who))
			break;
	if (end == EARLY_PEOPLE)
		end--;
	else if (end == to->early_count)
		to->early_count++;
	if (at == EARLY_PEOPLE)
		return;
	for (; end > at; end--)
		to->early[end] = to->early[end - 1];
	to->early[at].time_s = time_s;
	to->early[at].who = who;
}

/* By when it was there for sure. Its own clock may be some hours slow. */
static int64_t
there_s(const struct estimate *estimate, const struct nd_message *message)
{
	return estimate->time_s > message->received_s ? estimate->time_s
	                                              : message->received_s;
}

static void
hand_up(const struct skew *skew, int32_t i)
{
	const struct estimate *from = &skew->estimate[i];
	int32_t parent = skew->message[i]->parent;
	struct estimate *to;

	if (parent == ND_NO_MESSAGE)
		return;
	to = &skew->estimate[parent];
	if (from->witness_s < to->witness_s)
		to->witness_s = from->witness_s;
	if (from->trust == BORNE_OUT &&
	    there_s(from, skew->message[i]) < to->witness_s)
		to->witness_s = there_s(from, skew->message[i]);
	if (to->trust == BORNE_OUT && skew->message[parent]->parent < 0)
		return; /* nobody will ask */
	for (size_t k = 0; k < from->early_count; k++)
		add_early(to, from->early[k].time_s, from->early[k].who);
	if (from->trust != UNKNOWN)
		add_early(to, from->time_s, &skew->message[i]->sender);
}

/*
 * When two people agree that a mail was there, each by an answer below it that
 * is older than before_s. One alone may have a slow clock.
 */
static int64_t
agreed_s(const struct estimate *estimate, int64_t before_s,
         const struct nd_address *writer)
{
	int64_t one_s = INT64_MAX;

	for (size_t i = 0; i < estimate->early_count; i++) {
		int64_t time_s = estimate->early[i].time_s;

		if (time_s >= before_s)
			break;
		if (nd_address_same_person(estimate->early[i].who, writer))
			continue;
		if (one_s != INT64_MAX)
			return time_s - one_s <= DAY_S ? one_s : time_s;
		one_s = time_s;
	}
	return INT64_MAX;
}

/* Nobody answers what is not there yet. */
static void
judge_by_answers(struct skew *skew, int32_t i)
{
	struct estimate *estimate = &skew->estimate[i];
	bool is_unknown = estimate->trust == UNKNOWN;
	int64_t before_s = is_unknown ? INT64_MAX : estimate->time_s;
	int64_t bound_s = estimate->witness_s, agreed;

	if (estimate->trust == BORNE_OUT)
		return;
	agreed = agreed_s(estimate, before_s, &skew->message[i]->sender);
	if (agreed < bound_s)
		bound_s = agreed;
	if (is_unknown && bound_s == INT64_MAX && estimate->early_count > 0)
		bound_s = estimate->early[0].time_s;
	if (bound_s >= before_s)
		return;
	estimate->time_s = bound_s - 1;
	if (is_unknown)
		return;
	estimate->trust = BORNE_OUT;
	remember_shift(skew, i);
}

/* ---- what it answers says ------------------------------------------------ */

static bool
is_behind(const struct nd_message *message, int64_t time_s,
          const struct nd_message *parent, int64_t parent_s)
{
	if (time_s != parent_s)
		return time_s > parent_s;
	return strcmp(message->id, parent->id) > 0;
}

static void
put_behind_parent(const struct skew *skew, int32_t i)
{
	const struct nd_message *message = skew->message[i];
	struct estimate *estimate = &skew->estimate[i];
	int32_t parent = message->parent;
	int64_t parent_s;

	if (parent == ND_NO_MESSAGE) {
		if (estimate->time_s == 0)
			estimate->time_s = written_s(message);
		return;
	}
	parent_s = skew->estimate[parent].time_s;
	if (is_behind(message, estimate->time_s, skew->message[parent],
	              parent_s))
		return;
	if (message->received_first_s > parent_s)
		estimate->time_s = message->received_first_s;
	else if (message->received_s > parent_s)
		estimate->time_s = message->received_s;
	else
		estimate->time_s = parent_s + 1;
}

void
nd_clockskew_repair(struct nd_thread *thread, int64_t future_s)
{
	struct skew skew = {
		.message = thread->message,
		.count = thread->message_count,
		.future_s = future_s,
	};

	skew.order = x_array(NULL, int32_t, skew.count);
	skew.estimate = x_array(skew.order, struct estimate, skew.count);
	for (size_t i = 0; i < skew.count; i++) {
		skew.estimate[i] = estimate_alone(skew.message[i], future_s);
		if (skew.estimate[i].trust == BORNE_OUT &&
		    skew.estimate[i].time_s < written_s(skew.message[i]))
			remember_shift(&skew, (int32_t)i);
	}
	find_order(&skew);
	for (size_t i = skew.count; i-- > 0;) {
		judge_by_answers(&skew, skew.order[i]);
		hand_up(&skew, skew.order[i]);
	}
	shift_others(&skew);
	for (size_t i = 0; i < skew.count; i++)
		put_behind_parent(&skew, skew.order[i]);
	for (size_t i = 0; i < skew.count; i++) {
		struct nd_message *message = thread->message[i];

		message->date_s = skew.estimate[i].time_s;
		message->flags &= ~(unsigned)ND_MESSAGE_UNDATED;
		if (skew.estimate[i].trust == UNKNOWN)
			message->flags |= ND_MESSAGE_UNDATED;
	}
	talloc_free(skew.order);
}
