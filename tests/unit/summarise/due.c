/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "build.h"
#include "conversation/quotesource.h"
#include "summarise/summarise.h"

#define ADA "Ada Example <ada@example.org>"
#define BO "Bo Sample <bo@example.org>"
#define CY "Cy Third <cy@example.org>"
#define COUNT(table) (sizeof table / sizeof table[0])

static struct nd_thread *
talk(const void *ctx, const struct test_mail *mails, size_t count)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);

	thread->category = ND_CATEGORY_OTHER;
	return thread;
}

static struct nd_thread *
told(const void *ctx, const struct test_mail *mails, size_t count,
     size_t history, unsigned max_words)
{
	struct nd_thread *thread = talk(ctx, mails, count);
	struct nd_summarise_options options = {.max_words = max_words,
	                                       .told = true};

	for (size_t i = 0; i < history; i++)
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	nd_summarise_thread(thread, &options);
	return thread;
}

static unsigned
times(const struct nd_thread *thread, const char *text)
{
	unsigned found = 0;

	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			found += strstr(list->item[i].text, text) != NULL;
	}
	return found;
}

static void
assert_told(const struct nd_thread *thread, const char *text, bool is_told)
{
	if ((times(thread, text) > 0) == is_told)
		return;
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			print_message("zone %d: %s\n", zone,
			              list->item[i].text);
	}
	fail_msg("%s: %s", is_told ? "missing" : "told", text);
}

#define CRASH \
	{ \
		"the pump stops", ADA, \
			"Our pump stops after some hours of rain, and the log is empty.\n" \
			"What can I do about it?\n", \
			ND_NO_MESSAGE \
	}
#define GUESSES \
	"Pumps of this kind are used in many gardens of the town.  Some have " \
	"a lamp that shows the level of the water.  The lamp of ours is " \
	"green and looks nice at night.  "

/* Of all that an expert says, what the cause is. */
static void
the_finding_is_told(void **state)
{
	static const char *const findings[] = {
		"The root cause is a valve that closes when it is wet.",
		"It turns out that rain gets into the box of the valve.",
		"I found that the valve draws too much current when wet.",
		"This was fixed by commit 1a2b3c4d5e6f in the valve's code.",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(findings); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			CRASH,
			{"Re: the pump stops", BO,
		         x_asprintf(ctx, GUESSES "%s  " GUESSES "\n",
		                    findings[i]),
		         0},
			{"Re: the pump stops", CY,
		         "Mine has stopped in summer, too, with no rain at "
		         "all for weeks.\n",
		         0},
		};

		assert_told(told(ctx, mails, COUNT(mails), 0, 60), findings[i],
		            true);
		talloc_free(ctx);
	}
}

/* Of an answer in parts the one that thanks stand below. */
static void
what_thanks_stand_below_is_told(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         "The pump of a well stops when its log is full, which is known "
	         "to all of us.\n\n"
	         "If nobody minds the upper valve opens by hand.\n",
	         0},
		{"Re: the pump stops", ADA,
	         "> The pump of a well stops when its log is full, which is known "
	         "to all of us.\n\nNoted.\n\n"
	         "> If nobody minds the upper valve opens by hand.\n\n"
	         "Thanks Bo for the quick help!\n",
	         1},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = talk(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 34, .told = true};

	(void)state;
	nd_quotesource_find(thread);
	nd_summarise_thread(thread, &options);
	assert_told(thread, "upper valve", true);
	talloc_free(ctx);
}

/* Also one of the weeks before; and that it helped. */
static void
what_helped_is_told(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         GUESSES "Try the other valve, with the black seal.\n", 0},
		{"Re: the pump stops", ADA,
	         "Yes, the other valve seems to fix the problem -- I cannot "
	         "reproduce the stop any more.  " GUESSES "\n",
	         1},
		{"Re: the pump stops", CY,
	         "Where did you buy that valve in the end, and for how much?\n",
	         2},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t history = 0; history < COUNT(mails); history += 3)
		assert_told(told(ctx, mails, COUNT(mails), history, 70),
		            "seems to fix the problem", true);
	talloc_free(ctx);
}

