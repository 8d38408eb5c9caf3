/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * token.h - the words and signs of a sentence, for those who look for phrases
 *
 * Words are lower case and stemmed (Snowball, English); contractions come apart
 * ("don't" is "do", "not"; "I'll" is "i", "will"). Identifiers, numbers, paths,
 * versions and such are told by their kind, so that what is learned on one list
 * does not hang on its names. Of Chinese and Japanese, each letter is a word. Text
 * is valid UTF-8; linear in it.
 */
#ifndef ND_TEXT_TOKEN_H
#define ND_TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum nd_token_kind {
	ND_TOKEN_WORD,
	ND_TOKEN_NUMBER,
	ND_TOKEN_IDENTIFIER, /* foo_bar, a->b, Foo::bar, KVM_ARM, fooBar */
	ND_TOKEN_VERSION,    /* v3 */
	ND_TOKEN_COMMIT,     /* 7 to 40 hexadecimal digits */
	ND_TOKEN_PATH,
	ND_TOKEN_URL,
	ND_TOKEN_ADDRESS,
	ND_TOKEN_MARK, /* "?", "!" */
	ND_TOKEN_SMILEY,
};

struct nd_token {
	const char *text; /* in the sentence, or a constant; not ended */
	uint16_t len;
	bool capital;  /* begins with A to Z */
	bool comma;    /* a comma, colon or dash stands behind it */
	uint8_t kind;  /* enum nd_token_kind */
	uint32_t word; /* hash of the text in lower case */
	uint32_t stem; /* of the word's stem; of the name of its kind, if it is
			* no word */
};

struct nd_tokenizer;

struct nd_tokenizer *nd_tokenizer_new(const void *ctx);

/** One of the calling thread, which remembers words; ends with the thread. */
struct nd_tokenizer *nd_tokenizer_own(void);

/**
 * The tokens of (text, len); those beyond max are left out.
 *
 * Returns    their number; they point into text
 */
size_t nd_tokenizer_read(struct nd_tokenizer *tokenizer, const char *text,
                         size_t len, struct nd_token *token, size_t max);

/** "<identifier>"; "" for words and marks. */
const char *nd_token_kind_name(enum nd_token_kind kind);

/** Is it one of these words, in any case? */
bool nd_token_is_one_of(const struct nd_token *token, const char *const *word,
                        size_t count);

/** The hash of a word in lower case, as in nd_token.word. */
uint32_t nd_token_hash(const char *word, size_t len);

#endif
