/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech.h - what people say and do in a thread, mail by mail
 *
 * Tells acts/actmodel.h who writes to whom about what, and lets it read.
 */
#ifndef ND_ANALYSE_SPEECH_H
#define ND_ANALYSE_SPEECH_H

#include "acts/act.h"
#include "model/thread.h"

/**
 * The mails of a thread, one for each message, read.
 *
 * target     of each message: nd_posting_targets()
 * Returns    an array owned by ctx; robots, and mails that hold patches, say
 *            nothing in it
 */
struct nd_act_mail *
nd_speech_read(const void *ctx, const struct nd_thread *thread,
               const int32_t *target);

/** The same without scores: for those who fit the model. */
struct nd_act_mail *
nd_speech_look(const void *ctx, const struct nd_thread *thread,
               const int32_t *target);

/**
 * Set thread->heard: every act that is heard in the thread, with its sentences
 * and what weighed most. Needs the text; reads it once more.
 */
void nd_speech_explain(struct nd_thread *thread);

#endif
