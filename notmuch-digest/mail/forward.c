/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/forward.h"

#include <string.h>

#include "mail/attribution.h"
#include "mail/diff.h"
#include "model/clientwords.h"
#include "util/limits.h"
#include "util/str.h"

enum {
	HEADER_LINES = 60,     /* of one mail; hostile lists of them end here */
	RULE_BYTES = 300,      /* "-----Original Message-----" and its like */
	RULE_MIN = 10,         /* of a rule without words, in its signs */
	NAME_BYTES = 60,       /* of a header, to its colon */
	ONE_LINE_BYTES = 1000, /* where headers that share a line are sought */
	NAME_WORDS = 3,        /* of a header: "Date Sent", "보낸 사람" */
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

/* What rules are made of. */
static const char *const rule_signs[] = {
	"-",
	"_",
	"=",
	"*",
	"~",
	"\xe2\x80\x90", /* hyphen, of Proton Mail */
	"\xe2\x80\x93", /* en dash */
	"\xe2\x80\x94", /* em dash */
	"\xe2\x94\x80", /* box drawing */
};

/* The bytes of the sign of a rule that (text, len) begins with; 0 for none. */
static size_t
rule_sign(const char *text, size_t len)
{
	for (size_t k = 0; k < sizeof rule_signs / sizeof *rule_signs; k++)
		if (nd_mem_starts(text, len, rule_signs[k]))
			return strlen(rule_signs[k]);
	return 0;
}

/* The bytes of the rule that (text, len) begins with; *signs are in it. */
static size_t
rule(const char *text, size_t len, size_t *signs)
{
	size_t at = 0, sign;

	for (*signs = 0; (sign = rule_sign(text + at, len - at)) > 0;
	     at += sign)
		(*signs)++;
	return at;
}

/* Is the last sign of (text, len) that of a rule? */
static bool
ends_with_rule(const char *text, size_t len)
{
	return (len > 0 && rule_sign(text + len - 1, 1) > 0) ||
	       (len > 2 && rule_sign(text + len - 3, 3) == 3);
}

/* Blanks of any kind, and the marks of bold type around header names. */
static size_t
blank_or_bold(const char *text, size_t len)
{
	if (len == 0)
		return 0;
	if (nd_is_space(*text) || *text == '*')
		return 1;
	if (nd_mem_starts(text, len, "\xc2\xa0"))
		return 2;
	/* QQ leaves them in plain text. */
	if (nd_mem_starts(text, len, "&nbsp;"))
		return 6;
	return nd_mem_starts(text, len, "\xe3\x80\x80") ? 3 : 0;
}

static void
skip_blank_and_bold(const char **text, size_t *len)
{
	size_t step;

	while ((step = blank_or_bold(*text, *len)) > 0) {
		*text += step;
		*len -= step;
	}
}

/* (text, len) without blanks of any kind at its end. */
static size_t
without_blanks(const char *text, size_t len)
{
	static const char *const blanks[] = {" ", "\t", "\xc2\xa0", "&nbsp;"};

	for (size_t k = 0; k < sizeof blanks / sizeof *blanks;) {
		if (nd_mem_ends_nocase(text, len, blanks[k])) {
			len -= strlen(blanks[k]);
			k = 0;
		} else {
			k++;
		}
	}
	return len;
}

#define WIDE_COLON "\xef\xbc\x9a"

/* The bytes of ":" or its wide sister at (text, len); 0 for none. */
static size_t
colon(const char *text, size_t len)
{
	if (len > 0 && *text == ':')
		return 1;
	return nd_mem_starts(text, len, WIDE_COLON) ? 3 : 0;
}

/* The first of either in (text, len) that a name may end with; NULL: none. */
static const char *
name_end(const char *text, size_t len)
{
	size_t near = len < NAME_BYTES ? len : NAME_BYTES;
	const char *narrow = memchr(text, ':', near);
	const char *wide;

	if (narrow)
		near = (size_t)(narrow - text);
	wide = memchr(text, *WIDE_COLON, near);
	while (wide && !colon(wide, len - (size_t)(wide - text)))
		wide = memchr(wide + 1, *WIDE_COLON,
		              near - (size_t)(wide + 1 - text));
	return wide ? wide : narrow;
}

/*
 * The header whose name ends in front of the colon at text + len. Ideographic
 * blanks stretch short names ("主　题").
 */
static unsigned
named_key(const char *text, size_t len)
{
	char name[NAME_BYTES];
	size_t used = 0;

	while (len > 0 && (nd_is_space(text[len - 1]) || text[len - 1] == '*'))
		len--;
	while (len >= 2 && memcmp(text + len - 2, "\xc2\xa0", 2) == 0)
		len -= 2;
	if (len > sizeof name)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (nd_mem_starts(text + i, len - i, "\xe3\x80\x80"))
			i += 2;
		else
			name[used++] = text[i];
	}
	return nd_clientwords_header(name, used);
}

