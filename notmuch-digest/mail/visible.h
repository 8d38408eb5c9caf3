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

/* A colour, and what it hangs on: the condition of nd_style_value. */
struct nd_visible_colour {
	uint32_t rgb;
	double alpha;
	uint32_t condition;
};

/* What an element is drawn with. */
struct nd_visible_look {
	double font_px;
	double scale;    /* of all that is drawn */
	double moved_px; /* how far out of its place it may be */
	double opacity;
	struct nd_visible_colour colour, fill, ground, link;
	bool filled;       /* fill is what letters are drawn with */
	bool gone;         /* with all that is inside */
	bool clips, small; /* it, or what it is in; both: nothing is seen */
	/* Its own letters; a child may say otherwise. */
	bool invisible, colourless, ground_unknown, masked, stroked, shrunk;
	bool shut;      /* but for a summary */
	double line_px; /* below 0: as high as its letters want */
	double spacing_px, word_px, indent_px;
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
