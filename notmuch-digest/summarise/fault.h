/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fault.h - what is wrong, as who posts patches says
 */
#ifndef ND_SUMMARISE_FAULT_H
#define ND_SUMMARISE_FAULT_H

#include "summarise/candidates.h"

/**
 * "The problem is that", "This leads to a crash": whole sentences of a posting that
 * tell what goes wrong, and not what is done about it.
 */
bool nd_fault_is(const struct nd_candidates *m, const struct nd_candidate *c);

#endif
