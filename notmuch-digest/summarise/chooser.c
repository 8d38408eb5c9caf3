/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/chooser.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/presentable.h"
#include "summarise/remarkplace.h"
#include "telling/itemtext.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum {
	PATCH_WORDS = 1, /* "patch 2/5", with a name */
	REPEATED_WORDS = 5,
	ALIKE_CONTENT = 4, /* words that are no stop words */
	ALIKE_PERCENT = 80,
};

static enum nd_share
share_of(const struct nd_candidates *m, const struct nd_candidate *c)
{
	bool is_new = m->thread->message[c->message]->flags & ND_MESSAGE_NEW;
	enum nd_part part = m->source[c->message].part;

	if (c->sentence.flags & ND_SENTENCE_NEWS)
		return is_new && part == ND_PART_ROOT ? ND_SHARE_POSTING
		                                      : ND_SHARES;
	if (part == ND_PART_ROOT)
		return ND_SHARE_BACKGROUND;
	if (part == ND_PART_PATCH)
		return is_new ? ND_SHARE_POSTING : ND_SHARE_BACKGROUND;
	return is_new ? ND_SHARE_TALK : ND_SHARE_EARLIER;
}

enum nd_share
nd_chooser_share(const struct nd_candidates *m, const struct nd_candidate *c)
{
	enum nd_share share = share_of(m, c);

	return share == ND_SHARE_BACKGROUND || c->message >= m->told_from
	               ? share
	               : ND_SHARES;
}

unsigned
nd_chooser_words(unsigned print_words)
{
	return print_words < ND_ITEMTEXT_WORDS_MAX ? print_words
	                                           : ND_ITEMTEXT_WORDS_MAX;
}

/* Of the heading that the first sentence of a part brings with it. */
static unsigned
heading_words(const struct nd_chooser *chooser, const struct nd_candidate *c,
              enum nd_zone zone)
{
	const struct nd_source *source = &chooser->m->source[c->message];

	return nd_summary_zone_has_headings(zone) &&
	                       !chooser->headed[source->branch]
	               ? source->heading_words
	               : 0;
}

/* Is the sentence before c told with it in that zone? Openings have their own. */
static bool
brings_lead(const struct nd_chooser *chooser, const struct nd_candidate *c,
            enum nd_zone zone)
{
	size_t i = (size_t)(c - chooser->m->candidate);

	return zone != ND_ZONE_BACKGROUND && chooser->led[i] &&
	       chooser->taken[i - 1] == ND_CHOOSER_FREE;
}

unsigned
nd_chooser_price(const struct nd_chooser *chooser, const struct nd_candidate *c,
                 enum nd_zone zone)
{
	const struct nd_source *source = &chooser->m->source[c->message];
	const struct nd_speaker *speaker = &chooser->m->speaker[source->person];
	unsigned words = nd_chooser_words(c->print_words);

	if (!chooser->by_mail[c->message])
		words += nd_itemtext_words(chooser->by_person[source->person]
		                                   ? speaker->short_name
		                                   : speaker->name) +
		         (source->part == ND_PART_PATCH ? PATCH_WORDS : 0) +
		         nd_remarkplace_words(c->on_patch, c->on_code);
	if (brings_lead(chooser, c, zone))
		words += nd_chooser_words(c[-1].print_words);
	return words + heading_words(chooser, c, zone);
}

static float
share_said(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const uint32_t *word = chooser->m->words.word + c->word;
	unsigned said = 0;

	for (uint32_t i = 0; i < c->word_count; i++)
		said += word[i] != ND_WORD_STOP && chooser->said[word[i]];
	return c->content ? (float)said / (float)c->content : 1;
}

/* "That is why …", and what it was is not in the summary. */
static bool
is_orphan(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	size_t i = (size_t)(c - chooser->m->candidate);

	/* What opens is told with what it leads back to. */
	if (chooser->choice_count == 0 || c->sentence.nth == 0 || i == 0 ||
	    chooser->taken[i - 1] == ND_CHOOSER_TAKEN)
		return false;
	return chooser->told ? c->hangs && !chooser->led[i]
	                     : nd_hanging_leads_back(c);
}

