/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/prose.h"

#include <stdbool.h>
#include <string.h>

#include "util/str.h"
#include "util/utf8.h"

enum {
	INDENT_CODE = 4,    /* columns from which a new block is no prose */
	GREETING_WORDS = 5, /* "Hi Marc and Will," */
	SIGN_OFF_LINES = 3, /* name, role, company */
	SIGN_OFF_WORDS = 5, /* "Thanks and best regards," */
	HEADER_BYTES = 72,  /* of "Changes since v1 [1]:" */
	TABLE_GAP = 3,      /* blanks that part columns */
	BULLET_DIGITS = 3,  /* "100." is a bullet, "2021." is not */
};

/* What a line looks like by itself. */
struct shape {
	const char *text; /* without blanks around it */
	size_t len;
	unsigned indent; /* columns */
	unsigned words;
	unsigned letters; /* bytes of letters, any script */
	unsigned odd;     /* bytes that are neither letters nor plain text */
	bool gap;         /* has columns */
};

/* What the lines before the current one have begun. */
struct walk {
	const struct nd_body *body;
	uint8_t *mark;
	enum { PLAIN, CHANGELOG, OLD_CHANGELOG, SHORTLOG, SIGNED_OFF } mode;
	bool open;            /* the line before belongs to a paragraph */
	unsigned item_indent; /* of the list item that is open */
	bool in_item;
	bool blank_before;
	bool ended; /* the line before ends like a sentence or heading */
	int newest; /* version a changelog of the mail speaks of */
	int names;  /* lines that may still follow a sign-off */
};

static bool
is_letter(char c)
{
	return nd_is_alpha(c) || (unsigned char)c >= 0x80;
}

static struct shape
shape_of(const char *text, size_t len)
{
	struct shape shape = {0};
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
		else if (!strchr(".,;:'\"()-?!`", c) && !nd_is_digit(c))
			shape.odd++;
		if (!inside)
			shape.words++;
		inside = true;
	}
	return shape;
}

size_t
nd_prose_bullet(const char *text, size_t len)
{
	static const char *const signs[] = {"-", "*", "+", "o",
	                                    "•", "·", "–", "‣"};
	size_t at = 0, mark = 0, digits = 0;

	while (at < len && nd_is_space(text[at]))
		at++;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (nd_mem_starts(text + at, len - at, signs[i]))
			mark = strlen(signs[i]);
	if (!mark) {
		size_t p = at + (at < len && text[at] == '(');

		while (p + digits < len && nd_is_digit(text[p + digits]))
			digits++;
		if (!digits && p + 1 < len && nd_is_alpha(text[p]) &&
		    text[p + 1] == ')')
			digits = 1; /* "a) …" */
		if (digits && digits <= BULLET_DIGITS && p + digits < len &&
		    (text[p + digits] == '.' || text[p + digits] == ')'))
			mark = p + digits + 1 - at;
	}
	at += mark;
	if (!mark || at >= len || !nd_is_space(text[at]))
		return 0;
	while (at < len && nd_is_space(text[at]))
		at++;
	return at < len ? at : 0;
}

static bool
ends_with(const struct shape *shape, const char *set)
{
	return shape->len && strchr(set, shape->text[shape->len - 1]);
}

/* The word at text, compared without regard to case. */
static bool
starts_word(const struct shape *shape, const char *word)
{
	size_t len = strlen(word);

	return nd_mem_starts_nocase(shape->text, shape->len, word) &&
	       (len == shape->len || !is_letter(shape->text[len]));
}

static bool
starts_any(const struct shape *shape, const char *const *words)
{
	for (; *words; words++)
		if (starts_word(shape, *words))
			return true;
	return false;
}

static bool
is_greeting(const struct shape *shape)
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
	       (shape->words <= 3 || ends_with(shape, ",!.:")) &&
	       !memchr(shape->text, ',', shape->len - 1);
}

/* "Thanks, Marc", "Thanks for looking"; not "Thanks, applied." */
static bool
is_empty_behind(const struct shape *shape, size_t at)
{
	static const char *const words[] = {
		"for",   "in advance", "and",       "a lot",
		"again", "so much",    "very much", NULL};
	struct shape rest = *shape;

	while (at < shape->len && !is_letter(shape->text[at]))
		at++;
	rest.text += at;
	rest.len -= at;
	return !rest.len || (rest.text[0] >= 'A' && rest.text[0] <= 'Z') ||
	       starts_any(&rest, words);
}

static bool
is_sign_off(const struct shape *shape)
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

	for (const char *const *w = words; *w; w++)
		if (shape->words <= SIGN_OFF_WORDS && starts_word(shape, *w) &&
		    is_empty_behind(shape, strlen(*w)))
			return true;
	return false;
}

