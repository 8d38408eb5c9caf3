/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score.h - how much a reader would miss a sentence
 *
 * A score is the weighted sum of features that can be seen without
 * understanding the text. The weights stand in score.c, in one table.
 */
#ifndef ND_SUMMARISE_SCORE_H
#define ND_SUMMARISE_SCORE_H

#include "summarise/material.h"

/* What is seen of a sentence; each about 0 to 1. */
enum nd_feature {
	ND_FEATURE_ONE, /* always 1 */
	ND_FEATURE_FIRST,
	ND_FEATURE_SECOND,
	ND_FEATURE_LATE,
	ND_FEATURE_PARAGRAPH,
	ND_FEATURE_PLACE,
	ND_FEATURE_SIZE,
	ND_FEATURE_SHORT,
	ND_FEATURE_BRIEF,
	ND_FEATURE_LONG,
	ND_FEATURE_ITEM,
	ND_FEATURE_RAGGED,
	ND_FEATURE_LINK,
	ND_FEATURE_SIGNS,
	ND_FEATURE_QUESTION,
	ND_FEATURE_DECISION,
	ND_FEATURE_PROMISE,
	ND_FEATURE_AGREE,
	ND_FEATURE_OBJECT,
	ND_FEATURE_SUGGEST,
	ND_FEATURE_RESULT,
	ND_FEATURE_PURPOSE,
	ND_FEATURE_SOCIAL,
	ND_FEATURE_DANGLING,
	ND_FEATURE_HEDGE,
	ND_FEATURE_SUBJECT,
	ND_FEATURE_CLUE,
	ND_FEATURE_CENTRAL,
	ND_FEATURE_QUOTED,
	ND_FEATURE_EARLY,
	ND_FEATURE_COUNT
};

/* Which weights hold: people look for other things in reviews than in talk. */
enum nd_table {
	ND_TABLE_PATCH,   /* cover letters and patches */
	ND_TABLE_REVIEW,  /* the answers to them */
	ND_TABLE_OPENING, /* the first mail of any other thread */
	ND_TABLE_REPLY,
	ND_TABLES
};

/** What is common to all sentences of a thread. */
struct nd_scorer;

/** A scorer for m, owned by ctx; m must stay. */
struct nd_scorer *nd_scorer_new(const void *ctx, const struct nd_material *m);

/** The features of one sentence. */
void nd_scorer_features(const struct nd_scorer *scorer,
                        const struct nd_candidate *candidate,
                        float feature[ND_FEATURE_COUNT]);

/** The weights that hold for a sentence. */
enum nd_table
nd_score_table(const struct nd_material *m, const struct nd_candidate *c);

/** Set the score of every candidate of m. */
void nd_score(struct nd_material *m);

/** The name of a feature, for tools that fit the weights. */
const char *nd_feature_name(enum nd_feature feature);

#endif
