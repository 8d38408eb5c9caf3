/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/forward.h"

#include <string.h>

#include "body/attribution.h"
#include "body/copiedheader.h"
#include "body/diff.h"
#include "body/rule.h"
#include "model/clientwords.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	GREETING_BYTES = 40,
	INDENT = 2, /* blanks that a client puts before all that it quotes */
	GROUPWISE_DEPTH = 3,
};

enum {
	FROM = ND_CLIENTWORDS_FROM,
	DATE = ND_CLIENTWORDS_DATE,
	TO = ND_CLIENTWORDS_TO,
	SUBJECT = ND_CLIENTWORDS_SUBJECT,
	RAW = ND_CLIENTWORDS_RAW,
	SHOWN = ND_CLIENTWORDS_SHOWN,
	TELLING = FROM | DATE | TO | SUBJECT,
};

/* "---- X wrote ----", "---- On Mon, 02 Mar 2026, X <x@example.org> wrote ----"
 * (Android, Zoho) */
static bool
says_who_wrote(const char *words, size_t len)
{
	char text[ND_RULE_WORDS_BYTES + 1];
	const char *end;

	memcpy(text, words, len);
	text[len] = '\0';
	end = nd_clientwords_find_wrote(text, NULL);
	return end && strspn(end, " :()a") == strlen(end);
}

static bool
is_above_headers(const struct nd_lines *lines, size_t i)
{
	size_t next = nd_lines_skip_blank(lines, i + 1);
	unsigned found;

	if (nd_copiedheader_end(lines, next, &found) == next)
		nd_copiedheader_aligned_end(lines, next, &found);
	return (found & FROM) && (found & (DATE | TO | SUBJECT));
}

/* "----- Original Message -----"; headers may follow in the same line. */
static bool
is_heading(const struct nd_lines *lines, size_t i)
{
	const char *words, *rest;
	size_t words_len, rest_len;

	if (!nd_rule_split(lines, i, &words, &words_len, &rest, &rest_len))
		return false;
	if (!nd_clientwords_is_heading(words, words_len) &&
	    !says_who_wrote(words, words_len) &&
	    !(nd_clientwords_is_bare_heading(words, words_len) &&
	      is_above_headers(lines, i)))
		return false;
	nd_rule_skip_blank(&rest, &rest_len);
	return rest_len == 0 ||
	       (nd_copiedheader_line(rest, rest_len, &rest_len) & FROM);
}

/* "Begin forwarded message:", or "Original Message" above headers. */
static bool
is_opening(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	if (nd_clientwords_is_opening(text, len))
		return true;
	/* Rare, and cheap to ask. */
	return (nd_copiedheader_key(lines, nd_lines_skip_blank(lines, i + 1)) &
	        FROM) &&
	       nd_clientwords_is_heading(text, len);
}

static bool
is_end_rule(const struct nd_lines *lines, size_t i)
{
	const char *words, *rest;
	size_t len, rest_len;

	if (!nd_rule_split(lines, i, &words, &len, &rest, &rest_len))
		return false;
	if (nd_clientwords_is_ending(words, len))
		return true;
	if (!nd_mem_starts_nocase(words, len, "end "))
		return false;
	words += strlen("end ");
	len -= strlen("end ");
	if (nd_mem_starts_nocase(words, len, "of ")) {
		words += strlen("of ");
		len -= strlen("of ");
	}
	return nd_clientwords_is_heading(words, len);
}

/* The headers or the attribution below a heading, or the heading alone. */
static size_t
below_heading(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t next = nd_lines_skip_blank(lines, i + 1);
	size_t end = nd_copiedheader_end(lines, next, &found);

	if (found & TELLING)
		return end;
	end = nd_copiedheader_aligned_end(lines, next, &found);
	if (found & TELLING)
		return end;
	end = nd_copiedheader_loose_end(lines, next);
	if (end == next)
		end = nd_attribution_end(lines, next);
	return end > next ? end : i + 1;
}

