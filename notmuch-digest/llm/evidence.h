/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * evidence.h - what the mails of a context say, ready to be compared with
 *
 * Both sides of a comparison are NFKC and case folded. A token is a run of
 * letters and digits of an alphabet with inner `. _ - + : / @`; scripts without
 * spaces (Han, kana, …) are not tokens and divide them. "Technical" is seen by
 * shape alone: a digit, `_ / @`, an inner dot, `::`, `->`, capitals.
 */
#ifndef ND_LLM_EVIDENCE_H
#define ND_LLM_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "llm/context.h"

struct nd_llm_evidence_token {
	size_t start, len; /* in the text */
	bool technical;
	bool number; /* digits only, but for inner . and , */
};

/** The next token of (text, len) at or behind *at; false: there is none. */
bool nd_llm_evidence_next_token(const char *text, size_t len, size_t *at,
                                struct nd_llm_evidence_token *token);

struct nd_llm_evidence;

/** Owned by ctx; the context must stay. */
struct nd_llm_evidence *
nd_llm_evidence_new(const void *ctx, const struct nd_llm_context *context);

/**
 * Does mail (an index) have this token, or else all parts of it? Numbers match
 * as a whole: the 3 of v3 is not 3. Units stand with or without a blank, small
 * numbers as digits or words, releases with or without their v, abbreviations
 * in any number.
 */
bool nd_llm_evidence_has_token(const struct nd_llm_evidence *evidence,
                               size_t mail, const char *token, size_t len);

/** Do the facts that the program itself gave have it? */
bool nd_llm_evidence_facts_have(const struct nd_llm_evidence *evidence,
                                const char *token, size_t len);

/** The own lines of mail (an index), as they are in its text. */
const char *
nd_llm_evidence_own(const struct nd_llm_evidence *evidence, size_t mail);

/** The same as nd_llm_evidence_plain() makes them. */
const char *
nd_llm_evidence_own_plain(const struct nd_llm_evidence *evidence, size_t mail);

/**
 * A text folded, with every run of blanks one blank, without quote marks and
 * asterisks, and without the blank that fence.c puts into what looks like a
 * control token. Owned by ctx.
 */
char *nd_llm_evidence_plain(const void *ctx, const char *text, size_t len);

/**
 * Do the letters and digits of (text, len) stand in this order, with nothing
 * but other characters between them, in some mail or subject?
 */
bool nd_llm_evidence_spells(const struct nd_llm_evidence *evidence,
                            const char *text, size_t len);

/** Does some mail or subject hold these bytes, case aside? */
bool nd_llm_evidence_holds(const struct nd_llm_evidence *evidence,
                           const char *text, size_t len);

#endif
