/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * due.h - what a summary owes its reader, whatever it is worth
 *
 * What a talk asks and found out, how it ended, and the last that changed
 * something. Each takes a sentence when there is one that fits and none of
 * its kind is taken yet.
 */
#ifndef ND_SUMMARISE_DUE_H
#define ND_SUMMARISE_DUE_H

#include "summarise/chooser.h"

/** What the first mail of a talk asks. */
void nd_due_take_question(struct nd_chooser *chooser);

/** What the first mail asks is told with an answer, where there is one. */
void nd_due_take_answer(struct nd_chooser *chooser);

/** What came of a talk: the last promise or conclusion. */
void nd_due_take_outcome(struct nd_chooser *chooser);

/** What a talk found out last, and that it helped. */
void nd_due_take_finding(struct nd_chooser *chooser);

/** The last mail that another one thanks for, or agrees with, has its say. */
void nd_due_take_thanked(struct nd_chooser *chooser);

/** A talk ends with what its last mail says that says anything. */
void nd_due_take_last_word(struct nd_chooser *chooser);

/** What patches do, in the mail that says why, unless the title says it. */
void nd_due_take_deed(struct nd_chooser *chooser);

/** What is wrong, where the first mail is a patch. */
void nd_due_take_fault(struct nd_chooser *chooser);

/**
 * The last new mail that changed something is told, and the last refusal, which
 * no later promise or agreement makes undone.
 */
void nd_due_take_changes(struct nd_chooser *chooser);

#endif
