/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/weights.h"

/* Columns: patch, review, talk. */
const struct nd_weights nd_weights_fitted = {
	.feature =
		{
			/* base: what a sentence of this kind is worth
                                   by itself */
			[ND_FEATURE_ONE] = {-1.77f, -1.41f, -0.87f},
			/* where it stands */
			[ND_FEATURE_FIRST] = {-0.12f, 0.25f, 0.61f},
			[ND_FEATURE_SECOND] = {0.01f, 0.17f, 0.38f},
			[ND_FEATURE_PARAGRAPH] = {0.05f, 0.17f, -0.13f},
			[ND_FEATURE_SIZE] = {-1.41f, -0.75f, -0.75f},
			/* how long it is */
			[ND_FEATURE_SHORT] = {-0.45f, -0.28f, -0.68f},
			[ND_FEATURE_BRIEF] = {-0.22f, -0.32f, -0.31f},
			[ND_FEATURE_WORDS] = {-0.39f, -0.07f, -0.79f},
			[ND_FEATURE_LOWER] = {0.02f, -0.11f, 0.13f},
			/* its form */
			[ND_FEATURE_RAGGED] = {-0.29f, -0.28f, -0.16f},
			[ND_FEATURE_LINK] = {-0.56f, -0.43f, -0.23f},
			/* what it does */
			[ND_FEATURE_QUESTION] = {0.44f, -0.03f, 0.23f},
			[ND_FEATURE_AGREE] = {0.41f, -0.15f, -0.26f},
			[ND_FEATURE_SUGGEST] = {0.07f, 0.46f, 0.13f},
			/* its words */
			[ND_FEATURE_SUBJECT] = {0.46f, 0.13f, 0.37f},
			[ND_FEATURE_CENTRAL] = {0.09f, 0.03f, 0.31f},
			/* its place in the thread, and who took it
				 * up */
			[ND_FEATURE_QUOTED] = {-0.19f, -0.08f, -0.01f},
			[ND_FEATURE_EARLY] = {2.07f, 2.84f, 0.69f},
			[ND_FEATURE_LAST] = {0.92f, 0.77f, 0.25f},
			[ND_FEATURE_NUMBER] = {0.12f, 0.06f, 0.09f},
			[ND_FEATURE_BELOW] = {0, 0.16f, 0.31f},
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
