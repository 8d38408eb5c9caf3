/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * threading.h - the mails of a thread find their parents, and quotes their
 * origin
 */
#ifndef ND_CONVERSATION_THREADING_H
#define ND_CONVERSATION_THREADING_H

#include "model/thread.h"

/**
 * Find out when the mails were sent, where clocks were wrong: date_s as
 * conversation/clockskew.h has it. Nothing is linked yet.
 *
 * thread     its mails have been read, those that will be left out of it for
 *            their time included
 * future_s   nothing can have been sent after it
 */
void nd_threading_date(struct nd_thread *thread, int64_t future_s);

/**
 * Order the mails and set what depends on the others.
 *
 * thread     its mails have been read (those that could not be stay in it)
 *
 * Sorts thread->message by date, then id; sets parent (In-Reply-To when that
 * mail is there, else the nearest reference that is; loops are broken at the
 * earliest mail) and root: the earliest mail without a parent, where a cover
 * letter goes before the patches of its series when clocks disagree. Sets
 * source and source_line of quoted lines whose words an ancestor, or else any
 * earlier mail, has as its own line.
 *
 * Costs: linear in the bytes of the thread. Thread-safe for different threads.
 */
void nd_threading_link(struct nd_thread *thread);

#endif
