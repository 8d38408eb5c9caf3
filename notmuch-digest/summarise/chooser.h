/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * chooser.h - sentences while a summary is made of them
 *
 * What is taken, what is thereby said, and the words that are left; what one
 * more sentence would be worth, and cost. select.h decides with it.
 */
#ifndef ND_SUMMARISE_CHOOSER_H
#define ND_SUMMARISE_CHOOSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "summarise/candidates.h"
#include "summarise/choice.h"
#include "summarise/weights.h"

/* What is filled one beside the other. */
enum nd_share {
	ND_SHARE_BACKGROUND,
	ND_SHARE_TALK, /* new mails that answer */
	ND_SHARE_EARLIER,
	ND_SHARE_POSTING, /* new patches, and what changed since the last
			   * version */
	ND_SHARES
};

/* Of a candidate. */
enum nd_chooser_state {
	ND_CHOOSER_FREE,
	ND_CHOOSER_TAKEN,
	ND_CHOOSER_SAID /* another says the same */
};

struct nd_chooser {
	const struct nd_candidates *m;
	const struct nd_spread *spread;
	struct nd_choice *choice; /* in the order in which they were taken */
	size_t choice_count;
	uint8_t *taken; /* of each candidate: enum nd_chooser_state */
	uint8_t *said;  /* of each word number */
	uint16_t *by_mail, *by_person, *by_branch; /* sentences chosen */
	uint8_t *headed; /* of each branch: its heading is paid for */
	uint8_t *led; /* of each candidate: it leads back to the one before it,
	               * which can be told with it */
	unsigned words_left;
	bool told; /* facts will say what some sentences say */
};

/**
 * Nothing is taken yet. What is sent again, or quoted without marks, is told
 * where it was said first: the others count as said.
 *
 * m, spread  outlive the result, which ctx owns
 * max_words  names and headings included
 */
struct nd_chooser *
nd_chooser_new(const void *ctx, const struct nd_candidates *m,
               const struct nd_spread *spread, unsigned max_words, bool told);

/** Where a sentence belongs; ND_SHARES: it has no place in a summary. */
enum nd_share
nd_chooser_share(const struct nd_candidates *m, const struct nd_candidate *c);

/** Words that a sentence of print_words takes in print: long ones are cut. */
unsigned nd_chooser_words(unsigned print_words);

/**
 * Words that it would take now, with the name and heading it brings, and with the
 * sentence that it leads back to.
 */
unsigned nd_chooser_price(const struct nd_chooser *chooser,
                          const struct nd_candidate *c, enum nd_zone zone);

/** What it would add now: its score, less what is said already. */
float nd_chooser_value(const struct nd_chooser *chooser,
                       const struct nd_candidate *c, enum nd_zone zone);

/**
 * Take candidate i, which is free and fits, with what it leads back to; who repeats
 * it is crossed out.
 */
void nd_chooser_take(struct nd_chooser *chooser, uint32_t i, enum nd_zone zone);

#endif
