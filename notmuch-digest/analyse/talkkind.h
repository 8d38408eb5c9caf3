/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * talkkind.h - what a mail that posts no patch is about, by its words
 *
 * Titles count most; then kernel logs and the like in the text; then words.
 * The words are English, as on the lists this is for: a mail in another
 * language is a discussion unless a log or a question mark says more.
 */
#ifndef ND_ANALYSE_TALKKIND_H
#define ND_ANALYSE_TALKKIND_H

#include <stdbool.h>

#include "acts/act.h"
#include "model/thread.h"

/**
 * The kind of a thread that posts no patches: bug report, question,
 * announcement, stable notice or discussion. Goes by its root; that of a
 * thread whose first mails are missing by what is asked and answered, too.
 *
 * thread     with subject parts and robot flags; bodies may be NULL
 * acts       of each message: nd_speech_read()
 */
enum nd_kind nd_talkkind_find(const struct nd_thread *thread,
                              const struct nd_act_mail *acts);

/**
 * Does somebody report in this mail that something breaks? Of answers to
 * patches, whose titles say nothing about it.
 */
bool nd_talkkind_reports_bug(const struct nd_message *message,
                             const struct nd_act_mail *mail);

#endif