/* Above line i, and blank lines: the last line that says something. */
static bool
is_introduced(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len;

	while (i > 0 && lines->line[i - 1].kind == ND_LINE_BLANK)
		i--;
	if (i == 0 || lines->line[i - 1].kind != ND_LINE_OWN)
		return false;
	text = nd_lines_text(lines, i - 1);
	len = lines->line[i - 1].len;
	nd_mem_trim(&text, &len);
	return len > 0 && text[len - 1] == ':';
}

/* Are the headers [i, end) those of a patch, and does its diff follow? */
static bool
is_patch(const struct nd_lines *lines, size_t i, size_t end)
{
	bool subject = false;

	for (; i < end; i++)
		subject = subject || nd_mem_find(nd_lines_text(lines, i),
		                                 lines->line[i].len, "PATCH");
	for (; subject && i < lines->count; i++)
		if (nd_lines_starts(lines, i, "diff --git ") ||
		    nd_lines_starts(lines, i, "--- a/"))
			return true;
	return false;
}

/*
 * Headers without a heading, in any order. Without To: they are for git am, and
 * no mail that was copied in, but when they have names that only clients
 * write. Nor are those that somebody shows ("The headers are:"), those of a
 * mail's source, and those above a patch that is posted for somebody else.
 */
static size_t
bare_headers_end(const struct nd_lines *lines, size_t i, bool paragraph)
{
	unsigned found;
	size_t end;

	if (!(nd_copiedheader_key(lines, i) & TELLING))
		return i;
	end = nd_copiedheader_end(lines, i, &found);
	if (!(found & FROM) || !(found & DATE) || (found & RAW) ||
	    !(found & (TO | SUBJECT)) || !(found & (TO | SHOWN)))
		return i;
	if (!(found & SHOWN) && is_introduced(lines, i))
		return i;
	if (!paragraph && (!(found & SUBJECT) || is_introduced(lines, i)))
		return i;
	/* Forms and sessions of SMTP have the names that any mail has. */
	if (!paragraph && !(found & SHOWN) &&
	    !nd_copiedheader_names_person(lines, i, end))
		return i;
	if (!(found & SHOWN) && nd_lines_skip_blank(lines, 0) == i &&
	    is_patch(lines, i, end))
		return i;
	return end;
}

/* "To: dev", "Subject: z", "10.03.2026, 10:11, X <x@example.org>:" (Yandex) */
static size_t
headers_and_attribution_end(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t headers, end;

	if (!(nd_copiedheader_key(lines, i) & (TO | SUBJECT)))
		return i;
	headers = nd_copiedheader_end(lines, i, &found);
	end = nd_attribution_end(lines, headers);
	return end > headers && !(found & RAW) ? end : i;
}

/* What is below a rule without words: Outlook's of underscores needs less. */
static size_t
below_rule(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t next = nd_lines_skip_blank(lines, i + 1), end;

	if (nd_lines_starts(lines, i, "_")) {
		/* html.c draws one where Outlook does, and marks the rest. */
		if (next < lines->count && lines->line[next].depth > 0)
			return i + 1;
		end = nd_copiedheader_end(lines, next, &found);
		return (found & FROM) && (found & (DATE | TO | SUBJECT)) ? end
		                                                         : i;
	}
	end = bare_headers_end(lines, next, true);
	if (end == next)
		end = headers_and_attribution_end(lines, next);
	return end > next ? end : i;
}

/* ">>> X <x@example.org> 3/10/2026 10:11 AM >>>" (GroupWise) */
static bool
is_groupwise(const struct nd_lines *lines, size_t i)
{
	const struct nd_line *line = &lines->line[i];
	const char *text = nd_lines_text(lines, i);
	size_t len = line->len;

	if (line->kind != ND_LINE_QUOTE || line->depth != GROUPWISE_DEPTH ||
	    (i > 0 && lines->line[i - 1].kind == ND_LINE_QUOTE) ||
	    (i + 1 < lines->count && lines->line[i + 1].kind == ND_LINE_QUOTE))
		return false;
	nd_mem_trim(&text, &len);
	return nd_mem_ends_nocase(text, len, " >>>");
}

/*
 * Below the headers or the heading of the mail at line i; i when no other mail
 * begins here.
 */
