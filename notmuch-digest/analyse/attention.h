/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attention.h - whose turn it is in a thread, and whether that was long ago
 *
 * The author's when changes are wanted or a robot found something; that of the
 * one who is asked; in a review that of the one who did not write last.
 */
#ifndef ND_ANALYSE_ATTENTION_H
#define ND_ANALYSE_ATTENTION_H

#include "model/thread.h"
#include "model/window.h"

/**
 * Set waiting_for and stalled of a thread whose state is known.
 *
 * series     the newest one in the thread, or NULL
 */
void nd_attention_find(struct nd_thread *thread, const struct nd_series *series,
                       const struct nd_window *window);

#endif
