/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attention.h - who must act in a thread, and whether that was long ago
 *
 * What the walk through its acts (turnwalk.h) has left over, the surest first, each
 * person once; and who could take what is reviewed.
 */
#ifndef ND_STANDING_ATTENTION_H
#define ND_STANDING_ATTENTION_H

#include "model/window.h"
#include "standing/turn.h"

/**
 * Set attention, waiting_for and stalled of a thread whose state is known.
 *
 * walk       what was walked through
 * turn       what was found
 */
void
nd_attention_find(struct nd_thread *thread, const struct nd_turn_walk *walk,
                  const struct nd_turn *turn, const struct nd_window *window);

#endif
