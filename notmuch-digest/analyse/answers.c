/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/answers.h"

#include <string.h>

#include "acts/asked.h"
#include "analyse/mailevents.h"
#include "analyse/moot.h"
#include "analyse/posting.h"
#include "model/address.h"
#include "text/phrase.h"
#include "text/reply.h"
#include "util/alloc.h"

enum {
	OPEN_MAX = 5,    /* open questions of one thread */
	ABOVE_MAX = 50,  /* mails above a reply that it may speak to */
	BESIDE_MAX = 50, /* mails that ask beside one that takes it back */
	NEAR_LINES = 24, /* between a quoted question and its answer */
};

struct question {
	size_t event;    /* index in thread->event */
	int32_t message; /* that asks */
	struct nd_asked asked;
	bool answered;
	int32_t settled_by; /* the mail since which nobody needs to say
			     * anything more to it, or ND_NO_MESSAGE */
};

struct settling {
	struct nd_thread *thread;
	const struct nd_act_mail *acts; /* of each mail */
	struct question *question;      /* in the order of the mails */
	size_t count;
	size_t *first;   /* of each mail, in question; SIZE_MAX: none */
	size_t *answer;  /* of each mail, in thread->event; SIZE_MAX: none */
	int32_t *beside; /* of each mail: the last before it that asks something
	                  * and answers the same mail, or ND_NO_MESSAGE */
	bool answers;    /* there are events ANSWER already */
};

/* A mail that may answer, as the questions see it. */
struct hearing {
	struct settling *all;
	int32_t index;
	struct nd_reply reply;
	bool settled; /* it says that what its writer asked is */
};

/* How the writer of a mail stands to a question. */
enum role {
	ASKER,
	ASKED, /* or anybody, when everybody is asked */
	THIRD
};

static const struct nd_event *
event_of(const struct settling *all, const struct question *question)
{
	return &all->thread->event[question->event];
}

static const struct nd_address *
sender(const struct settling *all, int32_t message)
{
	return &all->thread->message[message]->sender;
}

/* The questions of a mail, one after another: NULL behind the last. */
static struct question *
next_of(const struct settling *all, int32_t message, size_t *at)
{
	struct question *question;

	if (*at == SIZE_MAX)
		*at = all->first[message];
	if (*at >= all->count)
		return NULL;
	question = &all->question[*at];
	++*at;
	return question->message == message ? question : NULL;
}

static enum role
role_of(const struct hearing *hearing, const struct question *question)
{
	const struct nd_address *who = sender(hearing->all, hearing->index);

	if (nd_address_same_person(who,
	                           sender(hearing->all, question->message)))
		return ASKER;
	if (!question->asked.who)
		return question->asked.by_name ? THIRD : ASKED;
	return nd_address_same_person(who, question->asked.who) ? ASKED : THIRD;
}

/* Who is called by name is still expected to answer when others have. */
static void
settle(const struct hearing *hearing, struct question *question)
{
	question->answered = true;
	if (question->settled_by == ND_NO_MESSAGE &&
	    (role_of(hearing, question) != THIRD || !question->asked.by_name))
		question->settled_by = hearing->index;
}

/* ---- which mail answers which ---- */

static bool
is_said_in(const struct nd_event *event, size_t first, size_t end)
{
	return event->line >= first && event->line < end;
}

/*
 * The words of the mail in the lines first to end answer what that mail asks:
 * the answers that were heard there.
 */
static void
tie_answer(const struct hearing *hearing, int32_t asks, size_t first,
           size_t end)
{
	struct nd_thread *thread = hearing->all->thread;
	size_t answer = hearing->all->answer[hearing->index];

	for (size_t i = answer; i < thread->event_count &&
	                        thread->event[i].message == hearing->index;
	     i++)
		if (thread->event[i].type == ND_EVENT_ANSWER &&
		    thread->event[i].answers == ND_NO_MESSAGE &&
		    is_said_in(&thread->event[i], first, end))
			thread->event[i].answers = asks;
}

/*
 * Does the part answer a question of which it quotes this line? A third person
 * who quotes all of a mail may speak of anything.
 */
static bool
part_answers(const struct hearing *hearing, const struct nd_reply_part *part,
             const struct question *question, size_t line)
{
	const struct nd_body *body =
		hearing->all->thread->message[hearing->index]->body;

	switch (role_of(hearing, question)) {
	case ASKED:
		return part->says & (ND_REPLY_STATES | ND_REPLY_ASIDE);
	case THIRD:
		return (part->says & ND_REPLY_STATES) &&
		       body->line[line].depth == body->line[part->last].depth &&
		       (line >= part->paragraph ||
		        part->last - line <= NEAR_LINES);
	default:
		return false;
	}
}

