/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acceptwords.h - the words in which people say that they took patches
 *
 * English, as on the lists this is for; what they mean together is the grammar
 * of acts/acceptance.h.
 */
#ifndef ND_ACTS_ACCEPTWORDS_H
#define ND_ACTS_ACCEPTWORDS_H

#include "text/phrase.h"

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
	ND_ACCEPTANCE_OBJECT = 1u << 16, /* "took these": says what, and no more
	                                   * than where to and when */
	/* What the claim needs of the one who makes it: */
	ND_ACCEPTANCE_WEAK = 1u << 12, /* believe it of committers only */
	ND_ACCEPTANCE_BELOW = 1u << 13 /* "Applied to": the tree stands in the
	                                * lines below */
};

enum nd_acceptwords {
	ND_ACCEPTWORDS_BEFORE,    /* the verbs, and what may stand before them;
	                           * enum nd_acceptance_bits */
	ND_ACCEPTWORDS_SPOILERS,  /* enum nd_acceptwords_spoiler */
	ND_ACCEPTWORDS_NO_LEADS,  /* in a clause before the verb they make it a
	                           * plan, a condition, a story */
	ND_ACCEPTWORDS_FOLLOWERS, /* may follow the verb; 2: before a tree */
	ND_ACCEPTWORDS_OBJECTS,   /* what somebody will take: "I'll take it" */
	ND_ACCEPTWORDS_COUNT
};

/* Make it somebody's test, or a plan, a condition, a denial. */
enum nd_acceptwords_spoiler {
	ND_ACCEPTWORDS_DOUBT = 1u << 0,
	ND_ACCEPTWORDS_TRIAL = 1u << 1,
	ND_ACCEPTWORDS_WEAK = 1u << 2 /* only of "I have applied …" */
};

extern const struct nd_phrases nd_acceptwords[ND_ACCEPTWORDS_COUNT];

#endif
