/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/prose.h"

#include <stdbool.h>
#include <string.h>

#include "text/lineform.h"
#include "util/str.h"

enum {
	INDENT_CODE = 4,    /* columns from which a new block is not prose */
	SIGN_OFF_LINES = 3, /* name, role, company */
	WRAPPED_BYTES = 40, /* a shorter line was ended by its writer */
	HEADING_WORDS = 5,  /* at most */
	TALLY_PAIRS = 3,    /* that only a program counts */
	VALUES_MIN = 3,     /* lines of values in a row */
	VALUE_BYTES = 60,   /* of such a line */
	CODE_BYTES = 100,   /* of a line of code that a sentence announces */
};

/* What the lines before the current one have begun. */
struct walk {
	const struct nd_body *body;
	uint8_t *mark;
	enum { PLAIN, CHANGELOG, OLD_CHANGELOG, SHORTLOG, SIGNED_OFF } mode;
	bool open;            /* the line before belongs to a paragraph */
	unsigned item_indent; /* of the list item that is open */
	bool in_item;
	bool in_comment; /* of code, that an earlier line has begun */
	bool blank_before;
	bool ended;     /* the line before ends like a sentence or heading */
	bool announces; /* it ends with a colon */
	bool headed;    /* right below the head of a changelog */
	int newest;     /* version a changelog of the mail speaks of */
	int names;      /* lines that may still follow a sign-off */
};

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
begin_changelog(struct walk *walk, const struct nd_lineform *head)
{
	int version = nd_lineform_version(head);

	walk->mode = version >= 0 && version < walk->newest ? OLD_CHANGELOG
	                                                    : CHANGELOG;
	walk->headed = true;
}

/* "Changes since v1:", and words on all of them above the list */
static bool
leads_to_changes(const struct walk *walk)
{
	return walk->mode == OLD_CHANGELOG && walk->headed;
}

/* A line inside a changelog; returns false when the log has ended. */
static bool
mark_change(struct walk *walk, size_t i, const struct nd_lineform *shape)
{
	bool item = nd_lineform_bullet(shape->text, shape->len) > 0;

	if (nd_lineform_is_changelog(shape)) {
		begin_changelog(walk, shape);
		set_mark(walk, i, ND_PROSE_NONE, 0);
		return true;
	}
	if (!item && !shape->indent && walk->blank_before &&
	    !leads_to_changes(walk)) {
		walk->mode = PLAIN;
		return false;
	}
	walk->headed = false;
	if (walk->mode == OLD_CHANGELOG || nd_lineform_is_code(shape, false))
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
is_never_prose(const struct nd_lineform *shape, bool inside)
{
	return nd_lineform_is_trailer(shape) ||
	       nd_lineform_is_footnote(shape) ||
	       nd_lineform_is_greeting(shape) || nd_lineform_is_url(shape) ||
	       nd_lineform_is_heading(shape) ||
	       nd_lineform_is_commit(shape, inside) || shape->gap ||
	       nd_lineform_is_code(shape, inside);
}

/* Is the sentence of the line before not at its end yet? */
static bool
is_unfinished(const struct walk *walk)
{
	return walk->open && !walk->blank_before && !walk->ended;
}

/* "[2]:" alone, at the end of a sentence that was wrapped before it. */
static bool
is_reference(const struct walk *walk, const struct nd_lineform *shape)
{
	return is_unfinished(walk) && nd_lineform_is_footnote(shape) &&
	       shape->len > 2 && shape->text[shape->len - 2] == ']' &&
	       nd_lineform_ends(shape, ":.");
}

/* "#syz fix: foo: use bar": to a program that reads the mail */
static bool
is_command(const struct nd_lineform *shape)
{
	return shape->len > 1 && shape->text[0] == '#' &&
	       nd_is_alpha(shape->text[1]);
}

/* A wrapped sentence can have a dash where its next line begins. */
static bool
is_dash(const struct walk *walk, const struct nd_lineform *shape)
{
	return is_unfinished(walk) && !walk->in_item && shape->text[0] == '-' &&
	       shape->len > 2 && shape->text[2] >= 'a' && shape->text[2] <= 'z';
}

static bool
is_blank(const struct nd_body *body, const struct nd_line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!nd_is_space(body->text[line->start + i]))
			return false;
	return true;
}

