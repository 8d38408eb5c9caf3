/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/visible.h"

#include <string.h>

#include "mail/colour.h"
#include "util/str.h"

#define FONT_PX 16
#define WHITE 0xffffff
#define BLACK 0x000000

/* Nobody reads letters that are smaller, fainter, or in boxes so small. */
#define SMALLEST_FONT_PX 3
#define FAINTEST 0.15
#define SMALLEST_BOX_PX 3
#define SMALLEST_ZOOM 0.15
/* Lines on each other, letters on each other: shares of the font's size. */
#define TIGHTEST_LINE 0.2
#define TIGHTEST_SPACING (-0.4)
/* So far up or left it is on no screen, so far down or right nobody goes. */
#define FAR_BACK_PX (-500)
#define FAR_PX 2000

static const struct nd_visible_look plain = {
	.font_px = FONT_PX,
	.opacity = 1,
	.colour = BLACK,
	.ground = WHITE,
	.line_px = -1,
};

void
nd_visible_init(struct nd_visible *visible)
{
	visible->look[0] = plain;
	visible->look[1] = plain;
}

/* ---- attributes ---------------------------------------------------------- */

static bool
has(const xmlNode *node, const char *name)
{
	return xmlHasProp(node, (const xmlChar *)name) != NULL;
}

/* "&colon;" is what libxml2 does not know and a browser does. */
static bool
has_entity(const char *text)
{
	for (const char *at = strchr(text, '&'); at; at = strchr(at, '&')) {
		const char *name = ++at;

		while (nd_is_alnum(*at))
			at++;
		if (at > name && *at == ';')
			return true;
	}
	return false;
}

static void
set_hidden(struct nd_style *style)
{
	nd_style_set(style, ND_STYLE_DISPLAY,
	             (struct nd_style_value){.kind = ND_STYLE_HIDES,
	                                     .weight = UINT32_MAX});
}

/* HTML's own colours weigh less than any rule. */
static void
add_colour(const xmlNode *node, const char *name,
           enum nd_style_property property, struct nd_style *style)
{
	xmlChar *text = xmlGetProp((xmlNode *)node, (const xmlChar *)name);
	struct nd_style_value value = {.kind = ND_STYLE_RGB};
	char colour[32];
	size_t len = 0;

	for (const xmlChar *at = text; at && *at && len + 2 < sizeof colour;
	     at++)
		if (!nd_is_space((char)*at))
			colour[len++] = nd_lower((char)*at);
	colour[len] = '\0';
	xmlFree(text);
	/* "ffffff" is taken for "#ffffff" there. */
	if (nd_colour_read(colour, &value.rgb) != ND_COLOUR_KNOWN) {
		memmove(colour + 1, colour, len + 1);
		colour[0] = '#';
		if (nd_colour_read(colour, &value.rgb) != ND_COLOUR_KNOWN)
			return;
	}
	nd_style_set(style, property, value);
}

static void
add_attributes(const xmlNode *node, struct nd_style *style)
{
	const char *tag = (const char *)node->name;
	xmlChar *text;

	add_colour(node, "bgcolor", ND_STYLE_BACKGROUND, style);
	if (strcmp(tag, "font") == 0)
		add_colour(node, "color", ND_STYLE_COLOUR, style);
	else if (strcmp(tag, "body") == 0)
		add_colour(node, "text", ND_STYLE_COLOUR, style);
	if (has(node, "hidden") || has(node, "popover") ||
	    (strcmp(tag, "dialog") == 0 && !has(node, "open")))
		set_hidden(style);
	text = xmlGetProp((xmlNode *)node, (const xmlChar *)"aria-hidden");
	if (text && nd_str_equal_nocase((const char *)text, "true"))
		set_hidden(style);
	xmlFree(text);
}

static void
add_inline(const xmlNode *node, struct nd_style *style)
{
	xmlChar *text = xmlGetProp((xmlNode *)node, (const xmlChar *)"style");

	if (!text)
		return;
	nd_style_declare(style, (const char *)text, strlen((const char *)text),
	                 ND_STYLE_WEIGHT_INLINE);
	if (has_entity((const char *)text))
		set_hidden(style);
	xmlFree(text);
}

/* ---- values -------------------------------------------------------------- */

static bool
hides(const struct nd_style *style, enum nd_style_property property)
{
	return style->of[property].kind == ND_STYLE_HIDES;
}