static size_t
other_mail(const struct nd_lines *lines, size_t i)
{
	bool paragraph = i == 0 || lines->line[i - 1].kind != ND_LINE_OWN;
	size_t end;

	if (is_groupwise(lines, i))
		return i + 1;
	if (lines->line[i].kind != ND_LINE_OWN)
		return i;
	if (is_heading(lines, i))
		return below_heading(lines, i);
	if (nd_rule_is_bare(lines, i))
		return below_rule(lines, i);
	if (paragraph && is_opening(lines, i))
		return below_heading(lines, i);
	/* Few lines are headers of any kind. */
	if (!nd_copiedheader_key(lines, i))
		return i;
	end = bare_headers_end(lines, i, paragraph);
	if (end == i && paragraph)
		end = headers_and_attribution_end(lines, i);
	return end;
}

/* "Hi X,", "Hello!": who says no more has not answered yet. */
static bool
is_greeting(const struct nd_lines *lines, size_t i)
{
	static const char *const words[] = {
		"hi",      "hello", "hey",   "dear",   "hallo",  "moin",
		"servus",  "guten", "liebe", "salut",  "hola",   "buenos",
		"bonjour", "olá",   "oi",    "bom",    "ciao",   "hej",
		"hei",     "ahoj",  "cześć", "привет", "Привет", "добрый",
		"Добрый",  "你好",  "您好",
	};
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	nd_mem_trim(&text, &len);
	if (len > GREETING_BYTES)
		return false;
	if (len > 0 && text[len - 1] == ',')
		return true;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (nd_mem_starts_nocase(text, len, words[k]) &&
		    (len == strlen(words[k]) ||
		     strchr(" ,!.", text[strlen(words[k])])))
			return true;
	return false;
}

/* "[...]", "<snip>", "…": the author has cut the quote, and goes on below. */
static bool
is_cut(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len;

	nd_mem_trim(&text, &len);
	return nd_mem_starts(text, len, "..") ||
	       nd_mem_starts(text, len, "…") || nd_mem_starts(text, len, "[") ||
	       nd_mem_starts(text, len, "(..") ||
	       nd_mem_starts(text, len, "(…") ||
	       nd_mem_starts_nocase(text, len, "<snip") ||
	       nd_mem_starts_nocase(text, len, "snip");
}

static bool
is_indented(const struct nd_lines *lines, size_t i)
{
	const char *text = nd_lines_text(lines, i);
	size_t len = lines->line[i].len, blanks = 0;

	while (blanks < len && nd_is_space(text[blanks]))
		blanks++;
	return blanks >= INDENT || (blanks > 0 && text[0] == '\t');
}

void
nd_forward_quote(struct nd_lines *lines, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		struct nd_line *line = &lines->line[i];

		if (line->depth < ND_LIMIT_QUOTE_DEPTH)
			line->depth++;
		line->kind = ND_LINE_QUOTE;
	}
}

/*
 * Does all from line i on belong to what the attribution above it announces?
 * Who indents what he quotes indents all of it; and who marks quotes further
 * below (but those of an attribution further down) answers in between.
 */
static bool
is_quoted_below(const struct nd_lines *lines, size_t i)
{
	bool indented = is_indented(lines, i), announced = false;

	for (; i < lines->count; i++) {
		switch (lines->line[i].kind) {
		case ND_LINE_QUOTE:
			return announced;
		case ND_LINE_OWN:
			if (indented && !is_indented(lines, i))
				return false;
			announced = is_introduced(lines, i + 1);
			break;
		default:
			break;
		}
	}
	return true;
}

/*
 * Line i, where an attribution ends and no quote mark follows. Is it that of a
 * client which marks no quotes, below what its user wrote? Many have taken all
 * of the quote away instead, and answer below.
 */
static bool
is_top_posted(const struct nd_lines *lines, size_t i)
{
	if (i >= lines->count || lines->line[i].kind != ND_LINE_OWN)
		return false;
	return !is_cut(lines, i) && !nd_lines_starts(lines, i, "--") &&
	       is_quoted_below(lines, i);
}

/* The copied mail goes on to the end of the text, or to a rule that says so. */
static size_t
other_mail_end(struct nd_lines *lines, size_t i)
{
	for (; i < lines->count; i++)
		if (lines->line[i].kind == ND_LINE_OWN &&
		    is_end_rule(lines, i)) {
			lines->line[i].kind = ND_LINE_ATTRIBUTION;
			return i;
		}
	return i;
}

