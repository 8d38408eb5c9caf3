/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * carried.h - what is open from report to report, and what mails have settled
 *
 * What one report has open the next one has, too, or names the mail that has
 * settled it. So also threads without mail in the window are looked at; when
 * one has had none for ND_CARRIED_DAYS, what it owes lapses, which is said
 * once.
 *
 * Pure. Times are seconds since the epoch, UTC.
 *
 * Does not: carry calls with a deadline. What both came and went in the window
 * was open in no report.
 */
#ifndef ND_AGENDA_CARRIED_H
#define ND_AGENDA_CARRIED_H

#include "agenda/obligation.h"
#include "model/report.h"

enum { ND_CARRIED_DAYS = 90 };

struct nd_map;

struct nd_carried {
	/* By list, then the oldest first; of a thread all that is not in doubt.
	 * What nobody has answered is there from its first day. */
	struct nd_obligation *open;
	size_t open_count;
	/* By the date of what settled it: each has closed_by, or has lapsed. */
	struct nd_obligation *settled;
	size_t settled_count;
	struct nd_map *by_root; /* what is open of each thread */
};

/**
 * Find out what the threads of a report and its quiet ones owe, and what the
 * mails of its window have settled; set report->carried, which the report owns.
 *
 * report     its threads are settled; thread->for_you, and thread->family
 *            among all of them, are found
 * user       may have neither name nor address: then nothing is the user's
 */
void nd_carried_find(struct nd_report *report, const struct nd_user *user);

/**
 * What is open of one thread, the surest first; NULL: nothing.
 *
 * *count     of the array, which is the report's
 */
const struct nd_obligation *
nd_carried_of(const struct nd_report *report, const struct nd_thread *thread,
              size_t *count);

#endif
