/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doing.h - what a sentence does, as far as a summary asks
 *
 * By its cue phrases (acts/cue.h) alone: robots, commit messages and other
 * languages count, too, and those have no acts (acts/act.h). What the ledger has
 * proof of is in the events. Text is valid UTF-8. Linear in the text.
 */
#ifndef ND_SUMMARISE_DOING_H
#define ND_SUMMARISE_DOING_H

#include <stddef.h>

enum nd_doing {
	ND_DOING_ASK = 1u << 0,
	ND_DOING_DECIDE = 1u << 1, /* applied, queued, rejected, agreed */
	ND_DOING_PROMISE = 1u << 2,
	ND_DOING_AGREE = 1u << 3,
	ND_DOING_SUGGEST = 1u << 4,
	ND_DOING_COURTESY = 1u << 5,    /* thanks, hello, regards */
	ND_DOING_DANGLE = 1u << 6,      /* begins with it, that, so, but */
	ND_DOING_BOILERPLATE = 1u << 7, /* legal notice, list footer, robot */
	ND_DOING_HEDGE = 1u << 8,       /* if, perhaps: not (yet) so */
	ND_DOING_FIND = 1u << 9,        /* the cause is, fixed by */
	ND_DOING_SETTLE = 1u << 10,     /* it works now */
	ND_DOING_THANK = 1u << 11,
	ND_DOING_MEND = 1u << 12,    /* what a patch does about it */
	ND_DOING_RETRACT = 1u << 13, /* I was wrong, never mind */
	ND_DOING_ANSWER = 1u << 14,  /* yes, no, it is not */
	ND_DOING_LOOK = 1u << 15,    /* I will look at it */
	ND_DOING_UNSURE = 1u << 16,  /* I do not know */
};

/** What the sentence (text, len) does: enum nd_doing, or 0. */
unsigned nd_doing_find(const char *text, size_t len);

#endif
