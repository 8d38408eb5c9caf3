/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maillist.h - which mails a thread's list shows, and how items point to them
 *
 * As in labels.h: plain text on one line, owned by ctx. The mails that
 * labels->mails asks for are listed by date and numbered from 1.
 */
#ifndef ND_WORDS_MAILLIST_H
#define ND_WORDS_MAILLIST_H

#include "words/labels.h"

/** "03-15 10:22"; with the year when it is not that of the report's end. */
const char *nd_maillist_date(const void *ctx, const struct nd_labels *labels,
                             int64_t date_s);

/** "03-15": the same without the time. */
const char *nd_maillist_day(const void *ctx, const struct nd_labels *labels,
                            int64_t date_s);

/** "11 earlier mails, 03-01 to 03-14": those the mail list leaves out. */
const char *nd_maillist_earlier(const void *ctx, const struct nd_labels *labels,
                                const struct nd_thread *thread);

/** Is this mail in the mail list? */
bool
nd_maillist_has(const struct nd_labels *labels, const struct nd_message *mail);

/** Where a mail is: "[#3]" of the list, or "[03-12]" when it is not in it. */
const char *nd_maillist_place(const void *ctx, const struct nd_labels *labels,
                              const struct nd_thread *thread, int32_t index);

/**
 * Append what stands in one line of a summary to out: "Name: sentence".
 * Sentences that somebody wrote in one mail stand together.
 *
 * first      index of the line's first item in the zone
 * Returns    the index of the next line's
 */
size_t nd_maillist_words(struct nd_buf *out, const struct nd_thread *thread,
                         enum nd_zone zone, size_t first);

/**
 * The words of the mail that stand below a line, in quote marks: those of a
 * model's decision or open question. NULL: none do.
 */
const char *nd_maillist_quote(const void *ctx, const struct nd_labels *labels,
                              const struct nd_item *item, enum nd_zone zone);

/**
 * Append where an item comes from, " [#3] [#5]": numbers of the mail list, or
 * " [03-12]", the day, for mails that are not in it.
 */
void
nd_maillist_sources(struct nd_buf *out, const struct nd_labels *labels,
                    const struct nd_thread *thread, const struct nd_item *item);

/** Append a whole line with its sources; returns the index of the next line's. */
size_t nd_maillist_say(struct nd_buf *out, const struct nd_labels *labels,
                       const struct nd_thread *thread, enum nd_zone zone,
                       size_t first);

#endif
