/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * accepted.h - what was taken, as all mails of a thread say it together
 */
#ifndef ND_ANALYSE_ACCEPTED_H
#define ND_ANALYSE_ACCEPTED_H

#include "model/thread.h"

/**
 * Set thread->applied from the events APPLIED, PULLED, MERGED and
 * MERGED_STABLE.
 *
 * foreign    of each mail: what is said about it does not count
 */
void nd_accepted_settle(struct nd_thread *thread, const bool *foreign);

/**
 * Sort the numbers of patches, each once; none are kept when it is all of
 * patch_total: those need no naming.
 */
void nd_accepted_tidy_patches(struct nd_applied *applied);

#endif
