/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speechact.h - what a sentence does: asks, decides, objects, promises, …
 *
 * Recognised by phrases (tables in speechact.c) in English, and the plainest
 * ones in German, French, Spanish, Chinese and Japanese. Text is valid UTF-8.
 * Linear in the text.
 *
 * Finds its phrases by itself, beside phrase.h: one may count only where a
 * sentence starts or is short, a negation before it undoes it, and an
 * apostrophe ends a word, so that "isn't" has "isn".
 */
#ifndef ND_TEXT_SPEECHACT_H
#define ND_TEXT_SPEECHACT_H

#include <stddef.h>

enum nd_speechact {
	ND_SPEECHACT_QUESTION = 1u << 0,
	ND_SPEECHACT_DECISION = 1u << 1, /* applied, queued, rejected, agreed */
	ND_SPEECHACT_PROMISE = 1u << 2,  /* will fix, will respin */
	ND_SPEECHACT_AGREE = 1u << 3,    /* right, good catch, makes sense */
	ND_SPEECHACT_OBJECT = 1u << 4,   /* doesn't work, is wrong, but */
	ND_SPEECHACT_SUGGEST = 1u << 5,  /* should, how about, could you */
	ND_SPEECHACT_RESULT = 1u << 6,   /* tested, works, found, fails */
	ND_SPEECHACT_PURPOSE = 1u << 7,  /* this series, in order to, adds */
	ND_SPEECHACT_SOCIAL = 1u << 8,   /* thanks, sorry, hello, regards */
	ND_SPEECHACT_DANGLING = 1u << 9, /* begins with it, that, so, but */
	ND_SPEECHACT_RHETORIC = 1u << 10, /* asks without wanting an answer */
	ND_SPEECHACT_BOILER = 1u << 11,   /* legal notice, list footer, robot */
	ND_SPEECHACT_HEDGE = 1u << 12,    /* if, would, might: not (yet) so */
};

/** The acts of the sentence (text, len), or 0. */
unsigned nd_speechact_find(const char *text, size_t len);

#endif
