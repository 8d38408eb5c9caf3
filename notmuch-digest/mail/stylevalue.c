/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/stylevalue.h"

#include <glib.h>
#include <string.h>

#include "mail/colour.h"
#include "util/str.h"

#define PART_BYTES 512

#define ROOT_FONT_PX 16
#define VIEW_PX 8 /* a hundredth of a small window */

/* Letters that lean so far are none; so thick a line covers them. */
#define STEEPEST_DEG 45
#define THICKEST_PX 2
#define FARTHEST_PX 500

/* So little is hidden, and nobody writes it without its unit. */
#define TINY_PX 3
#define FAR_PX 100

static const struct {
	const char *unit;
	enum nd_style_kind kind;
	double factor;
} units[] = {
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

bool
nd_stylevalue_is_one_of(const char *word, const char *list)
{
	size_t len = strlen(word);

	while (list && *list) {
		size_t next = strcspn(list, " ");

		if (next == len && memcmp(list, word, len) == 0)
			return true;
		list += next + (list[next] == ' ');
	}
	return false;
}

bool
nd_stylevalue_next(const char **text, char *part, size_t size)
{
	const char *at = *text + strspn(*text, " ");
	unsigned depth = 0;
	size_t len = 0;

	for (; *at && (depth > 0 || *at != ' '); at++) {
		bool mark = depth == 0 && (*at == ',' || *at == '/');

		if (mark && len > 0)
			break;
		depth += *at == '(';
		depth -= *at == ')' && depth > 0;
		if (len + 1 == size)
			return false;
		part[len++] = *at;
		if (mark) {
			at++;
			break;
		}
	}
	part[len] = '\0';
	*text = at;
	return len > 0;
}

/* A number, and what it is of. */
struct number {
	struct nd_style_value value;
	bool plain; /* without unit */
	bool view;  /* of the window */
	bool known; /* the unit is */
	const char *end;
};

static bool
read_number(const char *text, struct number *number)
{
	struct nd_style_value *value = &number->value;
	size_t len = 0;
	char *end;

	if (!*text || !strchr("+-.0123456789", *text))
		return false;
	value->number = g_ascii_strtod(text, &end);
	/* What strtod() takes for a number and CSS does not. */
	if (end == text ||
	    strspn(text, "+-.0123456789e") < (size_t)(end - text))
		return false;
	while (nd_is_alpha(end[len]))
		len++;
	len += len == 0 && *end == '%';
	number->end = end + len;
	number->plain = len == 0;
	number->known = number->plain;
	number->view = len > 0 && *end == 'v';
	value->kind = ND_STYLE_FACTOR;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (nd_mem_is_nocase(end, len, units[i].unit)) {
			value->kind = units[i].kind;
			value->number *= units[i].factor;
			number->known = true;
		}
	return true;
}

static void
read_length(const char *text, enum nd_style_property property,
            struct nd_style_value *value)
{
	bool place = property != ND_STYLE_FONT_SIZE &&
	             (property < ND_STYLE_HEIGHT || property > ND_STYLE_BASIS);
	struct number number;
	double size;

	if (!read_number(text, &number) || *number.end)
		return;
	value->number = number.value.number;
	value->kind = number.known ? number.value.kind : ND_STYLE_HIDES;
	if (place && number.view) {
		value->kind = ND_STYLE_PERCENT;
		value->number /= 100 * VIEW_PX;
	}
	if (!number.plain || property == ND_STYLE_LINE_HEIGHT)
		return;
	/* Without unit a length is none, but in quirks mode. */
	size = value->number < 0 ? -value->number : value->number;
	value->kind =
		value->number == 0 || (place ? size >= FAR_PX : size < TINY_PX)
			? ND_STYLE_LENGTH
			: ND_STYLE_UNSET;
}

static void
read_plain(const char *text, struct nd_style_value *value)
{
	struct number number;

	if (!read_number(text, &number) || *number.end ||
	    !(number.plain || number.value.kind == ND_STYLE_PERCENT))
		return;
	value->kind = number.value.kind;
	value->number = number.value.number;
}

/* ---- moves --------------------------------------------------------------- */

static double
size_of(double number)
{
	return number < 0 ? -number : number;
}

/* One number of a function, or of a property of its name. */
static bool
read_move(const char *name, const struct number *number,
          struct nd_style_value *value)
{
	double size = size_of(number->value.number);

	if (nd_str_starts(name, "rotate"))
		return true;
	if (nd_str_starts(name, "skew"))
		return size < STEEPEST_DEG;
	if (nd_str_starts(name, "scale")) {
		if (number->value.number < value->number)
			value->number = number->value.number;
		return number->plain || number->value.kind == ND_STYLE_PERCENT;
	}
	/* Of its own size: half of it is put into the middle. */
	if (number->value.kind == ND_STYLE_PERCENT)
		return size <= 0.5;
	if (number->value.kind == ND_STYLE_FACTOR)
		size *= ROOT_FONT_PX;
	if (number->view)
		size *= 2;
	value->moved += size;
	return number->known;
}

/* "1px, 2px" up to end; what parts them is a comma, or in properties a blank. */
static bool
read_arguments(const char *name, const char *text, const char *end, char mark,
               struct nd_style_value *value)
{
	struct number number;
	unsigned count = 0;

	while (text < end) {
		if (!read_number(text, &number) || number.end > end ||
		    !read_move(name, &number, value))
			return false;
		count++;
		text = number.end;
		while (text < end && *text == ' ' && mark != ' ')
			text++;
		if (text < end && *text++ != mark)
			return false;
		while (text < end && *text == ' ')
			text++;
	}
	return count > 0 && count <= 2;
}

/* Does each function leave in sight what it moves? */
static bool
read_functions(const char *text, struct nd_style_value *value)
{
	static const char flat[] = "rotate rotatez skew skewx skewy scale "
				   "scalex scaley translate translatex "
				   "translatey";
	char part[PART_BYTES];

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		char *open = strchr(part, '(');
		size_t len = strlen(part);

		if (!open || part[len - 1] != ')')
			return false;
		*open = '\0';
		part[len - 1] = '\0';
		if (!nd_stylevalue_is_one_of(part, flat) ||
		    !read_arguments(part, open + 1 + strspn(open + 1, " "),
		                    part + len - 1, ',', value))
			return false;
	}
	return !*text;
}