float
nd_chooser_value(const struct nd_chooser *chooser, const struct nd_candidate *c,
                 enum nd_zone zone)
{
	const struct nd_source *source = &chooser->m->source[c->message];
	const struct nd_spread *spread = chooser->spread;
	float said = share_said(chooser, c);
	float value =
		c->score - spread->same_words * said * said -
		spread->per_word * (float)nd_chooser_words(c->print_words);

	if (is_orphan(chooser, c))
		value -= spread->orphan;
	if (brings_lead(chooser, c, zone))
		value -= spread->per_word *
		         (float)nd_chooser_words(c[-1].print_words);
	if (source->part == ND_PART_ROOT)
		return value -
		       spread->same_root * (float)chooser->by_mail[c->message];
	return value -
	       spread->same_person * (float)chooser->by_person[source->person] -
	       chooser->m->branch_price *
	               (float)chooser->by_branch[source->branch];
}

static const char *
letters_of(const void *ctx, const struct nd_candidate *c)
{
	return nd_itemtext_letters(ctx, c->sentence.text, c->sentence.len);
}

/*
 * What is sent again, or quoted without marks, is told where it was said first.
 * A few words may be said twice, and mean something else each time.
 */
static void
cross_out_repeated(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	struct nd_map *seen = nd_map_new(NULL);

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		const char *letters;

		if (c->print_words < REPEATED_WORDS)
			continue;
		letters = letters_of(seen, c);
		if (nd_map_has(seen, letters))
			chooser->taken[i] = ND_CHOOSER_SAID;
		else
			nd_map_set_int(seen, letters, 1);
	}
	talloc_free(seen);
}

/* Nor is the same told twice, however short. */
static void
cross_out(struct nd_chooser *chooser, const struct nd_candidate *told)
{
	const char *letters = letters_of(NULL, told);

	for (size_t i = 0; i < chooser->m->candidate_count; i++) {
		const struct nd_candidate *c = &chooser->m->candidate[i];
		const char *others;

		if (told->print_words >= REPEATED_WORDS ||
		    chooser->taken[i] != ND_CHOOSER_FREE ||
		    c->print_words != told->print_words)
			continue;
		others = letters_of(letters, c);
		if (strcmp(others, letters) == 0)
			chooser->taken[i] = ND_CHOOSER_SAID;
	}
	talloc_free((void *)letters);
}

static bool
denies(const struct nd_candidate *c)
{
	static const char *const words[] = {"not ",   "n't ",    "no ",
	                                    "never ", "cannot ", "without "};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (nd_mem_find_nocase(c->sentence.text, c->sentence.len,
		                       words[i]))
			return true;
	return false;
}

static unsigned
count_shared(const struct nd_chooser *chooser, const struct nd_candidate *c,
             const uint8_t *told)
{
	const uint32_t *word = chooser->m->words.word + c->word;
	unsigned shared = 0;

	for (uint32_t i = 0; i < c->word_count; i++)
		shared += word[i] != ND_WORD_STOP && told[word[i]];
	return shared;
}

/* The next digit of it at *at or behind, or 0. */
static char
next_digit(const struct nd_sentence *s, uint32_t *at)
{
	while (*at < s->len && !nd_is_digit(s->text[*at]))
		(*at)++;
	return *at < s->len ? s->text[(*at)++] : 0;
}

static bool
have_same_digits(const struct nd_sentence *a, const struct nd_sentence *b)
{
	uint32_t i = 0, k = 0;
	char digit;

	do {
		digit = next_digit(a, &i);
		if (digit != next_digit(b, &k))
			return false;
	} while (digit);
	return true;
}

/* "It is fixed" and "Is it not?" are no same statement, nor "in 6.1", "in 6.2". */
static bool
are_of_a_kind(const struct nd_candidate *a, const struct nd_candidate *b)
{
	return !((a->doing ^ b->doing) & ND_DOING_ASK) &&
	       denies(a) == denies(b) &&
	       have_same_digits(&a->sentence, &b->sentence);
}

