/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opening.h - the first sentence that is told of a thread
 */
#ifndef ND_SUMMARISE_OPENING_H
#define ND_SUMMARISE_OPENING_H

#include "summarise/candidates.h"
#include "summarise/chooser.h"

/* "I am new here." says nothing: words that a beginning has. */
enum { ND_OPENING_WORDS = 6 };

/**
 * Does it say something beside what was posted, where that belongs, what came
 * before, or something of one patch of several?
 * Such a sentence opens no summary.
 */
bool nd_opening_is_aside(const struct nd_candidates *m,
                         const struct nd_candidate *c);

/** Does it say how and where the patches are sent, and nothing of what they do? */
bool nd_opening_is_of_sending(const struct nd_candidates *m,
                              const struct nd_candidate *c);

/**
 * "It is so", "In this situation", "Unfortunately, such a check": which, was said
 * before.
 */
bool nd_opening_leads_back(const struct nd_candidate *c);

/**
 * Does it say something of the patches without what stands before it, and not only
 * of their sender?
 */
bool nd_opening_says_itself(const struct nd_candidate *c);

/** "This series adds a ring buffer.": says what was posted for. */
bool nd_opening_tells_purpose(const struct nd_candidates *m,
                              const struct nd_candidate *c);

/**
 * Take what says what patches are for, else the best candidate of the
 * background. It does not lead back to what is not told: where "So this fixes
 * it" is chosen, what it is said of is told, too, or instead; where "While testing,
 * I found a problem" is, what that leads to.
 *
 * max_words  that the purpose may take
 */
void
nd_opening_take(struct nd_chooser *chooser, uint32_t best, unsigned max_words);

#endif
