/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/visible.h"

#include <string.h>

#include "mail/colour.h"
#include "util/str.h"

#define FONT_PX 16
#define WHITE 0xffffff
#define BLACK 0x000000
#define LINK 0x0000ee
#define YELLOW 0xffff00
#define GREY 0xefefef

/* Nobody reads letters that are smaller, larger, fainter, or in boxes so small. */
#define SMALLEST_FONT_PX 3
#define LARGEST_FONT_PX 600
#define FAINTEST 0.15
#define SMALLEST_BOX_PX 3
#define SMALLEST_SHARE 0.15
/* Lines on each other, letters on each other: shares of the font's size. */
#define TIGHTEST_LINE 0.2
#define TIGHTEST_SPACING (-0.4)
/* Lines, letters and words so far from each other that they are not read. */
#define WIDEST_LINE_PX 1000
#define WIDEST_SPACING_PX 100
#define WIDEST_WORD_PX 500
/* So far up or left a few words are on no screen (Word hangs paragraphs out by
 * an inch), so far down or right nobody goes. */
#define FAR_BACK_PX 100
#define FAR_PX 1000
#define WINDOW_PX 800
#define WINDOW_SHARE 0.9

static const struct nd_visible_look plain = {
	.font_px = FONT_PX,
	.scale = 1,
	.opacity = 1,
	.colour = {.rgb = BLACK, .alpha = 1},
	.ground = {.rgb = WHITE, .alpha = 1},
	.link = {.rgb = LINK, .alpha = 1},
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
static bool
read_colour(const xmlNode *node, const char *name, struct nd_style_value *value)
{
	xmlChar *text = xmlGetProp((xmlNode *)node, (const xmlChar *)name);
	char colour[32];
	size_t len = 0;

	*value = (struct nd_style_value){.kind = ND_STYLE_RGB, .number = 1};
	for (const xmlChar *at = text; at && *at && len + 2 < sizeof colour;
	     at++)
		if (!nd_is_space((char)*at))
			colour[len++] = nd_lower((char)*at);
	colour[len] = '\0';
	xmlFree(text);
	if (nd_colour_read(colour, &value->rgb, &value->number) ==
	    ND_COLOUR_KNOWN)
		return true;
	/* "ffffff" is taken for "#ffffff" there. */
	memmove(colour + 1, colour, len + 1);
	colour[0] = '#';
	return nd_colour_read(colour, &value->rgb, &value->number) ==
	       ND_COLOUR_KNOWN;
}

static void
add_colour(const xmlNode *node, const char *name,
           enum nd_style_property property, struct nd_style *style)
{
	struct nd_style_value value;

	if (read_colour(node, name, &value))
		nd_style_set(style, property, value);
}

/* What browsers give to elements that declare nothing. */
static void
add_defaults(const xmlNode *node, const struct nd_visible_look *parent,
             struct nd_style *style)
{
	static const struct {
		const char *tag;
		uint32_t colour, ground;
	} defaults[] = {{"mark", BLACK, YELLOW}, {"button", BLACK, GREY}};
	struct nd_style_value value = {.kind = ND_STYLE_RGB, .number = 1};
	const char *tag = (const char *)node->name;

	if (strcmp(tag, "a") == 0 && has(node, "href")) {
		value.rgb = parent->link.rgb;
		nd_style_set(style, ND_STYLE_COLOUR, value);
	}
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (strcmp(tag, defaults[i].tag) != 0)
			continue;
		value.rgb = defaults[i].colour;
		nd_style_set(style, ND_STYLE_COLOUR, value);
		value.rgb = defaults[i].ground;
		nd_style_set(style, ND_STYLE_BACKGROUND, value);
	}
}

static void
add_attributes(const xmlNode *node, const struct nd_visible_look *parent,
               struct nd_style *style)
{
	const char *tag = (const char *)node->name;
	xmlChar *text;

