/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/posting.h"
#include "analyse/analyse.h"
#include "build.h"

#define ANN "Ann <ann@example.org>"
#define BEN "Ben <ben@example.org>"
#define DIFF \
	"text\n---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
#define SIGNED "Signed-off-by: Ann <ann@example.org>\n" DIFF
#define NONE ND_NO_MESSAGE
#define ANALYSE(mails) analyse(mails, sizeof(mails) / sizeof *(mails))

static struct nd_thread *
analyse(const struct test_mail *mails, size_t count)
{
	struct nd_thread *thread = test_thread(NULL, mails, count);

	nd_analyse_thread(thread);
	return thread;
}

/* The same, and all of it sent within a few seconds. */
static struct nd_thread *
analyse_at_once(const struct test_mail *mails, size_t count)
{
	struct nd_thread *thread = test_thread(NULL, mails, count);

	for (size_t i = 0; i < count; i++)
		thread->message[i]->date_s = 1600000000 + (int64_t)i;
	nd_analyse_thread(thread);
	return thread;
}

static void
assert_patches(const struct nd_series *series, const int32_t *want)
{
	for (int i = 0; i < series->total; i++)
		assert_int_equal(series->patch[i], want[i]);
}

static void
a_cover_letter_and_its_patches(void **state)
{
	static const struct test_mail mails[] = {
		{"[kvmtool PATCH v2 0/3] all", ANN, "text", NONE},
		{"[kvmtool PATCH v2 1/3] one", ANN, DIFF, 0},
		{"[kvmtool PATCH v2 3/3] three", ANN, DIFF, 0},
		{"Re: [kvmtool PATCH v2 2/3] two", BEN, DIFF, 0},
	};
	static const int32_t want[] = {1, NONE, 2};
	struct nd_thread *thread = ANALYSE(mails);
	const struct nd_series *series = thread->series;

	(void)state;
	assert_non_null(series);
	assert_int_equal(series->version, 2);
	assert_int_equal(series->total, 3);
	assert_int_equal(series->root, 0);
	assert_string_equal(series->title, "all");
	assert_string_equal(series->project, "kvmtool");
	assert_string_equal(series->author.addr, "ann@example.org");
	assert_patches(series, want);
	assert_int_equal(thread->more_series_count, 0);
	talloc_free(thread);
}

static void
a_single_patch_is_a_series_of_one(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH v3] one", ANN, DIFF, NONE},
		{"Re: [PATCH v3] one", BEN, "fine", 0},
	};
	static const int32_t want[] = {0};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_int_equal(thread->series->version, 3);
	assert_int_equal(thread->series->total, 1);
	assert_patches(thread->series, want);
	assert_int_equal(thread->more_series_count, 0);
	talloc_free(thread);
}

/* The clock of the cover letter was late, and its patches came first. */
static void
a_late_cover_letter_is_the_root_all_the_same(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 2/2] two", ANN, DIFF, 2},
		{"[PATCH 1/2] one", ANN, DIFF, 2},
		{"[PATCH 0/2] all", ANN, "text", NONE},
	};
	static const int32_t want[] = {1, 0};
	struct nd_thread *thread = test_thread(NULL, mails, 3);

	(void)state;
	thread->root = 2;
	nd_analyse_thread(thread);
	assert_int_equal(thread->series->root, 2);
	assert_string_equal(thread->series->title, "all");
	assert_patches(thread->series, want);
	assert_int_equal(thread->more_series_count, 0);
	talloc_free(thread);
}

static struct nd_thread *
plain_cover(const char *subject, int64_t gap_s)
{
	const struct test_mail mails[] = {
		{subject, ANN, "This series does it.", NONE},
		{"[PATCH 1/2] one", ANN, DIFF, 0},
		{"[PATCH 2/2] two", ANN, DIFF, 0},
		{"Re: all", BEN, "fine", 0},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 4);

	thread->message[1]->date_s = thread->message[0]->date_s + gap_s;
	nd_analyse_thread(thread);
	return thread;
}

