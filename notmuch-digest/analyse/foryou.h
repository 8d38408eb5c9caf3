/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * foryou.h - which mails of a thread concern the user
 */
#ifndef ND_ANALYSE_FORYOU_H
#define ND_ANALYSE_FORYOU_H

#include "model/thread.h"

/**
 * Set thread->for_you: questions that ask the user, by name or in answer to
 * the user's own mail, as long as they are open; and of the new mails those
 * that say something about the user's patches, or have the user in To.
 *
 * thread     analysed, with its recipients
 * user       without name and addresses nothing is for anybody
 */
void nd_foryou_find(struct nd_thread *thread, const struct nd_user *user);

#endif
