/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotesource.h - where the quoted lines of a thread come from
 */
#ifndef ND_CONVERSATION_QUOTESOURCE_H
#define ND_CONVERSATION_QUOTESOURCE_H

#include "model/thread.h"

/**
 * Set source and source_line of quoted lines whose words an ancestor, or else
 * any earlier mail, has as its own line.
 *
 * Lines compare without regard to blanks. A flowed paragraph is one long line,
 * while the mail that quotes it may quote it in pieces: a piece is found by
 * its first words. Lines of few letters ("}", "Thanks") count only beside
 * lines that are found.
 *
 * thread     sorted, parents set
 * Costs      linear in the bytes of the thread
 */
void nd_quotesource_find(struct nd_thread *thread);

#endif
