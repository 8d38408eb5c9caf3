/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turneffect.h - what an act of a mail does to those who must act (turnrule.h)
 */
#ifndef ND_STANDING_TURNEFFECT_H
#define ND_STANDING_TURNEFFECT_H

#include "standing/turnwalker.h"

/** Do what a row of the table says, if it is about this act of the mail in hand. */
void nd_turneffect_apply(struct nd_turnwalker *walker,
                         const struct nd_turnrule *rule,
                         const struct nd_event *event);

#endif
