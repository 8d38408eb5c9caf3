/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/style.h"

#include <glib.h>
#include <string.h>

#include "mail/colour.h"
#include "util/str.h"

/* No value that shows is longer, but for shorthands and lists of fonts. */
#define VALUE_BYTES 512
#define NAME_BYTES 40
#define SHORTHAND_PARTS 4

#define ROOT_FONT_PX 16
#define VIEW_PX 8 /* a hundredth of a small window */

/* What is moved so far is on no screen; scaled so small, nothing is read. */
#define FAR_PX 500
#define SMALLEST_SCALE 0.1

/* How the value of a property is read. */
enum reader {
	WORDS, /* those of the table below, nothing else is valid */
	LENGTHS,
	NUMBERS,
	COLOURS,
	NOTHING_ELSE, /* "none", "auto" or "normal" show */
	MOVES,        /* transform, scale, translate, rotate */
	FILTERS,
	IMAGES,
};

static const struct {
	const char *name;
	enum nd_style_property property;
	enum reader reader;
} properties[] = {
	{"visibility", ND_STYLE_VISIBILITY, WORDS},
	{"font-size", ND_STYLE_FONT_SIZE, LENGTHS},
	{"line-height", ND_STYLE_LINE_HEIGHT, LENGTHS},
	{"letter-spacing", ND_STYLE_LETTER_SPACING, LENGTHS},
	{"text-indent", ND_STYLE_TEXT_INDENT, LENGTHS},
	{"color", ND_STYLE_COLOUR, COLOURS},
	{"-webkit-text-fill-color", ND_STYLE_FILL_COLOUR, COLOURS},
	{"-webkit-text-security", ND_STYLE_SECURITY, NOTHING_ELSE},
	{"display", ND_STYLE_DISPLAY, WORDS},
	{"opacity", ND_STYLE_OPACITY, NUMBERS},
	{"background-color", ND_STYLE_BACKGROUND, COLOURS},
	{"background-image", ND_STYLE_BACKGROUND_IMAGE, IMAGES},
	{"overflow", ND_STYLE_OVERFLOW, WORDS},
	{"overflow-x", ND_STYLE_OVERFLOW, WORDS},
	{"overflow-y", ND_STYLE_OVERFLOW, WORDS},
	{"height", ND_STYLE_HEIGHT, LENGTHS},
	{"max-height", ND_STYLE_MAX_HEIGHT, LENGTHS},
	{"width", ND_STYLE_WIDTH, LENGTHS},
	{"max-width", ND_STYLE_MAX_WIDTH, LENGTHS},
	{"left", ND_STYLE_LEFT, LENGTHS},
	{"top", ND_STYLE_TOP, LENGTHS},
	{"right", ND_STYLE_RIGHT, LENGTHS},
	{"bottom", ND_STYLE_BOTTOM, LENGTHS},
	{"margin-left", ND_STYLE_MARGIN_LEFT, LENGTHS},
	{"margin-inline-start", ND_STYLE_MARGIN_LEFT, LENGTHS},
	{"margin-top", ND_STYLE_MARGIN_TOP, LENGTHS},
	{"margin-block-start", ND_STYLE_MARGIN_TOP, LENGTHS},
	{"transform", ND_STYLE_TRANSFORM, MOVES},
	{"-webkit-transform", ND_STYLE_TRANSFORM, MOVES},
	{"scale", ND_STYLE_SCALE, MOVES},
	{"translate", ND_STYLE_TRANSLATE, MOVES},
	{"rotate", ND_STYLE_ROTATE, MOVES},
	{"zoom", ND_STYLE_ZOOM, NUMBERS},
	{"z-index", ND_STYLE_Z_INDEX, NUMBERS},
	{"clip", ND_STYLE_CLIP, NOTHING_ELSE},
	{"clip-path", ND_STYLE_CLIP_PATH, NOTHING_ELSE},
	{"-webkit-clip-path", ND_STYLE_CLIP_PATH, NOTHING_ELSE},
	{"filter", ND_STYLE_FILTER, FILTERS},
	{"-webkit-filter", ND_STYLE_FILTER, FILTERS},
	{"mask", ND_STYLE_MASK, NOTHING_ELSE},
	{"mask-image", ND_STYLE_MASK, NOTHING_ELSE},
	{"-webkit-mask", ND_STYLE_MASK, NOTHING_ELSE},
	{"-webkit-mask-image", ND_STYLE_MASK, NOTHING_ELSE},
	{"content", ND_STYLE_CONTENT, IMAGES},
	{"content-visibility", ND_STYLE_CONTENT_VISIBILITY, WORDS},
	{"animation", ND_STYLE_ANIMATION, NOTHING_ELSE},
	{"animation-name", ND_STYLE_ANIMATION, NOTHING_ELSE},
	{"-webkit-animation", ND_STYLE_ANIMATION, NOTHING_ELSE},
	{"-webkit-animation-name", ND_STYLE_ANIMATION, NOTHING_ELSE},
	{"mso-hide", ND_STYLE_MSO_HIDE, WORDS},
};

