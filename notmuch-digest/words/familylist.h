/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * familylist.h - the threads that are told in another one's entry, a line each
 *
 * As in labels.h: plain text on one line, owned by ctx, to be escaped as a
 * whole.
 *
 * Limits: ND_FAMILYLIST_MAX threads of an entry have a line, the rest is counted.
 */
#ifndef ND_WORDS_FAMILYLIST_H
#define ND_WORDS_FAMILYLIST_H

#include "words/labels.h"

enum { ND_FAMILYLIST_MAX = 20 };

/** Is the thread told in the entry of another one of this report? */
bool nd_familylist_is_told(const struct nd_labels *labels,
                           const struct nd_thread *thread);

/** How many threads have a line in this one's entry. */
size_t nd_familylist_count(const struct nd_labels *labels,
                           const struct nd_thread *entry);

/** "Earlier versions", "Backports", "Earlier versions and backports" */
const char *nd_familylist_heading(const struct nd_labels *labels,
                                  const struct nd_thread *entry);

/**
 * Line i of an entry: "v2, 03-03: 12 mails, changes asked for by Ann; changed
 * then: drop the lock", "backport to 5.4, 03-15: 2 mails, added to stable by
 * Ben". Where a thread begins is for the caller to say.
 */
const char *nd_familylist_line(const void *ctx, const struct nd_labels *labels,
                               const struct nd_thread *entry, size_t i);

/** "and 980 more", or "". */
const char *nd_familylist_rest(const void *ctx, const struct nd_labels *labels,
                               const struct nd_thread *entry);

/**
 * "2 of them in the entry of another thread": of count threads from thread on;
 * or "".
 */
const char *nd_familylist_told(const void *ctx, const struct nd_labels *labels,
                               struct nd_thread *const *thread, size_t count);

#endif
