/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * front.h - what of a report one must know first: who is needed, what happened
 *
 * Each thread that has an entry of its own stands in the first list that fits
 * it, or in none; versions and backports that are told in another one's entry
 * (thread->family) stand in none. Lists are the oldest first, by the date of
 * the mail that put the thread there.
 *
 * Pure. Times are seconds since the epoch, UTC.
 *
 * Does not: say more of threads without mail in the window than what they owe.
 */
#ifndef ND_AGENDA_FRONT_H
#define ND_AGENDA_FRONT_H

#include "agenda/obligation.h"
#include "model/report.h"

/* In the order in which they are tried, and printed. */
enum nd_front_list {
	ND_FRONT_NEEDS_YOU,
	ND_FRONT_WAITS_FOR_OTHERS,
	ND_FRONT_CLOSED,     /* in the window: taken, refused, replaced, … */
	ND_FRONT_BROKE,      /* a bug is reported, a test failed */
	ND_FRONT_OVERDUE,    /* promised, or reviewed and not taken */
	ND_FRONT_UNANSWERED, /* what somebody sent and nobody has answered */
	ND_FRONT_DEADLINES,  /* of calls */
	ND_FRONT_LIST_COUNT
};

struct nd_front_line {
	const struct nd_thread *thread;
	enum nd_front_list list;
	/* Of the lists of obligations; else its thread is NULL. */
	struct nd_obligation owed;
	const struct nd_event *event; /* the test that failed, or NULL */
	bool user;                    /* it is the user's own posting that is
	                               * not answered */
	int32_t message;              /* the mail that says so */
	int64_t since_s;              /* its date; 0: not known */
};

struct nd_front {
	struct nd_front_line *line[ND_FRONT_LIST_COUNT];
	size_t count[ND_FRONT_LIST_COUNT];
	/* All threads of the report, those of the lists first, in their order;
	 * then those that are talked about most; those that are told in
	 * another one's entry last. */
	struct nd_thread **order;
	size_t order_count;
	/* What report->quiet still owes, a line a thread, by list, the oldest
	 * first; in none of the lists above. */
	struct nd_front_line *quiet;
	size_t quiet_count;
};

/**
 * Make the front page of a report and set report->front, which the report owns.
 *
 * report     its threads are settled, thread->for_you and thread->family found;
 *            report->carried is found where it is NULL
 * user       may have neither name nor address: then nothing is the user's
 */
void nd_front_make(struct nd_report *report, const struct nd_user *user);

/**
 * Does the thread concern the user: must they act, do they wait, or was
 * something said to them or about their patches? Not: are they in To.
 */
bool
nd_front_concerns(const struct nd_report *report,
                  const struct nd_thread *thread, const struct nd_user *user);

/**
 * The new mail with which the thread was taken, refused or given up, or
 * ND_NO_MESSAGE. The thread is settled; a newer version that lies in another
 * thread has no mail in this one.
 */
int32_t nd_front_closing_mail(const struct nd_thread *thread);

/** The words of the JSON report: "needs_you". */
const char *nd_front_list_name(enum nd_front_list list);

#endif
