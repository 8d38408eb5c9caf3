/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tally.h - the line that says what a run has done to the mailbox
 *
 * It goes to stdout, terminal or not, as that of `notmuch new` does.
 */
#ifndef ND_APP_TALLY_H
#define ND_APP_TALLY_H

#include "store/apply.h"

/**
 * "72 digests written, 3 removed, 121 mails tagged, 70 digests summarised by
 * the model.", with a line end; owned by ctx. What there is none of is not
 * named; "Nothing has changed." when there is nothing at all.
 */
const char *
nd_tally_update(const void *ctx, const struct nd_apply_counts *counts);

/** The same for clean: "72 digests removed, tags taken off 121 mails." */
const char *
nd_tally_clean(const void *ctx, const struct nd_apply_counts *counts,
               size_t answers);

#endif
