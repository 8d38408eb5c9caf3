/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * colour.h - colours as CSS writes them
 *
 * Names, hexadecimal digits, rgb(), hsl() and hwb(). Those of other models (lab(),
 * color() …) may be valid, but which they are is not worked out. Pure.
 */
#ifndef ND_MAIL_COLOUR_H
#define ND_MAIL_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

enum nd_colour {
	ND_COLOUR_INVALID, /* no colour at all */
	ND_COLOUR_CLEAR,   /* what is behind is seen, and nothing else */
	ND_COLOUR_KNOWN,
	ND_COLOUR_UNKNOWN, /* one of a model that is not read */
};

/**
 * The colour that text is, in small letters and without blanks around.
 *
 * *rgb     0xRRGGBB, written when it is known
 * *alpha   how much of it is seen, from 0 to 1; the same
 */
enum nd_colour nd_colour_read(const char *text, uint32_t *rgb, double *alpha);

/** What is seen of a colour of which a share (0 to 1) lies above another one. */
uint32_t nd_colour_mix(uint32_t above, double share, uint32_t below);

/**
 * Would nobody see letters of the one on a ground of the other, when a share (0
 * to 1) of them is seen?
 */
bool nd_colour_is_near(uint32_t a, uint32_t b, double share);

#endif
