/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * posting.h - which mails of a thread post patches, and as which series
 *
 * Needs the subject parts of every mail. Version chains across threads are
 * not looked for here: prior and next stay empty.
 */
#ifndef ND_ANALYSE_POSTING_H
#define ND_ANALYSE_POSTING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/thread.h"

/**
 * Does this mail post a patch or a cover letter?
 *
 * "Re: [PATCH 3/5]" does not, even with a diff in it; but for a new version
 * that its author sends as an answer, whose Re: nd_posting_find_series() takes
 * away. A mail program that leaves out Re: is seen through: same tag and title
 * as its parent, no diff.
 * The patches of a pull request are posted with it, too. A cover letter with
 * a plain subject has ND_SUBJECT_PATCH once nd_posting_find_series() has found
 * it.
 */
bool nd_posting_is(const struct nd_thread *thread, size_t index);

/**
 * Is a mail of a subject that somebody has put in the place of the thread's own,
 * "New (was: Old)"? What it says is not about what was posted.
 */
bool nd_posting_is_aside(const struct nd_thread *thread, size_t index);

/**
 * Set thread->series and thread->more_series.
 *
 * A cover letter may lack its tag or its number, and may be the only mail of
 * the series that names version and tree.
 *
 * A thread whose first mails are missing has the series that its root's "Re:
 * [PATCH v7 00/23]" is about. Nothing else is known of it: the root stands in
 * for the cover letter, and the author's name and address are empty. A pull
 * request has no series, but the
 * patches posted with it are in more_series.
 *
 * Limits: after ND_LIMIT_SERIES series no further ones are looked for.
 */
void nd_posting_find_series(struct nd_thread *thread);

/**
 * The series that the thread stands for today: thread->series, or a newer
 * version of it that its author posted into the same thread. May be NULL.
 */
const struct nd_series *
nd_posting_newest_series(const struct nd_thread *thread);

/**
 * For each mail the nearest posting at or above it, or ND_NO_MESSAGE: what an
 * answer is about. Owned by ctx.
 */
int32_t *nd_posting_targets(const void *ctx, const struct nd_thread *thread);

#endif
