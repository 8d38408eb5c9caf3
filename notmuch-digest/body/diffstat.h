/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * diffstat.h - the tables that git puts beside a patch
 */
#ifndef ND_BODY_DIFFSTAT_H
#define ND_BODY_DIFFSTAT_H

#include "body/lines.h"

/**
 * The line behind the diffstat that begins at line i (" path | 12 ++--" up to
 * " N files changed" and " create mode"), or i when none does.
 */
size_t nd_diffstat_end(const struct nd_lines *lines, size_t i);

/**
 * The line behind the range-diff or interdiff that begins at line i, its
 * heading included, or i when none does.
 */
size_t nd_diffstat_rangediff_end(const struct nd_lines *lines, size_t i);

#endif
