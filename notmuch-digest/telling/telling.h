/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * telling.h - facts of the ledger as sentences of a summary
 *
 * Who posted what, who gave which tags for which patches, what was taken where
 * and by whom, which version is newer, what a program found broken, who has not
 * answered: computed, worded
 * by us in the language of the report, with the mails that prove it. They take
 * the place of sentences that say the same.
 */
#ifndef ND_TELLING_TELLING_H
#define ND_TELLING_TELLING_H

#include <stdbool.h>

#include "model/thread.h"
#include "util/i18n.h"

/**
 * How many words the facts of a thread take, as far as they are known before
 * its state is settled.
 */
unsigned nd_telling_words(const struct nd_i18n *i18n, struct nd_thread *thread);

/**
 * Will a fact say what a sentence says?
 *
 * events     that it proves, bits 1u << enum nd_event_type
 * words      that it has
 */
bool nd_telling_covers(unsigned events, unsigned words);

/**
 * Put the facts of a settled thread into its summary, and take out what they
 * say better. Without a summary, nothing.
 */
void nd_telling_tell(const struct nd_i18n *i18n, struct nd_thread *thread);

#endif
