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
	uint8_t *clue; /* of each word of nd_candidates.words: is one */
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

static void
words_of_mail(const struct nd_candidates *m, int32_t mail, uint32_t *from,
              uint32_t *to)
{
	const struct nd_source *source = &m->source[mail];
	const struct nd_candidate *first = &m->candidate[source->candidate];
	const struct nd_candidate *last;

	*from = *to = 0;
	if (!source->candidate_count)
		return;
	last = first + source->candidate_count - 1;
	*from = first->word;
	*to = last->word + last->word_count;
}

/*
 * A clue word stands in a mail and in the mail it answers (Carenini, Ng,
 * Zhou 2007). Each mail is looked at once as an answer, once as a parent with
 * all its answers, so long threads cost no more than their text.
 */
static void
find_clues(struct nd_scorer *scorer)
{
	const struct nd_candidates *m = scorer->m;
	size_t count = m->thread->message_count;
	uint32_t *stamp =
		x_array(NULL, uint32_t, nd_vocabulary_count(m->vocabulary));
	int32_t *child = x_array(stamp, int32_t, count);
	int32_t *sibling = x_array(stamp, int32_t, count);
	uint32_t from, to, now = 0;

	for (size_t i = 0; i < count; i++)
		child[i] = sibling[i] = -1;
	for (size_t i = count; i-- > 0;) {
		int32_t parent = m->thread->message[i]->parent;

		if (parent < 0)
			continue;
		sibling[i] = child[parent];
		child[parent] = (int32_t)i;
	}
	for (size_t i = 0; i < count; i++) {
		if (child[i] < 0)
			continue;
		words_of_mail(m, (int32_t)i, &from, &to);
		now++;
		for (uint32_t k = from; k < to; k++)
			stamp[m->words.word[k]] = now;
		/* now + 1 marks what an answer took up. */
		for (int32_t c = child[i]; c >= 0; c = sibling[c]) {
			uint32_t a, b;

			words_of_mail(m, c, &a, &b);
			for (uint32_t k = a; k < b; k++) {
				uint32_t word = m->words.word[k];

				if (stamp[word] < now)
					continue;
				stamp[word] = now + 1;
				scorer->clue[k] = 1;
			}
		}
		for (uint32_t k = from; k < to; k++)
			if (stamp[m->words.word[k]] == now + 1)
				scorer->clue[k] = 1;
		now++;
	}
	talloc_free(stamp);
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
	scorer->clue = x_array(scorer, uint8_t, m->words.count + 1);
	scorer->centre = x_array(scorer, float, m->candidate_count + 1);
	note_subject(scorer, m->vocabulary);
	count_mails(scorer);
	find_clues(scorer);
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
	f[ND_FEATURE_FIRST] = s->nth == 0;
	f[ND_FEATURE_SECOND] = s->nth == 1;
	f[ND_FEATURE_LATE] = s->nth > 7;
	f[ND_FEATURE_PARAGRAPH] = (s->flags & ND_SENTENCE_FIRST) != 0;
	f[ND_FEATURE_EARLY] = 1.0f / (1.0f + (float)c->message);
	f[ND_FEATURE_PLACE] =
		(float)s->nth / (float)(source->candidate_count + 1);
	f[ND_FEATURE_SIZE] = at_most_one((float)source->candidate_count / 20);
	f[ND_FEATURE_LAST] =
		c->message + 1 == (int32_t)scorer->m->thread->message_count;
	f[ND_FEATURE_BEGINNER] =
		source->person ==
		scorer->m->source[scorer->m->thread->root].person;
	f[ND_FEATURE_ANSWERS] = at_most_one((float)source->answers / 3);
	f[ND_FEATURE_BELOW] = c->below_quote;
	f[ND_FEATURE_ANSWERING] = c->below_question;
}

static void
see_form(const struct nd_candidate *c, float f[ND_FEATURE_COUNT])
{
	const struct nd_sentence *s = &c->sentence;
	unsigned signs = 0, digits = 0;

	for (uint32_t i = 0; i < s->len; i++) {
		digits += nd_is_digit(s->text[i]);
		signs += (unsigned char)s->text[i] < 0x80 &&
		         !nd_is_alpha(s->text[i]) && s->text[i] != ' ';
	}
	f[ND_FEATURE_NUMBER] = digits > 0;
	f[ND_FEATURE_SHORT] = c->print_words <= 3;
	f[ND_FEATURE_BRIEF] = c->print_words <= 7;
	f[ND_FEATURE_MIDDLE] = c->print_words >= 13 && c->print_words <= 20;
	f[ND_FEATURE_LONG] = c->print_words > 40;
	f[ND_FEATURE_WORDS] = at_most_one((float)c->print_words / 40);
	f[ND_FEATURE_LOWER] = *s->text >= 'a' && *s->text <= 'z';
	f[ND_FEATURE_ITEM] = (s->flags & ND_SENTENCE_ITEM) != 0;
	f[ND_FEATURE_RAGGED] = !(s->flags & ND_SENTENCE_WHOLE);
	f[ND_FEATURE_SIGNS] = (float)signs / (float)s->len;
	f[ND_FEATURE_LINK] = nd_mem_find_nocase(s->text, s->len, "://") != NULL;
}

