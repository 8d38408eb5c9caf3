/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/vocabulary.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <string.h>

#include "util/alloc.h"
#include "util/map.h"
#include "util/segment.h"
#include "util/str.h"

enum { WORD_BYTES_MAX = 64 };

struct nd_vocabulary {
	struct nd_segmenter *segmenter;
	struct sb_stemmer *stemmer; /* NULL: none for the language */
	struct nd_map *by_form;     /* folded word -> number */
	struct nd_map *by_stem;
	uint32_t count;
};

static const struct language {
	const char *code;
	const char *stemmer; /* Snowball's name */
	const char *stops;
} languages[] = {
	{"en", "english",
         "a about above after again all also am an and any are aren't as at "
         "be because been before being below between both but by can can't "
         "cannot could couldn't did didn't do does doesn't doing don't down "
         "during each etc e.g few for from further get gets had hadn't has "
         "hasn't have haven't having he her here hers him his how i i'd i'll "
         "i'm i've if in into is isn't it it's its itself just let let's "
         "like may me might more most much must my no nor not now of off on "
         "once one only or other our out over own same see she should "
         "shouldn't so some such than that that's the their them then there "
         "there's these they they're this those through to too under until "
         "up us very was wasn't we we'd we'll we're we've well were weren't "
         "what when where which while who whom why will with won't would "
         "wouldn't yes you you'd you'll you're you've your i.e"},
	{"de", "german",
         "aber alle als also am an auch auf aus bei bin bis bist da damit "
         "dann das dass daß dein dem den der des die dies diese dieser "
         "dieses doch dort du durch ein eine einem einen einer eines er es "
         "etwas für gegen gibt habe haben hat hatte hier ich ihr im in ist "
         "ja jetzt kann kein keine können man mehr mein mich mir mit muss "
         "müssen nach nicht noch nur ob oder ohne schon sehr sein sich sie "
         "sind so soll sollte über um und uns unter vom von vor war was "
         "weil wenn wer werden wie wir wird wo wurde zu zum zur zwischen"},
	{"fr", "french",
         "à ai au aussi aux avec avoir c'est car ce ces cet cette comme "
         "d'un d'une dans de des donc du elle en est et être eu fait il ils "
         "j'ai je l'on la le les leur lui ma mais me même mes mon n'est ne "
         "nos notre nous on ont ou où par pas peut plus pour qu'il que qui "
         "s'il sa sans se ses si son sont sur ta te tes ton tout très tu un "
         "une vos votre vous y"},
	{"es", "spanish",
         "a al algo como con de del donde el ella en entre era es esa ese "
         "eso esta estar este esto fue ha hay la las le les lo los más me "
         "mi muy no nos o para pero por porque que se ser si sí sin sobre "
         "son su sus también te tiene un una uno y ya yo"},
	{"ru", "russian",
         "а бы был была были было в вам вас вы для до его если есть же за "
         "и из или их к как ли мне мы на не нет но о он она они от по при "
         "с так то только у уже что чтобы это я"},
	{"zh", NULL,
         "的 了 是 在 我 有 和 就 不 都 一 一个 上 也 很 到 说 要 去 你 会 "
         "着 没有 看 好 这 那 我们 你们 他们 它 与 及 但 而 对 为 以 等 个"},
	{"ja", NULL,
         "の に は を た が で て と し れ さ ある いる も する から な こと "
         "として い や など なっ ない この その よう また もの です ます "
         "まし でき"},
};

static int
words_destructor(struct nd_vocabulary *words)
{
	if (words->stemmer)
		sb_stemmer_delete(words->stemmer);
	return 0;
}

static void
add_stops(struct nd_vocabulary *words, const char *stops)
{
	while (*stops) {
		char word[WORD_BYTES_MAX];
		size_t len = strcspn(stops, " ");

		memcpy(word, stops, len);
		word[len] = '\0';
		nd_map_set_int(words->by_form, word, ND_WORD_STOP);
		stops += len + (stops[len] == ' ');
	}
}

struct nd_vocabulary *
nd_vocabulary_new(const void *ctx, const char *language)
{
	struct nd_vocabulary *words = x_new(ctx, struct nd_vocabulary);

	words->segmenter = nd_segmenter_new(words, ND_SEGMENT_WORDS, language);
	words->by_form = nd_map_new(words);
	words->by_stem = nd_map_new(words);
	words->count = ND_WORD_STOP + 1;
	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
		const struct language *lang = &languages[i];

		if (strcmp(lang->code, language) != 0)
			continue;
		if (lang->stemmer)
			words->stemmer = sb_stemmer_new(lang->stemmer, "UTF_8");
		add_stops(words, lang->stops);
	}
	talloc_set_destructor(words, words_destructor);
	return words;
}

static uint32_t
number_of_stem(struct nd_vocabulary *words, const char *form)
{
	const char *stem = form;
	intptr_t number;

	if (words->stemmer)
		stem = (const char *)sb_stemmer_stem(words->stemmer,
		                                     (const sb_symbol *)form,
		                                     (int)strlen(form));
	/* A stemmer that is out of memory says NULL. */
	x_check((void *)(uintptr_t)stem);
	number = nd_map_get_int(words->by_stem, stem, -1);
	if (number < 0) {
		number = words->count++;
		nd_map_set_int(words->by_stem, stem, number);
	}
	return (uint32_t)number;
}

static uint32_t
number_of_form(struct nd_vocabulary *words, const char *form)
{
	intptr_t number = nd_map_get_int(words->by_form, form, -1);

	if (number < 0) {
		number = number_of_stem(words, form);
		nd_map_set_int(words->by_form, form, number);
	}
	return (uint32_t)number;
}

/* A word of (text, len): nearly all are ASCII and need no allocation. */
static uint32_t
number_of(struct nd_vocabulary *words, const char *text, size_t len)
{
	char form[WORD_BYTES_MAX];
	uint32_t number;
	char *folded;

	if (len >= sizeof form)
		for (len = sizeof form - 1;
		     len && ((unsigned char)text[len] & 0xc0) == 0x80; len--)
			;
	for (size_t i = 0; i < len; i++) {
		form[i] = nd_lower(text[i]);
		if ((unsigned char)text[i] >= 0x80)
			goto fold;
	}
	form[len] = '\0';
	return number_of_form(words, form);
fold:
	folded = nd_segment_fold(words, text, len);
	number = number_of_form(words, folded);
	talloc_free(folded);
	return number;
}

void
nd_vocabulary_read(struct nd_vocabulary *words, const char *text, size_t len,
                   const void *ctx, struct nd_word_list *list)
{
	size_t start, end;
	bool is_word;

	nd_segmenter_set(words->segmenter, text, len);
	while (nd_segmenter_next(words->segmenter, &start, &end, &is_word))
		if (is_word)
			*x_append(ctx, list->word, list->count) =
				number_of(words, text + start, end - start);
}

size_t
nd_vocabulary_count(const struct nd_vocabulary *words)
{
	return words->count;
}
