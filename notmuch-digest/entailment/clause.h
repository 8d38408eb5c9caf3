/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clause.h - the clauses of a text, and what each of them says to be so
 *
 * A clause ends at a sign or before a conjunction. Its words are stems; what it
 * denies, what it says to be done, and what it says to be yet to come is told
 * by English words of function. Text is UTF-8; linear in it.
 */
#ifndef ND_ENTAILMENT_CLAUSE_H
#define ND_ENTAILMENT_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/token.h"

struct nd_clause_word {
	struct nd_token token;
	uint32_t stem; /* of a word; of a name or number, itself */
	bool content;  /* it stands for something: no word of function */
	bool denied;   /* behind a "not" of its clause */
	bool ends;     /* a sign stands behind it */
};

struct nd_clause {
	const struct nd_clause_word *word;
	size_t count;
	bool prospective; /* "will", "could", "let's", "if": not yet */
	bool past;        /* it has a verb of something that has been */
	uint32_t done;    /* stem of what is said to be done; 0: of nothing */
};

struct nd_clauses {
	struct nd_clause_word *word;
	size_t word_count;
	struct nd_clause *clause;
	size_t count;
};

/** Owned by ctx; tokens point into text. */
struct nd_clauses *nd_clauses_read(const void *ctx, const char *text);

/** Where a word that stands for something has this stem; its count: nowhere. */
size_t nd_clause_find(const struct nd_clause *clause, uint32_t stem);

/** Does a word that stands for something have this stem? */
bool nd_clause_has(const struct nd_clause *clause, uint32_t stem);

/** The number of different words of content that two clauses share. */
size_t nd_clause_shared(const struct nd_clause *a, const struct nd_clause *b);

/**
 * Does the text say that something is done of which the quoted words say that
 * it is yet to come? "It was fixed", where they are "I will fix it".
 *
 * quote      the words themselves; sentence: what they stand in
 * own        what else their author says in the mail
 */
bool nd_clause_is_premature(const char *text, const char *quote,
                            const char *sentence, const char *own);

/** Is it the word of somebody who does not know: "I suspect", "probably"? */
bool nd_clause_is_guess(const char *text);

/**
 * Does the text say, and deny nothing, what the quoted words deny first: "was
 * reproduced", where they are "unable to reproduce"? Or the other way round? Not
 * if their author says it elsewhere, too.
 */
bool nd_clause_is_denied(const char *text, const char *quote, const char *own);

#endif
