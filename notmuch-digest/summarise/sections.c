/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/sections.h"

#include <string.h>

#include "telling/itemtext.h"
#include "telling/outcome.h"
#include "telling/subthreads.h"
#include "util/alloc.h"
#include "util/str.h"
#include "util/utf8.h"

enum {
	TITLE_COLUMNS = 56,
	WORDS_MIN = 90,    /* a shorter summary has no room for headings */
	COUNT_WORDS = 2,   /* "(5 mails)" */
	REST_WORDS = 6,    /* "and 12 more sub-threads, 40 mails" */
	LABELS_MAX = 3,    /* in front of decisions and questions, as a rule */
	DECISIONS_MAX = 3, /* of parts that stand in a zone of their own */
	LINES_MAX = 8,     /* of parts that get no more than one */
};

/* To hear of another part is worth more than a second sentence of one. */
static const float branch_price = 0.4f;

/* A sub-thread that may be told. */
struct part {
	int32_t mail;
	struct nd_subthread told;
	uint16_t words; /* of its heading */
	float worth;
};

/* A zone that is told in parts. */
struct plot {
	enum nd_zone zone;
	struct nd_subthreads *subthreads;
	struct part *part;
	int32_t *part_of; /* of a sub-thread's first mail */
	size_t count;
};

struct nd_sections {
	struct nd_candidates *m;
	struct plot plot[ND_ZONE_COUNT]; /* without a subthreads: told as one */
};

/* ---- headings ---- */

/* What the title of a patch shares with that of its series: "KVM: arm64: ". */
static const char *
skip_shared(const char *title, const char *whole)
{
	const char *rest = title;

	for (size_t i = 0; title[i] && nd_lower(title[i]) == nd_lower(whole[i]);
	     i++)
		if (title[i] == ':' && title[i + 1] == ' ')
			rest = title + i + 2;
	return *rest ? rest : title;
}

/* "[3/8]", "[v2 3/8]", "[v2]"; NULL when there is nothing to say. */
static const char *
label_of(const void *ctx, const struct nd_subject *parts,
         const struct nd_subject *root)
{
	bool numbered = parts->flags & ND_SUBJECT_NUMBERED;
	const char *version = "";

	if (root && parts->version > 1 && parts->version != root->version)
		version = x_asprintf(ctx, "v%d", parts->version);
	if (!numbered)
		return *version ? x_asprintf(ctx, "[%s]", version) : NULL;
	return x_asprintf(ctx, "[%s%s%d/%d]", version, *version ? " " : "",
	                  parts->number, parts->total);
}

static const char *
title_of(const void *ctx, const struct nd_thread *thread, int32_t mail,
         const char *label)
{
	const struct nd_message *message = thread->message[mail];
	const struct nd_message *root = nd_thread_root(thread);
	const char *title = message->subject;

	if (!nd_subthreads_has_title(thread, mail))
		return NULL;
	if (message->parts)
		title = message->parts->title;
	if (label && root->parts)
		title = skip_shared(title, root->parts->title);
	title = nd_utf8_truncate(ctx, title, TITLE_COLUMNS);
	return label ? x_asprintf(ctx, "%s %s", label, title) : title;
}

/* Does the title not say where it begins? */
static bool
is_named_after_writer(const struct nd_thread *thread, int32_t mail)
{
	const struct nd_message *message = thread->message[mail];
	int32_t up = message->parent;

	if (nd_subthreads_is_posting(message))
		return false;
	if (!nd_subthreads_has_title(thread, mail))
		return true;
	return up >= 0 && up < mail && message->parts &&
	       thread->message[up]->parts &&
	       nd_str_equal_nocase(message->parts->title,
	                           thread->message[up]->parts->title);
}

static unsigned
words_in(const char *text)
{
	return text ? nd_itemtext_words(text) : 0;
}

/* As words/subthread.c prints it in English. */
static unsigned
heading_words(const struct nd_subthread *told)
{
	static const unsigned words[ND_OUTCOME_COUNT] = {
		[ND_OUTCOME_ANSWERED] = 2,
		[ND_OUTCOME_AGREED] = 1,
		[ND_OUTCOME_ASKED] = 3, /* "open question by" */
		[ND_OUTCOME_TAGGED] = 1,
		[ND_OUTCOME_CHANGES_REQUESTED] = 3,
		[ND_OUTCOME_CHANGES_PROMISED] = 3,
		[ND_OUTCOME_NACK] = 2,
		[ND_OUTCOME_SUPERSEDED] = 1,
		[ND_OUTCOME_WITHDRAWN] = 1,
		[ND_OUTCOME_REJECTED] = 2,
		[ND_OUTCOME_APPLIED] = 2,
	};

	return words_in(told->title) +
	       (told->who ? 2 + words_in(told->who) : 0) + COUNT_WORDS +
	       words[told->outcome] + words_in(told->by);
}

