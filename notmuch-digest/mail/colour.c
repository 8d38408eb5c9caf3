/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/colour.h"

#include <glib.h>
#include <string.h>

#include "util/str.h"

/* Less of it is not seen. */
#define ALPHA_SEEN 0.15
/* So near in brightness, of 255, letters are not seen; and so near in each of
 * red, green and blue. */
#define NEAR_BRIGHT 16
#define NEAR 24

/* CSS Color 4, 6.1 and 6.2: in the order of their names. */
static const struct {
	const char *name;
	uint32_t rgb;
} names[] = {
	{"aliceblue", 0xf0f8ff},
	{"antiquewhite", 0xfaebd7},
	{"aqua", 0x00ffff},
	{"aquamarine", 0x7fffd4},
	{"azure", 0xf0ffff},
	{"beige", 0xf5f5dc},
	{"bisque", 0xffe4c4},
	{"black", 0x000000},
	{"blanchedalmond", 0xffebcd},
	{"blue", 0x0000ff},
	{"blueviolet", 0x8a2be2},
	{"brown", 0xa52a2a},
	{"burlywood", 0xdeb887},
	{"cadetblue", 0x5f9ea0},
	{"chartreuse", 0x7fff00},
	{"chocolate", 0xd2691e},
	{"coral", 0xff7f50},
	{"cornflowerblue", 0x6495ed},
	{"cornsilk", 0xfff8dc},
	{"crimson", 0xdc143c},
	{"cyan", 0x00ffff},
	{"darkblue", 0x00008b},
	{"darkcyan", 0x008b8b},
	{"darkgoldenrod", 0xb8860b},
	{"darkgray", 0xa9a9a9},
	{"darkgreen", 0x006400},
	{"darkgrey", 0xa9a9a9},
	{"darkkhaki", 0xbdb76b},
	{"darkmagenta", 0x8b008b},
	{"darkolivegreen", 0x556b2f},
	{"darkorange", 0xff8c00},
	{"darkorchid", 0x9932cc},
	{"darkred", 0x8b0000},
	{"darksalmon", 0xe9967a},
	{"darkseagreen", 0x8fbc8f},
	{"darkslateblue", 0x483d8b},
	{"darkslategray", 0x2f4f4f},
	{"darkslategrey", 0x2f4f4f},
	{"darkturquoise", 0x00ced1},
	{"darkviolet", 0x9400d3},
	{"deeppink", 0xff1493},
	{"deepskyblue", 0x00bfff},
	{"dimgray", 0x696969},
	{"dimgrey", 0x696969},
	{"dodgerblue", 0x1e90ff},
	{"firebrick", 0xb22222},
	{"floralwhite", 0xfffaf0},
	{"forestgreen", 0x228b22},
	{"fuchsia", 0xff00ff},
	{"gainsboro", 0xdcdcdc},
	{"ghostwhite", 0xf8f8ff},
	{"gold", 0xffd700},
	{"goldenrod", 0xdaa520},
	{"gray", 0x808080},
	{"green", 0x008000},
	{"greenyellow", 0xadff2f},
	{"grey", 0x808080},
	{"honeydew", 0xf0fff0},
	{"hotpink", 0xff69b4},
	{"indianred", 0xcd5c5c},
	{"indigo", 0x4b0082},
	{"ivory", 0xfffff0},
	{"khaki", 0xf0e68c},
	{"lavender", 0xe6e6fa},
	{"lavenderblush", 0xfff0f5},
	{"lawngreen", 0x7cfc00},
	{"lemonchiffon", 0xfffacd},
	{"lightblue", 0xadd8e6},
	{"lightcoral", 0xf08080},
	{"lightcyan", 0xe0ffff},
	{"lightgoldenrodyellow", 0xfafad2},
	{"lightgray", 0xd3d3d3},
	{"lightgreen", 0x90ee90},
	{"lightgrey", 0xd3d3d3},
	{"lightpink", 0xffb6c1},
	{"lightsalmon", 0xffa07a},
	{"lightseagreen", 0x20b2aa},
	{"lightskyblue", 0x87cefa},
	{"lightslategray", 0x778899},
	{"lightslategrey", 0x778899},
	{"lightsteelblue", 0xb0c4de},
	{"lightyellow", 0xffffe0},
	{"lime", 0x00ff00},
	{"limegreen", 0x32cd32},
	{"linen", 0xfaf0e6},
	{"magenta", 0xff00ff},
	{"maroon", 0x800000},
	{"mediumaquamarine", 0x66cdaa},
	{"mediumblue", 0x0000cd},
	{"mediumorchid", 0xba55d3},
	{"mediumpurple", 0x9370db},
	{"mediumseagreen", 0x3cb371},
	{"mediumslateblue", 0x7b68ee},
	{"mediumspringgreen", 0x00fa9a},
	{"mediumturquoise", 0x48d1cc},
	{"mediumvioletred", 0xc71585},
	{"midnightblue", 0x191970},
	{"mintcream", 0xf5fffa},
	{"mistyrose", 0xffe4e1},
	{"moccasin", 0xffe4b5},
	{"navajowhite", 0xffdead},
	{"navy", 0x000080},
	{"oldlace", 0xfdf5e6},
	{"olive", 0x808000},
	{"olivedrab", 0x6b8e23},
	{"orange", 0xffa500},
	{"orangered", 0xff4500},
	{"orchid", 0xda70d6},
	{"palegoldenrod", 0xeee8aa},
	{"palegreen", 0x98fb98},
	{"paleturquoise", 0xafeeee},
	{"palevioletred", 0xdb7093},
	{"papayawhip", 0xffefd5},
	{"peachpuff", 0xffdab9},
	{"peru", 0xcd853f},
	{"pink", 0xffc0cb},
	{"plum", 0xdda0dd},
	{"powderblue", 0xb0e0e6},
	{"purple", 0x800080},
	{"rebeccapurple", 0x663399},
	{"red", 0xff0000},
	{"rosybrown", 0xbc8f8f},
	{"royalblue", 0x4169e1},
	{"saddlebrown", 0x8b4513},
	{"salmon", 0xfa8072},
	{"sandybrown", 0xf4a460},
	{"seagreen", 0x2e8b57},
	{"seashell", 0xfff5ee},
	{"sienna", 0xa0522d},
	{"silver", 0xc0c0c0},
	{"skyblue", 0x87ceeb},
	{"slateblue", 0x6a5acd},
	{"slategray", 0x708090},
	{"slategrey", 0x708090},
	{"snow", 0xfffafa},
	{"springgreen", 0x00ff7f},
	{"steelblue", 0x4682b4},
	{"tan", 0xd2b48c},
	{"teal", 0x008080},
	{"thistle", 0xd8bfd8},
	{"tomato", 0xff6347},
	{"turquoise", 0x40e0d0},
	{"violet", 0xee82ee},
	{"wheat", 0xf5deb3},
	{"white", 0xffffff},
	{"whitesmoke", 0xf5f5f5},
	{"yellow", 0xffff00},
	{"yellowgreen", 0x9acd32},
};

