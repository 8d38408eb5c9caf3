/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * presentable.h - which sentences can stand by themselves
 */
#ifndef ND_SUMMARISE_PRESENTABLE_H
#define ND_SUMMARISE_PRESENTABLE_H

#include "summarise/candidates.h"

/**
 * False for courtesies, headings, fragments, asides, code and what only
 * announces the lines below it: nobody wants to read those in a summary.
 */
bool
nd_presentable(const struct nd_candidates *m, const struct nd_candidate *c);

#endif