unsigned
nd_sections_heading_words(const struct nd_item_list *list, enum nd_zone zone)
{
	const struct nd_subthread *last = NULL;
	unsigned words = list->more_subthreads ? REST_WORDS : 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct nd_item *item = &list->item[i];

		if (!nd_summary_zone_has_headings(zone))
			words += words_in(nd_summary_item_label(item, zone));
		else if (item->subthread && item->subthread != last)
			words += heading_words(item->subthread);
		last = item->subthread;
	}
	return words;
}

/* ---- which parts matter ---- */

static float
weight_of(enum nd_outcome outcome)
{
	switch (outcome) {
	case ND_OUTCOME_NONE:
	case ND_OUTCOME_ANSWERED:
		return 0;
	case ND_OUTCOME_TAGGED:
		return 0.3f;
	case ND_OUTCOME_AGREED:
	case ND_OUTCOME_CHANGES_PROMISED:
		return 0.6f;
	case ND_OUTCOME_ASKED:
	case ND_OUTCOME_CHANGES_REQUESTED:
		return 0.8f;
	default:
		return 1.5f;
	}
}

/* People of a part, and the last mail of it. */
static unsigned
count_people(const struct nd_sections *trees, const struct plot *plot,
             int32_t mail, int32_t *stamp, int32_t *last)
{
	const struct nd_candidates *m = trees->m;
	int32_t tree = mail;
	unsigned people = 0;

	for (; mail >= 0; mail = plot->subthreads->next[mail]) {
		int32_t person = m->source[mail].person;

		if (!nd_subthreads_in_zone(m->thread->message[mail],
		                           plot->zone) ||
		    m->source[mail].robot)
			continue;
		people += stamp[person] != tree + 1;
		stamp[person] = tree + 1;
		*last = mail;
	}
	return people;
}

/* What many mails say more than few: 0 to 2. */
static float
size_worth(uint32_t replies)
{
	return 2 * (float)replies / (float)(replies + 6);
}

/* How much more a reader wants to know of this part than of any other. */
static float
worth_of(const struct nd_sections *trees, const struct plot *plot,
         const struct part *part, int32_t *stamp)
{
	float all = (float)trees->m->thread->message_count;
	int32_t last = part->mail;
	unsigned people = count_people(trees, plot, part->mail, stamp, &last);

	return size_worth(plot->subthreads->replies[part->mail]) +
	       0.2f * (float)(people < 4 ? people : 4) +
	       weight_of(part->told.outcome) + 0.3f * (float)last / all;
}

static void
add_part(struct nd_sections *trees, struct plot *plot, int32_t tree,
         const struct nd_subthread_outcome *result)
{
	const struct nd_thread *thread = trees->m->thread;
	struct part *part = x_append(trees, plot->part, plot->count);
	struct nd_subthread *told = &part->told;

	part->mail = told->mail = tree;
	if (thread->message[tree]->parts &&
	    nd_subthreads_has_title(thread, tree))
		told->label = label_of(trees, thread->message[tree]->parts,
		                       nd_thread_root(thread)->parts);
	told->title = title_of(trees, thread, tree, told->label);
	if (is_named_after_writer(thread, tree))
		told->who =
			trees->m->speaker[trees->m->source[tree].person].name;
	told->messages = plot->subthreads->mails[tree];
	told->outcome = result->outcome;
	told->tag = result->tag;
	told->by = result->by;
	part->words = (uint16_t)heading_words(told);
	plot->part_of[tree] = (int32_t)plot->count - 1;
}

/* Tell those who choose what the headings cost and what they are worth. */
static void
price_mails(struct nd_sections *trees, const struct plot *plot)
{
	struct nd_candidates *m = trees->m;

	for (size_t i = 0; i < m->thread->message_count; i++) {
		struct nd_source *source = &m->source[i];
		int32_t tree = plot->subthreads->tree[i];
		const struct part *part;

		if (!nd_subthreads_in_zone(m->thread->message[i], plot->zone))
			continue;
		if (tree < 0 || plot->part_of[tree] < 0)
			continue;
		part = &plot->part[plot->part_of[tree]];
		source->branch = tree;
		source->heading_words = part->words;
		/* What the patches say is worth no more than before. */
		if (source->part == ND_PART_TALK)
			source->worth = part->worth;
		for (uint32_t k = 0; k < source->candidate_count; k++)
			m->candidate[source->candidate + k].score +=
				source->worth;
	}
}

