/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stage2.h - the second stage of acts/actmodel.h: what a mail does
 *
 * A logistic regression with an L2 penalty, over scores of first stages that
 * have not seen the mail's list.
 */
#ifndef ND_TESTS_ACTS_STAGE2_H
#define ND_TESTS_ACTS_STAGE2_H

#include "acts/data.h"
#include "acts/linear.h"
#include "acts/unseen.h"
#include "acts/actweights.h"

extern const double stage2_c;           /* of liblinear */
extern const double stage2_threshold_p; /* from which on a mail does it */

struct stage2 {
	struct linear *fit;
	float (*number)[ND_ACTSTAGE_COUNT]; /* of each mail */
};

enum { NO_LIST = -1 };

/**
 * Fit it on all lists but one; owned by ctx.
 *
 * left       the list, which the first stages have not seen either (that wants
 *            UNSEEN_PAIRS); or NO_LIST
 */
struct stage2 *stage2_fit(const void *ctx, const struct data *data,
                          const struct unseen *unseen, int left);

/** The log odds that a mail does it; until the next fit. */
double stage2_odds(const struct stage2 *stage2, const struct data *data,
                   size_t mail, int act);

#endif
