/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plainmark.h - the marks of other scripts and of typography as plain ones
 *
 * No-break spaces, full-width colons and brackets, typographic dashes: what a
 * trailer has when a mail program or an input method has seen to it.
 */
#ifndef ND_TEXT_PLAINMARK_H
#define ND_TEXT_PLAINMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The plain mark that a code point stands for, or 0.
 *
 * in_type    dashes, too; in a name they are the name's
 */
char nd_plainmark_of(int32_t code_point, bool in_type);

/**
 * (text, *len) with plain marks, dashes up to the first colon: a copy on ctx
 * whose length *len becomes; text itself when it is ASCII.
 */
const char *nd_plainmark_text(const void *ctx, const char *text, size_t *len);

#endif