static void
a_cover_letter_without_a_tag(void **state)
{
	static const int32_t want[] = {1, 2};
	struct nd_thread *thread = plain_cover("make it simpler v4", 2);

	(void)state;
	assert_int_equal(thread->series->root, 0);
	assert_int_equal(thread->series->version, 4);
	assert_string_equal(thread->series->title, "make it simpler");
	assert_patches(thread->series, want);
	assert_int_equal(thread->more_series_count, 0);
	assert_true(nd_posting_is(thread, 0));
	assert_false(nd_posting_is(thread, 3));
	assert_int_equal(thread->category, ND_CATEGORY_PATCH);
	assert_int_equal(thread->kind, ND_KIND_SERIES);
	talloc_free(thread);

	thread = plain_cover("drop the vgic v0", 2);
	assert_int_equal(thread->series->version, 1);
	assert_string_equal(thread->series->title, "drop the vgic v0");
	talloc_free(thread);
}

/* Patches that answer a talk were not sent with its first mail. */
static void
a_talk_that_gets_patches_is_no_cover_letter(void **state)
{
	struct nd_thread *thread = plain_cover("it could be simpler", 86400);

	(void)state;
	assert_null(thread->series);
	assert_int_equal(thread->more_series_count, 1);
	assert_false(nd_posting_is(thread, 0));
	assert_int_equal(thread->category, ND_CATEGORY_OTHER);
	talloc_free(thread);

	thread = plain_cover("[list] it could be simpler", 2);
	assert_null(thread->series);
	talloc_free(thread);
}

/* Version, total and root that a thread of three mails has, and no other. */
static void
covers_that_say_what_their_patches_do_not(void **state)
{
	static const struct {
		const char *cover, *one, *two;
		int version;
		const char *project, *title;
	} rows[] = {
		{"[PATCH net-next v3 0/2] all", "[PATCH 1/2] one",
	         "[PATCH 2/2] two", 3, "net-next", "all"},
		{"[PATCHSET v2 tree/for-6.9] all", "[PATCH 1/2] one",
	         "[PATCH 2/2] two", 2, "tree/for-6.9", "all"},
		{"[PATCHSET] all", "[PATCH v2 1/2] one", "[PATCH v2 2/2] two",
	         2, NULL, "all"},
		{"[PATCH] all", "[PATCH 1/2] one", "[PATCH 2/2] two", 1, NULL,
	         "all"},
		{"[RFC v2] all", "[RFC v2 1/2] one", "[RFC v2 2/2] two", 2,
	         NULL, "all"},
		{"[RFC] all", "[PATCH 1/2] one", "[PATCH 2/2] two", 1, NULL,
	         "all"},
		{"[PATCH 0/2] all the rest (v3)", "[PATCH 1/2] one",
	         "[PATCH 2/2] two", 3, NULL, "all the rest"},
		{"v2: all the rest", "[PATCH 1/2] one", "[PATCH 2/2] two", 2,
	         NULL, "all the rest"},
		{"version 3 of all the rest", "[PATCH 1/2] one",
	         "[PATCH 2/2] two", 3, NULL, "all the rest"},
		{"3rd version of all the rest", "[PATCH 1/2] one",
	         "[PATCH 2/2] two", 3, NULL, "all the rest"},
		{"all the rest (v2)", "[PATCH 1/2] one", "[PATCH 2/2] two", 2,
	         NULL, "all the rest"},
		{"[list] all", "[list] [PATCH 1/2] one",
	         "[list] [PATCH 2/2] two", 1, NULL, "all"},
		{"[PATCH 0/3] all", "[PATCH 1/2] one", "[PATCH 2/2] two", 1,
	         NULL, "all"},
	};
	static const int32_t want[] = {1, 2};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct test_mail mails[] = {
			{rows[i].cover, ANN, "This does it.", NONE},
			{rows[i].one, ANN, SIGNED, 0},
			{rows[i].two, ANN, SIGNED, 0},
		};
		struct nd_thread *thread = analyse_at_once(mails, 3);
		const struct nd_series *series = thread->series;

		print_message("%s\n", rows[i].cover);
		assert_non_null(series);
		assert_int_equal(series->root, 0);
		assert_int_equal(series->version, rows[i].version);
		assert_string_equal(series->title, rows[i].title);
		if (rows[i].project)
			assert_string_equal(series->project, rows[i].project);
		else
			assert_null(series->project);
		assert_int_equal(thread->more_series_count, 0);
		if (series->total == 2)
			assert_patches(series, want);
		assert_true(nd_posting_is(thread, 0));
		talloc_free(thread);
	}
}

