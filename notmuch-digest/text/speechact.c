/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/speechact.h"

#include <stdbool.h>
#include <string.h>

#include "util/str.h"

enum where { ANYWHERE, AT_START, IN_SHORT /* or at the start */ };

enum { SHORT_WORDS = 8 };

struct phrase {
	const char *text; /* lower case; words parted by one blank */
	unsigned acts;
	enum where where;
};

#define Q ND_SPEECHACT_QUESTION
#define DEC ND_SPEECHACT_DECISION
#define PROM ND_SPEECHACT_PROMISE
#define AGR ND_SPEECHACT_AGREE
#define OBJ ND_SPEECHACT_OBJECT
#define SUG ND_SPEECHACT_SUGGEST
#define RES ND_SPEECHACT_RESULT
#define PUR ND_SPEECHACT_PURPOSE
#define SOC ND_SPEECHACT_SOCIAL
#define DANG ND_SPEECHACT_DANGLING
#define RHET ND_SPEECHACT_RHETORIC
#define BOIL ND_SPEECHACT_BOILER
#define HEDGE ND_SPEECHACT_HEDGE

/* Sorted by first letter; within one, order does not matter. */
static const struct phrase phrases[] = {
	{"a bit confused", Q, ANYWHERE},
	{"acked", AGR, ANYWHERE},
	{"actually", OBJ, AT_START},
	{"added to my tree", DEC, ANYWHERE},
	{"adds support", PUR, ANYWHERE},
	{"agreed", AGR | DEC, AT_START},
	{"aims to", PUR, ANYWHERE},
	{"all the best", SOC, AT_START},
	{"already done", AGR, ANYWHERE},
	{"also", DANG, AT_START},
	{"and", DANG, AT_START},
	{"any idea", Q, ANYWHERE},
	{"any thoughts", Q, ANYWHERE},
	{"appears to work", RES, ANYWHERE},
	{"applied", DEC, AT_START},
	{"applied", DEC, IN_SHORT},
	{"are available in the git repository", BOIL, AT_START},
	{"are you sure", Q | OBJ, ANYWHERE},
	{"as a result", RES, ANYWHERE},
	{"as follows", BOIL, ANYWHERE},
	{"au revoir", SOC, AT_START},
	{"because", DANG, AT_START},
	{"below is", BOIL, AT_START},
	{"below are", BOIL, AT_START},
	{"best regards", SOC, AT_START},
	{"breaks", RES | OBJ, ANYWHERE},
	{"but", DANG | OBJ, AT_START},
	{"bonjour", SOC, AT_START},
	{"can be found at", BOIL, ANYWHERE},
	{"can we", SUG | Q, AT_START},
	{"can you", SUG | Q, ANYWHERE},
	{"cheers", SOC, AT_START},
	{"confidential", BOIL, ANYWHERE},
	{"comment below", SOC, ANYWHERE},
	{"comments below", SOC, ANYWHERE},
	{"comments inline", SOC, ANYWHERE},
	{"confirmed", RES, ANYWHERE},
	{"consensus", DEC, ANYWHERE},
	{"could you", SUG | Q, ANYWHERE},
	{"crashes", RES, ANYWHERE},
	{"decided", DEC, ANYWHERE},
	{"dear", SOC, AT_START},
	{"disagree", OBJ, ANYWHERE},
	{"does not work", OBJ | RES, ANYWHERE},
	{"doesn't work", OBJ | RES, ANYWHERE},
	{"does not make sense", OBJ, ANYWHERE},
	{"doesn't make sense", OBJ, ANYWHERE},
	{"does that make sense", Q, ANYWHERE},
	{"did i mention", RHET, ANYWHERE},
	{"don't like", OBJ, ANYWHERE},
	{"don't think", OBJ, ANYWHERE},
	{"do not think", OBJ, ANYWHERE},
	{"doubt", OBJ, ANYWHERE},
	{"duh", RHET, AT_START},
	{"einverstanden", AGR, ANYWHERE},
	{"fails", RES | OBJ, ANYWHERE},
	{"fair enough", AGR, AT_START},
	{"fair point", AGR, AT_START},
	{"feel free", BOIL, ANYWHERE},
	{"fixed in", DEC, ANYWHERE},
	{"fixes", PUR, ANYWHERE},
	{"for more details", BOIL, ANYWHERE},
	{"for the delay", SOC, ANYWHERE},
	{"for the late", SOC, ANYWHERE},
	{"for the noise", SOC, ANYWHERE},
	{"for the record", RES, ANYWHERE},
	{"forgive me", SOC, AT_START},
	{"found", RES, ANYWHERE},
	{"good catch", AGR, ANYWHERE},
	{"good idea", AGR, ANYWHERE},
	{"good point", AGR, ANYWHERE},
	{"gruß", SOC, AT_START},
	{"grüße", SOC, ANYWHERE},
	{"hallo", SOC, AT_START},
	{"happy to", PROM, ANYWHERE},
	{"has been added to", DEC, ANYWHERE},
	{"has been applied", DEC, ANYWHERE},
	{"has been merged", DEC, ANYWHERE},
	{"has been queued", DEC, ANYWHERE},
	{"have a look", PROM, ANYWHERE},
	{"hello", SOC, AT_START},
	{"here is", DANG, AT_START},
	{"hey", SOC, AT_START},
	{"hi", SOC, AT_START},
	{"hope this helps", SOC, ANYWHERE},
	{"hope that helps", SOC, ANYWHERE},
	{"how about", SUG | Q, ANYWHERE},
	{"however", OBJ | DANG, AT_START},
	{"huh", RHET, ANYWHERE},
	{"i agree", AGR, ANYWHERE},
	{"i am not sure", OBJ, ANYWHERE},
	{"i can", PROM, AT_START},
	{"i can't", OBJ, ANYWHERE},
	{"i changed", RES, ANYWHERE},
	{"i have queued", DEC, ANYWHERE},
	{"i guess", HEDGE, ANYWHERE},
	{"i have applied", DEC, ANYWHERE},
	{"i made a mistake", AGR, ANYWHERE},
	{"i propose", SUG, ANYWHERE},
	{"i suggest", SUG, ANYWHERE},
	{"i think", SUG, ANYWHERE},
	{"i tried", RES, ANYWHERE},
	{"i wonder", Q, ANYWHERE},
	{"i'd like", SUG, ANYWHERE},
	{"i'd prefer", SUG | OBJ, ANYWHERE},
	{"i'd rather", SUG | OBJ, ANYWHERE},
	{"i'd suggest", SUG, ANYWHERE},
	{"i'll", PROM, ANYWHERE},
	{"i'm going to", PROM, ANYWHERE},
	{"i'm not sure", OBJ, ANYWHERE},
	{"i've applied", DEC, ANYWHERE},
	{"i've merged", DEC, ANYWHERE},
	{"i've picked", DEC, ANYWHERE},
	{"i've pushed", DEC, ANYWHERE},
	{"i've queued", DEC, ANYWHERE},
	{"i will", PROM, ANYWHERE},
	{"ich werde", PROM, ANYWHERE},
	{"ich würde", SUG, ANYWHERE},
	{"if", HEDGE, AT_START},
	{"in file included from", BOIL, AT_START},
	{"in order to", PUR, ANYWHERE},
	{"in other words", DANG, AT_START},
	{"in the next version", PROM | DEC, ANYWHERE},
	{"in the next round", PROM | DEC, ANYWHERE},
	{"indeed", AGR, AT_START},
	{"instead of", SUG, ANYWHERE},
	{"intended recipient", BOIL, ANYWHERE},
	{"introduce", PUR, ANYWHERE},
	{"introduces", PUR, ANYWHERE},
	{"isn't", OBJ, ANYWHERE},
	{"it", DANG, AT_START},
	{"it's", DANG, AT_START},
	{"it seems", RES, ANYWHERE},
	{"je propose", SUG, ANYWHERE},
	{"je vais", PROM, ANYWHERE},
	{"kind regards", SOC, AT_START},
	{"let me know", SUG, ANYWHERE},
	{"let's", SUG, ANYWHERE},
	{"lgtm", AGR, ANYWHERE},
	{"looks fine", AGR, ANYWHERE},
	{"looks good", AGR, ANYWHERE},
	{"looks great", AGR, ANYWHERE},
	{"makes sense", AGR, ANYWHERE},
	{"maybe", HEDGE | SUG, AT_START},
	{"merci", SOC, AT_START},
	{"merged", DEC, IN_SHORT},
	{"mfg", SOC, AT_START},
	{"missing", OBJ, ANYWHERE},
	{"mistake", AGR, ANYWHERE},
	{"motivation", PUR, ANYWHERE},
	{"my bad", AGR, ANYWHERE},
	{"must", SUG, ANYWHERE},
	{"nack", DEC | OBJ, ANYWHERE},
	{"nak", DEC | OBJ, AT_START},
	{"need to", SUG, ANYWHERE},
	{"needs to", SUG, ANYWHERE},
	{"nit", SOC, AT_START},
	{"no functional change", BOIL, AT_START},
	{"no functional changes", BOIL, AT_START},
	{"no problem", AGR, AT_START},
	{"no worries", SOC, AT_START},
	{"nope", OBJ, AT_START},
	{"not convinced", OBJ, ANYWHERE},
	{"not sure", OBJ, ANYWHERE},
	{"now applied", DEC, ANYWHERE},
	{"now queued", DEC, ANYWHERE},
	{"objection", OBJ, ANYWHERE},
	{"of course", AGR, ANYWHERE},
	{"oh", RHET, AT_START},
	{"ok", AGR, AT_START},
	{"okay", AGR, AT_START},
	{"otherwise", DANG, AT_START},
	{"patch", PUR, AT_START},
	{"perhaps", HEDGE | SUG, AT_START},
	{"picked up", DEC, ANYWHERE},
	{"please", SUG, ANYWHERE},
	{"please find", BOIL, ANYWHERE},
	{"please pull", BOIL, AT_START},
	{"press any key to", BOIL, AT_START},
	{"pouvez-vous", Q | SUG, ANYWHERE},
	{"problem", OBJ, ANYWHERE},
	{"pulled", DEC, AT_START},
	{"pushed", DEC, AT_START},
	{"queued", DEC, IN_SHORT},
	{"regards", SOC, AT_START},
	{"rejected", DEC, IN_SHORT},
	{"reproduce", RES, ANYWHERE},
	{"resolved", DEC, AT_START},
	{"respin", PROM | DEC, ANYWHERE},
	{"reviewed", AGR, ANYWHERE},
	{"right", AGR, AT_START},
	{"sent from my", BOIL, ANYWHERE},
	{"should", SUG, ANYWHERE},
	{"should i", Q, ANYWHERE},
	{"see below", BOIL, ANYWHERE},
	{"shouldn't", OBJ | SUG, ANYWHERE},
	{"so", DANG, AT_START},
	{"sorry", SOC, ANYWHERE},
	{"sorry for", SOC, AT_START},
	{"sounds good", AGR, ANYWHERE},
	{"sounds like a good idea", AGR | SOC, ANYWHERE},
	{"support for", PUR, ANYWHERE},
	{"sure", AGR, AT_START},
	{"take a look", SOC, ANYWHERE},
	{"tested", RES, ANYWHERE},
	{"thank you", SOC, ANYWHERE},
	{"thanks", SOC, ANYWHERE},
	{"that", DANG, AT_START},
	{"that's", DANG, AT_START},
	{"the aim", PUR, ANYWHERE},
	{"the goal", PUR, ANYWHERE},
	{"the idea", PUR, ANYWHERE},
	{"the problem", OBJ, ANYWHERE},
	{"the purpose", PUR, ANYWHERE},
	{"then", DANG, AT_START},
	{"therefore", DANG, AT_START},
	{"these", DANG, AT_START},
	{"they", DANG, AT_START},
	{"this", DANG, AT_START},
	{"this patch", PUR, ANYWHERE},
	{"this patchset", PUR, ANYWHERE},
	{"this series", PUR, ANYWHERE},
	{"this is a note to let you know", BOIL, AT_START},
	{"to address", PUR, ANYWHERE},
	{"to avoid", PUR, ANYWHERE},
	{"to fix", PUR, ANYWHERE},
	{"to unsubscribe", BOIL, ANYWHERE},
	{"too late", OBJ, ANYWHERE},
	{"true", AGR, AT_START},
	{"validated", RES, ANYWHERE},
	{"was applied to", DEC, ANYWHERE},
	{"were applied to", DEC, ANYWHERE},
	{"was merged into", DEC, ANYWHERE},
	{"we agreed", DEC, ANYWHERE},
	{"we can", SUG, ANYWHERE},
	{"we could", SUG, ANYWHERE},
	{"we need", SUG, ANYWHERE},
	{"we should", SUG, ANYWHERE},
	{"what about", SUG | Q, ANYWHERE},
	{"what do you think", Q, ANYWHERE},
	{"which", DANG, AT_START},
	{"why not", SUG | Q, ANYWHERE},
	{"will add", PROM, ANYWHERE},
	{"will be fixed", PROM | DEC, ANYWHERE},
	{"will change", PROM, ANYWHERE},
	{"will do", PROM | DEC, ANYWHERE},
	{"will drop", PROM | DEC, ANYWHERE},
	{"will fix", PROM | DEC, ANYWHERE},
	{"will keep", PROM, ANYWHERE},
	{"will repost", PROM | DEC, ANYWHERE},
	{"will resend", PROM | DEC, ANYWHERE},
	{"will send", PROM | DEC, ANYWHERE},
	{"will update", PROM, ANYWHERE},
	{"withdraw", DEC, ANYWHERE},
	{"withdrawn", DEC, ANYWHERE},
	{"won't", OBJ, ANYWHERE},
	{"works fine", RES | AGR, ANYWHERE},
	{"works for me", RES | AGR, ANYWHERE},
	{"would it", Q, AT_START},
	{"would you", Q | SUG, ANYWHERE},
	{"wrong", OBJ, ANYWHERE},
	{"yeah", AGR, AT_START},
	{"yep", AGR, AT_START},
	{"yes", AGR, AT_START},
	{"you could", SUG, ANYWHERE},
	{"you may want", SUG, ANYWHERE},
	{"you might want", SUG, ANYWHERE},
	{"you should", SUG, ANYWHERE},
	{"your review", SOC, ANYWHERE},
};

