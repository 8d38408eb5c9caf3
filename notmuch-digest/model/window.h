/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * window.h - the period a report is about
 *
 * Times are seconds since the epoch, UTC. The window is [since_s, until_s):
 * mails before it are history, mails at or after its end are not looked at.
 */
#ifndef ND_MODEL_WINDOW_H
#define ND_MODEL_WINDOW_H

#include <stdint.h>

struct nd_window {
	int64_t since_s;
	int64_t until_s; /* exclusive */
	int64_t now_s;   /* the clock of this run (--now) */
};

/** What ages are counted from: nothing of what comes after it is looked at. */
static inline int64_t
nd_window_clock(const struct nd_window *window)
{
	return window->until_s > 0 && window->until_s < window->now_s
	               ? window->until_s
	               : window->now_s;
}

#endif
