/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * series.h - a patch series (a single patch is a series of one)
 */
#ifndef ND_MODEL_SERIES_H
#define ND_MODEL_SERIES_H

#include "model/message.h"

/* Another version of the same series. */
struct nd_series_link {
	int version;
	const char *root_id; /* NULL when it is only known by a link */
	int64_t date_s;      /* of its root; 0 when it is not known */
};

struct nd_series {
	int version;              /* 1 when no subject names one */
	int total;                /* patches announced; 1 for a single patch */
	const char *project;      /* NULL: none named */
	const char *title;        /* of the cover letter or first patch */
	struct nd_address author; /* the sender of the root */
	int32_t root;             /* index of the cover letter or first patch;
				   * when all of it is missing, the thread's root,
				   * which answers it, and author is empty */
	int32_t *patch;           /* total entries: index of patch i + 1 in the
				 * thread, ND_NO_MESSAGE when it is missing */
	struct nd_series_link *prior; /* newest first */
	size_t prior_count;
	struct nd_series_link *next; /* NULL: none known */
};

#endif
