/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "analyse/analyse.h"
#include "build.h"
#include "summarise/summarise.h"
#include "telling/itemtext.h"

#define MARC "Marc Example <marc@example.org>"
#define WILL "Will Sample <will@example.org>"
#define ANNA "Anna Third <anna@example.org>"
#define COUNT(table) (sizeof table / sizeof table[0])

static const struct test_mail review[] = {
	{"[PATCH] arm: fix the timer", MARC,
         "Hi all,\n\nThe timer loses its interrupt when the guest is migrated"
         "\nto another host. This patch saves the state of the timer before\n"
         "the guest leaves.\n\nSigned-off-by: Marc Example "
         "<marc@example.org>\n",
         ND_NO_MESSAGE},
	{"Re: [PATCH] arm: fix the timer", WILL,
         "Marc wrote:\n> This patch saves the state of the timer before\n\n"
         "This looks wrong, the state is already saved by the vgic code.\n",
         0},
	{"Re: [PATCH] arm: fix the timer", MARC,
         "Will wrote:\n> This looks wrong\n\nThe vgic code only saves the "
         "pending bit of the interrupt.\n",
         1},
	{"Re: [PATCH] arm: fix the timer", ANNA,
         "Does this happen with the emulated timer as well?\n\nThanks,\n"
         "Anna\n",
         0},
	{"Re: [PATCH] arm: fix the timer", WILL,
         "Fair enough.\n\nApplied to timer/next, thanks!\n", 2},
};

/* What the ledger found to be open: mail, line and words. */
struct asked {
	int32_t message;
	uint32_t line;
	const char *sentence;
	const char *who; /* is asked, or NULL */
};

static struct nd_thread *
summarised_with(const void *ctx, const struct test_mail *mails, size_t count,
                const struct asked *asked)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);
	struct nd_summarise_options options = {.max_words = 150};
	struct nd_open_question *open = x_append(thread, thread->open_question,
	                                         thread->open_question_count);

	open->message = asked->message;
	open->line = open->last_line = asked->line;
	open->sentence = asked->sentence;
	open->asked = asked->who;
	nd_summarise_thread(thread, &options);
	return thread;
}

static struct nd_thread *
summarised(const void *ctx, const struct test_mail *mails, size_t count,
           size_t history, unsigned max_words)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);
	struct nd_summarise_options options = {.max_words = max_words};

	for (size_t i = 0; i < history; i++)
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	nd_summarise_thread(thread, &options);
	return thread;
}

static bool
says(const struct nd_thread *thread, enum nd_zone zone, const char *text)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];

	for (size_t i = 0; i < list->count; i++)
		if (strstr(list->item[i].text, text))
			return true;
	return false;
}

static unsigned
words_of(const struct nd_thread *thread)
{
	unsigned words = 0;

	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			words += nd_itemtext_words(list->item[i].text);
			if (list->item[i].who)
				words += nd_itemtext_words(list->item[i].who);
		}
	}
	return words;
}

static void
assert_cited(const struct nd_thread *thread)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			const struct nd_item *item = &list->item[i];
			unsigned flags;

			assert_in_range(item->source_count, 1,
			                ND_ITEM_SOURCES_MAX);
			assert_in_range(item->source[0], 0,
			                thread->message_count - 1);
			flags = thread->message[item->source[0]]->flags;
			if (zone == ND_ZONE_NEW)
				assert_true(flags & ND_MESSAGE_NEW);
			if (zone == ND_ZONE_EARLIER)
				assert_false(flags & ND_MESSAGE_NEW);
		}
	}
}

static void
every_zone_has_its_own(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(ctx, review, COUNT(review), 2, 150);

	(void)state;
	assert_cited(thread);
	assert_true(says(thread, ND_ZONE_BACKGROUND, "loses its interrupt"));
	assert_true(says(thread, ND_ZONE_EARLIER, "This looks wrong"));
	assert_true(says(thread, ND_ZONE_NEW, "only saves the pending bit"));
	assert_true(says(thread, ND_ZONE_DECISION, "Applied to timer/next"));
	assert_false(says(thread, ND_ZONE_NEW, "Applied"));
	assert_string_equal(thread->summary->language, "en");
	assert_string_equal(thread->summary->engine, "extract");
	assert_int_equal(thread->coverage.read, COUNT(review));
	assert_true(thread->coverage.bytes_read <= thread->coverage.bytes);
	talloc_free(ctx);
}

static void
no_history_no_earlier_zone(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(ctx, review, COUNT(review), 0, 150);

	(void)state;
	assert_cited(thread);
	assert_int_equal(thread->summary->zone[ND_ZONE_EARLIER].count, 0);
	talloc_free(ctx);
}

static void
names_come_first_and_once(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(ctx, review, COUNT(review), 0, 150);
	const struct nd_item_list *list =
		&thread->summary->zone[ND_ZONE_BACKGROUND];

	(void)state;
	assert_true(list->count >= 2);
	assert_string_equal(list->item[0].who, "Marc Example");
	assert_int_equal(list->item[0].join, ND_JOIN_NONE);
	assert_int_equal(list->item[1].join, ND_JOIN_NEXT);
	talloc_free(ctx);
}

