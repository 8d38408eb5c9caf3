/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/analyse.h"
#include "analyse/answers.h"
#include "analyse/closing.h"
#include "build.h"
#include "conversation/quotesource.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Review <ben@example.org>"
#define MAX "Max Maintain <max@example.org>"
#define BOT "kernel test robot <lkp@intel.com>"
#define DIFF "---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
#define NONE ND_NO_MESSAGE
#define RE "Re: [PATCH] foo: bar"

static size_t
count_events(const struct nd_thread *thread, enum nd_event_type type)
{
	size_t count = 0;

	for (size_t i = 0; i < thread->event_count; i++)
		count += thread->event[i].type == type;
	return count;
}

static void
what_is_a_question(void **state)
{
	static const struct {
		const char *text;
		unsigned questions;
	} cases[] = {
		{"Why is it needed?\n", 1},
		{"The diff below may work, what do you think ?\n", 1},
		{"Is it so? And is it good?\n", 2},
		{"Why do we need\nthis line here?\n", 1},
		{"Please clarify how it works.\n", 1},
		{"I wonder whether that is safe.\n", 1},
		{"Could you add a test (see above)?\n", 1},
		{"\xe9\xbb\x98\xe8\xae\xa4\xe5\x80\xbc\xe5\x90\x88\xe9\x80\x82"
	         "\xe5\x90\x97\xef\xbc\x9f\n",
	         1},
		{"Which part?\n", 1},
		/* without the mark */
		{"I was wondering whether that is safe.\n", 1},
		{"Please let me know what you prefer.\n", 1},
		{"Any hints would be much appreciated.\n", 1},
		{"I don't understand why this is needed.\n", 1},
		{"Can you share the numbers.\n", 1},
		{"@Ann could you have this tested.\n", 1},
		{"If someone could measure it, that would help.\n", 1},
		{"I'll take a look tomorrow.\n", 0},
		{"I need not wonder what it was.\n", 0},
		{"Let me know if you have any questions.\n", 0},
		/* says the one before it again */
		{"Is it so? Or is it not?\n", 1},
		{"Should it be a list? What do you think?\n", 1},
		/* a form that is sent to many */
		{"This is none? It is known already? It was fixed? You want "
	         "to add to it? Or say that it is wrong? Just reply.\n",
	         0},
		/* wants a change */
		{"Use a list here?\n", 0},
		{"Maybe a shorter name?\n", 0},
		{"Why not use a list here?\n", 0},
		{"How about moving that up?\n", 0},
		/* rhetorical, jokes, answered at once, doubled marks */
		{"Why?\n", 0},
		{"Really?\n", 0},
		{"Are you serious about this?!\n", 0},
		{"What is that supposed to be???\n", 0},
		{"It is the same as foo, isn't it?\n", 0},
		{"Who cares about that anyway?\n", 0},
		{"Which means I need to send a patch? ;-)\n", 0},
		{"Is it needed? Yes, for foo.\n", 0},
		/* not the author's words, no words, logs */
		{"> Why is it needed?\n\nx\n", 0},
		{"On Mon, Ann wrote:\n> a\n\nx\n", 0},
		{"Fine.\n-- \nWhy are we here?\n", 0},
		{"\treturn a ? b : c;\n", 0},
		{"assign ready = busy ? stalled : 1;\n", 0},
		{"He wrote \"will that ever be used?\"\n", 0},
		{"See https://x.org/?a=b for it.\n", 0},
		{"lockdep_off+0x1df/0x2d0 [24726.009977] ?\n", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
			{RE, BEN, cases[i].text, 0},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 2);

		nd_analyse_thread(thread);
		if (count_events(thread, ND_EVENT_QUESTION) !=
		    cases[i].questions)
			print_message("# %s", cases[i].text);
		assert_int_equal(count_events(thread, ND_EVENT_QUESTION),
		                 cases[i].questions);
		assert_int_equal(thread->open_question_count,
		                 cases[i].questions);
		talloc_free(tmp);
	}
}

enum { AFTER_MAX = 3 };

