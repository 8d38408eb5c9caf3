/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turn.h - what each act does to who must act
 *
 * One table: an act (the type of an event) and the role of the one who does it
 * say who enters, and why, who leaves, and what becomes of what was asked for.
 * A thread is walked through once, mail by mail. Who writes below a mail that
 * asked him has had his turn, whatever he says; who writes without a known act
 * hands the turn to nobody.
 *
 * Pure; needs no text of the mails, but the recipients of their roots.
 *
 * Limits: at most 500 are expected to do something at once; more do not enter.
 */
#ifndef ND_ANALYSE_TURN_H
#define ND_ANALYSE_TURN_H

#include "model/thread.h"

/* Who does it. On patches the first four, in talks the others. */
enum nd_turn_role {
	ND_TURN_AUTHOR = 1u << 0,
	ND_TURN_REVIEWER = 1u << 1,
	ND_TURN_COMMITTER = 1u << 2, /* a reviewer who takes patches here */
	ND_TURN_ROBOT = 1u << 3,
	ND_TURN_ASKER = 1u << 4, /* who began the talk */
	ND_TURN_HELPER = 1u << 5,
};

/* Who enters. */
enum nd_turn_entrant {
	ND_TURN_NOBODY,
	ND_TURN_THE_AUTHOR,
	ND_TURN_THE_SPEAKER,
	ND_TURN_THE_ASKED,     /* who is called by name, else the answered */
	ND_TURN_THE_ANSWERED,  /* the nearest other person above the mail */
	ND_TURN_THE_REQUESTER, /* who wanted changes last */
};

/* When it holds, and what else it does. */
enum nd_turn_effect {
	ND_TURN_IF_FAILED = 1u << 0,   /* only of a result that is bad */
	ND_TURN_IF_FIXED = 1u << 1,    /* only of a command that says so */
	ND_TURN_IF_ON_WHOLE = 1u << 2, /* of a cover or single patch only */
	ND_TURN_IF_AFRESH = 1u << 3,   /* not as an answer to anybody */
	ND_TURN_IF_NEWER = 1u << 4,    /* only of a newer version in here */
	ND_TURN_REQUESTS = 1u << 5,    /* wants something to be different */
	ND_TURN_PROMISES = 1u << 6,    /* what is wanted will be done */
	ND_TURN_AGREES = 1u << 7,      /* so, too, if something is wanted */
	ND_TURN_DISPUTES = 1u << 8,    /* what is wanted is not promised */
	ND_TURN_CLEARS_OWN = 1u << 9,  /* content with what he wanted */
	ND_TURN_CLEARS_ALL = 1u << 10, /* also with what others wanted */
	ND_TURN_ENDS = 1u << 11,       /* all leave */
	ND_TURN_RESTARTS = 1u << 12,   /* all leave the older version */
	ND_TURN_REFUSES = 1u << 13,    /* it will not be taken */
	ND_TURN_WITHDRAWS = 1u << 14,  /* it is no longer offered */
	ND_TURN_SETTLES = 1u << 15,    /* a talk has its answer */
	ND_TURN_UNSETTLES = 1u << 16,  /* or has it no more */
};

struct nd_turn_rule {
	enum nd_event_type act;
	unsigned by; /* enum nd_turn_role */
	enum nd_turn_entrant enters;
	enum nd_attention_why why; /* of the one who enters */
	unsigned effects;          /* enum nd_turn_effect */
};

/** The table; a row is named by its place. At most 64 rows. */
const struct nd_turn_rule *nd_turn_rules(size_t *count);

/* Somebody of whom something is expected, or was. */
struct nd_turn_entry {
	const struct nd_address *who; /* NULL: an author who is not known */
	const struct nd_address *by;  /* whose mail it was */
	enum nd_attention_why why;
	int32_t message, about;
	int32_t pinged; /* the last mail that reminds, or ND_NO_MESSAGE */
	bool nit;       /* wanted or asked beside a tag: blocks nothing */
	bool disputed;  /* wanted, and answered without a promise */
	bool left;      /* has had the turn */
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

/**
 * Walk through the events of a thread. Owned by ctx; addresses are those of
 * the thread.
 */
struct nd_turn *nd_turn_take(const void *ctx, const struct nd_turn_walk *walk);

#endif