static void
the_budget_holds(void **state)
{
	(void)state;
	for (unsigned max = 0; max <= 60; max += 5) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			summarised(ctx, review, COUNT(review), 2, max);

		assert_in_range(words_of(thread), 0, max);
		if (max >= 40)
			assert_true(words_of(thread) > 15);
		talloc_free(ctx);
	}
}

/* Open is what the ledger says; what only sounds like a question is not. */
static void
open_questions_have_a_zone(void **state)
{
	static const struct test_mail mails[] = {
		{"a plan", MARC, "I plan to rewrite the parser this month.\n",
	         ND_NO_MESSAGE},
		{"Re: a plan", WILL, "Will the old format stay supported?\n",
	         0},
		{"Re: a plan", ANNA,
	         "> I plan to rewrite the parser this month.\n\nWho is going "
	         "to test the new parser with big files?\n",
	         0},
	};
	static const struct asked asked = {
		2, 2, "Who is going to test the new parser with big files?",
		NULL};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised_with(ctx, mails, COUNT(mails), &asked);

	(void)state;
	assert_cited(thread);
	assert_true(says(thread, ND_ZONE_QUESTION, "Who is going to test"));
	assert_false(says(thread, ND_ZONE_NEW, "Who is going to test"));
	assert_false(says(thread, ND_ZONE_QUESTION, "old format"));
	talloc_free(ctx);
}

/* Who is asked stands beside who asks, where the question does not name them.
 */
static void
open_questions_name_the_asked(void **state)
{
	static const struct {
		const char *sentence, *who;
	} cases[] = {
		{"Who is going to test the new parser with big files?",
	         "Anna Berg → Marc Adler"},
		{"Marc, will you test the new parser with big files?",
	         "Anna Berg"},
		{"Eve, can you test the new parser with big files?",
	         "Anna Berg"},
		{"Otherwise, can you test the new parser with big files?",
	         "Anna Berg → Marc Adler"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct test_mail mails[] = {
			{"a plan", MARC,
		         "I plan to rewrite the parser this month.\n",
		         ND_NO_MESSAGE},
			{"Re: a plan", "Anna Berg <anna@example.org>",
		         cases[i].sentence, 0},
		};
		const struct asked asked = {1, 0, cases[i].sentence,
		                            "Marc Adler"};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			summarised_with(ctx, mails, COUNT(mails), &asked);
		const struct nd_item_list *list =
			&thread->summary->zone[ND_ZONE_QUESTION];

		assert_int_equal(list->count, 1);
		assert_string_equal(list->item[0].who, cases[i].who);
		talloc_free(ctx);
	}
}

static void
robots_have_no_say(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] x: fix y", MARC,
	         "This fixes the leak in the y code "
	         "path of the driver.\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] x: fix y", "kernel test robot <lkp@example.org>",
	         "I love your patch! Perhaps something to improve in it.\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 150};

	(void)state;
	thread->message[1]->flags |= ND_MESSAGE_ROBOT;
	nd_summarise_thread(thread, &options);
	assert_int_equal(thread->summary->zone[ND_ZONE_NEW].count, 0);
	assert_int_equal(thread->summary->zone[ND_ZONE_BACKGROUND].count, 1);
	talloc_free(ctx);
}

/* The error, and not the letter around it. */
static void
what_a_robot_found_is_told(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] x: fix y", MARC,
	         "This fixes the leak in the y code "
	         "path of the driver.\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] x: fix y", "kernel test robot <lkp@example.org>",
	         "I love your patch! Perhaps something to improve in it.\n"
	         "drivers/x/y.c:85:29: error: variable 'affd' has no type\n"
	         "Please note that this robot does its best in all cases.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 150};
	const struct nd_item_list *list;

	(void)state;
	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	list = &thread->summary->zone[ND_ZONE_NEW];
	assert_int_equal(list->count, 1);
	assert_non_null(strstr(list->item[0].text,
	                       "drivers/x/y.c:85:29: error: variable 'affd'"));
	talloc_free(ctx);
}

/* What is said first leads back to nothing that is not told. */
static void
the_opening_stands_by_itself(void **state)
{
	static const struct {
		const char *text, *first;
	} cases[] = {
		{"The driver loses its interrupt after a migration.  It is "
	         "never sent again.  That breaks the timer of the driver.\n",
	         "The driver loses"},
		{"The driver loses its interrupt after a migration.  It waits "
	         "for that.  It never comes.  It is not sent.  That breaks "
	         "the timer of the driver for the guest.\n",
	         "The driver loses"},
		{"This patch fixes the timer of the driver for guests.\n",
	         "This patch fixes"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct test_mail mails[] = {
			{"[PATCH] x: fix the timer of the driver", MARC,
		         cases[i].text, ND_NO_MESSAGE},
		};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, 1);
		struct nd_summarise_options options = {.max_words = 60,
		                                       .told = true};
		const struct nd_item_list *list;

		nd_summarise_thread(thread, &options);
		list = &thread->summary->zone[ND_ZONE_BACKGROUND];
		assert_true(list->count > 0);
		if (!strstr(list->item[0].text, cases[i].first))
			fail_msg("'%s'", list->item[0].text);
		talloc_free(ctx);
	}
}

