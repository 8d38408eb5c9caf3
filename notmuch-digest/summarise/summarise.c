/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/summarise.h"

#include <stdbool.h>
#include <string.h>

#include "summarise/candidates.h"
#include "summarise/doing.h"
#include "summarise/openingquote.h"
#include "summarise/remarkplace.h"
#include "summarise/score.h"
#include "summarise/sections.h"
#include "summarise/select.h"
#include "summarise/titles.h"
#include "telling/itemtext.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	SHORT_SUMMARY = 100, /* words */
	QUOTED_WORDS = 6,    /* above answers, that come on top of the others */
};

/* Where the words of who is answered begin: 'Ben ("Is it so?")' */
#define QUOTED "(\""

/* Do both say it to the same person, or to nobody in particular? */
static bool
ask_the_same(const struct nd_candidate *a, const struct nd_candidate *b)
{
	if (!a->asked || !b->asked)
		return a->asked == b->asked;
	return strcmp(a->asked, b->asked) == 0;
}

/* That of the sentences which are told with choice i; or i itself. */
static size_t
first_of_item(const struct nd_choices *choices, size_t i)
{
	while (i > 0 && nd_choices_leads(choices, i - 1))
		i--;
	return i;
}

static bool
is_change(const struct nd_candidate *c)
{
	return c->sentence.flags & ND_SENTENCE_NEWS;
}

/* One name stands for all that a mail says in a row, below one quote. */
static enum nd_join
join_of(const struct nd_candidates *m, const struct nd_choices *choices,
        size_t i)
{
	size_t first = first_of_item(choices, i);
	const struct nd_choice *choice = &choices->choice[first];
	const struct nd_candidate *here, *before, *last;

	if (!first || choice[-1].zone != choice->zone)
		return ND_JOIN_NONE;
	last = &m->candidate[choices->choice[i].candidate];
	here = &m->candidate[choice->candidate];
	before = &m->candidate[choice[-1].candidate];
	if (here->message != before->message ||
	    is_change(here) != is_change(before) ||
	    !ask_the_same(last, before) ||
	    nd_candidates_speaker(m, here) !=
	            nd_candidates_speaker(m, before) ||
	    nd_candidates_are_parted(m, before, here))
		return ND_JOIN_NONE;
	return here->sentence.nth == before->sentence.nth + 1 ? ND_JOIN_NEXT
	                                                      : ND_JOIN_GAP;
}

/* In full when first named, and where the answer to a question is due. */
static const char *
name_for(const struct nd_speaker *speaker, enum nd_zone zone, uint8_t *named)
{
	bool full = zone == ND_ZONE_QUESTION || !*named;

	*named = 1;
	return full ? speaker->name : speaker->short_name;
}

/* A short summary has no room for surnames. */
static void
drop_surnames(struct nd_candidates *m)
{
	for (size_t i = 0; i < m->speaker_count; i++)
		m->speaker[i].name = m->speaker[i].short_name;
}

/* Is it told right before, by the mail that is told there? */
static bool
is_told_before(const struct nd_candidates *m, const struct nd_choices *choices,
               const struct nd_choice *choice, const char *said)
{
	const struct nd_choice *at = choice;
	int32_t mail;

	if (at == choices->choice)
		return false;
	mail = m->candidate[at[-1].candidate].message;
	while (at-- > choices->choice && at->zone == choice->zone &&
	       m->candidate[at->candidate].message == mail) {
		const struct nd_sentence *s =
			&m->candidate[at->candidate].sentence;

		if (s->len == strlen(said) &&
		    nd_mem_equal_nocase(s->text, said, s->len))
			return true;
	}
	return false;
}

/* An answer says what it answers: 'Ben ("Is it so?")'. */
static void
add_question(struct nd_summary *summary, const struct nd_candidates *m,
             const struct nd_choices *choices, const struct nd_choice *choice,
             struct nd_item *item)
{
	const struct nd_candidate *c = &m->candidate[choice->candidate];

	if (!c->above || item->join != ND_JOIN_NONE ||
	    is_told_before(m, choices, choice, c->above))
		return;
	item->who = x_asprintf(summary, "%s (\"%s\")", item->who, c->above);
	if (c->above_mail >= 0 && c->above_mail != c->message)
		item->source[item->source_count++] = c->above_mail;
}

