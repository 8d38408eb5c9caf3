/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * standing.h - where a thread stands: what its events add up to
 */
#ifndef ND_MODEL_STANDING_H
#define ND_MODEL_STANDING_H

#include "model/event.h"

/* What a maintainer would say of a thread. */
enum nd_thread_state {
	ND_STATE_NEW, /* nobody but its author and robots has answered */
	ND_STATE_UNDER_REVIEW,
	ND_STATE_CHANGES_REQUESTED,
	ND_STATE_REVIEWED, /* every patch, or the whole, has a review tag */
	ND_STATE_APPLIED,
	ND_STATE_PULLED,
	ND_STATE_MERGED,
	ND_STATE_MERGED_STABLE,
	ND_STATE_SUPERSEDED,
	ND_STATE_WITHDRAWN,
	ND_STATE_REJECTED,
	ND_STATE_ANSWERED,
	ND_STATE_OPEN, /* a talk without conclusion */
	ND_STATE_COUNT
};

/* What all mails that say "applied" (pulled, merged) say together. */
struct nd_applied {
	const char *tree; /* several are parted by "; "; "" if none is named */
	const char *by;   /* names, parted in the same way */
	const char **commit;
	size_t commit_count;
	int *patch; /* numbers in order, when it is not all of the series */
	size_t patch_count;
	int patch_total; /* of the series, when some are named; 0: not known */
	bool merged;     /* commits of a tree tell, and no mail */
	bool noticed;    /* only a program says so: it is not who took them */
	int32_t message; /* the last mail that says so, or what was merged */
	int64_t date_s;  /* of that mail */
};

/* Why somebody is expected to do something. */
enum nd_attention_why {
	ND_ATTENTION_PROMISED,    /* said that a change will come */
	ND_ATTENTION_CHANGES,     /* was asked for one */
	ND_ATTENTION_ASKED,       /* has not answered a question */
	ND_ATTENTION_TEST_FAILED, /* a test found something in the patches */
	ND_ATTENTION_TO_ANSWER,   /* got an answer, and may not be content */
	ND_ATTENTION_TO_REVIEW,   /* wanted the newer version that is there */
	ND_ATTENTION_TO_APPLY,    /* could take what is reviewed */
	ND_ATTENTION_COUNT
};

struct nd_attention {
	struct nd_address who;
	const char *name; /* as one would say it */
	enum nd_attention_why why;
	int32_t message;       /* the mail that wants it */
	int64_t since_s;       /* its date, or when it was promised */
	int32_t last;          /* the last mail that says so, too */
	bool again;            /* by a further mail; the first is there, too */
	bool aside;            /* beside a tag: keeps nobody waiting */
	bool doubted;          /* no mail says surely that it is to be done:
	                        * it is their turn, but that is not told */
	int32_t taken_up;      /* of changes: the answer of somebody else
	                        * who does it; or ND_NO_MESSAGE */
	int32_t pinged;        /* the last mail that reminds of it, or
	                   * ND_NO_MESSAGE */
	const char *closed_by; /* id of the mail that has closed it, also one
	                        * of another thread; NULL: it is open, or not
	                        * known */
};

struct nd_open_question {
	int32_t message;
	uint32_t line, last_line; /* where in its body */
	const char *asker;        /* a name */
	const char *asked;        /* whose answer is awaited, a name; NULL:
				   * anybody's */
	const struct nd_address *asked_who; /* the same; of the event */
	const char *sentence;               /* verbatim, on one line */
};

enum nd_for_you_why {
	ND_FOR_YOU_ASKED,    /* a mail asks you, and you have not answered */
	ND_FOR_YOU_PROMISED, /* you said that a change will come */
	ND_FOR_YOU_ANSWER,   /* you got an answer: are you content? */
	ND_FOR_YOU_REVIEW,   /* the newer version that you wanted is there */
	ND_FOR_YOU_APPLY,    /* you could take what is reviewed */
	ND_FOR_YOU_QUESTION, /* your patches: somebody asks */
	ND_FOR_YOU_CHANGES,  /* your patches: changes requested, a nack */
	ND_FOR_YOU_TEST,     /* your patches: a test found something */
	ND_FOR_YOU_TAG,      /* your patches: a trailer was given */
	ND_FOR_YOU_APPLIED,  /* your patches: applied, pulled, merged */
	ND_FOR_YOU_TO,       /* you are in To, of so many mails */
	ND_FOR_YOU_COUNT
};

/* Why a mail of the thread concerns the user. */
struct nd_for_you {
	enum nd_for_you_why why;
	int32_t message; /* of those that are to you, the last */
	bool turn;       /* you must act: you are in the thread's attention */
	unsigned mails;  /* so many are to you; else 1 */
};

/* The user, as notmuch's configuration says. */
struct nd_user {
	const char *name;     /* "" when not set */
	const char **address; /* user.primary_email first */
	size_t address_count;
};

/** The words of the JSON report: "changes-requested"; "asked", "tag". */
const char *nd_standing_state_name(enum nd_thread_state state);
const char *nd_standing_for_you_name(enum nd_for_you_why why);
const char *nd_standing_attention_name(enum nd_attention_why why);

/**
 * Is this the user? By address; by name where a relay kept the address. A user
 * without both is nobody.
 */
bool
nd_standing_is_user(const struct nd_user *user, const struct nd_address *who);

#endif