enum { PHRASE_COUNT = sizeof phrases / sizeof phrases[0] };

/* Scripts without blanks, and words that do not begin with a to z. */
static const struct phrase fragments[] = {
	{"？", Q, ANYWHERE},
	{"吗", Q, ANYWHERE},
	{"谢谢", SOC, ANYWHERE},
	{"感谢", SOC, ANYWHERE},
	{"已应用", DEC, ANYWHERE},
	{"已合并", DEC, ANYWHERE},
	{"同意", AGR, ANYWHERE},
	{"建议", SUG, ANYWHERE},
	{"应该", SUG, ANYWHERE},
	{"问题", OBJ, ANYWHERE},
	{"测试", RES, ANYWHERE},
	{"ありがとう", SOC, ANYWHERE},
	{"ですか", Q, ANYWHERE},
	{"ますか", Q, ANYWHERE},
	{"適用しました", DEC, ANYWHERE},
	{"よろしく", SOC, ANYWHERE},
	{"спасибо", SOC, ANYWHERE},
};

/* Does phrase stand at text, ending where a word ends? */
static bool
stands_at(const char *phrase, const char *text, const char *end)
{
	for (; *phrase; phrase++, text++) {
		if (text == end || nd_lower(*text) != *phrase)
			return false;
	}
	return text == end || !(nd_is_alpha(*text) || nd_is_digit(*text) ||
	                        (unsigned char)*text >= 0x80);
}