/* The header that (text, len) begins with; 0 for none. *value: its bytes. */
static unsigned
text_key(const char *text, size_t len, size_t *value)
{
	const char *end;
	unsigned key;

	skip_blank_and_bold(&text, &len);
	end = name_end(text, len);
	if (!end)
		return 0;
	key = named_key(text, (size_t)(end - text));
	len -= (size_t)(end - text);
	text = end + colon(end, len);
	len -= (size_t)(text - end);
	skip_blank_and_bold(&text, &len);
	*value = len;
	return key;
}

/* "From: X Sent: Tuesday To: Y Subject: z": all the headers of a line; *value
 * is that of text_key(). */
static unsigned
line_keys(const char *text, size_t len, size_t *value)
{
	size_t word[NAME_WORDS] = {0};
	unsigned keys = text_key(text, len, value);

	if (!(keys & FROM) || *value == 0)
		return keys;
	if (len > ONE_LINE_BYTES)
		len = ONE_LINE_BYTES;
	for (size_t i = 1; i < len; i++) {
		if (blank_or_bold(text + i - 1, 1)) {
			memmove(word, word + 1, sizeof word - sizeof *word);
			word[NAME_WORDS - 1] = i;
		}
		for (size_t k = 0; colon(text + i, len - i) && k < NAME_WORDS;
		     k++)
			if (word[k] > 0)
				keys |= named_key(text + word[k], i - word[k]);
	}
	return keys;
}

/* Is an address in line i, and does nothing else tell what it is? */
static bool
is_wrapped_address(const struct nd_lines *lines, size_t i)
{
	return nd_lines_starts(lines, i, "") &&
	       memchr(nd_lines_text(lines, i), '@', lines->line[i].len);
}

/* A rule may stand in front of the first header, on its line. */
static void
skip_rule(const char **text, size_t *len)
{
	const char *at = *text;
	size_t left = *len, bytes, signs;

	nd_mem_trim(&at, &left);
	bytes = rule(at, left, &signs);
	if (signs < RULE_MIN)
		return;
	*text = at + bytes;
	*len = left - bytes;
}

/* Which copied headers line i has; 0 when it is no such line. */
static unsigned
header_key(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len, value;
	unsigned key;

	if (!nd_lines_starts(lines, i, ""))
		return 0;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	/* Who writes of headers has them further in. */
	if (len > 1 && nd_is_space(text[0]) && nd_is_space(text[1]))
		return 0;
	skip_rule(&text, &len);
	key = line_keys(text, len, &value);
	/* From: nobody is none. */
	if ((key & FROM) && value == 0 && !is_wrapped_address(lines, i + 1))
		return 0;
	return key;
}

/* Long To: lines are wrapped, with or without a blank at the start. */
static bool
is_continuation(const struct nd_lines *lines, size_t i)
{
	if (!nd_lines_starts(lines, i, ""))
		return false;
	if (strchr(" \t", *nd_lines_text(lines, i)))
		return true;
	for (size_t k = i + 1; k < i + 4; k++)
		if (header_key(lines, k))
			return true;
	return false;
}

