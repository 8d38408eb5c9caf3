/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quoteintro.h - the lines that lead to a quote, when its author is known
 *
 * body/attribution.h knows what mail programs write; here a form of any
 * program, in any language, is told by what it says: the name or address of
 * the one who is quoted, right above the quote.
 */
#ifndef ND_CONVERSATION_QUOTEINTRO_H
#define ND_CONVERSATION_QUOTEINTRO_H

#include "model/message.h"

/**
 * The first of the lines that lead to a quote; the quote's when there are
 * none.
 *
 * line       the first line of the quote
 * author     who is quoted
 */
size_t nd_quoteintro_start(const struct nd_body *body, size_t line,
                           const struct nd_address *author);

/** Make those lines ND_LINE_ATTRIBUTION; own_bytes is kept right. */
void nd_quoteintro_mark(struct nd_body *body, size_t line,
                        const struct nd_address *author);

#endif
