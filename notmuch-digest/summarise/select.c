/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/select.h"

#include <stdlib.h>

#include "summarise/answered.h"
#include "summarise/beginning.h"
#include "summarise/doing.h"
#include "summarise/due.h"
#include "summarise/opening.h"
#include "summarise/presentable.h"
#include "summarise/titles.h"
#include "telling/telling.h"
#include "text/phrase.h"
#include "util/alloc.h"

/* Candidates of a zone that are weighed again. */
enum {
	POOL_MAX = 400,
	OVER_WORDS = 40, /* for what a thread was about that is over */
};

/* Of the words that are left, for what is told first. */
#define FIRST_SHARE 0.75f
/* A sentence of what was posted that adds less is not read in a short text. */
#define SHORT_ENOUGH -1.6f
/* Of what a word costs elsewhere. */
#define FIRST_PRICE 0.5f
/* Of all words, for what is new where it goes on with what is known. */
#define NEWS_SHARE 0.4f

static const enum nd_zone zones[ND_SHARES] = {
	[ND_SHARE_BACKGROUND] = ND_ZONE_BACKGROUND,
	[ND_SHARE_TALK] = ND_ZONE_NEW,
	[ND_SHARE_EARLIER] = ND_ZONE_EARLIER,
	[ND_SHARE_POSTING] = ND_ZONE_NEW,
};

/* ---- what may be chosen at all ---- */

static bool
has_people(const struct nd_candidates *m)
{
	for (size_t i = 0; i < m->candidate_count; i++)
		if (!m->source[m->candidate[i].message].robot)
			return true;
	return false;
}

/* ---- taking the best ---- */

static unsigned
share(unsigned words, float part)
{
	return (unsigned)((float)words * part);
}

static unsigned
at_most(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

struct pool {
	uint32_t *candidate;
	size_t count;
};

struct ranked {
	uint32_t candidate;
	float score;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

/* A robot is heard when it says what was done, or what is wrong. */
static bool
is_chatter(const struct nd_candidates *m, const struct nd_candidate *c)
{
	const struct nd_source *source = &m->source[c->message];

	if (!source->robot || c->doing & ND_DOING_DECIDE)
		return false;
	return !source->result ||
	       (!(source->result->flags & ND_EVENT_FAILED) && !source->mends);
}

static bool
is_told(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	return chooser->told && chooser->m->review &&
	       nd_telling_covers(c->events, c->print_words);
}

/* The zone's candidates with the best scores, best first. */
static struct pool
fill_pool(const void *ctx, const struct nd_chooser *chooser, enum nd_share of,
          bool people, bool spare)
{
	const struct nd_candidates *m = chooser->m;
	struct ranked *ranked =
		x_array(NULL, struct ranked, m->candidate_count + 1);
	struct pool pool = {0};
	size_t count = 0;

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] || nd_chooser_share(m, c) != of ||
		    is_told(chooser, c) || (people && is_chatter(m, c)) ||
		    !nd_presentable(m, c) ||
		    c->score < chooser->spread->enough ||
		    (spare && nd_opening_is_aside(m, c)) ||
		    (of == ND_SHARE_BACKGROUND &&
		     nd_opening_is_of_sending(m, c)))
			continue;
		ranked[count++] = (struct ranked){(uint32_t)i, c->score};
	}
	qsort(ranked, count, sizeof *ranked, compare_ranked);
	pool.count = count < POOL_MAX ? count : POOL_MAX;
	pool.candidate = x_array(ctx, uint32_t, pool.count + 1);
	for (size_t i = 0; i < pool.count; i++)
		pool.candidate[i] = ranked[i].candidate;
	talloc_free(ranked);
	return pool;
}

/* A zone while it is being filled. */
struct bin {
	enum nd_zone zone;
	struct pool pool;
	unsigned words_left;
	bool spare; /* has only what says much */
};

