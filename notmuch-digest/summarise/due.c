/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/due.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/fault.h"
#include "summarise/hanging.h"
#include "summarise/opening.h"
#include "summarise/presentable.h"
#include "summarise/purpose.h"
#include "summarise/titles.h"
#include "telling/telling.h"
#include "text/token.h"
#include "util/str.h"

enum {
	LITTLE_CONTENT = 2, /* words that are no stop words */
	LITTLE_WORDS = 5,
	ANSWER_WORDS = 9, /* fewer say little by themselves */
	NOD_CONTENT = 4,
	REMARK_WORDS = 5,
};

/* Of the words that are left, for what a talk asks. */
#define QUESTION_SHARE 0.67f

/* What was found, or that it helped, may be worth less than most, not least. */
#define WORTH_MIN -1.0f

/* What it is worth to be the topic of a paragraph, and to stand by oneself. */
#define TOPIC 0.3f

/* Where what people said in answers is told. */
static enum nd_zone
zone_of(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return nd_chooser_share(m, c) == ND_SHARE_TALK ? ND_ZONE_NEW
	                                               : ND_ZONE_EARLIER;
}

/* What may be told of answers, whatever it is worth, for as long as it fits. */
static bool
may_be_said(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;
	enum nd_share share = nd_chooser_share(m, c);

	return (share == ND_SHARE_TALK || share == ND_SHARE_EARLIER) &&
	       !m->source[c->message].robot && nd_presentable(m, c) &&
	       nd_chooser_price(chooser, c, zone_of(m, c)) <=
	               chooser->words_left;
}

/* The same of new mails. */
static bool
may_be_told(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	return nd_chooser_share(chooser->m, c) == ND_SHARE_TALK &&
	       may_be_said(chooser, c);
}

/* Whether it stays when words run out, or competes with the others. */
static void
take_news(struct nd_chooser *chooser, const struct nd_candidate *c, bool stays)
{
	uint32_t i = c ? (uint32_t)(c - chooser->m->candidate) : 0;
	enum nd_zone zone = c ? zone_of(chooser->m, c) : ND_ZONE_NEW;

	if (!c)
		return;
	nd_chooser_take(chooser, i, zone);
	chooser->choice[chooser->choice_count - 1].stays = stays;
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

static bool
is_worth_more(const struct nd_candidate *c, const struct nd_candidate *best)
{
	return !best || c->score > best->score;
}

/* What is looked for in the last mail that has any. */
struct kind {
	bool (*is)(const struct nd_chooser *chooser,
	           const struct nd_candidate *c, unsigned bits);
	bool (*may)(const struct nd_chooser *chooser,
	            const struct nd_candidate *c);
	bool (*is_better)(const struct nd_candidate *c,
	                  const struct nd_candidate *best);
	bool again; /* also where one is told */
};

/* The best of the kind, or NULL. */
static const struct nd_candidate *
last_of(const struct nd_chooser *chooser, const struct kind *kind,
        unsigned bits)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (size_t i = m->candidate_count; i-- > 0;) {
		const struct nd_candidate *c = &m->candidate[i];

		if (best && c->message != best->message)
			break;
		if (!kind->is(chooser, c, bits))
			continue;
		if (chooser->taken[i] == ND_CHOOSER_TAKEN && !kind->again)
			return NULL;
		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    kind->may(chooser, c) && kind->is_better(c, best))
			best = c;
	}
	return best;
}

static bool
has_event(const struct nd_chooser *chooser, const struct nd_candidate *c,
          unsigned events)
{
	(void)chooser;
	return c->events & events;
}

/* Of the new mails: bits 1u << enum nd_event_type. */
static void
take_last_event(struct nd_chooser *chooser, unsigned events)
{
	static const struct kind kind = {has_event, may_be_told, is_plainer,
	                                 false};
	const struct nd_candidate *best = last_of(chooser, &kind, events);

	take_news(chooser, best,
	          best && best->events & ~(1u << ND_EVENT_APPROVED) & events);
}

static bool
is_decision(const struct nd_chooser *chooser, const struct nd_candidate *c,
            unsigned bits)
{
	(void)chooser;
	(void)bits;
	return decides(c);
}

/*
 * "I'll fold that in and add it to my tree.": what somebody will do, which the
 * ledger does not know yet.
 */
static void
take_last_decision(struct nd_chooser *chooser)
{
	static const struct kind kind = {is_decision, may_be_told, is_plainer,
	                                 false};
	const struct nd_candidate *best = last_of(chooser, &kind, 0);

	if (best && !is_of_nothing(best) &&
	    !nd_telling_covers(best->events, best->print_words))
		take_news(chooser, best, true);
}

/* "Applied, thanks!" */
static bool
takes(const struct nd_candidate *c)
{
	return nd_telling_covers(c->events, 0);
}

/* "I edited the changelog", "We had to fix the Makefile": of who says it. */
static bool
is_of_speaker(const struct nd_candidate *c)
{
	static const char *const people[] = {"i", "we"};
	struct nd_token token;

	return nd_tokenizer_read(nd_tokenizer_own(), c->sentence.text,
	                         c->sentence.len, &token, 1) &&
	       nd_token_is_one_of(&token, people,
	                          sizeof people / sizeof *people);
}

