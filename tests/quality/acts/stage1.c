/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/stage1.h"

#include <stdlib.h>

#include "util/alloc.h"

enum {
	SENTENCES_MIN = 4, /* that have a feature */
	LISTS_MIN = 2,     /* of so many lists */
	WORDS_MAX = 2000,  /* words and pairs that are looked at */
};

const double stage1_c = 0.5;

struct ranked {
	int feature;
	double score;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->feature - y->feature;
}

/* How far a word's acts are from those of all: the highest of the acts. */
static void
rank_words(const struct data *data, const bool *in, struct ranked *word,
           size_t count)
{
	double all[ND_ACT_COUNT] = {0}, total = 0;
	int *place = x_array(NULL, int, data->features->count);
	double(*seen)[ND_ACT_COUNT + 1] =
		talloc_zero_size(place, (count + 1) * sizeof *seen);

	for (size_t i = 0; i < count; i++)
		place[word[i].feature] = (int)i + 1;
	for (size_t i = 0; i < data->sentence_count; i++) {
		const struct sentence *s = &data->sentence[i];

		if (!s->trained || !in[s->list])
			continue;
		total++;
		for (int a = 0; a < ND_ACT_COUNT; a++)
			all[a] += (s->acts >> a) & 1u;
		for (size_t k = 0; k < s->feature_count; k++) {
			int at = place[s->feature[k]];

			if (at == 0)
				continue;
			seen[at][ND_ACT_COUNT]++;
			for (int a = 0; a < ND_ACT_COUNT; a++)
				seen[at][a] += (s->acts >> a) & 1u;
		}
	}
	for (size_t i = 0; i < count; i++)
		for (int a = 0; a < ND_ACT_COUNT; a++) {
			double e = seen[i + 1][ND_ACT_COUNT] * all[a] / total;
			double d = seen[i + 1][a] - e;
			double score = d * d / (e + 1);

			if (score > word[i].score)
				word[i].score = score;
		}
	talloc_free(place);
}

static bool
is_frequent(const struct data *data, const struct feature *feature,
            const bool *in)
{
	unsigned sentences = 0, lists = 0;

	for (int l = 0; l < data->list_count; l++) {
		sentences += in[l] ? feature->df[l] : 0;
		lists += in[l] && feature->df[l] > 0;
	}
	return sentences >= SENTENCES_MIN && lists >= LISTS_MIN;
}

static void
choose_features(const struct data *data, const bool *in, struct linear *fit)
{
	struct ranked *word = NULL;
	size_t words = 0;

	for (size_t i = 0; i < data->features->count; i++) {
		const struct feature *feature = &data->features->feature[i];

		if (!is_frequent(data, feature, in))
			continue;
		if (!feature_is_word(feature))
			linear_look_at(fit, (int)i);
		else
			x_append(NULL, word, words)->feature = (int)i;
	}
	rank_words(data, in, word, words);
	if (words > 0)
		qsort(word, words, sizeof *word, compare_ranked);
	for (size_t i = 0; i < words && i < WORDS_MAX; i++)
		linear_look_at(fit, word[i].feature);
	talloc_free(word);
}

struct linear *
stage1_fit(const void *ctx, const struct data *data, const bool *in)
{
	struct linear *fit = linear_new(ctx, 0, data->features->count);
	struct linear_rows *rows;

	choose_features(data, in, fit);
	rows = linear_rows_new(fit);
	for (size_t i = 0; i < data->sentence_count; i++) {
		const struct sentence *s = &data->sentence[i];

		if (s->trained && in[s->list])
			linear_rows_add(rows, NULL, s->feature,
			                s->feature_count, s->acts);
	}
	linear_fit(fit, rows, stage1_c, LINEAR_L1);
	return fit;
}