/* What a window of a desktop has (CSS Color 4, 6.2 and appendix A). */
static const struct {
	const char *name;
	uint32_t rgb;
} system_names[] = {
	{"accentcolor", 0x0078d7},
	{"accentcolortext", 0xffffff},
	{"activeborder", 0x000000},
	{"activecaption", 0xffffff},
	{"activetext", 0xff0000},
	{"appworkspace", 0xffffff},
	{"background", 0xffffff},
	{"buttonborder", 0x000000},
	{"buttonface", 0xefefef},
	{"buttonhighlight", 0xefefef},
	{"buttonshadow", 0xefefef},
	{"buttontext", 0x000000},
	{"canvas", 0xffffff},
	{"canvastext", 0x000000},
	{"captiontext", 0x000000},
	{"field", 0xffffff},
	{"fieldtext", 0x000000},
	{"graytext", 0x808080},
	{"highlight", 0x3399ff},
	{"highlighttext", 0xffffff},
	{"inactiveborder", 0x000000},
	{"inactivecaption", 0xffffff},
	{"inactivecaptiontext", 0x808080},
	{"infobackground", 0xffffff},
	{"infotext", 0x000000},
	{"linktext", 0x0000ee},
	{"mark", 0xffff00},
	{"marktext", 0x000000},
	{"menu", 0xffffff},
	{"menutext", 0x000000},
	{"scrollbar", 0xffffff},
	{"selecteditem", 0x3399ff},
	{"selecteditemtext", 0xffffff},
	{"threeddarkshadow", 0x000000},
	{"threedface", 0xefefef},
	{"threedhighlight", 0x000000},
	{"threedlightshadow", 0x000000},
	{"threedshadow", 0x000000},
	{"visitedtext", 0x551a8b},
	{"window", 0xffffff},
	{"windowframe", 0x000000},
	{"windowtext", 0x000000},
};

