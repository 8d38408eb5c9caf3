/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acceptance.h - does a sentence say that somebody has taken patches?
 *
 * "Applied, thanks.", "Series applied to foo/next.", "I've queued this for
 * 6.1": the verb stands first, or behind nothing but small words, and neither a
 * test nor a plan, a condition or a question follows. English, as on the lists
 * this is for.
 */
#ifndef ND_ANALYSE_ACCEPTANCE_H
#define ND_ANALYSE_ACCEPTANCE_H

#include <stdbool.h>

#include "text/utterance.h"

enum nd_acceptance_bits {
	ND_ACCEPTANCE_VERB = 1u << 0,
	ND_ACCEPTANCE_PULL = 1u << 1,  /* the verb is "pulled" */
	ND_ACCEPTANCE_SMALL = 1u << 2, /* words that may stand before it */
	ND_ACCEPTANCE_PERSON = 1u
	                       << 3,   /* "I have": wants an object or a tree */
	ND_ACCEPTANCE_VAGUE = 1u << 4, /* a verb that also means other things */
	ND_ACCEPTANCE_STATE = 1u << 5  /* "is": may tell what the code does */
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
