/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * title.h - titles of patches and series as sets of words
 *
 * "KVM/arm64: A stage 2 for the host" and "KVM: arm64: Stage-2 for the host"
 * are the same title: case, punctuation and small words do not count, nor does
 * the order of words. Titles are UTF-8.
 *
 * Limits: words after the first ND_TITLE_WORDS are left out.
 */
#ifndef ND_TEXT_TITLE_H
#define ND_TEXT_TITLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ND_TITLE_WORDS = 24 };

/* What sort of thing a word names, as far as it can be seen. */
enum nd_title_kind {
	ND_TITLE_PREFIX = 1u << 0, /* stands in "KVM: arm64:" only */
	ND_TITLE_PART = 1u << 1,   /* letters and digits: "ab7193" */
	ND_TITLE_FILE = 1u << 2,   /* "foo" of "foo.c" */
	ND_TITLE_ARCH = 1u << 3,   /* "riscv" */
	ND_TITLE_LOCALE = 1u << 4, /* "German", "pt_BR" */
	ND_TITLE_NAME = 1u << 5,   /* has a capital inside the title */
	ND_TITLE_OBJECT = 1u << 6, /* behind "for", "in", "on", … */
};

struct nd_title {
	uint64_t word[ND_TITLE_WORDS]; /* hashes, ascending, each once */
	uint8_t kind[ND_TITLE_WORDS];  /* enum nd_title_kind */
	bool inner[ND_TITLE_WORDS];    /* stands behind "KVM: arm64:" */
	size_t count, inner_count;
	uint64_t hash; /* of all words; 0 for a title without any */
};

/**
 * The next word of (text, len) as [*start, *end), from *end on; false when
 * there is none. A word is letters, digits, _ and everything beyond ASCII.
 */
bool
nd_title_next_word(const char *text, size_t len, size_t *start, size_t *end);

/** Is this one of the small words that do not count? */
bool nd_title_is_small_word(const char *word, size_t len);

void nd_title_read(const char *text, size_t len, struct nd_title *out);

/**
 * Only the hash of a title, which costs much less: *hash is the field of that
 * name. False when it has no words.
 */
bool nd_title_read_hash(const char *text, size_t len, uint64_t *hash);

enum { ND_TITLE_KEY_BYTES = 17 };

/** The hash in hex, as a key for maps, in key[ND_TITLE_KEY_BYTES]. */
const char *nd_title_key(const struct nd_title *title, char *key);

/** Likewise of the words behind the prefix; NULL when there are none. */
const char *nd_title_inner_key(const struct nd_title *title, char *key);

/**
 * How alike two titles are: 100 for the same words, 0 for none in common. The
 * prefix, which all patches of a subsystem have, does not count. Where one
 * title has all words of the other and some more it is 60 or more.
 */
unsigned nd_title_likeness(const struct nd_title *a, const struct nd_title *b);

enum nd_title_siblings { ND_TITLE_NO_SIBLINGS, ND_TITLE_LIKELY, ND_TITLE_SURE };

/**
 * Do two titles say the same of two things, as patches for two chips do?
 *
 * ND_TITLE_SURE when each has a part number, file, architecture or language
 * that the other has not; ND_TITLE_LIKELY when they differ by a component of
 * the prefix, a proper name, or the one thing behind "for" or "in".
 */
enum nd_title_siblings
nd_title_siblings(const struct nd_title *a, const struct nd_title *b);

#endif
