/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the message of a patch can be told by itself. */
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

static void
what_stands_by_itself(void **state)
{
	static const struct {
		const char *message, *told, *untold;
	} cases[] = {
		/* a quotation of several sentences */
		{"Will wrote this of it: \"The timer is slow for each guest.  "
	         "Any host could wait for it.  Let us do that.\"\n\nThe guest "
	         "waits for its timer in a loop now.\n",
	         "waits for its timer", "Any host could"},
		/* a half of which was forgotten */
		{"The timer has a field for the 5\" disk of the guest.  Any host "
	         "could wait for it.\n",
	         "Any host could", NULL},
		/* a log */
		{"The guest waits for its timer in a loop now.\n\nApr  3 "
	         "02:27:59 host kernel: the timer of the guest is lost now.\n",
	         "waits for its timer", "is lost now"},
		/* a checker's, which gives no columns */
		{"The guest waits for its timer in a loop now.\n\nfs/f.c:14 "
	         "guest_wait() error: the timer of the guest may be lost.\n",
	         "waits for its timer", "may be lost"},
		/* of the log of the versions before */
		{"...plus a lot of smaller changes of the timer.\n\nThe guest "
	         "waits for its timer in a loop now.\n",
	         "waits for its timer", "smaller changes"},
		/* what was done to others is no decision about this one */
		{"Commit 1a2b3c4d5e6f (\"timer: be slow\") added timers to the "
	         "guest instead of the host.\n",
	         "added timers to the guest", NULL},
		/* headings */
		{"[BUG]\nThe guest waits for its timer in a loop now.\n\n[FIX]\n"
	         "Let the host wait for it, which has more time.\n",
	         "The guest waits for its timer", "[BUG]"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mail = {
			"[PATCH] timer: read it once", MARC,
			x_asprintf(ctx, "%s" DIFF, cases[i].message),
			ND_NO_MESSAGE};
		struct nd_summarise_options options = {.max_words = 90,
		                                       .told = true};
		struct nd_thread *thread = test_thread(ctx, &mail, 1);

		nd_analyse_thread(thread);
		nd_summarise_thread(thread, &options);
		if (!is_told(thread, cases[i].told))
			fail_msg("'%s' is not told", cases[i].told);
		if (cases[i].untold && is_told(thread, cases[i].untold))
			fail_msg("'%s' is told", cases[i].untold);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_by_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
