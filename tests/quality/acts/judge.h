/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * judge.h - how well acts are told on lists that the model has not seen
 */
#ifndef ND_TESTS_ACTS_JUDGE_H
#define ND_TESTS_ACTS_JUDGE_H

#include "acts/data.h"

/** Leaves out each list, in turn; prints tables in Markdown. */
void judge_print(const struct data *data);

#endif