static const struct {
	enum nd_style_property property;
	const char *word;
	enum nd_style_kind kind;
} words[] = {
	{ND_STYLE_VISIBILITY, "visible", ND_STYLE_SHOWS},
	{ND_STYLE_VISIBILITY, "hidden", ND_STYLE_HIDES},
	{ND_STYLE_VISIBILITY, "collapse", ND_STYLE_HIDES},
	{ND_STYLE_DISPLAY, "none", ND_STYLE_HIDES},
	{ND_STYLE_DISPLAY, "block", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "inline", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "inline-block", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "flow-root", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "list-item", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "inline-table", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table-cell", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table-row", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table-row-group", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table-header-group", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table-footer-group", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "table-caption", ND_STYLE_SHOWS},
	/* Text in a column of a table is not shown. */
	{ND_STYLE_DISPLAY, "table-column", ND_STYLE_HIDES},
	{ND_STYLE_DISPLAY, "table-column-group", ND_STYLE_HIDES},
	{ND_STYLE_DISPLAY, "flex", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "inline-flex", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "grid", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "inline-grid", ND_STYLE_SHOWS},
	{ND_STYLE_DISPLAY, "contents", ND_STYLE_SHOWS},
	{ND_STYLE_OVERFLOW, "visible", ND_STYLE_SHOWS},
	{ND_STYLE_OVERFLOW, "hidden", ND_STYLE_HIDES},
	{ND_STYLE_OVERFLOW, "clip", ND_STYLE_HIDES},
	{ND_STYLE_OVERFLOW, "auto", ND_STYLE_HIDES},
	{ND_STYLE_OVERFLOW, "scroll", ND_STYLE_HIDES},
	{ND_STYLE_CONTENT_VISIBILITY, "visible", ND_STYLE_SHOWS},
	{ND_STYLE_CONTENT_VISIBILITY, "auto", ND_STYLE_SHOWS},
	{ND_STYLE_CONTENT_VISIBILITY, "hidden", ND_STYLE_HIDES},
	{ND_STYLE_MSO_HIDE, "all", ND_STYLE_HIDES},
	{ND_STYLE_MSO_HIDE, "none", ND_STYLE_SHOWS},
};

static const struct {
	const char *unit;
	enum nd_style_kind kind;
	double factor;
} units[] = {
	{"", ND_STYLE_FACTOR, 1},
	{"px", ND_STYLE_LENGTH, 1},
	{"pt", ND_STYLE_LENGTH, 96.0 / 72},
	{"pc", ND_STYLE_LENGTH, 16},
	{"in", ND_STYLE_LENGTH, 96},
	{"cm", ND_STYLE_LENGTH, 96 / 2.54},
	{"mm", ND_STYLE_LENGTH, 96 / 25.4},
	{"q", ND_STYLE_LENGTH, 96 / 101.6},
	{"rem", ND_STYLE_LENGTH, ROOT_FONT_PX},
	{"vw", ND_STYLE_LENGTH, VIEW_PX},
	{"vh", ND_STYLE_LENGTH, VIEW_PX},
	{"vmin", ND_STYLE_LENGTH, VIEW_PX},
	{"vmax", ND_STYLE_LENGTH, VIEW_PX},
	{"em", ND_STYLE_FACTOR, 1},
	{"ex", ND_STYLE_FACTOR, 0.5},
	{"ch", ND_STYLE_FACTOR, 0.5},
	{"%", ND_STYLE_PERCENT, 0.01},
};

size_t
nd_style_skip(const char *text, size_t len, size_t at)
{
	char mark = text[at];

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
	if (*at < len && nd_is_space(text[*at]))
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
is_one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(text, *list) == 0)
			return true;
	return false;
}

