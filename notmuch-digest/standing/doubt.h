/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doubt.h - is it sure enough whose turn it is, so that it can be told?
 *
 * What was said in passing, or was answered by somebody else as far as can be
 * seen without the texts, is in doubt. It stays the turn of the same person.
 */
#ifndef ND_STANDING_DOUBT_H
#define ND_STANDING_DOUBT_H

#include "standing/turn.h"

/** Of an entry that has not left. */
bool
nd_doubt_is(const struct nd_thread *thread, const struct nd_turn_entry *entry);

#endif
