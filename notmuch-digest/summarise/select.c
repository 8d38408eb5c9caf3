/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/select.h"

#include <stdlib.h>
#include <string.h>

#include "summarise/answered.h"
#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/itemtext.h"
#include "summarise/opening.h"
#include "summarise/presentable.h"
#include "summarise/telling.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/str.h"

enum {
	POOL_MAX = 400, /* candidates of a zone that are weighed again */
	REPEATED_WORDS = 5,
	BEGINNING_WORDS = 6, /* "I am new here." says nothing */
	OPENING_BACK = 3,    /* sentences that one may lead back */
	LEAD_WORDS = 10,     /* that may come with what leads back to them */
	BRIEF_OPENING = 8,   /* words that say little by themselves */
};

/* Of the words that are left, for what a talk asks. */
#define QUESTION_SHARE 0.67f

/* Of a candidate. */
enum {
	FREE,
	TAKEN,
	SAID /* another says the same */
};

struct chooser {
	const struct nd_candidates *m;
	const struct nd_spread *spread;
	struct nd_choices *choices;
	const void *ctx;
	uint8_t *taken;                            /* of each candidate */
	uint8_t *said;                             /* of each word number */
	uint16_t *by_mail, *by_person, *by_branch; /* sentences chosen */
	uint8_t *headed; /* of each branch: its heading is paid for */
	unsigned words_left;
	bool told; /* facts will say what some sentences say */
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

/* What is filled one beside the other; news are of the same zone. */
enum share_of {
	OF_BACKGROUND,
	OF_TALK, /* new mails that answer */
	OF_EARLIER,
	OF_POSTING, /* new patches, and what changed since the last version */
	SHARES
};

static const enum nd_zone zones[SHARES] = {
	[OF_BACKGROUND] = ND_ZONE_BACKGROUND,
	[OF_TALK] = ND_ZONE_NEW,
	[OF_EARLIER] = ND_ZONE_EARLIER,
	[OF_POSTING] = ND_ZONE_NEW,
};

/* SHARES for a sentence that has no place in a summary. */
static enum share_of
share_for(const struct nd_candidates *m, const struct nd_candidate *c)
{
	bool is_new = m->thread->message[c->message]->flags & ND_MESSAGE_NEW;
	enum nd_part part = m->source[c->message].part;

	if (c->sentence.flags & ND_SENTENCE_NEWS)
		return is_new && part == ND_PART_ROOT ? OF_POSTING : SHARES;
	if (part == ND_PART_ROOT)
		return OF_BACKGROUND;
	if (part == ND_PART_PATCH)
		return is_new ? OF_POSTING : OF_BACKGROUND;
	return is_new ? OF_TALK : OF_EARLIER;
}

/* ---- taking the best ---- */

unsigned
nd_select_words(unsigned print_words)
{
	return print_words < ND_ITEMTEXT_WORDS_MAX ? print_words
	                                           : ND_ITEMTEXT_WORDS_MAX;
}

/* Of the heading that the first sentence of a part brings with it. */
static unsigned
heading_words(const struct chooser *chooser, const struct nd_candidate *c,
              enum nd_zone zone)
{
	const struct nd_source *source = &chooser->m->source[c->message];

	return nd_summary_zone_has_headings(zone) &&
	                       !chooser->headed[source->branch]
	               ? source->heading_words
	               : 0;
}

static unsigned
price_in_words(const struct chooser *chooser, const struct nd_candidate *c,
               enum nd_zone zone)
{
	const struct nd_source *source = &chooser->m->source[c->message];
	const struct nd_speaker *speaker = &chooser->m->speaker[source->person];
	unsigned words = nd_select_words(c->print_words);

