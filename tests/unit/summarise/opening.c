/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With what a summary begins, and what stands with what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "analyse/analyse.h"
#include "build.h"
#include "summarise/summarise.h"

#define MARC "Marc Example <marc@example.org>"
#define WILL "Will Sample <will@example.org>"
#define DIFF \
	"---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n" \
	"@@ -1 +1 @@\n-a\n+b\n"
#define COUNT(table) (sizeof table / sizeof table[0])

static struct nd_thread *
reported(struct nd_thread *thread, unsigned max_words)
{
	struct nd_summarise_options options = {.max_words = max_words,
	                                       .told = true};

	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	return thread;
}

/* Two patches below a cover letter, and an answer to it. */
static struct nd_thread *
clock_series(const void *ctx, const char *cover)
{
	const struct test_mail mails[] = {
		{"[PATCH 0/2] clock: two updates", MARC, cover, ND_NO_MESSAGE},
		{"[PATCH 1/2] timer: make it constant", MARC,
	         "Nothing writes it.\n" DIFF, 0},
		{"[PATCH 2/2] timer: read it once", MARC,
	         "Reading it takes long.\n" DIFF, 0},
		{"Re: [PATCH 0/2] clock: two updates", WILL,
	         "The guest loses its interrupt with this series when it is "
	         "migrated to another host.\n",
	         0},
	};

	return test_thread(ctx, mails, COUNT(mails));
}

/* The first item of a zone with some text. */
static const struct nd_item *
item_in(const struct nd_thread *thread, enum nd_zone zone, const char *text)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];

	for (size_t i = 0; i < list->count; i++)
		if (strstr(list->item[i].text, text))
			return &list->item[i];
	return NULL;
}