static bool
is_blank_line(const struct walk *walk, size_t i)
{
	const struct nd_line *line = &walk->body->line[i];

	return line->kind == ND_LINE_BLANK ||
	       (line->kind == ND_LINE_OWN && is_blank(walk->body, line));
}

/* "It is what would": a sentence goes on behind such a word. */
static bool
leads_on(const struct nd_lineform *head)
{
	static const char *const words[] = {
		"a",    "an",   "the",  "to",   "of",    "in",    "on",
		"for",  "and",  "or",   "but",  "with",  "by",    "from",
		"is",   "are",  "was",  "were", "be",    "would", "will",
		"can",  "not",  "that", "this", "your",  "my",    "as",
		"than", "at",   "into", "if",   "when",  "which", "could",
		"may",  "must", "has",  "have", "should"};
	size_t start = head->len;

	while (start && !nd_is_space(head->text[start - 1]))
		start--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_is_nocase(head->text + start, head->len - start,
		                     words[i]))
			return true;
	return nd_mem_find(head->text, head->len, ". ");
}

/*
 * "No error handling", and a longer line below it that begins with a capital:
 * what its writer ended before it was full is a heading.
 */
static bool
is_below_heading(const struct walk *walk, size_t i,
                 const struct nd_lineform *shape)
{
	const struct nd_line *above = &walk->body->line[i - 1];
	struct nd_lineform head =
		nd_lineform_read(walk->body->text + above->start, above->len);

	return (walk->mark[i - 1] == ND_PROSE_START ||
	        walk->mark[i - 1] == ND_PROSE_ITEM) &&
	       head.words <= HEADING_WORDS && above->len < WRAPPED_BYTES &&
	       !walk->ended && nd_is_alpha(head.text[head.len - 1]) &&
	       !leads_on(&head) && shape->len > 2 * above->len &&
	       *shape->text >= 'A' && *shape->text <= 'Z' && shape->len > 1 &&
	       shape->text[1] >= 'a' && shape->text[1] <= 'z';
}

/*
 * Format=flowed and HTML say which lines are one; what passed a program that
 * wraps lines, or a writer who does, shows by its form that it goes on.
 */
static bool
goes_on(const struct walk *walk, size_t i, const struct nd_lineform *shape)
{
	if (!walk->open || walk->blank_before ||
	    is_below_heading(walk, i, shape))
		return false;
	return !walk->body->line[i].fixed ||
	       (!walk->ended && walk->body->line[i - 1].len >= WRAPPED_BYTES &&
	        *shape->text >= 'a' && *shape->text <= 'z');
}

/*
 * A link on a line of its own belongs to the sentence that announces it, or
 * that it stands in. Returns false when there is no such sentence.
 */
static bool
mark_link(struct walk *walk, size_t i)
{
	if (!walk->announces && !is_unfinished(walk))
		return false;
	for (size_t k = i; walk->announces && k && is_blank_line(walk, k - 1);)
		walk->mark[--k] = ND_PROSE_MORE;
	set_mark(walk, i, ND_PROSE_MORE, 0);
	if (walk->announces)
		walk->open = false;
	return true;
}

static bool
is_own(const struct walk *walk, size_t i)
{
	return i < walk->body->line_count &&
	       walk->body->line[i].kind == ND_LINE_OWN;
}

static bool
looks_like_code(const struct walk *walk, size_t i)
{
	struct nd_lineform shape;

	if (!is_own(walk, i))
		return false;
	shape = nd_lineform_read(walk->body->text + walk->body->line[i].start,
	                         walk->body->line[i].len);
	return nd_lineform_is_code(&shape, false);
}

/* Does no more code come behind it, right away or below a blank line? */
static bool
stands_alone(const struct walk *walk, size_t i)
{
	size_t next = i + 1;

	while (next < walk->body->line_count && is_blank_line(walk, next))
		next++;
	if (next == i + 1 && is_own(walk, next))
		return false;
	/* "static void reset(void)" is none, but the bracket below it. */
	return !looks_like_code(walk, next) && !looks_like_code(walk, next + 1);
}