/* What is sent again with a typo mended, or a word more, says the same. */
static void
cross_out_alike(struct nd_chooser *chooser, const struct nd_candidate *told)
{
	const struct nd_candidates *m = chooser->m;
	const uint32_t *word = m->words.word + told->word;
	uint8_t *set =
		x_array(NULL, uint8_t, nd_vocabulary_count(m->vocabulary));

	for (uint32_t i = 0; i < told->word_count; i++)
		set[word[i]] = 1;
	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		unsigned both = c->content + told->content;

		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    c->message != told->message &&
		    c->content >= ALIKE_CONTENT &&
		    told->content >= ALIKE_CONTENT &&
		    200 * count_shared(chooser, c, set) >=
		            ALIKE_PERCENT * both &&
		    are_of_a_kind(c, told))
			chooser->taken[i] = ND_CHOOSER_SAID;
	}
	talloc_free(set);
}

static void
take(struct nd_chooser *chooser, uint32_t i, enum nd_zone zone)
{
	const struct nd_candidate *c = &chooser->m->candidate[i];
	const struct nd_source *source = &chooser->m->source[c->message];
	struct nd_choice *choice;

	chooser->words_left -= nd_chooser_price(chooser, c, zone);
	chooser->headed[source->branch] |= nd_summary_zone_has_headings(zone);
	choice = x_append(chooser, chooser->choice, chooser->choice_count);
	*choice = (struct nd_choice){
		.candidate = i,
		.zone = zone,
		.led = zone != ND_ZONE_BACKGROUND && chooser->led[i] &&
	               chooser->taken[i - 1] == ND_CHOOSER_TAKEN,
		.stays =
			chooser->choice_count == 1 && zone == ND_ZONE_BACKGROUND
				? 2
				: 0,
	};
	chooser->taken[i] = ND_CHOOSER_TAKEN;
	cross_out(chooser, c);
	cross_out_alike(chooser, c);
	for (uint32_t k = 0; k < c->word_count; k++)
		chooser->said[chooser->m->words.word[c->word + k]] = 1;
	chooser->by_mail[c->message]++;
	chooser->by_person[source->person]++;
	chooser->by_branch[source->branch]++;
}

void
nd_chooser_take(struct nd_chooser *chooser, uint32_t i, enum nd_zone zone)
{
	if (brings_lead(chooser, &chooser->m->candidate[i], zone))
		take(chooser, i - 1, zone);
	take(chooser, i, zone);
}

/* Does candidate i lead back to the sentence before it, which can be told? */
static bool
is_led(const struct nd_candidates *m, size_t i)
{
	const struct nd_candidate *c = &m->candidate[i], *lead = c - 1;

	return c->hangs && c->sentence.nth > 0 && i > 0 &&
	       lead->message == c->message &&
	       lead->print_words <= ND_ITEMTEXT_WORDS_MAX &&
	       !nd_candidates_are_parted(m, lead, c) && nd_presentable(m, lead);
}

struct nd_chooser *
nd_chooser_new(const void *ctx, const struct nd_candidates *m,
               const struct nd_spread *spread, unsigned max_words, bool told)
{
	struct nd_chooser *chooser = x_new(ctx, struct nd_chooser);
	size_t mails = m->thread->message_count;

	*chooser = (struct nd_chooser){
		.m = m,
		.spread = spread,
		.taken = x_array(chooser, uint8_t, m->candidate_count + 1),
		.said = x_array(chooser, uint8_t,
	                        nd_vocabulary_count(m->vocabulary)),
		.by_mail = x_array(chooser, uint16_t, mails),
		.by_person = x_array(chooser, uint16_t, m->speaker_count),
		.by_branch = x_array(chooser, uint16_t, mails),
		.headed = x_array(chooser, uint8_t, mails),
		.led = x_array(chooser, uint8_t, m->candidate_count + 1),
		.words_left = max_words,
		.told = told,
	};
	cross_out_repeated(chooser);
	for (size_t i = 0; told && i < m->candidate_count; i++)
		chooser->led[i] = is_led(m, i);
	return chooser;
}
