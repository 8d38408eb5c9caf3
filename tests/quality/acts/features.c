/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/str.h"

enum { BUCKETS = 1 << 18 };

struct features *
features_new(const void *ctx)
{
	struct features *features = x_new(ctx, struct features);

	features->bucket = x_array(features, int, BUCKETS);
	return features;
}

static int
number_of(struct features *features, uint64_t key, const char *word)
{
	size_t at = (size_t)((key * 0x9e3779b97f4a7c15u) >> 40) % BUCKETS;
	struct feature *feature;

	while (features->bucket[at] > 0) {
		if (features->feature[features->bucket[at] - 1].key == key)
			return features->bucket[at] - 1;
		at = (at + 1) % BUCKETS;
	}
	if (features->count + 1 >= BUCKETS / 2) {
		fputs("acts: too many features\n", stderr);
		exit(70);
	}
	feature = x_append(features, features->feature, features->count);
	feature->key = key;
	feature->word = word ? x_strdup(features, word) : NULL;
	features->bucket[at] = (int)features->count;
	return (int)features->count - 1;
}

static char *
token_name(const void *ctx, const struct nd_token *token)
{
	const char *kind = nd_token_kind_name((enum nd_token_kind)token->kind);

	if (*kind)
		return x_strdup(ctx, kind);
	return nd_str_lower(x_strndup(ctx, token->text, token->len));
}

/* What the hash of a pair was made from: "could you". */
static const char *
pair_name(const void *ctx, const struct nd_token *token, size_t count,
          size_t second)
{
	const char *a = "|", *b = "|"; /* the edges */

	if (second > 0)
		a = token_name(ctx, &token[second - 1]);
	if (second < count)
		b = token_name(ctx, &token[second]);
	return x_asprintf(ctx, "%s %s", a, b);
}

static int
compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

int *
features_add(struct features *features, const struct nd_actfeatures *seen,
             const struct nd_token *token, size_t token_count, size_t *count)
{
	size_t words = 0, pairs = 0;
	void *tmp = talloc_new(NULL);
	int *number = x_array(features, int, seen->count + 1);

	for (size_t i = 0; i < seen->count; i++) {
		unsigned t = (unsigned)(seen->key[i] >> 56);
		const char *name = NULL;

		/* They come in the order of the tokens. */
		if (t == ND_ACTFEATURE_WORD)
			name = token_name(tmp, &token[words++]);
		if (t == ND_ACTFEATURE_PAIR)
			name = pair_name(tmp, token, token_count, pairs++);
		number[i] = number_of(features, seen->key[i], name);
	}
	qsort(number, seen->count, sizeof *number, compare_ints);
	*count = 0;
	for (size_t i = 0; i < seen->count; i++)
		if (i == 0 || number[i] != number[i - 1])
			number[(*count)++] = number[i];
	talloc_free(tmp);
	return number;
}

bool
feature_is_word(const struct feature *feature)
{
	return feature->key >> 56 <= ND_ACTFEATURE_PAIR;
}
