/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * flowed.h - format=flowed undone (RFC 3676)
 *
 * A line that ends in a blank goes on in the next one of the same quote depth.
 * "-- " is not joined, and diffs keep their lines: mailers declare whole mails
 * flowed, pasted patches included.
 */
#ifndef ND_BODY_FLOWED_H
#define ND_BODY_FLOWED_H

#include "body/lines.h"

/**
 * Join flowed lines, in place.
 *
 * lines      split, with space-stuffing already taken off; their text is
 *            moved together and lines->count gets smaller. A joined paragraph
 *            is one line, and `fixed`
 * delsp      DelSp=yes: the blank at the end of a line is not part of the text
 */
void nd_flowed_join(struct nd_lines *lines, bool delsp);

#endif
