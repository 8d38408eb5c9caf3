/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utterance.h - the sentences of what the author of a mail wrote, with lines
 *
 * Lines of one paragraph are joined by single blanks. A list item begins a
 * paragraph; so does what follows a greeting. What nobody says is left out:
 * trailers, indented code, logs and tables, a patch proposed in the mail, what
 * has no word.
 *
 * Good enough to ask what somebody says: sentences end in . ! ? (also those of
 * Chinese and Japanese), whatever language they are in. Linear in the text.
 */
#ifndef ND_TEXT_UTTERANCE_H
#define ND_TEXT_UTTERANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/message.h"

struct nd_utterance {
	const char *text; /* not NUL-terminated */
	size_t len;
	uint32_t line, last_line; /* in the body */
	bool opens;               /* first of its paragraph */
	bool smiles;              /* a smiley stands behind it */
	bool answer;              /* of a paragraph that follows a quote */
};

struct nd_utterances {
	struct nd_utterance *utterance;
	size_t count;
};

/**
 * The sentences of a body, in order; all is owned by ctx.
 *
 * body       may be NULL: then there are none
 */
struct nd_utterances
nd_utterances_read(const void *ctx, const struct nd_body *body);

/** The marks that end a question: 1 for "?", more for "?!" and "??"; else 0. */
size_t nd_utterance_question_marks(const struct nd_utterance *said);

#endif
