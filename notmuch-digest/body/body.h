/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * body.h - the text of a mail becomes lines, each with what it is
 *
 * The kinds are those of model/message.h. Each text part of a mail is
 * classified on its own, by what its lines look like: neither the subject nor
 * the headers of the mail are asked.
 *
 * - BLANK are empty lines at depth 0 outside of any other block.
 * - "-----Original Message-----" and its like begin what the author did not
 *   write: all below is QUOTE, one deeper than its own marks say.
 * - DIFF is counted hunk by hunk, so words below a diff are OWN again. Quoted
 *   diffs are QUOTE.
 *
 * Text is UTF-8 that util/utf8.h has cleaned. Pure: no I/O, no globals, linear
 * in the text.
 *
 * Limits: ND_LIMIT_BODY_LINES and ND_LIMIT_BODY_BYTES for all parts together;
 * what is over is left out and ND_BODY_CUT set.
 */
#ifndef ND_BODY_BODY_H
#define ND_BODY_BODY_H

#include "body/lines.h"

/**
 * Append the lines of one text part to body and classify them.
 *
 * body       text, line, flags, own_bytes and the diff facts are added to
 * flags      enum nd_text_flags
 */
void
nd_body_add(struct nd_body *body, const char *text, size_t len, unsigned flags);

#endif
