/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ledger.h - everything that happened in a thread, in order
 *
 * Reads every mail once: robots by what they write, people by their own words.
 * Postings are events themselves; what their commit messages say is not.
 */
#ifndef ND_ANALYSE_LEDGER_H
#define ND_ANALYSE_LEDGER_H

#include "acts/act.h"
#include "model/thread.h"

/**
 * Set thread->event and thread->open_question.
 *
 * Needs the robot flags, series, kind and trailers of the thread, and its
 * text.
 *
 * target     of each message: nd_posting_targets()
 * acts       of each message: nd_speech_read()
 */
void nd_ledger_find(struct nd_thread *thread, const int32_t *target,
                    const struct nd_act_mail *acts);

#endif
