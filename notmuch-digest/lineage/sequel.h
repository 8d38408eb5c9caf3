/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sequel.h - what was posted later, elsewhere, that may be what a thread waits
 * for
 *
 * Promised changes come under another title, patches stand in a later series or
 * pull request, a talk ends with a patch that points to it. That is no version
 * of anything (kinship.h), and whether all is done by it is not known: what is
 * owed is less sure since then.
 *
 * A posting takes a thread's place when it has, or lists, half of its patches,
 * by title, or is a later version that its author has given almost the same
 * title; a pull request, when its author sends the next one like it; a
 * question, when it is asked again under the same title. One by somebody of
 * whom something is expected may be that when it has a title like it, a patch
 * in common or, in a later version or within a week, files, or points to a mail
 * of the thread; also when it was posted an hour before that was promised.
 *
 * Not what goes to another release. Pure; linear in postings, but for those of
 * one person or title, of which the first ND_LIMIT_RELATED are looked at.
 */
#ifndef ND_LINEAGE_SEQUEL_H
#define ND_LINEAGE_SEQUEL_H

#include "model/thread.h"

/**
 * Set the sequels of each of these threads, owned by it; the order does not
 * matter. The mails they name are those of the other threads.
 *
 * thread     settled
 */
void nd_sequel_find(struct nd_thread *const *thread, size_t count);

#endif
