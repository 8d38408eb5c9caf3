/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outcome.h - what came of the sub-threads of a thread
 *
 * Computed from the ledger: trailers, events and open questions of the mails of
 * one zone. What ends the matter wins, then what was said last.
 *
 * Costs: linear in the ledger.
 */
#ifndef ND_TELLING_OUTCOME_H
#define ND_TELLING_OUTCOME_H

#include "telling/subthreads.h"

struct nd_subthread_outcome {
	enum nd_outcome outcome;
	const char *tag; /* of the trailer; NULL when it is none */
	const char *by;  /* one or two names, and how many more; "" if none */
	int32_t mail;    /* the latest that says so */
};

/**
 * The result of each sub-thread of subthreads, at the index of its first mail;
 * the array is owned by ctx.
 */
struct nd_subthread_outcome *
nd_outcomes_find(const void *ctx, const struct nd_thread *thread,
                 const struct nd_subthreads *subthreads, enum nd_zone zone);

#endif