	if (!chooser->by_mail[c->message])
		words += nd_itemtext_words(chooser->by_person[source->person]
		                                   ? speaker->short_name
		                                   : speaker->name);
	return words + heading_words(chooser, c, zone);
}

static float
share_said(const struct chooser *chooser, const struct nd_candidate *c)
{
	const uint32_t *word = chooser->m->words.word + c->word;
	unsigned said = 0;

	for (uint32_t i = 0; i < c->word_count; i++)
		said += word[i] != ND_WORD_STOP && chooser->said[word[i]];
	return c->content ? (float)said / (float)c->content : 1;
}

/* "That is why …", and what it was is not in the summary. */
static bool
is_orphan(const struct chooser *chooser, const struct nd_candidate *c)
{
	size_t i = (size_t)(c - chooser->m->candidate);

	/* What opens is told with what it leads back to. */
	return chooser->choices->count > 0 && nd_hanging_leads_back(c) &&
	       c->sentence.nth > 0 && i > 0 && !(chooser->told && c->above) &&
	       chooser->taken[i - 1] != TAKEN;
}

static float
value_of(const struct chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_source *source = &chooser->m->source[c->message];
	const struct nd_spread *spread = chooser->spread;
	float said = share_said(chooser, c);
	float value = c->score - spread->same_words * said * said -
	              spread->per_word * (float)nd_select_words(c->print_words);

	if (is_orphan(chooser, c))
		value -= spread->orphan;
	if (source->part == ND_PART_ROOT)
		return value -
		       spread->same_root * (float)chooser->by_mail[c->message];
	return value -
	       spread->same_person * (float)chooser->by_person[source->person] -
	       chooser->m->branch_price *
	               (float)chooser->by_branch[source->branch];
}

/* Its letters and digits, whatever blanks and marks are between them. */
static const char *
letters_of(const void *ctx, const struct nd_sentence *s)
{
	char *letters = x_array(ctx, char, s->len + 1);
	size_t count = 0;

	for (uint32_t i = 0; i < s->len; i++)
		if (nd_mem_starts(s->text + i, s->len - i, "\xc2\xa0"))
			i++; /* a no-break space */
		else if (nd_is_alnum(s->text[i]) ||
		         (unsigned char)s->text[i] >= 0x80)
			letters[count++] = nd_lower(s->text[i]);
	letters[count] = '\0';
	return letters;
}

/*
 * What is sent again, or quoted without marks, is told where it was said first.
 * A few words may be said twice, and mean something else each time.
 */
static void
cross_out_repeated(struct chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	struct nd_map *seen = nd_map_new(NULL);

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		const char *letters;

		if (c->print_words < REPEATED_WORDS)
			continue;
		letters = letters_of(seen, &c->sentence);
		if (nd_map_has(seen, letters))
			chooser->taken[i] = SAID;
		else
			nd_map_set_int(seen, letters, 1);
	}
	talloc_free(seen);
}

/* Nor is the same told twice, however short. */
static void
cross_out(struct chooser *chooser, const struct nd_candidate *told)
{
	const char *letters = letters_of(NULL, &told->sentence);

	for (size_t i = 0; i < chooser->m->candidate_count; i++) {
		const struct nd_candidate *c = &chooser->m->candidate[i];
		const char *others;

		if (told->print_words >= REPEATED_WORDS ||
		    chooser->taken[i] != FREE ||
		    c->print_words != told->print_words)
			continue;
		others = letters_of(letters, &c->sentence);
		if (strcmp(others, letters) == 0)
			chooser->taken[i] = SAID;
	}
	talloc_free((void *)letters);
}

static void
take(struct chooser *chooser, uint32_t i, enum nd_zone zone)
{
	const struct nd_candidate *c = &chooser->m->candidate[i];
	const struct nd_source *source = &chooser->m->source[c->message];
	struct nd_choice *choice;

	chooser->words_left -= price_in_words(chooser, c, zone);
	chooser->headed[source->branch] |= nd_summary_zone_has_headings(zone);
	choice = x_append(chooser->ctx, chooser->choices->choice,
	                  chooser->choices->count);
	*choice = (struct nd_choice){
		.candidate = i,
		.zone = zone,
		.stays = chooser->choices->count == 1 &&
	                 zone == ND_ZONE_BACKGROUND,
	};
	chooser->taken[i] = TAKEN;
	cross_out(chooser, c);
	for (uint32_t k = 0; k < c->word_count; k++)
		chooser->said[chooser->m->words.word[c->word + k]] = 1;
	chooser->by_mail[c->message]++;
	chooser->by_person[source->person]++;
	chooser->by_branch[source->branch]++;
}

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
is_told(const struct chooser *chooser, const struct nd_candidate *c)
{
	return chooser->told && chooser->m->review &&
	       nd_telling_covers(c->events, c->print_words);
}