/* A talk begins with what it has room for, and thanks are no answer. */
static void
long_beginnings_make_room(void **state)
{
	static const struct test_mail mails[] = {
		{"a crash", MARC,
	         "I have found what seems to be a crash of the driver that "
	         "only happens when the guest is moved to another host with "
	         "more memory than it had before and the timer of the guest "
	         "is armed at the same time in the old kernel.  The crash "
	         "never happens with the old driver.\n",
	         ND_NO_MESSAGE},
		{"Re: a crash", WILL,
	         "The driver has to stop the timer before the guest is "
	         "moved.\n",
	         0},
		{"Re: a crash", MARC, "Yeah, thank you for the explanation!\n",
	         1},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 50, .told = true};

	(void)state;
	nd_summarise_thread(thread, &options);
	assert_true(says(thread, ND_ZONE_BACKGROUND, "crash never happens"));
	assert_true(says(thread, ND_ZONE_NEW, "stop the timer"));
	assert_false(says(thread, ND_ZONE_NEW, "thank you"));
	talloc_free(ctx);
}

/* Nor what it found before, when it finds nothing any more. */
static void
the_last_a_robot_found_is_told(void **state)
{
	static const struct test_mail mails[] = {
		{"a crash in y", MARC,
	         "The driver y crashes the kernel when the lock is taken.\n",
	         ND_NO_MESSAGE},
		{"Re: a crash in y", "syzbot <syzbot@example.org>",
	         "syzbot has tested the proposed patch but the reproducer is "
	         "still triggering an issue:\n"
	         "general protection fault in add_wait_queue\n",
	         0},
		{"Re: a crash in y", "syzbot <syzbot@example.org>",
	         "syzbot has tested the proposed patch and the reproducer did "
	         "not trigger any issue:\n\n"
	         "Tested-by: syzbot@example.org\n",
	         0},
	};

	(void)state;
	for (size_t count = 2; count <= COUNT(mails); count++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, count);
		struct nd_summarise_options options = {.max_words = 150};

		nd_analyse_thread(thread);
		nd_summarise_thread(thread, &options);
		assert_true(says(thread, ND_ZONE_NEW, "protection fault") ==
		            (count == 2));
		assert_true(says(thread, ND_ZONE_NEW, "did not trigger") ==
		            (count == 3));
		talloc_free(ctx);
	}
}

/* And neither twice, nor without what it is a list of. */
static void
a_list_is_told_with_its_head(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] x: fix y", MARC,
	         "This patch does two things for the driver y:\n"
	         " - release the lock of y in every error path\n"
	         " - wait until the work of y is done\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] x: fix y", WILL,
	         "This breaks the build of the driver on riscv:\n\n"
	         "  CC [M]  x/y.o\n  x/y.c:1: error: no z;\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = summarised(ctx, mails, COUNT(mails), 0, 150);

	(void)state;
	assert_int_equal(thread->summary->zone[ND_ZONE_BACKGROUND].count, 1);
	assert_true(says(thread, ND_ZONE_BACKGROUND,
	                 "two things for the driver y: release the lock of y "
	                 "in every error path; wait until"));
	assert_true(says(thread, ND_ZONE_NEW, "driver on riscv: …"));
	/* Without its head an alternative would be a fact. */
	thread = summarised(ctx, mails, COUNT(mails), 0, 20);
	assert_false(says(thread, ND_ZONE_BACKGROUND, "release the lock"));
	assert_false(says(thread, ND_ZONE_BACKGROUND, "Wait until"));
	talloc_free(ctx);
}

