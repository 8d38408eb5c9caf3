/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/beginning.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/opening.h"
#include "summarise/presentable.h"
#include "telling/itemtext.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	LOOK_AT = 4,         /* sentences that may begin */
	PREAMBLE_WORDS = 14, /* that it has at most */
};

/* Of the words that are left, for it. */
#define SHARE 0.67f

/* "It logs an error every minute: dev sda, sector 12": told with what it shows. */
static bool
shows(const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;
	const char *colon = nd_mem_find(s->text, s->len, ": ");
	int words = 1;

	for (const char *at = s->text; colon && at < colon; at++)
		words += *at == ' ';
	return colon && words >= ND_OPENING_WORDS &&
	       !nd_mem_find(s->text, s->len, "://") &&
	       !(s->flags & (ND_SENTENCE_ITEM | ND_SENTENCE_TORN));
}

/* A sentence, or one that announces what is below it; no part of a list. */
static bool
begins(const struct nd_candidate *c)
{
	const struct nd_sentence *s = &c->sentence;

	return c->print_words >= ND_OPENING_WORDS &&
	       !(c->doing & ND_DOING_COURTESY) &&
	       (!(c->doing & ND_DOING_DANGLE) || nd_hanging_stands(c)) &&
	       (s->flags & (ND_SENTENCE_WHOLE | ND_SENTENCE_COLON) ||
	        shows(c)) &&
	       !nd_mem_ends_nocase(s->text, s->len, "…");
}

static struct nd_word_list
words_of_title(const void *ctx, const struct nd_candidates *m)
{
	const struct nd_message *root = nd_thread_root(m->thread);
	const char *title = root->parts ? root->parts->title : root->subject;
	struct nd_word_list list = {0};

	nd_vocabulary_read(m->vocabulary, title, strlen(title), ctx, &list);
	return list;
}

/* Words of the title that it has. */
static unsigned
count_titled(const struct nd_candidates *m, const struct nd_candidate *c,
             const struct nd_word_list *title)
{
	const uint32_t *word = m->words.word + c->word;
	unsigned count = 0;

	for (size_t k = 0; k < title->count; k++)
		for (uint32_t i = 0; i < c->word_count; i++)
			if (word[i] != ND_WORD_STOP &&
			    word[i] == title->word[k]) {
				count++;
				break;
			}
	return count;
}

/* What was passed over is not told, either. */
static void
cross_out_preamble(struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;
	uint32_t i = m->source[c->message].candidate;

	for (; &m->candidate[i] < c; i++)
		if (begins(&m->candidate[i]) &&
		    m->candidate[i].print_words <= PREAMBLE_WORDS &&
		    !(m->candidate[i].doing & ND_DOING_ASK))
			chooser->taken[i] = ND_CHOOSER_SAID;
}

static bool
may_begin(const struct nd_chooser *chooser, const struct nd_candidate *c)
{
	const struct nd_candidates *m = chooser->m;
	float room = (float)chooser->words_left * SHARE;

	return nd_chooser_share(m, c) == ND_SHARE_BACKGROUND &&
	       nd_presentable(m, c) && begins(c) &&
	       nd_chooser_price(chooser, c, ND_ZONE_BACKGROUND) <=
	               (unsigned)room;
}

static bool
is_long(const struct nd_candidate *c)
{
	return c->print_words > ND_ITEMTEXT_WORDS_MAX;
}

/* A preamble, of nothing that the talk is about, or too long to be told whole. */
static bool
begins_badly(const struct nd_candidates *m, const struct nd_candidate *c,
             const struct nd_word_list *title)
{
	return is_long(c) || (c->print_words <= PREAMBLE_WORDS &&
	                      count_titled(m, c, title) == 0);
}

/* That of the next few which has most of the title; or first. */
static const struct nd_candidate *
find_better(const struct nd_chooser *chooser, const struct nd_candidate *first,
            const struct nd_candidate *end, const struct nd_word_list *title)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_candidate *best = NULL;
	unsigned most = 0;
	int seen = 1;

	for (const struct nd_candidate *c = first + 1;
	     c < end && seen < LOOK_AT; c++) {
		unsigned titled = count_titled(m, c, title);

		if (!may_begin(chooser, c))
			continue;
		seen++;
		/* What is asked is told, too. */
		if (c->doing & ND_DOING_ASK || nd_opening_leads_back(c) ||
		    is_long(c) || (!is_long(first) && titled == 0))
			continue;
		if (!best || titled > most) {
			best = c;
			most = titled;
		}
	}
	return best ? best : first;
}

/* The one to take, or NULL. */
static const struct nd_candidate *
find(const struct nd_chooser *chooser, const struct nd_word_list *title)
{
	const struct nd_candidates *m = chooser->m;
	const struct nd_source *root = &m->source[m->thread->root];
	const struct nd_candidate *first = &m->candidate[root->candidate];
	const struct nd_candidate *end = first + root->candidate_count;

	while (first < end && !may_begin(chooser, first))
		first++;
	if (first == end)
		return NULL;
	return begins_badly(m, first, title)
	               ? find_better(chooser, first, end, title)
	               : first;
}

void
nd_beginning_take(struct nd_chooser *chooser)
{
	void *tmp = talloc_new(NULL);
	struct nd_word_list title = words_of_title(tmp, chooser->m);
	const struct nd_candidate *c = find(chooser, &title);

	if (c) {
		nd_chooser_take(chooser, (uint32_t)(c - chooser->m->candidate),
		                ND_ZONE_BACKGROUND);
		cross_out_preamble(chooser, c);
	}
	talloc_free(tmp);
}
