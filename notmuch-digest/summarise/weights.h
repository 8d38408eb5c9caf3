/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * weights.h - what is seen of a sentence, and what it is worth
 *
 * All numbers that the choice of sentences depends on, in one table: weights.c.
 * They were fitted by tests/quality/fit.py to what people chose; nothing is
 * learned at run time. doc/weights.md has what each of them is worth.
 */
#ifndef ND_SUMMARISE_WEIGHTS_H
#define ND_SUMMARISE_WEIGHTS_H

/* What is seen of a sentence; each about 0 to 1. */
enum nd_feature {
	ND_FEATURE_ONE,   /* always 1 */
	ND_FEATURE_FIRST, /* of its mail */
	ND_FEATURE_SECOND,
	ND_FEATURE_PARAGRAPH, /* begins one */
	ND_FEATURE_SIZE,      /* how many sentences the mail has */
	ND_FEATURE_SHORT,     /* up to 3 words */
	ND_FEATURE_BRIEF,     /* up to 7 */
	ND_FEATURE_WORDS,     /* how many, of 40 */
	ND_FEATURE_RAGGED,    /* has no full stop */
	ND_FEATURE_LINK,
	ND_FEATURE_DECIDE, /* or promises: enum nd_doing */
	ND_FEATURE_SUGGEST,
	ND_FEATURE_UNSURE,  /* in a talk: that somebody does not know */
	ND_FEATURE_SUBJECT, /* words of the title */
	ND_FEATURE_CENTRAL, /* words that many mails use */
	ND_FEATURE_QUOTED,  /* by later mails */
	ND_FEATURE_EARLY,   /* one of the first mails */
	ND_FEATURE_LAST,    /* of the newest mail */
	ND_FEATURE_NUMBER,  /* has a digit */
	ND_FEATURE_BELOW,   /* stands right below a quote */
	ND_FEATURE_COUNT
};

/* Which weights hold: people look for other things in reviews than in talk. */
enum nd_table {
	ND_TABLE_PATCH,   /* cover letters and patches */
	ND_TABLE_REVIEW,  /* the answers to them */
	ND_TABLE_TALK,    /* the mails of any other thread */
	ND_TABLE_OPENING, /* what is told first of patches */
	ND_TABLES
};

/*
 * How a choice is spread. Shares are of the budget; prices are taken from a
 * sentence's score for each sentence that is there already.
 */
struct nd_spread {
	float background_share, earlier_share, posting_share;
	float same_words; /* for a sentence all of whose words are there */
	float same_root;  /* of the first mail; else */
	float same_person;
	float orphan;   /* refers to a sentence that is not there */
	float per_word; /* price of a word, since the words run out */
	float enough;   /* a score below this is not worth reading */
};

struct nd_weights {
	float feature[ND_FEATURE_COUNT][ND_TABLES];
	struct nd_spread of_reviews, of_talk;
};

/** The weights that are in force. */
extern const struct nd_weights nd_weights_fitted;

#endif