/* The candidate of the bin worth most that fits, or -1. */
static intptr_t
find_best(const struct nd_chooser *chooser, const struct bin *bin, float *value)
{
	unsigned left = at_most(bin->words_left, chooser->words_left);
	intptr_t best = -1;

	for (size_t i = 0; i < bin->pool.count; i++) {
		uint32_t candidate = bin->pool.candidate[i];
		const struct nd_candidate *c =
			&chooser->m->candidate[candidate];
		float worth;

		if (chooser->taken[candidate] ||
		    nd_chooser_price(chooser, c, bin->zone) > left)
			continue;
		/* Best first: the rest cannot be worth more. */
		if (c->score <= *value)
			break;
		worth = nd_chooser_value(chooser, c, bin->zone);
		if (worth > *value && (!bin->spare || worth > SHORT_ENOUGH)) {
			*value = worth;
			best = candidate;
		}
	}
	return best;
}

/* Take the sentence worth most of all bins; false when there is none. */
static bool
take_best(struct nd_chooser *chooser, struct bin *bin, size_t count)
{
	float value = chooser->spread->enough;
	struct bin *from = NULL;
	intptr_t best = -1;
	unsigned before = chooser->words_left;

	for (size_t i = 0; i < count; i++) {
		intptr_t found = find_best(chooser, &bin[i], &value);

		if (found >= 0) {
			best = found;
			from = &bin[i];
		}
	}
	if (!from)
		return false;
	nd_chooser_take(chooser, (uint32_t)best, from->zone);
	before -= chooser->words_left;
	from->words_left -= at_most(from->words_left, before);
	return true;
}

/* Some of the first mail comes first, where some of it can. */
static bool
is_better_first(const struct nd_candidates *m, const struct nd_candidate *c,
                const struct nd_candidate *best)
{
	return m->review && best &&
	       m->source[c->message].part == ND_PART_ROOT &&
	       m->source[best->message].part != ND_PART_ROOT;
}

/* What of the background says best what it is about, in max_words; or -1. */
static intptr_t
find_first(const struct nd_chooser *chooser, const struct pool *background,
           unsigned max_words)
{
	const struct nd_candidates *m = chooser->m;
	intptr_t best = -1;
	float most = 0;

	for (size_t i = 0; i < background->count; i++) {
		const struct nd_candidate *c =
			&m->candidate[background->candidate[i]];
		float worth = c->opening -
		              FIRST_PRICE * chooser->spread->per_word *
		                      (float)nd_chooser_words(c->print_words);

		if (nd_opening_is_aside(m, c) ||
		    nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) >
		            max_words)
			continue;
		if (best >= 0 && !is_better_first(m, c, &m->candidate[best]) &&
		    (worth <= most ||
		     is_better_first(m, &m->candidate[best], c)))
			continue;
		most = worth;
		best = background->candidate[i];
	}
	return best;
}

/*
 * What it is about is told, though it be long: nothing stands beside it yet
 * that could have its words.
 */
static void
take_first(struct nd_chooser *chooser, struct bin *background)
{
	unsigned before = chooser->words_left;
	unsigned room = chooser->told ? share(before, FIRST_SHARE)
	                              : background->words_left;
	intptr_t first = find_first(chooser, &background->pool, room);

	if (first < 0)
		return;
	if (chooser->told)
		nd_opening_take(chooser, (uint32_t)first, room);
	else
		nd_chooser_take(chooser, (uint32_t)first, ND_ZONE_BACKGROUND);
	before -= chooser->words_left;
	background->words_left -= at_most(background->words_left, before);
}

/* ---- the zones ---- */

/* A talk that is told whole needs no news of it. */
static bool
has_history(const struct nd_candidates *m)
{
	for (size_t i = 0; i < m->thread->message_count; i++)
		if (!(m->thread->message[i]->flags & ND_MESSAGE_NEW))
			return true;
	return false;
}

/* What came of it comes before the way to it; of patches the ledger knows. */
static void
take_talk(struct nd_chooser *chooser)
{
	bool pull = chooser->m->thread->category == ND_CATEGORY_PULL;

	if (!pull) {
		nd_due_take_finding(chooser);
		if (!has_history(chooser->m))
			nd_due_take_outcome(chooser);
	}
	if (!pull)
		nd_due_take_thanked(chooser);
	nd_due_take_last_word(chooser);
	nd_due_take_answer(chooser);
}

