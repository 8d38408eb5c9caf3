/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sourcemail.h - a mail as the summariser sees it
 *
 * Owned by the nd_candidates it is in (candidates.h), its event by the thread.
 */
#ifndef ND_SUMMARISE_SOURCEMAIL_H
#define ND_SUMMARISE_SOURCEMAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "model/thread.h"

enum nd_part {
	ND_PART_ROOT,  /* cover letter, first patch or first mail */
	ND_PART_PATCH, /* another mail of the root's series */
	ND_PART_TALK,
};

/* Same index as in the thread. */
struct nd_source {
	enum nd_part part;
	int32_t person;     /* who sent it, in nd_candidates.speaker */
	int32_t author;     /* whose commit message is in it */
	int32_t branch;     /* the child of the root that it descends from;
			     * in a big thread its sub-thread (sections.h) */
	uint32_t candidate; /* slice of nd_candidates.candidate */
	uint32_t candidate_count;
	uint16_t depth; /* 0 = root */
	float worth;    /* of its branch, in the score of its sentences */
	uint16_t heading_words; /* that a first sentence of its branch costs */
	bool robot;
	bool notice; /* a program's message whose subject says it all, or: */
	const struct nd_event *result; /* what it found, which does; NULL */
	bool mends; /* all is well, though it was not before: */
	bool stale; /* what was wrong is so no more */
};

#endif