/* The second version's cover names it, its patches look like the first's. */
static void
a_new_version_whose_patches_do_not_say_so(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/2] all", ANN, "text", NONE},
		{"[PATCH 1/2] one", ANN, SIGNED, 0},
		{"[PATCH 2/2] two", ANN, SIGNED, 0},
		{"[PATCHSET v2] all", ANN, "text", 0},
		{"[PATCH 1/2] one", ANN, SIGNED, 3},
		{"[PATCH 2/2] two", ANN, SIGNED, 3},
	};
	static const int32_t first[] = {1, 2}, second[] = {4, 5};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_patches(thread->series, first);
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->version, 2);
	assert_int_equal(thread->more_series[0]->root, 3);
	assert_patches(thread->more_series[0], second);
	talloc_free(thread);
}

/* Only half of it was sent, and then all of it. */
static void
a_series_without_cover_sent_again(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH v2 1/2] one", ANN, SIGNED, NONE},
		{"[PATCH v2 1/2] one", ANN, SIGNED, 0},
		{"[PATCH v2 2/2] two", ANN, SIGNED, 1},
	};
	static const int32_t half[] = {0, NONE}, whole[] = {1, 2};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_patches(thread->series, half);
	assert_int_equal(thread->more_series_count, 1);
	assert_patches(thread->more_series[0], whole);
	talloc_free(thread);
}

/* A series whose cover letter is no root, and has no tag. */
static void
a_plain_cover_letter_below_a_talk(void **state)
{
	static const struct test_mail mails[] = {
		{"it is slow", BEN, "text", NONE},
		{"make it fast", ANN, "text", 0},
		{"[PATCH 1/2] one", ANN, SIGNED, 1},
		{"[PATCH 2/2] two", ANN, SIGNED, 1},
	};
	static const int32_t want[] = {2, 3};
	struct nd_thread *thread = analyse_at_once(mails, 4);

	(void)state;
	assert_null(thread->series);
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->root, 1);
	assert_patches(thread->more_series[0], want);
	assert_true(nd_posting_is(thread, 1));
	assert_false(nd_posting_is(thread, 0));
	talloc_free(thread);
}

/* Is the third mail a posting? The first two are [PATCH] and an answer. */
static void
a_new_version_sent_as_an_answer(void **state)
{
	static const struct {
		const char *subject, *from, *text;
		int32_t parent;
		bool posts;
	} rows[] = {
		{"Re: [PATCH v2] all", ANN, SIGNED, 1, true},
		{"RE: [PATCH v2] all", ANN, SIGNED, 0, true},
		{"AW: [PATCH V3 RESEND] all", ANN, SIGNED, 1, true},
		{"Re: [list] [PATCH v2] all", ANN, SIGNED, 1, true},
		/* an idea, the same version, somebody else's, no patch */
		{"Re: [PATCH v2] all", ANN, DIFF, 1, false},
		{"Re: [PATCH] all", ANN, SIGNED, 1, false},
		{"Re: [PATCH v2] all", BEN, SIGNED, 0, false},
		{"Re: [PATCH v2] all", ANN, "text", 1, false},
		{"Fwd: [PATCH v2] all", ANN, SIGNED, 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] all", ANN, SIGNED, NONE},
			{"Re: [PATCH] all", BEN, "Please say why.", 0},
			{rows[i].subject, rows[i].from, rows[i].text,
		         rows[i].parent},
		};
		struct nd_thread *thread = ANALYSE(mails);

		print_message("%s\n", rows[i].subject);
		assert_int_equal(nd_posting_is(thread, 2), rows[i].posts);
		assert_int_equal(thread->more_series_count, rows[i].posts);
		talloc_free(thread);
	}
}

static void
patches_without_their_cover_letter(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 4.14 42/95] a", ANN, DIFF, NONE},
		{"[PATCH 4.14 63/95] b", ANN, DIFF, NONE},
	};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_int_equal(thread->series->total, 95);
	assert_int_equal(thread->series->root, 0);
	assert_int_equal(thread->series->patch[41], 0);
	assert_int_equal(thread->series->patch[62], 1);
	assert_int_equal(thread->series->patch[0], NONE);
	talloc_free(thread);
}

/* Only answers are left of an old thread; a new version came into it. */
static void
a_root_that_answers_a_missing_series(void **state)
{
	static const struct test_mail mails[] = {
		{"Re: [PATCH v7 03/23] c", BEN, "no", NONE},
		{"[PATCH v8 1/1] c", ANN, DIFF, 0},
	};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_int_equal(thread->series->version, 7);
	assert_int_equal(thread->series->total, 23);
	assert_int_equal(thread->series->root, 0);
	assert_string_equal(thread->series->author.addr, "");
	assert_int_equal(thread->series->patch[2], NONE);
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->version, 8);
	talloc_free(thread);
}

