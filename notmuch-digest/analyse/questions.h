/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * questions.h - what a mail asks
 *
 * A question is a sentence that ends in a question mark, or a request for
 * information ("Please clarify …", "let me know what …", "@Ann could you …").
 * Rhetorical ones, jokes, those that their writer answers at once, proposals
 * ("Why not use foo?"), code and what somebody else is said to ask are none.
 */
#ifndef ND_ANALYSE_QUESTIONS_H
#define ND_ANALYSE_QUESTIONS_H

#include "analyse/mailevents.h"

/**
 * Is the sentence mail->said.utterance[i] certainly no question, whatever its
 * words look like?
 */
bool nd_questions_rule_out(const struct nd_mailevents *mail, size_t i);

/** Add the events QUESTION of a mail written by a person. */
void nd_questions_read(const struct nd_mailevents *mail);

#endif
