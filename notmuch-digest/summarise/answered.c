/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "summarise/answered.h"

#include <string.h>

#include "summarise/doing.h"
#include "summarise/hanging.h"
#include "summarise/presentable.h"
#include "summarise/quotedquestion.h"
#include "util/alloc.h"
#include "util/str.h"

enum {
	WORDS_MAX = 45, /* of an answer */
	BRIEF_WORDS = 4,
	LETTERS_MIN = 10, /* of a question, to know it by them */
};

/* Letters and digits only: quotes are wrapped, and cut with "…". */
static char *
letters_of(const void *ctx, const char *text, size_t len)
{
	char *letters = x_array(ctx, char, len + 1);
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		if (nd_is_alnum(text[i]))
			letters[count++] = nd_lower(text[i]);
	letters[count] = '\0';
	return letters;
}

/* Is the quoted text that sentence, or its beginning? */
static bool
is_said_in(const char *quoted, const struct nd_sentence *s)
{
	char *some = letters_of(NULL, quoted, strlen(quoted));
	char *all = letters_of(some, s->text, s->len);
	bool is = strlen(some) >= LETTERS_MIN && strstr(all, some);

	talloc_free(some);
	return is;
}

/* "Nope.", "Not yet.", "It isn't.": says little by itself, but all with what
 * was asked. */
static bool
is_brief(const struct nd_candidate *c)
{
	return c->doing & ND_DOING_ANSWER && c->print_words <= BRIEF_WORDS &&
	       !(c->sentence.flags & (ND_SENTENCE_COLON | ND_SENTENCE_TORN));
}

static bool
may_answer(const struct nd_candidates *m, const struct nd_candidate *c)
{
	return c->below_question && c->print_words <= WORDS_MAX &&
	       !(c->doing & (ND_DOING_ASK | ND_DOING_COURTESY)) &&
	       !m->source[c->message].robot &&
	       (nd_presentable(m, c) || is_brief(c)) &&
	       /* it is not here */
	       !nd_mem_find_nocase(c->sentence.text, c->sentence.len, "://");
}

/* Does c stand right below that question? Then it is told with it. */
static bool
answers(struct nd_candidates *m, struct nd_candidate *c,
        const struct nd_candidate *question)
{
	int32_t mail = ND_NO_MESSAGE;
	const char *said;

	if (!may_answer(m, c))
		return false;
	said = nd_quotedquestion_above(m, m->thread->message[c->message]->body,
	                               c->sentence.line, &mail);
	if (!said || mail != question->message ||
	    !is_said_in(said, &question->sentence))
		return false;
	c->above = said;
	c->above_mail = mail;
	return true;
}

/* The first answer to it, or NULL. */
static struct nd_candidate *
answer_to(struct nd_candidates *m, const struct nd_candidate *question)
{
	const struct nd_source *source = &m->source[question->message];
	size_t after = source->candidate + source->candidate_count;

	for (size_t i = after; i < m->candidate_count; i++)
		if (answers(m, &m->candidate[i], question))
			return &m->candidate[i];
	return NULL;
}

static bool
is_chosen(const struct nd_choices *choices, uint32_t candidate)
{
	for (size_t i = 0; i < choices->count; i++)
		if (choices->choice[i].candidate == candidate)
			return true;
	return false;
}

/* "Does it? If so, we need a lock.": what is chosen, too, leads back to it. */
static bool
is_led_back_to(const struct nd_candidates *m, const struct nd_choices *choices,
               uint32_t question)
{
	uint32_t next = question + 1;

	return next < m->candidate_count && is_chosen(choices, next) &&
	       m->candidate[next].message == m->candidate[question].message &&
	       nd_hanging_leads_back(&m->candidate[next]);
}

static void
drop(struct nd_choices *choices, size_t i)
{
	struct nd_choice *choice = &choices->choice[i];

	choices->count--;
	memmove(choice, choice + 1, (choices->count - i) * sizeof *choice);
}

void
nd_answered_replace(struct nd_candidates *m, struct nd_choices *choices)
{
	for (size_t i = choices->count; i-- > 0;) {
		struct nd_choice *choice = &choices->choice[i];
		const struct nd_candidate *question =
			&m->candidate[choice->candidate];
		struct nd_candidate *answer;
		uint32_t candidate;

		if (!(question->doing & ND_DOING_ASK) || question->open ||
		    is_led_back_to(m, choices, choice->candidate) ||
		    m->source[question->message].part != ND_PART_TALK)
			continue;
		answer = answer_to(m, question);
		if (!answer)
			continue;
		candidate = (uint32_t)(answer - m->candidate);
		if (is_chosen(choices, candidate)) {
			drop(choices, i);
			continue;
		}
		choice->candidate = candidate;
		/* It is worth what it is to know that. */
		if (answer->score < question->score)
			answer->score = question->score;
		if (choice->zone == ND_ZONE_EARLIER &&
		    m->thread->message[answer->message]->flags & ND_MESSAGE_NEW)
			choice->zone = ND_ZONE_NEW;
	}
}