/* The sentences of choices first to last as one text. */
static char *
text_of(const void *ctx, const struct nd_candidates *m,
        const struct nd_choices *choices, size_t first, size_t last, bool opens)
{
	char *text = x_strdup(ctx, "");

	for (size_t i = first; i <= last; i++) {
		const struct nd_sentence *s =
			&m->candidate[choices->choice[i].candidate].sentence;
		size_t skip = i == first && opens
		                      ? nd_itemtext_connective(s->text, s->len)
		                      : 0;
		char *more =
			nd_itemtext_clean(text, s->text + skip, s->len - skip);

		text = x_asprintf(ctx, "%s%s%s", text, i > first ? " " : "",
		                  more);
	}
	return text;
}

static void
add_item(struct nd_summary *summary, const struct nd_candidates *m,
         const struct nd_choices *choices, size_t i, bool with_questions,
         uint8_t *named)
{
	const struct nd_choice *choice = &choices->choice[i];
	const struct nd_candidate *c = &m->candidate[choice->candidate];
	struct nd_item_list *list = &summary->zone[choice->zone];
	struct nd_item *item = x_append(summary, list->item, list->count);
	int32_t person = nd_candidates_speaker(m, c);
	size_t first = first_of_item(choices, i);
	const struct nd_candidate *begin;
	const char *name;
	bool opens;

	item->join = join_of(m, choices, i);
	name = name_for(&m->speaker[person], choice->zone, &named[person]);
	item->who = c->asked && choice->zone == ND_ZONE_QUESTION
	                    ? x_asprintf(summary, "%s → %s", name, c->asked)
	                    : x_strdup(summary, name);
	for (size_t k = first; k <= i; k++)
		item->events |=
			m->candidate[choices->choice[k].candidate].events;
	item->source[0] = c->message;
	item->source_count = 1;
	item->changed = is_change(c);
	if (with_questions)
		add_question(summary, m, choices, &choices->choice[first],
		             item);
	begin = &m->candidate[choices->choice[first].candidate];
	item->on_patch = begin->on_patch;
	item->on_code =
		begin->on_code ? x_strdup(summary, begin->on_code) : NULL;
	/* What stands before it is the item above or the quote. */
	opens = item->join == ND_JOIN_NONE && !strstr(item->who, QUOTED);
	item->text = text_of(summary, m, choices, first, i, opens);
}

/* What a series is about, in place of its first mail's words. */
struct titles {
	const char *text; /* NULL: that says it */
	int32_t source[ND_ITEM_SOURCES_MAX];
	size_t source_count;
};

/* Before all else, as the author's. */
static void
add_titles(struct nd_summary *summary, const struct nd_candidates *m,
           const struct titles *titles, uint8_t *named)
{
	struct nd_item_list *list = &summary->zone[ND_ZONE_BACKGROUND];
	int32_t person = m->source[m->thread->root].author;
	struct nd_item *item;

	if (!titles->text)
		return;
	item = x_append(summary, list->item, list->count);
	item->text = x_strdup(summary, titles->text);
	item->who =
		x_strdup(summary, name_for(&m->speaker[person],
	                                   ND_ZONE_BACKGROUND, &named[person]));
	memcpy(item->source, titles->source, sizeof titles->source);
	item->source_count = titles->source_count;
}

/* In front of the background, in whose place it stands. */
static void
add_opening(struct nd_summary *summary, const struct nd_candidates *m,
            const char *opening)
{
	struct nd_item_list *list = &summary->zone[ND_ZONE_BACKGROUND];

	if (!opening || list->count)
		return;
	*(struct nd_item *)x_append(summary, list->item, list->count) =
		(struct nd_item){
			.text = x_strdup(summary, opening),
			.quoted = true,
			.source = {m->thread->root},
			.source_count = 1,
		};
}

static struct nd_summary *
new_summary(const struct nd_candidates *m, const struct nd_choices *choices,
            const struct nd_sections *trees, const char *opening,
            const struct titles *titles, bool with_questions)
{
	struct nd_summary *summary = x_new(NULL, struct nd_summary);
	uint8_t *named = x_array(summary, uint8_t, m->speaker_count + 1);

	summary->engine = "extract";
	summary->language = m->language;
	add_titles(summary, m, titles, named);
	for (size_t i = 0; i < choices->count; i++)
		if (!nd_choices_leads(choices, i))
			add_item(summary, m, choices, i, with_questions, named);
	add_opening(summary, m, opening);
	nd_sections_tell(trees, summary);
	talloc_free(named);
	return summary;
}

