/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * commitmatch.h - which commits carry which patches of the mailbox
 *
 * The mail that a commit's Link: or Message-ID: trailer names, if it posts a
 * patch of the same title or author: commits also link to reports and to what
 * others sent first. Without such a trailer, the patch with the commit's title
 * and author that was sent last before it. "Merge tag 'T' of R" is the pull
 * request for T of R.
 *
 * Pure. What is not certain is not matched: nothing is made up.
 */
#ifndef ND_LINEAGE_COMMITMATCH_H
#define ND_LINEAGE_COMMITMATCH_H

#include "model/commit.h"
#include "model/lookup.h"

/** Fill in what is worked out from title and message; owned by ctx. */
void nd_commitmatch_read(const void *ctx, struct nd_commit *commit);

/** The mails to look for in the database, owned by ctx. */
struct nd_lookup *
nd_commitmatch_lookup(const void *ctx, const struct nd_commit_list *commits);

/** Set the wanted flag of hits that may be what a commit carries. */
void nd_commitmatch_choose(const struct nd_commit_list *commits,
                           struct nd_hit *hit, size_t count);

struct nd_merge_list {
	struct nd_merge *merge; /* in the order of the threads */
	size_t count;
	size_t matched; /* commits that are in one of them */
};

/**
 * Match commits and threads.
 *
 * threads    analysed, their texts not dropped
 * Returns    owned by ctx; points to threads and commits
 */
struct nd_merge_list *
nd_commitmatch_find(const void *ctx, const struct nd_commit_list *commits,
                    struct nd_thread *const *threads, size_t count);

#endif
