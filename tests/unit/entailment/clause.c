/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clause.c - what is said of clauses: done and to come, said and denied
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "entailment/agent.h"
#include "entailment/cause.h"
#include "entailment/clause.h"
#include "entailment/opposite.h"
#include "entailment/role.h"
#include "util/alloc.h"

#include <cmocka.h>

/* A text, the words that it is about, and whether it says something else. */
struct row {
	const char *quote, *text;
	bool wrong;
};

static void
check_rows(const struct row *row, size_t count,
           bool (*is_wrong)(const struct row *row))
{
	for (size_t i = 0; i < count; i++)
		if (is_wrong(&row[i]) != row[i].wrong)
			fail_msg("%s | %s: %s", row[i].quote, row[i].text,
			         row[i].wrong ? "holds" : "does not hold");
}

#define CHECK(rows, is_wrong) \
	check_rows(rows, sizeof(rows) / sizeof *(rows), is_wrong)

static bool
is_premature(const struct row *row)
{
	return nd_clause_is_premature(row->text, row->quote, row->quote,
	                              row->quote);
}

static void
test_premature(void **state)
{
	static const struct row rows[] = {
		{"I will fix the leak soon", "the leak has been fixed", true},
		{"It could be added as another transport",
	         "it was added as a transport", true},
		{"If nobody minds, I will change raid1 later",
	         "raid1 was changed", true},
		{"I can post a v7 if we want it",
	         "v7 without it has been posted", true},
		{"I will fix the leak soon", "已修复泄漏", true},
		{"I will fix the leak soon", "将修复泄漏", false},
		{"I fixed the leak and will post it", "the leak has been fixed",
	         false},
		{"I will fix the leak soon", "the leak will be fixed", false},
		{"I will fix the leak soon", "probably the leak is fixed",
	         false},
		{"I will fix the leak soon", "the leak was not fixed", false},
		{"I will not need it", "it is needed", false},
		{"I can also cherry-pick the patches",
	         "the patches have been cherry-picked", true},
		{"it would panic if the device responds",
	         "the kernel panics, as the buffer has been freed", false},
	};

	(void)state;
	CHECK(rows, is_premature);
}

static bool
is_denied(const struct row *row)
{
	return nd_clause_is_denied(row->text, row->quote, row->quote);
}

static void
test_denied(void **state)
{
	static const struct row rows[] = {
		{"Unfortunately unable to reproduce the problem.",
	         "the failure was reproduced on a VM", true},
		{"this is not really a problem", "it shows a real problem",
	         true},
		{"I don't suggest to apply it", "suggests to apply it", true},
		{"I did not know about that one", "knew about it before", true},
		{"you have to deal with that", "that is not dealt with", true},
		{"this is not only fast", "it is fast", false},
		{"The first patch is applied", "without the patch", false},
		{"We should remove them, not add more", "it adds complexity",
	         false},
		{"I can not find it", "does not find it", false},
		{"Can't you find it?", "finds it", false},
		{"I could not find it first, then I did find it", "finds it",
	         false},
	};

	(void)state;
	CHECK(rows, is_denied);
}

static bool
is_opposite(const struct row *row)
{
	return nd_opposite_is_said(row->text, row->quote, row->quote);
}

static void
test_opposite(void **state)
{
	static const struct row rows[] = {
		{"this place is too late to change the protocol",
	         "the hook runs too early to change the protocol", true},
		{"it was built using the older UHD", "UHD is too new", true},
		{"the limit is too low", "the limit is too high", true},
		{"the limit is too low", "the limit is not high", false},
		{"the limit is too low", "a higher value is wanted", false},
		{"the limit was high, now it is low", "the limit was high",
	         false},
		{"this disables the limit", "启用了限制", true},
		{"this disables the limit", "不再启用限制", false},
	};

	(void)state;
	CHECK(rows, is_opposite);
}

static bool
is_swapped(const struct row *row)
{
	return nd_role_wrong(row->text, row->quote, row->quote) != NULL;
}

static void
test_roles(void **state)
{
	static const struct row rows[] = {
		{"and /dev/sdg is replacement of /dev/sdj",
	         "/dev/sdj is the replacement of /dev/sdg", true},
		{"foo_get() calls foo_put()", "foo_put() calls foo_get()",
	         true},
		{"foo_get() calls foo_put()",
	         "foo_put() is called by foo_get()", false},
		{"release rc1 on Wednesday and the final version on Monday",
	         "the final version on Wednesday comes before rc1 on Monday",
	         true},
		{"The driver change goes through the net tree. The binding change "
	         "goes through the arm tree.",
	         "the binding change goes through the net tree", true},
		{"The driver change goes through the net tree. The binding change "
	         "goes through the arm tree.",
	         "the driver change goes through the net tree", false},
		{"Applied to kvm/next, thanks", "it was applied to kvm/master",
	         true},
		{"Applied to kvm/next, thanks", "it was applied to kvm/next",
	         false},
		{"I queued it for 5.7, apart from patch 12.",
	         "only patch 12 is queued", true},
		{"to fix gcc (10, 9, 7) errors", "with gcc 7, 9 and 10", false},
		{"I need to move 6 disk RAID6 and not RAID1.",
	         "the RAID6 of 6 disks moves, RAID1 stays", false},
		{"I don't think a flag is right. Have an opcode",
	         "a flag rather than an opcode", true},
		{"I don't think a flag is right. Have an opcode",
	         "an opcode rather than a flag", false},
	};

	(void)state;
	CHECK(rows, is_swapped);
}

static bool
is_unfounded(const struct row *row)
{
	return nd_cause_unfounded("en", row->text, row->quote, row->quote,
	                          row->quote) != NULL;
}

static void
test_causes(void **state)
{
	static const struct row rows[] = {
		{"It fails to apply via b4 due to a conflict in Kconfig.",
	         "fails to apply because b4 is old", true},
		{"It fails to apply via b4 due to a conflict in Kconfig.",
	         "fails to apply because of a conflict", false},
		{"It is done in sync style, so the lock protects the list, and "
	         "that cannot happen",
	         "that cannot happen, since the lock protects the list", false},
		{"So nothing is to be done. It is in the tree.",
	         "nothing is to be done, as it is in the tree", false},
	};

	(void)state;
	CHECK(rows, is_unfounded);
}

static void
test_agents(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(nd_agent_of(ctx, " probably missed the series",
	                                "Well, likely Ted just missed it"),
	                    "Ted");
	assert_string_equal(
		nd_agent_of(ctx, " tests it", "I have tested it, too"), "I");
	assert_null(nd_agent_of(ctx, " tests it", "the robot tested it"));
	assert_string_equal(
		nd_agent_of(
			ctx, " did not see the subtle differences",
			"I read it, but didn't notice the subtle differences"),
		"I");
	assert_string_equal(nd_agent_of(ctx, " applied it", "Thanks, applied:"),
	                    "I");
	assert_null(nd_agent_of(ctx, " should mark it", "you should mark it"));
	assert_null(nd_agent_of(ctx, " for an ack", "I want an ack"));
	assert_string_equal(
		nd_agent_addressed(ctx, "David, do you remember it?"), "David");
	assert_null(nd_agent_addressed(ctx, "However, it does work"));
	assert_null(nd_agent_addressed(ctx, "Do you remember, David?"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_premature), cmocka_unit_test(test_denied),
		cmocka_unit_test(test_opposite),  cmocka_unit_test(test_roles),
		cmocka_unit_test(test_causes),    cmocka_unit_test(test_agents),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