/* What whoever took the patches did to them, in the paragraph that says so. */
static bool
is_said_on_taking(const struct nd_chooser *chooser,
                  const struct nd_candidate *c, unsigned bits)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *source = &m->source[c->message];

	(void)bits;
	if (c->print_words < REMARK_WORDS || !is_of_speaker(c) ||
	    c->doing & (ND_DOING_ASK | ND_DOING_COURTESY) ||
	    nd_telling_covers(c->events, c->print_words))
		return false;
	for (uint32_t i = 0; i < source->candidate_count; i++) {
		const struct nd_candidate *other =
			&m->candidate[source->candidate + i];

		if (takes(other) &&
		    other->sentence.paragraph == c->sentence.paragraph)
			return true;
	}
	return false;
}

/* "I fixed the typo in 2/3 when I applied it.": what came of them. */
static void
take_remark(struct nd_chooser *chooser)
{
	static const struct kind kind = {is_said_on_taking, may_be_told,
	                                 is_worth_more, false};

	take_news(chooser, last_of(chooser, &kind, 0), true);
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
	if (!chooser->m->review)
		return;
	take_remark(chooser);
	take_last_decision(chooser);
}

void
nd_due_take_outcome(struct nd_chooser *chooser)
{
	take_last_event(chooser, 1u << ND_EVENT_RESPIN_PROMISED |
	                                 1u << ND_EVENT_WITHDRAWN |
	                                 1u << ND_EVENT_DECIDED);
}

/* Bits enum nd_doing; where it may be told now. */
static bool
does(const struct nd_chooser *chooser, const struct nd_candidate *c,
     unsigned doing)
{
	return c->doing & doing && c->score > WORTH_MIN &&
	       !(c->doing & (ND_DOING_ASK | ND_DOING_HEDGE)) &&
	       may_be_said(chooser, c);
}

static void
take_last_doing(struct nd_chooser *chooser, unsigned doing)
{
	static const struct kind kind = {does, may_be_said, is_worth_more,
	                                 false};

	take_news(chooser, last_of(chooser, &kind, doing), true);
}

void
nd_due_take_finding(struct nd_chooser *chooser)
{
	take_last_doing(chooser, ND_DOING_FIND);
	take_last_doing(chooser, ND_DOING_SETTLE);
}

static bool
asks_anything(const struct nd_candidates *m, const struct nd_source *source)
{
	for (uint32_t i = 0; i < source->candidate_count; i++)
		if (m->candidate[source->candidate + i].doing & ND_DOING_ASK)
			return true;
	return false;
}

/*
 * Does a mail begin with thanks, or with "Yes, that was it"? "Yes" alone may be
 * the answer to a question of the mail above it.
 */
static bool
thanks(const struct nd_candidates *m, const struct nd_source *source,
       bool asked)
{
	const unsigned signs = ND_DOING_THANK | ND_DOING_SETTLE |
	                       (asked ? 0 : (unsigned)ND_DOING_AGREE);
	unsigned doing = source->candidate_count
	                         ? m->candidate[source->candidate].doing
	                         : 0;

	return doing & signs && !(doing & ND_DOING_ASK);
}

/* Paragraphs begin with what they are about. */
static float
worth(const struct nd_candidate *c)
{
	return c->score + (c->sentence.flags & ND_SENTENCE_FIRST ? TOPIC : 0) -
	       (nd_hanging_leads_back(c) && !c->above ? TOPIC : 0);
}

/* The best sentence of a mail that is not told of yet, or NULL. */
static const struct nd_candidate *
best_of(const struct nd_chooser *chooser, const struct nd_source *source)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;

	for (uint32_t i = source->candidate;
	     i < source->candidate + source->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (chooser->taken[i] == ND_CHOOSER_TAKEN)
			return NULL;
		if (chooser->taken[i] == ND_CHOOSER_FREE &&
		    !(c->doing & (ND_DOING_ASK | ND_DOING_COURTESY)) &&
		    may_be_said(chooser, c) &&
		    (!best || worth(c) > worth(best)))
			best = c;
	}
	return best;
}

/* The sentence of a mail that has the line, or NULL. */
static const struct nd_candidate *
sentence_at(const struct nd_candidates *m, int32_t mail, uint32_t line)
{
	const struct nd_source *source = &m->source[mail];

	for (uint32_t i = source->candidate;
	     i < source->candidate + source->candidate_count; i++)
		if (m->candidate[i].sentence.line <= line &&
		    line <= m->candidate[i].sentence.last_line)
			return &m->candidate[i];
	return NULL;
}

/* "Thanks, I will try that.", right below what it is for; that, or NULL. */
static const struct nd_candidate *
thanked_for(const struct nd_candidates *m, const struct nd_body *body)
{
	const struct nd_line *above = NULL;

	for (size_t i = 0; body && i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];
		unsigned doing;

		if (line->kind == ND_LINE_OWN && above && above->source >= 0) {
			doing = nd_doing_find(body->text + line->start,
			                      line->len);
			if (doing & ND_DOING_THANK && !(doing & ND_DOING_ASK))
				return sentence_at(m, above->source,
				                   above->source_line);
		}
		if (line->kind != ND_LINE_BLANK && line->len > 0)
			above = line->kind == ND_LINE_QUOTE ? line : NULL;
	}
	return NULL;
}

