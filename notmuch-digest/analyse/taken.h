/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * taken.h - who has taken which patches, where: all mails that say so together
 */
#ifndef ND_ANALYSE_TAKEN_H
#define ND_ANALYSE_TAKEN_H

#include <stdbool.h>

#include "model/thread.h"

/**
 * Set thread->applied from the events APPLIED, PULLED, MERGED and
 * MERGED_STABLE.
 *
 * foreign    of each mail: what is said about it does not count
 */
void nd_applied_find(struct nd_thread *thread, const bool *foreign);

#endif
