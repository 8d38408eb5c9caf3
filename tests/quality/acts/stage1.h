/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stage1.h - the first stage of acts/actmodel.h: what a sentence does
 *
 * A logistic regression with an L1 penalty. It looks at features that stand in
 * some sentences of two lists, of words and pairs of words at those that tell
 * most.
 */
#ifndef ND_TESTS_ACTS_STAGE1_H
#define ND_TESTS_ACTS_STAGE1_H

#include "acts/data.h"
#include "acts/linear.h"

extern const double stage1_c; /* of liblinear */

/** Fit it on the lists that are in; owned by ctx. */
struct linear *
stage1_fit(const void *ctx, const struct data *data, const bool *in);

#endif
