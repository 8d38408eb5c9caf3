/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * committers.h - who takes patches here, learned from the mailbox
 *
 * The database is asked for answers that have the usual words of those who
 * take patches ("series applied", "pushed, thanks", "to foo-next, thanks"), and
 * for pull requests; who wrote how many of them tells maintainers from others. Words that are quoted
 * count, too, so that a count says something only when it is not small.
 */
#ifndef ND_ANALYSE_COMMITTERS_H
#define ND_ANALYSE_COMMITTERS_H

#include "model/lookup.h"
#include "model/thread.h"

struct nd_committers;

/** What finds the mails that count, behind the last of them NULL. */
const char *const *nd_committers_queries(void);

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

/**
 * The name under which the owner of an address takes most, or NULL. Owned by
 * all, good for nd_address_name().
 */
const char *
nd_committers_name(const struct nd_committers *all, const char *addr);

/**
 * Set thread->taken_most, from who wrote in it, who got its root, and who gave
 * a tag; lists and robots do not count.
 */
void nd_committers_compare(struct nd_thread *thread);

/**
 * Has somebody taken patches, not only now and then, and a fifth of what any one
 * on the thread has? A share of all that was taken would sink with each list
 * that the mailbox holds besides.
 *
 * thread     compared before
 */
bool nd_committers_is_one(const struct nd_thread *thread,
                          const struct nd_address *who);

/**
 * Who would take the patches of a thread: the author, where he takes his own;
 * the only person in To; who has taken most of those who got or tagged them.
 *
 * series     the newest in the thread, or NULL
 * Returns    NULL: nobody in particular; else owned by the thread
 */
const struct nd_address *nd_committers_expect(const struct nd_thread *thread,
                                              const struct nd_series *series);

#endif
