/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inlinepatch.h - a patch that somebody proposes in the middle of a reply
 *
 * Its commit message looks like words of the mail, but says nothing to the
 * reader of the mail.
 */
#ifndef ND_TEXT_INLINEPATCH_H
#define ND_TEXT_INLINEPATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "model/message.h"

/** Does a patch begin with this line: git's headers, or scissors? */
bool nd_inlinepatch_begins(const struct nd_body *body, size_t line);

/** The line behind the last one of a diff; 0: there is no diff. */
size_t nd_inlinepatch_diff_end(const struct nd_body *body);

#endif