/* The line behind the header block at line i; *found are its keys. */
static size_t
headers_end(const struct nd_lines *lines, size_t i, unsigned *found)
{
	size_t end = i;

	*found = 0;
	for (size_t n = 0; n < HEADER_LINES && i < lines->count; n++, i++) {
		unsigned key = header_key(lines, i);

		/* HTML mail leaves blank lines between them. */
		if (lines->line[i].kind == ND_LINE_BLANK && end == i &&
		    *found && header_key(lines, i + 1) && !(*found & SUBJECT))
			end = i + 1;
		else if (key || (*found && is_continuation(lines, i)))
			end = i + 1;
		else
			break;
		*found |= key;
	}
	return end;
}

/*
 * Take apart "----- words ----- rest". False when line i is not of that form.
 */
static bool
split_heading(const struct nd_lines *lines, size_t i, const char **words,
              size_t *words_len, const char **rest, size_t *rest_len)
{
	const char *text;
	size_t len, bytes, signs, end;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	bytes = rule(text, len, &signs);
	if (signs < 2 || bytes == len)
		return false;
	text += bytes;
	len -= bytes;
	skip_blank_and_bold(&text, &len);
	end = len;
	if (ends_with_rule(text, len))
		while (ends_with_rule(text, end))
			end -= rule_sign(text + end - 1, 1) ? 1 : 3;
	else
		for (end = 0; end < len && end < RULE_BYTES; end++)
			if (rule(text + end, len - end, &signs) && signs > 1)
				break;
	if (end == len || end >= RULE_BYTES)
		return false;
	*words = text;
	*rest = text + end;
	*rest_len = len - end;
	bytes = rule(*rest, *rest_len, &signs);
	*rest += bytes;
	*rest_len -= bytes;
	*words_len = without_blanks(text, end);
	return true;
}

/* "---- X wrote ----", "---- On Mon, 02 Mar 2026, X <x@example.org> wrote ----"
 * (Android, Zoho) */
static bool
says_who_wrote(const char *words, size_t len)
{
	char text[RULE_BYTES + 1];
	const char *end;

	memcpy(text, words, len);
	text[len] = '\0';
	end = nd_clientwords_find_wrote(text, NULL);
	return end && strspn(end, " :()a") == strlen(end);
}

/* Headers whose names are written flush right, as Horde does below its heading;
 * the line behind them, i for none. */
static size_t
aligned_headers_end(const struct nd_lines *lines, size_t i, unsigned *found)
{
	size_t value;

	*found = 0;
	for (size_t n = 0; n < HEADER_LINES && nd_lines_starts(lines, i, "");
	     n++, i++) {
		unsigned key = text_key(nd_lines_text(lines, i),
		                        lines->line[i].len, &value);

		if (!key)
			break;
		*found |= key;
	}
	return i;
}

static bool
is_above_headers(const struct nd_lines *lines, size_t i)
{
	size_t next = nd_lines_skip_blank(lines, i + 1);
	unsigned found;

	if (headers_end(lines, next, &found) == next)
		aligned_headers_end(lines, next, &found);
	return (found & FROM) && (found & (DATE | TO | SUBJECT));
}

/* "----- Original Message -----"; headers may follow in the same line. */
static bool
is_heading(const struct nd_lines *lines, size_t i)
{
	const char *words, *rest;
	size_t words_len, rest_len;

	if (!split_heading(lines, i, &words, &words_len, &rest, &rest_len))
		return false;
	if (!nd_clientwords_is_heading(words, words_len) &&
	    !says_who_wrote(words, words_len) &&
	    !(nd_clientwords_is_bare_heading(words, words_len) &&
	      is_above_headers(lines, i)))
		return false;
	skip_blank_and_bold(&rest, &rest_len);
	return rest_len == 0 || (line_keys(rest, rest_len, &rest_len) & FROM);
}

