/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/shingle.h"

#include <string.h>

#include "util/alloc.h"
#include "util/segment.h"
#include "util/str.h"
#include "util/utf8.h"

enum { FIRST_SIZE = 256 };

#define HASH_START 0xcbf29ce484222325u
#define HASH_STEP 0x100000001b3u
#define RUN_STEP 0x9e3779b97f4a7c15u

struct nd_shingle_words {
	uint64_t *hash;
	uint32_t *line;
	size_t count, size;
};

struct nd_shingle_words *
nd_shingle_words_new(const void *ctx)
{
	return x_new(ctx, struct nd_shingle_words);
}

static void
add_word(struct nd_shingle_words *words, uint64_t hash, size_t line)
{
	if (words->count == words->size) {
		words->size = words->size ? words->size * 2 : FIRST_SIZE;
		words->hash = x_check(talloc_realloc(words, words->hash,
		                                     uint64_t, words->size));
		words->line = x_check(talloc_realloc(words, words->line,
		                                     uint32_t, words->size));
	}
	words->hash[words->count] = hash;
	words->line[words->count++] = (uint32_t)line;
}

/* The same as below for ASCII, which needs no table and no copy. */
static void
add_ascii(struct nd_shingle_words *words, const char *text, size_t len,
          size_t line)
{
	uint64_t hash = HASH_START;

	for (size_t at = 0; at < len && text[at]; at++) {
		if (nd_is_alnum(text[at])) {
			hash = (hash ^ (uint64_t)nd_lower(text[at])) *
			       HASH_STEP;
		} else if (hash != HASH_START) {
			add_word(words, hash, line);
			hash = HASH_START;
		}
	}
	if (hash != HASH_START)
		add_word(words, hash, line);
}

static void
add_folded(struct nd_shingle_words *words, const char *folded, size_t line)
{
	size_t end = strlen(folded);
	uint64_t hash = HASH_START;

	for (size_t at = 0; at < end;) {
		int32_t c = nd_utf8_next(folded, end, &at);
		enum nd_letter letter = nd_utf8_letter(c);

		if (letter == ND_LETTER_IGNORED)
			continue;
		if (letter != ND_LETTER_PART && hash != HASH_START) {
			add_word(words, hash, line);
			hash = HASH_START;
		}
		if (letter == ND_LETTER_NONE)
			continue;
		hash = (hash ^ (uint64_t)c) * HASH_STEP;
		if (letter == ND_LETTER_WORD) {
			add_word(words, hash, line);
			hash = HASH_START;
		}
	}
	if (hash != HASH_START)
		add_word(words, hash, line);
}

void
nd_shingle_words_add(struct nd_shingle_words *words, const char *text,
                     size_t len, size_t line)
{
	char *folded;

	if (nd_mem_ascii_run(text, len) == len) {
		add_ascii(words, text, len, line);
		return;
	}
	folded = nd_segment_fold(NULL, text, len);
	add_folded(words, folded, line);
	talloc_free(folded);
}

size_t
nd_shingle_offset(const char *text, size_t len, size_t number)
{
	bool inside = false;

	for (size_t at = 0; at < len;) {
		size_t start = at;
		enum nd_letter letter =
			nd_utf8_letter(nd_utf8_next(text, len, &at));

		if (letter == ND_LETTER_IGNORED)
			continue;
		if (letter == ND_LETTER_WORD ||
		    (letter == ND_LETTER_PART && !inside)) {
			if (number-- == 0)
				return start;
		}
		inside = letter == ND_LETTER_PART;
	}
	return len;
}

size_t
nd_shingle_count(const struct nd_shingle_words *words)
{
	return words->count;
}

uint64_t
nd_shingle_word(const struct nd_shingle_words *words, size_t word)
{
	return words->hash[word];
}

size_t
nd_shingle_line(const struct nd_shingle_words *words, size_t word)
{
	return words->line[word];
}

bool
nd_shingle_next(const struct nd_shingle_words *words,
                struct nd_shingle *shingle)
{
	uint64_t power = 1; /* of the word that leaves */

	for (size_t i = 1; i < ND_SHINGLE_WORDS; i++)
		power *= RUN_STEP;
	while (shingle->end < words->count) {
		size_t i = shingle->end++;

		if (i >= ND_SHINGLE_WORDS)
			shingle->hash -=
				words->hash[i - ND_SHINGLE_WORDS] * power;
		shingle->hash = shingle->hash * RUN_STEP + words->hash[i];
		if (shingle->end < ND_SHINGLE_WORDS)
			continue;
		shingle->first = shingle->end - ND_SHINGLE_WORDS;
		return true;
	}
	return false;
}

uint64_t
nd_shingle_whole(const char *text, size_t len, size_t *count)
{
	struct nd_shingle_words *words = nd_shingle_words_new(NULL);
	uint64_t hash = RUN_STEP; /* never that of a shingle */

	nd_shingle_words_add(words, text, len, 0);
	for (size_t i = 0; i < words->count; i++)
		hash = (hash ^ words->hash[i]) * HASH_STEP + i;
	*count = words->count;
	talloc_free(words);
	return hash;
}
