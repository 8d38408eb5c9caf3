/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * questions.h - what a mail asks
 *
 * A question is a sentence that ends in a question mark, or a plain request
 * for information ("Please clarify …"). Rhetorical ones, jokes and those that
 * their writer answers at once are none.
 */
#ifndef ND_ANALYSE_QUESTIONS_H
#define ND_ANALYSE_QUESTIONS_H

#include "analyse/mailevents.h"

/** Add the events QUESTION of a mail written by a person. */
void nd_questions_read(const struct nd_mailevents *mail);

#endif
