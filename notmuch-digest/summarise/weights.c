/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/weights.h"

/* Columns: patch, review, talk. */
const struct nd_weights nd_weights_fitted = {
	.feature =
		{
			/* what a sentence is worth by itself */
			[ND_FEATURE_ONE] = {-1.78f, -1.42f, -0.88f},
			/* where it stands */
			[ND_FEATURE_FIRST] = {-0.13f, 0.25f, 0.6f},
			[ND_FEATURE_SECOND] = {0.02f, 0.17f, 0.38f},
			[ND_FEATURE_PARAGRAPH] = {0.05f, 0.16f, -0.12f},
			[ND_FEATURE_SIZE] = {-1.39f, -0.74f, -0.75f},
			/* how long it is */
			[ND_FEATURE_SHORT] = {-0.43f, -0.33f, -0.69f},
			[ND_FEATURE_BRIEF] = {-0.21f, -0.31f, -0.31f},
			[ND_FEATURE_WORDS] = {-0.38f, -0.06f, -0.8f},
			/* its form */
			[ND_FEATURE_RAGGED] = {-0.29f, -0.28f, -0.15f},
			[ND_FEATURE_LINK] = {-0.57f, -0.43f, -0.22f},
			/* what it does */
			[ND_FEATURE_QUESTION] = {0.42f, -0.02f, 0.25f},
			[ND_FEATURE_SUGGEST] = {0.06f, 0.46f, 0.13f},
			/* its words */
			[ND_FEATURE_SUBJECT] = {0.45f, 0.14f, 0.37f},
			[ND_FEATURE_CENTRAL] = {0.1f, 0.02f, 0.31f},
			/* its place in the thread */
			[ND_FEATURE_QUOTED] = {-0.2f, -0.07f, -0.02f},
			[ND_FEATURE_EARLY] = {2.06f, 2.8f, 0.69f},
			[ND_FEATURE_LAST] = {0.91f, 0.81f, 0.25f},
			[ND_FEATURE_NUMBER] = {0.12f, 0.04f, 0.1f},
			[ND_FEATURE_BELOW] = {0, 0.13f, 0.3f},
		},
	.of_reviews =
		{
			.background_share = 0.33f,
			.earlier_share = 0.1f,
			.posting_share = 0.16f,
			.same_words = 0.6f,
			.same_root = 0.1f,
			.same_person = 0.2f,
			.orphan = 0.5f,
			.per_word = 0.02f,
			.enough = -2.6f,
		},
	.of_talk =
		{
			.background_share = 0.6f,
			.earlier_share = 0.3f,
			.posting_share = 0,
			.same_words = 0.3f,
			.same_root = 0.2f,
			.same_person = 0,
			.orphan = 0.4f,
			.per_word = 0.039f,
			.enough = -2.6f,
		},
};
