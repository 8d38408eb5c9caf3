/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * beginning.h - what a talk began with
 *
 * The first sentence that says something, unless it is a preamble ("I am not sure
 * if this is the right list."): that is short and has no word of the title, and one
 * of the next few has.
 */
#ifndef ND_SUMMARISE_BEGINNING_H
#define ND_SUMMARISE_BEGINNING_H

#include "summarise/chooser.h"

/** Take it, if it fits into two thirds of the words that are left. */
void nd_beginning_take(struct nd_chooser *chooser);

#endif