/* In pixels, of a whole that is so large; fallback when it is not set. */
static double
pixels(const struct nd_style_value *value, double whole, double font_px,
       double fallback)
{
	switch (value->kind) {
	case ND_STYLE_LENGTH:
		return value->number;
	case ND_STYLE_FACTOR:
		return value->number * font_px;
	case ND_STYLE_PERCENT:
		return value->number * whole;
	default:
		return fallback;
	}
}

static bool
is_far(const struct nd_style_value *value, double font_px)
{
	double px;

	if (value->kind == ND_STYLE_HIDES)
		return true;
	if (value->kind == ND_STYLE_PERCENT)
		return value->number <= -1 || value->number >= 1;
	px = pixels(value, 0, font_px, 0);
	return px <= FAR_BACK_PX || px >= FAR_PX;
}

static bool
is_small(const struct nd_style_value *value, double font_px)
{
	return value->kind == ND_STYLE_HIDES ||
	       pixels(value, 100, font_px, SMALLEST_BOX_PX) < SMALLEST_BOX_PX;
}

/* Below share: a number, or a percentage. */
static bool
is_below(const struct nd_style_value *value, double share)
{
	return value->kind == ND_STYLE_HIDES ||
	       ((value->kind == ND_STYLE_FACTOR ||
	         value->kind == ND_STYLE_PERCENT) &&
	        value->number < share);
}

static bool
is_boxed_in(const struct nd_style *style, double font_px)
{
	const struct nd_style_value *of = style->of;

	if (is_small(&of[ND_STYLE_MAX_HEIGHT], font_px))
		return true;
	return hides(style, ND_STYLE_OVERFLOW) &&
	       (is_small(&of[ND_STYLE_HEIGHT], font_px) ||
	        is_small(&of[ND_STYLE_WIDTH], font_px) ||
	        is_small(&of[ND_STYLE_MAX_WIDTH], font_px));
}

static bool
is_moved_away(const struct nd_style *style, double font_px)
{
	static const enum nd_style_property moving[] = {
		ND_STYLE_LEFT,   ND_STYLE_TOP,         ND_STYLE_RIGHT,
		ND_STYLE_BOTTOM, ND_STYLE_MARGIN_LEFT, ND_STYLE_MARGIN_TOP};

	for (size_t i = 0; i < sizeof moving / sizeof *moving; i++)
		if (is_far(&style->of[moving[i]], font_px))
			return true;
	return false;
}

static bool
is_gone(const struct nd_style *style, const struct nd_visible_look *look)
{
	static const enum nd_style_property hiding[] = {
		ND_STYLE_DISPLAY,   ND_STYLE_MSO_HIDE,
		ND_STYLE_TRANSFORM, ND_STYLE_SCALE,
		ND_STYLE_TRANSLATE, ND_STYLE_ROTATE,
		ND_STYLE_CLIP,      ND_STYLE_CLIP_PATH,
		ND_STYLE_FILTER,    ND_STYLE_MASK,
		ND_STYLE_CONTENT,   ND_STYLE_CONTENT_VISIBILITY,
		ND_STYLE_OPACITY,   ND_STYLE_ANIMATION};

	for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
		if (hides(style, hiding[i]))
			return true;
	return look->opacity < FAINTEST ||
	       is_below(&style->of[ND_STYLE_ZOOM], SMALLEST_ZOOM) ||
	       is_below(&style->of[ND_STYLE_Z_INDEX], 0) ||
	       is_boxed_in(style, look->font_px) ||
	       is_moved_away(style, look->font_px);
}

/* Set *flag by what is declared; what is not leaves the parent's. */
static void
inherit_flag(const struct nd_style *style, enum nd_style_property property,
             bool *flag)
{
	enum nd_style_kind kind = style->of[property].kind;

	if (kind != ND_STYLE_UNSET && kind != ND_STYLE_INHERIT)
		*flag = kind == ND_STYLE_HIDES;
}

static void
set_font(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *size = &style->of[ND_STYLE_FONT_SIZE];

	if (size->kind == ND_STYLE_SHOWS)
		look->font_px = FONT_PX;
	else if (size->kind == ND_STYLE_HIDES)
		look->font_px = 0;
	else
		look->font_px = pixels(size, look->font_px, look->font_px,
		                       look->font_px);
}

