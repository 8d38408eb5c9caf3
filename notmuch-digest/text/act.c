/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/act.h"

#include <math.h>
#include <stdlib.h>

#include "text/actfeature.h"
#include "text/actindex.h"
#include "text/actweights.h"
#include "text/token.h"
#include "util/alloc.h"

/* Log odds of what is surely not done; of no sentence at all. */
static const float LOWEST = -7, SCALE = 3;

/* A sentence beside the best one says it from these odds on: p = 0.4. */
static const float SAID = -0.4f;

/* ---- the first stage: a sentence ---- */

static void
read_sentences(const void *ctx, struct nd_act_mail *mail)
{
	struct nd_actfeatures features;

	mail->sentence = x_array(ctx, struct nd_act_score, mail->said.count);
	for (size_t i = 0; i < mail->said.count; i++) {
		struct nd_act_score *score = &mail->sentence[i];

		for (int act = 0; act < ND_ACT_COUNT; act++)
			score->act[act] = nd_actweights.sentence_bias[act];
		nd_actreader_features(mail->reader, i, &features);
		nd_actindex_add(nd_actindex_of_sentences(), &features, score);
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
nd_act_highest_answers(const void *ctx, const struct nd_act_mail *mail,
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
nd_act_numbers(const struct nd_act_mail *mail, size_t index,
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
nd_act_of_mail(const struct nd_act_mail *mail, enum nd_act act, float stage2)
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

	nd_act_numbers(mail, index, answers, number);
	for (int act = 0; act < ND_ACT_COUNT; act++) {
		score.act[act] = nd_actweights.mail_bias[act];
		for (int i = 0; i < ND_ACTSTAGE_COUNT; i++)
			score.act[act] +=
				number[i] * nd_actweights.number[act][i];
	}
	nd_actreader_mail_features(mail[index].reader, &features);
	nd_actindex_add(nd_actindex_of_mails(), &features, &score);
	for (int act = 0; act < ND_ACT_COUNT; act++)
		mail[index].mail.act[act] = nd_act_of_mail(
			&mail[index], (enum nd_act)act, score.act[act]);
}

void
nd_acts_look(const void *ctx, struct nd_act_mail *mail, size_t count)
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
nd_acts_read(const void *ctx, struct nd_act_mail *mail, size_t count)
{
	struct nd_act_score *answers;

	nd_acts_look(ctx, mail, count);
	for (size_t i = 0; i < count; i++)
		read_sentences(ctx, &mail[i]);
	answers = nd_act_highest_answers(ctx, mail, count);
	for (size_t i = 0; i < count; i++)
		if (mail[i].said.count > 0)
			read_mail(mail, i, answers);
}

/* ---- what it comes to ---- */

bool
nd_act_is_done(const struct nd_act_mail *mail, enum nd_act act)
{
	return mail->said.count > 0 &&
	       mail->mail.act[act] >= nd_actweights.threshold[act];
}

static void
put_in_order(size_t *sentence, size_t count, size_t index)
{
	while (count > 0 && sentence[count - 1] > index) {
		sentence[count] = sentence[count - 1];
		count--;
	}
	sentence[count] = index;
}

size_t
nd_act_sentences(const struct nd_act_mail *mail, enum nd_act act,
                 size_t *sentence)
{
	float below = INFINITY;
	size_t count = 0, found[ND_ACT_SENTENCES];

	if (!nd_act_is_done(mail, act))
		return 0;
	while (count < ND_ACT_SENTENCES) {
		size_t best = SIZE_MAX;

		for (size_t i = 0; i < mail->said.count; i++) {
			float odds = mail->sentence[i].act[act];
			bool taken = false;

			for (size_t k = 0; k < count; k++)
				taken = taken || found[k] == i;
			if (!taken && odds <= below &&
			    (best == SIZE_MAX ||
			     odds > mail->sentence[best].act[act]))
				best = i;
		}
		if (best == SIZE_MAX ||
		    (count > 0 && mail->sentence[best].act[act] < SAID))
			break;
		below = mail->sentence[best].act[act];
		found[count] = best;
		put_in_order(sentence, count++, best);
	}
	return count;
}

const char *
nd_act_name(enum nd_act act)
{
	static const char *const names[ND_ACT_COUNT] = {
		[ND_ACT_ASKS] = "asks",
		[ND_ACT_ANSWERS] = "answers",
		[ND_ACT_REQUESTS] = "requests-change",
		[ND_ACT_PROMISES] = "promises-change",
		[ND_ACT_APPROVES] = "approves",
		[ND_ACT_OBJECTS] = "objects",
		[ND_ACT_APPLIES] = "applies",
		[ND_ACT_REPORTS] = "reports-result",
		[ND_ACT_WITHDRAWS] = "withdraws",
		[ND_ACT_DEFERS] = "defers",
		[ND_ACT_DECIDES] = "decides",
	};

	return names[act];
}

static int
compare_reasons(const void *a, const void *b)
{
	const struct nd_act_reason *x = a, *y = b;
	float p = fabsf(x->weight), q = fabsf(y->weight);

	if (p != q)
		return p > q ? -1 : 1;
	return (x->key > y->key) - (x->key < y->key);
}

struct nd_act_reason *
nd_act_explain(const void *ctx, const struct nd_act_mail *mail, size_t sentence,
               enum nd_act act, size_t *count)
{
	struct nd_act_reason *reason = NULL;
	struct nd_actfeatures features;

	*count = 0;
	nd_actreader_features(mail->reader, sentence, &features);
	for (size_t i = 0; i < features.count; i++) {
		size_t weights;
		const struct nd_actweight *w = nd_actindex_find(
			nd_actindex_of_sentences(), features.key[i], &weights);

		for (; weights > 0; weights--, w++) {
			struct nd_act_reason *one;

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