static void
read_moves(const char *text, enum nd_style_property property,
           struct nd_style_value *value)
{
	const char *name = property == ND_STYLE_SCALE    ? "scale"
	                   : property == ND_STYLE_ROTATE ? "rotate"
	                                                 : "translate";
	bool seen;

	value->number = 1;
	value->moved = 0;
	if (strcmp(text, "none") == 0)
		seen = true;
	else if (property == ND_STYLE_TRANSFORM)
		seen = read_functions(text, value);
	else
		seen = read_arguments(name, text, text + strlen(text), ' ',
		                      value);
	value->kind = seen && value->number > 0 && value->moved < FARTHEST_PX
	                      ? ND_STYLE_FACTOR
	                      : ND_STYLE_HIDES;
}

static enum nd_style_kind
read_origin(const char *text)
{
	char part[PART_BYTES];
	struct number number;

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		if (nd_stylevalue_is_one_of(part,
		                            "left right top bottom center"))
			continue;
		if (!read_number(part, &number) || *number.end ||
		    size_of(number.value.number) >
		            (number.value.kind == ND_STYLE_PERCENT ? 1
		                                                   : FAR_PX))
			return ND_STYLE_HIDES;
	}
	return *text ? ND_STYLE_HIDES : ND_STYLE_SHOWS;
}

/* ---- what is painted ----------------------------------------------------- */

/* A colour by itself, or a number with a unit: what shadows consist of. */
static bool
is_colour_or_number(const char *part)
{
	struct number number;
	uint32_t rgb;
	double alpha;

	return (read_number(part, &number) && !*number.end) ||
	       nd_stylevalue_is_one_of(part, ", currentcolor thin") ||
	       nd_colour_read(part, &rgb, &alpha) != ND_COLOUR_INVALID;
}

