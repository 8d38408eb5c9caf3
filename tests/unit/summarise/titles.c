/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a series is told by, what patches do, and what is no news of them. */
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

static bool
is_told(const struct nd_thread *thread, const char *text)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			if (strstr(list->item[i].text, text))
				return true;
	}
	return false;
}

static const char *
opening_of(const struct nd_thread *thread)
{
	const struct nd_item_list *list =
		&thread->summary->zone[ND_ZONE_BACKGROUND];

	return list->count ? list->item->text : "";
}

/* A cover letter that does not say it, and one that does. */
static void
a_cover_gives_way_to_titles(void **state)
{
	static const struct {
		const char *cover, *told;
	} cases[] = {
		{"v2:\n - rebased on the timer of the host\n - spelled the "
	         "guest as it is\n",
	         "Make it constant; read it once."},
		{"I'm sending this early, so that it can be tested.\n",
	         "Make it constant; read it once."},
		{"It is late for the next one, so I'll send it again then.\n",
	         "Make it constant; read it once."},
		{"These apply to the tip of the timer's tree.\n",
	         "Make it constant; read it once."},
		{"They can be pulled from the usual branch of mine.\n",
	         "Make it constant; read it once."},
		{"This makes the timer of the guest fast.\n",
	         "Make it constant; read it once."},
		{"Changes:\n * timer: make it constant\n * timer: read it "
	         "once\n",
	         "Make it constant; read it once."},
		{"In the set before, I put forward some fixes of the timer.\n",
	         "Make it constant; read it once."},
		{"That extracts the part of them that is not about hosts.\n",
	         "Make it constant; read it once."},
		{"The timer of the guest is read by two of them.\n",
	         "The timer of the guest is read by two of them."},
		{"Add a timer that a guest can have for itself alone.\n",
	         "Add a timer that a guest can have for itself alone."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct test_mail mails[] = {
			{"[PATCH v2 0/2] timer: make the guest fast", MARC,
		         cases[i].cover, ND_NO_MESSAGE},
			{"[PATCH v2 1/2] timer: make it constant", MARC,
		         "Nothing writes the timer of the guest.\n" DIFF, 0},
			{"[PATCH v2 2/2] timer: read it once", MARC,
		         "Reading the timer takes long.\n" DIFF, 0},
		};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			reported(test_thread(ctx, mails, COUNT(mails)), 60);

		assert_string_equal(opening_of(thread), cases[i].told);
		talloc_free(ctx);
	}
}

/* A patch of several does not speak for them; of one that is there, it does. */
static void
a_series_without_cover_has_titles(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 1/3] timer: make it constant", MARC,
	         "Nothing writes the timer of the guest.\n" DIFF,
	         ND_NO_MESSAGE},
		{"[PATCH 2/3] timer: read it once", MARC,
	         "Read the timer once.  Reading it takes long on boards.\n" DIFF,
	         0},
		{"[PATCH 3/3] clock: drop it", MARC, "Drop it.\n" DIFF, 0},
	};

	(void)state;
	for (size_t count = 1; count <= COUNT(mails); count++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			reported(test_thread(ctx, mails, count), 60);

		assert_string_equal(
			opening_of(thread),
			count == 1 ? "Nothing writes the timer of the guest."
			: count == 2
				? "Make it constant; read it once."
				: "timer: make it constant; timer: read it "
				  "once; clock: drop it.");
		/* It says no more than its title. */
		assert_false(is_told(thread, "Read the timer once"));
		assert_int_equal(is_told(thread, "takes long"), count > 1);
		talloc_free(ctx);
	}
}

