/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * category.h - what sort of conversation a thread is
 *
 * The category goes by the tags of the root's subject, or of the patches under
 * a cover letter that has none, so that a reader can see why; the kind also by
 * its text and its recipients.
 */
#ifndef ND_ANALYSE_CATEGORY_H
#define ND_ANALYSE_CATEGORY_H

#include <stdbool.h>

#include "acts/act.h"
#include "model/thread.h"

/**
 * Set category and project of a thread; needs the subject parts of every mail
 * and thread->series.
 */
void nd_category_find(struct nd_thread *thread);

/**
 * Set the kind of a thread; needs its category and the robot flags, too.
 *
 * acts       of each message: nd_speech_read()
 */
void
nd_category_find_kind(struct nd_thread *thread, const struct nd_act_mail *acts);

/**
 * Does a patch say that it is a commit of the main tree ("commit SHA
 * upstream.", "[ Upstream commit SHA ]") or a backport? Its text is there.
 */
bool nd_category_is_backport(const struct nd_message *message);

#endif
