/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/attribution.h"

#include <string.h>

#include "util/str.h"

#define WRAPPED_LINES 3
#define ATTRIBUTION_BYTES 400
#define SHORT_BYTES 120
#define NAME_BYTES 60

/* An attribution, its lines joined by blanks. */
struct phrase {
	char text[ATTRIBUTION_BYTES];
	size_t len;
};

static const char *const verbs[] = {
	"wrote",   "writes",   "said",     "schrieb",    "a écrit",
	"a ecrit", "escribió", "escribio", "escreveu",   "ha scritto",
	"scrisse", "schreef",  "skrev",    "kirjoitti",  "napsal",
	"napisał", "napisal",  "pisze",    "пишет",      "писал",
	"написал", "yazdı",    "írta",     "a scris",    "写道",
	"写到",    "寫道",     "写信",     "書きました", "のメール",
	"작성",    "さんは",   "viết",     "έγραψε",
};

/* How an attribution begins; a date must follow. */
static const char *const openers[] = {
	"On ",  "Am ",  "Le ",  "El ",  "Em ",      "Il ",  "Op ",  "W dniu ",
	"Dne ", "Den ", "På ",  "At ",  "Quoting ", "Mon",  "Tue",  "Wed",
	"Thu",  "Fri",  "Sat",  "Sun",  "在 ",      "在",   "于 ",  "於 ",
	"* ",   "Pe ",  "Dňa ", "ons ", "tis ",     "tor ", "fre ", "man ",
	"tir ", "lør ", "На ",  "Vào ", "Στις ",
};

static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",  "Aug", "Sep", "Oct",
	"Nov", "Dec", "Mai", "Okt", "Dez", "avr", "août", "déc", "ene", "abr",
	"ago", "mag", "giu", "lug", "set", "ott", "gen",  "年",  "월",
};

static bool
holds_one_of(const struct phrase *phrase, const char *const *words,
             size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (strstr(phrase->text, words[k]))
			return true;
	return false;
}

#define HOLDS(phrase, words) \
	holds_one_of(phrase, words, sizeof(words) / sizeof *(words))

/* "2026-03-10", "3/10/26", "10.03.26", "10:11" */
static bool
holds_numeric_date(const struct phrase *phrase)
{
	size_t runs = 0;
	char last = '\0';

	for (const char *at = phrase->text; *at;) {
		size_t digits = strspn(at, "0123456789");

		if (digits == 0 || digits > 4) {
			runs = 0;
			at += digits ? digits : 1;
			continue;
		}
		runs++;
		if (runs == 3 || (runs == 2 && last == ':'))
			return true;
		at += digits;
		if (!*at || !strchr("-/.:", *at) || (runs == 2 && *at != last))
			runs = 0;
		last = *at;
		if (*at)
			at++;
	}
	return false;
}

static bool
holds_month(const struct phrase *phrase)
{
	for (size_t k = 0; k < sizeof months / sizeof *months; k++) {
		const char *at = strstr(phrase->text, months[k]);

		/* "mag" is a month, but not that of "image" */
		if (at && (at == phrase->text || !nd_is_alpha(at[-1])))
			return true;
	}
	return false;
}

static bool
holds_date(const struct phrase *phrase)
{
	return holds_numeric_date(phrase) ||
	       (strpbrk(phrase->text, "0123456789") && holds_month(phrase));
}

static bool
holds_address(const struct phrase *phrase)
{
	const char *at = strchr(phrase->text, '@');

	return at && at > phrase->text && at[1] && !nd_is_space(at[-1]) &&
	       !nd_is_space(at[1]);
}

static bool
has_opener(const struct phrase *phrase)
{
	for (size_t k = 0; k < sizeof openers / sizeof *openers; k++)
		if (nd_str_starts(phrase->text, openers[k]))
			return true;
	return nd_is_digit(*phrase->text);
}

static bool
ends_with_colon(const struct phrase *phrase)
{
	return phrase->len > 0 &&
	       (phrase->text[phrase->len - 1] == ':' ||
	        (phrase->len >= 3 &&
	         strcmp(phrase->text + phrase->len - 3, "：") == 0));
}

