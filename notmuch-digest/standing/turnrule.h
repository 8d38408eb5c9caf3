/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turnrule.h - what each act does to who must act: the table
 *
 * An act (the type of an event) and the role of the one who does it say who
 * enters, and why, who leaves, and what becomes of what was asked for.
 */
#ifndef ND_STANDING_TURNRULE_H
#define ND_STANDING_TURNRULE_H

#include <stddef.h>

#include "model/event.h"
#include "model/standing.h"

/* Who does it. On patches the first four, in talks the others. */
enum nd_turnrule_role {
	ND_TURNRULE_AUTHOR = 1u << 0,
	ND_TURNRULE_REVIEWER = 1u << 1,
	ND_TURNRULE_COMMITTER = 1u << 2, /* a reviewer who takes patches here */
	ND_TURNRULE_ROBOT = 1u << 3,
	ND_TURNRULE_ASKER = 1u << 4, /* who began the talk */
	ND_TURNRULE_HELPER = 1u << 5,
};

/* Who enters. */
enum nd_turnrule_entrant {
	ND_TURNRULE_NOBODY,
	ND_TURNRULE_THE_AUTHOR,
	ND_TURNRULE_THE_SPEAKER,
	ND_TURNRULE_THE_ASKED,    /* who is called by name, else the answered */
	ND_TURNRULE_THE_ANSWERED, /* the nearest other person above the mail */
	ND_TURNRULE_THE_REQUESTER, /* who wanted changes last */
};

/* When it holds, and what else it does. */
enum nd_turnrule_effect {
	ND_TURNRULE_IF_FAILED = 1u << 0,   /* only of a result that is bad */
	ND_TURNRULE_IF_FIXED = 1u << 1,    /* only of a command that says so */
	ND_TURNRULE_IF_ON_WHOLE = 1u << 2, /* of a cover or single patch only */
	ND_TURNRULE_IF_AFRESH = 1u << 3,   /* not as an answer to anybody */
	ND_TURNRULE_IF_NEWER = 1u << 4,    /* only of a newer version in here */
	ND_TURNRULE_REQUESTS = 1u << 5,    /* wants something to be different */
	ND_TURNRULE_PROMISES = 1u << 6,    /* what is wanted will be done */
	ND_TURNRULE_AGREES = 1u << 7,      /* so, too, if something is wanted */
	ND_TURNRULE_DISPUTES = 1u << 8,    /* what is wanted is not promised */
	ND_TURNRULE_CLEARS_OWN = 1u << 9,  /* content with what he wanted */
	ND_TURNRULE_CLEARS_ALL = 1u << 10, /* also with what others wanted */
	ND_TURNRULE_ENDS = 1u << 11,       /* all leave */
	ND_TURNRULE_RESTARTS = 1u << 12,   /* all leave the older version */
	ND_TURNRULE_REFUSES = 1u << 13,    /* it will not be taken */
	ND_TURNRULE_WITHDRAWS = 1u << 14,  /* it is no longer offered */
	ND_TURNRULE_SETTLES = 1u << 15,    /* a talk has its answer */
	ND_TURNRULE_UNSETTLES = 1u << 16,  /* or has it no more */
	ND_TURNRULE_IF_PASSED = 1u << 17,  /* only of a result that is good */
};

struct nd_turnrule {
	enum nd_event_type act;
	unsigned by; /* enum nd_turnrule_role */
	enum nd_turnrule_entrant enters;
	enum nd_attention_why why; /* of the one who enters */
	unsigned effects;          /* enum nd_turnrule_effect */
};

/** The table; a row is named by its place. At most 64 rows. */
const struct nd_turnrule *nd_turnrule_all(size_t *count);

#endif
