/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/style.h"

#include <glib.h>
#include <string.h>

#include "mail/stylevalue.h"
#include "util/str.h"

/* No value that shows is longer, but for shorthands and lists of fonts. */
#define VALUE_BYTES 512
#define NAME_BYTES 40
#define SHORTHAND_PARTS 4

#define SIZE_WORDS \
	"auto max-content min-content fit-content stretch " \
	"-webkit-fill-available -moz-available"
#define MAX_WORDS "none " SIZE_WORDS
#define SHOWN_DISPLAYS \
	"block inline inline-block flow flow-root list-item table " \
	"inline-table table-cell table-row table-row-group " \
	"table-header-group table-footer-group table-caption flex " \
	"inline-flex grid inline-grid contents"

static const struct property {
	const char *name;
	enum nd_style_property property;
	enum nd_stylevalue_reader reader;
	const char *show, *hide; /* words; hide: of readers of words */
} properties[] = {
#define ROW(name, property, reader, ...) \
	{ \
		name, ND_STYLE_##property, ND_STYLEVALUE_##reader, __VA_ARGS__ \
	}
	ROW("visibility", VISIBILITY, WORDS, "visible", "hidden collapse"),
	ROW("font-size", FONT_SIZE, LENGTHS,
            "medium small large x-small x-large smaller larger xx-small "
            "xx-large xxx-large math",
            NULL),
	ROW("font-size-adjust", FONT_ADJUST, NUMBERS, "none from-font", NULL),
	ROW("text-size-adjust", TEXT_ADJUST, NUMBERS, "none auto", NULL),
	ROW("-webkit-text-size-adjust", TEXT_ADJUST, NUMBERS, "none auto",
            NULL),
	ROW("-moz-text-size-adjust", TEXT_ADJUST, NUMBERS, "none auto", NULL),
	ROW("-ms-text-size-adjust", TEXT_ADJUST, NUMBERS, "none auto", NULL),
	ROW("line-height", LINE_HEIGHT, LENGTHS, "normal", NULL),
	ROW("letter-spacing", LETTER_SPACING, LENGTHS, "normal", NULL),
	ROW("word-spacing", WORD_SPACING, LENGTHS, "normal", NULL),
	ROW("text-indent", TEXT_INDENT, LENGTHS, NULL, NULL),
	ROW("color", COLOUR, COLOURS, NULL, NULL),
	ROW("-webkit-text-fill-color", FILL_COLOUR, COLOURS, NULL, NULL),
	ROW("-webkit-text-stroke", STROKE, STROKES, NULL, NULL),
	ROW("-webkit-text-stroke-width", STROKE, STROKES, NULL, NULL),
	ROW("-webkit-text-security", SECURITY, ONLY, "none", NULL),
	/* Text in a column of a table is not shown. */
	ROW("display", DISPLAY, WORDS, SHOWN_DISPLAYS,
            "none table-column table-column-group"),
	ROW("opacity", OPACITY, NUMBERS, NULL, NULL),
	ROW("background-color", BACKGROUND, COLOURS, NULL, NULL),
	ROW("background-image", BACKGROUND_IMAGE, IMAGES, NULL, NULL),
	ROW("background-clip", BACKGROUND_CLIP, ONLY,
            "border-box padding-box content-box", NULL),
	ROW("-webkit-background-clip", BACKGROUND_CLIP, ONLY,
            "border-box padding-box content-box", NULL),
	ROW("box-shadow", BOX_SHADOW, SHADOWS, NULL, NULL),
	ROW("-webkit-box-shadow", BOX_SHADOW, SHADOWS, NULL, NULL),
	ROW("overflow", OVERFLOW, WORDS, "visible", "hidden clip auto scroll"),
	ROW("overflow-x", OVERFLOW, WORDS, "visible",
            "hidden clip auto scroll"),
	ROW("overflow-y", OVERFLOW, WORDS, "visible",
            "hidden clip auto scroll"),
	ROW("overflow-block", OVERFLOW, WORDS, "visible",
            "hidden clip auto scroll"),
	ROW("overflow-inline", OVERFLOW, WORDS, "visible",
            "hidden clip auto scroll"),
	ROW("height", HEIGHT, LENGTHS, SIZE_WORDS, NULL),
	ROW("block-size", HEIGHT, LENGTHS, SIZE_WORDS, NULL),
	ROW("max-height", MAX_HEIGHT, LENGTHS, MAX_WORDS, NULL),
	ROW("max-block-size", MAX_HEIGHT, LENGTHS, MAX_WORDS, NULL),
	ROW("width", WIDTH, LENGTHS, SIZE_WORDS, NULL),
	ROW("inline-size", WIDTH, LENGTHS, SIZE_WORDS, NULL),
	ROW("max-width", MAX_WIDTH, LENGTHS, MAX_WORDS, NULL),
	ROW("max-inline-size", MAX_WIDTH, LENGTHS, MAX_WORDS, NULL),
	ROW("flex-basis", BASIS, LENGTHS, SIZE_WORDS " content", NULL),
	ROW("grid", TRACKS, TRACKS, NULL, NULL),
	ROW("grid-template", TRACKS, TRACKS, NULL, NULL),
	ROW("grid-template-rows", TRACKS, TRACKS, NULL, NULL),
	ROW("grid-template-columns", TRACKS, TRACKS, NULL, NULL),
	ROW("grid-auto-rows", TRACKS, TRACKS, NULL, NULL),
	ROW("grid-auto-columns", TRACKS, TRACKS, NULL, NULL),
	ROW("left", LEFT, LENGTHS, "auto", NULL),
	ROW("top", TOP, LENGTHS, "auto", NULL),
	ROW("right", RIGHT, LENGTHS, "auto", NULL),
	ROW("bottom", BOTTOM, LENGTHS, "auto", NULL),
	ROW("inset-inline-start", LEFT, LENGTHS, "auto", NULL),
	ROW("inset-block-start", TOP, LENGTHS, "auto", NULL),
	ROW("inset-inline-end", RIGHT, LENGTHS, "auto", NULL),
	ROW("inset-block-end", BOTTOM, LENGTHS, "auto", NULL),
	ROW("margin-left", MARGIN_LEFT, LENGTHS, "auto", NULL),
	ROW("margin-top", MARGIN_TOP, LENGTHS, "auto", NULL),
	ROW("margin-right", MARGIN_RIGHT, LENGTHS, "auto", NULL),
	ROW("margin-bottom", MARGIN_BOTTOM, LENGTHS, "auto", NULL),
	ROW("margin-inline-start", MARGIN_LEFT, LENGTHS, "auto", NULL),
	ROW("margin-block-start", MARGIN_TOP, LENGTHS, "auto", NULL),
	ROW("margin-inline-end", MARGIN_RIGHT, LENGTHS, "auto", NULL),
	ROW("margin-block-end", MARGIN_BOTTOM, LENGTHS, "auto", NULL),
	ROW("padding-left", PADDING_LEFT, LENGTHS, NULL, NULL),
	ROW("padding-top", PADDING_TOP, LENGTHS, NULL, NULL),
	ROW("padding-right", PADDING_RIGHT, LENGTHS, NULL, NULL),
	ROW("padding-bottom", PADDING_BOTTOM, LENGTHS, NULL, NULL),
	ROW("padding-inline-start", PADDING_LEFT, LENGTHS, NULL, NULL),
	ROW("padding-block-start", PADDING_TOP, LENGTHS, NULL, NULL),
	ROW("padding-inline-end", PADDING_RIGHT, LENGTHS, NULL, NULL),
	ROW("padding-block-end", PADDING_BOTTOM, LENGTHS, NULL, NULL),
	ROW("transform", TRANSFORM, MOVES, NULL, NULL),
	ROW("-webkit-transform", TRANSFORM, MOVES, NULL, NULL),
	ROW("transform-origin", TRANSFORM_ORIGIN, ORIGINS, NULL, NULL),
	ROW("-webkit-transform-origin", TRANSFORM_ORIGIN, ORIGINS, NULL, NULL),
	ROW("scale", SCALE, MOVES, NULL, NULL),
	ROW("translate", TRANSLATE, MOVES, NULL, NULL),
	ROW("rotate", ROTATE, MOVES, NULL, NULL),
	ROW("offset", OFFSET, ONLY, "none", NULL),
	ROW("offset-path", OFFSET, ONLY, "none", NULL),
	ROW("perspective", PERSPECTIVE, ONLY, "none", NULL),
	ROW("zoom", ZOOM, NUMBERS, "normal reset", NULL),
	ROW("z-index", Z_INDEX, NUMBERS, "auto", NULL),
	ROW("clip", CLIP, ONLY, "auto", NULL),
	ROW("clip-path", CLIP_PATH, ONLY, "none", NULL),
	ROW("-webkit-clip-path", CLIP_PATH, ONLY, "none", NULL),
	ROW("-webkit-line-clamp", LINE_CLAMP, ONLY, "none", NULL),
	ROW("line-clamp", LINE_CLAMP, ONLY, "none", NULL),
	ROW("max-lines", LINE_CLAMP, ONLY, "none", NULL),
	ROW("contain", CONTAIN, ONLY, "none layout style", NULL),
	ROW("filter", FILTER, FILTERS, NULL, NULL),
	ROW("-webkit-filter", FILTER, FILTERS, NULL, NULL),
	ROW("mix-blend-mode", BLEND, ONLY, "normal", NULL),
	ROW("mask", MASK, ONLY, "none", NULL),
	ROW("mask-image", MASK, ONLY, "none", NULL),
	ROW("-webkit-mask", MASK, ONLY, "none", NULL),
	ROW("-webkit-mask-image", MASK, ONLY, "none", NULL),
	ROW("mask-border", MASK_BORDER, ONLY, "none", NULL),
	ROW("mask-border-source", MASK_BORDER, ONLY, "none", NULL),
	ROW("-webkit-mask-box-image", MASK_BORDER, ONLY, "none", NULL),
	ROW("-webkit-mask-box-image-source", MASK_BORDER, ONLY, "none", NULL),
	ROW("outline-offset", OUTLINE_OFFSET, LENGTHS, NULL, NULL),
	ROW("text-decoration-line", STRIKE, WORDS,
            "none underline overline blink", "line-through"),
	ROW("text-decoration-thickness", STRIKE_SIZE, STROKES, "auto from-font",
            NULL),
	ROW("unicode-bidi", BIDI, WORDS, "normal embed isolate plaintext",
            "bidi-override isolate-override"),
	ROW("content", CONTENT, IMAGES, NULL, NULL),
	ROW("content-visibility", CONTENT_VISIBILITY, WORDS, "visible auto",
            "hidden"),
	ROW("animation", ANIMATION, ONLY, "none", NULL),
	ROW("animation-name", ANIMATION, ONLY, "none", NULL),
	ROW("-webkit-animation", ANIMATION, ONLY, "none", NULL),
	ROW("-webkit-animation-name", ANIMATION, ONLY, "none", NULL),
	ROW("mso-hide", MSO_HIDE, WORDS, "none", "all"),
	ROW("all", ALL, ONLY, NULL, NULL),
#undef ROW
};

