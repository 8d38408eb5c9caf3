/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acts/actindex.h"

#include <pthread.h>

#include "util/alloc.h"

/* Weights of one key. */
struct slot {
	uint64_t key;
	uint32_t first, count; /* count 0: free */
};

struct nd_actindex {
	const struct nd_actweight *weight;
	struct slot *slot;
	unsigned bits; /* of the number of slots */
};

static struct nd_actindex sentences, mails;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Templates stand in the high bits, words in the low ones: mix them. */
static size_t
place_of(const struct nd_actindex *index, uint64_t key)
{
	return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >>
	                (64 - index->bits));
}

static struct slot *
find_slot(const struct nd_actindex *index, uint64_t key)
{
	size_t mask = ((size_t)1 << index->bits) - 1;
	size_t at = place_of(index, key);

	while (index->slot[at].count > 0 && index->slot[at].key != key)
		at = (at + 1) & mask;
	return &index->slot[at];
}

static void
fill(struct nd_actindex *index, const struct nd_actweight *weight, size_t count)
{
	index->weight = weight;
	index->bits = 4;
	/* A quarter full at most: a feature without weights is seen at once. */
	while (((size_t)1 << index->bits) < 4 * count)
		index->bits++;
	index->slot = x_array(NULL, struct slot, (size_t)1 << index->bits);
	for (size_t i = 0; i < count; i++) {
		struct slot *slot = find_slot(index, weight[i].key);

		if (slot->count++ == 0) {
			slot->key = weight[i].key;
			slot->first = (uint32_t)i;
		}
	}
}

static void
fill_both(void)
{
	fill(&sentences, nd_actweights.sentence, nd_actweights.sentence_count);
	fill(&mails, nd_actweights.mail, nd_actweights.mail_count);
}

const struct nd_actindex *
nd_actindex_of_sentences(void)
{
	pthread_once(&once, fill_both);
	return &sentences;
}

const struct nd_actindex *
nd_actindex_of_mails(void)
{
	pthread_once(&once, fill_both);
	return &mails;
}

void
nd_actindex_add(const struct nd_actindex *index,
                const struct nd_actfeatures *features,
                struct nd_act_score *score)
{
	for (size_t i = 0; i < features->count; i++) {
		const struct slot *slot = find_slot(index, features->key[i]);
		const struct nd_actweight *w = index->weight + slot->first;

		for (uint32_t left = slot->count; left > 0; left--, w++)
			score->act[w->act] +=
				(float)w->weight / ND_ACTWEIGHT_UNIT;
	}
}

const struct nd_actweight *
nd_actindex_find(const struct nd_actindex *index, uint64_t key, size_t *count)
{
	const struct slot *slot = find_slot(index, key);

	*count = slot->count;
	return index->weight + slot->first;
}
