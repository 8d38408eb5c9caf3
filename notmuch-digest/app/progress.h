/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * progress.h - a bar with counts and the time left, on stderr
 *
 * Shown when stderr is a terminal and the run takes over a second
 * (--progress=auto), always or never. Steps may come from any thread.
 */
#ifndef ND_APP_PROGRESS_H
#define ND_APP_PROGRESS_H

#include <stddef.h>

struct nd_progress;

/**
 * Begin.
 *
 * mode       "auto", "always", "never"; NULL is "auto"
 * what       "reading threads"; must stay
 * total      steps to come
 */
struct nd_progress *nd_progress_new(const void *ctx, const char *mode,
                                    const char *what, size_t total);

/** One step is done. */
void nd_progress_step(struct nd_progress *progress);

/** Take the bar off the terminal. */
void nd_progress_end(struct nd_progress *progress);

#endif
