/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/attribution.h"

#include <string.h>

#include "model/clientwords.h"
#include "util/str.h"

enum {
	WRAPPED_LINES = 4,
	LIKELY_LINES = 3, /* the same, where the words are not certain */
	ATTRIBUTION_BYTES = 500,
	SHORT_BYTES = 120,
	NAME_BYTES = 60,
	NAME_WORDS = 6,    /* "Ada Maria van der Berg (EXAMPLE)" */
	MOMENT_BYTES = 60, /* "3 Mar 2026 at 10:11:12 in the afternoon" */
	DATE_START_BYTES =
		48, /* before a date's first digit: "On Thursday, " */
	DATE_START_WORDS = 2,
};

/* An attribution, its lines joined by blanks. */
struct phrase {
	char text[ATTRIBUTION_BYTES];
	size_t len;
};

/* How an attribution begins that says neither "on" nor a date. */
static const char *const quoting[] = {
	"Quoting ",   "Zitat von ", "Zitiere ",    "Citando ",
	"Citant ",    "Citeren ",   "Citat från ", "Citat fra ",
	"Cytowanie ", "Cytuję ",    "Citace ",
};

/* Days of the week, where "on" is not said. */
static const char *const days[] = {
	"Mon",  "Tue",  "Wed",  "Thu",  "Fri",  "Sat",  "Sun",  "* ",
	"ons ", "tis ", "tor ", "fre ", "man ", "tir ", "lør ",
};

static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",  "Aug", "Sep", "Oct",
	"Nov", "Dec", "Mai", "Okt", "Dez", "avr", "août", "déc", "ene", "abr",
	"ago", "mag", "giu", "lug", "set", "ott", "gen",  "年",  "월",
};

static bool
starts_with_one_of(const struct phrase *phrase, const char *const *words,
                   size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (nd_str_starts(phrase->text, words[k]))
			return true;
	return false;
}

#define STARTS(phrase, words) \
	starts_with_one_of(phrase, words, sizeof(words) / sizeof *(words))

static bool
holds_verb(const struct phrase *phrase)
{
	return nd_clientwords_find_wrote(phrase->text, NULL) != NULL;
}

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

/* 1970 to 2099, and what that is in Thailand. */
static bool
is_year(const char *digits)
{
	return nd_str_starts(digits, "19") || nd_str_starts(digits, "20") ||
	       nd_str_starts(digits, "25");
}

static bool
is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

/* "10:11", "10.11", "10h11", "10.11-kor", but not the "10.03" of a date */
static bool
is_time(const char *at, size_t digits, char before)
{
	const char *behind = at + digits + 3;

	if (digits > 2 || !is_one_of(at[digits], ":.hH") ||
	    strspn(at + digits + 1, "0123456789") != 2)
		return false;
	if (at[digits] == ':')
		return true;
	if (*behind == '-' && nd_is_alpha(behind[1]))
		return !is_one_of(before, ".-/");
	return !is_one_of(before, ".-/") && !is_one_of(*behind, ".-/");
}

/* Does a number at at go on with a date, as the "26" of "3/10/26" or of
 * "10. 03. 26" does? */
static bool
continues_date(const char *text, const char *at)
{
	size_t before = (size_t)(at - text);

	if (before > 2 && at[-1] == ' ')
		return at[-2] == '.' && nd_is_digit(at[-3]);
	return before > 1 && is_one_of(at[-1], "/.-") && nd_is_digit(at[-2]);
}

/* A year and a time of day, in whatever language; what stands around digits
 * says what they are. */
static bool
holds_moment(const char *text)
{
	bool year = false, time = false;
	size_t chain = 0; /* "3", "3/10", "3/10/26" */

	for (const char *at = text; *at;) {
		size_t digits = strspn(at, "0123456789");
		char before = at > text ? at[-1] : ' ';

		if (digits == 0) {
			at++;
			continue;
		}
		chain = continues_date(text, at) ? chain + 1 : 1;
		if (digits == 4 ? is_year(at) : digits == 2 && chain == 3)
			year = true;
		time = time || is_time(at, digits, before);
		at += digits;
	}
	return year && time;
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
	return nd_clientwords_has_on(phrase->text) || STARTS(phrase, days) ||
	       STARTS(phrase, quoting) || nd_is_digit(*phrase->text);
}

/*
 * "Tue, 3 …", "Понедельник, 2 …", "2026年": a few words, then digits; more of
 * them ("V V pon., 2. …") where a person follows.
 */
static bool
starts_with_date(const struct phrase *phrase)
{
	size_t words = 0, at = 0;
	size_t most = DATE_START_WORDS + (holds_address(phrase) ? 2 : 0);

	for (; at < phrase->len && at < DATE_START_BYTES; at++) {
		char c = phrase->text[at];

		if (nd_is_digit(c))
			return words <= most;
		if ((unsigned char)c < 0x80 && !nd_is_alpha(c) &&
		    !is_one_of(c, " ,.-'"))
			return false;
		words += c == ' ';
	}
	return false;
}

