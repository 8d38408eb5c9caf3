/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * autoreply.h - answers that nobody wrote
 *
 * Out-of-office answers, delivery failures, receipts and notices of moderation
 * whose headers do not say so (those that do have ND_MESSAGE_RESPONDER from
 * mail/header.h). Known by the forms of their subject in the languages of the
 * programs that send them, by who sends them, or by how they begin.
 *
 * Reads the subject and the first own lines only. Strings are UTF-8.
 */
#ifndef ND_ROBOT_AUTOREPLY_H
#define ND_ROBOT_AUTOREPLY_H

#include "model/message.h"

/**
 * Is the mail an answer that nobody wrote?
 *
 * A person who says "I am away until Monday, but patch 2 looks wrong" wrote an
 * answer: a text alone counts only when there is nothing else in it.
 */
bool nd_autoreply_is(const struct nd_message *message);

#endif
