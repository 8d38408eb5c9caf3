/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actweights.h - the learned weights of acts/actmodel.h
 *
 * actweights.c is generated (`make fit-acts`); its head says how.
 */
#ifndef ND_ACTS_ACTWEIGHTS_H
#define ND_ACTS_ACTWEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "acts/act.h"

enum { ND_ACTWEIGHT_UNIT = 64 }; /* a weight of 1 is written so */

/* What a feature of a sentence says for or against an act. */
struct nd_actweight {
	uint64_t key;   /* acts/actreader.h; sorted by it, then by act */
	int16_t weight; /* in 1/ND_ACTWEIGHT_UNIT */
	uint8_t act;
	const char *word; /* the word, or words, whose hash is in the key;
			   * else NULL */
};

/*
 * The second stage, for each act: numbers over the mail's sentences, those of
 * its parent and answers, then features of the mail.
 */
enum {
	ND_ACTSTAGE_HIGHEST,                      /* of each act */
	ND_ACTSTAGE_SECOND = ND_ACT_COUNT,        /* the second highest */
	ND_ACTSTAGE_SUM = 2 * ND_ACT_COUNT,       /* of probabilities */
	ND_ACTSTAGE_PARENT = 3 * ND_ACT_COUNT,    /* highest there */
	ND_ACTSTAGE_ANSWERS = 4 * ND_ACT_COUNT,   /* highest there */
	ND_ACTSTAGE_SENTENCES = 5 * ND_ACT_COUNT, /* log of their number */
	ND_ACTSTAGE_COUNT
};

struct nd_actweights {
	const struct nd_actweight *sentence; /* stage 1 */
	size_t sentence_count;
	float sentence_bias[ND_ACT_COUNT];
	float number[ND_ACT_COUNT][ND_ACTSTAGE_COUNT]; /* stage 2 */
	const struct nd_actweight *mail;
	size_t mail_count;
	float mail_bias[ND_ACT_COUNT];
	float threshold
		[ND_ACT_COUNT]; /* log odds from which on a mail does it */
};

extern const struct nd_actweights nd_actweights;

#endif