/* "You could try:", and a single line that says what, no sentence. */
static bool
is_announced_code(const struct walk *walk, size_t i,
                  const struct nd_lineform *shape)
{
	return walk->announces && stands_alone(walk, i) &&
	       shape->len <= CODE_BYTES && !nd_lineform_is_trailer(shape) &&
	       !nd_lineform_is_footnote(shape) &&
	       (nd_lineform_is_code(shape, false) ||
	        !nd_lineform_ends(shape, ".?!:,"));
}

/* The bytes of "EAL:" or "foo.c:12:", with which programs begin lines; or 0. */
static size_t
printed_head(const struct walk *walk, size_t i, const char **text)
{
	const struct nd_line *line = &walk->body->line[i];
	size_t len = 0, start = 0;

	if (line->kind != ND_LINE_OWN)
		return 0;
	*text = walk->body->text + line->start;
	while (start < line->len && nd_is_space((*text)[start]))
		start++;
	*text += start;
	while (start + len < line->len && !nd_is_space((*text)[len]))
		len++;
	return len > 1 && (*text)[len - 1] == ':' ? len : 0;
}

/* Does a line a step further have the same head? */
static bool
has_head(const struct walk *walk, size_t i, const char *head, size_t len)
{
	const char *other;

	return i < walk->body->line_count &&
	       printed_head(walk, i, &other) == len &&
	       memcmp(other, head, len) == 0;
}

/* "* mips: 34 total, 27 passed, 7 failed": a head, and how many numbers of things
 * behind it. */
static size_t
tally(const struct walk *walk, size_t i)
{
	const struct nd_line *line;
	const char *text, *end;
	size_t pairs = 0;

	if (i >= walk->body->line_count)
		return 0;
	line = &walk->body->line[i];
	if (line->kind != ND_LINE_OWN)
		return 0;
	text = walk->body->text + line->start;
	end = text + line->len;
	while (text < end && strchr("*- \t", *text))
		text++;
	while (text < end && !nd_is_space(*text))
		text++;
	if (text == end || text[-1] != ':')
		return 0;
	for (; text < end; pairs++) {
		while (text < end && nd_is_space(*text))
			text++;
		/* "59 lines checked" may end it */
		if (text == end || !nd_is_digit(*text))
			return pairs >= TALLY_PAIRS ? pairs : 0;
		while (text < end && nd_is_digit(*text))
			text++;
		while (text < end && nd_is_space(*text))
			text++;
		if (text == end || !nd_is_alpha(*text))
			return 0;
		while (text < end && nd_is_alpha(*text))
			text++;
		while (text < end && strchr(",. \t\r", *text))
			text++;
	}
	return pairs;
}

static bool
is_tally(const struct walk *walk, size_t i)
{
	return tally(walk, i) > 1;
}

/* One of the lines in a row that begin with the same head, or only count? */
static bool
is_printed(const struct walk *walk, size_t i)
{
	const char *head;
	size_t len = printed_head(walk, i, &head);

	if (tally(walk, i) >= TALLY_PAIRS ||
	    (is_tally(walk, i) &&
	     ((i && is_tally(walk, i - 1)) || is_tally(walk, i + 1))))
		return true;
	return len && ((i && has_head(walk, i - 1, head, len)) ||
	               has_head(walk, i + 1, head, len));
}

/* Inside of a comment of code, whose lines begin with stars? */
static bool
is_comment(struct walk *walk, const struct nd_lineform *shape)
{
	bool inside = walk->in_comment && shape->text[0] == '*';

	walk->in_comment =
		(inside || nd_mem_starts(shape->text, shape->len, "/*")) &&
		!nd_mem_find(shape->text, shape->len, "*/");
	return inside;
}

/* "Actual rate: 2.000 Msps...", "Steps: 4": a name and a number. */
static bool
is_value(const struct walk *walk, size_t i)
{
	const struct nd_line *line;
	const char *text, *colon;

	if (i >= walk->body->line_count)
		return false;
	line = &walk->body->line[i];
	text = walk->body->text + line->start;
	colon = line->kind == ND_LINE_OWN ? memchr(text, ':', line->len) : NULL;
	return colon && colon + 2 < text + line->len && colon[1] == ' ' &&
	       nd_is_digit(colon[2]) && line->len <= VALUE_BYTES;
}

