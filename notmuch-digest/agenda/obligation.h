/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * obligation.h - what a thread still owes, to whom, and since when
 *
 * One notion for all who ask it: the tag of threads that need the user, the
 * list of what is to be done, and the front page of a report. An obligation is
 * carried until a mail closes it: a promise, a question, changes that are
 * wanted, patches that wait for a review or to be taken, and what nobody has
 * answered. It never goes because a mail was read.
 *
 * Pure. Times are seconds since the epoch, UTC.
 *
 * Does not: look at other threads of the same series (lineage/family.h has
 * done that), nor see what people do outside of their mails.
 */
#ifndef ND_AGENDA_OBLIGATION_H
#define ND_AGENDA_OBLIGATION_H

#include "model/thread.h"

/* For whom it is of interest, and how; each obligation is in one list. */
enum nd_obligation_list {
	ND_OBLIGATION_NEEDS_YOU,        /* the user must act */
	ND_OBLIGATION_WAITS_FOR_OTHERS, /* somebody else, for the user */
	ND_OBLIGATION_OVERDUE,    /* for two weeks: promised, or wanted and
				   * nothing came; reviewed and nobody's but the
				   * committer's turn; merged and not announced */
	ND_OBLIGATION_UNANSWERED, /* nobody has answered for a week */
	ND_OBLIGATION_CARRIED,    /* between others, not late or not sure */
	ND_OBLIGATION_LIST_COUNT
};

enum nd_obligation_why {
	ND_OBLIGATION_ASKED,       /* has not answered a question */
	ND_OBLIGATION_PROMISED,    /* said that a change will come */
	ND_OBLIGATION_CHANGES,     /* was asked for one */
	ND_OBLIGATION_TEST_FAILED, /* a test found something in the patches */
	ND_OBLIGATION_TO_ANSWER,   /* got an answer, and may not be content */
	ND_OBLIGATION_TO_REVIEW,   /* wanted the newer version that is there */
	ND_OBLIGATION_TO_APPLY,    /* could take what is reviewed */
	ND_OBLIGATION_SENT_TO,     /* was sent it, alone, and nobody answered */
	ND_OBLIGATION_NO_ANSWER,   /* nobody in particular is asked */
	ND_OBLIGATION_TO_ANNOUNCE, /* it was merged, and no mail says so */
	ND_OBLIGATION_WHY_COUNT
};

/* Owned by the thread, but for the struct itself. */
struct nd_obligation {
	const struct nd_thread *thread;
	enum nd_obligation_list list;
	enum nd_obligation_why why;
	const struct nd_address *who; /* who is to act; NULL: the user, whom
	                               * the mail calls by name, or nobody in
	                               * particular */
	const char *name; /* of who, as one would say it; NULL as above */
	bool user;        /* it is the user who is to act */
	bool dismissed;   /* so it was, until the user took the tag of mails
	                      * that ask off: ND_OBLIGATION_CARRIED */
	int32_t message;  /* the mail that says so */
	int32_t last;     /* the last mail that says so, too */
	int64_t since_s;  /* its date */
	int32_t pinged;   /* the last mail that reminds, or ND_NO_MESSAGE */
	bool again;       /* as another one, by a further mail */
	bool young;       /* ND_OBLIGATION_CARRIED, since there is time yet */
	bool lapsed;      /* nothing came for too long (agenda/carried.h) */
	const char *closed_by;  /* of what is closed: id of the mail that did it
	                         */
	int64_t closed_s;       /* its date; 0: not known */
	const char *doubted_by; /* id of a mail that may have done what was to
	                         * be done: then ND_OBLIGATION_CARRIED; or NULL
	                         */
	int64_t doubted_s;      /* its date */
	const char *question;   /* what is asked, verbatim, on one line; NULL:
	                       * nothing, or it is not known */
};

/**
 * The obligations of a thread, the surest first: by list, then those of a
 * person before those of nobody, by why, the oldest first. The first is what
 * to say of the thread when one line must do.
 *
 * thread     settled (analyse/state.h), and thread->for_you is found
 * user       may have neither name nor address: then nothing is the user's
 * clock_s    what ages are counted from
 * *out       an array on ctx; NULL when there are none
 *
 * Returns their number. Nothing is owed where the thread is told in another
 * one's entry (thread->family), as versions that a newer one has replaced.
 */
size_t nd_obligation_find(const void *ctx, const struct nd_thread *thread,
                          const struct nd_user *user, int64_t clock_s,
                          struct nd_obligation **out);

/**
 * What the thread does not owe any more, each with the mail that closed it, in
 * this thread or another one, and the list it was in by then; by mail.
 * Parameters as above.
 */
size_t
nd_obligation_find_closed(const void *ctx, const struct nd_thread *thread,
                          const struct nd_user *user, int64_t clock_s,
                          struct nd_obligation **out);

/** The order of those of several threads, for qsort(): by list, the oldest first. */
int nd_obligation_compare(const void *a, const void *b);

/** The same of any list. */
int nd_obligation_compare_age(const struct nd_obligation *x,
                              const struct nd_obligation *y);

/** The words of the JSON reports: "needs_you"; "asked", "no-answer". */
const char *nd_obligation_list_name(enum nd_obligation_list list);
const char *nd_obligation_why_name(enum nd_obligation_why why);

#endif
