/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answers.h - which questions are answered, and which are still open
 *
 * A question is answered by the one who is asked (acts/asked.h) when they write
 * below it, or anywhere in that branch of a series; by whoever quotes it with a
 * statement below; and, where no patch is talked of, by any reply to its mail,
 * unless it calls somebody by name. Thanks, a question back, "good question"
 * answer nothing. The asker may say that it is settled. A newer version of the
 * patches settles all before it; what else was done may settle a question, too
 * (analyse/moot.h).
 */
#ifndef ND_ANALYSE_ANSWERS_H
#define ND_ANALYSE_ANSWERS_H

#include "acts/act.h"
#include "model/thread.h"

/**
 * Set thread->open_question, and event->answers of the events ANSWER.
 *
 * Needs the events QUESTION and ANSWER of all mails, in the order of the mails,
 * and the text. acts: of each mail (analyse/speech.h).
 *
 * Limits: of many open questions the last five are kept, before them those
 * that call somebody by name.
 */
void nd_answers_find(struct nd_thread *thread, const struct nd_act_mail *acts);

#endif
