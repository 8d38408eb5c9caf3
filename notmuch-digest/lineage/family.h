/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * family.h - which threads of a report are one entry
 *
 * A family is what is told in one place: a series with its earlier versions
 * and what was sent again, the same patches for older releases, and notices of
 * scripts that they are in a stable tree. Each thread points to the one that
 * stands for it: an earlier version to the newest that is here, a backport to
 * the original, else to the one for the newest release, if that has all of its
 * patches, with the same titles, by the same author.
 *
 * So a family is a tree, and not all that hangs together somehow: of a series
 * that was split only one half is its newer version. Patches for another chip,
 * board or driver are no versions (kinship.h).
 *
 * Never told elsewhere: talk, the thread whose posting is missing, one with a
 * series that the other does not follow, and one in which the user is expected
 * to act.
 *
 * Pure; linear in mails, whatever they are called.
 */
#ifndef ND_LINEAGE_FAMILY_H
#define ND_LINEAGE_FAMILY_H

#include "model/thread.h"

/**
 * Set the family of each of these threads; the order does not matter.
 *
 * thread     analysed, their version chains known (versions.h), settled
 */
void nd_family_find(struct nd_thread *const *thread, size_t count);

#endif
