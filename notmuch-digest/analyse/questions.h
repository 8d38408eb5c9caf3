/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * questions.h - what was asked, what was answered, what is still open
 *
 * A question is a sentence that ends in a question mark, or a plain request
 * for information ("Please clarify …"). Rhetorical ones, jokes and those in
 * commit messages are none. It is answered by whoever answers its mail, quotes
 * it with words below, or is asked and writes again; a newer version of the
 * patches, or their being applied, settles it, too.
 */
#ifndef ND_ANALYSE_QUESTIONS_H
#define ND_ANALYSE_QUESTIONS_H

#include "analyse/reading.h"

/** Add the events QUESTION of a mail written by a person. */
void nd_questions_read(const struct nd_reading *reading);

/**
 * Add the events ANSWER, and set thread->open_question: what nobody answered.
 *
 * Needs the events of all mails. Those of mails that come after are not sorted
 * in yet.
 */
void nd_questions_settle(struct nd_thread *thread);

/**
 * Take the questions out that were asked before date_s, from
 * thread->open_question and the summary: a newer version has settled them.
 */
void nd_questions_close(struct nd_thread *thread, int64_t date_s);

#endif
