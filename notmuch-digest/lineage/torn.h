/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * torn.h - which threads are parts of one talk that was torn apart
 *
 * Programs that leave out In-Reply-To, and lists that give mails new ids, make
 * of "Re: [PATCH v2 3/5] foo: Fix the bar" a thread of its own. It belongs to
 * the last thread before it that has posted that, in that version and for that
 * release, or has begun to talk under that title. Two people may ask the
 * same: what does not say Re: is no answer, but the same question when the
 * same person asks it again within a week.
 *
 * Not for titles of one word, nor when nobody has written under the title for
 * two months.
 *
 * Pure; linear in mails, but for sorting them.
 */
#ifndef ND_LINEAGE_TORN_H
#define ND_LINEAGE_TORN_H

#include "model/thread.h"

/**
 * Set the talk of each of these threads: NULL for those that are whole. The
 * order does not matter.
 *
 * ctx        owns the talks
 * thread     analysed; their mails are pointed at
 */
void
nd_torn_find(const void *ctx, struct nd_thread *const *thread, size_t count);

#endif
