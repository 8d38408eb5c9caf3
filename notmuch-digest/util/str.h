/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * str.h - small questions about byte strings
 *
 * ASCII only: mail headers, trailers and subject tags compare without regard
 * to case in ASCII, whatever the process locale says (ctype.h would ask it).
 * Texts are (pointer, length) or NUL-terminated as the parameters say.
 */
#ifndef ND_UTIL_STR_H
#define ND_UTIL_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool
nd_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
nd_is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
nd_is_alnum(char c)
{
	return nd_is_alpha(c) || nd_is_digit(c);
}

/** Is this byte one of a name in a program: a letter, digit or "_"? */
static inline bool
nd_is_identifier_byte(char c)
{
	return nd_is_alnum(c) || c == '_';
}

/** Is it one of a word in any language: one of those, or not ASCII? */
static inline bool
nd_is_word_byte(char c)
{
	return nd_is_identifier_byte(c) || (unsigned char)c >= 0x80;
}

static inline bool
nd_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline char
nd_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool nd_str_equal_nocase(const char *a, const char *b);
bool nd_mem_equal_nocase(const char *a, const char *b, size_t len);
bool nd_str_starts_nocase(const char *text, const char *start);

/*
 * Asked for long tables of texts, nearly all of which differ in their first
 * byte: that is looked at here, where it costs no call.
 */

/** Does (text, len) begin with the NUL-terminated start? */
static inline bool
nd_mem_starts(const char *text, size_t len, const char *start)
{
	size_t want;

	if (len && *start && *text != *start)
		return false;
	want = strlen(start);
	return len >= want && memcmp(text, start, want) == 0;
}

static inline bool
nd_mem_starts_nocase(const char *text, size_t len, const char *start)
{
	size_t want;

	if (len && *start && nd_lower(*text) != nd_lower(*start))
		return false;
	want = strlen(start);
	return len >= want && nd_mem_equal_nocase(text, start, want);
}

static inline bool
nd_str_starts(const char *text, const char *start)
{
	return (!*start || *text == *start) &&
	       strncmp(text, start, strlen(start)) == 0;
}

/** Is (text, len) the word, in any case (ASCII)? */
static inline bool
nd_mem_is_nocase(const char *text, size_t len, const char *word)
{
	if (len && nd_lower(*text) != nd_lower(*word))
		return false;
	return strlen(word) == len && nd_mem_equal_nocase(text, word, len);
}

/** First place of needle in (text, len), which may hold NUL; NULL: none. */
const char *nd_mem_find(const char *text, size_t len, const char *needle);

/** First place of needle in (text, len), without regard to ASCII case. */
const char *
nd_mem_find_nocase(const char *text, size_t len, const char *needle);

/**
 * Is (text, len) as the pattern says? "*" stands for any bytes, "%" for a digit;
 * ASCII case does not matter. Costs one look for each piece between "*".
 */
bool nd_mem_matches(const char *text, size_t len, const char *pattern);

/** How many bytes at the start of (text, len) are ASCII? */
size_t nd_mem_ascii_run(const char *text, size_t len);

/** Take white space off both ends of (*text, *len). */
void nd_mem_trim(const char **text, size_t *len);

/** Lower-case the ASCII letters of text in place; returns text. */
char *nd_str_lower(char *text);

/** Does text end with the NUL-terminated end, in any case (ASCII)? */
bool nd_str_ends_nocase(const char *text, const char *end);
bool nd_mem_ends_nocase(const char *text, size_t len, const char *end);

#endif
