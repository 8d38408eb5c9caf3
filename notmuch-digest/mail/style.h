/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * style.h - what CSS declares of an element, as far as it can hide text
 *
 * A block of declarations ("display:none; color:#fff") becomes a value for each
 * property that can make text unseen; the others are passed over. Comments and
 * escapes are undone, shorthands taken apart, values read (stylevalue.h).
 *
 * Does not: know how large anything becomes. Pure functions; the text is UTF-8.
 */
#ifndef ND_MAIL_STYLE_H
#define ND_MAIL_STYLE_H

#include <stddef.h>
#include <stdint.h>

#include "mail/styleproperty.h"

struct nd_style {
	struct nd_style_value of[ND_STYLE_PROPERTIES];
};

/* Weights of the cascade (CSS Cascade 4, 6.1); below, the specificity. */
#define ND_STYLE_WEIGHT_IMPORTANT (1u << 31)
#define ND_STYLE_WEIGHT_INLINE (1u << 30)

/**
 * Where what begins at text[at], below len, ends: an escape, a comment, a string
 * with its marks, a url() without them, or one byte.
 */
size_t nd_style_skip(const char *text, size_t len, size_t at);

/**
 * Add the declarations of (text, len), what stands between { and }.
 *
 * weight   of each; important ones get ND_STYLE_WEIGHT_IMPORTANT on top
 */
void nd_style_declare(struct nd_style *style, const char *text, size_t len,
                      uint32_t weight);

/**
 * Set one value in style, of those that may hold the one that hides most. Of
 * two that hang on different things nobody knows which it is.
 */
void nd_style_suspect(struct nd_style *style, enum nd_style_property property,
                      struct nd_style_value value);

/** Set one value in style unless a heavier one is there. */
void nd_style_set(struct nd_style *style, enum nd_style_property property,
                  struct nd_style_value value);

#endif
