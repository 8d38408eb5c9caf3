/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/copiedheader.h"

#include <string.h>

#include "body/rule.h"
#include "model/clientwords.h"
#include "util/str.h"

enum {
	HEADER_LINES = 60,     /* of one mail; hostile lists of them end here */
	NAME_BYTES = 60,       /* of a header, to its colon */
	ONE_LINE_BYTES = 1000, /* where headers that share a line are sought */
	NAME_WORDS = 3,        /* of a header: "Date Sent", "보낸 사람" */
};

enum {
	FROM = ND_CLIENTWORDS_FROM,
	DATE = ND_CLIENTWORDS_DATE,
	SUBJECT = ND_CLIENTWORDS_SUBJECT,
};

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

	nd_rule_skip_blank(&text, &len);
	end = name_end(text, len);
	if (!end)
		return 0;
	key = named_key(text, (size_t)(end - text));
	len -= (size_t)(end - text);
	text = end + colon(end, len);
	len -= (size_t)(text - end);
	nd_rule_skip_blank(&text, &len);
	*value = len;
	return key;
}

unsigned
nd_copiedheader_line(const char *text, size_t len, size_t *value)
{
	size_t word[NAME_WORDS] = {0};
	unsigned keys = text_key(text, len, value);

	if (!(keys & FROM) || *value == 0)
		return keys;
	if (len > ONE_LINE_BYTES)
		len = ONE_LINE_BYTES;
	for (size_t i = 1; i < len; i++) {
		if (nd_rule_blank(text + i - 1, 1)) {
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

unsigned
nd_copiedheader_key(const struct nd_lines *lines, size_t i)
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
	nd_rule_skip(&text, &len);
	key = nd_copiedheader_line(text, len, &value);
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
		if (nd_copiedheader_key(lines, k))
			return true;
	return false;
}

size_t
nd_copiedheader_end(const struct nd_lines *lines, size_t i, unsigned *found)
{
	size_t end = i;

	*found = 0;
	for (size_t n = 0; n < HEADER_LINES && i < lines->count; n++, i++) {
		unsigned key = nd_copiedheader_key(lines, i);

		/* HTML mail leaves blank lines between them. */
		if (lines->line[i].kind == ND_LINE_BLANK && end == i &&
		    *found && nd_copiedheader_key(lines, i + 1) &&
		    !(*found & SUBJECT))
			end = i + 1;
		else if (key || (*found && is_continuation(lines, i)))
			end = i + 1;
		else
			break;
		*found |= key;
	}
	return end;
}

size_t
nd_copiedheader_aligned_end(const struct nd_lines *lines, size_t i,
                            unsigned *found)
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
		nd_rule_skip_blank(&text, &len);
	}
	end = memchr(text, cells ? '|' : ' ', len);
	return end ? named_key(text, (size_t)(end - text)) : 0;
}

size_t
nd_copiedheader_loose_end(const struct nd_lines *lines, size_t i)
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

bool
nd_copiedheader_names_person(const struct nd_lines *lines, size_t i, size_t end)
{
	for (; i < end; i++) {
		const char *text = nd_lines_text(lines, i);
		size_t len = lines->line[i].len;

		if ((nd_copiedheader_key(lines, i) & FROM) &&
		    memchr(text, '@', len) &&
		    (memchr(text, '<', len) || memchr(text, '[', len)))
			return true;
	}
	return false;
}