/* The first phrase for each initial letter: one walk over the table. */
static void
index_initials(unsigned short first[27])
{
	size_t at = 0;

	for (int letter = 0; letter < 26; letter++) {
		first[letter] = (unsigned short)at;
		while (at < PHRASE_COUNT && phrases[at].text[0] == 'a' + letter)
			at++;
	}
	first[26] = (unsigned short)at;
}

static bool
counts(enum where where, bool at_start, bool is_short)
{
	return where == ANYWHERE || at_start || (where == IN_SHORT && is_short);
}

/* "Both applied to next": a longer sentence uses the word in passing. */
static bool
has_few_words(const char *text, size_t len)
{
	unsigned blanks = 0;

	for (size_t i = 0; i < len; i++)
		blanks += text[i] == ' ';
	return blanks < SHORT_WORDS;
}

/* "is applied", "not merged": no deed, or none done. */
static bool
is_negated(const char *start, const char *word)
{
	static const char *const before[] = {
		"is ",   "be ",   "are ",   "was ",   "not ", "get ",
		"gets ", "been ", "isn't ", "being ", "were "};

	for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
		size_t len = strlen(before[i]);

		if ((size_t)(word - start) >= len &&
		    nd_mem_equal_nocase(word - len, before[i], len))
			return true;
	}
	return false;
}