/* A patch (0), Ben's question about it (1), and what came after. */
static void
what_answers(void **state)
{
	static const struct {
		const char *what;
		unsigned open;
		struct test_mail after[AFTER_MAX];
	} cases[] = {
		{"nothing", 1, {{0}}},
		{"an answer", 0, {{RE, ANN, "Because.\n", 1}}},
		{"a question back, which is open, too",
	         2,
	         {{RE, ANN, "Why do you ask?\n", 1}}},
		{"thanks", 1, {{RE, ANN, "Thanks.\n", 1}}},
		{"a third one's remark", 1, {{RE, MAX, "It is old.\n", 1}}},
		{"a third one's answer",
	         0,
	         {{RE, MAX, "> Why is that table needed?\n\nFor foo.\n", 1}}},
		{"a third one, who asks, too",
	         2,
	         {{RE, MAX, "> Why is that table needed?\n\nAnd for bar?\n",
	           1}}},
		{"a third one, who does not know",
	         1,
	         {{RE, MAX, "> Why is that table needed?\n\nNo idea.\n", 1}}},
		{"the asker again", 1, {{RE, BEN, "Ping.\n", 1}}},
		{"the asker, who has found it",
	         0,
	         {{RE, BEN, "Never mind, I have seen it.\n", 1}}},
		{"a robot", 1, {{RE, BOT, "a.c:1:2: error: x\n", 1}}},
		{"the asked, further below",
	         0,
	         {{RE, BEN, "Also this.\n", 1}, {RE, ANN, "So it is.\n", 2}}},
		{"the asked, to somebody else",
	         1,
	         {{RE, MAX, "Hm.\n", 0}, {RE, ANN, "Well.\n", 2}}},
		{"being applied",
	         1,
	         {{RE, MAX, "Applied to foo, thanks.\n", 0}}},
		{"a newer version",
	         0,
	         {{"[PATCH v2] foo: bar", ANN, "Bar.\n" DIFF, 0}}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct test_mail mails[2 + AFTER_MAX] = {
			{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
			{RE, BEN, "Why is that table needed?\n", 0},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread;
		size_t count = 2;

		while (count < 2 + AFTER_MAX &&
		       cases[i].after[count - 2].subject) {
			mails[count] = cases[i].after[count - 2];
			count++;
		}
		thread = test_thread(tmp, mails, count);
		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		if (thread->open_question_count != cases[i].open)
			print_message("# %s\n", cases[i].what);
		assert_int_equal(thread->open_question_count, cases[i].open);
		talloc_free(tmp);
	}
}

/* Where no patch is talked of, whoever knows it answers. */
static void
what_answers_in_talks(void **state)
{
	static const struct {
		const char *ask;
		const char *from, *reply;
		unsigned open;
	} cases[] = {
		{"How does foo work?\n", MAX, "Slowly.\n", 0},
		{"How does foo work?\n", ANN, "Hm, hard to say.\n", 0},
		{"Ann, how does foo work?\n", MAX, "Slowly.\n", 1},
		{"Ann, how does foo work?\n", ANN, "Slowly.\n", 0},
		{"@Eve how does foo work?\n", ANN, "Slowly.\n", 1},
		{"Does anybody know how foo works?\n", MAX, "I do.\n", 0},
		{"Does anybody know how foo works?\n", MAX,
	         "Hi Ben,\n\nSorry for the delay.\n\nMax\n", 1},
		{"Does anybody know how foo works?\n\nI have tried to read "
	         "it.\n",
	         MAX, "> I have tried to read it.\n\nGood luck to you.\n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"foo", ANN, "There is a thing named foo.\n", NONE},
			{"Re: foo", BEN, cases[i].ask, 0},
			{"Re: foo", cases[i].from, cases[i].reply, 1},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 3);

		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		if (thread->open_question_count != cases[i].open)
			print_message("# case %zu\n", i);
		assert_int_equal(thread->open_question_count, cases[i].open);
		talloc_free(tmp);
	}
}

/* Somebody else who quotes and answers one of two questions leaves the other;
 * when the one asked writes again, both are settled. */
static void
one_of_two(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, BEN, "Why is that table needed?\n\nWhat does it cost?\n",
	         0},
		{RE, MAX, "> Why is that table needed?\n\nFor foo.\n", 1},
		{RE, ANN, "Right.\n", 2},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 3);

	(void)state;
	nd_quotesource_find(thread);
	nd_analyse_thread(thread);
	assert_int_equal(thread->open_question_count, 1);
	assert_string_equal(thread->open_question[0].sentence,
	                    "What does it cost?");
	assert_string_equal(thread->open_question[0].asker, "Ben Review");
	assert_string_equal(thread->open_question[0].asked, "Ann Author");
	assert_int_equal(count_events(thread, ND_EVENT_ANSWER), 1);
	thread = test_thread(tmp, mails, 4);
	nd_quotesource_find(thread);
	nd_analyse_thread(thread);
	assert_int_equal(thread->open_question_count, 0);
	talloc_free(tmp);
}

/* Whoever was asked to take it, and however: it is taken. */
static void
taking_it_is_the_answer(void **state)
{
	static const struct {
		const char *question;
		size_t open;
	} cases[] = {
		{"Eve, can you take this directly?\n", 0},
		{"Could somebody please pick this up?\n", 0},
		{"Eve, can you say what it costs?\n", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
			{RE, BEN, cases[i].question, 0},
			{RE, MAX, "Applied to foo-next, thanks.\n", 0},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 2);

		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		assert_int_equal(thread->open_question_count, 1);
		thread = test_thread(tmp, mails, 3);
		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		assert_int_equal(thread->open_question_count, cases[i].open);
		talloc_free(tmp);
	}
}

/* An answer tells which mail it answers. */
static void
answers_are_tied(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, BEN, "Why is that table needed?\n", 0},
		{RE, MAX, "What do the others of this kind do?\n", 1},
		{RE, ANN,
	         ">> Why is that table needed?\n> What do the others of this "
	         "kind do?\n\nThanks.  They have no table.\n",
	         2},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 4);
	const struct nd_event *answer = NULL;

	(void)state;
	nd_quotesource_find(thread);
	nd_analyse_thread(thread);
	for (size_t i = 0; i < thread->event_count; i++)
		if (thread->event[i].type == ND_EVENT_ANSWER)
			answer = &thread->event[i];
	assert_non_null(answer);
	assert_int_equal(answer->message, 3);
	assert_string_equal(answer->text, "They have no table.");
	assert_int_equal(answer->answers, 2);
	talloc_free(tmp);
}