/* The cover begins with one of these; which one is told first? */
static void
a_series_opens_with_what_it_is_for(void **state)
{
	static const struct {
		const char *cover, *told;
	} cases[] = {
		{"The timer is read in many places of the kernel today.\n\n"
	         "This series makes the timer of the guest faster.\n",
	         "This series makes"},
		{"The timer of the guest is slow on some machines.\n\n"
	         "This series depends on the timer that I posted before.\n",
	         "The timer of the guest is slow"},
		{"The timer of the guest is slow on some machines.\n\n"
	         "This patchset is based on the timer that I posted before.\n",
	         "The timer of the guest is slow"},
		{"Compared to v2 this has a fix for the timer.\n\n"
	         "The timer of the guest is slow on some machines.\n",
	         "The timer of the guest is slow"},
		{"This version addresses the timer of the guest.\n\n"
	         "The timer of the guest is slow on some machines.\n",
	         "The timer of the guest is slow"},
		{"It came to light that the guest loses a timer of its own.\n\n"
	         "This series makes a framework for this kind of problems.\n",
	         "It came to light"},
		{"It recently became apparent that the guest loses a timer.  In "
	         "this situation, the timer of the guest is slow.\n",
	         "It recently became apparent"},
		/* though it takes more than half of the words */
		{"When a machine fails to start, the host frees its memory, "
	         "which a thread of it still reads.  That makes the timer of "
	         "the guest slow.\n",
	         "When a machine fails"},
		{"The timer of the guest counts in ticks of the host.  As a "
	         "result, the guest is slow.\n",
	         "counts in ticks"},
		{"The timer of the guest is read twice in the kernel.  "
	         "Unfortunately, such a timer is slow for the guest.\n",
	         "The timer of the guest is read twice"},
		{"Changes since v2:\n\n"
	         " - reworked the timer of the guest for tests;\n\n"
	         " - and a handful of small cleanups for the guest.\n\n"
	         "This makes the timer of the guest faster.\n",
	         "This makes"},
		{"The first patch only makes the timer constant.\nThe timer "
	         "of the guest is slow when it is read by two of them.\n",
	         "is slow when"},
		{"I'm targetting the next release with the timer that makes "
	         "the guest fast.\n\nThe host takes a lock for each read.\n",
	         "takes a lock"},
		{"All the patches have a link to the timer that makes the guest "
	         "fast.\n\nThe host takes a lock for each read of it.\n",
	         "takes a lock"},
		{"Tested the timer that makes the guest fast on both boards.\n\n"
	         "The host takes a lock for each read of it.\n",
	         "takes a lock"},
		{"The biggest change is a timer that makes the guest fast.\n\n"
	         "The host takes a lock for each read of it.\n",
	         "takes a lock"},
		{"While testing the timer of the guest, I noticed an odd thing.  "
	         "The host takes a lock for each read.\n",
	         "takes a lock"},
		{"Found by a checker of the timer that makes the guest fast.\n\n"
	         "The host takes a lock for each read of it.\n",
	         "takes a lock"},
		{"This series was only tested with the timer of the guest.\n\n"
	         "The host takes a lock for each read of it.\n",
	         "takes a lock"},
		{"Will, please pick these patches of the timer of the guest.\n\n"
	         "The host takes a lock for each read of it.\n",
	         "takes a lock"},
		{"The timer is read in many places of the kernel today.\n\n"
	         "The basic idea here is to make the guest cache its timer.\n",
	         "The basic idea here"},
		{"Patch 1/2 only makes the timer of the guest constant.\nThe "
	         "timer of the guest is slow when it is read by two.\n",
	         "is slow when"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			reported(clock_series(ctx, cases[i].cover), 36);
		const struct nd_item_list *list;

		list = &thread->summary->zone[ND_ZONE_BACKGROUND];
		assert_true(list->count > 0);
		if (!strstr(list->item->text, cases[i].told))
			fail_msg("'%s'", list->item->text);
		talloc_free(ctx);
	}
}

/* What is wrong is told before what a series does about it, and nothing else. */
static void
a_purpose_has_its_problem(void **state)
{
	static const struct {
		const char *cover, *told, *untold;
	} cases[] = {
		{"The timer of the guest is slow, as each read takes a lock.  "
	         "Examples of that include the controller and its tests.\n\n"
	         "This series makes the timer of the guest work without it.\n",
	         "The timer of the guest is slow", NULL},
		{"After some tests, I am able to run this on the latest host.  "
	         "The timer of the guest is slow, as reads take a lock.\n\n"
	         "This series makes the timer of the guest work without it.\n",
	         "The timer of the guest is slow", "able to run"},
		{"This is v3 of it.  Plus a tag and a rebase on the latest "
	         "host.\n\nThe timer of the guest is slow, as reads take a "
	         "lock.\n\n"
	         "This series makes the timer of the guest work without it.\n",
	         "The timer of the guest is slow", "Plus a tag"},
		{"The timer of the guest has a lock.  But the lock makes the "
	         "timer of the guest slow on big machines.\n\n"
	         "So this series makes the timer work without it.\n",
	         "The timer of the guest has", NULL},
		{"The timer of the guest is slow, as each read takes a lock.\n\n"
	         "This series makes the timer of the guest work without it.\n"
	         "You can find these changes in the branch of my tree.\n",
	         "The timer of the guest is slow", "in the branch"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			reported(clock_series(ctx, cases[i].cover), 50);

		if (!item_in(thread, ND_ZONE_BACKGROUND, cases[i].told) ||
		    !item_in(thread, ND_ZONE_BACKGROUND, "without it"))
			fail_msg("'%s' is not told", cases[i].told);
		if (cases[i].untold &&
		    item_in(thread, ND_ZONE_BACKGROUND, cases[i].untold))
			fail_msg("'%s' is told", cases[i].untold);
		talloc_free(ctx);
	}
}

/* What stands below the commit message is beside it, unless there is none. */
static void
a_note_is_no_opening(void **state)
{
	static const struct {
		const char *message, *told;
	} cases[] = {
		{"Reading the timer of the guest takes long since it is "
	         "locked by each of those that read it at the same time.\n",
	         "Reading the timer"},
		{"", "Can we have this timer"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			{"[PATCH] timer: read it once", MARC,
		         x_asprintf(ctx,
		                    "%s---\nCan we have this timer?\n\n "
		                    "f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n"
		                    "--- a/f.c\n+++ b/f.c\n@@ -1 +1 @@\n"
		                    "-a\n+b\n",
		                    cases[i].message),
		         ND_NO_MESSAGE},
			{"Re: [PATCH] timer: read it once", WILL,
		         "The timer of the guest is read by the controller, "
		         "too.\n",
		         0},
		};
		struct nd_thread *thread =
			reported(test_thread(ctx, mails, COUNT(mails)), 50);

		if (!item_in(thread, ND_ZONE_BACKGROUND, cases[i].told))
			fail_msg("'%s' is not told", cases[i].told);
		talloc_free(ctx);
	}
}

/* A question that was answered is told with its answer, in one item. */
static void
a_question_has_its_answer(void **state)
{
	static const struct {
		const char *more, *answer;
		const char *who; /* NULL: the question stands */
	} cases[] = {
		{"", "The controller needs the lock of the timer for that.\n",
	         "Marc (\"Why is the timer of the guest locked here?\")"},
		{"", "It is at https://example.org/locks for all to see.\n",
	         NULL},
		{"If that is for the controller, it can go.\n",
	         "The controller needs the lock of the timer for that.\n",
	         NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			{"The timer of the guest hangs", WILL,
		         "The timer of the guest hangs when two of them read "
		         "it.\n",
		         ND_NO_MESSAGE},
			{"Re: The timer of the guest hangs", WILL,
		         x_asprintf(ctx,
		                    "Why is the timer of the guest locked "
		                    "here?\n%s",
		                    cases[i].more),
		         0},
			{"Re: The timer of the guest hangs", MARC,
		         x_asprintf(ctx,
		                    "> Why is the timer of the guest locked "
		                    "here?\n\n%s",
		                    cases[i].answer),
		         1},
		};
		struct nd_thread *thread = test_thread(ctx, mails, 3);
		const struct nd_item *item;

		thread->message[2]->body->line[0].source = 1;
		reported(thread, 90);
		item = item_in(thread, ND_ZONE_NEW, "The controller needs");
		if (cases[i].who) {
			assert_non_null(item);
			assert_string_equal(item->who, cases[i].who);
			assert_int_equal(item->source_count, 2);
		}
		assert_int_equal(item_in(thread, ND_ZONE_NEW,
		                         "Why is the timer") != NULL,
		                 cases[i].who == NULL);
		talloc_free(ctx);
	}
}

/* The first mail asks; what somebody else says to that is told. */
static void
a_talk_has_an_answer(void **state)
{
	static const struct test_mail mails[] = {
		{"Clock of the radio", WILL,
	         "I want to feed one clock into both of my radios here.\nIs "
	         "one splitter enough for the clock of both radios?\n",
	         ND_NO_MESSAGE},
		{"Re: Clock of the radio", MARC,
	         "> Is one splitter enough for the clock of both radios?\n\nA "
	         "splitter with an amplifier is needed for such signals.\n",
	         0},
		{"Re: Clock of the radio", WILL,
	         "The clock of the radio fails with the generator that I "
	         "have.\nThe generator works with the other clock of the "
	         "radio.\n",
	         1},
		{"Re: Clock of the radio", WILL,
	         "I have ordered one for the clock of the radio today.\n", 2},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));

	(void)state;
	thread->message[1]->body->line[0].source = 0;
	reported(thread, 60);
	assert_non_null(item_in(thread, ND_ZONE_NEW, "with an amplifier"));
	assert_non_null(item_in(thread, ND_ZONE_NEW, "have ordered one"));
	talloc_free(ctx);
}

/* What was said before the mail that closes it takes no words. */
static void
what_is_over_is_told_in_short(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] timer: read it once", MARC,
	         "The timer of the guest is read by each of those that wait.  "
	         "Reading it takes a lock of the host, and long.\n" DIFF,
	         ND_NO_MESSAGE},
		{"Re: [PATCH] timer: read it once", WILL,
	         "This should say which lock of the host is meant.\n", 0},
		{"Re: [PATCH] timer: read it once", WILL,
	         "I named the lock of the host in the comment, too.\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {
		.max_words = 40, .told = true, .told_from = 2};

	(void)state;
	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	assert_null(item_in(thread, ND_ZONE_NEW, "which lock"));
	assert_non_null(item_in(thread, ND_ZONE_NEW, "I named the lock"));
	assert_non_null(item_in(thread, ND_ZONE_BACKGROUND, "takes a lock"));
	options.told_from = 0;
	nd_summarise_thread(thread, &options);
	assert_non_null(item_in(thread, ND_ZONE_NEW, "which lock"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_opens_with_what_it_is_for),
		cmocka_unit_test(a_purpose_has_its_problem),
		cmocka_unit_test(a_note_is_no_opening),
		cmocka_unit_test(a_question_has_its_answer),
		cmocka_unit_test(a_talk_has_an_answer),
		cmocka_unit_test(what_is_over_is_told_in_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
