/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * commit.h - a commit of a git tree, and what it merged
 */
#ifndef ND_MODEL_COMMIT_H
#define ND_MODEL_COMMIT_H

#include "model/thread.h"

struct nd_commit {
	const char *id; /* 40 or 64 hex digits, lower case */
	const char *title;
	struct nd_address author;
	int64_t date_s;      /* of the commit; 0 when it is not said */
	const char *message; /* its text without the title; lines end in LF */

	/* worked out (commit.h) */
	const char **link; /* Message-IDs its trailers name, the surest
			    * first */
	size_t link_count;
	const char *pulled; /* "kvmarm-6.19" of "Merge tag 'kvmarm-6.19' of
			     * …"; NULL when it is no such merge */
	const char *from;   /* the repository behind it */
};

struct nd_commit_list {
	struct nd_commit *commit;
	size_t count;
};

/* A patch that a commit carries. */
struct nd_merged_patch {
	int number; /* of the series; 1 for a single patch or a pull request */
	const struct nd_commit *commit;
};

/* A series or pull request some of which was merged. */
struct nd_merge {
	struct nd_thread *thread;
	const struct nd_series *series; /* NULL: the thread's pull request */
	struct nd_merged_patch *patch;  /* by number, each once */
	size_t patch_count;
	int total;
};

#endif
