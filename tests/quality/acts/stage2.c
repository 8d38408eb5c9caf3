/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/stage2.h"

#include "acts/actmodel.h"
#include "util/alloc.h"

enum { NOT_LOOKED_AT = -7 }; /* log odds of the sentences of such a mail */

const double stage2_c = 0.1, stage2_threshold_p = 0.42;

/* Sentences get the scores of a fit that has seen neither their list nor left. */
static void
set_scores(const struct data *data, const struct unseen *unseen, int left)
{
	for (size_t i = 0; i < data->mail_count; i++) {
		const struct mail *mail = &data->mail[i];
		const struct nd_act_mail *m = &mail->thread[mail->index];
		const struct nd_act_score *score =
			unseen_scores(unseen, mail->list,
		                      left == NO_LIST ? mail->list : left);

		for (size_t k = 0; k < m->said.count; k++)
			for (int act = 0; act < ND_ACT_COUNT; act++)
				m->sentence[k].act[act] =
					mail->counts ? score[mail->first + k]
							       .act[act]
						     : NOT_LOOKED_AT;
	}
}

static void
find_numbers(const struct data *data, float (*number)[ND_ACTSTAGE_COUNT])
{
	size_t at = 0;

	for (size_t t = 0; t < data->thread_count; t++) {
		const struct talk *thread = &data->thread[t];
		struct nd_act_score *answers = nd_actmodel_highest_answers(
			NULL, thread->mail, thread->count);

		for (size_t i = 0; i < thread->count; i++)
			nd_actmodel_numbers(thread->mail, i, answers,
			                    number[at++]);
		talloc_free(answers);
	}
}

struct stage2 *
stage2_fit(const void *ctx, const struct data *data,
           const struct unseen *unseen, int left)
{
	struct stage2 *stage2 = x_new(ctx, struct stage2);
	struct linear_rows *rows;

	stage2->number = talloc_zero_size(
		stage2, data->mail_count * sizeof *stage2->number);
	set_scores(data, unseen, left);
	find_numbers(data, stage2->number);
	stage2->fit =
		linear_new(stage2, ND_ACTSTAGE_COUNT, data->features->count);
	for (size_t i = 0; i < data->mail_count; i++) {
		const struct mail *mail = &data->mail[i];

		for (size_t k = 0;
		     mail->list != left && k < mail->feature_count; k++)
			linear_look_at(stage2->fit, mail->feature[k]);
	}
	rows = linear_rows_new(stage2->fit);
	for (size_t i = 0; i < data->mail_count; i++) {
		const struct mail *mail = &data->mail[i];

		if (mail->counts && !mail->full && mail->list != left)
			linear_rows_add(rows, stage2->number[i], mail->feature,
			                mail->feature_count, mail->acts);
	}
	linear_fit(stage2->fit, rows, stage2_c, LINEAR_L2);
	return stage2;
}

double
stage2_odds(const struct stage2 *stage2, const struct data *data, size_t mail,
            int act)
{
	const struct mail *m = &data->mail[mail];
	double odds = linear_odds(stage2->fit, stage2->number[mail], m->feature,
	                          m->feature_count, act);

	return nd_actmodel_of_mail(&m->thread[m->index], (enum nd_act)act,
	                           (float)odds);
}