static void
see_acts(const struct nd_candidate *c, float f[ND_FEATURE_COUNT])
{
	/* What the ledger has proof of counts beside what it sounds like. */
	static const unsigned settled =
		1u << ND_EVENT_APPLIED | 1u << ND_EVENT_PULLED |
		1u << ND_EVENT_MERGED | 1u << ND_EVENT_MERGED_STABLE |
		1u << ND_EVENT_SUPERSEDED | 1u << ND_EVENT_WITHDRAWN |
		1u << ND_EVENT_REJECTED | 1u << ND_EVENT_NACK;
	static const unsigned promised = 1u << ND_EVENT_RESPIN_PROMISED;
	static const unsigned refused = 1u << ND_EVENT_CHANGES_REQUESTED;
	static const struct {
		enum nd_feature feature;
		unsigned doing;
	} seen[] = {
		{ND_FEATURE_QUESTION, ND_DOING_ASK},
		{ND_FEATURE_DECISION, ND_DOING_DECIDE},
		{ND_FEATURE_PROMISE, ND_DOING_PROMISE},
		{ND_FEATURE_AGREE, ND_DOING_AGREE},
		{ND_FEATURE_OBJECT, ND_DOING_OBJECT},
		{ND_FEATURE_SUGGEST, ND_DOING_SUGGEST},
		{ND_FEATURE_RESULT, ND_DOING_RESULT},
		{ND_FEATURE_PURPOSE, ND_DOING_PURPOSE},
		{ND_FEATURE_SOCIAL, ND_DOING_COURTESY},
		{ND_FEATURE_DANGLING, ND_DOING_DANGLE},
		{ND_FEATURE_HEDGE, ND_DOING_HEDGE},
	};

	for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++)
		f[seen[i].feature] = (c->doing & seen[i].doing) != 0;
	f[ND_FEATURE_OPEN] = c->open;
	f[ND_FEATURE_DECISION] += (c->events & settled) != 0;
	f[ND_FEATURE_PROMISE] += (c->events & promised) != 0;
	f[ND_FEATURE_OBJECT] += (c->events & refused) != 0;
	/* "Applied, thanks" is not a courtesy. */
	if (f[ND_FEATURE_DECISION] > 0)
		f[ND_FEATURE_SOCIAL] = 0;
}

static void
see_words(const struct nd_scorer *scorer, const struct nd_candidate *c,
          float f[ND_FEATURE_COUNT])
{
	const struct nd_candidates *m = scorer->m;
	unsigned clues = 0, subject = 0;

	for (uint32_t k = c->word; k < c->word + c->word_count; k++) {
		uint32_t word = m->words.word[k];

		if (word == ND_WORD_STOP)
			continue;
		clues += scorer->clue[k];
		subject += scorer->word[word].in_subject;
	}
	f[ND_FEATURE_SUBJECT] = at_most_one((float)subject / 3);
	f[ND_FEATURE_CLUE] = at_most_one((float)clues / 6);
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
	see_acts(candidate, feature);
	see_words(scorer, candidate, feature);
}

enum nd_table
nd_score_table(const struct nd_candidates *m, const struct nd_candidate *c)
{
	bool talk = m->source[c->message].part == ND_PART_TALK;

	if (m->review)
		return talk ? ND_TABLE_REVIEW : ND_TABLE_PATCH;
	return talk ? ND_TABLE_REPLY : ND_TABLE_OPENING;
}

void
nd_score(struct nd_candidates *m, const struct nd_weights *weights)
{
	struct nd_scorer *scorer = nd_scorer_new(NULL, m);

	for (size_t i = 0; i < m->candidate_count; i++) {
		struct nd_candidate *c = &m->candidate[i];
		enum nd_table table = nd_score_table(m, c);
		float feature[ND_FEATURE_COUNT];

		nd_scorer_features(scorer, c, feature);
		c->score = 0;
		for (int k = 0; k < ND_FEATURE_COUNT; k++)
			c->score += feature[k] * weights->feature[k][table];
	}
	talloc_free(scorer);
}
