/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * styleproperty.h - the properties of CSS that can hide text, and their values
 *
 * As far as they matter for that: "hides" stands for all values that do, or of
 * which nobody knows.
 */
#ifndef ND_MAIL_STYLEPROPERTY_H
#define ND_MAIL_STYLEPROPERTY_H

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

#endif
