/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reportform.h - mails that have the form of a program's report
 *
 * For programs that neither their name, their headers nor their words give
 * away: what they write is rows, pairs of key and value and addresses, with a
 * result and a place where there is more. A person who reports a test quotes
 * what he answers, asks, or says "I"; one such line, and it is a person's.
 *
 * Reads own lines only; linear in the body.
 */
#ifndef ND_ROBOT_REPORTFORM_H
#define ND_ROBOT_REPORTFORM_H

#include <stdbool.h>

#include "model/message.h"

/** Is the mail a report that no person wrote? A body that is NULL is none. */
bool nd_reportform_is(const struct nd_message *message);

#endif
