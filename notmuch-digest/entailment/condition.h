/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * condition.h - what is done, and what may come to be
 */
#ifndef ND_ENTAILMENT_CONDITION_H
#define ND_ENTAILMENT_CONDITION_H

#include <stdbool.h>

/** The text without its clauses that begin with "once" or "if", owned by ctx. */
const char *nd_condition_without(const void *ctx, const char *text);

/**
 * Does a Chinese text have the word for something that is done, other than as
 * a condition ("合入后"), a plan ("将合入") or a denial ("尚未合入")?
 */
bool nd_condition_is_done(const char *text, const char *word);

/** Does a Chinese text say of anything that it is done: "已修复", "删除了"? */
bool nd_condition_says_done(const char *text);

#endif