static void
part_zone(struct nd_sections *trees, enum nd_zone zone, unsigned large)
{
	const struct nd_candidates *m = trees->m;
	struct plot *plot = &trees->plot[zone];
	size_t mails = m->thread->message_count;
	struct nd_subthreads *subthreads =
		nd_subthreads_new(trees, m->thread, zone, large);
	struct nd_subthread_outcome *result;
	int32_t *stamp;

	/* One talk is told as it goes. */
	if (subthreads->count < 2) {
		talloc_free(subthreads);
		return;
	}
	plot->zone = zone;
	plot->subthreads = subthreads;
	plot->part_of = x_array(trees, int32_t, mails);
	for (size_t i = 0; i < mails; i++)
		plot->part_of[i] = -1;
	result = nd_outcomes_find(trees, m->thread, subthreads, zone);
	stamp = x_array(trees, int32_t, m->speaker_count + 1);
	for (size_t i = 0; i < subthreads->count; i++) {
		int32_t tree = subthreads->first[i];

		add_part(trees, plot, tree, &result[tree]);
		plot->part[i].worth =
			worth_of(trees, plot, &plot->part[i], stamp);
	}
	price_mails(trees, plot);
}

struct nd_sections *
nd_sections_new(const void *ctx, struct nd_candidates *m, unsigned large,
                unsigned max_words)
{
	struct nd_sections *trees;
	size_t count[2] = {0};

	if (large == 0 || max_words < WORDS_MIN)
		return NULL;
	for (size_t i = 0; i < m->thread->message_count; i++)
		count[nd_subthreads_in_zone(m->thread->message[i],
		                            ND_ZONE_NEW)]++;
	if (count[0] <= large && count[1] <= large)
		return NULL;
	trees = x_new(ctx, struct nd_sections);
	trees->m = m;
	m->branch_price = branch_price;
	if (count[1] > large)
		part_zone(trees, ND_ZONE_NEW, large);
	if (count[0] > large)
		part_zone(trees, ND_ZONE_EARLIER, large);
	if (!trees->plot[ND_ZONE_NEW].subthreads &&
	    !trees->plot[ND_ZONE_EARLIER].subthreads)
		TALLOC_FREE(trees);
	return trees;
}

unsigned
nd_sections_words(const struct nd_sections *trees)
{
	unsigned words = 0;

	for (int zone = 0; trees && zone < ND_ZONE_COUNT; zone++)
		words += trees->plot[zone].subthreads ? REST_WORDS + LABELS_MAX
		                                      : 0;
	return words;
}

/* ---- what was chosen ---- */

/* The part that a mail's words belong to, or NULL. */
static const struct part *
part_for(const struct nd_sections *trees, int32_t mail)
{
	const struct nd_message *message = trees->m->thread->message[mail];
	const struct plot *plot = &trees->plot[ND_ZONE_EARLIER];
	int32_t tree;

	if (nd_subthreads_in_zone(message, ND_ZONE_NEW))
		plot = &trees->plot[ND_ZONE_NEW];
	if (!plot->subthreads)
		return NULL;
	tree = plot->subthreads->tree[mail];
	return tree < 0 || plot->part_of[tree] < 0
	               ? NULL
	               : &plot->part[plot->part_of[tree]];
}

/* The whole thread first, then its parts in their order. */
static int64_t
place_of(const struct nd_sections *trees, const struct nd_choice *choice)
{
	int32_t mail = trees->m->candidate[choice->candidate].message;
	const struct part *part = part_for(trees, mail);

	return part && nd_summary_zone_has_headings(choice->zone) ? part->mail
	                                                          : -1;
}

static bool
comes_before(const struct nd_sections *trees, const struct nd_choice *a,
             const struct nd_choice *b)
{
	int64_t place_a = place_of(trees, a), place_b = place_of(trees, b);

	if (a->zone != b->zone)
		return a->zone < b->zone;
	if (place_a != place_b)
		return place_a < place_b;
	return a->candidate < b->candidate;
}

