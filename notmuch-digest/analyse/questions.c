/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analyse/questions.h"

#include <string.h>

#include "text/phrase.h"
#include "util/str.h"

enum {
	WORDS_MIN = 3, /* "Why?", "Really?" are not questions by themselves */
	BYTES_MIN_WIDE = 9, /* the same for scripts without blanks */
	PER_MAIL = 20
};

/* Ask without a question mark. */
static const struct nd_phrase requests[] = {
	{"advice on", 1},          {"any advice", 1},
	{"any suggestion", 1},     {"any suggestions", 1},
	{"i am wondering if", 1},  {"i am wondering whether", 1},
	{"i was wondering if", 1}, {"i was wondering whether", 1},
	{"i wonder if", 1},        {"i wonder whether", 1},
	{"i'm wondering if", 1},   {"i'm wondering whether", 1},
	{"like to ask", 1},        {"please advise", 1},
	{"please clarify", 1},     {"please confirm", 1},
	{"please correct me", 1},  {"please elaborate", 1},
	{"please explain", 1},     {"please share", 1},
	{"please submit the", 1},  {"prefer to ask", 1},
	{"some advice", 1},        {"some suggestion", 1},
	{"some suggestions", 1},
};

/* Want no answer. */
static const struct nd_phrase rhetoric[] = {
	{"am i right or", 1},    {"are you kidding", 1},
	{"aren't they?", 1},     {"did i say", 1},
	{"do i need to say", 1}, {"doesn't it?", 1},
	{"don't you?", 1},       {"guess what", 1},
	{"how are you", 1},      {"how cool", 1},
	{"how hard can", 1},     {"isn't it?", 1},
	{"isn't that so?", 1},   {"makes sense?", 1},
	{"oh really", 1},        {"really?", 1},
	{"remember?", 1},        {"so what?", 1},
	{"wasn't it?", 1},       {"what could possibly", 1},
	{"what else is new", 1}, {"who cares", 1},
	{"who knows", 1},        {"why bother", 1},
	{"won't it?", 1},        {"wtf", 1},
	{"you know what", 1},
};

/* Answer a question that stands before them. */
static const struct nd_phrase own_answers[] = {
	{"because", 1},   {"nope", 1}, {"obviously", 1},
	{"of course", 1}, {"yep", 1},  {"yes", 1},
};

static size_t
count_words(const struct nd_utterance *said)
{
	size_t words = 0;

	for (size_t i = 0; i < said->len; i++)
		words += nd_phrase_is_word_byte(said->text[i]) &&
		         (i == 0 || !nd_phrase_is_word_byte(said->text[i - 1]));
	return words;
}

static bool
is_long_enough(const struct nd_utterance *said)
{
	return count_words(said) >= WORDS_MIN ||
	       ((unsigned char)said->text[0] >= 0x80 &&
	        said->len >= BYTES_MIN_WIDE);
}

/* The marks at its end: 1 for "?", more for "?!" and "??". */
static size_t
question_marks(const struct nd_utterance *said)
{
	size_t len = said->len, marks = 0;

	while (len > 0 && strchr(" )\"'", said->text[len - 1]))
		len--;
	if (len >= 3 && memcmp(said->text + len - 3, "？", 3) == 0)
		return 1;
	while (len > 0 && strchr("?!", said->text[len - 1])) {
		len--;
		marks++;
	}
	return marks > 0 && memchr(said->text + len, '?', marks) ? marks : 0;
}

/* ";-)", ":)" and such, right behind a question. */
static bool
is_smiley(const struct nd_utterance *said)
{
	return said->len >= 2 && strchr(":;", said->text[0]) &&
	       strchr("-)PDp", said->text[1]);
}

static bool
is_answered_at_once(const struct nd_mailevents *mail, size_t i)
{
	const struct nd_utterance *next;

	if (i + 1 >= mail->said.count)
		return false;
	next = &mail->said.utterance[i + 1];
	if (next->opens)
		return false;
	return is_smiley(next) ||
	       nd_phrases_at(ND_PHRASES(own_answers), next->text, next->len,
	                     NULL) != 0;
}

static bool
is_question(const struct nd_mailevents *mail, size_t i)
{
	const struct nd_utterance *said = &mail->said.utterance[i];
	size_t marks = question_marks(said);

	/* "+0x1df/0x2d0 [24726.009977] ?": a line of a kernel's log. */
	if (!is_long_enough(said) ||
	    nd_mem_find_nocase(said->text, said->len, "+0x"))
		return false;
	if (marks == 0)
		return nd_phrases_in(ND_PHRASES(requests), said->text,
		                     said->len) != 0;
	return marks == 1 &&
	       !nd_phrases_in(ND_PHRASES(rhetoric), said->text, said->len) &&
	       !is_answered_at_once(mail, i);
}

void
nd_questions_read(const struct nd_mailevents *mail)
{
	size_t sentence[ND_ACT_SENTENCES];
	size_t count = nd_act_sentences(mail->acts, ND_ACT_ASKS, sentence);

	for (size_t i = 0; i < count; i++) {
		const struct nd_utterance *said =
			&mail->said.utterance[sentence[i]];
		struct nd_event *event;

		event = nd_mailevents_say(mail, ND_EVENT_QUESTION, said);
		event->last_line = said->last_line;
	}
}
