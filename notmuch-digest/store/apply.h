/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * apply.h - carry plans out, in sessions that nobody has to wait for long
 *
 * Each thread is planned again under the lock, from the index as it is then:
 * what was done by somebody else meanwhile is not done twice, and a thread
 * that grew while it was read is left for the next run.
 */
#ifndef ND_STORE_APPLY_H
#define ND_STORE_APPLY_H

#include "store/session.h"
#include "util/buf.h"

/* What is to be done with a thread; but for the first and the last only its id
 * counts. */
enum nd_job_kind {
	ND_JOB_UPDATE,
	ND_JOB_RENAME, /* the tags, from store->prefix_before */
	ND_JOB_CLEAN,  /* take all of ours off it */
	ND_JOB_MUTE,   /* the same, but for reports that lie in it */
	ND_JOB_BEREFT, /* its digest is gone: no tag may tell of it */
	ND_JOB_REPORT, /* a report, not a thread */
};

/* One thread to bring in order. */
struct nd_job {
	enum nd_job_kind kind;
	struct nd_desired desired;

	/* results */
	bool left;         /* it grew: for the next run */
	const char *taken; /* an id of ours that foreign mail has, or NULL */
};

struct nd_apply_counts {
	unsigned written, removed, tagged, left;
	unsigned upgraded; /* digests replaced by better ones, written apart */
	unsigned reports;  /* that were removed; removed is of digests */
};

/**
 * Carry out all jobs.
 *
 * end        what the last of the sessions is for the run. With no job and
 *            ND_SESSION_MORE nothing is opened.
 * counts     added to
 */
enum nd_status
nd_apply(struct nd_store *store, struct nd_job *job, size_t count,
         enum nd_session_end end, struct nd_apply_counts *counts,
         struct nd_error *err) ND_MUST_CHECK;

/**
 * Append what would be done to out, a line for each change.
 *
 * db         open for reading
 */
enum nd_status
nd_apply_print(const struct nd_store *store, struct nd_db *db,
               struct nd_job *job, size_t count, struct nd_buf *out,
               struct nd_error *err) ND_MUST_CHECK;

#endif
