/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * committers.h - who takes patches here, learned from the mailbox
 *
 * The database is asked for answers that have the usual words of those who
 * take patches ("series applied", "pushed, thanks", "to foo-next, thanks"); who
 * wrote how many of them tells maintainers from others. Words that are quoted
 * count, too, so that a count says something only when it is not small.
 */
#ifndef ND_ANALYSE_COMMITTERS_H
#define ND_ANALYSE_COMMITTERS_H

#include "model/lookup.h"
#include "model/message.h"

struct nd_committers;

/** The phrases that make a reply count, behind the last of them NULL. */
const char *const *nd_committers_phrases(void);

/** Owned by ctx; keeps nothing of senders. */
struct nd_committers *
nd_committers_new(const void *ctx, const struct nd_sender_list *senders);

/**
 * How often this person has said that patches were taken, by address or by
 * name, whichever is more.
 *
 * all      NULL: nothing is known, 0
 */
unsigned nd_committers_taken(const struct nd_committers *all,
                             const struct nd_address *who);

#endif
