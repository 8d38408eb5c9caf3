/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * candidates.h - what a thread offers to its summariser
 *
 * The sentences of all mails with their words as numbers, who says them, what
 * they do, what the ledger knows of them, and what later mails quoted.
 *
 * Costs: linear in the text of the thread. At most ND_LIMIT_SENTENCES; when a
 * thread has more, every mail keeps its first ones.
 */
#ifndef ND_SUMMARISE_CANDIDATES_H
#define ND_SUMMARISE_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/thread.h"
#include "summarise/candidate.h"
#include "summarise/sourcemail.h"
#include "summarise/speakers.h"
#include "text/vocabulary.h"

struct nd_candidates {
	const struct nd_thread *thread;
	bool review; /* it is about patches; else people just talk */
	const char *language;
	struct nd_vocabulary *vocabulary;
	struct nd_word_list words; /* of all candidates, one after another */
	struct nd_candidate *candidate; /* by mail, then place */
	size_t candidate_count;
	struct nd_source *source;
	struct nd_speaker *speaker; /* in order of appearance */
	size_t speaker_count;
	struct nd_coverage coverage;
	int32_t told_from; /* the first mail that is told beside the background */
	float branch_price; /* more, for each sentence of a branch that is
			     * there already */
};

/** Who says it, in m->speaker: the sender, or the author of a patch. */
int32_t nd_candidates_speaker(const struct nd_candidates *m,
                              const struct nd_candidate *c);

/** Does a quote part two sentences of a mail? They speak of different things. */
bool nd_candidates_are_parted(const struct nd_candidates *m,
                              const struct nd_candidate *a,
                              const struct nd_candidate *b);

/** Read the thread; the result is owned by ctx and refers to the thread. */
struct nd_candidates *
nd_candidates_new(const void *ctx, const struct nd_thread *thread);

#endif
