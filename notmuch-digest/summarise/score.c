/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/score.h"

#include <string.h>

#include "summarise/doing.h"
#include "util/alloc.h"
#include "util/str.h"

/* What is known of a word of the thread. */
struct word {
	uint32_t mails; /* that use it */
	uint32_t last;  /* mail seen last while counting, + 1 */
	bool in_subject;
};

struct nd_scorer {
	const struct nd_candidates *m;
	struct word *word;
	float *centre; /* of each candidate */
	float centre_max;
};

static void
note_subject(struct nd_scorer *scorer, struct nd_vocabulary *vocabulary)
{
	const struct nd_message *root = nd_thread_root(scorer->m->thread);
	const char *title = root->parts ? root->parts->title : root->subject;
	size_t known = nd_vocabulary_count(vocabulary);
	struct nd_word_list list = {0};

	nd_vocabulary_read(vocabulary, title, strlen(title), scorer, &list);
	for (size_t i = 0; i < list.count; i++)
		if (list.word[i] != ND_WORD_STOP && list.word[i] < known)
			scorer->word[list.word[i]].in_subject = true;
	talloc_free(list.word);
}

static void
count_mails(struct nd_scorer *scorer)
{
	const struct nd_candidates *m = scorer->m;

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		uint32_t mail = (uint32_t)c->message + 1;

		for (uint32_t k = 0; k < c->word_count; k++) {
			struct word *word =
				&scorer->word[m->words.word[c->word + k]];

			if (word->last != mail)
				word->mails++;
			word->last = mail;
		}
	}
}

/* 0 for a word of one mail only, growing towards 1. */
static float
spread(uint32_t mails)
{
	return (float)(mails - 1) / (float)(mails + 2);
}

/* How much of the thread's talk a sentence's words run through. */
static void
find_centres(struct nd_scorer *scorer)
{
	const struct nd_candidates *m = scorer->m;

	for (size_t i = 0; i < m->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];
		float sum = 0;

		for (uint32_t k = 0; k < c->word_count; k++) {
			uint32_t word = m->words.word[c->word + k];

			if (word != ND_WORD_STOP)
				sum += spread(scorer->word[word].mails);
		}
		scorer->centre[i] = sum / (float)(c->content + 4);
		if (scorer->centre[i] > scorer->centre_max)
			scorer->centre_max = scorer->centre[i];
	}
}

struct nd_scorer *
nd_scorer_new(const void *ctx, const struct nd_candidates *m)
{
	struct nd_scorer *scorer = x_new(ctx, struct nd_scorer);

	scorer->m = m;
	scorer->word = x_array(scorer, struct word,
	                       nd_vocabulary_count(m->vocabulary));
	scorer->centre = x_array(scorer, float, m->candidate_count + 1);
	note_subject(scorer, m->vocabulary);
	count_mails(scorer);
	find_centres(scorer);
	return scorer;
}

static float
at_most_one(float value)
{
	return value < 1 ? value : 1;
}

static void
see_place(const struct nd_scorer *scorer, const struct nd_candidate *c,
          float f[ND_FEATURE_COUNT])
{
	const struct nd_sentence *s = &c->sentence;
	const struct nd_source *source = &scorer->m->source[c->message];

	f[ND_FEATURE_ONE] = 1;
	f[ND_FEATURE_FIRST] = c->place == 0;
	f[ND_FEATURE_SECOND] = c->place == 1;
	f[ND_FEATURE_PARAGRAPH] = (s->flags & ND_SENTENCE_FIRST) != 0;
	f[ND_FEATURE_EARLY] = 1.0f / (1.0f + (float)c->message);
	f[ND_FEATURE_SIZE] = at_most_one((float)source->candidate_count / 20);
	f[ND_FEATURE_LAST] =
		c->message + 1 == (int32_t)scorer->m->thread->message_count;
	f[ND_FEATURE_BELOW] = c->below_quote;
}

