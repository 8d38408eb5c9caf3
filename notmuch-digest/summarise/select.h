/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * select.h - which sentences make the summary, and in which zone
 *
 * The best sentences that fit the budget, so that zones, speakers, mails and
 * branches of the thread all have their share and nothing is said twice.
 */
#ifndef ND_SUMMARISE_SELECT_H
#define ND_SUMMARISE_SELECT_H

#include "summarise/candidates.h"
#include "summarise/choice.h"
#include "summarise/weights.h"

enum nd_select_flags {
	/* Facts will be told, too (telling.h): what they say is left out. What
	 * answers a question is told with it. */
	ND_SELECT_TOLD = 1u << 0,
	ND_SELECT_OPENED = 1u << 1, /* what it is about is told already */
	ND_SELECT_BRIEF = 1u << 2,  /* words may be left over */
};

/**
 * Choose at most max_words words, names included.
 *
 * m          scored
 * flags      enum nd_select_flags
 * ctx        owns the array of *choices
 */
void nd_select(const void *ctx, struct nd_candidates *m,
               const struct nd_weights *weights, unsigned max_words,
               unsigned flags, struct nd_choices *choices);

#endif
