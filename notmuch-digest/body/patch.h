/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * patch.h - all lines of a text that are for git, not for reading
 */
#ifndef ND_BODY_PATCH_H
#define ND_BODY_PATCH_H

#include "body/lines.h"

/**
 * Mark diffs, diffstats, "---", range-diffs, scissors, base-commit lines,
 * git's version, what "git am" prints of patches that do not apply, and code
 * suggested with "+" in front as ND_LINE_DIFF.
 *
 * body       gains diff_file, insertions, deletions and ND_BODY_DIFF
 */
void nd_patch_mark(struct nd_lines *lines, struct nd_body *body);

#endif