/* "From 0123abcd… Mon Sep 17 00:00:00 2001", as mailboxes have between mails */
static bool
is_mailbox_line(const struct nd_lines *lines, size_t i)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	const char *text, *day;
	size_t len;

	if (!nd_lines_starts(lines, i, "From "))
		return false;
	text = nd_lines_text(lines, i) + 5;
	len = lines->line[i].len - 5;
	day = memchr(text, ' ', len);
	if (!day || text + len - day < 20)
		return false;
	for (size_t k = 0; days[k]; k += 3)
		if (memcmp(day + 1, days + k, 3) == 0 && day[4] == ' ')
			return true;
	return false;
}

/* Behind the headers for git am at line i, the first of its paragraph, or i. */
static size_t
patch_headers_end(const struct nd_lines *lines, size_t i, bool top)
{
	unsigned found;
	size_t first = is_mailbox_line(lines, i) ? i + 1 : i;
	size_t end = nd_copiedheader_end(lines, first, &found);

	if (first > i)
		return found ? end : i;
	if (found & SHOWN)
		return i;
	if (top && (found & FROM))
		return end;
	return (found & SUBJECT) && (found & (FROM | DATE)) ? end : i;
}

/* What nd_forward_mark() has seen on its way down a text. */
struct seen {
	bool words;       /* of the author, more than a greeting */
	bool quote;       /* with marks */
	bool attribution; /* that had no quote marks below */
};

/*
 * Below the attribution at line i that quotes all the rest without marks; i for
 * none. Only the first is asked: what the author does below it, he does below
 * the others.
 */
static size_t
top_posted_end(const struct nd_lines *lines, size_t i, struct seen *seen)
{
	size_t end, next;
	bool first = !seen->quote && !seen->attribution;

	if (!first || lines->line[i].kind != ND_LINE_OWN)
		return i;
	end = nd_attribution_end(lines, i);
	next = nd_lines_skip_blank(lines, end);
	if (end == i || (next < lines->count && lines->line[next].depth > 0))
		return i;
	seen->attribution = true;
	return seen->words && is_top_posted(lines, next) ? end : i;
}

static void
look_at(const struct nd_lines *lines, size_t i, struct seen *seen)
{
	if (lines->line[i].kind == ND_LINE_QUOTE)
		seen->quote = true;
	else if (lines->line[i].kind == ND_LINE_OWN && !is_greeting(lines, i))
		seen->words = true;
}

void
nd_forward_mark(struct nd_lines *lines)
{
	struct seen seen = {false};

	for (size_t i = 0, end; i < lines->count; i++) {
		if (lines->line[i].kind == ND_LINE_BLANK)
			continue;
		/* A patch may bring mails, for a test. */
		end = nd_diff_end(lines, i, NULL);
		if (end > i) {
			i = end - 1;
			continue;
		}
		end = other_mail(lines, i);
		if (end == i)
			end = top_posted_end(lines, i, &seen);
		if (end == i) {
			look_at(lines, i, &seen);
			continue;
		}
		nd_lines_mark(lines, i, end, ND_LINE_ATTRIBUTION);
		i = nd_lines_skip_blank(lines, end);
		/* With quote marks it is answered line by line. */
		if (i < lines->count && lines->line[i].depth > 0) {
			seen.quote = true;
			continue;
		}
		i = other_mail_end(lines, end);
		nd_forward_quote(lines, end, i);
	}
}

void
nd_forward_mark_patch_headers(struct nd_lines *lines)
{
	size_t top = nd_lines_skip_blank(lines, 0);

	for (size_t i = top; i < lines->count; i++) {
		char c = *nd_lines_text(lines, i);

		if (lines->line[i].kind != ND_LINE_OWN || !strchr("FSD", c) ||
		    (i > top && lines->line[i - 1].kind == ND_LINE_OWN &&
		     !is_mailbox_line(lines, i)))
			continue;
		nd_lines_mark(lines, i, patch_headers_end(lines, i, i == top),
		              ND_LINE_ATTRIBUTION);
	}
}
