/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/lineform.h"

#include <string.h>

#include "util/str.h"

enum {
	GREETING_WORDS = 5, /* "Hi Marc and Will," */
	SIGN_OFF_WORDS = 5, /* "Thanks and best regards," */
	TABLE_GAP = 3,      /* blanks that part columns */
	BULLET_DIGITS = 3,  /* "100." is a bullet, "2021." is not */
};

static bool
is_letter(char c)
{
	return nd_is_alpha(c) || (unsigned char)c >= 0x80;
}

/* What people put between words: no sign of code. */
static bool
is_punctuation(char c)
{
	switch (c) {
	case '.':
	case ',':
	case ';':
	case ':':
	case '\'':
	case '"':
	case '(':
	case ')':
	case '-':
	case '?':
	case '!':
	case '`':
	case '\0':
		return true;
	default:
		return false;
	}
}

struct nd_lineform
nd_lineform_read(const char *text, size_t len)
{
	struct nd_lineform shape = {0};
	size_t at = 0, gap = 0;
	bool inside = false;

	for (; at < len && (text[at] == ' ' || text[at] == '\t'); at++)
		shape.indent = text[at] == '\t' ? (shape.indent | 7) + 1
		                                : shape.indent + 1;
	shape.text = text + at;
	shape.len = len - at;
	nd_mem_trim(&shape.text, &shape.len);
	for (size_t i = 0; i < shape.len; i++) {
		char c = shape.text[i];

		if (nd_is_space(c)) {
			gap += c == '\t' ? TABLE_GAP : 1;
			inside = false;
			continue;
		}
		/* Two blanks may follow a full stop, or justify a line. */
		if (gap >= TABLE_GAP)
			shape.gap = true;
		gap = 0;
		if (is_letter(c))
			shape.letters++;
		else if (!is_punctuation(c) && !nd_is_digit(c))
			shape.odd++;
		if (!inside)
			shape.words++;
		inside = true;
	}
	return shape;
}

size_t
nd_lineform_bullet(const char *text, size_t len)
{
	static const char *const signs[] = {"-", "*", "+", "o",
	                                    "•", "·", "–", "‣"};
	size_t at = 0, mark = 0;

	while (at < len && nd_is_space(text[at]))
		at++;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (nd_mem_starts(text + at, len - at, signs[i]))
			mark = strlen(signs[i]);
	if (!mark) {
		bool hash = at < len && text[at] == '#';
		size_t p = at + (hash || (at < len && text[at] == '('));
		size_t digits = 0;

		while (p + digits < len && nd_is_digit(text[p + digits]))
			digits++;
		/* "a) …", "b. …"; not "I. Winter" */
		if (!digits && p + 1 < len && nd_is_alpha(text[p]) &&
		    (text[p + 1] == ')' ||
		     (text[p + 1] == '.' && text[p] >= 'a' && text[p] <= 'h')))
			digits = 1;
		if (digits && digits <= BULLET_DIGITS && p + digits < len &&
		    (text[p + digits] == '.' || text[p + digits] == ')' ||
		     (hash && text[p + digits] == ':')))
			mark = p + digits + 1 - at;
	}
	at += mark;
	if (!mark || at >= len || !nd_is_space(text[at]))
		return 0;
	while (at < len && nd_is_space(text[at]))
		at++;
	return at < len ? at : 0;
}

bool
nd_lineform_ends(const struct nd_lineform *shape, const char *set)
{
	return shape->len && strchr(set, shape->text[shape->len - 1]);
}

/* The word at text, compared without regard to case. */
static bool
starts_word(const struct nd_lineform *shape, const char *word)
{
	size_t len;

	if (!nd_mem_starts_nocase(shape->text, shape->len, word))
		return false;
	len = strlen(word);
	return len == shape->len || !is_letter(shape->text[len]);
}

static bool
starts_any(const struct nd_lineform *shape, const char *const *words)
{
	for (; *words; words++)
		if (starts_word(shape, *words))
			return true;
	return false;
}

bool
nd_lineform_is_indented(const char *text, size_t len)
{
	enum { INDENT = 4 };
	size_t blanks = 0;

	while (blanks < len && text[blanks] == ' ')
		blanks++;
	return blanks >= INDENT || (blanks < len && text[blanks] == '\t');
}

