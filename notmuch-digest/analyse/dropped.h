/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dropped.h - "I dropped it again": what was taken is taken back
 */
#ifndef ND_ANALYSE_DROPPED_H
#define ND_ANALYSE_DROPPED_H

#include "analyse/mailevents.h"

/**
 * Mark as UNDONE what the sender of a mail has taken before, where the mail
 * says that all of it was dropped or reverted; not a part of it.
 *
 * Returns      whether the mail answers a wish to drop it with that: "removed and
 *              pushed" takes nothing
 */
bool nd_dropped_read(const struct nd_mailevents *mail);

#endif
