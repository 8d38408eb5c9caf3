/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * foryou.h - which mails of a thread concern the user
 */
#ifndef ND_STANDING_FORYOU_H
#define ND_STANDING_FORYOU_H

#include "model/thread.h"

/**
 * Set thread->to_user while the recipients of all mails are still known.
 *
 * user       without addresses nothing is to anybody
 */
void nd_foryou_count(struct nd_thread *thread, const struct nd_user *user);

/**
 * Set thread->for_you: first what has the user in the thread's attention, then
 * open questions that ask the user, by name or in answer to the user's own
 * mail, then what new mails say about the user's patches; how many mails are to
 * the user comes last. A mail stands there once, for the best of its reasons.
 *
 * thread     its state is settled; its text is not needed any more
 * user       without name and addresses nothing is for anybody
 *
 * Calling it again begins anew.
 */
void nd_foryou_find(struct nd_thread *thread, const struct nd_user *user);

#endif
