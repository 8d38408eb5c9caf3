/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stylevalue.h - one value of CSS, as far as it can hide text
 *
 * What a browser would not understand is no value: the one before it holds. So
 * only what is certainly valid shows; what may be a value, but of a kind that is
 * not worked out here, hides. Pure. Text is normalised: small letters, single
 * blanks, no comments, no escapes.
 */
#ifndef ND_MAIL_STYLEVALUE_H
#define ND_MAIL_STYLEVALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/styleproperty.h"

/* How the value of a property is read. */
enum nd_stylevalue_reader {
	ND_STYLEVALUE_WORDS, /* of the list, each valid */
	ND_STYLEVALUE_LENGTHS,
	ND_STYLEVALUE_NUMBERS, /* without unit, or percent */
	ND_STYLEVALUE_COLOURS,
	ND_STYLEVALUE_ONLY,    /* the words of the list show, all else hides */
	ND_STYLEVALUE_MOVES,   /* transform, scale, translate, rotate */
	ND_STYLEVALUE_ORIGINS, /* of a transform */
	ND_STYLEVALUE_FILTERS,
	ND_STYLEVALUE_IMAGES,
	ND_STYLEVALUE_SHADOWS,
	ND_STYLEVALUE_STROKES,
	ND_STYLEVALUE_TRACKS, /* of a grid */
};

/**
 * Read a value.
 *
 * show, hide   words of that meaning, divided by blanks; may be NULL
 * *value       its weight is left as it is; kind ND_STYLE_UNSET for what is
 *              none
 */
void nd_stylevalue_read(const char *text, enum nd_stylevalue_reader reader,
                        enum nd_style_property property, const char *show,
                        const char *hide, struct nd_style_value *value);

/**
 * The next word of *text, a function with its brackets. Commas and slashes
 * outside of brackets are words of their own.
 *
 * *text      moved behind it
 * Returns    false at the end, and for a word of more than size - 1 bytes
 */
bool nd_stylevalue_next(const char **text, char *part, size_t size);

/** Is word one of the words of list, which are divided by blanks? */
bool nd_stylevalue_is_one_of(const char *word, const char *list);

#endif