/* The end of the url() without quotes that begins at text[at]; at: there is
 * none. Nothing in it is a string or a comment (CSS Syntax 3, 4.3.6). */
static size_t
skip_url(const char *text, size_t len, size_t at)
{
	size_t start = at;

	if (!nd_mem_starts_nocase(text + at, len - at, "url(") ||
	    (at > 0 && (nd_is_word_byte(text[at - 1]) || text[at - 1] == '-' ||
	                text[at - 1] == '\\')))
		return start;
	for (at += strlen("url("); at < len && nd_is_space(text[at]); at++)
		;
	if (at < len && strchr("\"'", text[at]))
		return start;
	while (at < len && text[at] != ')')
		at += text[at] == '\\' ? 2 : 1;
	return at < len ? at + 1 : len;
}

size_t
nd_style_skip(const char *text, size_t len, size_t at)
{
	char mark = text[at];
	size_t url = nd_lower(mark) == 'u' ? skip_url(text, len, at) : at;

	if (url > at)
		return url;
	if (mark == '\\')
		return at + 2 < len ? at + 2 : len;
	if (mark == '/' && at + 1 < len && text[at + 1] == '*') {
		const char *end =
			nd_mem_find(text + at + 2, len - at - 2, "*/");

		return end ? (size_t)(end - text) + 2 : len;
	}
	if (mark != '"' && mark != '\'')
		return at + 1;
	for (at++; at < len && text[at] != mark; at++) {
		/* A string ends where its line does (CSS Syntax 3, 4.3.5). */
		if (text[at] == '\n')
			return at;
		at += text[at] == '\\';
	}
	return at < len ? at + 1 : len;
}