/* Where the titles of patches are told, what repeats them is not. */
static void
cross_out_titles(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;

	for (size_t i = 0; i < m->candidate_count; i++)
		if (m->source[m->candidate[i].message].part != ND_PART_TALK &&
		    nd_titles_says(m, &m->candidate[i]))
			chooser->taken[i] = ND_CHOOSER_SAID;
}

/* Of those for what a thread was about that is over. */
static unsigned
words_over(const struct nd_chooser *chooser)
{
	unsigned words = 0;

	for (size_t i = 0; i < chooser->choice_count; i++)
		if (chooser->choice[i].zone == ND_ZONE_BACKGROUND)
			words += chooser->m
			                 ->candidate[chooser->choice[i]
			                                     .candidate]
			                 .print_words;
	return words < OVER_WORDS ? OVER_WORDS - words : 0;
}

static void
take_zones(struct nd_chooser *chooser, unsigned flags)
{
	void *tmp = talloc_new(NULL);
	unsigned all = chooser->words_left;
	unsigned news = 0;
	bool people = has_people(chooser->m);
	bool talk = chooser->told && !chooser->m->review;
	bool goes_on = has_history(chooser->m);
	struct bin bin[ND_SHARES];
	unsigned over;

	for (int of = 0; of < ND_SHARES; of++) {
		bin[of].zone = zones[of];
		bin[of].spare =
			flags & ND_SELECT_BRIEF && chooser->m->review &&
			(of == ND_SHARE_BACKGROUND || of == ND_SHARE_POSTING);
		bin[of].pool = fill_pool(tmp, chooser, (enum nd_share)of,
		                         people, bin[of].spare);
		bin[of].words_left = all;
	}
	if (bin[ND_SHARE_TALK].pool.count + bin[ND_SHARE_EARLIER].pool.count +
	    bin[ND_SHARE_POSTING].pool.count)
		bin[ND_SHARE_BACKGROUND].words_left =
			share(all, chooser->spread->background_share);
	if (bin[ND_SHARE_TALK].pool.count) {
		bin[ND_SHARE_EARLIER].words_left =
			share(all, chooser->spread->earlier_share);
		bin[ND_SHARE_POSTING].words_left =
			share(all, chooser->spread->posting_share);
	}
	/* What it is about and what is new come before all else. */
	if (bin[ND_SHARE_TALK].pool.count && goes_on)
		news = share(all, NEWS_SHARE);
	chooser->words_left -= news;
	if (talk)
		nd_beginning_take(chooser);
	if (chooser->choice_count == 0 && !(flags & ND_SELECT_OPENED))
		take_first(chooser, &bin[ND_SHARE_BACKGROUND]);
	if (talk)
		nd_due_take_question(chooser);
	chooser->words_left += news;
	if (talk)
		take_talk(chooser);
	if (chooser->m->review || goes_on)
		nd_due_take_changes(chooser);
	if (chooser->told && chooser->m->review)
		nd_due_take_last_word(chooser);
	take_best(chooser, &bin[ND_SHARE_TALK], 1);
	if (chooser->told) {
		nd_due_take_deed(chooser);
		nd_due_take_fault(chooser);
	}
	/* What is over is told in short: what it was, and what came of it. */
	over = chooser->m->told_from > 0 ? words_over(chooser) : all;
	bin[ND_SHARE_BACKGROUND].words_left =
		at_most(bin[ND_SHARE_BACKGROUND].words_left, over);
	while (take_best(chooser, bin, ND_SHARES))
		;
	/* What the others left may go to any. */
	for (int of = 0; of < ND_SHARES; of++)
		bin[of].words_left = all;
	bin[ND_SHARE_BACKGROUND].words_left =
		chooser->m->told_from > 0 ? words_over(chooser) : all;
	while (take_best(chooser, bin, ND_SHARES))
		;
	talloc_free(tmp);
}