static void
see_form(const struct nd_candidate *c, float f[ND_FEATURE_COUNT])
{
	const struct nd_sentence *s = &c->sentence;
	unsigned digits = 0;

	for (uint32_t i = 0; i < s->len; i++)
		digits += nd_is_digit(s->text[i]);
	f[ND_FEATURE_NUMBER] = digits > 0;
	f[ND_FEATURE_SHORT] = c->print_words <= 3;
	f[ND_FEATURE_BRIEF] = c->print_words <= 7;
	f[ND_FEATURE_WORDS] = at_most_one((float)c->print_words / 40);
	f[ND_FEATURE_RAGGED] = !(s->flags & ND_SENTENCE_WHOLE);
	f[ND_FEATURE_LINK] = nd_mem_find_nocase(s->text, s->len, "://") != NULL;
}

static void
see_acts(const struct nd_scorer *scorer, const struct nd_candidate *c,
         float f[ND_FEATURE_COUNT])
{
	f[ND_FEATURE_DECIDE] =
		(c->doing & (ND_DOING_DECIDE | ND_DOING_PROMISE)) != 0;
	f[ND_FEATURE_SUGGEST] = (c->doing & ND_DOING_SUGGEST) != 0;
	/* In a review it may as well be an objection. */
	f[ND_FEATURE_UNSURE] = !scorer->m->review &&
	                       c->doing & ND_DOING_UNSURE &&
	                       !(c->doing & ND_DOING_ASK);
}

static void
see_words(const struct nd_scorer *scorer, const struct nd_candidate *c,
          float f[ND_FEATURE_COUNT])
{
	const struct nd_candidates *m = scorer->m;
	unsigned subject = 0;

	for (uint32_t k = c->word; k < c->word + c->word_count; k++) {
		uint32_t word = m->words.word[k];

		if (word == ND_WORD_STOP)
			continue;
		subject += scorer->word[word].in_subject;
	}
	f[ND_FEATURE_SUBJECT] = at_most_one((float)subject / 3);
	if (scorer->centre_max > 0)
		f[ND_FEATURE_CENTRAL] =
			scorer->centre[c - m->candidate] / scorer->centre_max;
	f[ND_FEATURE_QUOTED] = at_most_one((float)c->quoted / 3);
}

void
nd_scorer_features(const struct nd_scorer *scorer,
                   const struct nd_candidate *candidate,
                   float feature[ND_FEATURE_COUNT])
{
	memset(feature, 0, ND_FEATURE_COUNT * sizeof *feature);
	see_place(scorer, candidate, feature);
	see_form(candidate, feature);
	see_acts(scorer, candidate, feature);
	see_words(scorer, candidate, feature);
}

enum nd_table
nd_score_table(const struct nd_candidates *m, const struct nd_candidate *c)
{
	if (!m->review)
		return ND_TABLE_TALK;
	return m->source[c->message].part == ND_PART_TALK ? ND_TABLE_REVIEW
	                                                  : ND_TABLE_PATCH;
}

bool
nd_score_may_open(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return m->review && m->source[c->message].part == ND_PART_ROOT;
}

static float
sum(const float feature[ND_FEATURE_COUNT], const struct nd_weights *weights,
    enum nd_table table)
{
	float score = 0;

	for (int k = 0; k < ND_FEATURE_COUNT; k++)
		score += feature[k] * weights->feature[k][table];
	return score;
}

void
nd_score_candidate(const struct nd_candidates *m, struct nd_candidate *c,
                   const float feature[ND_FEATURE_COUNT],
                   const struct nd_weights *weights)
{
	c->score = sum(feature, weights, nd_score_table(m, c));
	c->opening = nd_score_may_open(m, c)
	                     ? sum(feature, weights, ND_TABLE_OPENING)
	                     : c->score;
}

void
nd_score(struct nd_candidates *m, const struct nd_weights *weights)
{
	struct nd_scorer *scorer = nd_scorer_new(NULL, m);

	for (size_t i = 0; i < m->candidate_count; i++) {
		float feature[ND_FEATURE_COUNT];

		nd_scorer_features(scorer, &m->candidate[i], feature);
		nd_score_candidate(m, &m->candidate[i], feature, weights);
	}
	talloc_free(scorer);
}
