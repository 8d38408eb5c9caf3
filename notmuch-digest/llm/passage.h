/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * passage.h - words of mails that must not be shown, wherever they stand
 *
 * People quote: with any mark or none, wrapped anew, out of HTML. So what a
 * model is to see of a mail is compared with the mails of the same thread that
 * it must not see: a shingle (util/shingle.h) that one of those has, too, is theirs,
 * whatever the marks, the case, the punctuation and the line ends around the
 * words. In lines that look like a quote a whole line
 * is enough, and so is a subject that began with such a mail.
 *
 * What a mail that must not be shown has itself taken from a mail that may be,
 * one that it answers, stays the words of that.
 *
 * Linear in the text of the thread. Does not: find words that were changed, or
 * fewer of them.
 */
#ifndef ND_LLM_PASSAGE_H
#define ND_LLM_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/thread.h"

struct nd_llm_passages;

/** May this mail be shown? All of it must have been read, too. */
bool nd_llm_passage_allow(const struct nd_message *message);

/**
 * What the mails of the thread that may not be shown say, hidden ones too;
 * owned by ctx, keeps nothing of the thread. NULL when all may be shown.
 */
struct nd_llm_passages *
nd_llm_passage_new(const void *ctx, const struct nd_thread *thread);

/** Does text hold a passage of theirs? passages may be NULL. */
bool nd_llm_passage_hold(const struct nd_llm_passages *passages,
                         const char *text, size_t len);

/** Is its subject, but for "Re:", one that such a mail came up with? */
bool nd_llm_passage_hold_subject(const struct nd_llm_passages *passages,
                                 const struct nd_message *message);

/**
 * Which lines of an allowed mail hold passages, the address of somebody who
 * wrote only mails that may not be shown, or quote what cannot be known.
 *
 * message    index in the thread
 * Returns    one a line, owned by ctx; NULL when there are none
 */
bool *
nd_llm_passage_mark(const void *ctx, const struct nd_llm_passages *passages,
                    const struct nd_thread *thread, int32_t message);

#endif
