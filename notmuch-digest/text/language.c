/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/language.h"

#include <stdbool.h>
#include <string.h>

#include "util/str.h"
#include "util/utf8.h"

enum { GUESS_BYTES = 2048, WORD_BYTES = 24 };

/* Words that every text of the language uses and the others do not. */
static const struct {
	const char *name;
	const char *words;
} latin[] = {
	{"en",
         " the and of to is that for this with not are be have it if as we "
         "you but can will would i "},
	{"de",
         " der die das und ist nicht ein eine ich mit den dem von auf wir "
         "sich es auch zu aber wenn noch für dass sie "},
	{"fr",
         " le la les et est que une des pour dans pas je nous vous sur avec "
         "du ce il qui mais au cette sont "},
	{"es",
         " el los las y es que una para en con por no se del lo como pero "
         "más esta este al un son si "},
};

enum { LATIN_COUNT = sizeof latin / sizeof latin[0] };

struct scripts {
	unsigned latin, han, kana, hangul, cyrillic;
};

static void
count_script(struct scripts *count, int32_t c)
{
	if (c < 0x80 ? nd_is_alpha((char)c) : c < 0x250)
		count->latin++;
	else if (c >= 0x400 && c < 0x530)
		count->cyrillic++;
	else if (c >= 0x3040 && c < 0x3100)
		count->kana++;
	else if ((c >= 0x4e00 && c < 0xa000) || (c >= 0x3400 && c < 0x4dc0))
		count->han++;
	else if (c >= 0xac00 && c < 0xd7b0)
		count->hangul++;
}

static void
count_word(unsigned hits[LATIN_COUNT], const char *word, size_t len)
{
	char padded[WORD_BYTES + 3];

	if (!len || len > WORD_BYTES)
		return;
	padded[0] = ' ';
	memcpy(padded + 1, word, len);
	padded[len + 1] = ' ';
	padded[len + 2] = '\0';
	nd_str_lower(padded);
	for (size_t i = 0; i < LATIN_COUNT; i++)
		if (strstr(latin[i].words, padded))
			hits[i]++;
}

static const char *
guess_latin(const char *text, size_t len)
{
	unsigned hits[LATIN_COUNT] = {0};
	size_t best = 0, start = 0;

	for (size_t i = 0; i <= len; i++) {
		bool inside = i < len && (nd_is_alpha(text[i]) ||
		                          (unsigned char)text[i] >= 0x80);

		if (inside)
			continue;
		count_word(hits, text + start, i - start);
		start = i + 1;
	}
	for (size_t i = 1; i < LATIN_COUNT; i++)
		if (hits[i] > hits[best])
			best = i;
	return hits[best] ? latin[best].name : "";
}

const char *
nd_language_guess(const char *text, size_t len)
{
	struct scripts count = {0};
	size_t at = 0;

	if (len > GUESS_BYTES)
		len = GUESS_BYTES;
	while (at < len)
		count_script(&count, nd_utf8_next(text, len, &at));
	/* A Han sign says about as much as two letters. */
	if (2 * (count.han + count.kana) > count.latin)
		return 8 * count.kana > count.han ? "ja" : "zh";
	if (2 * count.hangul > count.latin)
		return "ko";
	if (count.cyrillic > count.latin)
		return "ru";
	return guess_latin(text, len);
}
