/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * acceptphrase.h - the parts of a sentence that says that patches were taken
 *
 * Small words and numbers before the verb, what was taken behind it, and the
 * tree it went to: the pieces of the grammar of acts/acceptance.h.
 */
#ifndef ND_ACTS_ACCEPTPHRASE_H
#define ND_ACTS_ACCEPTPHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "acts/acceptwords.h"
#include "text/utterance.h"

struct nd_acceptance {
	const struct nd_utterance *said;
	size_t verb_end;  /* in its text */
	unsigned bits;    /* of the verb and the words before it */
	const char *tree; /* in its text; NULL: none is named */
	size_t tree_len;
};

/** "1", "1-3", "#4", "2/5", "v7": the bytes of a number of patches; 0: none. */
size_t nd_acceptphrase_number(const char *text, size_t len);

/**
 * Walk over one word, number or noun phrase before the verb, or over the verb.
 *
 * *at          in claim->said, moved behind it
 * *determined  a noun may follow: "the"
 * claim->bits  get those of the word
 * Returns      false when it must not stand there
 */
bool
nd_acceptphrase_walk(struct nd_acceptance *claim, size_t *at, bool *determined);

/** Does the clause end here? */
bool nd_acceptphrase_ends(const char *text, size_t len);

/** The first place of a preposition that is not part of a name, or NULL. */
const char *
nd_acceptphrase_find(const char *text, size_t len, const char *word);

/** "to kvm/next", "for 5.7", "in my tree": set claim->tree, if one is named. */
void nd_acceptphrase_find_tree(struct nd_acceptance *claim);

/** Is one named: "kvm/next", "my tree", "for-6.1", not any single word? */
bool nd_acceptphrase_has_tree(const struct nd_acceptance *claim);

void nd_acceptphrase_skip_blanks(const char **text, size_t *len);

/**
 * "these up", "the whole series for 6.1", "patches 1-3 now": does a text say
 * what was taken, and nothing but where to and when?
 */
bool nd_acceptphrase_is_object(const struct nd_acceptance *claim,
                               const char *rest, size_t len);

#endif