/* False when the lines [first, last] are too long for an attribution. */
static bool
join(const struct nd_lines *lines, size_t first, size_t last,
     struct phrase *phrase)
{
	phrase->len = 0;
	for (size_t i = first; i <= last; i++) {
		const char *text = nd_lines_text(lines, i);
		size_t len = lines->line[i].len;

		nd_mem_trim(&text, &len);
		if (phrase->len + len + 2 > sizeof phrase->text)
			return false;
		if (phrase->len > 0)
			phrase->text[phrase->len++] = ' ';
		memcpy(phrase->text + phrase->len, text, len);
		phrase->len += len;
	}
	phrase->text[phrase->len] = '\0';
	return true;
}

/* Needs no quote below it: a date, somebody who wrote, a colon. */
static bool
is_certain(const struct phrase *phrase)
{
	return ends_with_colon(phrase) && has_opener(phrase) &&
	       HOLDS(phrase, verbs) && holds_date(phrase);
}

/* "X Y wrote", "[X said:]"; no more than a name before it. */
static bool
ends_with_verb(const struct phrase *phrase)
{
	static const char *const plain[] = {" wrote", " said"};
	size_t len = phrase->len;

	while (len > 0 && strchr(" ,;:]*", phrase->text[len - 1]))
		len--;
	for (size_t k = 0; k < sizeof plain / sizeof *plain; k++) {
		size_t want = strlen(plain[k]);

		if (len > want && len < NAME_BYTES &&
		    memcmp(phrase->text + len - want, plain[k], want) == 0)
			return true;
	}
	return false;
}

/* Would be a sentence, were there no quote right below. */
static bool
is_likely(const struct phrase *phrase)
{
	bool colon = ends_with_colon(phrase);

	if (colon && holds_address(phrase))
		return true;
	if (colon && has_opener(phrase) && holds_date(phrase))
		return true;
	if (phrase->len >= SHORT_BYTES || !HOLDS(phrase, verbs))
		return false;
	return colon || holds_numeric_date(phrase) || ends_with_verb(phrase);
}

static bool
is_quote_below(const struct nd_lines *lines, size_t i)
{
	size_t next = i + 1;

	if (next < lines->count && lines->line[next].kind == ND_LINE_BLANK)
		next++;
	return next < lines->count && lines->line[next].kind == ND_LINE_QUOTE;
}

/* The first line of the attribution that ends in line i; i + 1 for none. */
static size_t
attribution_start(const struct nd_lines *lines, size_t i)
{
	bool quote = is_quote_below(lines, i);

	for (size_t n = 0; n < WRAPPED_LINES && n <= i; n++) {
		struct phrase phrase;

		if (lines->line[i - n].kind != ND_LINE_OWN ||
		    !join(lines, i - n, i, &phrase))
			break;
		/* Alone, the second line of a wrapped one looks likely, too. */
		if (is_certain(&phrase))
			return i - n;
	}
	for (size_t n = 0; quote && n < WRAPPED_LINES && n <= i; n++) {
		struct phrase phrase;

		if (lines->line[i - n].kind != ND_LINE_OWN ||
		    !join(lines, i - n, i, &phrase))
			break;
		if (is_likely(&phrase))
			return i - n;
	}
	return i + 1;
}

/* Most lines are none, and cheaply told. */
static bool
may_end_attribution(const struct nd_lines *lines, size_t i)
{
	const struct nd_line *line = &lines->line[i];
	const char *text = nd_lines_text(lines, i);
	size_t len = line->len;

	if (line->kind != ND_LINE_OWN)
		return false;
	nd_mem_trim(&text, &len);
	return len > 0 &&
	       (text[len - 1] == ':' || (unsigned char)text[len - 1] == 0x9a ||
	        is_quote_below(lines, i));
}

void
nd_attribution_mark(struct nd_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		if (may_end_attribution(lines, i))
			nd_lines_mark(lines, attribution_start(lines, i), i + 1,
			              ND_LINE_ATTRIBUTION);
}
