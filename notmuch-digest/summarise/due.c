/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/due.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/opening.h"
#include "summarise/presentable.h"
#include "summarise/telling.h"
#include "summarise/titles.h"
#include "util/str.h"

enum {
	LEAD_WORDS = 10,    /* that may come with what leads back to them */
	LITTLE_CONTENT = 2, /* words that are no stop words */
	LITTLE_WORDS = 5,
	ANSWER_WORDS = 9, /* fewer say little by themselves */
};

/* Of the words that are left, for what a talk asks. */
#define QUESTION_SHARE 0.67f

void
nd_due_take_lead(struct nd_chooser *chooser, uint32_t i, enum nd_zone zone)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *c = &m->candidate[i], *lead = c - 1;

	if (!chooser->told || i == 0 || c->above || !c->sentence.nth ||
	    c->sentence.flags & ND_SENTENCE_FIRST ||
	    lead->message != c->message ||
	    chooser->taken[i - 1] != ND_CHOOSER_FREE ||
	    lead->print_words > LEAD_WORDS || !nd_hanging_leads_back(c) ||
	    !nd_presentable(m, lead) ||
	    nd_chooser_price(chooser, lead, zone) > chooser->words_left)
		return;
	nd_chooser_take(chooser, i - 1, zone);
}

/* What may be told of new mails, whatever it is worth, for as long as it fits. */
static bool
may_be_told(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;

	return nd_chooser_share(m, c) == ND_SHARE_TALK &&
	       !m->source[c->message].robot && nd_presentable(m, c) &&
	       nd_chooser_price(chooser, c, ND_ZONE_NEW) <= chooser->words_left;
}

/* Whether it stays when words run out, or competes with the others. */
static void
take_news(struct nd_chooser *chooser, const struct nd_candidate *c, bool stays)
{
	uint32_t i = c ? (uint32_t)(c - chooser->m->candidate) : 0;

	if (!c)
		return;
	nd_chooser_take(chooser, i, ND_ZONE_NEW);
	chooser->choice[chooser->choice_count - 1].stays = stays;
	nd_due_take_lead(chooser, i, ND_ZONE_NEW);
}

static bool
decides(const struct nd_candidate *c)
{
	return c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE) &&
	       !(c->doing & (ND_DOING_ASK | ND_DOING_HEDGE));
}

/* "I'll do that.", "Something similar below.": and nothing says what. */
static bool
is_of_nothing(const struct nd_candidate *c)
{
	return !c->above &&
	       (nd_hanging_is_bare(c) ||
	        (c->content <= LITTLE_CONTENT &&
	         c->print_words <= LITTLE_WORDS && !(c->doing & ND_DOING_ASK)));
}

/* Of a mail that the ledger has heard: what has the words of it, too. */
static bool
is_plainer(const struct nd_candidate *c, const struct nd_candidate *best)
{
	if (!best || is_of_nothing(c) != is_of_nothing(best))
		return !best || is_of_nothing(best);
	if (decides(c) != decides(best))
		return decides(c);
	return c->score > best->score;
}

/*
 * The best of the sentences with these events in the last new mail that has
 * any, bits 1u << enum nd_event_type.
 */
static void
take_last_event(struct nd_chooser *chooser, unsigned events)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (size_t i = m->candidate_count; i-- > 0;) {
		const struct nd_candidate *c = &m->candidate[i];

		if (best && c->message != best->message)
			break;
		if (c->events & events && chooser->taken[i] == ND_CHOOSER_TAKEN)
			return;
		if (c->events & events &&
		    chooser->taken[i] == ND_CHOOSER_FREE &&
		    may_be_told(chooser, c) && is_plainer(c, best))
			best = c;
	}
	take_news(chooser, best,
	          best && best->events & ~(1u << ND_EVENT_APPROVED) & events);
}

/*
 * "I'll fold that in and add it to my tree.": what somebody will do, which the
 * ledger does not know yet.
 */
static void
take_last_decision(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (size_t i = m->candidate_count; i-- > 0;) {
		const struct nd_candidate *c = &m->candidate[i];

		if (best && c->message != best->message)
			break;
		if (!decides(c))
			continue;
		if (chooser->taken[i] == ND_CHOOSER_TAKEN ||
		    nd_telling_covers(c->events, c->print_words))
			return;
		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    may_be_told(chooser, c) && is_plainer(c, best))
			best = c;
	}
	if (best && !is_of_nothing(best))
		take_news(chooser, best, true);
}

void
nd_due_take_changes(struct nd_chooser *chooser)
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
	if (chooser->m->review)
		take_last_decision(chooser);
}

/* Neither thanks, nor "A quick update ...", which only leads to one. */
static bool
is_last_word(const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;

	return !(c->doing & ND_DOING_COURTESY) &&
	       !(s->len > 2 && !memcmp(s->text + s->len - 2, "..", 2));
}