static bool
has_one_of(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (strstr(text, *list))
			return true;
	return false;
}

/* Returns what follows, NULL when no number with a known unit begins here. */
static const char *
read_length(const char *text, struct nd_style_value *value)
{
	char *end;
	size_t len;

	if (!*text || !strchr("+-.0123456789", *text))
		return NULL;
	value->number = g_ascii_strtod(text, &end);
	if (end == text)
		return NULL;
	for (len = 0; nd_is_alpha(end[len]) || end[len] == '%'; len++)
		;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (nd_mem_is_nocase(end, len, units[i].unit)) {
			value->kind = units[i].kind;
			value->number *= units[i].factor;
			return end + len;
		}
	return NULL;
}

static void
read_size(const char *text, bool unitless, struct nd_style_value *value)
{
	static const char *const shown[] = {
		"auto",        "none",     "normal",      "medium",
		"small",       "large",    "x-small",     "x-large",
		"larger",      "x-small",  "smaller",     "xx-small",
		"xxx-large",   "xx-large", "max-content", "fit-content",
		"min-content", NULL};
	const char *end;

	if (is_one_of(text, shown)) {
		value->kind = ND_STYLE_SHOWS;
		return;
	}
	end = read_length(text, value);
	if (!end || (*end && *end != ' '))
		value->kind = ND_STYLE_UNSET;
	else if (value->kind == ND_STYLE_FACTOR && !unitless &&
	         !nd_is_alpha(end[-1]))
		value->kind = ND_STYLE_LENGTH; /* as in quirks mode */
}

/* Is each function one that leaves what it moves in sight? */
static enum nd_style_kind
read_moves(const char *text, enum nd_style_property property)
{
	static const char *const flat[] = {"rotate(", "rotatez(", "skew", NULL};
	bool scales = property == ND_STYLE_SCALE;
	struct nd_style_value value;

	if (strcmp(text, "none") == 0)
		return ND_STYLE_SHOWS;
	if (property == ND_STYLE_ROTATE)
		return strpbrk(text, "xy") ? ND_STYLE_HIDES : ND_STYLE_SHOWS;
	while (*text) {
		const char *next;

		if (nd_is_alpha(*text)) {
			bool turns = nd_str_starts(text, flat[0]) ||
			             nd_str_starts(text, flat[1]) ||
			             nd_str_starts(text, flat[2]);

			scales = nd_str_starts(text, "scale");
			if (!turns && !scales &&
			    !nd_str_starts(text, "translate"))
				return ND_STYLE_HIDES;
			text += strcspn(text, turns ? ")" : "(");
			text += *text != '\0';
			continue;
		}
		next = read_length(text, &value);
		if (!next) {
			if (!strchr(" ,)", *text))
				return ND_STYLE_HIDES;
			text++;
			continue;
		}
		text = next;
		if (scales ? value.number < SMALLEST_SCALE
		    : value.kind == ND_STYLE_LENGTH
		            ? value.number <= -FAR_PX || value.number >= FAR_PX
		            : value.number <= -1 || value.number >= 1)
			return ND_STYLE_HIDES;
	}
	return ND_STYLE_SHOWS;
}

static void
read_colour(const char *text, enum nd_style_property property,
            struct nd_style_value *value)
{
	bool ground = property == ND_STYLE_BACKGROUND;

	if (strcmp(text, "currentcolor") == 0) {
		value->kind = ground ? ND_STYLE_HIDES : ND_STYLE_INHERIT;
		return;
	}
	switch (nd_colour_read(text, &value->rgb)) {
	case ND_COLOUR_KNOWN:
		value->kind = ND_STYLE_RGB;
		break;
	case ND_COLOUR_CLEAR:
		value->kind = ground ? ND_STYLE_SHOWS : ND_STYLE_HIDES;
		break;
	case ND_COLOUR_UNKNOWN:
		value->kind = ND_STYLE_HIDES;
		break;
	case ND_COLOUR_INVALID:
		break;
	}
}