static void
nothing_to_say_is_fine(void **state)
{
	static const struct test_mail mails[] = {
		{"", "", "", ND_NO_MESSAGE},
		{"Re: ", "", "Thanks!\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 150};

	(void)state;
	TALLOC_FREE(thread->message[0]->body);
	nd_summarise_thread(thread, &options);
	assert_null(thread->summary->gist);
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++)
		assert_int_equal(thread->summary->zone[zone].count, 0);
	assert_int_equal(thread->coverage.messages, 2);
	assert_int_equal(thread->coverage.read, 1);
	talloc_free(ctx);
}

static void
other_languages_are_summarised(void **state)
{
	static const struct {
		const char *language, *opening, *answer, *says[2];
	} cases[] = {
		{"de",
	         "Hallo zusammen,\n\nder Treiber verliert nach dem Aufwachen "
	         "die\nVerbindung zum Gerät. Der Patch wartet bis das Gerät "
	         "wieder\nbereit ist.\n\nViele Grüße\nAnna\n",
	         "Das ist nicht der richtige Ort, denn der Takt ist z.B. "
	         "Auf\nälteren Geräten noch aus.\n",
	         {"die Verbindung zum Gerät.", "z.B. Auf älteren Geräten"}},
		{"fr",
	         "Bonjour,\n\nle pilote perd la connexion avec la carte après "
	         "la mise en\nveille de la machine.\n\nMerci\n",
	         "Je pense que le problème est dans le noyau et pas dans le "
	         "pilote.\n",
	         {"Le pilote perd la connexion avec la carte",
	          "dans le noyau et pas dans le pilote."}},
		{"zh",
	         "大家好，\n\n这个补丁修复了虚拟机在迁移之后丢失定时器\n"
	         "中断的问题。请测试。\n\n谢谢\n",
	         "我认为这个问题应该在中断控制器的代码里解决。\n",
	         {"丢失定时器中断的问题。", "中断控制器的代码里解决。"}},
		{"ja",
	         "このパッチは移行のあとでタイマーの割り込みが失われる\n"
	         "問題を修正します。\n\nよろしくお願いします\n",
	         "この問題は割り込みコントローラの側で修正するべきだと思います。\n",
	         {"失われる問題を修正します。", "修正するべきだと思います。"}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct test_mail mails[] = {
			{"x", ANNA, cases[i].opening, ND_NO_MESSAGE},
			{"Re: x", WILL, cases[i].answer, 0},
		};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			summarised(ctx, mails, COUNT(mails), 0, 150);

		assert_string_equal(thread->summary->language,
		                    cases[i].language);
		assert_true(says(thread, ND_ZONE_BACKGROUND, cases[i].says[0]));
		assert_true(says(thread, ND_ZONE_NEW, cases[i].says[1]));
		assert_cited(thread);
		talloc_free(ctx);
	}
}

/* A long thread: every branch is heard, and the time stays linear. */
static void
big_threads_are_covered(void **state)
{
	enum { MAILS = 600 };
	void *ctx = talloc_new(NULL);
	struct test_mail *mails = x_array(ctx, struct test_mail, MAILS);
	struct nd_thread *thread;
	unsigned speakers = 0;

	(void)state;
	for (int i = 0; i < MAILS; i++) {
		mails[i].subject = i ? "Re: the plan" : "the plan";
		mails[i].from = x_asprintf(ctx, "P%d Q <p%d@example.org>",
		                           i % 7, i % 7);
		mails[i].text = x_asprintf(
			ctx,
			"The module number%d of the plan%d needs a review of "
			"its interface%d before the release.\n",
			i, i / 5, i % 50);
		/* five branches, each a chain */
		mails[i].parent = i < 6 ? (i ? 0 : ND_NO_MESSAGE) : i - 5;
	}
	thread = summarised(ctx, mails, MAILS, 0, 150);
	assert_cited(thread);
	assert_in_range(words_of(thread), 100, 150);
	for (size_t i = 0; i < thread->summary->zone[ND_ZONE_NEW].count; i++)
		speakers +=
			thread->summary->zone[ND_ZONE_NEW].item[i].who != NULL;
	assert_true(speakers >= 4);
	talloc_free(ctx);
}

static void
same_mail_same_summary(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *a = summarised(ctx, review, COUNT(review), 2, 80);
	struct nd_thread *b = summarised(ctx, review, COUNT(review), 2, 80);

	(void)state;
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *x = &a->summary->zone[zone];
		const struct nd_item_list *y = &b->summary->zone[zone];

		assert_int_equal(x->count, y->count);
		for (size_t i = 0; i < x->count; i++)
			assert_string_equal(x->item[i].text, y->item[i].text);
	}
	talloc_free(ctx);
}

/* What people chose in talks: short answers, and what asks is asked there. */
static void
short_answers_count_in_a_talk(void **state)
{
	static const struct test_mail talk[] = {
		{"Where shall we meet?", MARC,
	         "The hall in Dublin is free in the first week of October.\n"
	         "Shall we take it?\n",
	         ND_NO_MESSAGE},
		{"Re: Where shall we meet?", WILL,
	         "> Shall we take it?\n\nThat sounds fair.\n", 0},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_true(says(summarised(ctx, talk, COUNT(talk), 0, 150),
	                 ND_ZONE_NEW, "That sounds fair."));
	talloc_free(ctx);
}

static void
a_quotation_is_nobodys_words(void **state)
{
	static const struct test_mail talk[] = {
		{"About the manual", MARC, "The manual has a chapter on it.\n",
	         ND_NO_MESSAGE},
		{"Re: About the manual", WILL,
	         "'Interrupts are delivered in the order of their numbers.'\n\n"
	         "That chapter is older than the code.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = summarised(ctx, talk, COUNT(talk), 0, 150);

	(void)state;
	assert_false(says(thread, ND_ZONE_NEW, "Interrupts are delivered"));
	assert_true(says(thread, ND_ZONE_NEW, "older than the code"));
	talloc_free(ctx);
}

static const struct nd_item *
item_with(const struct nd_thread *thread, const char *text)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			if (strstr(list->item[i].text, text))
				return &list->item[i];
	}
	return NULL;
}

/* "Sure, I will." stands with what was wanted, or not at all. */
static void
an_answer_has_what_it_answers(void **state)
{
	static const struct {
		const char *reply, *who; /* NULL: is not told */
	} cases[] = {
		{"> Please name the lock in the text of the patch.\n\n"
	         "Sure, I will.\n",
	         "Marc (\"Please name the lock in the text of the "
	         "patch.\")"},
		{"> lock in the text of the patch.\n\nSure, I will.\n", NULL},
		{"Sure, I will.\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct test_mail mails[] = {
			review[0],
			{"Re: [PATCH] arm: fix the timer", WILL,
		         "Please name the lock in the text of the patch.\n", 0},
			{"Re: [PATCH] arm: fix the timer", MARC, cases[i].reply,
		         1},
		};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, 3);
		struct nd_summarise_options options = {.max_words = 150};
		const struct nd_item *item;

		nd_analyse_thread(thread);
		nd_summarise_thread(thread, &options);
		item = item_with(thread, "Sure, I will.");
		if (!cases[i].who)
			assert_null(item);
		else
			assert_string_equal(item->who, cases[i].who);
		talloc_free(ctx);
	}
}

/* A few words are told when the ledger has heard what they do. */
static void
short_wishes_are_told_when_they_are_heard(void **state)
{
	const struct test_mail mails[] = {
		review[0],
		{"Re: [PATCH] arm: fix the timer", WILL, "Wrong lock order.\n",
	         0},
	};

	(void)state;
	for (int heard = 0; heard < 2; heard++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, 2);
		struct nd_summarise_options options = {.max_words = 150};
		struct nd_event *event;

		nd_analyse_thread(thread);
		thread->event_count = 0;
		event = x_append(thread, thread->event, thread->event_count);
		event->type =
			heard ? ND_EVENT_CHANGES_REQUESTED : ND_EVENT_QUESTION;
		event->message = 1;
		event->text = "Wrong lock order.";
		nd_summarise_thread(thread, &options);
		assert_int_equal(item_with(thread, "Wrong lock order") != NULL,
		                 heard);
		talloc_free(ctx);
	}
}