/* Of many decisions the last stand out; the others are told in their parts. */
static void
keep_last_decisions(const struct nd_sections *trees, struct nd_choices *choices)
{
	unsigned decisions = 0;

	for (size_t i = choices->count; i-- > 0;) {
		struct nd_choice *choice = &choices->choice[i];
		int32_t mail = trees->m->candidate[choice->candidate].message;

		if (nd_choices_leads(choices, i))
			choice->zone = choice[1].zone;
		else if (choice->zone == ND_ZONE_DECISION &&
		         part_for(trees, mail) && ++decisions > DECISIONS_MAX)
			choice->zone = ND_ZONE_NEW;
	}
}

void
nd_sections_order(const struct nd_sections *trees, struct nd_choices *choices)
{
	struct nd_choice *choice = choices->choice;

	if (!trees)
		return;
	keep_last_decisions(trees, choices);
	/* A handful, and most are in order. */
	for (size_t i = 1; i < choices->count; i++) {
		struct nd_choice moved = choice[i];
		size_t to = i;

		while (to > 0 && comes_before(trees, &moved, &choice[to - 1]))
			to--;
		memmove(choice + to + 1, choice + to,
		        (i - to) * sizeof *choice);
		choice[to] = moved;
	}
}

static const char *
copy(const void *ctx, const char *text)
{
	return text ? x_strdup(ctx, text) : NULL;
}

static const struct nd_subthread *
copy_part(const struct nd_summary *summary, const struct part *part)
{
	struct nd_subthread *told = x_new(summary, struct nd_subthread);

	*told = part->told;
	told->title = copy(told, told->title);
	told->label = copy(told, told->label);
	told->who = copy(told, told->who);
	told->by = copy(told, told->by);
	return told;
}

static void
count_out(struct nd_item_list *list, const struct part *part)
{
	list->more_subthreads--;
	list->more_messages -= part->told.messages;
}

/* What the heading of each item's part is. */
static void
tell_parts(const struct nd_sections *trees, struct nd_summary *summary,
           enum nd_zone zone, bool *told)
{
	const struct plot *plot = &trees->plot[zone];
	struct nd_item_list *list = &summary->zone[zone];
	const struct part *last = NULL;

	for (size_t i = 0; i < list->count; i++) {
		struct nd_item *item = &list->item[i];
		const struct part *part = part_for(trees, item->source[0]);

		if (part && part == last) {
			item->subthread = item[-1].subthread;
		} else if (part) {
			item->subthread = copy_part(summary, part);
			if (plot->count > 0)
				told[part - plot->part] = true;
			count_out(list, part);
		}
		last = part;
	}
}

/* Of the others that changed something, one that is worth more than any. */
static const struct part *
next_line(const struct plot *plot, const bool *told)
{
	const struct part *best = NULL;

	for (size_t i = 0; i < plot->count; i++) {
		const struct part *part = &plot->part[i];

		if (!told[i] && weight_of(part->told.outcome) > 0 &&
		    (!best || part->worth > best->worth))
			best = part;
	}
	return best;
}

/* Those that matter most, in the order of the thread. */
static void
tell_rest(const struct nd_sections *trees, struct nd_summary *summary,
          enum nd_zone zone, bool *told)
{
	const struct plot *plot = &trees->plot[zone];
	struct nd_item_list *list = &summary->zone[zone];
	bool *line = x_array(NULL, bool, plot->count + 1);
	const struct part *part;

	for (int i = 0; i < LINES_MAX && (part = next_line(plot, told)); i++)
		told[part - plot->part] = line[part - plot->part] = true;
	for (size_t i = 0; i < plot->count; i++) {
		if (!line[i])
			continue;
		*x_append(summary, list->rest, list->rest_count) =
			copy_part(summary, &plot->part[i]);
		count_out(list, &plot->part[i]);
	}
	talloc_free(line);
}

void
nd_sections_tell(const struct nd_sections *trees, struct nd_summary *summary)
{
	for (int zone = 0; trees && zone < ND_ZONE_COUNT; zone++) {
		const struct plot *plot = &trees->plot[zone];
		struct nd_item_list *list = &summary->zone[zone];
		bool *told;

		if (zone == ND_ZONE_BACKGROUND)
			continue;
		told = x_array(NULL, bool, plot->count + 1);
		for (size_t i = 0; i < plot->count; i++) {
			list->more_subthreads++;
			list->more_messages += plot->part[i].told.messages;
		}
		tell_parts(trees, summary, (enum nd_zone)zone, told);
		tell_rest(trees, summary, (enum nd_zone)zone, told);
		talloc_free(told);
		/* Nothing goes before the line that says "and so many more". */
		if (list->count == 0 || !nd_summary_zone_has_headings(zone))
			list->more_subthreads = list->more_messages = 0;
	}
}
