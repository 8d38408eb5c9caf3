/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unseen.h - scores of sentences by models that have not seen their list
 *
 * For each list, a first stage that was fitted without it, and, where that is
 * asked for, one without it and one more. They are fitted two at a time, in
 * processes of their own.
 */
#ifndef ND_TESTS_ACTS_UNSEEN_H
#define ND_TESTS_ACTS_UNSEEN_H

#include "acts/data.h"

struct unseen;

enum unseen_fits {
	UNSEEN_LISTS, /* each list left out: seconds */
	UNSEEN_PAIRS  /* and each two of them: a minute */
};

struct unseen *
unseen_new(const void *ctx, const struct data *data, enum unseen_fits fits);

/**
 * Scores by the fit without lists a and b, in any order; a may be b.
 *
 * Returns    one for each of data->sentence, set for those of a and b
 */
const struct nd_act_score *
unseen_scores(const struct unseen *unseen, int a, int b);

#endif