bool
nd_lineform_is_greeting(const struct nd_lineform *shape)
{
	static const char *const words[] = {"hi",
	                                    "hello",
	                                    "hey",
	                                    "dear",
	                                    "hallo",
	                                    "moin",
	                                    "bonjour",
	                                    "salut",
	                                    "hola",
	                                    "good morning",
	                                    "folks",
	                                    "liebe",
	                                    "guten tag",
	                                    "guten morgen",
	                                    "lieber",
	                                    "howdy",
	                                    "greetings",
	                                    "sehr geehrte",
	                                    "здравствуйте",
	                                    "你好",
	                                    "您好",
	                                    "こんにちは",
	                                    NULL};

	/* A comma inside: it goes on with what the mail says. */
	return shape->words <= GREETING_WORDS && starts_any(shape, words) &&
	       (shape->words <= 3 || nd_lineform_ends(shape, ",!.:")) &&
	       !memchr(shape->text, ',', shape->len - 1);
}

/* "Thanks, Marc", "Thanks for looking"; not "Thanks, applied." */
static bool
is_empty_behind(const struct nd_lineform *shape, size_t at)
{
	static const char *const words[] = {
		"for",   "in advance", "and",       "a lot",
		"again", "so much",    "very much", NULL};
	struct nd_lineform rest = *shape;

	while (at < shape->len && !is_letter(shape->text[at]))
		at++;
	rest.text += at;
	rest.len -= at;
	return !rest.len || (rest.text[0] >= 'A' && rest.text[0] <= 'Z') ||
	       starts_any(&rest, words);
}

/* "Ciao, Ada (with her maintainer's hat on)": few words before the aside */
static bool
is_short_before_aside(const struct nd_lineform *shape)
{
	const char *aside = memchr(shape->text, '(', shape->len);
	unsigned words = 1;

	if (!aside || shape->text[shape->len - 1] != ')')
		return false;
	for (const char *at = shape->text; at + 1 < aside; at++)
		words += *at == ' ';
	return words <= SIGN_OFF_WORDS;
}

bool
nd_lineform_is_sign_off(const struct nd_lineform *shape)
{
	static const char *const words[] = {
		"thanks",       "thank you",    "thx",
		"many thanks",  "regards",      "best",
		"best regards", "kind regards", "warm regards",
		"with regards", "cheers",       "br",
		"rgds",         "brgds",        "sincerely",
		"yours",        "all the best", "ciao",
		"take care",    "viele grüße",  "mit freundlichen",
		"mfg",          "gruß",         "gruss",
		"danke",        "cordialement", "amicalement",
		"merci",        "saludos",      "gracias",
		"bye",          "good luck",    "cu",
		"谢谢",         "よろしく",     NULL};

	if (shape->words > SIGN_OFF_WORDS && !is_short_before_aside(shape))
		return false;
	for (const char *const *w = words; *w; w++)
		if (starts_word(shape, *w) &&
		    is_empty_behind(shape, strlen(*w)))
			return true;
	return false;
}

/* "Reviewed-by: X <x@y>", "Fixes: 1234567 (…)", "Cc: …". */
bool
nd_lineform_is_trailer(const struct nd_lineform *shape)
{
	static const char *const keys[] = {
		"Fixes", "Link",    "Cc",         "CC",      "Closes",
		"To",    "BugLink", "References", "Subject", "From",
		"Date",  "URL",     "Message-Id", "Commit",  NULL};
	size_t key = 0;
	bool hyphen = false;

	while (key < shape->len &&
	       (is_letter(shape->text[key]) || shape->text[key] == '-'))
		hyphen |= shape->text[key++] == '-';
	if (!key || key + 1 >= shape->len || shape->text[key] != ':' ||
	    !nd_is_space(shape->text[key + 1]))
		return false;
	if (hyphen && key > 3 && nd_is_alpha(shape->text[0]) &&
	    (memchr(shape->text, '@', shape->len) ||
	     nd_mem_equal_nocase(shape->text + key - 3, "-by", 3) ||
	     nd_mem_equal_nocase(shape->text + key - 3, "-id", 3)))
		return true;
	for (const char *const *k = keys; *k; k++)
		if (strlen(*k) == key && !memcmp(*k, shape->text, key))
			return true;
	return false;
}

static bool
is_url(const char *text, size_t len)
{
	static const char *const schemes[] = {"http://", "https://", "git://",
	                                      "ssh://",  "ftp://",   "<http",
	                                      "(http",   "git@",     "mailto:"};

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (nd_mem_starts_nocase(text, len, schemes[i]))
			return true;
	return false;
}