/* An image that is loaded is none in a mail; one that is drawn may cover. */
static enum nd_style_kind
read_image(const char *text, enum nd_style_property property)
{
	static const char *const drawn[] = {
		"gradient(",  "url(data:",   "url(\"data:",
		"url('data:", "image-set(",  "paint(",
		"element(",   "cross-fade(", NULL};

	if (property == ND_STYLE_CONTENT)
		return strchr(text, '(') ? ND_STYLE_HIDES : ND_STYLE_SHOWS;
	return has_one_of(text, drawn) ? ND_STYLE_HIDES : ND_STYLE_SHOWS;
}

static enum nd_style_kind
read_word(const char *text, enum nd_style_property property)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = strlen(words[i].word);

		/* "hidden visible", "block flow" */
		if (words[i].property == property &&
		    strncmp(text, words[i].word, len) == 0 &&
		    (!text[len] || text[len] == ' '))
			return words[i].kind;
	}
	return ND_STYLE_UNSET;
}

/* What every property may have instead of a value of its own. */
static enum nd_style_kind
read_common(const char *text, enum nd_style_property property)
{
	static const char *const computed[] = {"var(",   "calc(", "env(",
	                                       "attr(",  "min(",  "max(",
	                                       "clamp(", NULL};
	static const char *const parents[] = {"inherit", "unset", "revert",
	                                      "revert-layer", NULL};

	if (has_one_of(text, computed))
		return ND_STYLE_HIDES;
	if (strcmp(text, "initial") == 0)
		return ND_STYLE_SHOWS;
	if (!is_one_of(text, parents))
		return ND_STYLE_UNSET;
	return property < ND_STYLE_DISPLAY ? ND_STYLE_INHERIT : ND_STYLE_SHOWS;
}

static void
read_value(const char *text, enum reader reader,
           enum nd_style_property property, struct nd_style_value *value)
{
	static const char *const nothing[] = {"none", "auto", "normal", NULL};
	static const char *const veils[] = {"opacity",  "blur",   "brightness",
	                                    "contrast", "url(",   "invert",
	                                    "alpha",    "progid", NULL};

	value->kind = read_common(text, property);
	if (value->kind != ND_STYLE_UNSET)
		return;
	switch (reader) {
	case WORDS:
		value->kind = read_word(text, property);
		break;
	case LENGTHS:
		read_size(text, property == ND_STYLE_LINE_HEIGHT, value);
		break;
	case NUMBERS:
		if (is_one_of(text, nothing))
			value->kind = ND_STYLE_SHOWS;
		else if (!read_length(text, value))
			value->kind = ND_STYLE_UNSET;
		break;
	case COLOURS:
		read_colour(text, property, value);
		break;
	case NOTHING_ELSE:
		value->kind = is_one_of(text, nothing) ? ND_STYLE_SHOWS
		                                       : ND_STYLE_HIDES;
		break;
	case MOVES:
		value->kind = read_moves(text, property);
		break;
	case FILTERS:
		value->kind = has_one_of(text, veils) ? ND_STYLE_HIDES
		                                      : ND_STYLE_SHOWS;
		break;
	case IMAGES:
		value->kind = read_image(text, property);
		break;
	}
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

/* Less is more hidden: of sizes and shares, and of what moves text away. */
void
nd_style_suspect(struct nd_style *style, enum nd_style_property property,
                 struct nd_style_value value)
{
	const struct nd_style_value *old = &style->of[property];
	bool known = old->kind != ND_STYLE_UNSET && old->kind != ND_STYLE_SHOWS;

