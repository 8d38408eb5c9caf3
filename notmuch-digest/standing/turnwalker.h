/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turnwalker.h - the mail that the walk through a thread is at, and its sender
 *
 * For turnwalk.c, which walks, and turneffect.c, which does what the mail does.
 */
#ifndef ND_STANDING_TURNWALKER_H
#define ND_STANDING_TURNWALKER_H

#include "standing/turn.h"
#include "standing/turnrule.h"

enum {
	ND_TURNWALKER_ABOVE = 2000, /* mails above one that are looked at */
	ND_TURNWALKER_TAKERS = 50,  /* people who say that they took patches */
};

struct nd_turnwalker {
	const struct nd_turn_walk *walk;
	const struct nd_turnrule *rule;
	size_t rule_count;
	struct nd_turn *turn;
	int32_t index;     /* of the mail */
	unsigned role;     /* of its sender */
	size_t first, end; /* its events */
	bool promises;     /* one of them does */
	bool ended;        /* somebody has taken the patches */
	int32_t *mark;     /* of each mail: index + 1 of the last mail that
	                    * it was found to be above */
	bool marked;       /* those above index are */
	const struct nd_address *taker[ND_TURNWALKER_TAKERS];
	size_t taker_count;
};

const struct nd_message *nd_turnwalker_mail(const struct nd_turnwalker *walker);

/** Are they the same person, or both unknown? */
bool nd_turnwalker_same(const struct nd_address *a, const struct nd_address *b);

/** Set walker->taker, by the events of the whole thread. */
void nd_turnwalker_find_takers(struct nd_turnwalker *walker);

/** As what the sender of the mail acts: one of enum nd_turnrule_role. */
unsigned nd_turnwalker_role(const struct nd_turnwalker *walker);

/** Is a mail above the one in hand? */
bool nd_turnwalker_is_above(struct nd_turnwalker *walker, int32_t above);

/** Somebody has had the turn with the mail in hand, unless it was over before. */
void nd_turnwalker_leave(const struct nd_turnwalker *walker,
                         struct nd_turn_entry *entry);

#endif