/* The zone's candidates with the best scores, best first. */
static struct pool
fill_pool(const void *ctx, const struct chooser *chooser, enum share_of of,
          bool people)
{
	const struct nd_candidates *m = chooser->m;
	struct ranked *ranked =
		x_array(NULL, struct ranked, m->candidate_count + 1);
	struct pool pool = {0};
	size_t count = 0;

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] || share_for(m, c) != of ||
		    is_told(chooser, c) || (people && is_chatter(m, c)) ||
		    !nd_presentable(m, c) || c->score < chooser->spread->enough)
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
};

/* The candidate of the bin worth most that fits, or -1. */
static intptr_t
find_best(const struct chooser *chooser, const struct bin *bin, float *value)
{
	unsigned left = at_most(bin->words_left, chooser->words_left);
	intptr_t best = -1;

	for (size_t i = 0; i < bin->pool.count; i++) {
		uint32_t candidate = bin->pool.candidate[i];
		const struct nd_candidate *c =
			&chooser->m->candidate[candidate];
		float worth;

		if (chooser->taken[candidate] ||
		    price_in_words(chooser, c, bin->zone) > left)
			continue;
		if (chooser->choices->count == 0 &&
		    nd_opening_is_aside(chooser->m, c))
			continue;
		/* Best first: the rest cannot be worth more. */
		if (c->score <= *value)
			break;
		worth = value_of(chooser, c);
		if (worth > *value) {
			*value = worth;
			best = candidate;
		}
	}
	return best;
}

/*
 * "Yes, that did the trick. Tried it out with two compilers.": the short
 * sentence that another leads back to is told with it.
 */
static void
take_lead(struct chooser *chooser, uint32_t i, enum nd_zone zone)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *c = &m->candidate[i], *lead = c - 1;

	if (!chooser->told || i == 0 || c->above || !c->sentence.nth ||
	    c->sentence.flags & ND_SENTENCE_FIRST ||
	    lead->message != c->message || chooser->taken[i - 1] != FREE ||
	    lead->print_words > LEAD_WORDS || !nd_hanging_leads_back(c) ||
	    !nd_presentable(m, lead) ||
	    price_in_words(chooser, lead, zone) > chooser->words_left)
		return;
	take(chooser, i - 1, zone);
}

/* The sentence that one leads back to, if it can be told, or one itself. */
static uint32_t
opening_of(const struct chooser *chooser, uint32_t one)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t first = m->source[m->candidate[one].message].candidate;
	uint32_t i = one;

	if (!nd_hanging_leads_back(&m->candidate[one]) || one == first)
		return one;
	do
		i--;
	while (i > first && one - i < OPENING_BACK &&
	       !nd_hanging_stands(&m->candidate[i]));
	return nd_hanging_stands(&m->candidate[i]) &&
	                       !nd_opening_is_aside(m, &m->candidate[i]) &&
	                       chooser->taken[i] == FREE &&
	                       nd_presentable(m, &m->candidate[i])
	               ? i
	               : one;
}

/* The first sentence of its mail that leads back to nothing, or one itself. */
static uint32_t
beginning_of(const struct chooser *chooser, uint32_t one)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t i = m->source[m->candidate[one].message].candidate;

	for (; i < one; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] == FREE && !nd_hanging_leads_back(c) &&
		    !nd_opening_is_aside(m, c) &&
		    !(c->doing & ND_DOING_COURTESY) && nd_presentable(m, c) &&
		    c->sentence.flags & ND_SENTENCE_WHOLE &&
		    c->print_words >= BEGINNING_WORDS)
			return i;
	}
	return one;
}

/*
 * What is said of a thread first does not lead back to what is not told: where
 * "So this fixes it" is chosen, what it is said of is told, too, or instead.
 */