/* However few words say so. */
static void
what_did_it_is_told_with_it(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         "There is a valve in the box.  Maybe try to close it?\n", 0},
		{"Re: the pump stops", ADA,
	         "> There is a valve in the box.  Maybe try to close it?\n\n"
	         "This did it.\n",
	         1},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 60), "This did it.",
	            true);
	talloc_free(ctx);
}

/* But "Yes" to a question thanks for nothing. */
static void
answers_are_no_thanks(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         "Lamps of pumps show the level of the water in the well of "
	         "the garden.  Is it green?\n",
	         0},
		{"Re: the pump stops", ADA, "Yes.  So is the box.\n", 1},
		{"Re: the pump stops", CY,
	         "The pump has a valve that closes when its box is wet from "
	         "rain, and opens when it is dry again.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 50), "has a valve", true);
	talloc_free(ctx);
}

/* "It works like this" does not. */
static void
how_it_works_is_no_success(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO, "It works like this.  " GUESSES "\n",
	         0},
		{"Re: the pump stops", CY,
	         "The pump needs a fuse of ten amperes in the grey box.\n", 0},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 50), "works like this",
	            false);
	talloc_free(ctx);
}

/* Who is thanked has said something. */
static void
what_was_thanked_for_is_told(void **state)
{
	static const char *const thanks[] = {
		"Thank you for the clarification.\n",
		"Agreed.  Thanks for the clear explanation.\n",
		"Yes, that was it.\n",
		"Thanks for the answer.  We knew it.  Is the other good?\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(thanks); i++) {
		const struct test_mail mails[] = {
			CRASH,
			{"Re: the pump stops", BO,
		         "Pumps stop when the air in the pipe cannot leave it "
		         "again at the far end.\n",
		         0},
			{"Re: the pump stops", CY,
		         "The pump of my garden has stopped after hours of "
		         "rain, and its log is empty, too.\n",
		         0},
			{"Re: the pump stops", ADA, thanks[i], 1},
			{"Re: the pump stops", CY,
		         "What is the pump called, and what is in its log "
		         "before the rain?\n",
		         0},
		};
		void *ctx = talloc_new(NULL);

		assert_told(told(ctx, mails, COUNT(mails), 0, 60),
		            "air in the pipe", true);
		talloc_free(ctx);
	}
}

/* Thanks in vain say what happened. */
static void
thanks_in_vain_are_told(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO, "Close the valve by hand.\n", 0},
		{"Re: the pump stops", ADA,
	         "Thanks, but the valve never stops leaking.\n", 1},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 60),
	            "never stops leaking", true);
	talloc_free(ctx);
}

/* Others say nothing, however long. */
static void
long_thanks_are_not_told(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO, "Close the valve by hand.\n", 0},
		{"Re: the pump stops", ADA,
	         "Thank you for your reply and sorry for the late response.  "
	         "The valve cannot be closed.\n",
	         1},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0, 150);

	(void)state;
	assert_told(thread, "late response", false);
	assert_told(thread, "cannot be closed", true);
	talloc_free(ctx);
}

