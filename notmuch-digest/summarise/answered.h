/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answered.h - questions that were chosen give way to what answers them
 *
 * An answer is told with its question, so that both take one item.
 */
#ifndef ND_SUMMARISE_ANSWERED_H
#define ND_SUMMARISE_ANSWERED_H

#include "summarise/candidates.h"
#include "summarise/choice.h"

/**
 * In place of each question of a choice that is not open, and that a short
 * answer quotes, that answer; its above becomes the question, owned by m. A
 * question whose answer was chosen, too, goes.
 */
void nd_answered_replace(struct nd_candidates *m, struct nd_choices *choices);

#endif
