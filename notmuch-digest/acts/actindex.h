/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actindex.h - find the weights of a feature
 *
 * Sentences have a hundred features, most of them without a weight: a hash
 * table says so at once. Made once in a process, read only from then on.
 */
#ifndef ND_ACTS_ACTINDEX_H
#define ND_ACTS_ACTINDEX_H

#include "acts/actreader.h"
#include "acts/actweights.h"

struct nd_actindex; /* of one table of weights */

/** Of nd_actweights.sentence; lives as long as the process. */
const struct nd_actindex *nd_actindex_of_sentences(void);

/** Of nd_actweights.mail. */
const struct nd_actindex *nd_actindex_of_mails(void);

/** Add the weights of all features to a score. */
void nd_actindex_add(const struct nd_actindex *index,
                     const struct nd_actfeatures *features,
                     struct nd_act_score *score);

/**
 * The weights of a feature, one after another.
 *
 * *count     how many; 0 when it has none
 * Returns    the first; nothing of worth when *count is 0
 */
const struct nd_actweight *
nd_actindex_find(const struct nd_actindex *index, uint64_t key, size_t *count);

#endif
