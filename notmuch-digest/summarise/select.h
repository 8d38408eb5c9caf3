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

/**
 * Choose at most max_words words, names included.
 *
 * m          scored; where told, what answers a question is told with it
 * told       facts will be told, too (telling.h): what they say is left out
 * ctx        owns the array of *choices
 */
void nd_select(const void *ctx, struct nd_candidates *m,
               const struct nd_weights *weights, unsigned max_words, bool told,
               struct nd_choices *choices);

#endif