/* A bracket that was forgotten is no reason to leave a sentence out. */
static void
halves_are_not_told(void **state)
{
	static const struct {
		const char *body, *sentence;
		bool told;
	} row[] = {
		{"You can lock both of them (see the helper in the timer code "
	         "for that, with the order of its locks.\n",
	         "You can lock both", true},
		{"You can lock both of them (see the helper in the timer code. "
	         "It has the order of the locks).\n",
	         "You can lock both", false},
		{"... if you take the lock of the timer first, the two of them "
	         "can never meet.\n",
	         "if you take the lock", true},
		{"... that the lock of the timer and the one of the bus\n",
	         "that the lock of", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			review[0],
			{"Re: [PATCH] arm: fix the timer", WILL, row[i].body,
		         0},
		};
		struct nd_thread *thread = test_thread(ctx, mails, 2);
		struct nd_summarise_options options = {.max_words = 150};

		nd_analyse_thread(thread);
		nd_summarise_thread(thread, &options);
		assert_int_equal(item_with(thread, row[i].sentence) != NULL,
		                 row[i].told);
		talloc_free(ctx);
	}
}

/* Whoever answers for a program, from its address, has a name. */
static void
people_behind_a_robot_have_names(void **state)
{
	static const struct test_mail mails[] = {
		{"[foo] 1234567: bar.fail",
	         "kernel test robot <ola.test@example.org>",
	         "Hello,\n\nkernel test robot noticed a failure of bar.\n",
	         ND_NO_MESSAGE},
		{"Re: [foo] 1234567: bar.fail", WILL,
	         "Please attach the log of the test to your reports.\n", 0},
		{"Re: [foo] 1234567: bar.fail",
	         "Ola Test <ola.test@example.org>",
	         "The log is attached to all reports from now on.\n", 1},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 150};
	const struct nd_item *item;

	(void)state;
	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	item = item_with(thread, "attached to all reports");
	assert_non_null(item);
	assert_string_equal(item->who, "Ola Test");
	talloc_free(ctx);
}

/* A new version in the same thread is no talk. */
static void
other_series_of_the_thread_are_postings(void **state)
{
	static const char diff[] =
		"---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n"
		"+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n";
	void *ctx = talloc_new(NULL);
	const struct test_mail mails[] = {
		{"[PATCH] arm: fix the timer", MARC,
	         x_asprintf(ctx, "The timer loses its interrupt.\n%s", diff),
	         ND_NO_MESSAGE},
		{"[PATCH v2] arm: fix the timer", MARC,
	         x_asprintf(ctx,
	                    "The timer of the guest loses its interrupt on "
	                    "migration.\n%s",
	                    diff),
	         0},
	};
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 150};

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(thread->more_series_count, 1);
	thread->message[0]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	thread->message[1]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	nd_summarise_thread(thread, &options);
	assert_int_equal(thread->summary->zone[ND_ZONE_EARLIER].count, 0);
	talloc_free(ctx);
}