static bool
read_name(const char *text, uint32_t *rgb)
{
	size_t low = 0, high = sizeof names / sizeof *names;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(text, names[middle].name);

		if (order == 0) {
			*rgb = names[middle].rgb;
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	for (size_t i = 0; i < sizeof system_names / sizeof *system_names; i++)
		if (strcmp(text, system_names[i].name) == 0) {
			*rgb = system_names[i].rgb;
			return true;
		}
	return false;
}

/* "#fff", "#ffff", "#ffffff", "#ffffffff" */
static enum nd_colour
read_hex(const char *text, uint32_t *rgb, double *alpha)
{
	size_t len = strlen(text);
	unsigned channel[4] = {0, 0, 0, 255};
	bool brief = len == 3 || len == 4;

	if (!brief && len != 6 && len != 8)
		return ND_COLOUR_INVALID;
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isxdigit(text[i]))
			return ND_COLOUR_INVALID;
	for (size_t i = 0; i < (brief ? len : len / 2); i++) {
		const char *at = brief ? text + i : text + 2 * i;
		unsigned high = (unsigned)g_ascii_xdigit_value(at[0]);

		channel[i] = brief ? 17 * high
		                   : 16 * high + (unsigned)g_ascii_xdigit_value(
							 at[1]);
	}
	if (channel[3] < 255 * ALPHA_SEEN)
		return ND_COLOUR_CLEAR;
	*rgb = channel[0] << 16 | channel[1] << 8 | channel[2];
	*alpha = channel[3] / 255.0;
	return ND_COLOUR_KNOWN;
}

/* ---- functions ----------------------------------------------------------- */

static double
within(double number, double low, double high)
{
	/* Also when it is no number. */
	return number > low ? number < high ? number : high : low;
}

/* A channel of red, green or blue, from 0 to 255. */
static double
of_rgb(double number, bool percent)
{
	return within(percent ? 2.55 * number : number, 0, 255);
}

static uint32_t
packed(double red, double green, double blue)
{
	return (uint32_t)within(red, 0, 255) << 16 |
	       (uint32_t)within(green, 0, 255) << 8 |
	       (uint32_t)within(blue, 0, 255);
}

/* What hue (in degrees) has of the colour that is strongest at 0: 0 to 1. */
static double
of_hue(double degrees)
{
	double turns = degrees / 360, sixth;

	turns -= (double)(int64_t)within(turns, -1e6, 1e6);
	turns += turns < 0;
	sixth = 6 * turns;
	sixth = sixth > 3 ? 6 - sixth : sixth;
	return within(2 - sixth, 0, 1);
}

static uint32_t
of_hsl(const double *number)
{
	double saturation = within(number[1] / 100, 0, 1);
	double light = within(number[2] / 100, 0, 1);
	double reach = saturation * (light < 0.5 ? light : 1 - light);
	double channel[3];

	for (unsigned i = 0; i < 3; i++)
		channel[i] =
			255 * (light +
		               reach * (2 * of_hue(number[0] - 120.0 * i) - 1));
	return packed(channel[0], channel[1], channel[2]);
}

