/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong is told of a patch, and what the patch does about it. */
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

static bool
is_told(const struct nd_thread *thread, const char *text)
{
	const struct nd_item_list *list =
		&thread->summary->zone[ND_ZONE_BACKGROUND];

	for (size_t i = 0; i < list->count; i++)
		if (strstr(list->item[i].text, text))
			return true;
	return false;
}

static struct nd_thread *
reported(void *ctx, const char *message)
{
	const struct test_mail mails[] = {
		{"[PATCH] timer: read it once", MARC,
	         x_asprintf(ctx, "%s" DIFF, message), ND_NO_MESSAGE},
		{"Re: [PATCH] timer: read it once", WILL,
	         "The guest reads its timer in another place of the loop, too, "
	         "and the host counts each of these reads by itself.\n",
	         0},
	};
	struct nd_summarise_options options = {.max_words = 68, .told = true};
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));

	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	return thread;
}

/* It is told before what has more words of the title. */
static void
a_fault_is_told(void **state)
{
	static const char *const faults[] = {
		"Unfortunately, some machines have two of them in a box",
		"The problem is that some machines have two in a box",
		"On some machines, this leads to two of them in a box",
		"On some machines, all that is in the box crashes",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(faults); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = reported(
			ctx,
			x_asprintf(
				ctx,
				"The host of a guest with a timer counts the "
				"reads of it.  The timer that is read once is "
				"one of the guest.  The timer of the host is "
				"read once by the guest, too.  %s and whoever reads it there gets that of another one which may have been set up with some other frequency by then.  Read "
				"the timer of the guest in one place.\n",
				faults[i]));

		if (!is_told(thread, faults[i]))
			fail_msg("'%s' is not told", faults[i]);
		assert_true(is_told(thread, "Read the timer of the guest"));

		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fault_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