static void
other_series_in_the_same_thread(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH v5 0/2] all", ANN, "text", NONE},
		{"[PATCH v5 1/2] one", ANN, DIFF, 0},
		{"[PATCH v5 2/2] two", ANN, DIFF, 0},
		{"[PATCH 0/2] Fixes for it", ANN, "text", 1},
		{"[PATCH 1/2] fix one", ANN, DIFF, 3},
		{"[PATCH 2/2] fix two", ANN, DIFF, 3},
		{"[PATCH v6 2/2] two", ANN, DIFF, 2},
		{"[PATCH] quick fix", BEN, DIFF, 0},
		{"[PATCH] quick fix, too", BEN, DIFF, 0},
		{"[PATCH v5.1 2/2] two", ANN, DIFF, 2},
	};
	static const int32_t want[] = {1, 2};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_patches(thread->series, want);
	assert_int_equal(thread->more_series_count, 5);
	assert_int_equal(thread->more_series[0]->root, 3);
	assert_int_equal(thread->more_series[0]->patch[1], 5);
	assert_int_equal(thread->more_series[1]->version, 6);
	assert_int_equal(thread->more_series[2]->root, 7);
	assert_int_equal(thread->more_series[3]->root, 8);
	assert_int_equal(thread->more_series[4]->root, 9);
	talloc_free(thread);
}

/* Twice the same numbers by the same sender, of different things. */
static void
a_slot_that_is_taken_begins_a_new_series(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 1/2] one", ANN, DIFF, NONE},
		{"[PATCH 2/2] two", ANN, DIFF, 0},
		{"[PATCH 1/2] other", ANN, DIFF, 0},
		{"[PATCH 2/2] thing", ANN, DIFF, 0},
		{"[PATCH 1/2] other", ANN, DIFF, 0},
	};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->patch[0], 2);
	assert_int_equal(thread->more_series[0]->patch[1], 3);
	talloc_free(thread);
}

static void
two_people_send_one_series(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/2] all", ANN, "text", NONE},
		{"[PATCH 1/2] one", ANN, DIFF, 0},
		{"[PATCH 2/2] two", BEN, DIFF, 0},
		{"[PATCH 3/2] afterthought", BEN, DIFF, 0},
	};
	static const int32_t want[] = {1, 2};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_patches(thread->series, want);
	assert_int_equal(thread->more_series_count, 0);
	talloc_free(thread);
}

/* The cover letter was counted before the last change, or lacks its v2. */
static void
a_cover_letter_that_miscounts(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/1] all", ANN, "text", NONE},
		{"[PATCH v2 1/2] one", ANN, DIFF, 0},
		{"[PATCH v2 2/2] two", ANN, DIFF, 0},
		{"[kvmtool PATCH v2 1/2] tool", ANN, DIFF, 0},
	};
	static const int32_t want[] = {1, 2};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_int_equal(thread->series->version, 2);
	assert_int_equal(thread->series->total, 2);
	assert_patches(thread->series, want);
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->root, 3);
	talloc_free(thread);
}

static void
a_pull_request_has_no_series(void **state)
{
	static const struct test_mail mails[] = {
		{"[GIT PULL] fixes", ANN, "text", NONE},
		{"[PATCH 1/2] one", ANN, DIFF, 0},
		{"[PATCH 2/2] two", ANN, DIFF, 0},
		{"[PULL 3/3] three", ANN, DIFF, 0},
	};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_null(thread->series);
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->root, 1);
	talloc_free(thread);
}

