/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answers.h - which questions are answered, and which are still open
 *
 * A question is answered by whoever answers its mail, unless other lines of it
 * are picked out; by whoever quotes it with words below; and when the one who
 * is asked writes again in that branch of the thread. A newer version of the
 * patches, or their being applied, settles it, too.
 */
#ifndef ND_ANALYSE_ANSWERS_H
#define ND_ANALYSE_ANSWERS_H

#include "model/thread.h"

/**
 * Add the events ANSWER, and set thread->open_question.
 *
 * Needs the events QUESTION and APPLIED of all mails, in the order of the
 * mails, and the text; the new events are not sorted in.
 */
void nd_answers_find(struct nd_thread *thread);

/**
 * Take the questions out that were asked before date_s, from
 * thread->open_question and the summary: a newer version has settled them.
 */
void nd_answers_close(struct nd_thread *thread, int64_t date_s);

#endif
