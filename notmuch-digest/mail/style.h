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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum nd_style_property {
	/* What each child has from its parent. */
	ND_STYLE_VISIBILITY,
	ND_STYLE_FONT_SIZE,
	ND_STYLE_FONT_ADJUST,
	ND_STYLE_TEXT_ADJUST,
	ND_STYLE_LINE_HEIGHT,
	ND_STYLE_LETTER_SPACING,
	ND_STYLE_WORD_SPACING,
	ND_STYLE_TEXT_INDENT,
	ND_STYLE_COLOUR,
	ND_STYLE_FILL_COLOUR,
	ND_STYLE_STROKE,
	ND_STYLE_SECURITY,
	/* What is seen of all that is inside. */
	ND_STYLE_DISPLAY,
	ND_STYLE_OPACITY,
	ND_STYLE_BACKGROUND,
	ND_STYLE_BACKGROUND_IMAGE,
	ND_STYLE_BACKGROUND_CLIP,
	ND_STYLE_BOX_SHADOW,
	ND_STYLE_OVERFLOW,
	ND_STYLE_HEIGHT,
	ND_STYLE_MAX_HEIGHT,
	ND_STYLE_WIDTH,
	ND_STYLE_MAX_WIDTH,
	ND_STYLE_BASIS,
	ND_STYLE_TRACKS,
	ND_STYLE_LEFT,
	ND_STYLE_TOP,
	ND_STYLE_RIGHT,
	ND_STYLE_BOTTOM,
	ND_STYLE_MARGIN_LEFT,
	ND_STYLE_MARGIN_TOP,
	ND_STYLE_MARGIN_RIGHT,
	ND_STYLE_MARGIN_BOTTOM,
	ND_STYLE_PADDING_LEFT,
	ND_STYLE_PADDING_TOP,
	ND_STYLE_PADDING_RIGHT,
	ND_STYLE_PADDING_BOTTOM,
	ND_STYLE_TRANSFORM,
	ND_STYLE_TRANSFORM_ORIGIN,
	ND_STYLE_SCALE,
	ND_STYLE_TRANSLATE,
	ND_STYLE_ROTATE,
	ND_STYLE_OFFSET,
	ND_STYLE_PERSPECTIVE,
	ND_STYLE_ZOOM,
	ND_STYLE_Z_INDEX,
	ND_STYLE_CLIP,
	ND_STYLE_CLIP_PATH,
	ND_STYLE_LINE_CLAMP,
	ND_STYLE_CONTAIN,
	ND_STYLE_FILTER,
	ND_STYLE_BLEND,
	ND_STYLE_MASK,
	ND_STYLE_MASK_BORDER,
	ND_STYLE_OUTLINE_OFFSET,
	ND_STYLE_STRIKE,
	ND_STYLE_STRIKE_SIZE,
	ND_STYLE_BIDI,
	ND_STYLE_CONTENT,
	ND_STYLE_CONTENT_VISIBILITY,
	ND_STYLE_ANIMATION,
	ND_STYLE_MSO_HIDE,
	ND_STYLE_ALL,
	ND_STYLE_PROPERTIES,
};

enum nd_style_kind {
	ND_STYLE_UNSET, /* nothing is declared */
	ND_STYLE_SHOWS,
	ND_STYLE_HIDES,   /* … or may hide */
	ND_STYLE_INHERIT, /* as the parent */
	ND_STYLE_LENGTH,  /* number: pixels of CSS */
	ND_STYLE_FACTOR,  /* number: of the font's size, or without unit; of
			   * what moves, how small it makes things */
	ND_STYLE_PERCENT, /* number: 1 is 100 % */
	ND_STYLE_RGB,     /* rgb; number: 1 is opaque */
};

struct nd_style_value {
	enum nd_style_kind kind;
	double number;
	double moved; /* pixels, of what moves */
	uint32_t rgb;
	uint32_t weight;    /* of what was declared; the heavier one holds */
	uint32_t condition; /* what it hangs on; 0: it holds */
};

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
