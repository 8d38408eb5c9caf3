/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unmarkedquote.h - words of earlier mails that stand in a reply without marks
 *
 * Web mailers put the mail they answer below the text, indented or plain; some
 * wrap quotes so that the ends of lines lose their mark; others use marks that
 * nobody knows. The words are the same: what somebody else has said in the
 * thread before, twelve words or two lines of prose in sequence, is a quote.
 *
 * Not looked at are postings (patches, their new versions, notices): what they
 * repeat they mean. Commands, titles in lists, code, logs, URLs and trailers
 * are repeated for good reasons: they are part of a quote when prose around
 * them is, never a reason for one.
 *
 * Pure. Linear in the text of the thread.
 */
#ifndef ND_CONVERSATION_UNMARKEDQUOTE_H
#define ND_CONVERSATION_UNMARKEDQUOTE_H

#include "model/thread.h"

/**
 * Make such lines ND_LINE_QUOTE, with their source, and the lines that lead to
 * them ("Name <address>, 2 March:") ND_LINE_ATTRIBUTION. A line that is a
 * quote only from some word on is parted there.
 *
 * thread     sorted, parents set
 */
void nd_unmarkedquote_mark(struct nd_thread *thread);

#endif