/* The mail quotes questions, and has words below. */
static void
hear_part(const struct hearing *hearing, const struct nd_reply_part *part)
{
	const struct settling *all = hearing->all;
	const struct nd_body *body = all->thread->message[hearing->index]->body;

	/* The nearest line above is what the words below are about. */
	for (size_t i = part->last + 1; i-- > part->first;) {
		const struct nd_line *line = &body->line[i];
		struct question *question;
		size_t at = SIZE_MAX;

		if (line->kind != ND_LINE_QUOTE ||
		    line->source == ND_NO_MESSAGE)
			continue;
		while ((question = next_of(all, line->source, &at))) {
			const struct nd_event *event = event_of(all, question);

			if (line->source_line < event->line ||
			    line->source_line > event->last_line ||
			    !part_answers(hearing, part, question, i))
				continue;
			settle(hearing, question);
			tie_answer(hearing, line->source, part->last,
			           part->end);
		}
	}
}

/* Who asked has found it out. */
static bool
says_it_is_settled(const struct nd_utterances *said)
{
	static const struct nd_phrase forms[] = {
		{"figured it out", 1},      {"found it", 1},
		{"found the answer", 1},    {"found the problem", 1},
		{"found the reason", 1},    {"got it to work", 1},
		{"got it working", 1},      {"got the result", 1},
		{"ignore my question", 1},  {"ignore my questions", 1},
		{"ignore the question", 1}, {"never mind", 1},
		{"nevermind", 1},           {"solved it", 1},
		{"solved the problem", 1},  {"that solved it", 1},
	};

	for (size_t i = 0; i < said->count; i++)
		if (nd_phrases_in(ND_PHRASES(forms), said->utterance[i].text,
		                  said->utterance[i].len))
			return true;
	return false;
}

/* Nobody is expected to know it more than others: no patch is talked of. */
static bool
is_talk(const struct nd_thread *thread)
{
	return thread->category == ND_CATEGORY_OTHER && !thread->series;
}

/* Does the mail pick out parts of the other one, to speak of them? */
static bool
picks_parts(const struct hearing *hearing, int32_t other)
{
	const struct nd_body *body =
		hearing->all->thread->message[hearing->index]->body;

	for (size_t i = 0; i < hearing->reply.count; i++)
		if (body->line[hearing->reply.part[i].last].source == other)
			return true;
	return false;
}

/* A mail above the hearing's own, and how that one speaks to it. */
struct above {
	bool is_parent;
	bool picks; /* parts of it */
};

/*
 * Does the mail as a whole answer a question of a mail above it? The one who
 * is asked was heard, whatever they pick out.
 */
static bool
answers_above(const struct hearing *hearing, const struct question *question,
              struct above above)
{
	unsigned says = hearing->reply.says;

	switch (role_of(hearing, question)) {
	case ASKED:
		return (says & (ND_REPLY_STATES | ND_REPLY_ASIDE)) &&
		       (question->asked.who || !above.picks ||
		        question->message == hearing->all->thread->root);
	case THIRD:
		return above.is_parent && !above.picks &&
		       (says & ND_REPLY_STATES) && !question->asked.by_name &&
		       is_talk(hearing->all->thread);
	default:
		return hearing->settled;
	}
}

static void
hear_questions(const struct hearing *hearing, int32_t message, bool is_parent)
{
	struct above above = {is_parent, picks_parts(hearing, message)};
	struct question *question;
	size_t at = SIZE_MAX;

	while ((question = next_of(hearing->all, message, &at))) {
		if (question->answered ||
		    !answers_above(hearing, question, above))
			continue;
		settle(hearing, question);
		if (is_parent && !above.picks)
			tie_answer(hearing, message, 0, SIZE_MAX);
	}
}

/* The mail stands below mails that ask. */
static void
hear_above(const struct hearing *hearing)
{
	const struct settling *all = hearing->all;
	int32_t parent = all->thread->message[hearing->index]->parent;
	int32_t above = parent;

	for (int n = 0; above != ND_NO_MESSAGE && n < ABOVE_MAX; n++) {
		if (all->first[above] != SIZE_MAX)
			hear_questions(hearing, above, above == parent);
		above = all->thread->message[above]->parent;
	}
}

/* Answers to what is not heard as a question: to whom they are given. */
static void
tie_others(const struct hearing *hearing)
{
	struct nd_thread *thread = hearing->all->thread;
	const struct nd_message *message = thread->message[hearing->index];

	for (size_t i = 0; i < hearing->reply.count; i++) {
		const struct nd_reply_part *part = &hearing->reply.part[i];
		int32_t source = message->body->line[part->last].source;

		if (source != ND_NO_MESSAGE &&
		    !nd_address_same_person(sender(hearing->all, source),
		                            &message->sender))
			tie_answer(hearing, source, part->last, part->end);
	}
	if (message->parent != ND_NO_MESSAGE)
		tie_answer(hearing, message->parent, 0, SIZE_MAX);
}