/* Lines and letters: their distance, where they begin. */
static void
set_spacing(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *line = &style->of[ND_STYLE_LINE_HEIGHT];
	const struct nd_style_value *spacing =
		&style->of[ND_STYLE_LETTER_SPACING];
	const struct nd_style_value *indent = &style->of[ND_STYLE_TEXT_INDENT];
	double font_px = look->font_px;

	if (line->kind == ND_STYLE_SHOWS)
		look->line_px = -1;
	else if (line->kind == ND_STYLE_HIDES)
		look->line_px = 0;
	else
		look->line_px = pixels(line, font_px, font_px, look->line_px);
	if (spacing->kind == ND_STYLE_SHOWS)
		look->spacing_px = 0;
	else if (spacing->kind == ND_STYLE_HIDES)
		look->spacing_px = -FONT_PX;
	else
		look->spacing_px =
			pixels(spacing, font_px, font_px, look->spacing_px);
	if (indent->kind != ND_STYLE_UNSET && indent->kind != ND_STYLE_INHERIT)
		look->shifted = is_far(indent, font_px);
}

static void
set_colours(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *colour = &style->of[ND_STYLE_COLOUR];
	const struct nd_style_value *fill = &style->of[ND_STYLE_FILL_COLOUR];
	const struct nd_style_value *ground = &style->of[ND_STYLE_BACKGROUND];

	if (colour->kind == ND_STYLE_RGB)
		look->colour = colour->rgb;
	else if (colour->kind == ND_STYLE_SHOWS)
		look->colour = BLACK;
	inherit_flag(style, ND_STYLE_COLOUR, &look->colourless);
	if (fill->kind == ND_STYLE_RGB) {
		look->fill = fill->rgb;
		look->filled = true;
	} else if (fill->kind == ND_STYLE_HIDES) {
		look->colourless = true;
	}
	if (ground->kind == ND_STYLE_RGB) {
		look->ground = ground->rgb;
		look->ground_unknown = false;
	}
	if (ground->kind == ND_STYLE_HIDES ||
	    hides(style, ND_STYLE_BACKGROUND_IMAGE))
		look->ground_unknown = true;
}

static void
enter(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *opacity = &style->of[ND_STYLE_OPACITY];

	set_font(style, look);
	set_spacing(style, look);
	set_colours(style, look);
	inherit_flag(style, ND_STYLE_VISIBILITY, &look->invisible);
	inherit_flag(style, ND_STYLE_SECURITY, &look->masked);
	if (opacity->kind == ND_STYLE_FACTOR ||
	    opacity->kind == ND_STYLE_PERCENT)
		look->opacity *= opacity->number < 1 ? opacity->number : 1;
	look->gone = look->gone || is_gone(style, look);
}

void
nd_visible_enter(struct nd_stylesheet *sheet, const xmlNode *node,
                 const struct nd_visible *parent, struct nd_visible *visible)
{
	bool ruled = !nd_stylesheet_is_empty(sheet);
	unsigned looks = ruled ? 2 : 1;

	*visible = *parent;
	if (!ruled && !node->properties &&
	    strcmp((const char *)node->name, "dialog") != 0)
		return;
	for (unsigned i = 0; i < looks; i++) {
		struct nd_style style;

		memset(&style, 0, sizeof style);
		add_attributes(node, &style);
		nd_stylesheet_apply(sheet, node, i > 0, &style);
		add_inline(node, &style);
		enter(&style, &visible->look[i]);
	}
	if (!ruled)
		visible->look[1] = visible->look[0];
}

static bool
shows(const struct nd_visible_look *look)
{
	uint32_t colour = look->filled ? look->fill : look->colour;

	if (look->gone || look->invisible || look->colourless ||
	    look->ground_unknown || look->shifted || look->masked)
		return false;
	if (look->font_px < SMALLEST_FONT_PX)
		return false;
	if (look->line_px >= 0 && look->line_px < TIGHTEST_LINE * look->font_px)
		return false;
	if (look->spacing_px < TIGHTEST_SPACING * look->font_px)
		return false;
	return !nd_colour_is_near(colour, look->ground);
}

bool
nd_visible_is_gone(const struct nd_visible *visible)
{
	return visible->look[0].gone || visible->look[1].gone;
}

bool
nd_visible_shows_text(const struct nd_visible *visible)
{
	return shows(&visible->look[0]) && shows(&visible->look[1]);
}
