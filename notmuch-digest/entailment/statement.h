/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * statement.h - a text as the words that stand for something, and what turns them
 *
 * Words are stems; those that only join others are left out. Between two words
 * there may be operators (operator.h), and a sign or a conjunction that parts
 * them. Text is UTF-8; linear in it.
 */
#ifndef ND_ENTAILMENT_STATEMENT_H
#define ND_ENTAILMENT_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "entailment/operator.h"

/* What parts two words, the strongest of several. */
enum nd_statement_break {
	ND_STATEMENT_JOINED,   /* nothing does */
	ND_STATEMENT_FUNCTION, /* words like "of", "the" */
	ND_STATEMENT_COMMA,
	ND_STATEMENT_CLAUSE, /* "but", ", and", "because" */
	ND_STATEMENT_END     /* of a sentence, or a semicolon */
};

/* How often each class occurs in one place. */
struct nd_statement_operators {
	uint8_t count[ND_OPERATOR_COUNT];
};

/* What stands before a word, back to the one before it. */
struct nd_statement_gap {
	struct nd_statement_operators all;
	struct nd_statement_operators near; /* behind its last break */
	enum nd_statement_break strongest;
};

struct nd_statement_word {
	struct nd_token token;
	uint32_t stem; /* of a word; of a name or number, itself */
	bool name;     /* a name, a number, an abbreviation */
	bool light;    /* says little: "patch", "really" */
	bool past;     /* has the form of something done: "fixed", "sent" */
};

struct nd_statement {
	struct nd_statement_word *word;
	size_t count;
	struct nd_statement_gap *gap; /* count + 1: the last is behind all */
	bool asks;                    /* has a question mark */
};

/** Owned by ctx; tokens point into text. */
struct nd_statement *nd_statement_read(const void *ctx, const char *text);

#endif
