/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cause.h - is the reason that a text gives one that the mail gives?
 *
 * Only what a conjunction says to be a reason is looked at: "because", "since",
 * "due to". That a mail says both without a word that joins them is no fault.
 */
#ifndef ND_ENTAILMENT_CAUSE_H
#define ND_ENTAILMENT_CAUSE_H

/**
 * The reason in text that is not that of the mail; NULL when it has none, or
 * none that is wrong.
 *
 * language   of all of them, as in nd_vocabulary_new()
 * sentence   what the text is about
 * around     what stands before and behind it, at least a paragraph
 * own        all that its author says
 */
const char *
nd_cause_unfounded(const char *language, const char *text, const char *sentence,
                   const char *around, const char *own);

#endif
