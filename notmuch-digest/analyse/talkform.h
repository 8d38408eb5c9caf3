/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * talkform.h - what is told by its form where no patch is talked of: "solved"
 *
 * As reviewform.h, of talks: who asked has what they wanted, a bug has its fix,
 * somebody will send one, a tracker has closed the report.
 */
#ifndef ND_ANALYSE_TALKFORM_H
#define ND_ANALYSE_TALKFORM_H

#include "analyse/mailevents.h"

/** Add the events of a mail that a person wrote: AGREED, ANSWER and
 * RESPIN_PROMISED. */
void nd_talkform_read(const struct nd_mailevents *mail);

/** "This was resolved.", "It works now.": does the sentence say so? */
bool nd_talkform_settles(const struct nd_mailevents *mail, size_t sentence);

#endif
