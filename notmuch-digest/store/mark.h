/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mark.h - what of the digest folder we made, kept in the folder itself
 *
 * The mark is an empty directory, which `notmuch new` and mail programs do not
 * mind: they look for files, and for a cur. Its name says what we may take
 * away again:
 *
 *	.notmuch-digest.made-N             the folder with all that is in it,
 *	                                   and N - 1 directories above it
 *	.notmuch-digest.found-cur-new-tmp  the folder was there; the parts that
 *	                                   are named are ours
 *
 * Between a directory and its mark a run may be killed, when it is made and
 * when it is taken away. So long it is pending: it has the sticky bit, which
 * does nothing where only the owner may write. Where a file system has no such
 * bit, a directory that a killed run has made counts as found.
 */
#ifndef ND_STORE_MARK_H
#define ND_STORE_MARK_H

#include <stdbool.h>

#include "store/maildir.h"
#include "util/status.h"

/* What the names of all marks begin with. */
#define ND_MARK_START ".notmuch-digest."

struct nd_mark {
	char *name;      /* of the directory; NULL: there is no mark */
	unsigned levels; /* made by us: the folder and those right above it */
	bool part[ND_MAILDIR_PARTS]; /* made by us */
};

/**
 * The mark of the folder at path; of several the one that claims least.
 *
 * Returns    false when the folder is there and cannot be looked into
 */
bool nd_mark_read(const void *ctx, const char *path, struct nd_mark *mark);

/** Put it there, or in the place of the one that it was read from. */
enum nd_status nd_mark_put(const char *path, const struct nd_mark *mark,
                           struct nd_error *err) ND_MUST_CHECK;

/** Is it a directory of ours that a run has just made, or almost removed? */
bool nd_mark_is_pending(const char *path);

/** Make it pending, or not any more; one whose mode the user changed stays. */
void nd_mark_set_pending(const char *path, bool pending);

#endif
