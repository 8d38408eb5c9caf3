/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quotedquestion.h - the question or remark that an answer stands below
 */
#ifndef ND_SUMMARISE_QUOTEDQUESTION_H
#define ND_SUMMARISE_QUOTEDQUESTION_H

#include "model/message.h"

/**
 * The last question in the quote right above a line of a body.
 *
 * *mail      the mail that the quote is of, or ND_NO_MESSAGE
 * Returns    one line, owned by ctx; NULL when there is none, or when it is too
 *            long or too short to tell with its answer
 */
const char *nd_quotedquestion_above(const void *ctx, const struct nd_body *body,
                                    uint32_t line, int32_t *mail);

/**
 * The same, of the sentence that the quote ends with, whatever it does: "Please
 * drop that." above "Will do."
 */
const char *
nd_quotedquestion_remark(const void *ctx, const struct nd_body *body,
                         uint32_t line, int32_t *mail);

/**
 * The same, of the last line of the quote, where that is one of a patch or of a
 * list, or stands alone: what is commented on.
 */
const char *nd_quotedquestion_line(const void *ctx, const struct nd_body *body,
                                   uint32_t line, int32_t *mail);

#endif
