/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * citation.h - words of another text in a mail: of a standard, a manual, a log
 *
 * The paragraph right below the line that says so, what is indented where the mail
 * is not, and the indented output below "It fails like this:". Pure; a body must have
 * been classified.
 */
#ifndef ND_SUMMARISE_CITATION_H
#define ND_SUMMARISE_CITATION_H

#include <stdbool.h>

#include "model/message.h"
#include "text/sentence.h"

/* Of one mail, while its sentences are gone through. */
struct nd_citation {
	bool announced; /* it comes next */
	bool open;
	bool output;  /* of a program that complains, while it is indented */
	bool block;   /* it is indented, not its first line alone */
	bool flush;   /* the mail as a whole begins at the margin */
	bool in_list; /* whose items are indented, too */
	bool led;     /* something of the mail itself was said before */
};

/** Before the first sentence of a mail; body may be NULL. */
struct nd_citation nd_citation_begin(const struct nd_body *body);

/** Is its next sentence of another text? To be asked of each, in their order. */
bool nd_citation_has(struct nd_citation *citation, const struct nd_body *body,
                     const struct nd_sentence *said);

#endif