static void
take_opening(struct chooser *chooser, uint32_t i)
{
	const struct nd_candidate *c = &chooser->m->candidate[i];
	uint32_t opening = opening_of(chooser, i);
	unsigned left = chooser->words_left / 2, before;
	bool both;

	if (opening == i && !nd_hanging_stands(c))
		opening = beginning_of(chooser, i);
	if (opening == i && c->print_words <= BRIEF_OPENING)
		opening = beginning_of(chooser, i);
	if (opening == i) {
		take(chooser, i, ND_ZONE_BACKGROUND);
		return;
	}
	before = price_in_words(chooser, &chooser->m->candidate[opening],
	                        ND_ZONE_BACKGROUND);
	both = before + nd_select_words(c->print_words) <= left;
	if (both || (before <= left && !nd_hanging_stands(c)))
		take(chooser, opening, ND_ZONE_BACKGROUND);
	if (both || before > left || nd_hanging_stands(c))
		take(chooser, i, ND_ZONE_BACKGROUND);
}

/* The first sentence that says what patches are for, if it fits; else one. */
static uint32_t
purpose_of(const struct chooser *chooser, uint32_t one, unsigned left)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];

	for (uint32_t i = root->candidate;
	     i < root->candidate + root->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] == FREE &&
		    nd_opening_tells_purpose(m, c) && nd_presentable(m, c) &&
		    price_in_words(chooser, c, ND_ZONE_BACKGROUND) <= left)
			return i;
	}
	return one;
}

/* Take the sentence worth most of all bins; false when there is none. */
static bool
take_best(struct chooser *chooser, struct bin *bin, size_t count)
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
	if (chooser->told && chooser->choices->count == 0 &&
	    from->zone == ND_ZONE_BACKGROUND)
		take_opening(chooser, purpose_of(chooser, (uint32_t)best,
		                                 at_most(from->words_left,
		                                         chooser->words_left)));
	else
		take(chooser, (uint32_t)best, from->zone);
	if (from->zone != ND_ZONE_BACKGROUND)
		take_lead(chooser, (uint32_t)best, from->zone);
	before -= chooser->words_left;
	from->words_left -= at_most(from->words_left, before);
	return true;
}

/* What it is about is told, though it be long. */
static void
take_first(struct chooser *chooser, struct bin *background)
{
	struct bin opening = *background;
	unsigned before = chooser->words_left;

	if (!take_best(chooser, &opening, 1) && chooser->told) {
		opening.words_left = before / 2;
		take_best(chooser, &opening, 1);
	}
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

/* What may be told of new mails, whatever it is worth, for as long as it fits. */
static bool
may_be_told(const struct chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;

	return share_for(m, c) == OF_TALK && !m->source[c->message].robot &&
	       nd_presentable(m, c) &&
	       price_in_words(chooser, c, ND_ZONE_NEW) <= chooser->words_left;
}

/* Whether it stays when words run out, or competes with the others. */
static void
take_news(struct chooser *chooser, const struct nd_candidate *c, bool stays)
{
	uint32_t i = c ? (uint32_t)(c - chooser->m->candidate) : 0;

	if (!c)
		return;
	take(chooser, i, ND_ZONE_NEW);
	chooser->choices->choice[chooser->choices->count - 1].stays = stays;
	take_lead(chooser, i, ND_ZONE_NEW);
}

/*
 * The best of the sentences with these events in the last new mail that has
 * any, bits 1u << enum nd_event_type.
 */
static void
take_last_event(struct chooser *chooser, unsigned events)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (size_t i = m->candidate_count; i-- > 0;) {
		const struct nd_candidate *c = &m->candidate[i];

		if (best && c->message != best->message)
			break;
		if (c->events & events && chooser->taken[i] == TAKEN)
			return;
		if (c->events & events && chooser->taken[i] == FREE &&
		    may_be_told(chooser, c) &&
		    (!best || c->score > best->score))
			best = c;
	}
	take_news(chooser, best,
	          best && best->events & ~(1u << ND_EVENT_APPROVED) & events);
}

/*
 * The last new mail that changed something is told, and the last refusal, which
 * no later promise or agreement makes undone.
 */
