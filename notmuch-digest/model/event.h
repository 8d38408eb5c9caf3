/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event.h - what happened in a thread, each with the line that proves it
 *
 * The ledger: an event is something a mail states in its author's own words
 * (or a robot's), computed, never guessed from what is quoted. Its date is
 * that of its mail. Strings are owned by the thread.
 */
#ifndef ND_MODEL_EVENT_H
#define ND_MODEL_EVENT_H

#include "model/message.h"

/* The words of the JSON report are those of nd_event_name(). */
enum nd_event_type {
	ND_EVENT_POSTED,            /* a series, a patch or a pull request */
	ND_EVENT_TRAILER,           /* Reviewed-by: and the like, in a reply */
	ND_EVENT_APPROVED,          /* looks good, in words, by another one */
	ND_EVENT_NACK,              /* as free text: NAK, NACK */
	ND_EVENT_OBJECTION,         /* against the idea, without that word */
	ND_EVENT_QUESTION,          /* asked by a person */
	ND_EVENT_ANSWER,            /* to a question of another one */
	ND_EVENT_CHANGES_REQUESTED, /* by somebody else than the author */
	ND_EVENT_RESPIN_PROMISED, /* a change or a new version, by the author */
	ND_EVENT_REVIEW_PROMISED, /* "I'll look at it tomorrow", by another */
	ND_EVENT_DEFERRED,        /* later, not now, another one first */
	ND_EVENT_APPLIED,
	ND_EVENT_PULLED,
	ND_EVENT_MERGED,        /* upstream */
	ND_EVENT_MERGED_STABLE, /* added to a stable tree */
	ND_EVENT_SUPERSEDED,    /* somebody says that a newer one exists */
	ND_EVENT_WITHDRAWN,     /* by the author */
	ND_EVENT_REJECTED,      /* a maintainer will not take it */
	ND_EVENT_UNDER_REVIEW,  /* put back to that with a robot's command */
	ND_EVENT_AGREED,        /* by the author, or those who talk */
	ND_EVENT_DECIDED,       /* a conclusion, by those who may draw it */
	ND_EVENT_TEST_RESULT,   /* of a robot or a person */
	ND_EVENT_AI_REVIEW,     /* what a language model remarks; nobody is
				 * expected to act */
	ND_EVENT_COMMAND,       /* to a robot: #syz, #regzbot */
	ND_EVENT_COUNT
};

enum nd_event_flags {
	ND_EVENT_FAILED = 1u << 0,    /* a test: it found something wrong */
	ND_EVENT_BY_AUTHOR = 1u << 1, /* of the patches it is about */
	ND_EVENT_CALLS = 1u << 2,     /* a question: somebody by name */
	ND_EVENT_UNDONE = 1u << 3, /* patches were taken, and dropped again */
	ND_EVENT_OTHERS = 1u << 4, /* a wish: calls somebody else by name than
				    * the author, of whom it wants nothing, or
				    * is about how mails are written */
	ND_EVENT_UNSURE = 1u << 5, /* a wish, a promise, a question: heard,
				    * but not so surely that somebody is told to act */
	ND_EVENT_VOLUNTEERS = 1u << 6, /* a question: who wants to do it */
	ND_EVENT_MENDED = 1u << 7,   /* a test: what it found before is gone, as
				    * it seems to the tester */
	ND_EVENT_ANSWERED = 1u << 8, /* a question: by somebody who may, or its
				      * asker wants to know it no more */
};

struct nd_event {
	enum nd_event_type type;
	unsigned flags;           /* enum nd_event_flags */
	int32_t message;          /* index of the mail that proves it */
	uint32_t line, last_line; /* where in its body */
	int32_t about;      /* index of the posting it is about, ND_NO_MESSAGE
			  * when there is none or it is missing */
	int32_t answers;    /* of an answer: index of the mail that asks, or
			  * ND_NO_MESSAGE */
	int32_t settled_by; /* of a question that is ANSWERED: index of the mail
			     * that answered it or took it back */
	const struct nd_address *asked; /* of a question (acts/asked.h); NULL:
					 * everybody, or nobody who is known */
	struct nd_address who;
	const char *text; /* the words that say it, on one line */
	const char *url;  /* of a test: its log or page; NULL: none is said */

	/* applied, pulled, merged */
	const char *tree; /* as stated; NULL when it is not */
	const char **commit;
	size_t commit_count;
	int *patch; /* numbers, when only some of the series are named */
	size_t patch_count;
};

/** Is it said surely? Who is called by name is asked, however softly. */
static inline bool
nd_event_is_sure(const struct nd_event *event)
{
	return !(event->flags & ND_EVENT_UNSURE) ||
	       event->flags & ND_EVENT_CALLS;
}

/** The word for a type in the JSON report: "changes-requested". */
const char *nd_event_name(enum nd_event_type type);

#endif
