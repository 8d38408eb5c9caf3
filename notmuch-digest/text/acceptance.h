/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acceptance.h - does a sentence say that somebody has taken patches?
 *
 * English, as on the lists this is for. What is accepted:
 *
 *	[lead] [small] VERB rest       "Thanks for the fix, applied to foo/next."
 *	[lead] I'll TAKE what rest     "Looks good, I'll queue this up for 6.1."
 *	[small] in TREE                "Now in foo-next."
 *
 * lead    a clause of thanks, praise or a deed ("Good catch,", "With a small
 *         fix,", "Fixed the typo and") that doubts, plans and asks nothing
 * small   words that say whose, how many, since when: "The first two patches
 *         are now"
 * VERB    applied, queued, pulled; merged, pushed, added and others that also
 *         mean other things, which therefore want more: the begin of a
 *         paragraph, or a tree
 * rest    the end of the sentence, what was taken, where to, with what; no
 *         test, condition, denial or question
 * TREE    a URL, "foo/next", "for-6.1", "the foo branch", "my tree"; behind
 *         "to" a single word, too
 */
#ifndef ND_TEXT_ACCEPTANCE_H
#define ND_TEXT_ACCEPTANCE_H

#include <stdbool.h>

#include "text/utterance.h"

enum nd_acceptance_bits {
	ND_ACCEPTANCE_VERB = 1u << 0,
	ND_ACCEPTANCE_PULL = 1u << 1,  /* the verb is "pulled" */
	ND_ACCEPTANCE_SMALL = 1u << 2, /* words that may stand before it */
	ND_ACCEPTANCE_PERSON = 1u
	                       << 3,   /* "I have": wants an object or a tree */
	ND_ACCEPTANCE_VAGUE = 1u << 4, /* a verb that also means other things */
	ND_ACCEPTANCE_STATE = 1u << 5, /* "is": may tell what the code does */
	ND_ACCEPTANCE_MERGE = 1u << 6, /* vague, but of patches: "merged" */
	ND_ACCEPTANCE_NOUN = 1u << 7,  /* "patch", "series" before the verb */
	ND_ACCEPTANCE_DET = 1u << 8,   /* "the", "this": a noun may follow */
	ND_ACCEPTANCE_LEAD = 1u << 9,  /* a clause stands before it */
	ND_ACCEPTANCE_NAMED = 1u << 10,   /* "the foo patches": wants a tree */
	ND_ACCEPTANCE_DOING = 1u << 11,   /* "applying": in progress */
	ND_ACCEPTANCE_PASSIVE = 1u << 14, /* "has been": by whom? */
	ND_ACCEPTANCE_TREED = 1u << 15,   /* vague, and a tree must be named */
	/* What the claim needs of the one who makes it: */
	ND_ACCEPTANCE_WEAK = 1u << 12, /* believe it of committers only */
	ND_ACCEPTANCE_BELOW = 1u << 13 /* "Applied to": the tree stands in the
	                                * lines below */
};

struct nd_acceptance {
	const struct nd_utterance *said;
	size_t verb_end;  /* in its text */
	unsigned bits;    /* of the verb and the words before it */
	const char *tree; /* in its text; NULL: none is named */
	size_t tree_len;
};

/** Take a sentence apart; false, and nothing of use in *claim, if it is
 * none. */
bool nd_acceptance_read(const struct nd_utterance *said,
                        struct nd_acceptance *claim);

/** Does the sentence have this word, or words? */
bool nd_acceptance_says(const struct nd_acceptance *claim, const char *word);

#endif