bool
nd_lineform_is_url(const struct nd_lineform *form)
{
	return form->words <= 2 && is_url(form->text, form->len);
}

/* "[1] https://…", "[2]: the spec": what a sentence before refers to. */
bool
nd_lineform_is_footnote(const struct nd_lineform *shape)
{
	size_t at = 1;

	if (!shape->len || shape->text[0] != '[')
		return false;
	while (at < shape->len && nd_is_digit(shape->text[at]))
		at++;
	return at > 1 && at < shape->len && shape->text[at] == ']';
}

/* "WARNING: bad spinlock", "Modules linked in: ring": what programs and kernels say
 * when they fail. */
static bool
is_of_report(const struct nd_lineform *shape)
{
	static const char *const heads[] = {
		"CHECK: ", "CPU: ",     "Call Trace:", "Call trace:",
		"DEBUG: ", "ERROR: ",   "FATAL: ",     "Hardware name",
		"INFO: ",  "WARNING: ", "Workqueue: ", "Modules linked in",
	};

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		if (nd_mem_starts(shape->text, shape->len, heads[i]))
			return true;
	return false;
}

/* "iodepth=32", of a file of settings */
static bool
is_setting(const struct nd_lineform *shape)
{
	const char *sign = memchr(shape->text, '=', shape->len);

	if (!sign || shape->words != 1 || !is_letter(*shape->text))
		return false;
	for (const char *at = shape->text; at < sign; at++)
		if (!is_letter(*at) && !nd_is_digit(*at) && !strchr("._-", *at))
			return false;
	return sign + 1 < shape->text + shape->len;
}

bool
nd_lineform_is_code(const struct nd_lineform *shape, bool inside)
{
	static const char *const starts[] = {
		"$ ", "# ", "+",        "@@",      "diff ", "/*", "*/",
		"//", "<!", "#include", "#define", "~$",    "</", "{",
		"}",  "|",  "PASS",     "FAIL",    "#!"};

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (nd_mem_starts(shape->text, shape->len, starts[i]))
			return true;
	if (is_of_report(shape))
		return true;
	/* "[   12.345678] Unable to handle" */
	if (shape->len > 2 && shape->text[0] == '[' &&
	    (shape->text[1] == ' ' || nd_is_digit(shape->text[1])) &&
	    memchr(shape->text, '.', shape->len < 10 ? shape->len : 10))
		return true;
	if (nd_lineform_ends(shape, "{}\\|=&") || is_setting(shape))
		return true;
	if (nd_lineform_ends(shape, ";") &&
	    (memchr(shape->text, '=', shape->len) ||
	     (shape->len > 1 && shape->text[shape->len - 2] == ')')))
		return true;
	/* A sentence may wrap so that a line holds little but numbers. */
	if (inside)
		return 3 * shape->letters < shape->len;
	/* Few letters, many signs: dumps, tables, art. */
	return 2 * shape->letters < shape->len ||
	       5 * shape->odd > shape->letters + 5;
}

/* The highest N of "vN" in the line, -1 when it speaks of no version. */
int
nd_lineform_version(const struct nd_lineform *shape)
{
	int highest = -1;

	for (size_t i = 0; i + 1 < shape->len; i++) {
		int version = 0;

		if ((shape->text[i] != 'v' && shape->text[i] != 'V') ||
		    (i && is_letter(shape->text[i - 1])))
			continue;
		for (size_t k = i + 1;
		     k < shape->len && k < i + 5 && nd_is_digit(shape->text[k]);
		     k++)
			version = 10 * version + shape->text[k] - '0';
		if (nd_is_digit(shape->text[i + 1]) && version > highest)
			highest = version;
	}
	if (highest < 0 &&
	    (nd_mem_find_nocase(shape->text, shape->len, "version") ||
	     nd_mem_find_nocase(shape->text, shape->len, "rfc")))
		highest = 0;
	/* "Changes since v2" made v3. */
	if (nd_mem_find_nocase(shape->text, shape->len, "since") ||
	    nd_mem_find_nocase(shape->text, shape->len, "from"))
		highest += highest >= 0;
	return highest;
}

