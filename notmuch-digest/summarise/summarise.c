/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/summarise.h"

#include "summarise/choose.h"
#include "summarise/clean.h"
#include "summarise/material.h"
#include "summarise/score.h"
#include "summarise/topic.h"
#include "util/alloc.h"

/* One name stands for all that its owner says in a row. */
static bool
goes_on(const struct nd_material *m, const struct nd_choices *choices, size_t i)
{
	const struct nd_choice *choice = &choices->choice[i];
	int32_t mail, before;

	if (!i || choice[-1].zone != choice->zone)
		return false;
	mail = m->candidate[choice->candidate].message;
	before = m->candidate[choice[-1].candidate].message;
	return m->source[mail].person == m->source[before].person;
}

/* In full when first named, and where the answer to a question is due. */
static const char *
name_for(const struct nd_speaker *speaker, enum nd_zone zone, uint8_t *named)
{
	bool full = zone == ND_ZONE_QUESTION || !*named;

	*named = 1;
	return full ? speaker->name : speaker->short_name;
}

static void
add_item(struct nd_summary *summary, const struct nd_material *m,
         const struct nd_choices *choices, size_t i, uint8_t *named)
{
	const struct nd_choice *choice = &choices->choice[i];
	const struct nd_candidate *c = &m->candidate[choice->candidate];
	struct nd_item_list *list = &summary->zone[choice->zone];
	struct nd_item *item = x_append(summary, list->item, list->count);
	int32_t person = m->source[c->message].person;

	item->text =
		nd_clean_sentence(summary, c->sentence.text, c->sentence.len);
	if (!goes_on(m, choices, i))
		item->who = x_strdup(summary,
		                     name_for(&m->speaker[person], choice->zone,
		                              &named[person]));
	item->source[0] = c->message;
	item->source_count = 1;
}

void
nd_summarise_thread(struct nd_thread *thread,
                    const struct nd_summarise_options *options)
{
	void *tmp = talloc_new(NULL);
	struct nd_summary *summary = x_new(thread, struct nd_summary);
	struct nd_material *m = nd_material_new(tmp, thread);
	uint8_t *named = x_array(tmp, uint8_t, m->speaker_count);
	struct nd_choices choices = {0};

	nd_score(m);
	nd_choose(tmp, m, options->max_words, &choices);
	summary->engine = "extract";
	summary->language = m->language;
	summary->topic = nd_topic(summary, m, &choices);
	for (size_t i = 0; i < choices.count; i++)
		add_item(summary, m, &choices, i, named);
	TALLOC_FREE(thread->summary);
	thread->summary = summary;
	thread->coverage = m->coverage;
	talloc_free(tmp);
}
