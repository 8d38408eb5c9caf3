/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seriesrow.h - the series of a report, one row each
 */
#ifndef ND_RENDER_SERIESROW_H
#define ND_RENDER_SERIESROW_H

#include "model/report.h"

struct nd_series_row {
	const struct nd_thread *thread;
	const struct nd_series *series;
	unsigned acked, reviewed, tested; /* given in answers to it */
	int64_t last_s; /* the last mail of its thread; 0: no date */
	bool stated;    /* the thread's state is that of this series */
};

struct nd_seriesrow_list {
	struct nd_series_row *row; /* what was active last comes first */
	size_t count;
	size_t total; /* those that limit left out, too */
};

/**
 * All series of the report's threads; owned by ctx.
 *
 * limit      rows kept, 0 for all
 */
struct nd_seriesrow_list *
nd_seriesrow_list(const void *ctx, const struct nd_report *report,
                  unsigned limit);

#endif