/* A rule without words. */
static bool
is_bare_rule(const struct nd_lines *lines, size_t i)
{
	const char *text;
	size_t len, signs;

	if (!nd_lines_starts(lines, i, ""))
		return false;
	text = nd_lines_text(lines, i);
	len = lines->line[i].len;
	nd_mem_trim(&text, &len);
	return rule(text, len, &signs) == len && signs >= RULE_MIN;
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
	return (header_key(lines, nd_lines_skip_blank(lines, i + 1)) & FROM) &&
	       nd_clientwords_is_heading(text, len);
}

static bool
is_end_rule(const struct nd_lines *lines, size_t i)
{
	const char *words, *rest;
	size_t len, rest_len;

	if (!split_heading(lines, i, &words, &len, &rest, &rest_len))
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

/* "Von "X" <x@example.org>" (eM Client), "| Date | 03/02/2026 10:00 |" (NetEase):
 * the header that (text, len) begins with when it has no colon. */
static unsigned
loose_key(const char *text, size_t len)
{
	bool cells = len > 0 && *text == '|';
	const char *end;

	if (cells) {
		text++;
		len--;
		skip_blank_and_bold(&text, &len);
	}
	end = memchr(text, cells ? '|' : ' ', len);
	return end ? named_key(text, (size_t)(end - text)) : 0;
}

/* The line behind such headers, which stand below a heading; i for none. */
static size_t
loose_headers_end(const struct nd_lines *lines, size_t i)
{
	unsigned found = 0, key;
	size_t end = i;

	for (; end < lines->count && end < i + HEADER_LINES &&
	       lines->line[end].kind == ND_LINE_OWN;
	     end++) {
		key = loose_key(nd_lines_text(lines, end),
		                lines->line[end].len);
		if (!key)
			return i;
		found |= key;
	}
	return (found & FROM) && (found & (DATE | SUBJECT)) ? end : i;
}

/* The headers or the attribution below a heading, or the heading alone. */
static size_t
below_heading(const struct nd_lines *lines, size_t i)
{
	unsigned found;
	size_t next = nd_lines_skip_blank(lines, i + 1);
	size_t end = headers_end(lines, next, &found);

	if (found & TELLING)
		return end;
	end = aligned_headers_end(lines, next, &found);
	if (found & TELLING)
		return end;
	end = loose_headers_end(lines, next);
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

/* "From: X <x@example.org>", "From: X [x@example.org]" in [i, end) */
static bool
names_person(const struct nd_lines *lines, size_t i, size_t end)
{
	for (; i < end; i++) {
		const char *text = nd_lines_text(lines, i);
		size_t len = lines->line[i].len;

		if ((header_key(lines, i) & FROM) && memchr(text, '@', len) &&
		    (memchr(text, '<', len) || memchr(text, '[', len)))
			return true;
	}
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

	if (!(header_key(lines, i) & TELLING))
		return i;
	end = headers_end(lines, i, &found);
	if (!(found & FROM) || !(found & DATE) || (found & RAW) ||
	    !(found & (TO | SUBJECT)) || !(found & (TO | SHOWN)))
		return i;
	if (!(found & SHOWN) && is_introduced(lines, i))
		return i;
	if (!paragraph && (!(found & SUBJECT) || is_introduced(lines, i)))
		return i;
	/* Forms and sessions of SMTP have the names that any mail has. */
	if (!paragraph && !(found & SHOWN) && !names_person(lines, i, end))
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

	if (!(header_key(lines, i) & (TO | SUBJECT)))
		return i;
	headers = headers_end(lines, i, &found);
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
		end = headers_end(lines, next, &found);
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
	if (is_bare_rule(lines, i))
		return below_rule(lines, i);
	if (paragraph && is_opening(lines, i))
		return below_heading(lines, i);
	/* Few lines are headers of any kind. */
	if (!header_key(lines, i))
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
	size_t end = headers_end(lines, first, &found);

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
