/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation/quoteintro.h"

#include <string.h>

#include "util/str.h"

enum {
	LINES = 12,       /* copied headers of one mail */
	BLANKS = 3,       /* in a row, between them and the quote */
	LINE_BYTES = 300, /* of one of them */
	KEY_BYTES = 24,   /* "Data da mensagem:" */
	DIGITS = 4        /* of a date */
};

/* Does the line say who is quoted: by address, or by the name in front? */
static bool
names(const char *text, size_t len, const struct nd_address *author)
{
	const char *name = author->name;
	const char *at = *name && strchr(name, ' ')
	                         ? nd_mem_find_nocase(text, len, name)
	                         : NULL;

	if (*author->addr && nd_mem_find_nocase(text, len, author->addr))
		return true;
	if (!at)
		return false;
	/* "I agree with Ada Berg:" is no attribution; a date makes it one. */
	while (at > text && !nd_is_alnum(at[-1]) &&
	       (unsigned char)at[-1] < 0x80 && at[-1] != ':')
		at--;
	return at == text || at[-1] == ':' || nd_is_digit(at[-1]);
}

/* "Key: value", a ruler, a date: what stands between headers and quote. */
static bool
is_header(const char *text, size_t len)
{
	size_t digits = 0, letters = 0, key = len < KEY_BYTES ? len : KEY_BYTES;

	for (size_t i = 0; i < len; i++) {
		digits += nd_is_digit(text[i]);
		letters +=
			nd_is_alpha(text[i]) || (unsigned char)text[i] >= 0x80;
	}
	if (letters == 0)
		return true;
	if (memchr(text, ':', key) || nd_mem_find(text, key, "\xef\xbc\x9a"))
		return true;
	return digits >= DIGITS && nd_mem_ends_nocase(text, len, ":");
}

size_t
nd_quoteintro_start(const struct nd_body *body, size_t line,
                    const struct nd_address *author)
{
	size_t start = line, blanks = 0, lines = 0;

	for (size_t i = line; i-- > 0 && lines < LINES;) {
		size_t len;
		const char *text = nd_message_line(body, i, &len);
		bool named;

		if (body->line[i].kind == ND_LINE_BLANK) {
			if (++blanks > BLANKS)
				break;
			continue;
		}
		if (body->line[i].kind != ND_LINE_OWN || len > LINE_BYTES)
			break;
		nd_mem_trim(&text, &len);
		named = names(text, len, author);
		if (!named && !is_header(text, len))
			break;
		lines++;
		blanks = 0;
		/* All up to the one that names; above it, what touches. */
		if (named || (start < line && start == i + 1))
			start = i;
	}
	return start;
}

void
nd_quoteintro_mark(struct nd_body *body, size_t line,
                   const struct nd_address *author)
{
	for (size_t i = nd_quoteintro_start(body, line, author); i < line; i++)
		if (body->line[i].kind == ND_LINE_OWN) {
			body->line[i].kind = ND_LINE_ATTRIBUTION;
			body->own_bytes -= body->line[i].len;
		}
}
