/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sinceline.h - what has happened since the last report, in words
 *
 * As in labels.h: plain text on one line, owned by ctx, to be escaped as a
 * whole. All formats say the same words. report->since_last is not NULL.
 */
#ifndef ND_WORDS_SINCELINE_H
#define ND_WORDS_SINCELINE_H

#include "agenda/sincelast.h"
#include "words/labels.h"

/** "Since the last report, 2026-03-30 00:00 UTC"; says so when there is none. */
const char *
nd_sinceline_heading(const void *ctx, const struct nd_labels *labels);

/** "Closed", "Moved" */
const char *
nd_sinceline_list(const struct nd_labels *labels, enum nd_sincelast_list list);

/** "Closed: 3", "Moved: none" */
const char *
nd_sinceline_counted(const void *ctx, const struct nd_labels *labels,
                     enum nd_sincelast_list list);

/** How many lines of a list are printed; the rest is counted. */
size_t nd_sinceline_shown(const struct nd_sincelast *since,
                          enum nd_sincelast_list list);

/** "applied, was under review" */
const char *nd_sinceline_state(const void *ctx, const struct nd_labels *labels,
                               const struct nd_sincelast_line *line);

/** "ring: do not wait (v3): applied, was under review" */
const char *nd_sinceline_text(const void *ctx, const struct nd_labels *labels,
                              const struct nd_sincelast_line *line);

/** "and 12 more"; "" when all of a list is printed. */
const char *nd_sinceline_rest(const void *ctx, const struct nd_labels *labels,
                              enum nd_sincelast_list list);

#endif
