/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * subject.h - what the subject of a mail says, taken apart
 *
 * "Re: [kvm-unit-tests PATCH v2 3/18] arm: fix" -> reply, patch, project
 * "kvm-unit-tests", version 2, number 3 of 18, title "arm: fix".
 */
#ifndef ND_MODEL_SUBJECT_H
#define ND_MODEL_SUBJECT_H

#include <stdbool.h>

enum nd_subject_flags {
	ND_SUBJECT_REPLY = 1u << 0,   /* Re:, Aw:, 回复: … */
	ND_SUBJECT_FORWARD = 1u << 1, /* Fwd:, FW:, WG: … */
	ND_SUBJECT_PATCH = 1u << 2,   /* a tag says PATCH, or vN with n/m */
	ND_SUBJECT_RFC = 1u << 3,
	ND_SUBJECT_PULL = 1u << 4,     /* GIT PULL, PULL */
	ND_SUBJECT_RESEND = 1u << 5,   /* RESEND, REPOST */
	ND_SUBJECT_SUBSET = 1u << 6,   /* b4's "(subset)" */
	ND_SUBJECT_NUMBERED = 1u << 7, /* has n/m */
};

struct nd_subject {
	unsigned flags;      /* enum nd_subject_flags */
	const char *title;   /* without reply prefixes and bracket groups */
	const char *prefix;  /* the bracket groups as written, "" if none */
	const char *project; /* tree or project of the tag; NULL if none */
	const char *stable;  /* "5.10" of [PATCH 5.10 1/9]; "" when the tag
			      * says stable and no release; NULL if none */
	int version;         /* 1 when the subject names none */
	bool versioned;      /* the subject names one */
	int revision;        /* 1 of v5.1; 0 otherwise */
	int number;          /* n of n/m; 0 is the cover letter */
	int total;           /* m of n/m; 0 without n/m */
};

#endif
