/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/weights.h"

/* Columns: patch, review, talk, opening. */
const struct nd_weights nd_weights_fitted = {
	.feature =
		{
			/* what a sentence is worth by itself */
			[ND_FEATURE_ONE] = {-1.77f, -1.55f, -0.82f, 0.5f},
			/* where it stands */
			[ND_FEATURE_FIRST] = {-0.12f, 0.2f, 0.59f, 0.64f},
			[ND_FEATURE_SECOND] = {0.03f, 0.17f, 0.38f, 0.65f},
			[ND_FEATURE_PARAGRAPH] = {0.06f, 0.2f, -0.12f, 0.14f},
			[ND_FEATURE_SIZE] = {-1.38f, -0.71f, -0.78f, -2.0f},
			/* how long it is */
			[ND_FEATURE_SHORT] = {-0.42f, -0.29f, -0.69f, -0.7f},
			[ND_FEATURE_BRIEF] = {-0.18f, -0.32f, -0.29f, -0.16f},
			[ND_FEATURE_WORDS] = {-0.41f, 0.01f, -0.83f, -0.56f},
			/* its form */
			[ND_FEATURE_RAGGED] = {-0.32f, -0.22f, -0.2f, -0.29f},
			[ND_FEATURE_LINK] = {-0.57f, -0.41f, -0.22f, -0.89f},
			/* what it does */
			[ND_FEATURE_DECIDE] = {-0.02f, 0.66f, -0.2f, -0.32f},
			[ND_FEATURE_SUGGEST] = {0.06f, 0.47f, 0.14f, 0.24f},
			/* its words */
			[ND_FEATURE_SUBJECT] = {0.44f, 0.14f, 0.38f, 0.56f},
			[ND_FEATURE_CENTRAL] = {0.1f, 0.02f, 0.31f, 0.3f},
			/* its place in the thread */
			[ND_FEATURE_QUOTED] = {-0.2f, -0.04f, 0.01f, -0.24f},
			[ND_FEATURE_EARLY] = {2.07f, 2.78f, 0.71f, 0.01f},
			[ND_FEATURE_LAST] = {0.91f, 0.79f, 0.25f, 0.65f},
			[ND_FEATURE_NUMBER] = {0.13f, 0.03f, 0.09f, 0.11f},
			[ND_FEATURE_BELOW] = {0, 0.15f, 0.3f, 0},
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
			.same_words = 0.6f,
			.same_root = 0.1f,
			.same_person = 0,
			.orphan = 0.4f,
			.per_word = 0.039f,
			.enough = -2.6f,
		},
};
