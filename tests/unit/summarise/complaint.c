/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program complained of is told with the words that announce it. */
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
#define DIFF \
	"---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n" \
	"@@ -1 +1 @@\n-a\n+b\n"
#define COUNT(table) (sizeof table / sizeof table[0])

/* What is told of a patch whose message that is; or NULL. */
static const char *
told_of(struct nd_thread *thread, const char *text)
{
	const struct nd_item_list *list =
		&thread->summary->zone[ND_ZONE_BACKGROUND];

	for (size_t i = 0; i < list->count; i++)
		if (strstr(list->item[i].text, text))
			return list->item[i].text;
	return NULL;
}

static struct nd_thread *
reported(void *ctx, const char *message)
{
	const struct test_mail mail = {"[PATCH] timer: read it once", MARC,
	                               x_asprintf(ctx, "%s" DIFF, message),
	                               ND_NO_MESSAGE};
	struct nd_summarise_options options = {.max_words = 90, .told = true};
	struct nd_thread *thread = test_thread(ctx, &mail, 1);

	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	return thread;
}

static void
a_complaint_is_told(void **state)
{
	static const struct {
		const char *message, *told;
	} cases[] = {
		{"The build of the timer fails with this error:\n\n"
	         "  net/f.c:14:3: error: 'timer' may be used before it is set "
	         "[-Werror]\n   14 |  return timer;\n\nLet the host read the timer in one place.\n",
	         "with this error: 'timer' may be used before it is set."},
		{"Since then there is a warning for each timer of a guest:\n\n"
	         "net/f.c:14:3: warning: implicit conversion from enum a\n"
	         "      to enum b [-Wenum]\n\nLet the host read the timer in one place.\n",
	         "of a guest: implicit conversion from enum a to enum b."},
		{"The test of the timer crashes in a fresh guest:\n\n"
	         "  test.py:3: ValueError: the timer runs backwards\n\n"
	         "Let the host read the timer in one place.\n",
	         "ValueError: the timer runs backwards."},
		{"The test of the timer fails on big machines like below:\n\n"
	         "  f.c:95: TBROK: ioctl(3,((((2U|1U) << (((0+8)+8)))))\n"
	         "  f.c:96: ((((0x3F))) << 0) | 1, 0x7ffe) failed\n\n"
	         "Let the host read the timer in one place.\n",
	         "like below: …"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = reported(ctx, cases[i].message);

		if (!told_of(thread, cases[i].told))
			fail_msg("'%s' is not told", cases[i].told);
		assert_non_null(told_of(
			thread, "Let the host read the timer in one place."));
		talloc_free(ctx);
	}
}

/* Nor is the output told for somebody's words. */
static void
output_is_not_told(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = reported(
		ctx,
		"The test of the timer fails on big machines like this:\n\n"
		"  $ ./check timer\n"
		"  Running the tests of the timer on a machine with two nodes\n"
		"\n"
		"  Failures of one of the timers were seen in all of the runs.\n"
		"\n"
		"Let the host read the timer in one place.\n");

	(void)state;
	assert_non_null(told_of(thread, "like this: …"));
	assert_null(told_of(thread, "Running the tests"));
	assert_null(told_of(thread, "Failures of one"));
	assert_non_null(
		told_of(thread, "Let the host read the timer in one place."));
	talloc_free(ctx);
}

/* What is announced and is no fault, or no output, is what it was. */
static void
other_announcements_stay(void **state)
{
	static const char *const messages[] = {
		"The timer of the guest is set as follows, once and for all:\n\n"
		"net/f.c:14:3: error: the timer is not set\n\nIt is read once.\n",
		"The timer of a guest fails in the following of all cases:\n\n"
		"A machine that sleeps has no timer at all.\n\nIt is read once.\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(messages); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = reported(ctx, messages[i]);

		assert_null(told_of(thread, "timer is not set"));
		assert_null(told_of(thread, "of all cases"));
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_complaint_is_told),
		cmocka_unit_test(output_is_not_told),
		cmocka_unit_test(other_announcements_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