	if (value.kind == ND_STYLE_RGB) {
		nd_style_set(style, property, value);
		return;
	}
	if (value.kind == ND_STYLE_SHOWS || value.kind == ND_STYLE_INHERIT ||
	    old->kind == ND_STYLE_HIDES)
		return;
	if (value.kind != ND_STYLE_HIDES && known &&
	    old->number <= value.number)
		return;
	value.weight = UINT32_MAX;
	nd_style_set(style, property, value);
}

static void
set(struct nd_style *style, enum nd_style_property property, enum reader reader,
    const char *text, uint32_t weight)
{
	struct nd_style_value value = {.weight = weight};

	read_value(text, reader, property, &value);
	nd_style_set(style, property, value);
}

/* The next word of *text, a function with its brackets; false at the end. */
static bool
next_part(const char **text, char *part, size_t size)
{
	const char *at = *text + strspn(*text, " ");
	unsigned depth = 0;
	size_t len = 0;

	for (; *at && (depth > 0 || *at != ' '); at++) {
		depth += *at == '(';
		depth -= *at == ')' && depth > 0;
		if (len + 1 < size)
			part[len++] = *at;
	}
	part[len] = '\0';
	*text = at;
	return len > 0;
}

/* "margin: 1px 2px 3px 4px": top and left are those that move text away. */
static void
set_sides(struct nd_style *style, const char *text, const bool inset,
          uint32_t weight)
{
	char parts[SHORTHAND_PARTS][VALUE_BYTES];
	unsigned count = 0, left;

	while (count < SHORTHAND_PARTS &&
	       next_part(&text, parts[count], sizeof parts[count]))
		count++;
	if (count == 0)
		return;
	left = count == 4 ? 3 : count > 1;
	set(style, inset ? ND_STYLE_TOP : ND_STYLE_MARGIN_TOP, LENGTHS,
	    parts[0], weight);
	set(style, inset ? ND_STYLE_LEFT : ND_STYLE_MARGIN_LEFT, LENGTHS,
	    parts[left], weight);
	if (!inset)
		return;
	set(style, ND_STYLE_RIGHT, LENGTHS, parts[count > 1], weight);
	set(style, ND_STYLE_BOTTOM, LENGTHS, parts[count > 2 ? 2 : 0], weight);
}

/* "bold 0/0 serif": the size is the first length. */
static void
set_font(struct nd_style *style, const char *text, uint32_t weight)
{
	char part[VALUE_BYTES];

	while (next_part(&text, part, sizeof part)) {
		char *height = strchr(part, '/');
		struct nd_style_value size = {.weight = weight};

		if (height)
			*height = '\0';
		read_value(part, LENGTHS, ND_STYLE_FONT_SIZE, &size);
		/* "bold 700 12px": a number alone is how bold it is. */
		if (size.kind == ND_STYLE_UNSET ||
		    strcmp(part, "normal") == 0 ||
		    (!height && size.number >= 100 &&
		     !nd_is_alpha(part[strlen(part) - 1])))
			continue;
		nd_style_set(style, ND_STYLE_FONT_SIZE, size);
		if (height)
			set(style, ND_STYLE_LINE_HEIGHT, LENGTHS, height + 1,
			    weight);
		return;
	}
}

static void
set_background(struct nd_style *style, const char *text, uint32_t weight)
{
	char part[VALUE_BYTES];
	struct nd_style_value none = {.kind = ND_STYLE_SHOWS, .weight = weight};

	nd_style_set(style, ND_STYLE_BACKGROUND, none);
	set(style, ND_STYLE_BACKGROUND_IMAGE, IMAGES, text, weight);
	while (next_part(&text, part, sizeof part)) {
		part[strcspn(part, part[0] == '#' ? "," : "")] = '\0';
		set(style, ND_STYLE_BACKGROUND, COLOURS, part, weight);
	}
}

static void
set_named(struct nd_style *style, const char *name, const char *text,
          bool whole, uint32_t weight)
{
	if (strcmp(name, "margin") == 0)
		set_sides(style, text, false, weight);
	else if (strcmp(name, "inset") == 0)
		set_sides(style, text, true, weight);
	else if (strcmp(name, "font") == 0)
		set_font(style, text, weight);
	else if (strcmp(name, "background") == 0)
		set_background(style, text, weight);
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
		if (strcmp(name, properties[i].name) != 0)
			continue;
		set(style, properties[i].property, properties[i].reader,
		    whole ? text : "var(", weight);
		return;
	}
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

void
nd_style_declare(struct nd_style *style, const char *text, size_t len,
                 uint32_t weight)
{
	size_t start = 0;
	unsigned depth = 0, blocks = 0;

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
