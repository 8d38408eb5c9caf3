/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * program.h - mails that say that a program wrote them
 *
 * For programs that no table of names knows: nearly all ask not to be answered,
 * or say that they are automatic, in their first or last lines.
 */
#ifndef ND_ROBOT_PROGRAM_H
#define ND_ROBOT_PROGRAM_H

#include "model/message.h"

/** Does a mail say of itself that a program wrote it? NULL says nothing. */
bool nd_program_declares(const struct nd_body *body);

#endif
