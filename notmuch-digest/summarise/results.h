/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * results.h - what programs found, as far as a summary tells it
 *
 * Of each of their mails the one line that matters. What was wrong and is not any
 * more is not told, nor what the same program has said before.
 */
#ifndef ND_SUMMARISE_RESULTS_H
#define ND_SUMMARISE_RESULTS_H

#include "summarise/sourcemail.h"

/** Set result, stale and mends of the sources of thread; person is known. */
void nd_results_find(const struct nd_thread *thread, struct nd_source *source);

/**
 * The text of a result, with the place where more about it is; not again, where
 * every mail of a tracker has the same. Owned by ctx or the event.
 */
const char *nd_results_text(const void *ctx, const struct nd_thread *thread,
                            const struct nd_event *event);

#endif