/* The character that \69 is; *at moves behind it. Others count as 'x'. */
static char
unescape(const char *text, size_t len, size_t *at)
{
	uint32_t c = 0;
	unsigned digits = 0;

	(*at)++;
	while (*at < len && digits < 6 && g_ascii_isxdigit(text[*at])) {
		c = c * 16 + (uint32_t)g_ascii_xdigit_value(text[(*at)++]);
		digits++;
	}
	if (digits == 0)
		return *at < len ? text[(*at)++] : '\\';
	if (*at + 1 < len && text[*at] == '\r' && text[*at + 1] == '\n')
		*at += 2;
	else if (*at < len && nd_is_space(text[*at]))
		(*at)++;
	return c > 0x20 && c < 0x7f ? (char)c : 'x';
}

/*
 * (text, len) in small letters, runs of blanks as one, without comments and
 * escapes. False when it does not fit: out holds its start.
 */
static bool
normalise(const char *text, size_t len, char *out, size_t size)
{
	size_t to = 0;

	for (size_t at = 0; at < len;) {
		char c = text[at];

		if (c == '\\') {
			c = unescape(text, len, &at);
		} else if (c == '/' && at + 1 < len && text[at + 1] == '*') {
			at = nd_style_skip(text, len, at);
			continue;
		} else {
			at++;
		}
		if (nd_is_space(c)) {
			if (to == 0 || out[to - 1] == ' ')
				continue;
			c = ' ';
		}
		if (to + 1 == size) {
			out[to] = '\0';
			return false;
		}
		out[to++] = nd_lower(c);
	}
	if (to > 0 && out[to - 1] == ' ')
		to--;
	out[to] = '\0';
	return true;
}

