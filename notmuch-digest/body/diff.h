/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * diff.h - where a diff ends, and what it changes
 *
 * A diff may stand anywhere in a mail: below a commit message, below a
 * scissors line, as a suggestion in the middle of a review. Hunk headers say
 * how many lines follow, so the words after it are found again. Mailers that
 * wrap long lines damage diffs: a stray line between diff lines belongs to the
 * diff, two of them end it.
 */
#ifndef ND_BODY_DIFF_H
#define ND_BODY_DIFF_H

#include "body/lines.h"

/**
 * The line behind the diff that begins at line i, or i when none does. Facts
 * are counted in body; body may be NULL.
 */
size_t
nd_diff_end(const struct nd_lines *lines, size_t i, struct nd_body *body);

/** "-- " and git's version below it, which end every format-patch mail. */
bool nd_diff_is_version(const struct nd_lines *lines, size_t i);

#endif