/* "Changes since v1:", "* From v1 [2]:", "v2 -> v3:", "History:", "v2:". */
bool
nd_lineform_is_changelog(const struct nd_lineform *line)
{
	static const char *const alone[] = {
		"changelog",        "change log",
		"history",          "changes",
		"revision history", "version history",
		"patch history",    NULL};
	static const char *const versioned[] = {
		"changes",       "change",
		"since",         "from",
		"in v",          "new in",
		"diff",          "differences",
		"updates",       "what's",
		"changed",       "compared",
		"changelog",     "major changes",
		"main changes",  "notable changes",
		"other changes", NULL};
	struct nd_lineform shape = *line;
	size_t bullet = nd_lineform_bullet(shape.text, shape.len);

	shape.text += bullet;
	shape.len -= bullet;
	if (shape.len > ND_LINEFORM_HEAD_BYTES)
		return false;
	/* "[Changelog]" */
	if (shape.len > 0 && shape.text[0] == '[' &&
	    nd_lineform_ends(&shape, "]")) {
		shape.text++;
		shape.len--;
	}
	if (shape.words <= 3 && starts_any(&shape, alone))
		return true;
	if (shape.len > 1 && nd_lower(shape.text[0]) == 'v' &&
	    nd_is_digit(shape.text[1]))
		return nd_lineform_ends(&shape, ":") || shape.words == 1 ||
		       nd_mem_find_nocase(shape.text, shape.len, "->") ||
		       memchr(shape.text, ':', shape.len < 8 ? shape.len : 8);
	return (nd_lineform_ends(&shape, ":]") || shape.words <= 4) &&
	       starts_any(&shape, versioned) &&
	       nd_lineform_version(&shape) >= 0;
}

bool
nd_lineform_is_heading(const struct nd_lineform *form)
{
	enum { LETTERS_MIN = 2, WORDS_MAX = 6 };

	if (form->len < 2 || form->text[0] != '[' ||
	    form->text[form->len - 1] != ']' || form->words > WORDS_MAX ||
	    form->letters < LETTERS_MIN)
		return false;
	for (size_t i = 1; i + 1 < form->len; i++)
		if (!(form->text[i] >= 'A' && form->text[i] <= 'Z') &&
		    !strchr(" _-/&", form->text[i]))
			return false;
	return true;
}

/* "Marc Zyngier (5):", the head of git's shortlog */
bool
nd_lineform_is_commit(const struct nd_lineform *form, bool inside)
{
	enum { DIGITS_MIN = 7, DIGITS_MAX = 40 };
	size_t len = 0;
	bool digit = false, letter = false;

	while (len < form->len &&
	       (nd_is_digit(form->text[len]) ||
	        (form->text[len] >= 'a' && form->text[len] <= 'f'))) {
		digit |= nd_is_digit(form->text[len]);
		letter |= !nd_is_digit(form->text[len]);
		len++;
	}
	if (!digit || !letter || len < DIGITS_MIN || len > DIGITS_MAX ||
	    len + 2 >= form->len || form->text[len] != ' ')
		return false;
	/* 'in 708884e7f7f3 ("foo: use bar")' may be wrapped before it. */
	if (form->text[len + 1] == '(')
		return false;
	return !inside || nd_mem_find(form->text, form->len, ": ");
}

bool
nd_lineform_is_log_head(const struct nd_lineform *form, bool inside)
{
	static const char *const heads[] = {
		"Author: ",     "AuthorDate: ", "Commit: ",
		"CommitDate: ", "Date: ",       "Merge: "};
	static const char commit[] = "commit ";
	size_t at = sizeof commit - 1;

	for (size_t i = 0; inside && i < sizeof heads / sizeof *heads; i++)
		if (nd_mem_starts(form->text, form->len, heads[i]))
			return true;
	if (!nd_mem_starts(form->text, form->len, commit))
		return false;
	while (at < form->len &&
	       (nd_is_digit(form->text[at]) ||
	        (form->text[at] >= 'a' && form->text[at] <= 'f')))
		at++;
	return at == form->len && at >= sizeof commit - 1 + 7;
}

bool
nd_lineform_is_shortlog(const struct nd_lineform *shape)
{
	return shape->len > 4 && nd_lineform_ends(shape, ":") &&
	       shape->text[shape->len - 2] == ')' &&
	       nd_is_digit(shape->text[shape->len - 3]) && shape->words <= 6;
}

/* Words enough, and hardly a sign that people do not use in sentences. */
bool
nd_lineform_reads_well(const struct nd_lineform *shape)
{
	return shape->words >= 5 && shape->odd <= 2 && !shape->gap;
}
