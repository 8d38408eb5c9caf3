/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score.h - how much a reader would miss a sentence
 *
 * A score is the weighted sum of features that can be seen without
 * understanding the text. The weights stand in weights.c, in one table.
 */
#ifndef ND_SUMMARISE_SCORE_H
#define ND_SUMMARISE_SCORE_H

#include "summarise/candidates.h"
#include "summarise/weights.h"

/** What is common to all sentences of a thread. */
struct nd_scorer;

/** A scorer for m, owned by ctx; m must stay. */
struct nd_scorer *nd_scorer_new(const void *ctx, const struct nd_candidates *m);

/** The features of one sentence. */
void nd_scorer_features(const struct nd_scorer *scorer,
                        const struct nd_candidate *candidate,
                        float feature[ND_FEATURE_COUNT]);

/** The weights that hold for a sentence beside others. */
enum nd_table
nd_score_table(const struct nd_candidates *m, const struct nd_candidate *c);

/** Do those of ND_TABLE_OPENING hold, too? */
bool
nd_score_may_open(const struct nd_candidates *m, const struct nd_candidate *c);

/** Set its scores. */
void nd_score_candidate(const struct nd_candidates *m, struct nd_candidate *c,
                        const float feature[ND_FEATURE_COUNT],
                        const struct nd_weights *weights);

/** Set the scores of every candidate of m. */
void nd_score(struct nd_candidates *m, const struct nd_weights *weights);

#endif
