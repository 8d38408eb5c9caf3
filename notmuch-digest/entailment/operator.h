/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * operator.h - words that turn a statement: "not", "if", "only", "may"
 *
 * Two statements with the same nouns and verbs differ by these. They are kept
 * apart by what they do to a statement, English and Chinese ones in the same
 * classes, so that a translation can be compared.
 */
#ifndef ND_ENTAILMENT_OPERATOR_H
#define ND_ENTAILMENT_OPERATOR_H

#include <stdbool.h>

#include "text/token.h"

enum nd_operator {
	ND_OPERATOR_NONE,
	ND_OPERATOR_NOT,
	ND_OPERATOR_WILL,   /* it is to come */
	ND_OPERATOR_MAY,    /* it may be, or somebody guesses it */
	ND_OPERATOR_MUST,   /* it is wanted */
	ND_OPERATOR_IF,     /* it depends on something */
	ND_OPERATOR_CAUSE,  /* something is the reason */
	ND_OPERATOR_BEFORE, /* in time */
	ND_OPERATOR_AFTER,
	ND_OPERATOR_RATHER, /* of two, one: "instead", "than" */
	ND_OPERATOR_ONLY,
	ND_OPERATOR_ALL,
	ND_OPERATOR_SOME,
	ND_OPERATOR_MORE,
	ND_OPERATOR_LESS,
	ND_OPERATOR_STILL, /* "already", "yet", "again" */
	ND_OPERATOR_FROM,
	ND_OPERATOR_BY,
	ND_OPERATOR_OTHERS, /* not the speaker: "you", "they" */
	ND_OPERATOR_COUNT
};

/** Bit of a class in a set of them. */
#define ND_OPERATOR_BIT(name) (1u << ND_OPERATOR_##name)

/** The class of an English word; ND_OPERATOR_NONE for one that turns nothing. */
enum nd_operator nd_operator_of(const struct nd_token *token);

/** The classes of the words of a Chinese text. */
unsigned nd_operators_chinese(const char *text);

/** The classes of the words of an English text. */
unsigned nd_operators_english(const char *text);

/** Does an English text deny something? */
bool nd_operator_denies(const char *text);

#endif
