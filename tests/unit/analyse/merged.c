/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a digest remembers of commits: the same facts are the same text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "analyse/merged.h"
#include "build.h"

#define ANN "Ann Author <ann@example.org>"
#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const struct test_mail mails[] = {
	{"[PATCH 0/2] the series", ANN, "text\n", ND_NO_MESSAGE},
	{"[PATCH 1/2] arm: first", ANN, "a\n", 0},
	{"[PATCH 2/2] arm: second", ANN, "a\n", 0},
};

static const struct nd_commit first = {.id = SHA_A, .date_s = 1000};
static const struct nd_commit second = {.id = SHA_B, .date_s = 2000};

static struct nd_merge
merge_of(const void *ctx, int number, const struct nd_commit *commit)
{
	struct nd_merge merge = {.total = 2};

	merge.thread = test_thread(ctx, mails, 3);
	nd_analyse_thread(merge.thread);
	merge.series = merge.thread->series;
	*x_append(ctx, merge.patch, merge.patch_count) =
		(struct nd_merged_patch){number, commit};
	return merge;
}

static void
order_does_not_matter(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_merge a = merge_of(ctx, 1, &first);
	struct nd_merge b = merge_of(ctx, 2, &second);
	const char *ab, *ba;

	(void)state;
	b.thread->merged = nd_merged_add(ctx, &a);
	ab = nd_merged_add(ctx, &b);
	b.thread->merged = NULL;
	a.thread->merged = nd_merged_add(ctx, &b);
	ba = nd_merged_add(ctx, &a);
	assert_string_equal(ab, ba);
	a.thread->merged = ab;
	assert_string_equal(nd_merged_add(ctx, &a), ab);
	/* The same patch in another tree. */
	a.patch[0].commit = &second;
	assert_string_equal(nd_merged_add(ctx, &a), ab);
	talloc_free(ctx);
}

static void
a_part_is_named_and_all_is_not(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_merge merge = merge_of(ctx, 2, &second);
	struct nd_thread *thread = merge.thread;

	(void)state;
	thread->merged = nd_merged_add(thread, &merge);
	nd_merged_settle(thread);
	/* Where the other one stands is not known from this. */
	assert_int_equal(thread->state, ND_STATE_NEW);
	assert_int_equal(thread->applied->patch_total, 2);
	assert_int_equal(thread->applied->patch_count, 1);
	assert_int_equal(thread->applied->patch[0], 2);
	assert_int_equal(thread->applied->date_s, 2000);
	assert_true(thread->applied->merged);
	merge.patch[0] = (struct nd_merged_patch){1, &first};
	thread->merged = nd_merged_add(thread, &merge);
	nd_merged_settle(thread);
	assert_int_equal(thread->applied->patch_count, 0);
	assert_int_equal(thread->applied->commit_count, 2);
	talloc_free(ctx);
}

static void
what_came_later_goes(void **state)
{
	static const char early[] = "0123456789abcdef=" SHA_A "@1000";
	static const char late[] = "1123456789abcdef=" SHA_B "@2000";
	void *ctx = talloc_new(NULL);
	const char *both = talloc_asprintf(ctx, "%s %s", early, late);

	(void)state;
	assert_string_equal(nd_merged_until(ctx, both, 2001), both);
	assert_string_equal(nd_merged_until(ctx, both, 2000), early);
	assert_string_equal(nd_merged_until(ctx, both, 1000), "");
	assert_string_equal(nd_merged_until(ctx, "", 1), "");
	talloc_free(ctx);
}

/* Headers of a file that somebody has edited. */
static void
nonsense_is_skipped(void **state)
{
	static const char *const texts[] = {
		"",
		"=",
		"0123456789abcdef",
		"0123456789abcdef=" SHA_A,
		"0123456789abcdef=" SHA_A "@",
		"0123456789ABCDEF=" SHA_A "@1",
		"0123456789abcdef=xyz@1",
		"0123456789abcdef=@1",
		"0123456789abcdef=" SHA_A SHA_B "@1",
		"0123456789abcdef=" SHA_A "@1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_merge merge = merge_of(ctx, 1, &first);

		merge.thread->merged = texts[i];
		nd_merged_settle(merge.thread);
		assert_int_not_equal(merge.thread->state, ND_STATE_MERGED);
		assert_null(merge.thread->applied);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(a_part_is_named_and_all_is_not),
		cmocka_unit_test(what_came_later_goes),
		cmocka_unit_test(nonsense_is_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
