/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/weights.h"

/* Columns: patch, review, opening, reply. */
const struct nd_weights nd_weights_fitted = {
	.feature =
		{
			/* base: what a sentence of this kind is worth by itself */
			[ND_FEATURE_ONE] = {-1.63f, -1.72f, -0.15f, -0.27f},
			/* where it stands */
			[ND_FEATURE_FIRST] = {-0.61f, 0.18f, 0.93f, 0.6f},
			[ND_FEATURE_SECOND] = {-0.01f, 0.43f, 0.36f, 0.19f},
			[ND_FEATURE_LATE] = {-0.74f, 0.11f, 0.13f, 0.24f},
			[ND_FEATURE_PARAGRAPH] = {0.39f, 0.55f, -0.46f, -0.34f},
			[ND_FEATURE_PLACE] = {-0.07f, 0.9f, -0.4f, -0.5f},
			[ND_FEATURE_SIZE] = {-0.93f, -1.75f, -0.69f, -0.84f},
			/* how long it is */
			[ND_FEATURE_SHORT] = {-1.62f, -1.77f, -2.12f, -1.74f},
			[ND_FEATURE_BRIEF] = {-0.35f, -0.96f, -0.1f, -0.44f},
			[ND_FEATURE_MIDDLE] = {-0.37f, 0.45f, 0.49f, 0.31f},
			[ND_FEATURE_LONG] = {0.44f, -0.17f, 0.32f, -0.67f},
			[ND_FEATURE_WORDS] = {-1.05f, -0.12f, -0.88f, -0.48f},
			[ND_FEATURE_LOWER] = {-0.37f, -1.12f, 0.54f, -0.11f},
			/* its form */
			[ND_FEATURE_ITEM] = {0.04f, -1.17f, -0.18f, -0.02f},
			[ND_FEATURE_RAGGED] = {-0.83f, -0.75f, -0.25f, -0.53f},
			[ND_FEATURE_LINK] = {-0.94f, -2.35f, -0.11f, -0.79f},
			[ND_FEATURE_SIGNS] = {-0.17f, -0.49f, -0.74f, -0.4f},
			/* what it does */
			[ND_FEATURE_QUESTION] = {-1.19f, -0.31f, 0.31f, 0.06f},
			[ND_FEATURE_OPEN] = {2.8f, -0.19f, -0.12f, 0.01f},
			[ND_FEATURE_DECISION] = {0.83f, 1.22f, -0.81f, 0.27f},
			[ND_FEATURE_PROMISE] = {-0.42f, 0.59f, 0.33f, -0.15f},
			[ND_FEATURE_AGREE] = {0.83f, 0.07f, 0.61f, 0.03f},
			[ND_FEATURE_OBJECT] = {-0.92f, 0.53f, -0.85f, 0.58f},
			[ND_FEATURE_SUGGEST] = {0.18f, -0.07f, 0.08f, 0.2f},
			[ND_FEATURE_RESULT] = {-0.93f, 1.03f, -0.85f, -0.71f},
			[ND_FEATURE_PURPOSE] = {0.8f, 0.28f, -0.73f, 0.68f},
			[ND_FEATURE_SOCIAL] = {-0.05f, -2.4f, 0.65f, 0.31f},
			[ND_FEATURE_DANGLING] = {0.23f, -0.1f, 0.57f, -0.45f},
			[ND_FEATURE_HEDGE] = {1.09f, 0.54f, -0.64f, -0.36f},
			/* its words */
			[ND_FEATURE_SUBJECT] = {1.19f, 0.2f, 0.81f, 0.62f},
			[ND_FEATURE_CLUE] = {0.11f, 1.18f, 0.06f, -0.38f},
			[ND_FEATURE_CENTRAL] = {-0.02f, -0.49f, 0.61f, 0.5f},
			/* its place in the thread, and who took it up */
			[ND_FEATURE_QUOTED] = {-0.65f, -1.05f, 0.78f, 0.24f},
			[ND_FEATURE_EARLY] = {2.87f, 0.93f, -0.04f, 0.06f},
			[ND_FEATURE_LAST] = {1.76f, 1.41f, -0.07f, -0.03f},
			[ND_FEATURE_BEGINNER] = {-1.77f, -0.38f, -0.14f,
                                                 -0.32f},
			[ND_FEATURE_ANSWERS] = {0.41f, 0.31f, 0.12f, 0.89f},
			[ND_FEATURE_NUMBER] = {0.44f, -0.08f, 0.44f, 0.13f},
			[ND_FEATURE_BELOW] = {0, 0.65f, 0.07f, 0.44f},
			[ND_FEATURE_ANSWERING] = {-0.02f, -0.54f, -0.21f,
                                                  0.19f},
		},
	.of_reviews =
		{
			.background_share = 0.33f,
			.earlier_share = 0.15f,
			.posting_share = 0.16f,
			.same_words = 1.12f,
			.same_mail = 0.27f,
			.same_root = 0.1f,
			.same_person = 0.1f,
			.same_branch = 0.02f,
			.orphan = 0,
			.per_word = 0.015f,
			.enough = -2.5f,
		},
	.of_talk =
		{
			.background_share = 0.84f,
			.earlier_share = 0.1f,
			.posting_share = 0,
			.same_words = 0.88f,
			.same_mail = 0.17f,
			.same_root = 0.09f,
			.same_person = 0.1f,
			.same_branch = 0,
			.orphan = 0.17f,
			.per_word = 0.039f,
			.enough = -3.03f,
		},
};