/* As a name is: few words, and hardly any that begins small ("van der"). */
static bool
is_name(const char *text, size_t len)
{
	size_t words = 0, small = 0;

	for (size_t i = 0; i < len; i++) {
		if (nd_is_space(text[i]) ||
		    (i > 0 && !nd_is_space(text[i - 1])))
			continue;
		words++;
		small += text[i] >= 'a' && text[i] <= 'z';
	}
	return words > 0 && words <= NAME_WORDS && small <= 2 &&
	       (small < words || words == 1) && len <= NAME_BYTES;
}

/* The bytes of "X Y <x@example.org>" at the start; 0 for none. */
static size_t
person(const struct phrase *phrase)
{
	static const char *const referring[] = {"As ",  "Like ", "What ",
	                                        "Wie ", "Was ",  "Comme "};
	size_t open = strcspn(phrase->text, "<([");
	size_t close = open + strcspn(phrase->text + open, ">)]");
	const char *at;

	/* "As X <x@example.org> wrote:" goes on in one's own words. */
	if (STARTS(phrase, referring) || open == 0 || close >= phrase->len ||
	    !is_name(phrase->text, open))
		return 0;
	at = memchr(phrase->text + open, '@', close - open);
	return at && at > phrase->text + open + 1 ? close + 1 : 0;
}

/* "X Y <x@example.org> wrote", and nothing else */
static bool
is_person_who_wrote(const struct phrase *phrase)
{
	size_t len = person(phrase);
	const char *start, *end;

	if (len == 0)
		return false;
	end = nd_clientwords_find_wrote(phrase->text, &start);
	if (!end || start < phrase->text + len)
		return false;
	return start - (phrase->text + len) <= 2 &&
	       strspn(end, " :,()a") == strlen(end);
}

/* "X Y wrote on 3/2/26 10:11:" */
static bool
is_name_who_wrote_at(const struct phrase *phrase)
{
	const char *start;
	const char *end = nd_clientwords_find_wrote(phrase->text, &start);

	return end && start > phrase->text && strlen(end) <= MOMENT_BYTES &&
	       is_name(phrase->text, (size_t)(start - phrase->text)) &&
	       holds_moment(end);
}

/* "X Y 於 2026-03-02 10:11 寫道:": Chinese has when between who and wrote. */
static bool
is_name_at_wrote(const struct phrase *phrase)
{
	static const char *const at[] = {"\xe6\x96\xbc", "\xe4\xba\x8e"};
	const char *found = NULL;

	for (size_t k = 0; !found && k < sizeof at / sizeof *at; k++)
		found = strstr(phrase->text, at[k]);
	return found && nd_clientwords_find_wrote(found, NULL) &&
	       is_name(phrase->text, (size_t)(found - phrase->text)) &&
	       holds_moment(found);
}

static bool
ends_with_colon(const struct phrase *phrase)
{
	return phrase->len > 0 && phrase->text[phrase->len - 1] == ':';
}

/* Blanks, colons and digits that are not ASCII: mail clients write their
 * times in all of them. */
static const struct {
	const char *bytes;
	char first; /* what they stand for */
	unsigned char count;
} sisters[] = {
	{"\xc2\xa0", ' ', 1},      /* no-break space */
	{"\xe2\x80\xaf", ' ', 1},  /* narrow, in front of "AM" */
	{"\xe3\x80\x80", ' ', 1},  /* ideographic */
	{"\xef\xbc\x9a", ':', 1},  /* fullwidth */
	{"\xe2\x88\xb6", ':', 1},  /* ratio, of Evolution */
	{"\xef\xbc\x90", '0', 10}, /* fullwidth */
	{"\xd9\xa0", '0', 10},     /* Arabic */
	{"\xdb\xb0", '0', 10},     /* Persian */
	{"\xe0\xa5\xa6", '0', 10}, /* Devanagari */
	{"\xe0\xa7\xa6", '0', 10}, /* Bengali */
};

/* The ASCII character that (text, len) begins with in other bytes; *used is
 * how many they are. '\0' for none. */
static char
ascii_sister(const char *text, size_t len, size_t *used)
{
	for (size_t k = 0; k < sizeof sisters / sizeof *sisters; k++) {
		const char *bytes = sisters[k].bytes;
		size_t want = strlen(bytes) - 1;
		unsigned offset;

		if (len <= want || memcmp(text, bytes, want) != 0)
			continue;
		offset = (unsigned char)text[want] - (unsigned char)bytes[want];
		if (offset >= sisters[k].count)
			continue;
		*used = want + 1;
		return (char)(sisters[k].first + (int)offset);
	}
	return '\0';
}

