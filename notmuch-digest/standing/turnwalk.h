/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turnwalk.h - who must act, by what each mail of a thread does (turnrule.h)
 *
 * A thread is walked through once, mail by mail. Who writes below a mail that
 * asked him has had his turn, whatever he says; who writes without a known act
 * hands the turn to nobody.
 *
 * Pure; needs no text of the mails, but the recipients of their roots.
 *
 * Limits: at most 500 are expected to do something at once; more do not enter.
 */
#ifndef ND_STANDING_TURNWALK_H
#define ND_STANDING_TURNWALK_H

#include "standing/turn.h"

/**
 * Walk through the events of a thread. Owned by ctx; addresses are those of
 * the thread.
 */
struct nd_turn *
nd_turnwalk_take(const void *ctx, const struct nd_turn_walk *walk);

#endif