static unsigned
place_words(const struct nd_item *item)
{
	return nd_remarkplace_words(item->on_patch, item->on_code);
}

static unsigned
words_of(const struct nd_summary *summary)
{
	unsigned words = 0;

	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		words += nd_sections_heading_words(list, (enum nd_zone)zone);
		for (size_t i = 0; i < list->count; i++) {
			words += nd_itemtext_words(list->item[i].text);
			if (list->item[i].who &&
			    list->item[i].join == ND_JOIN_NONE)
				words += nd_itemtext_words(list->item[i].who) +
				         place_words(&list->item[i]);
		}
	}
	return words;
}

/* Of what is quoted above the sentences, as far as it may come on top. */
static unsigned
quoted_words(const struct nd_summary *summary)
{
	unsigned words = 0;

	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			const struct nd_item *item = &list->item[i];
			const char *quote =
				item->who ? strstr(item->who, QUOTED) : NULL;

			if (item->join == ND_JOIN_NONE)
				words += quote ? nd_itemtext_words(quote)
				               : place_words(item);
		}
	}
	return words < QUOTED_WORDS ? words : QUOTED_WORDS;
}

static float
score_of(const struct nd_candidates *m, const struct nd_choice *choice)
{
	const struct nd_candidate *c = &m->candidate[choice->candidate];

	return c->score - m->source[c->message].worth;
}

static void
drop_least(const struct nd_candidates *m, struct nd_choices *choices)
{
	struct nd_choice *choice = choices->choice;
	size_t least = choices->count - 1; /* which leads to no other one */

	for (size_t i = 0; i < choices->count; i++)
		if (nd_choices_leads(choices, i))
			continue;
		else if (choice[i].stays != choice[least].stays
		                 ? choice[i].stays < choice[least].stays
		                 : score_of(m, &choice[i]) <
		                           score_of(m, &choice[least]))
			least = i;
	choices->count--;
	memmove(choice + least, choice + least + 1,
	        (choices->count - least) * sizeof *choice);
}

struct nd_summary *
nd_summarise_candidates(struct nd_candidates *m,
                        const struct nd_weights *weights,
                        const struct nd_summarise_options *options)
{
	void *tmp = talloc_new(NULL);
	unsigned max_words = options->max_words;
	bool is_short = max_words <= SHORT_SUMMARY;
	struct nd_choices choices = {0};
	/* In a report an answer stands with its question, however short. */
	bool with_questions = !is_short || options->told;
	struct titles titles = {0};
	const char *opening = NULL;
	struct nd_sections *trees;
	struct nd_summary *summary;
	unsigned taken;

	if (is_short)
		drop_surnames(m);
	m->told_from = options->told_from;
	trees = nd_sections_new(tmp, m, options->large, max_words);
	if (options->told) {
		opening = nd_openingquote_find(tmp, m);
		titles.text = nd_titles_find(tmp, m, titles.source,
		                             &titles.source_count);
	}
	taken = nd_sections_words(trees) +
	        (opening ? nd_itemtext_words(opening) : 0) +
	        (titles.text ? nd_itemtext_words(titles.text) : 0);
	nd_select(tmp, m, weights, max_words > taken ? max_words - taken : 0,
	          (options->told ? ND_SELECT_TOLD : 0) |
	                  (titles.text ? ND_SELECT_OPENED : 0) |
	                  (options->brief ? ND_SELECT_BRIEF : 0),
	          &choices);
	nd_sections_order(trees, &choices);
	summary = new_summary(m, &choices, trees, opening, &titles,
	                      with_questions);
	/* Which names and quotes are printed is only known now. */
	while (words_of(summary) > max_words + quoted_words(summary) &&
	       (choices.count > 0 || opening)) {
		talloc_free(summary);
		if (choices.count > 0)
			drop_least(m, &choices);
		else
			opening = NULL;
		summary = new_summary(m, &choices, trees, opening, &titles,
		                      with_questions);
	}
	talloc_free(tmp);
	return summary;
}

void
nd_summarise_thread(struct nd_thread *thread,
                    const struct nd_summarise_options *options)
{
	struct nd_candidates *m = nd_candidates_new(NULL, thread);
	struct nd_summary *summary;

	nd_score(m, &nd_weights_fitted);
	summary = nd_summarise_candidates(m, &nd_weights_fitted, options);
	talloc_free(thread->summary);
	thread->summary = talloc_steal(thread, summary);
	thread->coverage = m->coverage;
	talloc_free(m);
}
