/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * moot.h - questions that nobody needs to answer after what was done
 *
 * Taking patches answers whoever asked for that, or whether to send them anew; a
 * review whoever asked for one. Who has asked of patches and then gives a tag for
 * them, or takes them, wants to know it no more, nor does who was asked owe an
 * answer then. A talk that its beginner calls settled, or a tracker, is over for all.
 *
 * Does not: look at answers (analyse/answers.h).
 */
#ifndef ND_ANALYSE_MOOT_H
#define ND_ANALYSE_MOOT_H

#include <stdint.h>

#include "model/event.h"
#include "model/thread.h"

/**
 * The first mail that settles a question by what it does; or ND_NO_MESSAGE. Of tags
 * and the like only the next two hundred are looked at.
 *
 * question   one of thread->event, with asked known
 */
int32_t
nd_moot_by(const struct nd_thread *thread, const struct nd_event *question);

#endif
