/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * copiedheader.h - headers of other mails, as clients copy them into a text
 *
 * "From: X", "Sent: Tuesday", "寄件者：X", "*De :* X", in the languages of
 * model/clientwords.h. Keys are ND_CLIENTWORDS_FROM and its sisters, as bits.
 */
#ifndef ND_BODY_COPIEDHEADER_H
#define ND_BODY_COPIEDHEADER_H

#include "body/lines.h"

/** The headers that line i has; 0 when it is no such line. */
unsigned nd_copiedheader_key(const struct nd_lines *lines, size_t i);

/**
 * The headers of one line: "From: X Sent: Tuesday To: Y Subject: z".
 *
 * *value     bytes behind the name of the first
 */
unsigned nd_copiedheader_line(const char *text, size_t len, size_t *value);

/** The line behind the block of headers at line i; *found are its keys. */
size_t
nd_copiedheader_end(const struct nd_lines *lines, size_t i, unsigned *found);

/**
 * The same of headers whose names are written flush right, as Horde does below
 * its heading; i for none.
 */
size_t nd_copiedheader_aligned_end(const struct nd_lines *lines, size_t i,
                                   unsigned *found);

/**
 * The same of headers without a colon, which stand below a heading: 'Von "X"
 * <x@example.org>' (eM Client), "| Date | 03/02/2026 10:00 |" (NetEase); i for
 * none.
 */
size_t nd_copiedheader_loose_end(const struct nd_lines *lines, size_t i);

/** "From: X <x@example.org>", "From: X [x@example.org]" in lines [i, end)? */
bool nd_copiedheader_names_person(const struct nd_lines *lines, size_t i,
                                  size_t end);

#endif
