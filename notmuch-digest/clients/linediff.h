/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linediff.h - what a file was and what it will be, side by side as diff -u
 *
 * For showing a change of ours before it is made. Where lines are only put in,
 * which is what we do, the lines around them stay what they were; for other
 * changes the lines that begin and end both texts are told apart from the rest,
 * and that is shown as replaced. Pure.
 */
#ifndef ND_CLIENTS_LINEDIFF_H
#define ND_CLIENTS_LINEDIFF_H

#include "util/buf.h"

/**
 * Append the difference, with three lines around it; nothing when there is
 * none.
 *
 * path       of the file; a text that is not there is ""
 */
void nd_linediff_add(struct nd_buf *out, const char *path, const char *before,
                     const char *after);

#endif