static void
add_line(struct phrase *phrase, const char *text, size_t len)
{
	if (phrase->len > 0)
		phrase->text[phrase->len++] = ' ';
	for (size_t i = 0, used; i < len; i += used) {
		char c = '\0';

		used = 1;
		if ((unsigned char)text[i] >= 0x80)
			c = ascii_sister(text + i, len - i, &used);
		phrase->text[phrase->len++] = c ? c : text[i];
	}
	while (phrase->len > 0 && phrase->text[phrase->len - 1] == ' ')
		phrase->len--;
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
		add_line(phrase, text, len);
	}
	phrase->text[phrase->len] = '\0';
	return true;
}

/* "10.03.2026, 10:11, "X" <x@example.org>:", but no line of a log */
static bool
is_moment_and_person(const struct phrase *phrase)
{
	return phrase->len < SHORT_BYTES && holds_address(phrase) &&
	       !strpbrk(phrase->text, "=[]{}|;\\#");
}

/* Somebody with an address or a time of day: what only clients write. */
static bool
is_full(const struct phrase *phrase)
{
	/* No client of English leaves the verb out. */
	static const char *const english[] = {"On ", "At ", "In "};
	bool verb;

	if (!ends_with_colon(phrase))
		return false;
	if (is_person_who_wrote(phrase))
		return true;
	if (!holds_moment(phrase->text))
		return false;
	/* Sought in many languages: asked last. */
	verb = holds_verb(phrase);
	if (starts_with_date(phrase))
		return verb || (is_moment_and_person(phrase) &&
		                !STARTS(phrase, english));
	if (verb && (has_opener(phrase) || person(phrase) > 0))
		return true;
	return is_name_who_wrote_at(phrase) || is_name_at_wrote(phrase) ||
	       (has_opener(phrase) && holds_address(phrase) &&
	        !STARTS(phrase, english));
}

/* Needs no quote below it: a date, somebody who wrote, a colon. */
static bool
is_certain(const struct phrase *phrase)
{
	return ends_with_colon(phrase) &&
	       ((has_opener(phrase) && holds_verb(phrase) &&
	         holds_date(phrase)) ||
	        is_full(phrase));
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
	if (STARTS(phrase, quoting) && holds_date(phrase))
		return true;
	if (phrase->len >= SHORT_BYTES || !holds_verb(phrase))
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
	size_t start = i + 1;

	for (size_t n = 0; n < WRAPPED_LINES && n <= i; n++) {
		struct phrase phrase;

		if (lines->line[i - n].kind != ND_LINE_OWN ||
		    !join(lines, i - n, i, &phrase))
			break;
		/* Alone, the second line of a wrapped one looks likely, too. */
		if (!is_certain(&phrase))
			continue;
		if (holds_date(&phrase))
			return i - n;
		/* A person who wrote; when may stand in the line above. */
		start = i - n;
	}
	if (start <= i)
		return start;
	for (size_t n = 0; quote && n < LIKELY_LINES && n <= i; n++) {
		struct phrase phrase;

		if (lines->line[i - n].kind != ND_LINE_OWN ||
		    !join(lines, i - n, i, &phrase))
			break;
		if (is_likely(&phrase))
			return i - n;
	}
	return i + 1;
}

/* ":" or its fullwidth sister, which is three bytes. */
static bool
line_ends_with_colon(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	while (len > 0 && nd_is_space(text[len - 1]))
		len--;
	return len > 0 &&
	       (text[len - 1] == ':' || (unsigned char)text[len - 1] == 0x9a);
}

/* Most lines are none, and cheaply told. */
static bool
may_end_attribution(const struct nd_lines *lines, size_t i)
{
	return lines->line[i].kind == ND_LINE_OWN &&
	       (line_ends_with_colon(lines, i) || is_quote_below(lines, i));
}

void
nd_attribution_mark(struct nd_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		if (may_end_attribution(lines, i))
			nd_lines_mark(lines, attribution_start(lines, i), i + 1,
			              ND_LINE_ATTRIBUTION);
}

/* Not so "Hi X," above one. */
static bool
may_begin_attribution(const struct nd_lines *lines, size_t i)
{
	struct phrase phrase;

	return join(lines, i, i, &phrase) &&
	       (has_opener(&phrase) || starts_with_date(&phrase) ||
	        strpbrk(phrase.text, "<@"));
}

size_t
nd_attribution_end(const struct nd_lines *lines, size_t i)
{
	struct phrase phrase;

	for (size_t k = i; k < i + WRAPPED_LINES && k < lines->count; k++) {
		if (lines->line[k].kind != ND_LINE_OWN)
			return i;
		if (!line_ends_with_colon(lines, k))
			continue;
		if ((k > i && !may_begin_attribution(lines, i)) ||
		    !join(lines, i, k, &phrase) || !is_full(&phrase))
			return i;
		return k + 1;
	}
	return i;
}
