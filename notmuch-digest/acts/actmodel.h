/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actmodel.h - read what people do in the mails of a thread
 *
 * A small linear model over features that do not know any list: cue phrases,
 * words, what is quoted above, who writes to whom, neighbours (actreader.h).
 * Its weights are fitted offline (actweights.c says how, `make fit-acts` does
 * it). Two stages: what a sentence does, then whether a mail does it, by its
 * sentences, those of its parent and its answers.
 *
 * Pure; linear in the text; the same text, the same answer.
 */
#ifndef ND_ACTS_ACTMODEL_H
#define ND_ACTS_ACTMODEL_H

#include "acts/act.h"

/**
 * Read the mails of a thread: fill in sentence, mail and line of each.
 *
 * mail[i].body->line[].source is an index of these mails. Owned by ctx.
 */
void nd_actmodel_read(const void *ctx, struct nd_act_mail *mail, size_t count);

/** Its first half: `line` and `reader` alone, for those who fit. */
void nd_actmodel_look(const void *ctx, struct nd_act_mail *mail, size_t count);

/* A feature of a sentence that speaks for (or against) an act. */
struct nd_actmodel_reason {
	uint64_t key;     /* nd_actfeature_name() */
	float weight;     /* log odds */
	const char *word; /* or words; NULL when it is no word */
};

/** Why a sentence does it or not; the weightiest first. Owned by ctx. */
struct nd_actmodel_reason *
nd_actmodel_explain(const void *ctx, const struct nd_act_mail *mail,
                    size_t sentence, enum nd_act act, size_t *count);

/**
 * What the second stage sees of a mail: ND_ACTSTAGE_COUNT numbers
 * (acts/actweights.h), from the `sentence` of all mails.
 *
 * answers    of each mail: the highest score of each act in its answers, by
 *            nd_actmodel_highest_answers()
 */
void nd_actmodel_numbers(const struct nd_act_mail *mail, size_t index,
                         const struct nd_act_score *answers, float *number);

/** The score of a mail, from its sentences and the second stage's odds. */
float nd_actmodel_of_mail(const struct nd_act_mail *mail, enum nd_act act,
                          float stage2);

/** The highest scores in the answers to each mail; owned by ctx. */
struct nd_act_score *
nd_actmodel_highest_answers(const void *ctx, const struct nd_act_mail *mail,
                            size_t count);

#endif
