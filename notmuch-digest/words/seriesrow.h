/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * seriesrow.h - the series of a report, one row each
 */
#ifndef ND_WORDS_SERIESROW_H
#define ND_WORDS_SERIESROW_H

#include "model/report.h"

/* Whose turn it is. */
enum nd_series_turn {
	ND_SERIES_TURN_NOBODY,    /* it is over, or was never to be reviewed */
	ND_SERIES_TURN_NAMED,     /* who the thread waits for */
	ND_SERIES_TURN_AUTHOR,    /* the last word is somebody else's */
	ND_SERIES_TURN_REVIEWER,  /* the author's, or nobody has answered */
	ND_SERIES_TURN_COMMITTER, /* it is reviewed */
	ND_SERIES_TURN_COUNT
};

/* Which rows are wanted. */
struct nd_seriesrow_filter {
	const char *state;          /* word of a state; NULL: any */
	const struct nd_user *user; /* with the two below; not NULL */
	bool mine;                  /* posted by the user */
	bool waiting;               /* for the user to act */
	unsigned limit;             /* rows kept, 0 for all */
};

struct nd_series_row {
	const struct nd_thread *thread;
	const struct nd_series *series;
	unsigned acked, reviewed, tested; /* given in answers to it */
	int64_t last_s;   /* the last mail of its thread; 0: no date */
	int64_t family_s; /* the same of the thread in whose entry it is told */
	bool stated;      /* the thread's state is that of this series */
	enum nd_series_turn turn;
	const char *turn_name; /* of who is next; NULL: not known by name */
	bool member; /* of the family of the row that has none above it */
};

struct nd_seriesrow_list {
	struct nd_series_row *row; /* what was active last comes first, with
	                            * the rest of its family behind it */
	size_t count;
	size_t total; /* those that limit left out, too */
};

/** The series of the report's threads; owned by ctx. */
struct nd_seriesrow_list *
nd_seriesrow_list(const void *ctx, const struct nd_report *report,
                  const struct nd_seriesrow_filter *filter);

/** The word for a turn in the JSON report; NULL for nobody. */
const char *nd_seriesrow_turn_name(enum nd_series_turn turn);

#endif
