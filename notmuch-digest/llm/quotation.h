/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotation.h - find the words of a mail that a model quotes
 *
 * Models copy with care, but not letter by letter: they leave out the middle
 * and put "…" there, end with a full stop of their own, set other quote marks,
 * and mend a typing error. All of this is the same quote. Words that stand in
 * another order or are not there are none.
 */
#ifndef ND_LLM_QUOTATION_H
#define ND_LLM_QUOTATION_H

#include <stdbool.h>

#include "llm/evidence.h"

/* A shorter quote proves little: it must be a whole sentence. */
enum { ND_LLM_QUOTATION_BYTES_MIN = 12 };

/**
 * The quote as it stands in the own words of mail (an index).
 *
 * cited      the model says that it is in this mail: then it may be short
 * Returns    quote itself; a text owned by ctx, where the mail writes a word
 *            of it otherwise; NULL when it is not there
 */
const char *
nd_llm_quotation_find(const void *ctx, const struct nd_llm_evidence *evidence,
                      size_t mail, const char *quote, bool cited);

/**
 * The sentences of the own words of mail in which quote begins and ends, as they
 * stand there, on one line, owned by ctx; quote when it is not there. A paragraph
 * and an item of a list end a sentence.
 */
const char *nd_llm_quotation_sentence(const void *ctx,
                                      const struct nd_llm_evidence *evidence,
                                      size_t mail, const char *quote);

/** The same with the sentence before and the one behind, of its paragraph. */
const char *
nd_llm_quotation_around(const void *ctx, const struct nd_llm_evidence *evidence,
                        size_t mail, const char *quote);

/**
 * Those sentences to be shown, without a bullet: of more than fits, the sentences up to
 * the end of the quote, or its words, with "…" where a sentence is cut.
 */
const char *nd_llm_quotation_passage(const void *ctx,
                                     const struct nd_llm_evidence *evidence,
                                     size_t mail, const char *quote);

#endif
