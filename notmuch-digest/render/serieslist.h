/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * serieslist.h - patch series as a table, or each with its cover letter
 *
 * See render.h: pure, times in the user's zone, JSON in UTC.
 */
#ifndef ND_RENDER_SERIESLIST_H
#define ND_RENDER_SERIESLIST_H

#include "render/render.h"
#include "words/seriesrow.h"

enum nd_series_style {
	ND_SERIES_TABLE,
	ND_SERIES_FULL, /* with cover letters; needs series->cover */
};

/** Append all rows to out. */
void nd_serieslist_render(const struct nd_report *report,
                          const struct nd_seriesrow_list *rows,
                          enum nd_format format, enum nd_series_style style,
                          const struct nd_render_options *options,
                          struct nd_buf *out);

#endif