/* The first sentence with a word of the title, and not what comes before it. */
static void
a_preamble_is_no_beginning(void **state)
{
	static const struct test_mail mails[] = {
		{"the pump stops after rain", ADA,
	         "I am not sure if this is the right list.  Our new pump stops "
	         "after some hours, and the log is empty.\n",
	         ND_NO_MESSAGE},
		{"Re: the pump stops after rain", BO,
	         "The valve closes when it is wet.\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0, 60);

	(void)state;
	assert_told(thread, "Our new pump stops", true);
	assert_told(thread, "right list", false);
	talloc_free(ctx);
}

/* Nor is a line of a log the end of it. */
static void
a_beginning_may_show_a_log(void **state)
{
	static const struct test_mail mails[] = {
		{"the pump stops", ADA,
	         "The pump of our garden logs an error once every minute:\n"
	         "PUMP error (device pump0): bad level, want 16 have 0\n\n"
	         "The lamp of the pump is fine and everything else of the "
	         "pump seems to work, too.\n",
	         ND_NO_MESSAGE},
		{"Re: the pump stops", BO, "The valve closes when it is wet.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 45),
	            "an error once every minute", true);
	talloc_free(ctx);
}

/* With a number of a version, too, and no nods or sighs behind it. */
static void
the_last_word_says_something(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO, "Is there a release?\n", 0},
		{"Re: the pump stops", CY, "We have a 2.11.0 tag now.\n", 1},
		{"Re: the pump stops", BO, "Ha, I got it, that makes sense!\n",
	         2},
		{"Re: the pump stops", ADA, "That's what I feared.\n", 2},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0, 60);

	(void)state;
	assert_told(thread, "2.11.0 tag", true);
	assert_told(thread, "makes sense", false);
	assert_told(thread, "feared", false);
	talloc_free(ctx);
}

/* Kind words do where they answer a question. */
static void
an_answer_is_a_last_word(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         "The valve of the box draws the current of three lamps when "
	         "it gets wet.  Should I open the box, or do you do it?\n",
	         0},
		{"Re: the pump stops", ADA,
	         "> Should I open the box, or do you do it?\n\n"
	         "Maybe it's better to leave it, so that others take a look at "
	         "it.\n",
	         1},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 42), "better to leave",
	            true);
	talloc_free(ctx);
}

/* No nod does, also where it stands below what it nods to. */
static void
a_nod_is_no_last_word(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         "The valve of the box draws the current of three lamps when "
	         "it gets wet.\n",
	         0},
		{"Re: the pump stops", CY,
	         "Lamps of pumps show the level of the water in the well of "
	         "the garden, which is a help.\n",
	         0},
		{"Re: the pump stops", ADA,
	         "> The valve of the box draws the current of three lamps when "
	         "it gets wet.\n\nHa, that makes sense!\n",
	         1},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_told(told(ctx, mails, COUNT(mails), 0, 58), "makes sense",
	            false);
	talloc_free(ctx);
}

/* What comes of a talk that is told whole: who will do what. */
static void
a_promise_ends_a_talk(void **state)
{
	static const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO,
	         "The valve has to be checked before it is closed.\n", 0},
		{"Re: the pump stops", ADA,
	         "Sure, a check would be better.  I will send a patch for the "
	         "valve.\n",
	         1},
		{"Re: the pump stops", CY,
	         "The lamp of my pump is blue, which is nicer at night.\n", 2},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = talk(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 42, .told = true};
	struct nd_event *event =
		x_append(thread, thread->event, thread->event_count);

	(void)state;
	*event = (struct nd_event){
		.type = ND_EVENT_RESPIN_PROMISED,
		.message = 2,
		.line = 0,
		.last_line = 1,
		.text = "I will send a patch for the valve.",
		.who = thread->message[2]->sender,
	};
	nd_summarise_thread(thread, &options);
	assert_told(thread, "I will send a patch", true);
	talloc_free(ctx);
}

/* But who denies it says something else, and who names another version. */
static void
what_is_said_again_is_told_once(void **state)
{
	static const char text[] =
		"Pump is not stopped by the valve, but %s by old lamps.\n";
	void *ctx = talloc_new(NULL);
	const struct test_mail mails[] = {
		CRASH,
		{"Re: the pump stops", BO, x_asprintf(ctx, text, "idnexed"), 0},
		{"Re: the pump stops", BO, x_asprintf(ctx, text, "indexed"), 1},
		{"Re: the pump stops", CY,
	         "Pump is stopped by the valve, but indexed by old lamps.\n",
	         2},
		{"Re: the pump stops", BO,
	         "The lamps of model 61 show the wrong level at night.\n", 2},
		{"Re: the pump stops", BO,
	         "The lamps of model 62 show the wrong level at night.\n", 2},
	};
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0, 150);

	(void)state;
	assert_int_equal(times(thread, "not stopped by the valve"), 1);
	assert_int_equal(times(thread, "is stopped by the valve"), 1);
	assert_int_equal(times(thread, "show the wrong level"), 2);
	talloc_free(ctx);
}

