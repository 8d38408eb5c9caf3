/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the line of a thread says of its outcome. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "summarise/gist.h"

static const char *
gist_of(const void *ctx, enum nd_thread_state state, size_t taken)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/5] foo: bar", "ann@example.org", "Cover.\n",
	         ND_NO_MESSAGE},
		{"[PATCH 1/5] foo: a", "ann@example.org", "A.\n", 0},
	};
	struct nd_thread *thread = test_thread(ctx, mails, 2);
	struct nd_applied *applied = x_new(thread, struct nd_applied);

	nd_analyse_thread(thread);
	applied->tree = "foo/next";
	applied->by = "Max Maintain";
	applied->patch_total = 5;
	for (size_t i = 0; i < taken; i++)
		*(int *)x_append(applied, applied->patch,
		                 applied->patch_count) = (int)i + 1;
	thread->applied = applied;
	thread->state = state;
	thread->summary = x_new(thread, struct nd_summary);
	thread->summary->gist = "foo: bar";
	nd_gist_outcome(thread);
	return thread->summary->gist;
}

static void
says_how_much_was_taken(void **state)
{
	static const struct {
		enum nd_thread_state state;
		size_t taken;
		const char *want;
	} cases[] = {
		{ND_STATE_APPLIED, 0, "applied to foo/next by Max Maintain"},
		{ND_STATE_APPLIED, 2,
	         "2 of 5 applied to foo/next by Max Maintain"},
		{ND_STATE_UNDER_REVIEW, 2,
	         "2 of 5 applied to foo/next by Max Maintain"},
		{ND_STATE_CHANGES_REQUESTED, 2,
	         "changes requested, 2 of 5 applied"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		const char *gist = gist_of(tmp, cases[i].state, cases[i].taken);

		if (!strstr(gist, cases[i].want))
			print_message("# %s\n", gist);
		assert_non_null(strstr(gist, cases[i].want));
		talloc_free(tmp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_how_much_was_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