/* Answers that were heard elsewhere: also to what is no question. */
static void
heard_answers_are_tied(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar is a table.\n" DIFF, NONE},
		{RE, BEN, "I see no reason for that table.\n", 0},
		{RE, MAX, "Looks strange to me.\n", 1},
		{RE, ANN,
	         "> I see no reason for that table.\n\nIt is for foo.\n", 2},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 4);
	struct nd_act_mail acts[4] = {{0}};
	struct nd_event *event =
		x_append(thread, thread->event, thread->event_count);

	(void)state;
	nd_quotesource_find(thread);
	*event = (struct nd_event){
		.type = ND_EVENT_ANSWER,
		.message = 3,
		.line = 2,
		.about = NONE,
		.answers = NONE,
		.who = thread->message[3]->sender,
		.text = "It is for foo.",
	};
	acts[3].said = nd_utterances_read(tmp, thread->message[3]->body);
	nd_answers_find(thread, acts);
	assert_int_equal(thread->event_count, 1);
	assert_int_equal(thread->event[0].answers, 1);
	talloc_free(tmp);
}

static void
who_is_asked(void **state)
{
	static const struct {
		const char *text;
		const char *asked;
	} cases[] = {
		{"Why is it needed?\n", "Max Maintain"}, /* the parent's */
		{"> There is a table of them.\n\nWhy is it needed?\n",
	         "Ann Author"},
		{"Ann, why is it needed?\n", "Ann Author"},
		{"So, Ann: why is it needed?\n", "Ann Author"},
		{"@Ann why is it needed?\n", "Ann Author"},
		{"Ann/Max, why is it needed?\n", "Ann Author"},
		{"Why is it needed, Ann?\n", "Ann Author"},
		{"Could you, @Ann, tell why it is needed?\n", "Ann Author"},
		{"Hi Ann,\n\nWhy is it needed?\n", "Ann Author"},
		{"Ann, I have seen it.  Why is it needed?\n", "Ann Author"},
		{"Is it needed?  Ann, what do you think?\n", "Ann Author"},
		{"@Eve, why is it needed?\n", NULL},
		{"Can anyone say why it is needed?\n", NULL},
		/* nobody of that name, no name */
		{"Eve, why is it needed?\n", "Max Maintain"},
		{"Well, why is it needed?\n", "Max Maintain"},
		/* oneself */
		{"Ben, why is it needed?\n", "Max Maintain"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", ANN,
		         "There is a table of them.\n" DIFF, NONE},
			{RE, MAX, "Looks strange to me.\n", 0},
			{RE, BEN, cases[i].text, 1},
		};
		const char *got, *want = cases[i].asked ? cases[i].asked : "";
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 3);

		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		assert_int_equal(thread->open_question_count, 1);
		got = thread->open_question[0].asked;
		if (strcmp(got ? got : "", want) != 0)
			print_message("# %s", cases[i].text);
		assert_string_equal(got ? got : "", want);
		talloc_free(tmp);
	}
}

