/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summarise.h - a thread becomes a summary: a gist and items in zones
 */
#ifndef ND_SUMMARISE_SUMMARISE_H
#define ND_SUMMARISE_SUMMARISE_H

#include <stdbool.h>

#include "model/thread.h"

struct nd_summarise_options {
	/* Of all items together, names included; what stands quoted above answers
	 * may be a few more. */
	unsigned max_words;
	bool told;  /* facts will be added (telling.h): leave out what
	                     * they say */
	bool brief; /* it is read through: words may be left over */
	/* Of new and earlier mails those before this one are left out; 0: all
	 * are told. */
	int32_t told_from;
	unsigned large; /* more mails of a zone are told by sub-thread, with
			     * headings that count as words; 0: never */
};

/**
 * Set thread->summary and thread->coverage with the extractive engine:
 * sentences of people's own words, chosen and cited, in their own language.
 *
 * thread     analysed, with its text; the results are owned by it
 *
 * Deterministic; needs no network, no model and no locale. A thread of which
 * nothing can be said has a topic and no items. Never fails.
 */
void nd_summarise_thread(struct nd_thread *thread,
                         const struct nd_summarise_options *options);

struct nd_candidates;
struct nd_weights;

/**
 * The summary of m, which is scored. A short one (100 words) drops the surnames
 * of m, one in parts changes its scores. The result is the root of a tree of
 * its own.
 */
struct nd_summary *
nd_summarise_candidates(struct nd_candidates *m,
                        const struct nd_weights *weights,
                        const struct nd_summarise_options *options);

#endif