static bool
is_place(enum nd_style_property property)
{
	return property == ND_STYLE_TEXT_INDENT ||
	       (property >= ND_STYLE_LEFT &&
	        property <= ND_STYLE_PADDING_BOTTOM);
}

/* Less is more hidden: of sizes and shares; farther, of what moves. */
static bool
hides_more(enum nd_style_property property, const struct nd_style_value *a,
           const struct nd_style_value *b)
{
	double one = a->number, other = b->number;

	if (!is_place(property))
		return a->moved > b->moved || one < other;
	return (one < 0 ? -one : one) > (other < 0 ? -other : other);
}

void
nd_style_set(struct nd_style *style, enum nd_style_property property,
             struct nd_style_value value)
{
	struct nd_style_value *old = &style->of[property];

	if (value.kind != ND_STYLE_UNSET &&
	    (old->kind == ND_STYLE_UNSET || value.weight >= old->weight))
		*old = value;
}

void
nd_style_suspect(struct nd_style *style, enum nd_style_property property,
                 struct nd_style_value value)
{
	struct nd_style_value *old = &style->of[property];
	bool doubtful = old->condition != 0 && old->kind != ND_STYLE_UNSET;

	if (value.kind == ND_STYLE_UNSET || value.kind == ND_STYLE_SHOWS ||
	    value.kind == ND_STYLE_INHERIT ||
	    (doubtful && old->kind == ND_STYLE_HIDES))
		return;
	if (value.kind == ND_STYLE_RGB) {
		/* Two that may hold: which of them does? */
		if (doubtful && old->kind == ND_STYLE_RGB &&
		    old->condition != value.condition &&
		    (old->rgb != value.rgb || old->number != value.number))
			value.kind = ND_STYLE_HIDES;
		nd_style_set(style, property, value);
		return;
	}
	if (doubtful && value.kind != ND_STYLE_HIDES) {
		if (old->kind != value.kind)
			value.kind = ND_STYLE_HIDES;
		else if (!hides_more(property, &value, old))
			return;
	}
	/* Where it does not hold, the other look shows what does. */
	value.weight = UINT32_MAX;
	nd_style_set(style, property, value);
}

/* The value of a property, if there is one of that name. */
static struct nd_style_value
read_by_name(const char *name, const char *text, uint32_t weight,
             enum nd_style_property *property)
{
	struct nd_style_value value = {.weight = weight};

	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
		const struct property *row = &properties[i];

		if (strcmp(name, row->name) != 0)
			continue;
		*property = row->property;
		nd_stylevalue_read(text, row->reader, row->property, row->show,
		                   row->hide, &value);
		break;
	}
	return value;
}

static void
set_by_name(struct nd_style *style, const char *name, const char *text,
            uint32_t weight)
{
	enum nd_style_property property = ND_STYLE_ALL;
	struct nd_style_value value =
		read_by_name(name, text, weight, &property);

	nd_style_set(style, property, value);
}

