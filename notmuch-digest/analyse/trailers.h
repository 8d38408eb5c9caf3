/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trailers.h - Reviewed-by: and the like, given in replies
 *
 * A trailer counts where somebody gives it: in their own words, at the start
 * of a line; elsewhere in a line only when it names the sender. Those that
 * posted patches carry, that are quoted, or that belong
 * to the commit message of a patch proposed inside a reply do not count. What is
 * only proposed ("if you fix the issue, kindly add following tag") is not given;
 * what is given under a condition is, and says so.
 *
 * Does not: read approval out of prose, or Cc:, Fixes: and Link: lines.
 */
#ifndef ND_ANALYSE_TRAILERS_H
#define ND_ANALYSE_TRAILERS_H

#include "model/thread.h"

/** Set thread->trailer, by date; needs the subject parts of every mail. */
void nd_trailers_find(struct nd_thread *thread);

#endif