static void
hear_mail(struct settling *all, int32_t index)
{
	const struct nd_message *message = all->thread->message[index];
	void *tmp = talloc_new(NULL);
	struct hearing hearing = {.all = all, .index = index};

	hearing.reply =
		nd_reply_read(tmp, message->body, all->acts[index].said);
	hearing.settled = says_it_is_settled(&hearing.reply.said);
	for (size_t i = 0; i < hearing.reply.count; i++)
		hear_part(&hearing, &hearing.reply.part[i]);
	hear_above(&hearing);
	if (all->answer[index] != SIZE_MAX)
		tie_others(&hearing);
	talloc_free(tmp);
}

/* What was posted anew is not asked about any more. */
static void
hear_versions(struct settling *all)
{
	const struct nd_series *newest = nd_posting_newest_series(all->thread);

	for (size_t i = 0; newest && i < all->count; i++)
		if (all->question[i].message < newest->root)
			all->question[i].answered = true;
}

/* What was done since has settled it. */
static void
hear_deeds(struct settling *all)
{
	for (size_t i = 0; i < all->count; i++) {
		struct question *question = &all->question[i];
		int32_t by = ND_NO_MESSAGE;

		if (!question->answered)
			by = nd_moot_by(all->thread, event_of(all, question));
		if (by == ND_NO_MESSAGE)
			continue;
		question->answered = true;
		question->settled_by = by;
	}
}

/* "Sorry, on this board it is fixed"; below his own mail also "Ah, got it." */
static bool
is_correction(const struct nd_utterances *said, bool below_own)
{
	static const struct nd_phrase openings[] = {
		{"actually", 1},      {"correction", 1},  {"forget it", 1},
		{"forget me", 1},     {"forget that", 1}, {"ignore that", 1},
		{"ignore this", 1},   {"never mind", 1},  {"nevermind", 1},
		{"obviously not", 1}, {"oh wait", 1},     {"please ignore", 1},
		{"scratch that", 1},  {"sorry", 1},
	};
	static const struct nd_phrase insights[] = {
		{"ah", 1},     {"aha", 1},      {"found it", 1},
		{"got it", 1}, {"i got it", 1}, {"i see", 1},
		{"oh", 1},     {"ok", 1},       {"okay", 1},
	};
	const struct nd_utterance *first = said->utterance;

	return said->count > 0 &&
	       (nd_phrases_at(ND_PHRASES(openings), first->text, first->len,
	                      NULL) ||
	        (below_own && nd_phrases_at(ND_PHRASES(insights), first->text,
	                                    first->len, NULL)));
}

/* If they are its writer's own. */
static void
take_back(struct settling *all, int32_t index, int32_t asks)
{
	struct question *question;
	size_t at = SIZE_MAX;

	if (asks >= index || all->first[asks] == SIZE_MAX ||
	    !nd_address_same_person(sender(all, index), sender(all, asks)))
		return;
	while ((question = next_of(all, asks, &at))) {
		question->answered = true;
		question->settled_by = index;
		all->thread->event[question->event].flags |= ND_EVENT_UNSURE;
	}
}

/* Who corrects what he has said to the same mail does not ask it any more. */
static void
hear_correction(struct settling *all, int32_t index)
{
	int32_t parent = all->thread->message[index]->parent;
	int32_t other = all->beside[index];

	if (!is_correction(&all->acts[index].said, true))
		return;
	if (parent != ND_NO_MESSAGE)
		take_back(all, index, parent);
	if (!is_correction(&all->acts[index].said, false))
		return;
	for (int n = 0; other != ND_NO_MESSAGE && n < BESIDE_MAX; n++) {
		take_back(all, index, other);
		other = all->beside[other];
	}
}

static void
hear_mails(struct settling *all)
{
	const struct nd_thread *thread = all->thread;

	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->body &&
		    nd_message_is_person(thread->message[i])) {
			hear_mail(all, (int32_t)i);
			hear_correction(all, (int32_t)i);
		}
	hear_versions(all);
	hear_deeds(all);
}

/* ---- the thread ---- */

static void
place_mails(struct settling *all)
{
	const struct nd_thread *thread = all->thread;

	for (size_t i = 0; i < thread->message_count; i++)
		all->first[i] = all->answer[i] = SIZE_MAX;
}

static void
find_beside(struct settling *all)
{
	const struct nd_thread *thread = all->thread;
	/* Of each mail, the last answer to it that asks; the first: to none. */
	int32_t *last = x_array(all->first, int32_t, thread->message_count + 1);

	for (size_t i = 0; i <= thread->message_count; i++)
		last[i] = ND_NO_MESSAGE;
	for (size_t i = 0; i < thread->message_count; i++) {
		int32_t parent = thread->message[i]->parent;
		int32_t *at = &last[parent == ND_NO_MESSAGE ? 0 : parent + 1];

		all->beside[i] = *at;
		if (all->first[i] != SIZE_MAX)
			*at = (int32_t)i;
	}
}