/* Of many the last ones stay, and who calls somebody by name. */
static void
not_too_many(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, BEN,
	         "Is one needed?\n\nAnn, are two needed?\n\nAre three "
	         "needed?\n",
	         0},
		{RE, MAX,
	         "Are four needed?\n\nAm I missing something?\n\nAre five "
	         "needed?\n\nAre six needed?\n\nAre seven needed?\n",
	         0},
	};
	static const char *const kept[] = {
		"Ann, are two needed?", "Are four needed?", "Are five needed?",
		"Are six needed?", "Are seven needed?"};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 3);

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(thread->open_question_count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(thread->open_question[i].sentence, kept[i]);
	talloc_free(tmp);
}

static void
commit_messages_ask_nobody(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH 0/1] foo: bar", ANN, "Is that the right place?\n",
	         NONE},
		{"[PATCH 1/1] foo: a", ANN, "Why not here?\n" DIFF, 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 2);

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(thread->open_question_count, 1);
	assert_int_equal(thread->open_question[0].message, 0);
	assert_null(thread->open_question[0].asked);
	talloc_free(tmp);
}

/* A name that was printed once stays with the items that are left. */
static void
closing_by_date(void **state)
{
	const struct test_mail mails[] = {
		{"Is it so?", ANN, "How does foo work?\n", NONE},
		{"Re: Is it so?", ANN, "And what does bar do?\n", 0},
	};
	struct nd_item items[] = {
		{.text = "How does foo work?", .who = "Ann", .source = {0}},
		{.text = "And what does bar do?", .who = "Ann", .source = {1}},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 2);
	struct nd_item_list *list;

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(thread->open_question_count, 2);
	thread->summary = x_new(thread, struct nd_summary);
	list = &thread->summary->zone[ND_ZONE_QUESTION];
	list->item = items;
	list->count = 2;
	nd_closing_questions(thread, thread->message[1]->date_s);
	assert_int_equal(thread->open_question_count, 1);
	assert_int_equal(thread->open_question[0].message, 1);
	assert_int_equal(list->count, 1);
	assert_string_equal(list->item[0].who, "Ann");
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_a_question),
		cmocka_unit_test(what_answers),
		cmocka_unit_test(what_answers_in_talks),
		cmocka_unit_test(one_of_two),
		cmocka_unit_test(answers_are_tied),
		cmocka_unit_test(heard_answers_are_tied),
		cmocka_unit_test(taking_it_is_the_answer),
		cmocka_unit_test(who_is_asked),
		cmocka_unit_test(not_too_many),
		cmocka_unit_test(commit_messages_ask_nobody),
		cmocka_unit_test(closing_by_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
