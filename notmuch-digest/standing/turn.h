/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turn.h - who must act in a thread, or had to: what the walk finds (turnwalk.h)
 */
#ifndef ND_STANDING_TURN_H
#define ND_STANDING_TURN_H

#include "model/thread.h"

/* Somebody of whom something is expected, or was. */
struct nd_turn_entry {
	const struct nd_address *who; /* NULL: an author who is not known */
	const struct nd_address *by;  /* whose mail it was */
	enum nd_attention_why why;
	int32_t message, about;
	int32_t pinged;  /* the last mail that reminds, or ND_NO_MESSAGE */
	int32_t since;   /* the mail since which it is so: message, or where
	                  * what that one wants was promised */
	bool nit;        /* wanted or asked beside a tag: blocks nothing */
	bool disputed;   /* wanted, and answered without a promise */
	bool left;       /* has had the turn */
	int32_t left_by; /* with this mail, when left */
};

struct nd_turn {
	struct nd_turn_entry *entry; /* by mail */
	size_t entry_count;
	int32_t refused, withdrawn, settled; /* mails; ND_NO_MESSAGE */
	uint64_t used; /* bit i: row i of the table did something */
};

/* What is walked through. */
struct nd_turn_walk {
	const struct nd_thread *thread;
	const struct nd_series *series; /* the newest, or NULL */
	const struct nd_address
		*author; /* of it, or who began; NULL: unknown */
	const struct nd_address *committer; /* who would take it, or NULL */
	const bool *foreign; /* of each mail: what is said of it does not
	                      * count, it posts another series */
	const bool *older;   /* of each mail: it posts an older version, which
	                      * counts until the newest is there */
	bool talk;
};

#endif
