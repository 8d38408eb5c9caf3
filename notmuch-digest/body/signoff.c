/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body/signoff.h"

#include <string.h>

#include "util/str.h"

enum {
	NAME_BYTES = 60,      /* of a line that is no more than a name */
	NAME_WORDS = 5,       /* "Gregg C Vanderheiden Ph.D." */
	FIRST_NAME_BYTES = 3, /* a shorter word might be any */
	SIGNATURE_LINES = 15, /* below the name */
	TRAILER_KEY_BYTES = 40,
};

struct words {
	const char *first, *last;
	size_t first_len, last_len;
	unsigned count;
};

static bool
is_name_byte(char c)
{
	return nd_is_alnum(c) || (unsigned char)c >= 0x80 || c == '\'' ||
	       c == '-';
}

/* First and last word of (text, len), signs around them left out. */
static struct words
read_words(const char *text, size_t len)
{
	struct words words = {0};

	for (size_t i = 0; i < len;) {
		size_t start = i;

		while (i < len && is_name_byte(text[i]))
			i++;
		if (i == start) {
			i++;
			continue;
		}
		words.last = text + start;
		words.last_len = i - start;
		if (words.count++ == 0) {
			words.first = words.last;
			words.first_len = words.last_len;
		}
	}
	return words;
}

static bool
is_same(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && a_len > 0 && nd_mem_equal_nocase(a, b, a_len);
}

/* "Doe, Jane" is Jane Doe; "Jane Doe (EXAMPLE)" is, too. */
static struct words
words_of_name(const char *name)
{
	const char *comma = strchr(name, ',');
	size_t len = strcspn(name, "(<@");
	struct words words, last;

	if (!comma || (size_t)(comma - name) > len)
		return read_words(name, len);
	words = read_words(comma + 1, len - (size_t)(comma + 1 - name));
	last = read_words(name, (size_t)(comma - name));
	if (last.count > 0) {
		words.last = last.last;
		words.last_len = last.last_len;
		words.count += last.count;
	}
	return words;
}

/* Is the line the author's first name, or the whole name and hardly more? */
static bool
is_signoff(const struct nd_body *body, const struct nd_line *line,
           const struct words *name)
{
	const char *text = body->text + line->start;
	size_t len = line->len;
	struct words words;

	/* "--jane", "/Jane", "- Jane" */
	while (len && strchr("-/~* \t", *text)) {
		text++;
		len--;
	}
	if (!len || len > NAME_BYTES || strchr(":?", text[len - 1]))
		return false;
	words = read_words(text, len);
	if (!words.count || words.count > NAME_WORDS ||
	    !is_same(words.first, words.first_len, name->first,
	             name->first_len))
		return false;
	if (words.count == 1)
		return words.first_len >= FIRST_NAME_BYTES;
	for (size_t i = 1; name->count > 1 && i + name->last_len <= len; i++)
		if (!is_name_byte(text[i - 1]) &&
		    nd_mem_equal_nocase(text + i, name->last, name->last_len))
			return true;
	return false;
}

static bool
is_trailer(const struct nd_body *body, const struct nd_line *line)
{
	size_t len =
		line->len < TRAILER_KEY_BYTES ? line->len : TRAILER_KEY_BYTES;

	return nd_mem_find_nocase(body->text + line->start, len, "-by: ") !=
	       NULL;
}

static bool
is_postscript(const struct nd_body *body, const struct nd_line *line)
{
	const char *text = body->text + line->start;

	return nd_mem_starts(text, line->len, "P.S") ||
	       nd_mem_starts(text, line->len, "PS") ||
	       nd_mem_starts(text, line->len, "p.s") ||
	       nd_mem_starts(text, line->len, "PPS");
}

/*
 * Behind the last line of the signature that begins at i; i when the author
 * goes on.
 */
static size_t
signature_end(const struct nd_body *body, size_t i)
{
	size_t at = i + 1, end, lines = 0;

	for (; at < body->line_count; at++) {
		const struct nd_line *line = &body->line[at];

		if (line->kind == ND_LINE_BLANK ||
		    line->kind == ND_LINE_SIGNATURE)
			continue;
		if (line->kind == ND_LINE_DIFF)
			return i; /* a change log may stand above it */
		if (line->kind != ND_LINE_OWN || is_postscript(body, line))
			break;
		if (is_trailer(body, line) || ++lines > SIGNATURE_LINES)
			return i;
	}
	end = at;
	if (at < body->line_count && body->line[at].kind == ND_LINE_OWN)
		return end; /* a postscript */
	for (; at < body->line_count; at++)
		if (body->line[at].kind == ND_LINE_OWN)
			return i;
	return end;
}

void
nd_signoff_mark(struct nd_body *body, const struct nd_address *from)
{
	struct words name = words_of_name(from->name);
	bool has_text = false;

	if (!name.count)
		return;
	for (size_t i = 0; i < body->line_count; i++) {
		size_t end;

		if (body->line[i].kind != ND_LINE_OWN)
			continue;
		end = has_text && is_signoff(body, &body->line[i], &name)
		              ? signature_end(body, i)
		              : i;
		for (size_t k = i; k < end; k++) {
			if (body->line[k].kind != ND_LINE_OWN)
				continue;
			body->line[k].kind = ND_LINE_SIGNATURE;
			body->own_bytes -= body->line[k].len;
		}
		has_text = true;
	}
}
