/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * merged.h - what feeds of commits said of a thread, kept with its digest
 *
 * A feed is read once; what it told stands in the header of the thread's
 * digest, as thread->merged: "HASH=COMMIT@SECONDS …", one for each patch, where
 * HASH are the first digits of the hash of the patch's Message-ID. Sorted, each
 * patch once, so that the same facts are the same text.
 */
#ifndef ND_ANALYSE_MERGED_H
#define ND_ANALYSE_MERGED_H

#include "model/commit.h"

/**
 * thread->merged and the patches of merge together, owned by ctx. What is there
 * already stays: a later commit is the same patch in another tree.
 *
 * Limits: ND_LIMIT_MERGED patches
 */
const char *nd_merged_add(const void *ctx, const struct nd_merge *merge);

/** The text without commits made at until_s or later, owned by ctx. */
const char *nd_merged_until(const void *ctx, const char *text, int64_t until_s);

/**
 * Make state and applied of a settled thread follow from thread->merged, too.
 * Words that are none, and patches that are not in the thread, are skipped.
 */
void nd_merged_settle(struct nd_thread *thread);

#endif