/* A program that answers, below what it said, does not say it again. */
static void
what_a_robot_found_is_told_once(void **state)
{
#define BOT "syzbot <syzbot@example.org>"
#define FOUND "general protection fault in add_wait_queue"
	static const struct test_mail mails[] = {
		{"[syzbot] " FOUND, BOT,
	         "syzbot found the following issue on:\n" FOUND "\n",
	         ND_NO_MESSAGE},
		{"Re: [syzbot] " FOUND, ADA, "#syz dup: another one\n", 0},
		{"Re: [syzbot] " FOUND, BOT,
	         "> #syz dup: another one\n\ncan't find the dup bug\n", 1},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = talk(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 150, .told = true};

	(void)state;
	for (int32_t mail = 0; mail < 3; mail += 2) {
		struct nd_event *event =
			x_append(thread, thread->event, thread->event_count);

		thread->message[mail]->flags |= ND_MESSAGE_ROBOT;
		*event = (struct nd_event){
			.type = ND_EVENT_TEST_RESULT,
			.flags = ND_EVENT_FAILED,
			.message = mail,
			.text = FOUND,
			.url = "https://example.org/bug/1",
			.who = thread->message[mail]->sender,
		};
	}
	nd_summarise_thread(thread, &options);
	assert_int_equal(times(thread, "rotection fault"), 1);
	talloc_free(ctx);
}

#define QUESTION \
	"It could be a problem of the valve, if this water comes from " \
	"behind the end of the pipe of the pump and not from the well where " \
	"the others take theirs from in summer and in winter, too?"

/* What it is about is left when there is room for one thing only. */
static void
what_it_is_about_stays(void **state)
{
	static const struct test_mail mails[] = {
		{"the pump stops", ADA,
	         "The process of a machine that we are working on has a step "
	         "that fills a pump with water from a well, and in it the pump "
	         "stops when it has rained on the box.\n" GUESSES GUESSES "\n",
	         ND_NO_MESSAGE},
		{"Re: the pump stops", BO,
	         "> The process of a machine that we are working on has a step "
	         "that fills a pump with water\n"
	         "> from a well, and in it the pump stops when it has rained on "
	         "the box.\n\n" QUESTION "\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = talk(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 80, .told = true};
	struct nd_open_question *open = x_append(thread, thread->open_question,
	                                         thread->open_question_count);

	(void)state;
	open->message = 1;
	open->line = open->last_line = 3;
	open->sentence = QUESTION;
	nd_summarise_thread(thread, &options);
	assert_told(thread, "The process of a machine", true);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_finding_is_told),
		cmocka_unit_test(what_helped_is_told),
		cmocka_unit_test(what_thanks_stand_below_is_told),
		cmocka_unit_test(what_did_it_is_told_with_it),
		cmocka_unit_test(answers_are_no_thanks),
		cmocka_unit_test(how_it_works_is_no_success),
		cmocka_unit_test(what_was_thanked_for_is_told),
		cmocka_unit_test(thanks_in_vain_are_told),
		cmocka_unit_test(long_thanks_are_not_told),
		cmocka_unit_test(a_preamble_is_no_beginning),
		cmocka_unit_test(a_beginning_may_show_a_log),
		cmocka_unit_test(the_last_word_says_something),
		cmocka_unit_test(an_answer_is_a_last_word),
		cmocka_unit_test(a_nod_is_no_last_word),
		cmocka_unit_test(a_promise_ends_a_talk),
		cmocka_unit_test(what_is_said_again_is_told_once),
		cmocka_unit_test(what_a_robot_found_is_told_once),
		cmocka_unit_test(what_it_is_about_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