const char *
nd_weights_feature_name(enum nd_feature feature)
{
	static const char *const name[ND_FEATURE_COUNT] = {
		[ND_FEATURE_ONE] = "one",
		[ND_FEATURE_FIRST] = "first",
		[ND_FEATURE_SECOND] = "second",
		[ND_FEATURE_LATE] = "late",
		[ND_FEATURE_PARAGRAPH] = "paragraph",
		[ND_FEATURE_PLACE] = "place",
		[ND_FEATURE_SIZE] = "size",
		[ND_FEATURE_SHORT] = "short",
		[ND_FEATURE_BRIEF] = "brief",
		[ND_FEATURE_MIDDLE] = "middle",
		[ND_FEATURE_LONG] = "long",
		[ND_FEATURE_WORDS] = "words",
		[ND_FEATURE_LOWER] = "lower",
		[ND_FEATURE_ITEM] = "item",
		[ND_FEATURE_RAGGED] = "ragged",
		[ND_FEATURE_LINK] = "link",
		[ND_FEATURE_SIGNS] = "signs",
		[ND_FEATURE_QUESTION] = "question",
		[ND_FEATURE_OPEN] = "open",
		[ND_FEATURE_DECISION] = "decision",
		[ND_FEATURE_PROMISE] = "promise",
		[ND_FEATURE_AGREE] = "agree",
		[ND_FEATURE_OBJECT] = "object",
		[ND_FEATURE_SUGGEST] = "suggest",
		[ND_FEATURE_RESULT] = "result",
		[ND_FEATURE_PURPOSE] = "purpose",
		[ND_FEATURE_SOCIAL] = "social",
		[ND_FEATURE_DANGLING] = "dangling",
		[ND_FEATURE_HEDGE] = "hedge",
		[ND_FEATURE_SUBJECT] = "subject",
		[ND_FEATURE_CLUE] = "clue",
		[ND_FEATURE_CENTRAL] = "central",
		[ND_FEATURE_QUOTED] = "quoted",
		[ND_FEATURE_EARLY] = "early",
		[ND_FEATURE_LAST] = "last",
		[ND_FEATURE_BEGINNER] = "beginner",
		[ND_FEATURE_ANSWERS] = "answers",
		[ND_FEATURE_NUMBER] = "number",
		[ND_FEATURE_BELOW] = "below",
		[ND_FEATURE_ANSWERING] = "answering",
	};

	return name[feature];
}
