/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subthreads.h - the sub-threads that a big thread falls into
 *
 * A sub-thread begins with a patch, where the subject changes, or with an
 * answer to the opening mail; one that holds most of the thread is parted where
 * its talk forks. What is left belongs to the thread as a whole.
 *
 * Costs: linear in the number of mails.
 */
#ifndef ND_TELLING_SUBTHREADS_H
#define ND_TELLING_SUBTHREADS_H

#include "model/thread.h"

struct nd_subthreads {
	int32_t *tree;   /* of each mail: the one its sub-thread begins with;
	                  * ND_NO_MESSAGE: the thread as a whole */
	int32_t *next;   /* of each mail: the next one of its sub-thread */
	uint32_t *mails; /* where a sub-thread begins: its mails of the zone */
	uint32_t *replies; /* those that are not patches */
	int32_t *first;    /* the sub-threads with replies, in their order */
	size_t count;
};

/**
 * Part a thread.
 *
 * zone       ND_ZONE_NEW: mails of the window count, else those before it
 * large      a sub-thread with more replies may be parted
 * Returns    the sub-threads, owned by ctx
 */
struct nd_subthreads *
nd_subthreads_new(const void *ctx, const struct nd_thread *thread,
                  enum nd_zone zone, unsigned large);

/** Is this mail of the zone: among the new ones, or among the others? */
bool nd_subthreads_in_zone(const struct nd_message *message, enum nd_zone zone);

/** Does this mail bring a patch or a cover letter, and is not an answer? */
bool nd_subthreads_is_posting(const struct nd_message *message);

/** Does mail have another subject than the opening one, or another version? */
bool nd_subthreads_has_title(const struct nd_thread *thread, int32_t mail);

#endif
