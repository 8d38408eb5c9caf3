/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * denial.c - quotes with "not", and texts that keep or lose it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "entailment/denial.h"
#include "util/alloc.h"

#include <cmocka.h>

struct row {
	const char *quote, *text;
	bool contrary;
};

static void
check_rows(const struct row *row, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (nd_denial_is_contrary("en", row[i].text, row[i].quote,
		                          row[i].quote) != row[i].contrary)
			fail_msg("%s | %s: %s", row[i].quote, row[i].text,
			         row[i].contrary ? "holds" : "the contrary");
}

static void
test_lost(void **state)
{
	static const struct row rows[] = {
		{"there are no similar operations in foo_create()",
	         "foo_create() has similar operations", true},
		{"This patch fails to apply for me on the tree",
	         "the patch applies on the tree, without a conflict", true},
		{"it should not directly print anything on stderr",
	         "it may print on stderr directly", true},
		{"The lock cannot be dropped, as it is held by the caller",
	         "the lock can be dropped, the caller holds it", true},
		{"I will not block the rename", "the rename is blocked", true},
		{"readers shouldn't matter unless the disk is slow",
	         "slow readers do matter", true},
		{"I don't think it's a good idea to apply it to the "
	         "stable/v2.40 branch",
	         "applying it to stable/v2.40 is a good idea", true},
		{"the bits are not always the same",
	         "the bits are always the same", true},
		{"the bits are not always the same", "the bits differ at times",
	         false},
		/* It is denied in other words, or by half. */
		{"readers shouldn't matter unless the disk is slow",
	         "readers matter only if the disk is slow", false},
		{"do not merge it until the tests pass",
	         "merge it once the tests pass", false},
		{"I don't like the whole rename, but I will not block it",
	         "dislikes the rename, but does not block it", false},
		{"the bvecs are not touched", "the bvecs are left untouched",
	         false},
		{"This is not only slow, it is wrong", "this is slow and wrong",
	         false},
		{"the flag does not work here", "the flag is unusable here",
	         false},
		/* What is denied is something else. */
		{"n is the default anyway, no need to list it again",
	         "drop it: n is the default anyway", false},
		{"We should remove them, not add more",
	         "one more option adds complexity", false},
		/* An order is none that is asked. */
		{"Wouldn't it be better to check the config",
	         "it would be better to check the config", false},
		{"Why don't we check the config here", "check the config here",
	         false},
		{"Don't check the config here", "check the config here", true},
		{"the test does not run", "the test does not run at all",
	         false},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void
test_added(void **state)
{
	static const struct row rows[] = {
		{"the clock is stopped by the driver",
	         "the clock is not stopped by the driver", true},
		{"things work fine on Debian 12 and Fedora 40",
	         "Debian 12 and Fedora 40 work fine, others do not", false},
		{"I get failures applying even the first patch",
	         "the first patch fails to apply", false},
		{"print the numbers and let the user figure it out",
	         "print the numbers only, and no hint how to fix it", false},
		{"the driver lacks support for the flag",
	         "the driver does not support the flag", false},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void
test_another_language(void **state)
{
	(void)state;
	assert_true(nd_denial_is_lost("可以复现这个问题",
	                              "I cannot reproduce this issue."));
	assert_false(nd_denial_is_lost("无法复现这个问题",
	                               "I cannot reproduce this issue."));
	assert_false(
		nd_denial_is_lost("应避免这样写", "This should not be done."));
	assert_false(nd_denial_is_lost("可以复现这个问题",
	                               "I can reproduce this issue."));
}

static void
test_sides(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(
		nd_denial_said(ctx, "It works, but is not applied yet."),
		"It works but is ");
	assert_string_equal(
		nd_denial_denied(ctx, "It works, but is not applied yet."),
		"applied ");
	assert_false(nd_denial_denies("It works."));
	assert_true(nd_denial_denies("It works without it."));
	assert_false(nd_denial_denies("Shouldn't it work?"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_added),
		cmocka_unit_test(test_another_language),
		cmocka_unit_test(test_sides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