/* "It should be fixed in 4.2.", "It works for me.": how it is, not what will be
 * done; but "works for me, I withdraw that". */
static bool
tells_how_it_is(const struct nd_candidate *c)
{
	unsigned ways = ND_DOING_FIND;

	if (!(c->doing & ND_DOING_DECIDE))
		ways |= ND_DOING_SETTLE;
	return !(c->doing & ND_DOING_PROMISE) &&
	       (c->doing & ways ||
	        nd_phrase_find_word(c->sentence.text, c->sentence.len,
	                            "fixed in"));
}

/* "It looks good to me.": and nothing of what will be done */
static bool
is_praise(const struct nd_candidate *c)
{
	static const struct nd_phrase words[] = {
		{"look good", 1},   {"looks fine", 1},  {"looks good", 1},
		{"looks great", 1}, {"looks nicer", 1}, {"looks ok", 1},
		{"looks okay", 1},
	};

	return !(c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE)) &&
	       nd_phrases_in(ND_PHRASES(words), c->sentence.text,
	                     c->sentence.len);
}

/* What the ledger calls a decision, or a notice or a talk that says so. */
static bool
is_decision(const struct nd_candidates *m, const struct nd_candidate *c)
{
	static const unsigned decisions =
		1u << ND_EVENT_NACK | 1u << ND_EVENT_RESPIN_PROMISED |
		1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED |
		1u << ND_EVENT_MERGED | 1u << ND_EVENT_MERGED_STABLE |
		1u << ND_EVENT_SUPERSEDED | 1u << ND_EVENT_WITHDRAWN |
		1u << ND_EVENT_REJECTED | 1u << ND_EVENT_AGREED;

	if ((c->sure & decisions) == 1u << ND_EVENT_AGREED && is_praise(c))
		return false;
	if (c->sure & decisions)
		return m->review || !tells_how_it_is(c);
	return (m->source[c->message].notice ||
	        (!m->review && !tells_how_it_is(c))) &&
	       c->doing & ND_DOING_DECIDE &&
	       !(c->doing & (ND_DOING_ASK | ND_DOING_HEDGE));
}

/* Decisions and open questions are shown by themselves. */
static enum nd_zone
shown_zone(const struct nd_candidates *m, const struct nd_choice *choice)
{
	const struct nd_candidate *c = &m->candidate[choice->candidate];

	if (c->open)
		return ND_ZONE_QUESTION;
	if (choice->zone == ND_ZONE_NEW && is_decision(m, c))
		return ND_ZONE_DECISION;
	return choice->zone;
}

static int
compare_choices(const void *a, const void *b)
{
	const struct nd_choice *x = a, *y = b;

	if (x->zone != y->zone)
		return x->zone > y->zone ? 1 : -1;
	return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

static void
sort(struct nd_choices *choices)
{
	if (choices->count)
		qsort(choices->choice, choices->count, sizeof *choices->choice,
		      compare_choices);
}

void
nd_select(const void *ctx, struct nd_candidates *m,
          const struct nd_weights *weights, unsigned max_words, unsigned flags,
          struct nd_choices *choices)
{
	bool told = flags & ND_SELECT_TOLD;
	void *tmp = talloc_new(NULL);
	struct nd_chooser *chooser = nd_chooser_new(
		tmp, m, m->review ? &weights->of_reviews : &weights->of_talk,
		max_words, told);

	if (flags & ND_SELECT_OPENED)
		cross_out_titles(chooser);
	take_zones(chooser, flags);
	choices->count = chooser->choice_count;
	choices->choice = talloc_steal(ctx, chooser->choice);
	if (told)
		nd_answered_replace(m, choices);
	sort(choices);
	/* What is told with the next one is shown where that is. */
	for (size_t i = choices->count; i-- > 0;) {
		struct nd_choice *choice = &choices->choice[i];
		bool leads = nd_choices_leads(choices, i);

		choice->zone = leads ? choice[1].zone : shown_zone(m, choice);
		choice->stays |= choice->zone == ND_ZONE_QUESTION;
	}
	sort(choices);
	talloc_free(tmp);
}
