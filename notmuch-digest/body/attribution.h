/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attribution.h - "On Tue, 10 Mar 2026, X wrote:" in the world's languages
 *
 * The words are those of model/clientwords.h; the form tells as much: a moment,
 * a person's address, a colon at the end.
 */
#ifndef ND_BODY_ATTRIBUTION_H
#define ND_BODY_ATTRIBUTION_H

#include "body/lines.h"

/**
 * Mark the lines that say whose words are quoted below as ATTRIBUTION; they
 * may be wrapped over up to four lines.
 */
void nd_attribution_mark(struct nd_lines *lines);

/**
 * The line behind the attribution that begins in line i and is one beyond
 * doubt, also when what is below has no quote marks: somebody who wrote at a
 * time of day, or with an address; i when there is none.
 */
size_t nd_attribution_end(const struct nd_lines *lines, size_t i);

#endif
