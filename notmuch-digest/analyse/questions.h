/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * questions.h - what a mail asks
 */
#ifndef ND_ANALYSE_QUESTIONS_H
#define ND_ANALYSE_QUESTIONS_H

#include "analyse/mailevents.h"

/**
 * Add the events QUESTION of a mail written by a person: sentences with the
 * form of a question (acts/questionform.h) that ask, as acts/actmodel.h hears it.
 */
void nd_questions_read(const struct nd_mailevents *mail);

#endif