void
nd_due_take_last_word(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (size_t i = m->candidate_count; i-- > 0;) {
		const struct nd_candidate *c = &m->candidate[i];

		if (best && c->message != best->message)
			break;
		if (chooser->taken[i] == ND_CHOOSER_FREE && is_last_word(c) &&
		    may_be_told(chooser, c) &&
		    (!best || c->score > best->score))
			best = c;
	}
	take_news(chooser, best, true);
}

static bool
tells_deed(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return nd_opening_tells_purpose(m, c) ||
	       (c->doing & ND_DOING_MEND &&
	        c->sentence.flags & ND_SENTENCE_WHOLE &&
	        !(c->doing & (ND_DOING_ASK | ND_DOING_COURTESY)) &&
	        !nd_opening_is_aside(m, c));
}

void
nd_due_take_deed(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;
	const struct nd_source *source;
	int32_t mail;

	if (!m->review || !chooser->choice_count ||
	    chooser->choice->zone != ND_ZONE_BACKGROUND)
		return;
	mail = m->candidate[chooser->choice->candidate].message;
	source = &m->source[mail];
	for (uint32_t i = source->candidate;
	     i < source->candidate + source->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (!tells_deed(m, c))
			continue;
		if (chooser->taken[i] == ND_CHOOSER_TAKEN)
			return;
		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    nd_chooser_share(m, c) == ND_SHARE_BACKGROUND &&
		    nd_presentable(m, c) && !nd_titles_says(m, c) &&
		    nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) <=
		            chooser->words_left &&
		    (!best || c->opening > best->opening))
			best = c;
	}
	if (best)
		nd_chooser_take(chooser, (uint32_t)(best - m->candidate),
		                ND_ZONE_BACKGROUND);
}

/* A sentence, or one that announces what is below it; no part of a list. */
static bool
is_beginning(const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;

	return c->print_words >= ND_OPENING_WORDS &&
	       !(c->doing & (ND_DOING_DANGLE | ND_DOING_COURTESY)) &&
	       s->flags & (ND_SENTENCE_WHOLE | ND_SENTENCE_COLON) &&
	       !nd_mem_ends_nocase(s->text, s->len, "…");
}

static unsigned
question_words(const struct nd_chooser *chooser)
{
	return (unsigned)((float)chooser->words_left * QUESTION_SHARE);
}

void
nd_due_take_beginning(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];

	for (uint32_t i = root->candidate;
	     i < root->candidate + root->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (nd_chooser_share(m, c) != ND_SHARE_BACKGROUND ||
		    !nd_presentable(m, c) || !is_beginning(c))
			continue;
		if (chooser->taken[i] != ND_CHOOSER_FREE)
			return;
		/* One that is too long to be told is not the only one. */
		if (nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) >
		    question_words(chooser))
			continue;
		nd_chooser_take(chooser, i, ND_ZONE_BACKGROUND);
		return;
	}
}

void
nd_due_take_question(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];
	const struct nd_candidate *best = NULL;

	for (uint32_t i = 0; i < root->candidate_count; i++) {
		const struct nd_candidate *c =
			&m->candidate[root->candidate + i];

		if (!(c->doing & ND_DOING_ASK) ||
		    nd_chooser_share(m, c) != ND_SHARE_BACKGROUND ||
		    !nd_presentable(m, c))
			continue;
		if (chooser->taken[root->candidate + i] == ND_CHOOSER_TAKEN)
			return;
		if (nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) <=
		            question_words(chooser) &&
		    (!best || c->score > best->score))
			best = c;
	}
	if (best)
		nd_chooser_take(chooser, (uint32_t)(best - m->candidate),
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
may_answer(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;

	return m->source[c->message].person !=
	               m->source[m->thread->root].person &&
	       !(c->doing & (ND_DOING_ASK | ND_DOING_COURTESY)) &&
	       (answers_root(m, c) || (c->print_words >= ANSWER_WORDS &&
	                               !nd_hanging_leads_back(c))) &&
	       nd_chooser_share(m, c) == ND_SHARE_TALK &&
	       !m->source[c->message].robot && nd_presentable(m, c);
}

static bool
is_better_answer(const struct nd_candidates *m, const struct nd_candidate *a,
                 const struct nd_candidate *b)
{
	if (answers_root(m, a) != answers_root(m, b))
		return answers_root(m, a);
	return a->score > b->score;
}

void
nd_due_take_answer(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;
	bool told = false;

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] == ND_CHOOSER_SAID ||
		    !may_answer(chooser, c))
			continue;
		if (chooser->taken[i] == ND_CHOOSER_TAKEN && answers_root(m, c))
			return;
		told |= chooser->taken[i] == ND_CHOOSER_TAKEN;
		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    nd_chooser_price(chooser, c, ND_ZONE_NEW) <=
		            chooser->words_left &&
		    (!best || is_better_answer(m, c, best)))
			best = c;
	}
	if (best && answers_root(m, best))
		take_news(chooser, best, true);
	else if (best && !told)
		nd_chooser_take(chooser, (uint32_t)(best - m->candidate),
		                ND_ZONE_NEW);
}