/* Four sides, as "1px 2px 3px 4px" is read, or two of them. */
static const struct {
	const char *name;
	const char *side[4]; /* above, right, below, left */
} shorthands[] = {
	{"margin",
         {"margin-top", "margin-right", "margin-bottom", "margin-left"}},
	{"padding",
         {"padding-top", "padding-right", "padding-bottom", "padding-left"}},
	{"inset", {"top", "right", "bottom", "left"}},
	{"margin-block", {"margin-top", NULL, "margin-bottom", NULL}},
	{"margin-inline", {NULL, "margin-right", NULL, "margin-left"}},
	{"padding-block", {"padding-top", NULL, "padding-bottom", NULL}},
	{"padding-inline", {NULL, "padding-right", NULL, "padding-left"}},
	{"inset-block", {"top", NULL, "bottom", NULL}},
	{"inset-inline", {NULL, "right", NULL, "left"}},
};

static void
set_sides(struct nd_style *style, size_t which, const char *text,
          uint32_t weight)
{
	const char *const *side = shorthands[which].side;
	char parts[SHORTHAND_PARTS][VALUE_BYTES];
	unsigned count = 0, at[4];

	while (count < SHORTHAND_PARTS &&
	       nd_stylevalue_next(&text, parts[count], sizeof parts[count]))
		count++;
	if (count == 0 || *text)
		return;
	at[0] = 0;
	at[1] = count > 1;
	at[2] = count > 2 ? 2 : 0;
	at[3] = count > 3 ? 3 : at[1];
	if (!side[0] || !side[1]) {
		/* The first is the start, here left or above. */
		at[0] = at[3] = 0;
		at[1] = at[2] = count > 1;
	}
	for (unsigned i = 0; i < 4; i++)
		if (side[i])
			set_by_name(style, side[i], parts[at[i]], weight);
}

/* "bold 0/0 serif": the size is the first length; a family follows it. */
static void
set_font(struct nd_style *style, const char *text, uint32_t weight)
{
	char part[VALUE_BYTES];

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		enum nd_style_property size;
		struct nd_style_value value =
			read_by_name("font-size", part, weight, &size);

		/* "bold 700 12px": a number alone is how bold it is. */
		if (value.kind == ND_STYLE_UNSET ||
		    value.kind == ND_STYLE_INHERIT ||
		    strcmp(part, "initial") == 0)
			continue;
		if (!nd_stylevalue_next(&text, part, sizeof part)) {
			if (value.kind != ND_STYLE_HIDES)
				return;
			*part = '\0';
		}
		if (strcmp(part, "/") == 0) {
			if (!nd_stylevalue_next(&text, part, sizeof part))
				return;
			if (!*text)
				return;
			set_by_name(style, "line-height", part, weight);
		}
		nd_style_set(style, ND_STYLE_FONT_SIZE, value);
		return;
	}
}

/* All layers of a background, or nothing of it when a word is none. */
static void
set_background(struct nd_style *style, const char *text, uint32_t weight)
{
	static const char words[] =
		", / none auto repeat no-repeat repeat-x repeat-y space round "
		"scroll fixed local center left right top bottom cover contain "
		"border-box padding-box content-box";
	struct nd_style_value ground = {.kind = ND_STYLE_SHOWS,
	                                .weight = weight};
	struct nd_style_value image = ground, clip = ground;
	char part[VALUE_BYTES];

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		struct nd_style_value value = {.weight = weight};

		nd_stylevalue_read(part, ND_STYLEVALUE_COLOURS,
		                   ND_STYLE_BACKGROUND, NULL, NULL, &value);
		if (value.kind != ND_STYLE_UNSET &&
		    (value.kind != ND_STYLE_HIDES || !strchr(part, '('))) {
			ground = value;
			continue;
		}
		if (nd_stylevalue_is_one_of(part, words) ||
		    nd_is_digit(*part) || strchr("+-.", *part))
			continue;
		if (strcmp(part, "text") == 0)
			clip.kind = ND_STYLE_HIDES;
		else if (!strchr(part, '('))
			return;
		else if (!nd_str_starts(part, "url("))
			image.kind = ND_STYLE_HIDES;
		else
			nd_stylevalue_read(part, ND_STYLEVALUE_IMAGES,
			                   ND_STYLE_BACKGROUND_IMAGE, NULL,
			                   NULL, &value);
		if (value.kind == ND_STYLE_HIDES)
			image.kind = ND_STYLE_HIDES;
	}
	if (*text)
		image.kind = ND_STYLE_HIDES;
	nd_style_set(style, ND_STYLE_BACKGROUND, ground);
	nd_style_set(style, ND_STYLE_BACKGROUND_IMAGE, image);
	nd_style_set(style, ND_STYLE_BACKGROUND_CLIP, clip);
}

