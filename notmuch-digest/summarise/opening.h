/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opening.h - which sentence can be the first that is told of patches
 */
#ifndef ND_SUMMARISE_OPENING_H
#define ND_SUMMARISE_OPENING_H

#include "summarise/candidates.h"

/**
 * Does it say something beside what was posted, or of one patch of several?
 * Such a sentence opens no summary.
 */
bool nd_opening_is_aside(const struct nd_candidates *m,
                         const struct nd_candidate *c);

/** "This series adds a ring buffer.": says what was posted for. */
bool nd_opening_tells_purpose(const struct nd_candidates *m,
                              const struct nd_candidate *c);

#endif
