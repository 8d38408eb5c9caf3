/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * actfeature.h - the features that the model of acts/actmodel.h knows
 *
 * A feature is on or off. Its key holds its template and up to three small
 * values, or the hash of a word or two: no dictionary is needed to find one.
 * The order of templates and values is that of the keys in actweights.c.
 */
#ifndef ND_ACTS_ACTFEATURE_H
#define ND_ACTS_ACTFEATURE_H

#include <stddef.h>
#include <stdint.h>

enum { ND_ACTFEATURES_MAX = 512 }; /* of one sentence */

struct nd_actfeatures {
	uint64_t key[ND_ACTFEATURES_MAX];
	size_t count;
};

/* What a sentence begins with. */
enum nd_actfeature_opening {
	ND_OPENING_OTHER,
	ND_OPENING_WH,
	ND_OPENING_AUX,
	ND_OPENING_YES,
	ND_OPENING_NO,
	ND_OPENING_PLEASE,
	ND_OPENING_CHANGE,
	ND_OPENING_I,
	ND_OPENING_YOU,
	ND_OPENING_WE,
	ND_OPENING_THIS,
	ND_OPENING_GREETING,
	ND_OPENING_THANKS,
	ND_OPENING_BUT,
	ND_OPENING_AND,
	ND_OPENING_IF,
	ND_OPENING_MAYBE,
	ND_OPENING_NAME,
	ND_OPENING_NOTHING,
	ND_OPENING_COUNT
};

/* What stands quoted above it. */
enum nd_actfeature_quote {
	ND_QUOTE_NONE,
	ND_QUOTE_EMPTY,
	ND_QUOTE_PLUS,
	ND_QUOTE_MINUS,
	ND_QUOTE_CODE,
	ND_QUOTE_TRAILER,
	ND_QUOTE_PROSE,
	ND_QUOTE_QUESTION,
	ND_QUOTE_OLD_PROSE,
	ND_QUOTE_COUNT
};

/* Who says it. */
enum nd_actfeature_role { ND_ROLE_AUTHOR, ND_ROLE_OTHER, ND_ROLE_COUNT };

enum nd_actfeature_ending {
	ND_ENDING_NONE,
	ND_ENDING_STOP,
	ND_ENDING_QUESTION,
	ND_ENDING_COLON,
	ND_ENDING_EXCLAIM
};

/* Each with its name, and the kinds of its values, as an explanation prints
 * them. */
