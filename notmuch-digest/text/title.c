/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/title.h"

#include <stdio.h>
#include <string.h>

#include "util/str.h"

/* A title that has grown or shrunk is the same one, if it says something. */
enum { WORDS_THAT_SAY = 3, LIKENESS_PART = 60, LIKENESS_MOST = 95 };

bool
nd_title_is_small_word(const char *word, size_t len)
{
	static const char *const small[] = {
		"a",    "an", "the", "of", "for",  "to",   "in",   "on",
		"at",   "by", "and", "or", "with", "from", "into", "via",
		"when", "as", "is",  "be", "it",   "its",  "some", "misc",
	};

	for (size_t i = 0; i < sizeof small / sizeof *small; i++)
		if (strlen(small[i]) == len &&
		    nd_mem_equal_nocase(word, small[i], len))
			return true;
	return false;
}

bool
nd_title_next_word(const char *text, size_t len, size_t *start, size_t *end)
{
	size_t at = *end;

	while (at < len && !nd_is_word_byte(text[at]))
		at++;
	if (at == len)
		return false;
	*start = at;
	while (at < len && nd_is_word_byte(text[at]))
		at++;
	*end = at;
	return true;
}

/* FNV-1a */
static uint64_t
hash_byte(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * UINT64_C(0x100000001b3);
}

static uint64_t
hash_word(const char *word, size_t len)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < len; i++)
		hash = hash_byte(hash, (unsigned char)nd_lower(word[i]));
	return hash;
}

static void
add_word(struct nd_title *title, uint64_t word, bool inner)
{
	size_t at = 0;

	while (at < title->count && title->word[at] < word)
		at++;
	if (at < title->count && title->word[at] == word) {
		title->inner_count += inner && !title->inner[at];
		title->inner[at] = title->inner[at] || inner;
		return;
	}
	if (title->count == ND_TITLE_WORDS)
		return;
	memmove(&title->word[at + 1], &title->word[at],
	        (title->count - at) * sizeof *title->word);
	memmove(&title->inner[at + 1], &title->inner[at],
	        (title->count - at) * sizeof *title->inner);
	title->word[at] = word;
	title->inner[at] = inner;
	title->inner_count += inner;
	title->count++;
}

/* Bytes of "KVM: arm64: " */
static size_t
prefix_len(const char *text, size_t len)
{
	size_t prefix = 0;

	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == ':' && text[i + 1] == ' ')
			prefix = i + 2;
	return prefix;
}

void
nd_title_read(const char *text, size_t len, struct nd_title *out)
{
	size_t prefix = prefix_len(text, len), start, end = 0;

	*out = (struct nd_title){.count = 0};
	while (out->count < ND_TITLE_WORDS &&
	       nd_title_next_word(text, len, &start, &end))
		if (!nd_title_is_small_word(text + start, end - start))
			add_word(out, hash_word(text + start, end - start),
			         start >= prefix);
	for (size_t i = 0; i < out->count; i++)
		for (int shift = 0; shift < 64; shift += 8)
			out->hash = hash_byte(
				out->hash,
				(unsigned char)(out->word[i] >> shift));
}

const char *
nd_title_key(const struct nd_title *title, char *key)
{
	snprintf(key, ND_TITLE_KEY_BYTES, "%016llx",
	         (unsigned long long)title->hash);
	return key;
}

/* Words of both; with inner those behind the prefix only. */
static size_t
common_words(const struct nd_title *a, const struct nd_title *b, bool inner)
{
	size_t common = 0, i = 0, k = 0;

	while (i < a->count && k < b->count) {
		if (a->word[i] < b->word[k]) {
			i++;
		} else if (a->word[i] > b->word[k]) {
			k++;
		} else {
			common += !inner || (a->inner[i] && b->inner[k]);
			i++;
			k++;
		}
	}
	return common;
}

unsigned
nd_title_likeness(const struct nd_title *a, const struct nd_title *b)
{
	/* "KVM: arm64: fixes" has no other words. */
	bool inner = a->inner_count >= 2 && b->inner_count >= 2;
	size_t count_a = inner ? a->inner_count : a->count;
	size_t count_b = inner ? b->inner_count : b->count;
	size_t less = count_a < count_b ? count_a : count_b;
	size_t common = common_words(a, b, inner);
	unsigned likeness;

	if (less == 0)
		return 0;
	if (a->hash == b->hash)
		return 100;
	likeness = (unsigned)(100 * common / (count_a + count_b - common));
	if (common == less && less >= WORDS_THAT_SAY &&
	    likeness < LIKENESS_PART)
		return LIKENESS_PART;
	/* Only the prefix differs. */
	return likeness < LIKENESS_MOST ? likeness : LIKENESS_MOST;
}
