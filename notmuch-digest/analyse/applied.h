/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * applied.h - "Applied to fixes, thanks!": a maintainer takes patches
 *
 * Both forms count: what b4 and its like write (tree, branch, "[n/m] subject"
 * and "commit: ID"), and what people write by hand. By hand, a sentence has to
 * begin with the verb, or with nothing but small words before it ("Now",
 * "Series", "I've", "Patches 1-3"), and may not be about a test or a plan.
 */
#ifndef ND_ANALYSE_APPLIED_H
#define ND_ANALYSE_APPLIED_H

#include "analyse/reading.h"

/** Add the events APPLIED and PULLED of a mail written by a person. */
void nd_applied_read(const struct nd_reading *reading);

/**
 * Take the patches and commits that lines of the form "[n/m] subject", "- [v2,
 * n/m] subject" and the commit lines below them name into the event.
 *
 * Returns how many commits there were
 */
size_t
nd_applied_list(const struct nd_reading *reading, struct nd_event *event);

#endif