static void
take_last_changes(struct chooser *chooser)
{
	static const unsigned refusals = 1u << ND_EVENT_NACK |
	                                 1u << ND_EVENT_OBJECTION |
	                                 1u << ND_EVENT_REJECTED;
	static const unsigned changes =
		refusals | 1u << ND_EVENT_CHANGES_REQUESTED |
		1u << ND_EVENT_RESPIN_PROMISED | 1u << ND_EVENT_DEFERRED |
		1u << ND_EVENT_SUPERSEDED | 1u << ND_EVENT_WITHDRAWN |
		1u << ND_EVENT_AGREED | 1u << ND_EVENT_APPROVED |
		1u << ND_EVENT_DECIDED | 1u << ND_EVENT_TEST_RESULT;

	take_last_event(chooser, changes);
	take_last_event(chooser, refusals);
}

/* Neither thanks, nor "A quick update ...", which only leads to one. */
static bool
is_last_word(const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;

	return !(c->doing & ND_DOING_COURTESY) &&
	       !(s->len > 2 && !memcmp(s->text + s->len - 2, "..", 2));
}

/* A talk ends with what its last mail says that says anything. */
static void
take_last_word(struct chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (size_t i = m->candidate_count; i-- > 0;) {
		const struct nd_candidate *c = &m->candidate[i];

		if (best && c->message != best->message)
			break;
		if (chooser->taken[i] == FREE && is_last_word(c) &&
		    may_be_told(chooser, c) &&
		    (!best || c->score > best->score))
			best = c;
	}
	take_news(chooser, best, true);
}

/* A sentence, or one that announces what is below it; no part of a list. */
static bool
is_beginning(const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;

	return c->print_words >= BEGINNING_WORDS &&
	       !(c->doing & (ND_DOING_DANGLE | ND_DOING_COURTESY)) &&
	       s->flags & (ND_SENTENCE_WHOLE | ND_SENTENCE_COLON) &&
	       !nd_mem_ends_nocase(s->text, s->len, "…");
}

/* What a talk began with: the first sentence that says something. */
static void
take_beginning(struct chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];

	for (uint32_t i = root->candidate;
	     i < root->candidate + root->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (share_for(m, c) != OF_BACKGROUND || !nd_presentable(m, c) ||
		    !is_beginning(c))
			continue;
		if (chooser->taken[i] != FREE)
			return;
		/* One that is too long to be told is not the only one. */
		if (price_in_words(chooser, c, ND_ZONE_BACKGROUND) >
		    share(chooser->words_left, QUESTION_SHARE))
			continue;
		take(chooser, i, ND_ZONE_BACKGROUND);
		return;
	}
}

/* And what its first mail asks. */
static void
take_question(struct chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];
	const struct nd_candidate *best = NULL;

	for (uint32_t i = 0; i < root->candidate_count; i++) {
		const struct nd_candidate *c =
			&m->candidate[root->candidate + i];

		if (!(c->doing & ND_DOING_ASK) ||
		    share_for(m, c) != OF_BACKGROUND || !nd_presentable(m, c))
			continue;
		if (chooser->taken[root->candidate + i] == TAKEN)
			return;
		if (price_in_words(chooser, c, ND_ZONE_BACKGROUND) <=
		            share(chooser->words_left, QUESTION_SHARE) &&
		    (!best || c->score > best->score))
			best = c;
	}
	if (best)
		take(chooser, (uint32_t)(best - m->candidate),
		     ND_ZONE_BACKGROUND);
}

/* Right below the question or words of the first mail: an answer to them. */
static bool
answers_root(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return c->answers == m->thread->root && c->below_question;
}

/*
 * Does somebody else than who began the talk say it, and does not only ask? It
 * answers, or says something that stands by itself.
 */
static bool
may_answer(const struct chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;

	return m->source[c->message].person !=
	               m->source[m->thread->root].person &&
	       !(c->doing & (ND_DOING_ASK | ND_DOING_COURTESY)) &&
	       (answers_root(m, c) || (c->print_words > BRIEF_OPENING &&
	                               !nd_hanging_leads_back(c))) &&
	       share_for(m, c) == OF_TALK && !m->source[c->message].robot &&
	       nd_presentable(m, c);
}

