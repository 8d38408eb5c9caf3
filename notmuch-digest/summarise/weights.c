/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/weights.h"

/* Columns: patch, review, talk. */
const struct nd_weights nd_weights_fitted = {
	.feature =
		{
			/* base: what a sentence of this kind is worth
                                   by itself */
			[ND_FEATURE_ONE] = {-1.84f, -1.44f, -0.87f},
			/* where it stands */
			[ND_FEATURE_FIRST] = {-0.11f, 0.25f, 0.61f},
			[ND_FEATURE_SECOND] = {0.01f, 0.18f, 0.38f},
			[ND_FEATURE_PARAGRAPH] = {0.05f, 0.17f, -0.13f},
			[ND_FEATURE_SIZE] = {-1.39f, -0.74f, -0.76f},
			/* how long it is */
			[ND_FEATURE_SHORT] = {-0.46f, -0.27f, -0.68f},
			[ND_FEATURE_BRIEF] = {-0.18f, -0.32f, -0.31f},
			[ND_FEATURE_WORDS] = {-0.34f, -0.05f, -0.78f},
			[ND_FEATURE_LOWER] = {0.06f, -0.11f, 0.13f},
			/* its form */
			[ND_FEATURE_RAGGED] = {-0.28f, -0.29f, -0.17f},
			[ND_FEATURE_LINK] = {-0.56f, -0.43f, -0.23f},
			/* what it does */
			[ND_FEATURE_QUESTION] = {0.44f, -0.04f, 0.24f},
			[ND_FEATURE_AGREE] = {0.42f, -0.15f, -0.26f},
			[ND_FEATURE_SUGGEST] = {0.04f, 0.45f, 0.13f},
			/* its words */
			[ND_FEATURE_SUBJECT] = {0.46f, 0.12f, 0.37f},
			[ND_FEATURE_CENTRAL] = {0.14f, 0.05f, 0.32f},
			/* its place in the thread, and who took it
				 * up */
			[ND_FEATURE_QUOTED] = {-0.18f, -0.07f, -0.01f},
			[ND_FEATURE_EARLY] = {2.08f, 2.85f, 0.69f},
			[ND_FEATURE_LAST] = {0.93f, 0.77f, 0.25f},
			[ND_FEATURE_NUMBER] = {0.11f, 0.07f, 0.1f},
			[ND_FEATURE_BELOW] = {0, 0.15f, 0.31f},
		},
	.of_reviews =
		{
			.background_share = 0.33f,
			.earlier_share = 0.2f,
			.posting_share = 0.25f,
			.same_words = 0.6f,
			.same_root = 0.2f,
			.same_person = 0.2f,
			.orphan = 0.5f,
			.per_word = 0.02f,
			.enough = -2.6f,
		},
	.of_talk =
		{
			.background_share = 0.25f,
			.earlier_share = 0.3f,
			.posting_share = 0,
			.same_words = 0.3f,
			.same_root = 0.2f,
			.same_person = 0,
			.orphan = 0.8f,
			.per_word = 0.039f,
			.enough = -2.6f,
		},
};
