/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/weights.h"

/* Columns: patch, review, talk, opening. */
const struct nd_weights nd_weights_fitted = {
	.feature =
		{
			/* what a sentence is worth by itself */
			[ND_FEATURE_ONE] = {-1.8f, -1.54f, -0.81f, 0.54f},
			/* where it stands */
			[ND_FEATURE_FIRST] = {-0.1f, 0.2f, 0.59f, 0.64f},
			[ND_FEATURE_SECOND] = {0.05f, 0.16f, 0.39f, 0.64f},
			[ND_FEATURE_PARAGRAPH] = {0.07f, 0.21f, -0.12f, 0.15f},
			[ND_FEATURE_SIZE] = {-1.31f, -0.7f, -0.79f, -2.0f},
			/* how long it is */
			[ND_FEATURE_SHORT] = {-0.49f, -0.28f, -0.69f, -0.78f},
			[ND_FEATURE_BRIEF] = {-0.2f, -0.33f, -0.31f, -0.21f},
			[ND_FEATURE_WORDS] = {-0.42f, 0.01f, -0.84f, -0.62f},
			/* its form */
			[ND_FEATURE_RAGGED] = {-0.24f, -0.24f, -0.2f, -0.21f},
			[ND_FEATURE_LINK] = {-0.63f, -0.4f, -0.22f, -0.94f},
			/* what it does */
			[ND_FEATURE_DECIDE] = {-0.18f, 0.68f, -0.23f, -0.37f},
			[ND_FEATURE_SUGGEST] = {0.08f, 0.47f, 0.14f, 0.27f},
			[ND_FEATURE_UNSURE] = {0, 0, -0.19f, 0},
			/* its words */
			[ND_FEATURE_SUBJECT] = {0.45f, 0.15f, 0.39f, 0.57f},
			[ND_FEATURE_CENTRAL] = {0.07f, 0.01f, 0.31f, 0.25f},
			/* its place in the thread */
			[ND_FEATURE_QUOTED] = {-0.19f, -0.06f, 0.01f, -0.23f},
			[ND_FEATURE_EARLY] = {2.07f, 2.79f, 0.72f, 0.01f},
			[ND_FEATURE_LAST] = {0.91f, 0.78f, 0.25f, 0.63f},
			[ND_FEATURE_NUMBER] = {0.11f, 0.02f, 0.09f, 0.1f},
			[ND_FEATURE_BELOW] = {0, 0.14f, 0.3f, 0},
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
