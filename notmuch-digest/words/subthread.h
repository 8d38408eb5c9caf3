/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subthread.h - the headings of a summary that is told in parts
 *
 * As in labels.h: plain text on one line, owned by ctx, "" when there is
 * nothing to say. What they say is counted by summarise/sections.c.
 */
#ifndef ND_WORDS_SUBTHREAD_H
#define ND_WORDS_SUBTHREAD_H

#include "words/labels.h"

/**
 * "[3/8] vfs: count them (5 mails; Acked-by Will Deacon)", where item i of a
 * zone begins a part; "" where it goes on, or is of the thread as a whole.
 */
const char *
nd_subthread_heading(const void *ctx, const struct nd_labels *labels,
                     const struct nd_thread *thread, enum nd_zone zone,
                     size_t i);

/**
 * Line i of those behind the items of a zone: a sub-thread that only gets one,
 * as a heading has it, then "and 12 more sub-threads, 40 mails". NULL behind the
 * last line.
 */
const char *nd_subthread_rest(const void *ctx, const struct nd_labels *labels,
                              const struct nd_item_list *list, size_t i);

#endif
