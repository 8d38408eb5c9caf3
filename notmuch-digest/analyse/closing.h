/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * closing.h - questions that nobody waits for any more
 *
 * They are answered by nothing that was said (analyse/answers.h): a newer version
 * has come, or the thread is over. That is known when it is known where the thread
 * stands, after it was summarised.
 */
#ifndef ND_ANALYSE_CLOSING_H
#define ND_ANALYSE_CLOSING_H

#include "model/thread.h"

/**
 * Take the questions out that were asked before date_s, from
 * thread->open_question and the summary: a newer version has settled them.
 */
void nd_closing_questions(struct nd_thread *thread, int64_t date_s);

/**
 * The same when the thread is over: nobody waits for an answer to what was asked
 * before, and the summary tells it as it tells other sentences.
 */
void nd_closing_thread(struct nd_thread *thread, int64_t date_s);

#endif