/* What is sent again, or quoted without marks, is told once. */
static void
the_same_sentence_is_told_once(void **state)
{
	static const char text[] =
		"The timer loses its interrupt when the guest is migrated to "
		"another host.\n";
	const struct test_mail mails[] = {
		{"Lost interrupts", MARC, text, ND_NO_MESSAGE},
		{"Re: Lost interrupts", WILL, "Which timer do you use there?\n",
	         0},
		{"Re: Lost interrupts", MARC, text, 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = summarised(ctx, mails, COUNT(mails), 0, 150);
	unsigned told = 0;

	(void)state;
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++)
		for (size_t i = 0; i < thread->summary->zone[zone].count; i++)
			told += strstr(thread->summary->zone[zone].item[i].text,
			               "loses its interrupt") != NULL;
	assert_int_equal(told, 1);
	assert_non_null(
		strstr(thread->summary->zone[ND_ZONE_BACKGROUND].item[0].text,
	               "loses its interrupt"));
	talloc_free(ctx);
}

static struct nd_thread *
reported(const void *ctx, const struct test_mail *mails, size_t count,
         unsigned max_words)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);
	struct nd_summarise_options options = {.max_words = max_words,
	                                       .told = true};

	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	return thread;
}

/* A talk is told from its question to its last word, however short both are. */
static void
a_talk_has_both_ends(void **state)
{
	static const struct test_mail talk[] = {
		{"External clock of the radio", MARC,
	         "I want to feed an external clock into both radios.\n"
	         "The clock of the radio fails with the generator.\n"
	         "The generator works with the other clock of the radio.\n"
	         "Is one splitter enough?\n",
	         ND_NO_MESSAGE},
		{"Re: External clock of the radio", WILL,
	         "> The clock of the radio fails with the generator.\n\n"
	         "The clock of the radio is twice the rate of the generator.\n"
	         "The generator should be in range of the clock.\n",
	         0},
		{"Re: External clock of the radio", MARC,
	         "> The clock of the radio is twice the rate of the "
	         "generator.\n\n"
	         "The generator is in range of the clock of the radio.\n",
	         1},
		{"Re: External clock of the radio", ANNA,
	         "Get a proper splitter.\n", 2},
		{"Re: External clock of the radio", MARC,
	         "A quick update of the clock ...\n\n"
	         "Thanks for thinking about this.\n\n"
	         "^^^ the other clock of the generator\n",
	         3},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (unsigned words = 36; words <= 72; words += 4) {
		const struct nd_thread *thread =
			reported(ctx, talk, COUNT(talk), words);

		assert_true(says(thread, ND_ZONE_BACKGROUND, "I want to feed"));
		assert_non_null(item_with(thread, "Is one splitter enough?"));
		assert_true(says(thread, ND_ZONE_NEW, "a proper splitter."));
		assert_null(item_with(thread, "Thanks for thinking"));
		assert_null(item_with(thread, "^^^"));
	}
	talloc_free(ctx);
}

/* What was asked in a mail that is not there is quoted by who answers it. */
static void
a_missing_question_is_quoted(void **state)
{
	static const struct {
		const char *mail, *want; /* NULL: no background */
	} cases[] = {
		{"On Monday, Ann wrote:\n> The radio fails with the new clock.\n"
	         "> Can the generator feed both of the radios?\n\n"
	         "It can, with a splitter.\n> Another thing is the case of it.\n"
	         "> Does the radio have a fan of its own?\n",
	         "Can the generator feed both of the radios?"},
		{"> The radio fails with the new clock of mine.\n> Thanks!\n\n"
	         "Take another clock.\n",
	         "The radio fails with the new clock of mine."},
		{"> again with the new clock of mine.\n\nTake another clock.\n",
	         NULL},
		/* neither of a form nor a request */
		{"> Note: the clock of the radio is a good one.\n"
	         "> The radio fails with the new clock of mine.\n"
	         "> Could you try another clock with the radio?\n\n"
	         "Take another clock.\n",
	         "The radio fails with the new clock of mine."},
		{"> +	return the clock of the radio to its owner.\n\n"
	         "Take another clock.\n",
	         NULL},
		{"> The radio fails with the new clock of mine.\n\n"
	         "The radio fails with the new clock of mine.\n",
	         NULL},
		{"Take another clock.\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			{"Re: Clock of the radio", WILL, cases[i].mail,
		         ND_NO_MESSAGE},
		};
		struct nd_thread *thread = test_thread(ctx, mails, 1);
		struct nd_summarise_options options = {.max_words = 60,
		                                       .told = true};
		const struct nd_item_list *list;

		thread->message[0]->reference_count = 1;
		nd_analyse_thread(thread);
		nd_summarise_thread(thread, &options);
		list = &thread->summary->zone[ND_ZONE_BACKGROUND];
		assert_int_equal(list->count, cases[i].want != NULL);
		if (cases[i].want) {
			assert_string_equal(list->item[0].text, cases[i].want);
			assert_true(list->item[0].quoted);
			assert_int_equal(list->item[0].source[0], 0);
		}
		talloc_free(ctx);
	}
}