#define ND_ACTFEATURES(T) \
	T(WORD, "word", WORD) \
	T(PAIR, "pair", WORD) \
	T(CUE, "says", CUE) \
	T(CUE_ROLE, "says, by", CUE, ROLE) \
	T(CUE_END, "says, ends with ?", CUE, YESNO) \
	T(CUE_QUOTE, "says, below", CUE, QUOTE) \
	T(CUE_OPENING, "says, begins with", CUE, OPENING) \
	T(CUE_TALK, "says, about a patch", CUE, YESNO) \
	T(CUE_BEFORE, "sentence before says", CUE) \
	T(CUE_AFTER, "sentence after says", CUE) \
	T(CUES, "hints", NUMBER) \
	T(OPENING, "begins with", OPENING) \
	T(OPENING_END, "begins with, ends with ?", OPENING, YESNO) \
	T(OPENING_ROLE, "begins with, by", OPENING, ROLE) \
	T(OPENING_BEFORE, "sentence before begins with", OPENING) \
	T(OPENING_AFTER, "sentence after begins with", OPENING) \
	T(ENDING, "ends with", ENDING) \
	T(ENDING_BEFORE, "sentence before ends with ?", YESNO) \
	T(ENDING_AFTER, "sentence after ends with ?", YESNO) \
	T(ASKING_FORM, "has the form of a question, by", YESNO, ROLE) \
	T(ASKING_FORM_QUOTE, "has the form of a question, below", YESNO, \
	  QUOTE) \
	T(QUESTION_INSIDE, "? inside", NO_VALUE) \
	T(LOWER, "begins in lower case", NO_VALUE) \
	T(ITEM, "an item of a list", NO_VALUE) \
	T(LENGTH, "words", NUMBER) \
	T(IDENTIFIERS, "identifiers", NUMBER) \
	T(NUMBERS, "numbers", NUMBER) \
	T(PAST_FORMS, "words in -ed", NUMBER) \
	T(ING_FORMS, "words in -ing", NUMBER) \
	T(QUOTED_WORDS, "words in quotes", NO_VALUE) \
	T(QUOTE, "below", QUOTE) \
	T(QUOTE_FIRST, "first below", QUOTE, YESNO) \
	T(QUOTE_ROLE, "below, by", QUOTE, ROLE) \
	T(QUOTE_END, "below, ends with ?", QUOTE, YESNO) \
	T(QUOTE_ROLE_END, "first below, by, ends with ?", QUOTE, ROLE, YESNO) \
	T(SINCE_QUOTE, "sentences since the quote", NUMBER) \
	T(QUOTE_LINES, "lines of the quote", NUMBER) \
	T(QUOTE_HAS_MARK, "? in the quote", NO_VALUE) \
	T(QUOTE_ASKS, "the quote asks", NUMBER) \
	T(QUOTE_ASKS_ROLE, "the quote asks, by", ROLE, YESNO) \
	T(QUOTE_WANTS, "the quote wants a change", NUMBER) \
	T(QUOTE_WANTS_ROLE, "the quote wants a change, by", ROLE, YESNO) \
	T(PARENT_ASKS_TOP, "no quote, but the parent asks", ROLE) \
	T(ROLE, "by", ROLE) \
	T(ROLE_END, "by, ends with ?", ROLE, YESNO) \
	T(TALK, "about a patch", YESNO) \
	T(TALK_ROLE_END, "about a patch, by, ends with ?", YESNO, ROLE, YESNO) \
	T(FACT, "fact", NUMBER, YESNO) \
	T(DEPTH, "mails above", NUMBER) \
	T(SENTENCES, "sentences of the mail", NUMBER) \
	T(OWN_LINES, "own lines", NUMBER) \
	T(QUOTED_LINES, "quoted lines", NUMBER) \
	T(PARENT_ASKS, "the parent asks", YESNO) \
	T(OWN_CODE, "code of its own", NO_VALUE) \
	T(CODE_AFTER, "code follows", NO_VALUE) \
	T(FIRST, "first", NO_VALUE) \
	T(LAST, "last", NO_VALUE) \
	T(ONLY, "the only one", NO_VALUE) \
	T(OPENS, "begins a paragraph", NO_VALUE) \
	T(FIRST_PARAGRAPH, "of the first paragraph", NO_VALUE) \
	T(THIRD, "third of the mail", NUMBER) \
	T(CALLS, "calls somebody by name", ENDING)

enum nd_actfeature {
#define ND_ACTFEATURE_ENUM(id, ...) ND_ACTFEATURE_##id,
	ND_ACTFEATURES(ND_ACTFEATURE_ENUM)
#undef ND_ACTFEATURE_ENUM
		ND_ACTFEATURE_COUNT
};

/** Add one; beyond ND_ACTFEATURES_MAX they are left out. */
static inline void
nd_actfeature_add(struct nd_actfeatures *out, enum nd_actfeature feature,
                  unsigned a, unsigned b, unsigned c, uint32_t word)
{
	if (out->count < ND_ACTFEATURES_MAX)
		out->key[out->count++] = (uint64_t)feature << 56 |
		                         (uint64_t)(a & 0xff) << 48 |
		                         (uint64_t)(b & 0xff) << 40 |
		                         (uint64_t)(c & 0xff) << 32 | word;
}

/**
 * A feature in words, owned by ctx: "says, by: will fix / the author".
 *
 * Words are hashes here; of those it says "word" or "pair" alone.
 */
const char *nd_actfeature_name(const void *ctx, uint64_t key);

#endif