/* It, if it may be told; what is told is told again nowhere. */
static const struct nd_candidate *
may_be_thanked_for(const struct nd_chooser *chooser,
                   const struct nd_candidate *c)
{
	return c &&
	                       chooser->taken[c - chooser->m->candidate] ==
	                               ND_CHOOSER_FREE &&
	                       !(c->doing & ND_DOING_COURTESY) &&
	                       may_be_said(chooser, c)
	               ? c
	               : NULL;
}

void
nd_due_take_thanked(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_thread *thread = m->thread;
	const struct nd_source *root = &m->source[thread->root];

	for (size_t i = thread->message_count; i-- > 0;) {
		int32_t parent = thread->message[i]->parent;
		const struct nd_candidate *c;

		/* What began the talk is told as such, whoever likes it. */
		if (parent < 0 || m->source[i].robot ||
		    m->source[parent].robot ||
		    m->source[parent].person == root->person ||
		    m->source[parent].person == m->source[i].person)
			continue;
		c = thanked_for(m, thread->message[i]->body);
		if (!c && !thanks(m, &m->source[i],
		                  asks_anything(m, &m->source[parent])))
			continue;
		c = may_be_thanked_for(chooser, c);
		take_news(chooser, c ? c : best_of(chooser, &m->source[parent]),
		          true);
		return;
	}
}

/* "Ha, I got it, that makes sense!", and nothing was asked. */
static bool
only_nods(const struct nd_candidate *c)
{
	return c->doing & ND_DOING_AGREE && c->content <= NOD_CONTENT &&
	       !c->below_question &&
	       !(c->doing & (ND_DOING_PROMISE | ND_DOING_DECIDE |
	                     ND_DOING_SETTLE | ND_DOING_ASK));
}

/*
 * Neither thanks nor a nod, nor kind words, unless they answer a question, nor "A
 * quick update ...", which only leads to one.
 */
static bool
is_last_word(const struct nd_chooser *chooser, const struct nd_candidate *c,
             unsigned bits)
{
	const struct nd_sentence *s = &c->sentence;

	(void)chooser;
	(void)bits;
	return !(c->doing &
	         (c->below_question ? ND_DOING_THANK : ND_DOING_COURTESY)) &&
	       !only_nods(c) &&
	       !(s->len > 2 && !memcmp(s->text + s->len - 2, "..", 2));
}

void
nd_due_take_last_word(struct nd_chooser *chooser)
{
	static const struct kind kind = {is_last_word, may_be_told,
	                                 is_worth_more, true};

	take_news(chooser, last_of(chooser, &kind, 0), true);
}

static bool
tells_deed(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return nd_opening_tells_purpose(m, c) ||
	       ((c->doing & ND_DOING_MEND ||
	         nd_purpose_is_commanded(&c->sentence)) &&
	        c->sentence.flags & ND_SENTENCE_WHOLE &&
	        !(c->doing & (ND_DOING_ASK | ND_DOING_COURTESY)) &&
	        !nd_opening_is_aside(m, c));
}

/*
 * What opens best of those sentences of a mail that tell something of a posting,
 * unless one is told.
 *
 * Returns    whether one was taken
 */
static bool
take_telling(struct nd_chooser *chooser, int32_t mail,
             bool (*tells)(const struct nd_candidates *m,
                           const struct nd_candidate *c))
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *source = &m->source[mail];
	const struct nd_candidate *best = NULL;

	for (uint32_t i = source->candidate;
	     i < source->candidate + source->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (!tells(m, c))
			continue;
		if (chooser->taken[i] == ND_CHOOSER_TAKEN)
			return false;
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
	return best;
}

void
nd_due_take_deed(struct nd_chooser *chooser)
{
	const struct nd_candidates *m = chooser->m;

	if (!m->review || !chooser->choice_count ||
	    chooser->choice->zone != ND_ZONE_BACKGROUND)
		return;
	if (take_telling(chooser,
	                 m->candidate[chooser->choice->candidate].message,
	                 tells_deed))
		chooser->choice[chooser->choice_count - 1].stays |= 1;
}

void
nd_due_take_fault(struct nd_chooser *chooser)
{
	const struct nd_thread *thread = chooser->m->thread;

	/* A commit message says what is wrong; a cover may tell stories. */
	if (chooser->m->review && thread->series->patch[0] == thread->root)
		take_telling(chooser, thread->root, nd_fault_is);
}

static unsigned
question_words(const struct nd_chooser *chooser)
{
	return (unsigned)((float)chooser->words_left * QUESTION_SHARE);
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
	if (!best)
		return;
	nd_chooser_take(chooser, (uint32_t)(best - m->candidate),
	                ND_ZONE_BACKGROUND);
	chooser->choice[chooser->choice_count - 1].stays |= 1;
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