/* Why stands first; what is done about it is told, unless the title says it. */
static void
a_patch_says_what_it_does(void **state)
{
	static const struct {
		const char *deed;
		bool told;
	} cases[] = {
		{"Therefore, keep what the host has read before.", true},
		{"Therefore, read it once.", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			{"[PATCH] timer: read it once", MARC,
		         x_asprintf(
				 ctx,
				 "The timer of the guest is slow when two of "
				 "them read it.  Some of the boards that we "
				 "have here show it each time.  Others that "
				 "are older have shown it twice in a year.  %s\n"
				 "\nThanks to Will for all of the boards that "
				 "he has sent to us.\n" DIFF,
				 cases[i].deed),
		         ND_NO_MESSAGE},
			{"Re: [PATCH] timer: read it once", WILL,
		         "Which of the boards have the timer that is slow?\n",
		         0},
		};
		struct nd_thread *thread =
			reported(test_thread(ctx, mails, COUNT(mails)), 50);

		assert_true(is_told(thread, "is slow when two"));
		assert_int_equal(is_told(thread, "Therefore, "), cases[i].told);
		assert_false(is_told(thread, "Thanks to Will"));
		talloc_free(ctx);
	}
}

/* Where words are left over, they stay so: a note does not fill them. */
static void
what_is_read_through_is_not_filled(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] timer: read it once", MARC,
	         "The timer of the guest is slow when two of them read it.\n"
	         "---\nThe host has the lock of the timer as of today.\n\n"
	         " f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n"
	         "@@ -1 +1 @@\n-a\n+b\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] timer: read it once", WILL,
	         "The host reads the timer of the guest as well, once.\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = 64, .told = true};

	(void)state;
	reported(thread, 64);
	assert_true(is_told(thread, "as of today"));
	options.brief = true;
	nd_summarise_thread(thread, &options);
	assert_false(is_told(thread, "as of today"));
	assert_true(is_told(thread, "is slow when two"));
	assert_true(is_told(thread, "The host reads"));
	talloc_free(ctx);
}

/* What a compiler said is not said by who shows it. */
static void
a_compiler_is_not_quoted(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] timer: read it once", MARC,
	         "The timer of the guest is slow when two of them read it.\n\n"
	         "net/f.c:14:3: warning: value stored to the timer is not "
	         "read\n\nReading it once is what the host does as well.\n" DIFF,
	         ND_NO_MESSAGE},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		reported(test_thread(ctx, mails, COUNT(mails)), 90);

	(void)state;
	assert_true(is_told(thread, "is slow when two"));
	assert_true(is_told(thread, "what the host does"));
	assert_false(is_told(thread, "value stored"));
	talloc_free(ctx);
}

/* A question whose end is code, and what explains it. */
static void
what_is_torn_is_not_told(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] timer: read it once", MARC,
	         "The timer of the guest is slow when two of them read it.\n" DIFF,
	         ND_NO_MESSAGE},
		{"Re: [PATCH] timer: read it once", WILL,
	         "> b\n\nLooking at the timer here, should this be called\n\n"
	         "    read_timer_of_guest(timer)\n\n?\n\n"
	         "> c\n\ni.e. mimicking what the host does with the timer.\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		reported(test_thread(ctx, mails, COUNT(mails)), 90);

	(void)state;
	assert_true(is_told(thread, "is slow when two"));
	assert_false(is_told(thread, "should this be called"));
	assert_false(is_told(thread, "mimicking"));
	talloc_free(ctx);
}

/* What somebody says will be done with it, and that somebody has a copy. */
static void
the_last_decision_is_told(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] timer: read it once", MARC,
	         "The timer of the guest is slow when two of them read it.\n" DIFF,
	         ND_NO_MESSAGE},
		{"Re: [PATCH] timer: read it once", WILL,
	         "This should name the timer of the guest in its comment.\n",
	         0},
		{"Re: [PATCH] timer: read it once", MARC,
	         "Added Ann Other <ann@example.org> who knows the timer.\n", 0},
		{"Re: [PATCH] timer: read it once", WILL,
	         "I'll fold in a comment and put the timer into my tree.\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		reported(test_thread(ctx, mails, COUNT(mails)), 60);

	(void)state;
	assert_true(is_told(thread, "I'll fold in a comment"));
	assert_false(is_told(thread, "who knows the timer"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cover_gives_way_to_titles),
		cmocka_unit_test(a_series_without_cover_has_titles),
		cmocka_unit_test(a_patch_says_what_it_does),
		cmocka_unit_test(what_is_read_through_is_not_filled),
		cmocka_unit_test(a_compiler_is_not_quoted),
		cmocka_unit_test(what_is_torn_is_not_told),
		cmocka_unit_test(the_last_decision_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
