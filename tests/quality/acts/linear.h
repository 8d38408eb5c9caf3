/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linear.h - a logistic regression for each act, by liblinear
 *
 * Its columns are numbers, then those features that it looks at, then a bias.
 */
#ifndef ND_TESTS_ACTS_LINEAR_H
#define ND_TESTS_ACTS_LINEAR_H

#include <stddef.h>

#include "acts/act.h"

struct linear {
	int numbers;  /* how many */
	int columns;  /* features it looks at */
	int *feature; /* of each column, from 0 */
	int *column;  /* of each feature, from 1; 0: not looked at */
	double *weight[ND_ACT_COUNT]; /* numbers, columns, the bias */
};

enum linear_penalty { LINEAR_L1, LINEAR_L2 };

/** One that looks at no feature yet, of feature_count that there are. */
struct linear *linear_new(const void *ctx, int numbers, size_t feature_count);

/** Look at a feature, too; unless it is done already. */
void linear_look_at(struct linear *linear, int feature);

struct linear_rows;

/** The rows of a fit; it looks at all its features by now. */
struct linear_rows *linear_rows_new(const struct linear *linear);

/** Add one; number may be NULL when there are none. */
void linear_rows_add(struct linear_rows *rows, const float *number,
                     const int *feature, size_t count, unsigned acts);

/** Find the weights; frees the rows. */
void linear_fit(struct linear *linear, struct linear_rows *rows, double c,
                enum linear_penalty penalty);

/** The log odds of an act. */
double linear_odds(const struct linear *linear, const float *number,
                   const int *feature, size_t count, int act);

#endif
