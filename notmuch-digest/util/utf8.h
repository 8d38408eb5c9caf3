/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utf8.h - questions about UTF-8 text, and making it harmless
 *
 * What a mail says is shown on terminals, in headers and in other programs'
 * files. Some characters are not text but commands there, or make text look
 * like something else: C0 and C1 controls, the bidirectional controls, zero
 * width characters, fillers, tag characters (U+E0000..), variation selectors,
 * private use and noncharacters.
 * mail/ takes them out of everything it reads; the renderers' escape functions
 * rely on it but check again where it matters.
 */
#ifndef ND_UTIL_UTF8_H
#define ND_UTIL_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The code point at text[*at], moving *at behind it.
 *
 * Returns U+FFFD for a byte sequence that is not UTF-8 (and moves one byte).
 * *at must be below len.
 */
int32_t nd_utf8_next(const char *text, size_t len, size_t *at);

/** True for characters that must never be shown; tab and LF are text. */
bool nd_utf8_is_unsafe(int32_t code_point);

/** True for what shows nothing: white space, what is unsafe, empty braille. */
bool nd_utf8_is_blank(int32_t code_point);

/** True when (text, len) is valid UTF-8 (and holds no NUL). */
bool nd_utf8_is_valid(const char *text, size_t len);

/** True when it is that, and without unsafe characters. */
bool nd_utf8_is_harmless(const char *text, size_t len);

/**
 * A copy of (text, len) without unsafe characters.
 *
 * Not UTF-8 becomes U+FFFD, the empty braille pattern a blank. CR LF becomes LF;
 * LF and tab stay.
 * removed   counts what was taken out, may be NULL
 */
char *
nd_utf8_clean(const void *ctx, const char *text, size_t len, size_t *removed);

/**
 * A copy of (text, len) on one line: nd_utf8_clean, and every run of white
 * space is one blank, none at the ends. For header values and titles.
 */
char *nd_utf8_clean_line(const void *ctx, const char *text, size_t len);

/** Terminal columns of (text, len): wide characters count 2, marks 0. */
size_t nd_utf8_width(const char *text, size_t len);

/** The bytes of the longest start of (text, len) that is at most columns
 * wide. */
size_t nd_utf8_fit(const char *text, size_t len, size_t columns);

enum nd_letter {
	ND_LETTER_NONE,    /* no part of a word */
	ND_LETTER_IGNORED, /* not seen: soft hyphen and its like */
	ND_LETTER_PART,    /* letters, digits, and the marks on them */
	ND_LETTER_WORD,    /* a script without blanks: each is a word */
};

/** What a character is to somebody who counts words quickly. */
enum nd_letter nd_utf8_letter(int32_t code_point);

/**
 * text, or when it is wider than columns a copy, owned by ctx, that is cut
 * between words and ends in an ellipsis.
 */
const char *nd_utf8_truncate(const void *ctx, const char *text, size_t columns);

#endif