/* One of VALUES_MIN in a row, which nobody writes so. */
static bool
is_of_values(const struct walk *walk, size_t i)
{
	size_t first = i, end = i + 1;

	if (!is_value(walk, i))
		return false;
	while (first && i - first < VALUES_MIN && is_value(walk, first - 1))
		first--;
	while (end - first < VALUES_MIN && is_value(walk, end))
		end++;
	return end - first >= VALUES_MIN;
}

static void
mark_plain(struct walk *walk, size_t i, const struct nd_lineform *shape)
{
	bool item = nd_lineform_bullet(shape->text, shape->len) > 0;
	bool comment = is_comment(walk, shape);

	if ((nd_lineform_is_url(shape) || is_announced_code(walk, i, shape)) &&
	    mark_link(walk, i))
		return;
	if (is_reference(walk, shape)) {
		set_mark(walk, i, ND_PROSE_MORE, 0);
		return;
	}
	if (is_never_prose(shape, walk->open) || is_command(shape) ||
	    is_printed(walk, i) || is_of_values(walk, i) || comment) {
		set_mark(walk, i, ND_PROSE_NONE, 0);
		return;
	}
	if (item && !is_dash(walk, shape)) {
		set_mark(walk, i, ND_PROSE_ITEM, shape->indent);
		return;
	}
	if (goes_on(walk, i, shape)) {
		set_mark(walk, i, ND_PROSE_MORE, 0);
		return;
	}
	if (shape->indent >= INDENT_CODE && !nd_lineform_reads_well(shape)) {
		set_mark(walk, i, ND_PROSE_NONE, 0);
		return;
	}
	set_mark(walk, i, ND_PROSE_START, 0);
}

static void
mark_line(struct walk *walk, size_t i)
{
	const struct nd_line *line = &walk->body->line[i];
	struct nd_lineform shape =
		nd_lineform_read(walk->body->text + line->start, line->len);

	if (walk->mode == SIGNED_OFF) {
		/* Behind it only names; a longer line is a postscript. */
		if (shape.words <= 4 && !nd_lineform_ends(&shape, ".?!") &&
		    !nd_lineform_is_changelog(&shape) && walk->names-- > 0) {
			set_mark(walk, i, ND_PROSE_NONE, 0);
			return;
		}
		walk->mode = PLAIN;
	}
	if (walk->mode == SHORTLOG) {
		if (shape.indent || nd_lineform_is_shortlog(&shape) ||
		    nd_lineform_is_log_head(&shape, true)) {
			set_mark(walk, i, ND_PROSE_NONE, 0);
			return;
		}
		walk->mode = PLAIN;
	}
	if ((walk->mode == CHANGELOG || walk->mode == OLD_CHANGELOG) &&
	    mark_change(walk, i, &shape))
		return;
	/* "… if we are making" "changes." is none. */
	if (nd_lineform_is_changelog(&shape) && !is_unfinished(walk))
		begin_changelog(walk, &shape);
	else if (nd_lineform_is_shortlog(&shape) ||
	         nd_lineform_is_log_head(&shape, false))
		walk->mode = SHORTLOG;
	else if (nd_lineform_is_sign_off(&shape))
		walk->mode = SIGNED_OFF;
	walk->names = SIGN_OFF_LINES;
	if (walk->mode != PLAIN)
		set_mark(walk, i, ND_PROSE_NONE, 0);
	else
		mark_plain(walk, i, &shape);
	walk->ended = nd_lineform_ends(&shape, ".:;!?,");
	walk->announces =
		walk->mark[i] != ND_PROSE_NONE && nd_lineform_ends(&shape, ":");
}

/* Logs are found newest first and oldest first. */
static int
newest_changelog(const struct nd_body *body)
{
	int newest = -1;

	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		struct nd_lineform shape;
		int version;

		if (line->kind != ND_LINE_OWN ||
		    line->len > ND_LINEFORM_HEAD_BYTES)
			continue;
		shape = nd_lineform_read(body->text + line->start, line->len);
		if (!nd_lineform_is_changelog(&shape))
			continue;
		version = nd_lineform_version(&shape);
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
		if (is_blank_line(&walk, i)) {
			walk.blank_before = true;
			walk.open = false;
		} else if (line->kind == ND_LINE_OWN) {
			mark_line(&walk, i);
		} else {
			/* A quote or diff ends what was being said. */
			walk.open = false;
			walk.announces = false;
			walk.blank_before = true;
			walk.mode = PLAIN;
		}
	}
}
