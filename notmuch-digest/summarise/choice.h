/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * choice.h - the sentences that a summary is made of
 */
#ifndef ND_SUMMARISE_CHOICE_H
#define ND_SUMMARISE_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/summary.h"

struct nd_choice {
	uint32_t candidate;
	enum nd_zone zone;
	/* 2: what it is about; 1: the last change or word, what is open;
	 * 0: else. The higher, the later it goes when words run out. */
	int stays;
	bool led; /* and told with the sentence before it */
};

struct nd_choices {
	struct nd_choice *choice; /* by zone, then mail, then place */
	size_t count;
};

/** Is the next one told with choice i, to which it leads back? */
bool nd_choices_leads(const struct nd_choices *choices, size_t i);

#endif
