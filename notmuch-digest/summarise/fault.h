/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fault.h - what is wrong, as the first mail of patches says
 */
#ifndef ND_SUMMARISE_FAULT_H
#define ND_SUMMARISE_FAULT_H

#include "summarise/chooser.h"

/**
 * Take what is wrong, "The problem is that" or "This leads to a crash", where the
 * first mail is a patch and what is told of it does not say so.
 */
void nd_fault_take(struct nd_chooser *chooser);

#endif
