/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * act.h - what people do in a mail: its speech acts
 *
 * acts/actmodel.h reads them.
 */
#ifndef ND_ACTS_ACT_H
#define ND_ACTS_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/utterance.h"

struct nd_actreader;

enum nd_act {
	ND_ACT_ASKS,      /* wants information */
	ND_ACT_ANSWERS,   /* gives what was asked */
	ND_ACT_REQUESTS,  /* wants the patch or text to be different */
	ND_ACT_PROMISES,  /* the author will change, fix, send anew */
	ND_ACT_APPROVES,  /* looks good */
	ND_ACT_OBJECTS,   /* against the idea as such */
	ND_ACT_APPLIES,   /* applied, queued, merged, pulled */
	ND_ACT_REPORTS,   /* a result: tested, measured, reproduced */
	ND_ACT_WITHDRAWS, /* the author drops it */
	ND_ACT_DEFERS,    /* later, not now */
	ND_ACT_DECIDES,   /* a conclusion that holds */
	ND_ACT_COUNT
};

/* What is known of a mail beside its words. */
enum nd_act_facts {
	ND_ACT_ON_PATCH = 1u << 0,  /* a thread of patches, not a talk */
	ND_ACT_BY_AUTHOR = 1u << 1, /* of the patch; who began the talk */
	ND_ACT_TO_AUTHOR = 1u << 2, /* the parent is by the author */
	ND_ACT_TO_PATCH = 1u << 3,  /* the parent posts a patch */
	ND_ACT_TO_SELF = 1u << 4,   /* the parent is by the same person */
	ND_ACT_FIRST = 1u << 5,     /* the first mail of its thread */
	ND_ACT_ROBOT = 1u << 6,
	ND_ACT_TAGS = 1u << 7,     /* gives a review tag */
	ND_ACT_TO_TAG = 1u << 8,   /* the parent gives one */
	ND_ACT_REVIEWER = 1u << 9, /* has given one before */
	ND_ACT_DIFF = 1u << 10,    /* has a diff of its own */
};

enum { ND_ACT_FACTS = 11 };

/* What a line of a mail says to those who quote it. */
enum nd_act_line {
	ND_ACT_LINE_ASKS = 1u << 0,
	ND_ACT_LINE_WANTS = 1u << 1,
};

/* How much a sentence, or a mail, does it: log odds. */
struct nd_act_score {
	float act[ND_ACT_COUNT];
};

struct nd_act_mail {
	/* the caller's */
	const struct nd_body *body;
	unsigned facts; /* enum nd_act_facts */
	unsigned depth; /* mails above it */
	int32_t parent; /* index of another one, or ND_NO_MESSAGE */
	struct nd_utterances said;

	/* worked out */
	struct nd_act_score *sentence; /* of each of said */
	struct nd_act_score mail;
	bool done[ND_ACT_COUNT]; /* does the mail do it? */
	uint8_t *line; /* of each line of the body: enum nd_act_line */
	struct nd_actreader *reader; /* acts/actreader.h */
};

/** Does the mail do it? */
bool nd_act_is_done(const struct nd_act_mail *mail, enum nd_act act);

enum { ND_ACT_SENTENCES = 3 }; /* of one act in one mail */

/**
 * The sentences that do it most, in the order of the mail.
 *
 * sentence   ND_ACT_SENTENCES indices of mail->said
 * Returns    how many: at least 1 when the mail does it, else 0
 */
size_t nd_act_sentences(const struct nd_act_mail *mail, enum nd_act act,
                        size_t *sentence);

/** "requests-change", as doc/schema.md and explanations have it. */
const char *nd_act_name(enum nd_act act);

#endif
