/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trailer.h - a Reviewed-by:-like line that somebody gave in a reply
 */
#ifndef ND_MODEL_TRAILER_H
#define ND_MODEL_TRAILER_H

#include "model/message.h"

struct nd_trailer {
	const char *type;      /* "Reviewed-by", first letter upper case */
	struct nd_address who; /* as the trailer says, not as From says */
	int32_t message;       /* index of the mail that gives it */
	uint32_t line;         /* where in its body */
	int32_t patch;         /* index of the patch or cover it is given to,
				 * ND_NO_MESSAGE when that mail is missing */
	int number, total;     /* n/m of that patch; number 0 = whole series */
	int *named;            /* "patches 1-3": those of the series that the
				 * giver names; else none */
	size_t named_count;
	const char *scope;     /* "the KVM part": what it is given for, in the
				 * giver's words, when not by number; or NULL */
	const char *condition; /* "with that fixed": what must be done first,
				 * in the giver's words; or NULL */
};

/**
 * Does a trailer of this type say that somebody did this? "Reviewed-and-
 * tested-by" says "reviewed" and "tested", "Not-acked-by" nothing.
 */
bool nd_trailer_says(const char *type, const char *deed);

/** Is it a reviewer's word for all that it was given to, and no if? */
bool nd_trailer_is_review(const struct nd_trailer *trailer);

#endif
