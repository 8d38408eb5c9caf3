/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * visible.h - what of an HTML document its reader sees
 *
 * Hidden text is how mail talks to machines behind their owners' backs. An
 * element is visible when its attributes, its style and the rules of the
 * document that hold for it, or may hold, all leave it so: each value that it
 * has, or has from its parents, is worked out as a browser does. Where that
 * would need the layout (what covers what, how large an image is), it counts as
 * hidden as soon as its style tries.
 *
 * Does not: know fonts without letters, scripts, or what other elements cover.
 */
#ifndef ND_MAIL_VISIBLE_H
#define ND_MAIL_VISIBLE_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

#include "mail/stylesheet.h"

/* What an element is drawn with. */
struct nd_visible_look {
	double font_px;
	double opacity;
	uint32_t colour, fill, ground;
	bool filled; /* fill is what letters are drawn with */
	bool gone;   /* with all that is inside */
	/* Its own letters; a child may say otherwise. */
	bool invisible, colourless, ground_unknown, shifted, masked;
	double line_px; /* below 0: as high as its letters want */
	double spacing_px;
};

/* With the rules that hold, and with those that may hold, too. */
struct nd_visible {
	struct nd_visible_look look[2];
};

/** What the outermost element begins with. */
void nd_visible_init(struct nd_visible *visible);

/**
 * What node is drawn with, whose parent is drawn with *parent.
 *
 * sheet    the rules of the document; read, but for its count of steps
 */
void
nd_visible_enter(struct nd_stylesheet *sheet, const xmlNode *node,
                 const struct nd_visible *parent, struct nd_visible *visible);

/** Is nothing of the element seen, whatever is in it? */
bool nd_visible_is_gone(const struct nd_visible *visible);

/** Is text seen that stands in the element itself? */
bool nd_visible_shows_text(const struct nd_visible *visible);

#endif