static bool
is_better_answer(const struct nd_candidates *m, const struct nd_candidate *a,
                 const struct nd_candidate *b)
{
	if (answers_root(m, a) != answers_root(m, b))
		return answers_root(m, a);
	return a->score > b->score;
}

/* What the first mail asks is told with an answer, where there is one. */
static void
take_answer(struct chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;
	bool told = false;

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] == SAID || !may_answer(chooser, c))
			continue;
		if (chooser->taken[i] == TAKEN && answers_root(m, c))
			return;
		told |= chooser->taken[i] == TAKEN;
		if (chooser->taken[i] == FREE &&
		    price_in_words(chooser, c, ND_ZONE_NEW) <=
		            chooser->words_left &&
		    (!best || is_better_answer(m, c, best)))
			best = c;
	}
	if (best && answers_root(m, best))
		take_news(chooser, best, true);
	else if (best && !told)
		take(chooser, (uint32_t)(best - m->candidate), ND_ZONE_NEW);
}

static void
take_zones(struct chooser *chooser)
{
	void *tmp = talloc_new(NULL);
	unsigned all = chooser->words_left;
	bool people = has_people(chooser->m);
	struct bin bin[SHARES];

	for (int of = 0; of < SHARES; of++) {
		bin[of].zone = zones[of];
		bin[of].pool =
			fill_pool(tmp, chooser, (enum share_of)of, people);
		bin[of].words_left = all;
	}
	if (bin[OF_TALK].pool.count + bin[OF_EARLIER].pool.count +
	    bin[OF_POSTING].pool.count)
		bin[OF_BACKGROUND].words_left =
			share(all, chooser->spread->background_share);
	if (bin[OF_TALK].pool.count) {
		bin[OF_EARLIER].words_left =
			share(all, chooser->spread->earlier_share);
		bin[OF_POSTING].words_left =
			share(all, chooser->spread->posting_share);
	}
	/* What it is about and what is new come before all else. */
	if (chooser->told && !chooser->m->review)
		take_beginning(chooser);
	if (chooser->choices->count == 0)
		take_first(chooser, &bin[OF_BACKGROUND]);
	if (chooser->told && !chooser->m->review) {
		take_question(chooser);
		take_last_word(chooser);
		take_answer(chooser);
	}
	if (chooser->m->review || has_history(chooser->m))
		take_last_changes(chooser);
	take_best(chooser, &bin[OF_TALK], 1);
	while (take_best(chooser, bin, SHARES))
		;
	/* What the others left may go to any. */
	for (int of = 0; of < SHARES; of++)
		bin[of].words_left = all;
	while (take_best(chooser, bin, SHARES))
		;
	talloc_free(tmp);
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

	if (c->events & decisions)
		return true;
	return (m->source[c->message].notice || !m->review) &&
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

void
nd_select(const void *ctx, struct nd_candidates *m,
          const struct nd_weights *weights, unsigned max_words, bool told,
          struct nd_choices *choices)
{
	void *tmp = talloc_new(NULL);
	size_t mails = m->thread->message_count;
	struct chooser chooser = {
		.m = m,
		.spread = m->review ? &weights->of_reviews : &weights->of_talk,
		.choices = choices,
		.ctx = ctx,
		.taken = x_array(tmp, uint8_t, m->candidate_count + 1),
		.said = x_array(tmp, uint8_t,
	                        nd_vocabulary_count(m->vocabulary)),
		.by_mail = x_array(tmp, uint16_t, mails),
		.by_person = x_array(tmp, uint16_t, m->speaker_count),
		.by_branch = x_array(tmp, uint16_t, mails),
		.headed = x_array(tmp, uint8_t, mails),
		.words_left = max_words,
		.told = told,
	};

	cross_out_repeated(&chooser);
	take_zones(&chooser);
	if (told)
		nd_answered_replace(m, choices);
	for (size_t i = 0; i < choices->count; i++) {
		struct nd_choice *choice = &choices->choice[i];

		choice->zone = shown_zone(m, choice);
		if (choice->zone == ND_ZONE_QUESTION && !choice->stays)
			choice->stays = 1;
	}
	if (choices->count)
		qsort(choices->choice, choices->count, sizeof *choices->choice,
		      compare_choices);
	talloc_free(tmp);
}