/* "Same as above, why?", "Am I missing something?": not without the mail. */
static bool
stands_alone(const char *sentence)
{
	static const struct nd_phrase openings[] = {
		{"again", 1},     {"ditto", 1},         {"same as", 1},
		{"same here", 1}, {"same question", 1}, {"same thing", 1},
	};
	static const struct nd_phrase anywhere[] = {
		{"did i miss", 1},
		{"i missing anything", 1},
		{"i missing something", 1},
		{"i overlooking", 1},
	};
	size_t len = strlen(sentence);

	return nd_phrases_at(ND_PHRASES(openings), sentence, len, NULL) == 0 &&
	       nd_phrases_in(ND_PHRASES(anywhere), sentence, len) == 0;
}

/* For those who come when the recipients of the mails are gone. */
static void
keep_asked(struct nd_thread *thread, struct nd_event *event,
           const struct nd_asked *asked)
{
	struct nd_address *copy;

	if (asked->by_name)
		event->flags |= ND_EVENT_CALLS;
	if (asked->volunteers)
		event->flags |= ND_EVENT_VOLUNTEERS;
	if (!asked->who)
		return;
	copy = x_new(thread, struct nd_address);
	copy->name = x_strdup(copy, asked->who->name);
	copy->addr = x_strdup(copy, asked->who->addr);
	event->asked = copy;
}

static void
collect(struct settling *all)
{
	const struct nd_thread *thread = all->thread;

	for (size_t i = 0; i < thread->event_count; i++) {
		struct nd_event *event = &thread->event[i];
		struct question *question;

		if (event->type == ND_EVENT_ANSWER &&
		    all->answer[event->message] == SIZE_MAX)
			all->answer[event->message] = i;
		all->answers |= event->type == ND_EVENT_ANSWER;
		if (event->type != ND_EVENT_QUESTION)
			continue;
		if (all->first[event->message] == SIZE_MAX)
			all->first[event->message] = all->count;
		question = x_append(all->first, all->question, all->count);
		question->event = i;
		question->message = event->message;
		question->settled_by = ND_NO_MESSAGE;
		question->asked = nd_asked_find(thread, event);
		keep_asked(all->thread, event, &question->asked);
		question->answered = !stands_alone(event->text);
	}
}

/* For those who reckon whose turn it is. */
static void
mark_settled(struct settling *all)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct question *question = &all->question[i];
		struct nd_event *event = &all->thread->event[question->event];

		event->settled_by = question->settled_by;
		if (question->settled_by != ND_NO_MESSAGE)
			event->flags |= ND_EVENT_ANSWERED;
	}
}

/*
 * A reader has no use for many: those that call somebody by name stay, then
 * the last ones.
 */
static void
keep_most_important(struct settling *all)
{
	size_t open = 0, spare;

	for (size_t i = 0; i < all->count; i++)
		open += !all->question[i].answered;
	spare = open > OPEN_MAX ? open - OPEN_MAX : 0;
	for (int by_name = 0; by_name < 2; by_name++)
		for (size_t i = 0; i < all->count && spare > 0; i++) {
			struct question *question = &all->question[i];

			if (question->answered ||
			    question->asked.by_name != by_name)
				continue;
			question->answered = true;
			spare--;
		}
}

static void
add_open(struct settling *all, const struct question *question)
{
	const struct nd_event *event = event_of(all, question);
	struct nd_thread *thread = all->thread;
	struct nd_open_question *open = x_append(thread, thread->open_question,
	                                         thread->open_question_count);

	open->message = event->message;
	open->line = event->line;
	open->last_line = event->last_line;
	open->asker = nd_address_name(thread, &event->who);
	open->sentence = event->text;
	open->asked_who = event->asked;
	if (event->asked)
		open->asked = nd_address_name(thread, event->asked);
}

void
nd_answers_find(struct nd_thread *thread, const struct nd_act_mail *acts)
{
	struct settling all = {.thread = thread, .acts = acts};
	void *tmp = talloc_new(NULL);

	all.first = x_array(tmp, size_t, thread->message_count);
	all.answer = x_array(tmp, size_t, thread->message_count);
	all.beside = x_array(tmp, int32_t, thread->message_count);
	all.question = NULL;
	place_mails(&all);
	collect(&all);
	find_beside(&all);
	if (all.count > 0 || all.answers)
		hear_mails(&all);
	mark_settled(&all);
	keep_most_important(&all);
	for (size_t i = 0; i < all.count; i++)
		if (!all.question[i].answered)
			add_open(&all, &all.question[i]);
	talloc_free(tmp);
}