static uint32_t
of_hwb(const double *number)
{
	double white = within(number[1] / 100, 0, 1);
	double black = within(number[2] / 100, 0, 1);
	double sum = white + black, channel[3];

	for (unsigned i = 0; i < 3; i++)
		channel[i] =
			sum >= 1
				? 255 * white / sum
				: 255 * (white + (1 - sum) * of_hue(number[0] -
		                                                    120.0 * i));
	return packed(channel[0], channel[1], channel[2]);
}

/* "1, 2, 3)", "1 2 3 / 50%)": up to four numbers, and which are percents. */
static unsigned
read_numbers(const char *text, double *number, bool *percent)
{
	unsigned count = 0;
	char *end;

	while (count < 4) {
		text += strspn(text, " ,/");
		if (!*text || !strchr("+-.0123456789", *text))
			break;
		number[count] = g_ascii_strtod(text, &end);
		if (end == text)
			break;
		if (nd_str_starts(end, "deg"))
			end += strlen("deg");
		percent[count] = *end == '%';
		text = end + percent[count];
		if (!strchr(" ,/)", *text))
			return 0;
		count++;
	}
	text += strspn(text, " ");
	return count >= 3 && strcmp(text, ")") == 0 ? count : 0;
}

/* One that is called so, but not understood, may be any. */
static enum nd_colour
read_function(const char *text, uint32_t *rgb, double *alpha)
{
	static const char *const read[] = {"rgb(", "rgba(", "hsl(", "hsla(",
	                                   "hwb("};
	double number[4] = {0, 0, 0, 1};
	bool percent[4] = {false};
	unsigned count = 0;
	size_t which = 0;

	while (which < 5 && !nd_str_starts(text, read[which]))
		which++;
	if (which < 5)
		count = read_numbers(strchr(text, '(') + 1, number, percent);
	if (count == 0)
		return ND_COLOUR_UNKNOWN;
	*alpha = within(percent[3] ? number[3] / 100 : number[3], 0, 1);
	if (*alpha < ALPHA_SEEN)
		return ND_COLOUR_CLEAR;
	*rgb = which < 2   ? packed(of_rgb(number[0], percent[0]),
	                            of_rgb(number[1], percent[1]),
	                            of_rgb(number[2], percent[2]))
	       : which < 4 ? of_hsl(number)
	                   : of_hwb(number);
	return ND_COLOUR_KNOWN;
}

enum nd_colour
nd_colour_read(const char *text, uint32_t *rgb, double *alpha)
{
	static const char *const makers[] = {"-webkit-", "-moz-", "-internal-",
	                                     "-apple-"};

	if (text[0] == '#')
		return read_hex(text + 1, rgb, alpha);
	if (strcmp(text, "transparent") == 0)
		return ND_COLOUR_CLEAR;
	if (strchr(text, '('))
		return read_function(text, rgb, alpha);
	*alpha = 1;
	if (read_name(text, rgb))
		return ND_COLOUR_KNOWN;
	for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
		if (nd_str_starts(text, makers[i]))
			return ND_COLOUR_UNKNOWN;
	return ND_COLOUR_INVALID;
}

uint32_t
nd_colour_mix(uint32_t above, double share, uint32_t below)
{
	double channel[3];

	for (unsigned i = 0; i < 3; i++) {
		unsigned shift = 16 - 8 * i;

		channel[i] = share * (above >> shift & 255) +
		             (1 - share) * (below >> shift & 255);
	}
	return packed(channel[0], channel[1], channel[2]);
}

bool
nd_colour_is_near(uint32_t a, uint32_t b, double share)
{
	/* How much each colour has of what the eye sees (ITU-R BT.601). */
	static const double bright[] = {0.299, 0.587, 0.114};
	double distance = 0, farthest = 0;

	for (unsigned i = 0; i < 3; i++) {
		unsigned shift = 16 - 8 * i;
		double difference =
			(double)(a >> shift & 255) - (double)(b >> shift & 255);

		difference =
			share * (difference < 0 ? -difference : difference);
		farthest = difference > farthest ? difference : farthest;
		distance += bright[i] * difference;
	}
	return distance < NEAR_BRIGHT || farthest < NEAR;
}