static void
what_posts_a_patch(void **state)
{
	static const struct {
		struct test_mail mail;
		bool posting;
	} cases[] = {
		{{"[PATCH] a", ANN, DIFF, 0}, true},
		{{"[PATCH 0/2] a", ANN, "text", 0}, true},
		{{"[RFC 1/2] a", ANN, DIFF, 0}, true},
		{{"[RFC] a", ANN, SIGNED, 0}, true},
		{{"[RFC] a", ANN, "This works:\n" DIFF, 0}, false},
		{{"[RFC] a", ANN, "what about it?", 0}, false},
		{{"[kvmtool v3 5/5] a", ANN, DIFF, 0}, true},
		{{"Re: [PATCH] a", ANN, DIFF, 0}, false},
		{{"Fwd: [PATCH] a", ANN, DIFF, 0}, false},
		{{"[next 29/32] a.c: warning", ANN, "text", 0}, false},
		{{"[next 1/2] a", ANN, SIGNED, 0}, true},
		{{"[next 1/2] a", ANN, DIFF, 0}, false},
		{{"[next 0/2] a", ANN, "text", 0}, true},
		/* the same tag and title as the parent, and no diff */
		{{"[PATCH v2 1/3] root", ANN, "an answer", 0}, false},
		{{"[PATCH v2 1/3] root", ANN, DIFF, 0}, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH v2 1/3] root", ANN, DIFF, NONE},
			cases[i].mail,
		};
		struct nd_thread *thread = ANALYSE(mails);

		if (nd_posting_is(thread, 1) != cases[i].posting)
			fail_msg("'%s'", cases[i].mail.subject);
		talloc_free(thread);
	}
}

/* Each mail claims to be of another huge series: memory must stay small. */
static void
many_series_are_bounded(void **state)
{
	enum { MAILS = 3000 };
	struct test_mail *mails = x_array(NULL, struct test_mail, MAILS);
	struct nd_thread *thread;

	(void)state;
	for (int i = 0; i < MAILS; i++) {
		mails[i].subject = "[PATCH 1/10000] a";
		mails[i].from = x_asprintf(mails, "%d@example.org", i);
		mails[i].parent = i - 1;
	}
	thread = test_thread(NULL, mails, MAILS);
	nd_analyse_thread(thread);
	assert_non_null(thread->series);
	assert_true(thread->more_series_count < MAILS / 2);
	talloc_free(thread);
	talloc_free(mails);
}

/* A cover letter numbered by hand, and an answer that was sent as a patch. */
static void
mails_without_a_diff_beside_a_patch(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 1/2] one", ANN, DIFF, NONE},
		{"[PATCH 2/2] two", ANN, DIFF, 0},
		{"Re: [PATCH 1/2] one", BEN, "text", 0},
		{"[PATCH v2 1/2] one", ANN, "Thanks for the review.", 2},
		{"[PATCH v2 1/2] all", ANN, "text", 2},
		{"[PATCH v2 1/2] one", ANN, DIFF, 4},
		{"[PATCH v2 2/2] two", ANN, DIFF, 4},
		{"[PATCH v2 2/2] two", BEN, "I like it.", 6},
	};
	static const int32_t want[] = {5, 6};
	struct nd_thread *thread = ANALYSE(mails);

	(void)state;
	assert_int_equal(thread->more_series_count, 1);
	assert_int_equal(thread->more_series[0]->root, 4);
	assert_string_equal(thread->more_series[0]->title, "all");
	assert_patches(thread->more_series[0], want);
	assert_false(nd_posting_is(thread, 3));
	assert_false(nd_posting_is(thread, 7));
	talloc_free(thread);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cover_letter_and_its_patches),
		cmocka_unit_test(a_single_patch_is_a_series_of_one),
		cmocka_unit_test(mails_without_a_diff_beside_a_patch),
		cmocka_unit_test(a_late_cover_letter_is_the_root_all_the_same),
		cmocka_unit_test(a_cover_letter_without_a_tag),
		cmocka_unit_test(a_talk_that_gets_patches_is_no_cover_letter),
		cmocka_unit_test(covers_that_say_what_their_patches_do_not),
		cmocka_unit_test(a_new_version_whose_patches_do_not_say_so),
		cmocka_unit_test(a_series_without_cover_sent_again),
		cmocka_unit_test(a_plain_cover_letter_below_a_talk),
		cmocka_unit_test(a_new_version_sent_as_an_answer),
		cmocka_unit_test(patches_without_their_cover_letter),
		cmocka_unit_test(a_root_that_answers_a_missing_series),
		cmocka_unit_test(other_series_in_the_same_thread),
		cmocka_unit_test(a_slot_that_is_taken_begins_a_new_series),
		cmocka_unit_test(two_people_send_one_series),
		cmocka_unit_test(a_cover_letter_that_miscounts),
		cmocka_unit_test(a_pull_request_has_no_series),
		cmocka_unit_test(what_posts_a_patch),
		cmocka_unit_test(many_series_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
