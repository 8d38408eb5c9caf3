/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * series.h - a patch series (a single patch is a series of one)
 */
#ifndef ND_MODEL_SERIES_H
#define ND_MODEL_SERIES_H

#include "model/message.h"

/* Why two series are taken for versions of one, the surest first. */
enum nd_link_reason {
	ND_LINK_CHANGE_ID, /* both carry the same change-id */
	ND_LINK_MENTION,   /* the later one points to the earlier one */
	ND_LINK_TITLE,     /* same title, and same author or next version */
	ND_LINK_REPLY,     /* the later one is a reply to the earlier one */
	ND_LINK_PATCHES,   /* they share patches */
	ND_LINK_SIMILAR,   /* the titles share most words */
	ND_LINK_AGAIN,     /* the same version, sent again */
	ND_LINK_COUNT
};

/* Another version of the same series. */
struct nd_series_link {
	int version;
	int revision;        /* 1 of v5.1 */
	bool rfc;            /* it was tagged RFC */
	int total;           /* its patches; 0 when it is not in the mailbox */
	const char *root_id; /* NULL when it is only known by a link */
	int64_t date_s;      /* of its root; 0 when it is not known */
	enum nd_link_reason reason; /* why it stands beside its neighbour of
	                             * the chain */
	unsigned confidence;        /* per cent */
};

/* What the author says has changed between two versions. */
struct nd_change {
	int from, to;     /* versions; from is 0 when it is not said */
	const char *text; /* its lines, divided by LF; no blank ones */
};

struct nd_fingerprint; /* analyse/fingerprint.h: what a series is recognised by
                        */

struct nd_series {
	int version;              /* 1 when no subject names one */
	int revision;             /* 1 of v5.1 */
	bool rfc;                 /* a tag of the root says RFC */
	int total;                /* patches announced; 1 for a single patch */
	const char *project;      /* NULL: none named */
	const char *title;        /* of the cover letter or first patch */
	struct nd_address author; /* the sender of the root */
	int32_t root;             /* index of the cover letter or first patch;
	                           * when all of it is missing, the thread's root,
	                           * which answers it, and author is empty */
	int32_t *patch;           /* total entries: index of patch i + 1 in the
	                           * thread, ND_NO_MESSAGE when it is missing */
	struct nd_series_link *prior; /* newest first, of many the newest */
	size_t prior_count;
	size_t more_prior;           /* older ones that are only counted */
	struct nd_series_link *next; /* NULL: none known */
	struct nd_change *change;    /* as the root tells them, in its order */
	size_t change_count;
	const char *cover; /* text of the root without its diff, lines end in
	                    * LF; NULL when it was not asked for */
	struct nd_fingerprint
		*fingerprint; /* NULL for patches of a pull request */
};

/** The word for a reason in the JSON report: "change-id", "title", … */
const char *nd_series_link_reason_name(enum nd_link_reason reason);

#endif
