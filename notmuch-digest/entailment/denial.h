/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * denial.h - does a text say what the words that it quotes deny?
 *
 * "Not" has a reach: the words behind it, up to the end of the clause. A text
 * that says those words without denying them turns the quote round, and so
 * does one that denies what the quote says.
 */
#ifndef ND_ENTAILMENT_DENIAL_H
#define ND_ENTAILMENT_DENIAL_H

#include <stdbool.h>

/**
 * Is it the contrary of the quote? False where that cannot be seen.
 *
 * language  as in nd_vocabulary_new(): that of all three
 * own       what else the author of the quote writes in the mail
 */
bool nd_denial_is_contrary(const char *language, const char *text,
                           const char *quote, const char *own);

/**
 * The same of a text in another language than the quote: a short quote denies,
 * and the text has no word at all that may.
 */
bool nd_denial_is_lost(const char *text, const char *quote);

/** The words of a text that it does not deny, and those that it does. */
const char *nd_denial_said(const void *ctx, const char *text);
const char *nd_denial_denied(const void *ctx, const char *text);

/**
 * Does the quote say "don't" or "not", and not just that something is missing
 * ("there is no test")?
 */
bool nd_denial_forbids(const char *quote);

/** Does the quote deny something, other than in a question? */
bool nd_denial_denies(const char *quote);

#endif
