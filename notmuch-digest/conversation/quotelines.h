/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotelines.h - make lines of a mail quotes, or parts of them
 *
 * A paragraph of HTML is one line, and a quote may begin inside of it.
 */
#ifndef ND_CONVERSATION_QUOTELINES_H
#define ND_CONVERSATION_QUOTELINES_H

#include "model/message.h"

/* What of a line is a quote: [start, end); nothing when they are the same. */
struct nd_quotelines_part {
	uint32_t start, end;             /* bytes of the line */
	uint8_t depth;                   /* as for struct nd_line */
	int32_t source;                  /* … */
	uint32_t source_line;            /* … */
	const struct nd_address *author; /* of the source; NULL: not known */
};

/**
 * Make the parts ND_LINE_QUOTE, each a line of its own, and what leads to them
 * ND_LINE_ATTRIBUTION (quoteintro.h). own_bytes is kept right.
 *
 * part       one for each line of body
 */
void
nd_quotelines_set(struct nd_body *body, const struct nd_quotelines_part *part);

#endif