/* "line-through 1em": a line, and how thick it is. */
static void
set_decoration(struct nd_style *style, const char *text, uint32_t weight)
{
	struct nd_style_value line = {.kind = ND_STYLE_SHOWS, .weight = weight};
	struct nd_style_value size = line;
	char part[VALUE_BYTES];

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		if (strcmp(part, "line-through") == 0)
			line.kind = ND_STYLE_HIDES;
		if (nd_is_digit(*part) || strchr("+-.", *part) ||
		    strchr(part, '('))
			nd_stylevalue_read(part, ND_STYLEVALUE_STROKES,
			                   ND_STYLE_STRIKE_SIZE, NULL, NULL,
			                   &size);
	}
	nd_style_set(style, ND_STYLE_STRIKE, line);
	nd_style_set(style, ND_STYLE_STRIKE_SIZE, size);
}

/* "0 0 1px": what does not grow is as large as its basis. */
static void
set_flex(struct nd_style *style, const char *text, uint32_t weight)
{
	char part[VALUE_BYTES] = "";
	bool grows = !nd_str_starts(text, "0");

	while (nd_stylevalue_next(&text, part, sizeof part))
		;
	set_by_name(style, "flex-basis", grows ? "auto" : part, weight);
}

static void
set_named(struct nd_style *style, const char *name, const char *text,
          bool whole, uint32_t weight)
{
	if (!whole)
		text = "var(";
	for (size_t i = 0; i < sizeof shorthands / sizeof *shorthands; i++)
		if (strcmp(name, shorthands[i].name) == 0)
			set_sides(style, i, text, weight);
	if (strcmp(name, "font") == 0)
		set_font(style, text, weight);
	else if (strcmp(name, "background") == 0)
		set_background(style, text, weight);
	else if (strcmp(name, "text-decoration") == 0)
		set_decoration(style, text, weight);
	else if (strcmp(name, "flex") == 0)
		set_flex(style, text, weight);
	else
		set_by_name(style, name, text, weight);
}

/* One declaration, without its semicolon. */
static void
declare(struct nd_style *style, const char *text, size_t len, uint32_t weight)
{
	const char *colon = memchr(text, ':', len);
	char name[NAME_BYTES], value[VALUE_BYTES];
	size_t name_len, end;
	bool whole;

	if (!colon)
		return;
	name_len = (size_t)(colon - text);
	if (!normalise(text, name_len, name, sizeof name))
		return;
	whole = normalise(colon + 1, len - name_len - 1, value, sizeof value);
	end = strlen(value);
	if (nd_mem_ends_nocase(value, end, "important")) {
		for (end -= strlen("important");
		     end > 0 && value[end - 1] == ' ';)
			end--;
		if (end > 0 && value[end - 1] == '!') {
			value[end - 1] = '\0';
			weight |= ND_STYLE_WEIGHT_IMPORTANT;
		}
	}
	for (end = strlen(value); end > 0 && value[end - 1] == ' ';)
		value[--end] = '\0';
	set_named(style, name, value, whole, weight);
}

/* "u\\72l(": where the function ends depends on its name. */
static bool
hides_name(const char *text, size_t len)
{
	for (size_t at = 1; at < len; at++) {
		size_t back = at;

		if (text[at] != '(')
			continue;
		while (back > 0 && (nd_is_word_byte(text[back - 1]) ||
		                    strchr("- \t\n", text[back - 1])))
			back--;
		if (back > 0 && text[back - 1] == '\\')
			return true;
	}
	return false;
}

void
nd_style_declare(struct nd_style *style, const char *text, size_t len,
                 uint32_t weight)
{
	size_t start = 0;
	unsigned depth = 0, blocks = 0;

	if (memchr(text, '\\', len) && hides_name(text, len))
		nd_style_set(style, ND_STYLE_ALL,
		             (struct nd_style_value){.kind = ND_STYLE_HIDES,
		                                     .weight = UINT32_MAX});
	for (size_t at = 0; at < len;) {
		size_t next = nd_style_skip(text, len, at);
		bool leaves = text[at] == '}' && blocks > 0;

		depth += text[at] == '(' || text[at] == '[';
		depth -= (text[at] == ')' || text[at] == ']') && depth > 0;
		blocks += text[at] == '{';
		blocks -= leaves;
		if (leaves && blocks == 0) {
			start = next; /* a rule in the rule */
		} else if (text[at] == ';' && depth == 0 && blocks == 0) {
			declare(style, text + start, at - start, weight);
			start = next;
		}
		at = next;
	}
	declare(style, text + start, len - start, weight);
}
