/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/actmodel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "acts/actindex.h"
#include "acts/actreader.h"
#include "acts/actweights.h"
#include "text/token.h"
#include "util/alloc.h"

/* Log odds of what is surely not done; of no sentence at all. */
static const float LOWEST = -7, SCALE = 3;

/* ---- the first stage: a sentence ---- */

static void
read_sentences(const void *ctx, struct nd_act_mail *mail)
{
	const struct nd_actindex *index = nd_actindex_of_sentences();
	struct nd_actfeatures features = {.count = 0};
	struct nd_act_score all;

	memcpy(all.act, nd_actweights.sentence_bias, sizeof all.act);
	nd_actreader_mail_features(mail->reader, &features);
	nd_actindex_add(index, &features, &all);
	mail->sentence = x_array(ctx, struct nd_act_score, mail->said.count);
	for (size_t i = 0; i < mail->said.count; i++) {
		mail->sentence[i] = all;
		features.count = 0;
		nd_actreader_features(mail->reader, i, &features);
		nd_actindex_add(index, &features, &mail->sentence[i]);
	}
}

/*
 * ---- the second stage: a mail ----
 *
 * Its score is the mean of what the second stage says and of its highest
 * sentence: on lists not seen that beats either.
 */

static float
clamp(float odds)
{
	if (odds < LOWEST)
		return LOWEST;
	return odds > -LOWEST ? -LOWEST : odds;
}

static float
highest(const struct nd_act_mail *mail, int act, float *second)
{
	float first = LOWEST;

	*second = LOWEST;
	for (size_t i = 0; i < mail->said.count; i++) {
		float odds = clamp(mail->sentence[i].act[act]);

		if (odds > first) {
			*second = first;
			first = odds;
		} else if (odds > *second) {
			*second = odds;
		}
	}
	return first;
}

struct nd_act_score *
nd_actmodel_highest_answers(const void *ctx, const struct nd_act_mail *mail,
                            size_t count)
{
	struct nd_act_score *answers = x_array(ctx, struct nd_act_score, count);

	for (size_t i = 0; i < count; i++)
		for (int act = 0; act < ND_ACT_COUNT; act++)
			answers[i].act[act] = LOWEST;
	for (size_t i = 0; i < count; i++) {
		int32_t parent = mail[i].parent;

		if (parent == ND_NO_MESSAGE)
			continue;
		for (int act = 0; act < ND_ACT_COUNT; act++) {
			float second, odds = highest(&mail[i], act, &second);

			if (odds > answers[parent].act[act])
				answers[parent].act[act] = odds;
		}
	}
	return answers;
}

void
nd_actmodel_numbers(const struct nd_act_mail *mail, size_t index,
                    const struct nd_act_score *answers, float *number)
{
	const struct nd_act_mail *this = &mail[index];
	const struct nd_act_mail *parent =
		this->parent == ND_NO_MESSAGE ? NULL : &mail[this->parent];

	for (int act = 0; act < ND_ACT_COUNT; act++) {
		float second, sum = 0;

		number[ND_ACTSTAGE_HIGHEST + act] =
			highest(this, act, &second) / SCALE;
		number[ND_ACTSTAGE_SECOND + act] = second / SCALE;
		for (size_t i = 0; i < this->said.count; i++)
			sum += 1 / (1 + expf(-this->sentence[i].act[act]));
		number[ND_ACTSTAGE_SUM + act] = sum < SCALE ? sum : SCALE;
		number[ND_ACTSTAGE_PARENT + act] =
			(parent ? highest(parent, act, &second) : LOWEST) /
			SCALE;
		number[ND_ACTSTAGE_ANSWERS + act] =
			answers[index].act[act] / SCALE;
	}
	number[ND_ACTSTAGE_SENTENCES] = log1pf((float)this->said.count);
}

float
nd_actmodel_of_mail(const struct nd_act_mail *mail, enum nd_act act,
                    float stage2)
{
	float second;

	return (highest(mail, act, &second) + stage2) / 2;
}

static void
read_mail(struct nd_act_mail *mail, size_t index,
          const struct nd_act_score *answers)
{
	struct nd_act_score score = {{0}};
	struct nd_actfeatures features = {.count = 0};
	float number[ND_ACTSTAGE_COUNT];

	nd_actmodel_numbers(mail, index, answers, number);
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		score.act[act] = nd_actweights.mail_bias[act];
		for (int i = 0; i < ND_ACTSTAGE_COUNT; i++)
			score.act[act] +=
				number[i] * nd_actweights.number[act][i];
	}
	nd_actreader_mail_features(mail[index].reader, &features);
	nd_actindex_add(nd_actindex_of_mails(), &features, &score);
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		float odds = nd_actmodel_of_mail(&mail[index], (enum nd_act)act,
		                                 score.act[act]);

		mail[index].mail.act[act] = odds;
		mail[index].done[act] = odds >= nd_actweights.threshold[act];
	}
}

void
nd_actmodel_look(const void *ctx, struct nd_act_mail *mail, size_t count)
{
	struct nd_tokenizer *tokenizer = nd_tokenizer_own();

	for (size_t i = 0; i < count; i++) {
		if (mail[i].body)
			mail[i].line =
				x_array(ctx, uint8_t, mail[i].body->line_count);
		mail[i].reader = nd_actreader_new(ctx, tokenizer, mail, i);
	}
}

void
nd_actmodel_read(const void *ctx, struct nd_act_mail *mail, size_t count)
{
	struct nd_act_score *answers;

	nd_actmodel_look(ctx, mail, count);
	for (size_t i = 0; i < count; i++)
		read_sentences(ctx, &mail[i]);
	answers = nd_actmodel_highest_answers(ctx, mail, count);
	for (size_t i = 0; i < count; i++)
		if (mail[i].said.count > 0)
			read_mail(mail, i, answers);
}

static int
compare_reasons(const void *a, const void *b)
{
	const struct nd_actmodel_reason *x = a, *y = b;
	float p = fabsf(x->weight), q = fabsf(y->weight);

	if (p != q)
		return p > q ? -1 : 1;
	return (x->key > y->key) - (x->key < y->key);
}

struct nd_actmodel_reason *
nd_actmodel_explain(const void *ctx, const struct nd_act_mail *mail,
                    size_t sentence, enum nd_act act, size_t *count)
{
	struct nd_actmodel_reason *reason = NULL;
	struct nd_actfeatures features = {.count = 0};

	*count = 0;
	nd_actreader_mail_features(mail->reader, &features);
	nd_actreader_features(mail->reader, sentence, &features);
	for (size_t i = 0; i < features.count; i++) {
		size_t weights;
		const struct nd_actweight *w = nd_actindex_find(
			nd_actindex_of_sentences(), features.key[i], &weights);

		for (; weights > 0; weights--, w++) {
			struct nd_actmodel_reason *one;

			if (w->act != act)
				continue;
			one = x_append(ctx, reason, *count);
			one->key = w->key;
			one->weight = (float)w->weight / ND_ACTWEIGHT_UNIT;
			one->word = w->word;
		}
	}
	if (*count > 0)
		qsort(reason, *count, sizeof *reason, compare_reasons);
	return reason;
}