/* "Reviewed-by: X <x@y>", "Fixes: 1234567 (…)", "Cc: …". */
static bool
is_trailer(const struct shape *shape)
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

/* "[1] https://…", "[2]: the spec": what a sentence before refers to. */
static bool
is_footnote(const struct shape *shape)
{
	size_t at = 1;

	if (!shape->len || shape->text[0] != '[')
		return false;
	while (at < shape->len && nd_is_digit(shape->text[at]))
		at++;
	return at > 1 && at < shape->len && shape->text[at] == ']';
}

static bool
is_code(const struct shape *shape, bool inside)
{
	static const char *const starts[] = {
		"$ ", "# ", "+",        "@@",      "diff ", "/*", "*/",
		"//", "<!", "#include", "#define", "~$",    "</", "{",
		"}",  "|",  "PASS",     "FAIL",    "#!"};

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (nd_mem_starts(shape->text, shape->len, starts[i]))
			return true;
	/* "[   12.345678] Unable to handle" */
	if (shape->len > 2 && shape->text[0] == '[' &&
	    (shape->text[1] == ' ' || nd_is_digit(shape->text[1])) &&
	    memchr(shape->text, '.', shape->len < 10 ? shape->len : 10))
		return true;
	if (ends_with(shape, "{}\\|=&"))
		return true;
	if (ends_with(shape, ";") &&
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
static int
highest_version(const struct shape *shape)
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
static bool
is_changelog_head(const struct shape *line)
{
	static const char *const alone[] = {
		"changelog",        "change log",
		"history",          "changes",
		"revision history", "version history",
		"patch history",    NULL};
	static const char *const versioned[] = {
		"changes", "change",   "since",       "from",    "in v",
		"new in",  "diff",     "differences", "updates", "what's",
		"changed", "compared", "changelog",   NULL};
	struct shape shape = *line;
	size_t bullet = nd_prose_bullet(shape.text, shape.len);

	shape.text += bullet;
	shape.len -= bullet;
	if (shape.len > HEADER_BYTES)
		return false;
	if (starts_any(&shape, alone) && shape.words <= 3)
		return true;
	if (highest_version(&shape) < 0)
		return false;
	if ((shape.text[0] == 'v' || shape.text[0] == 'V') &&
	    nd_is_digit(shape.text[1]))
		return ends_with(&shape, ":") || shape.words == 1 ||
		       nd_mem_find_nocase(shape.text, shape.len, "->") ||
		       memchr(shape.text, ':', shape.len < 8 ? shape.len : 8);
	return starts_any(&shape, versioned) &&
	       (ends_with(&shape, ":]") || shape.words <= 4);
}

/* "Marc Zyngier (5):", the head of git's shortlog */
static bool
is_shortlog_head(const struct shape *shape)
{
	return shape->len > 4 && ends_with(shape, ":") &&
	       shape->text[shape->len - 2] == ')' &&
	       nd_is_digit(shape->text[shape->len - 3]) && shape->words <= 6;
}

/* Words enough, and hardly a sign that people do not use in sentences. */
static bool
reads_well(const struct shape *shape)
{
	return shape->words >= 5 && shape->odd <= 2 && !shape->gap;
}

static void
set_mark(struct walk *walk, size_t i, enum nd_prose mark, unsigned indent)
{
	walk->mark[i] = (uint8_t)mark;
	walk->open = mark != ND_PROSE_NONE;
	if (mark == ND_PROSE_ITEM || mark == ND_PROSE_NEWS) {
		walk->in_item = true;
		walk->item_indent = indent;
	} else if (mark != ND_PROSE_MORE) {
		walk->in_item = false;
	}
	walk->blank_before = false;
}

/* Only the newest version's changes are news. */
static void
begin_changelog(struct walk *walk, const struct shape *head)
{
	int version = highest_version(head);

	walk->mode = version >= 0 && version < walk->newest ? OLD_CHANGELOG
	                                                    : CHANGELOG;
}

/* A line inside a changelog; returns false when the log has ended. */
static bool
mark_change(struct walk *walk, size_t i, const struct shape *shape)
{
	bool item = nd_prose_bullet(shape->text, shape->len) > 0;

	if (is_changelog_head(shape)) {
		begin_changelog(walk, shape);
		set_mark(walk, i, ND_PROSE_NONE, 0);
		return true;
	}
	if (!item && !shape->indent && walk->blank_before) {
		walk->mode = PLAIN;
		return false;
	}
	if (walk->mode == OLD_CHANGELOG || is_code(shape, false))
		set_mark(walk, i, ND_PROSE_NONE, 0);
	else if (item)
		set_mark(walk, i, ND_PROSE_NEWS, shape->indent);
	else
		set_mark(walk, i,
		         walk->open && !walk->blank_before ? ND_PROSE_MORE
		                                           : ND_PROSE_NONE,
		         0);
	return true;
}

static bool
is_never_prose(const struct shape *shape, bool inside)
{
	return is_trailer(shape) || is_footnote(shape) || is_greeting(shape) ||
	       (is_url(shape->text, shape->len) && shape->words <= 2) ||
	       shape->gap || is_code(shape, inside);
}

/* A wrapped sentence can have a dash where its next line begins. */
static bool
is_dash(const struct walk *walk, const struct shape *shape)
{
	return walk->open && !walk->blank_before && !walk->in_item &&
	       !walk->ended && shape->text[0] == '-' && shape->len > 2 &&
	       shape->text[2] >= 'a' && shape->text[2] <= 'z';
}

static void
mark_plain(struct walk *walk, size_t i, const struct shape *shape)
{
	bool item = nd_prose_bullet(shape->text, shape->len) > 0;

	if (is_never_prose(shape, walk->open)) {
		set_mark(walk, i, ND_PROSE_NONE, 0);
		return;
	}
	if (item && !is_dash(walk, shape)) {
		set_mark(walk, i, ND_PROSE_ITEM, shape->indent);
		return;
	}
	if (walk->open && !walk->blank_before && !walk->body->line[i].fixed) {
		set_mark(walk, i, ND_PROSE_MORE, 0);
		return;
	}
	if (shape->indent >= INDENT_CODE && !reads_well(shape)) {
		set_mark(walk, i, ND_PROSE_NONE, 0);
		return;
	}
	set_mark(walk, i, ND_PROSE_START, 0);
}

static void
mark_line(struct walk *walk, size_t i)
{
	const struct nd_line *line = &walk->body->line[i];
	struct shape shape =
		shape_of(walk->body->text + line->start, line->len);

	if (walk->mode == SIGNED_OFF) {
		/* Behind it only names; a longer line is a postscript. */
		if (shape.words <= 4 && !ends_with(&shape, ".?!") &&
		    walk->names-- > 0) {
			set_mark(walk, i, ND_PROSE_NONE, 0);
			return;
		}
		walk->mode = PLAIN;
	}
	if (walk->mode == SHORTLOG) {
		if (shape.indent || is_shortlog_head(&shape)) {
			set_mark(walk, i, ND_PROSE_NONE, 0);
			return;
		}
		walk->mode = PLAIN;
	}
	if ((walk->mode == CHANGELOG || walk->mode == OLD_CHANGELOG) &&
	    mark_change(walk, i, &shape))
		return;
	if (is_changelog_head(&shape))
		begin_changelog(walk, &shape);
	else if (is_shortlog_head(&shape))
		walk->mode = SHORTLOG;
	else if (is_sign_off(&shape))
		walk->mode = SIGNED_OFF;
	walk->names = SIGN_OFF_LINES;
	if (walk->mode != PLAIN)
		set_mark(walk, i, ND_PROSE_NONE, 0);
	else
		mark_plain(walk, i, &shape);
	walk->ended = ends_with(&shape, ".:;!?,");
}

static bool
is_blank(const struct nd_body *body, const struct nd_line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!nd_is_space(body->text[line->start + i]))
			return false;
	return true;
}

/* Logs are found newest first and oldest first. */
static int
newest_changelog(const struct nd_body *body)
{
	int newest = -1;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		struct shape shape;
		int version;

		if (line->kind != ND_LINE_OWN || line->len > HEADER_BYTES)
			continue;
		shape = shape_of(body->text + line->start, line->len);
		if (!is_changelog_head(&shape))
			continue;
		version = highest_version(&shape);
		newest = version > newest ? version : newest;
	}
	return newest;
}

void
nd_prose_mark(const struct nd_body *body, uint8_t *mark)
{
	struct walk walk = {.body = body,
	                    .mark = mark,
	                    .mode = PLAIN,
	                    .newest = newest_changelog(body)};

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		mark[i] = ND_PROSE_NONE;
		if (line->kind == ND_LINE_BLANK ||
		    (line->kind == ND_LINE_OWN && is_blank(body, line))) {
			walk.blank_before = true;
			walk.open = false;
		} else if (line->kind == ND_LINE_OWN) {
			mark_line(&walk, i);
		} else {
			/* A quote or diff ends what was being said. */
			walk.open = false;
			walk.blank_before = true;
			walk.mode = PLAIN;
		}
	}
}