	add_defaults(node, parent, style);
	add_colour(node, "bgcolor", ND_STYLE_BACKGROUND, style);
	if (strcmp(tag, "font") == 0)
		add_colour(node, "color", ND_STYLE_COLOUR, style);
	else if (strcmp(tag, "body") == 0)
		add_colour(node, "text", ND_STYLE_COLOUR, style);
	if (has(node, "hidden") || has(node, "popover") ||
	    (strcmp(tag, "dialog") == 0 && !has(node, "open")) ||
	    /* What is read is not what is seen. */
	    strcmp(tag, "bdo") == 0 || strcmp(tag, "marquee") == 0 ||
	    (parent->shut && strcmp(tag, "summary") != 0))
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

/* Is it beyond what anybody scrolls to? */
static bool
is_far(const struct nd_style_value *value, double font_px)
{
	if (value->kind == ND_STYLE_HIDES)
		return true;
	if (value->kind == ND_STYLE_PERCENT)
		return value->number >= WINDOW_SHARE;
	return pixels(value, 0, font_px, 0) >= FAR_PX;
}

/* How far back it is moved, above or before its place. */
static double
moved_back(const struct nd_style_value *value, double font_px)
{
	double px = pixels(value, WINDOW_PX, font_px, 0);

	return px < 0 ? -px : 0;
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

/* Has the element hardly any room? A cell has what it needs. */
static bool
is_tight(const struct nd_style *style, const xmlNode *node, double font_px)
{
	static const enum nd_style_property sizes[] = {
		ND_STYLE_HEIGHT, ND_STYLE_MAX_HEIGHT, ND_STYLE_WIDTH,
		ND_STYLE_MAX_WIDTH, ND_STYLE_BASIS};
	bool cell = strcmp((const char *)node->name, "td") == 0 ||
	            strcmp((const char *)node->name, "th") == 0;
	bool clips = hides(style, ND_STYLE_OVERFLOW);

	if (hides(style, ND_STYLE_TRACKS))
		return true;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (is_small(&style->of[sizes[i]], font_px) && (!cell || clips))
			return true;
	return false;
}

static void
set_box(const struct nd_style *style, const xmlNode *node,
        struct nd_visible_look *look)
{
	bool tight = is_tight(style, node, look->font_px);

	look->small = look->small || tight;
	look->clips = look->clips || hides(style, ND_STYLE_OVERFLOW);
	/* Letters go on outside of the box that is painted. */
	if (tight && style->of[ND_STYLE_BACKGROUND].kind == ND_STYLE_RGB)
		look->ground_unknown = true;
	if (is_small(&style->of[ND_STYLE_MAX_HEIGHT], look->font_px) ||
	    (look->small && look->clips))
		look->gone = true;
}

/* Moves add up, whatever moves what it is in. */
static void
set_place(const struct nd_style *style, struct nd_visible_look *look)
{
	static const enum nd_style_property moves[] = {
		ND_STYLE_TRANSFORM, ND_STYLE_TRANSLATE, ND_STYLE_SCALE};
	double font_px = look->font_px;

	for (unsigned p = ND_STYLE_LEFT; p <= ND_STYLE_PADDING_BOTTOM; p++) {
		if (is_far(&style->of[p], font_px))
			look->gone = true;
		look->moved_px += moved_back(&style->of[p], font_px);
	}
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		const struct nd_style_value *move = &style->of[moves[i]];

		if (move->kind != ND_STYLE_FACTOR)
			continue;
		look->moved_px += move->moved;
		look->scale *= move->number;
	}
	if (style->of[ND_STYLE_ZOOM].kind == ND_STYLE_FACTOR ||
	    style->of[ND_STYLE_ZOOM].kind == ND_STYLE_PERCENT)
		look->scale *= style->of[ND_STYLE_ZOOM].number;
	if (look->moved_px >= FAR_BACK_PX || look->scale < SMALLEST_SHARE)
		look->gone = true;
}

static bool
is_gone(const struct nd_style *style, const struct nd_visible_look *look)
{
	static const enum nd_style_property hiding[] = {
		ND_STYLE_DISPLAY,     ND_STYLE_MSO_HIDE,
		ND_STYLE_TRANSFORM,   ND_STYLE_TRANSFORM_ORIGIN,
		ND_STYLE_SCALE,       ND_STYLE_TRANSLATE,
		ND_STYLE_ROTATE,      ND_STYLE_OFFSET,
		ND_STYLE_PERSPECTIVE, ND_STYLE_ZOOM,
		ND_STYLE_CLIP,        ND_STYLE_CLIP_PATH,
		ND_STYLE_LINE_CLAMP,  ND_STYLE_CONTAIN,
		ND_STYLE_FILTER,      ND_STYLE_BLEND,
		ND_STYLE_MASK,        ND_STYLE_MASK_BORDER,
		ND_STYLE_BIDI,        ND_STYLE_CONTENT,
		ND_STYLE_OPACITY,     ND_STYLE_CONTENT_VISIBILITY,
		ND_STYLE_ANIMATION,   ND_STYLE_ALL};
	const struct nd_style_value *outline =
		&style->of[ND_STYLE_OUTLINE_OFFSET];

	for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
		if (hides(style, hiding[i]))
			return true;
	return look->opacity < FAINTEST ||
	       is_below(&style->of[ND_STYLE_Z_INDEX], 0) ||
	       /* It is painted above what it surrounds. */
	       outline->kind == ND_STYLE_HIDES ||
	       moved_back(outline, look->font_px) >= SMALLEST_BOX_PX ||
	       (hides(style, ND_STYLE_STRIKE) &&
	        hides(style, ND_STYLE_STRIKE_SIZE));
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

/* Of what is inherited; without a value, that of the parent. */
static void
set_pixels(const struct nd_style_value *value, double font_px, double shown,
           double hidden, double *px)
{
	if (value->kind == ND_STYLE_SHOWS)
		*px = shown;
	else if (value->kind == ND_STYLE_HIDES)
		*px = hidden;
	else
		*px = pixels(value, font_px, font_px, *px);
}

/* Lines, words and letters: their distance, where they begin. */
static void
set_spacing(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *of = style->of;
	const struct nd_style_value *indent = &of[ND_STYLE_TEXT_INDENT];
	double font_px = look->font_px;

	set_pixels(&of[ND_STYLE_LINE_HEIGHT], font_px, -1, 0, &look->line_px);
	set_pixels(&of[ND_STYLE_LETTER_SPACING], font_px, 0, -FONT_PX,
	           &look->spacing_px);
	set_pixels(&of[ND_STYLE_WORD_SPACING], font_px, 0, FAR_PX,
	           &look->word_px);
	set_pixels(indent, font_px, 0, FAR_PX, &look->indent_px);
	if (indent->kind == ND_STYLE_PERCENT)
		look->indent_px = is_far(indent, font_px)
		                          ? FAR_PX
		                          : indent->number * WINDOW_PX;
}

static void
set_colour(const struct nd_style_value *value, struct nd_visible_colour *colour)
{
	colour->rgb = value->rgb;
	colour->alpha = value->number;
	colour->condition = value->condition;
}

static void
set_ground(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *ground = &style->of[ND_STYLE_BACKGROUND];
	uint32_t below = look->ground.rgb;

	if (ground->kind == ND_STYLE_RGB) {
		set_colour(ground, &look->ground);
		look->ground.rgb =
			nd_colour_mix(ground->rgb, ground->number, below);
		if (ground->number == 1)
			look->ground_unknown = false;
	}
	if (ground->kind == ND_STYLE_HIDES ||
	    hides(style, ND_STYLE_BACKGROUND_IMAGE) ||
	    hides(style, ND_STYLE_BACKGROUND_CLIP) ||
	    hides(style, ND_STYLE_BOX_SHADOW))
		look->ground_unknown = true;
}

static void
set_colours(const struct nd_style *style, struct nd_visible_look *look)
{
	const struct nd_style_value *colour = &style->of[ND_STYLE_COLOUR];
	const struct nd_style_value *fill = &style->of[ND_STYLE_FILL_COLOUR];

	if (colour->kind == ND_STYLE_RGB)
		set_colour(colour, &look->colour);
	else if (colour->kind == ND_STYLE_SHOWS)
		look->colour = plain.colour;
	inherit_flag(style, ND_STYLE_COLOUR, &look->colourless);
	if (fill->kind == ND_STYLE_RGB) {
		set_colour(fill, &look->fill);
		look->filled = true;
	} else if (fill->kind == ND_STYLE_HIDES) {
		look->colourless = true;
	}
	set_ground(style, look);
}

/* A share that is inherited; small ones shrink letters. */
static void
set_shrunk(const struct nd_style_value *value, bool *shrunk)
{
	if (value->kind != ND_STYLE_UNSET && value->kind != ND_STYLE_INHERIT)
		*shrunk = is_below(value, SMALLEST_SHARE);
}

static void
enter(const struct nd_style *style, const xmlNode *node,
      struct nd_visible_look *look)
{
	const struct nd_style_value *opacity = &style->of[ND_STYLE_OPACITY];

	set_font(style, look);
	set_shrunk(&style->of[ND_STYLE_FONT_ADJUST], &look->shrunk);
	set_shrunk(&style->of[ND_STYLE_TEXT_ADJUST], &look->shrunk);
	set_spacing(style, look);
	set_colours(style, look);
	inherit_flag(style, ND_STYLE_VISIBILITY, &look->invisible);
	inherit_flag(style, ND_STYLE_SECURITY, &look->masked);
	inherit_flag(style, ND_STYLE_STROKE, &look->stroked);
	if (opacity->kind == ND_STYLE_FACTOR ||
	    opacity->kind == ND_STYLE_PERCENT)
		look->opacity *= opacity->number < 1 ? opacity->number : 1;
	set_box(style, node, look);
	set_place(style, look);
	look->gone = look->gone || is_gone(style, look);
	look->shut = strcmp((const char *)node->name, "details") == 0 &&
	             !has(node, "open");
}

/* Does it look as its parent does, whatever it is? */
static bool
is_plain(const xmlNode *node)
{
	static const char *const others[] = {"dialog", "bdo",     "marquee",
	                                     "mark",   "details", "button",
	                                     "summary"};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp((const char *)node->name, others[i]) == 0)
			return false;
	return !node->properties;
}

void
nd_visible_enter(struct nd_stylesheet *sheet, const xmlNode *node,
                 const struct nd_visible *parent, struct nd_visible *visible)
{
	bool ruled = !nd_stylesheet_is_empty(sheet);
	unsigned looks = ruled ? 2 : 1;

	*visible = *parent;
	if (!ruled && !parent->look[0].shut && is_plain(node))
		return;
	for (unsigned i = 0; i < looks; i++) {
		struct nd_visible_look *look = &visible->look[i];
		struct nd_style_value link;
		struct nd_style style;

		memset(&style, 0, sizeof style);
		add_attributes(node, look, &style);
		nd_stylesheet_apply(sheet, node, i > 0, &style);
		add_inline(node, &style);
		enter(&style, node, look);
		if (strcmp((const char *)node->name, "body") == 0 &&
		    read_colour(node, "link", &link))
			set_colour(&link, &look->link);
	}
	if (!ruled)
		visible->look[1] = visible->look[0];
}

/* Of a share of what they are, letters of the one on a ground of the other. */
static bool
differ(const struct nd_visible_look *letters,
       const struct nd_visible_look *ground)
{
	const struct nd_visible_colour *colour =
		letters->filled ? &letters->fill : &letters->colour;

	return !nd_colour_is_near(colour->rgb, ground->ground.rgb,
	                          colour->alpha * letters->opacity);
}

static bool
shows(const struct nd_visible_look *look)
{
	double font_px = look->font_px * look->scale;

	if (look->gone || look->invisible || look->colourless ||
	    look->ground_unknown || look->masked || look->stroked ||
	    look->shrunk || look->shut)
		return false;
	if (font_px < SMALLEST_FONT_PX || font_px > LARGEST_FONT_PX)
		return false;
	if (look->line_px > WIDEST_LINE_PX ||
	    (look->line_px >= 0 &&
	     look->line_px < TIGHTEST_LINE * look->font_px))
		return false;
	if (look->spacing_px < TIGHTEST_SPACING * look->font_px ||
	    look->spacing_px > WIDEST_SPACING_PX ||
	    look->word_px > WIDEST_WORD_PX ||
	    look->word_px < -WIDEST_SPACING_PX)
		return false;
	if (look->indent_px >= FAR_PX ||
	    look->indent_px - look->moved_px <= -FAR_BACK_PX)
		return false;
	return differ(look, look);
}

/* When letters and ground hang on different things, one may come alone. */
static bool
differ_alone(const struct nd_visible *visible)
{
	const struct nd_visible_look *sure = &visible->look[0];
	const struct nd_visible_look *other = &visible->look[1];
	const struct nd_visible_colour *colour =
		other->filled ? &other->fill : &other->colour;

	return colour->condition == other->ground.condition ||
	       ((colour->condition == 0 || differ(other, sure)) &&
	        (other->ground.condition == 0 || differ(sure, other)));
}

bool
nd_visible_is_gone(const struct nd_visible *visible)
{
	return visible->look[0].gone || visible->look[1].gone;
}

bool
nd_visible_shows_text(const struct nd_visible *visible)
{
	return shows(&visible->look[0]) && shows(&visible->look[1]) &&
	       differ_alone(visible);
}
