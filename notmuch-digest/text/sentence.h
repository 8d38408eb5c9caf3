/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentence.h - the sentences of a mail's running text
 *
 * Wrapped lines are joined, list items stay apart. ICU says where sentences
 * may end; abbreviations, initials and identifiers do not end one. What comes
 * out is one line of text without bullets, quote marks and greetings.
 *
 * Beside utterance.h, which the ledger reads: there a sentence must keep its
 * lines, since an event names the one that proves it, and what a summary drops
 * (greetings, fragments, lower-case beginnings) may well be an event.
 *
 * Limits: ND_LIMIT_SENTENCE_BYTES. Text is valid UTF-8.
 */
#ifndef ND_TEXT_SENTENCE_H
#define ND_TEXT_SENTENCE_H

#include <stddef.h>
#include <stdint.h>

#include "model/message.h"
#include "util/segment.h"

enum nd_sentence_flags {
	ND_SENTENCE_ITEM = 1u << 0,  /* of a list */
	ND_SENTENCE_FIRST = 1u << 1, /* of its paragraph */
	ND_SENTENCE_ALONE = 1u << 2, /* its paragraph has no other */
	ND_SENTENCE_WHOLE = 1u << 3, /* ends like a sentence */
	ND_SENTENCE_COLON = 1u << 4, /* announces what follows it */
	ND_SENTENCE_NEWS = 1u << 5,  /* of the newest version's changelog */
	ND_SENTENCE_TORN = 1u << 6,  /* its start or end is not there */
};

struct nd_sentence {
	const char *text; /* not NUL-terminated */
	uint32_t len;
	uint32_t line, last_line; /* of the body, both included */
	uint16_t nth;             /* in its mail, from 0 */
	uint16_t paragraph;       /* in its mail, from 0 */
	unsigned flags;           /* enum nd_sentence_flags */
};

struct nd_sentences {
	struct nd_sentence *sentence;
	size_t count;
};

/**
 * Append the sentences of body to list.
 *
 * ctx        owns the array and the texts
 * seg        of kind ND_SEGMENT_SENTENCES
 * max        sentences to append at most
 * Returns    bytes of own lines that were looked at
 */
size_t nd_sentences_read(const void *ctx, const struct nd_body *body,
                         struct nd_segmenter *seg, size_t max,
                         struct nd_sentences *list);

#endif
