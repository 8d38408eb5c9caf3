/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * features.h - the features that were seen (acts/actfeature.h), numbered
 */
#ifndef ND_TESTS_ACTS_FEATURES_H
#define ND_TESTS_ACTS_FEATURES_H

#include <stdbool.h>
#include <stddef.h>

#include "acts/actreader.h"

enum { LISTS_MAX = 32 };

struct feature {
	uint64_t key;
	const char *word;       /* or words, "could you"; else NULL */
	unsigned df[LISTS_MAX]; /* sentences of each list that have it */
};

struct features {
	struct feature *feature;
	size_t count;
	int *bucket; /* by the hash of the key: a number of a feature + 1, or 0 */
};

struct features *features_new(const void *ctx);

/**
 * The numbers of what was seen, in order, each once; new ones are added.
 *
 * token      of the sentence, to name its words; NULL for a mail
 */
int *
features_add(struct features *features, const struct nd_actfeatures *seen,
             const struct nd_token *token, size_t token_count, size_t *count);

/** Does it stand for a word, or for two? */
bool feature_is_word(const struct feature *feature);

#endif