static unsigned
acts_of_words(const char *text, size_t len)
{
	unsigned short first[27];
	const char *end = text + len, *p = text;
	unsigned acts = 0;
	bool start = true, is_short = has_few_words(text, len);

	index_initials(first);
	while (p < end) {
		unsigned letter;

		if (!nd_is_alpha(*p)) {
			p++;
			continue;
		}
		letter = (unsigned)(nd_lower(*p) - 'a');
		for (size_t i = first[letter]; i < first[letter + 1]; i++)
			if (counts(phrases[i].where, start, is_short) &&
			    stands_at(phrases[i].text, p, end) &&
			    (phrases[i].where != IN_SHORT ||
			     !is_negated(text, p)))
				acts |= phrases[i].acts;
		start = false;
		while (p < end &&
		       (nd_is_alpha(*p) || nd_is_digit(*p) || *p == '\'' ||
		        *p == '_' || (unsigned char)*p >= 0x80))
			p++;
	}
	return acts;
}

static unsigned
acts_of_fragments(const char *text, size_t len)
{
	unsigned acts = 0;

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] < 0x80)
			continue;
		for (size_t k = 0; k < sizeof fragments / sizeof fragments[0];
		     k++)
			if (nd_mem_starts(text + i, len - i, fragments[k].text))
				acts |= fragments[k].acts;
	}
	return acts;
}

/* "what?" and "really?!" ask nothing that could be answered. */
static unsigned
acts_of_end(const char *text, size_t len)
{
	bool doubled;

	while (len && strchr(" )\"'*_", text[len - 1]))
		len--;
	doubled = len >= 2 && strchr("?!", text[len - 2]) != NULL;
	if (!len ||
	    !(text[len - 1] == '?' ||
	      (text[len - 1] == '!' && doubled && text[len - 2] == '?')))
		return 0;
	return ND_SPEECHACT_QUESTION | (doubled ? ND_SPEECHACT_RHETORIC : 0u);
}

unsigned
nd_speechact_find(const char *text, size_t len)
{
	return acts_of_words(text, len) | acts_of_fragments(text, len) |
	       acts_of_end(text, len);
}