/* Those inside are painted as a ground is. */
static enum nd_style_kind
read_shadows(const char *text)
{
	char part[PART_BYTES];

	if (strcmp(text, "none") == 0)
		return ND_STYLE_SHOWS;
	if (strstr(text, "inset"))
		return ND_STYLE_HIDES;
	while (nd_stylevalue_next(&text, part, sizeof part))
		if (!is_colour_or_number(part))
			return ND_STYLE_UNSET;
	return *text ? ND_STYLE_UNSET : ND_STYLE_SHOWS;
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
	value->number = 1;
	switch (nd_colour_read(text, &value->rgb, &value->number)) {
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

/* Functions that leave in sight what they colour. */
static enum nd_style_kind
read_filters(const char *text)
{
	static const char *const harmless[] = {"grayscale(", "sepia(",
	                                       "hue-rotate(", "saturate(",
	                                       "drop-shadow("};
	char part[PART_BYTES];
	enum nd_style_kind kind = ND_STYLE_UNSET;

	if (strcmp(text, "none") == 0)
		return ND_STYLE_SHOWS;
	while (nd_stylevalue_next(&text, part, sizeof part)) {
		bool known = false;

		for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
			known |= nd_str_starts(part, harmless[i]);
		if (!known)
			return strchr(part, '(') || strchr(part, ':')
			               ? ND_STYLE_HIDES
			               : ND_STYLE_UNSET;
		kind = ND_STYLE_SHOWS;
	}
	return *text ? ND_STYLE_HIDES : kind;
}

/* An image that is loaded is none in a mail; one that is drawn may cover. */
static enum nd_style_kind
read_image(const char *text, enum nd_style_property property)
{
	const char *at = text;

	if (property == ND_STYLE_CONTENT)
		return strchr(text, '(') ? ND_STYLE_HIDES : ND_STYLE_SHOWS;
	for (; (at = strchr(at, '(')); at++)
		if (at - text < 3 || strncmp(at - 3, "url", 3) != 0 ||
		    nd_str_starts(at + 1 + strspn(at + 1, " \"'"), "data:"))
			return ND_STYLE_HIDES;
	return strcmp(text, "none") == 0 || nd_str_starts(text, "url(")
	               ? ND_STYLE_SHOWS
	               : ND_STYLE_UNSET;
}

/* The first length of a stroke is how thick it is. */
static enum nd_style_kind
read_stroke(const char *text)
{
	char part[PART_BYTES];
	struct number number;

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		if (nd_stylevalue_is_one_of(part, "medium thick"))
			return ND_STYLE_HIDES;
		if (!is_colour_or_number(part))
			return ND_STYLE_UNSET;
		if (read_number(part, &number))
			return number.value.number == 0 ||
			                       (number.value.kind ==
			                                ND_STYLE_LENGTH &&
			                        number.value.number <
			                                THICKEST_PX)
			               ? ND_STYLE_SHOWS
			               : ND_STYLE_HIDES;
	}
	return ND_STYLE_SHOWS;
}

/* "0fr 1fr": what is in the first row has no room. */
static enum nd_style_kind
read_tracks(const char *text)
{
	struct number number;

	while (*text) {
		if (nd_str_starts(text, "minmax("))
			text = strchr(text, ')') ? strchr(text, ')') : "";
		if (read_number(text, &number)) {
			if (number.value.number < 0.1)
				return ND_STYLE_HIDES;
			text = number.end;
			continue;
		}
		text += *text != '\0';
	}
	return ND_STYLE_SHOWS;
}

/* ---- all ----------------------------------------------------------------- */

static enum nd_style_kind
read_words(const char *text, const char *show, const char *hide)
{
	enum nd_style_kind kind = ND_STYLE_UNSET;
	char part[PART_BYTES];

	while (nd_stylevalue_next(&text, part, sizeof part)) {
		if (nd_stylevalue_is_one_of(part, hide))
			kind = ND_STYLE_HIDES;
		else if (!nd_stylevalue_is_one_of(part, show))
			return ND_STYLE_UNSET;
		else if (kind == ND_STYLE_UNSET)
			kind = ND_STYLE_SHOWS;
	}
	return *text ? ND_STYLE_UNSET : kind;
}

/* What every property may have instead of a value of its own. */
static enum nd_style_kind
read_common(const char *text, enum nd_style_property property)
{
	if (strcmp(text, "initial") == 0)
		return ND_STYLE_SHOWS;
	if (!nd_stylevalue_is_one_of(text, "inherit unset revert"))
		return ND_STYLE_UNSET;
	return property < ND_STYLE_DISPLAY ? ND_STYLE_INHERIT : ND_STYLE_SHOWS;
}

/* A function whose value depends: var(), calc(), env() and those to come. */
static bool
is_computed(const char *text, enum nd_stylevalue_reader reader)
{
	static const char *const computed[] = {
		"var(", "calc(", "env(", "attr(", "min(", "max(", "clamp("};

	if (reader <= ND_STYLEVALUE_NUMBERS)
		return strchr(text, '(') != NULL;
	for (size_t i = 0; i < sizeof computed / sizeof *computed; i++)
		if (strstr(text, computed[i]))
			return true;
	return false;
}

void
nd_stylevalue_read(const char *text, enum nd_stylevalue_reader reader,
                   enum nd_style_property property, const char *show,
                   const char *hide, struct nd_style_value *value)
{
	value->kind = read_common(text, property);
	if (property == ND_STYLE_ALL && value->kind != ND_STYLE_UNSET)
		value->kind = ND_STYLE_HIDES; /* or what it takes away does */
	if (property == ND_STYLE_ALL || value->kind != ND_STYLE_UNSET)
		return;
	if (is_computed(text, reader)) {
		value->kind = ND_STYLE_HIDES;
		return;
	}
	if (reader != ND_STYLEVALUE_WORDS && read_words(text, show, NULL)) {
		value->kind = ND_STYLE_SHOWS;
		return;
	}
	switch (reader) {
	case ND_STYLEVALUE_WORDS:
		value->kind = read_words(text, show, hide);
		break;
	case ND_STYLEVALUE_LENGTHS:
		read_length(text, property, value);
		break;
	case ND_STYLEVALUE_NUMBERS:
		read_plain(text, value);
		break;
	case ND_STYLEVALUE_COLOURS:
		read_colour(text, property, value);
		break;
	case ND_STYLEVALUE_ONLY:
		value->kind = ND_STYLE_HIDES;
		break;
	case ND_STYLEVALUE_MOVES:
		read_moves(text, property, value);
		break;
	case ND_STYLEVALUE_ORIGINS:
		value->kind = read_origin(text);
		break;
	case ND_STYLEVALUE_FILTERS:
		value->kind = read_filters(text);
		break;
	case ND_STYLEVALUE_IMAGES:
		value->kind = read_image(text, property);
		break;
	case ND_STYLEVALUE_SHADOWS:
		value->kind = read_shadows(text);
		break;
	case ND_STYLEVALUE_STROKES:
		value->kind = read_stroke(text);
		break;
	case ND_STYLEVALUE_TRACKS:
		value->kind = read_tracks(text);
		break;
	}
}
