/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * entry.h - what a thread's entry tells in a report that is read as a whole
 *
 * As in labels.h: plain text on one line, owned by ctx, to be escaped as a
 * whole. What the facts above a summary say is not said in it again, and of
 * what is closed only what it was, how it ended, and what followed.
 */
#ifndef ND_WORDS_ENTRY_H
#define ND_WORDS_ENTRY_H

#include "words/labels.h"

struct nd_entry_point {
	const char *text;           /* without where it comes from */
	const struct nd_item *item; /* whose sources are the text's; NULL: the
				     * heading of a part, or what is left out */
	bool below;                 /* such a heading */
};

/* One zone of the summary. */
struct nd_entry_zone {
	const char *heading;
	struct nd_entry_point *point;
	size_t count; /* 0: there is nothing to say, no heading either */
};

/**
 * How many threads of the front page's order have an entry: those that --limit
 * has not left out, and that are not told in another one's.
 */
size_t nd_entry_shown(const struct nd_labels *labels);

/** "7 new mails of 18, 3 participants; since 2021-03-15; read 20 of 21 mails" */
const char *nd_entry_counts(const void *ctx, const struct nd_labels *labels,
                            const struct nd_thread *thread);

struct nd_entry_zone
nd_entry_zone(const void *ctx, const struct nd_labels *labels,
              const struct nd_thread *thread, enum nd_zone zone);

/** Does the entry tell what is in the mail with that index? */
bool nd_entry_tells(const struct nd_labels *labels,
                    const struct nd_thread *thread, int32_t mail);

/** Is it told in short, as a thread that the report's front page has closed? */
bool nd_entry_is_short(const struct nd_labels *labels,
                       const struct nd_thread *thread);

/**
 * "v2, 03-03: 12 mails, changes asked for by Ann [#7]": line i of the threads
 * that are told here (words/familylist.h), with where they begin.
 */
const char *nd_entry_family(const void *ctx, const struct nd_labels *labels,
                            const struct nd_thread *thread, size_t i);

#endif
