/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * teller.h - a summary while facts are put into it
 *
 * Of a settled thread; the texts of the items are owned by the summary.
 */
#ifndef ND_TELLING_TELLER_H
#define ND_TELLING_TELLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/thread.h"
#include "util/i18n.h"

struct nd_teller {
	const struct nd_i18n *i18n;
	struct nd_thread *thread;
	struct nd_summary *summary;
};

/** Does that mail lie in the window of the report? */
bool nd_teller_is_new(const struct nd_thread *thread, int32_t mail);

/** Where a fact of that mail stands. */
enum nd_zone nd_teller_zone_of(const struct nd_thread *thread, int32_t mail);

/** Did it happen when the new mails came, or later? Seconds since the epoch. */
bool nd_teller_is_news(const struct nd_teller *to, int64_t date_s);

/** The day in words, in the year of the last mail without it. */
const char *nd_teller_day_of(const struct nd_teller *to, int64_t date_s);

/** A fact as item at of a zone, proved by the mail source. */
struct nd_item *nd_teller_insert(struct nd_teller *to, enum nd_zone zone,
                                 size_t at, const char *text, int32_t source);

/** The same behind the others, above the headings of a zone in parts. */
struct nd_item *nd_teller_add(struct nd_teller *to, enum nd_zone zone,
                              const char *text, int32_t source);

/** The same, before the facts of a later day that stand there: of date_s. */
struct nd_item *
nd_teller_add_dated(struct nd_teller *to, enum nd_zone zone, int64_t date_s,
                    const char *text, int32_t source);

/** Without item at; what went on behind it begins, or has a gap before it. */
void nd_teller_take_out(struct nd_item_list *list, size_t at);

#endif