/* What does not fit goes, be it the only thing there is. */
static void
a_quote_that_is_too_long_is_left_out(void **state)
{
	static const struct test_mail mails[] = {
		{"Re: Clock of the radio", WILL,
	         "> The radio fails with the new clock of mine that I have put "
	         "into the box below the generator.\n\nTake another clock.\n",
	         ND_NO_MESSAGE},
	};

	(void)state;
	for (unsigned words = 0; words < 40; words++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, 1);
		struct nd_summarise_options options = {.max_words = words,
		                                       .told = true};
		const struct nd_item_list *list;

		thread->message[0]->reference_count = 1;
		nd_analyse_thread(thread);
		nd_summarise_thread(thread, &options);
		list = &thread->summary->zone[ND_ZONE_BACKGROUND];
		assert_true(list->count == 0 || words > 15);
		talloc_free(ctx);
	}
}

static void
a_log_is_nobodys_words(void **state)
{
	static const struct test_mail talk[] = {
		{"No capture", MARC,
	         "The radio fails to make a capture with the new clock.\n\n"
	         "[INFO] [MPM.Radio-0] The clock of the radio is locked and "
	         "the capture begins!\n\n"
	         "Status [ERROR] [MPM.Radio-0] The capture of the radio "
	         "failed with the new clock.\n",
	         ND_NO_MESSAGE},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(ctx, talk, COUNT(talk), 150);

	(void)state;
	assert_true(says(thread, ND_ZONE_BACKGROUND, "fails to make a"));
	assert_null(item_with(thread, "MPM"));
	talloc_free(ctx);
}

/* That somebody wants no more of a patch is told, however short. */
static void
the_last_word_on_a_patch_is_told(void **state)
{
	const struct test_mail mails[] = {
		review[0],
		{"Re: [PATCH] arm: fix the timer", WILL,
	         "The timer of the arm boards needs a lock around the read of "
	         "the counter, or the timer goes back on these boards.\n",
	         0},
		{"Re: [PATCH] arm: fix the timer", MARC,
	         "> The timer of the arm boards needs a lock\n\nThe read of "
	         "the counter is atomic on all arm boards that have the "
	         "timer, and the lock would cost ten percent.\n",
	         1},
		{"Re: [PATCH] arm: fix the timer", WILL,
	         "> The read of the counter is atomic\n\nThe timer of the "
	         "oldest arm boards reads the counter in two halves, which "
	         "the manual of the timer mentions in a footnote.\n\n"
	         "Go ahead and merge as is.\n",
	         2},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_non_null(item_with(reported(ctx, mails, COUNT(mails), 40),
	                          "Go ahead and merge"));
	talloc_free(ctx);
}

/* And what its author answers last, though others said more before. */
static void
the_last_answer_on_a_patch_is_told(void **state)
{
	const struct test_mail mails[] = {
		review[0],
		{"Re: [PATCH] arm: fix the timer", WILL,
	         "The timer of the arm boards needs a lock around the read of "
	         "the counter, or the timer goes back on these boards.\n",
	         0},
		{"Re: [PATCH] arm: fix the timer", MARC,
	         "The counter has halves on no board.\n", 1},
		{"Re: [PATCH] arm: fix the timer", WILL, "Thanks, I see.\n", 2},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_non_null(item_with(reported(ctx, mails, COUNT(mails), 40),
	                          "has halves"));
	talloc_free(ctx);
}

static void
pieces_are_not_told(void **state)
{
	static const struct test_mail talk[] = {
		{"No capture", MARC,
	         "The radio fails to make a capture with the new clock.\n\n"
	         "**** This capture tool of the radio is for experts.\n\n"
	         "All that the radio has for the new clock is contained.)\n\n"
	         "The clock of the radio (and of the\n",
	         ND_NO_MESSAGE},
		{"Re: No capture", WILL,
	         "1) The radio wants the clock (the new one) first :)\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(ctx, talk, COUNT(talk), 150);

	(void)state;
	assert_true(says(thread, ND_ZONE_BACKGROUND, "fails to make a"));
	assert_true(says(thread, ND_ZONE_NEW, "wants the clock"));
	assert_null(item_with(thread, "experts"));
	assert_null(item_with(thread, "contained"));
	assert_null(item_with(thread, "and of the"));
	talloc_free(ctx);
}

/* A talk ends with what came of it, thanks or not. */
static void
a_result_ends_a_talk(void **state)
{
	static const struct test_mail talk[] = {
		{"No capture", MARC,
	         "The radio fails to make a capture with the new clock.\n",
	         ND_NO_MESSAGE},
		{"Re: No capture", WILL,
	         "You need to restart the clock daemon of the radio.\n", 0},
		{"Re: No capture", MARC, "That worked, thanks!\n", 1},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(ctx, talk, COUNT(talk), 150);

	(void)state;
	assert_non_null(item_with(thread, "That worked"));
	talloc_free(ctx);
}

/* A link is no reason to leave out the sentence that it stands in. */
static void
links_are_no_signs(void **state)
{
	static const struct test_mail talk[] = {
		{"No capture", MARC,
	         "The radio fails to make a capture with the new clock.\n",
	         ND_NO_MESSAGE},
		{"Re: No capture", WILL,
	         "The fix was sent by Ann:\n"
	         "https://lists.example.org/r/20260102030405.12345-6-78@"
	         "example.org/9876543210/0123456789/\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(ctx, talk, COUNT(talk), 150);

	(void)state;
	assert_true(says(thread, ND_ZONE_NEW, "The fix was sent by Ann:"));
	talloc_free(ctx);
}

/* What a patch is about is told, also by a sentence longer than its share. */
static void
a_long_opening_is_told(void **state)
{
	static const struct test_mail patch[] = {
		{"[PATCH] arm: fix the timer of the guest", MARC,
	         "The timer of the guest loses its interrupt when the guest is "
	         "migrated to another host while the controller holds the "
	         "lock of the interrupt, since the state of the timer is saved "
	         "later.\n"
	         "---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n"
	         "+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] arm: fix the timer of the guest", WILL,
	         "The timer of the guest is saved by the controller.\nThe "
	         "tests hang for another reason than the timer.\nThe patch "
	         "should name the lock of the controller.\nThe interrupt of "
	         "the guest should be saved before that lock.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(ctx, patch, COUNT(patch), 70);

	(void)state;
	assert_true(says(thread, ND_ZONE_BACKGROUND, "loses its interrupt"));
	talloc_free(ctx);
}

/* What is told first has what it leads back to. */
static void
an_opening_is_no_orphan(void **state)
{
	static const struct test_mail patch[] = {
		{"[PATCH] arm: fix the timer of the guest", MARC,
	         "While running all tests I saw one of them hang.\nSo this "
	         "patch fixes the timer of the guest.\n"
	         "---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n"
	         "+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] arm: fix the timer of the guest", WILL,
	         "The timer of the guest is saved by the code of the interrupt "
	         "controller, which runs right before the guest leaves, so the "
	         "tests hang for another reason than the timer of the guest, "
	         "and the patch should name that one.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(ctx, patch, COUNT(patch), 60);
	const struct nd_item_list *list =
		&thread->summary->zone[ND_ZONE_BACKGROUND];

	(void)state;
	assert_int_equal(list->count, 2);
	assert_string_equal(list->item[0].text,
	                    "While running all tests I saw one of them hang.");
	assert_int_equal(list->item[1].join, ND_JOIN_NEXT);
	talloc_free(ctx);
}

/* "Merged to foo", of something that this thread does not hold. */
static void
what_the_ledger_does_not_believe_is_not_told(void **state)
{
	const struct test_mail mails[] = {
		review[0],
		{"Re: [PATCH] arm: fix the timer", MARC,
	         "Applied, thanks for the pointer to the manual!\n\nThe vgic "
	         "code only saves the pending bit of the interrupt.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, 2);
	struct nd_summarise_options options = {.max_words = 150};

	(void)state;
	nd_analyse_thread(thread);
	assert_null(thread->applied);
	nd_summarise_thread(thread, &options);
	assert_null(item_with(thread, "Applied, thanks"));
	assert_non_null(item_with(thread, "pending bit"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_zone_has_its_own),
		cmocka_unit_test(no_history_no_earlier_zone),
		cmocka_unit_test(names_come_first_and_once),
		cmocka_unit_test(the_budget_holds),
		cmocka_unit_test(open_questions_have_a_zone),
		cmocka_unit_test(open_questions_name_the_asked),
		cmocka_unit_test(robots_have_no_say),
		cmocka_unit_test(what_a_robot_found_is_told),
		cmocka_unit_test(the_opening_stands_by_itself),
		cmocka_unit_test(long_beginnings_make_room),
		cmocka_unit_test(the_last_a_robot_found_is_told),
		cmocka_unit_test(a_list_is_told_with_its_head),
		cmocka_unit_test(nothing_to_say_is_fine),
		cmocka_unit_test(other_languages_are_summarised),
		cmocka_unit_test(big_threads_are_covered),
		cmocka_unit_test(same_mail_same_summary),
		cmocka_unit_test(short_answers_count_in_a_talk),
		cmocka_unit_test(a_quotation_is_nobodys_words),
		cmocka_unit_test(an_answer_has_what_it_answers),
		cmocka_unit_test(short_wishes_are_told_when_they_are_heard),
		cmocka_unit_test(halves_are_not_told),
		cmocka_unit_test(the_last_word_on_a_patch_is_told),
		cmocka_unit_test(the_last_answer_on_a_patch_is_told),
		cmocka_unit_test(people_behind_a_robot_have_names),
		cmocka_unit_test(other_series_of_the_thread_are_postings),
		cmocka_unit_test(the_same_sentence_is_told_once),
		cmocka_unit_test(what_the_ledger_does_not_believe_is_not_told),
		cmocka_unit_test(a_talk_has_both_ends),
		cmocka_unit_test(a_missing_question_is_quoted),
		cmocka_unit_test(a_quote_that_is_too_long_is_left_out),
		cmocka_unit_test(a_log_is_nobodys_words),
		cmocka_unit_test(an_opening_is_no_orphan),
		cmocka_unit_test(a_long_opening_is_told),
		cmocka_unit_test(links_are_no_signs),
		cmocka_unit_test(pieces_are_not_told),
		cmocka_unit_test(a_result_ends_a_talk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
