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
#include "standing/state.h"
#include "telling/gist.h"
#include "util/utf8.h"

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
	return nd_gist(ctx, test_i18n(ctx), thread);
}

static void
says_how_much_was_taken(void **state)
{
	static const struct {
		enum nd_thread_state state;
		size_t taken;
		const char *want;
	} cases[] = {
		{ND_STATE_APPLIED, 0,
	         "foo: bar by ann: applied by Max Maintain"},
		{ND_STATE_APPLIED, 2,
	         "foo: bar by ann: 2 of 5 applied by Max Maintain"},
		{ND_STATE_UNDER_REVIEW, 2,
	         "foo: bar by ann: no reply yet; 2 of 5 applied by Max "
	         "Maintain"},
		{ND_STATE_CHANGES_REQUESTED, 2,
	         "foo: bar by ann: changes requested; 2 of 5 applied by Max "
	         "Maintain"},
		{ND_STATE_REJECTED, 0, "foo: bar by ann: rejected"},
		{ND_STATE_NEW, 0, "foo: bar, 5 patches by ann: no reply yet"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		const char *gist = gist_of(tmp, cases[i].state, cases[i].taken);

		assert_string_equal(gist, cases[i].want);
		talloc_free(tmp);
	}
}

static const struct test_mail talk[] = {
	{"[PATCH v2] foo: bar", "Ann Author <ann@example.org>", "Do it.\n",
         ND_NO_MESSAGE},
	{"Re: [PATCH v2] foo: bar", "Ben Review <ben@example.org>",
         "Reviewed-by: Ben Review <ben@example.org>\n"
         "Tested-by: Ben Review <ben@example.org>\n",
         0},
	{"Re: [PATCH v2] foo: bar", "Cleo Third <cleo@example.org>",
         "Acked-by: Cleo Third <cleo@example.org>\n", 0},
};

static void
those_who_gave_the_same_are_told_together(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, talk, 3);

	(void)state;
	nd_analyse_thread(thread);
	thread->state = ND_STATE_REVIEWED;
	assert_string_equal(
		nd_gist(ctx, test_i18n(ctx), thread),
		"foo: bar, v2 by Ann Author: reviewed and tested by "
		"Ben Review, acked by Cleo Third, not applied yet");
	talloc_free(ctx);
}

static void
the_title_is_cut_and_what_happened_stays(void **state)
{
	struct test_mail mail = {
		"[PATCH] foo: a title that goes on and on until nobody knows "
		"any more how it began, nor what it is about, nor when it ends",
		"Ann Author <ann@example.org>", "Do it.\n", ND_NO_MESSAGE};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, &mail, 1);
	const char *gist;

	(void)state;
	nd_analyse_thread(thread);
	thread->state = ND_STATE_NEW;
	gist = nd_gist(ctx, test_i18n(ctx), thread);
	assert_true(nd_utf8_width(gist, strlen(gist)) <= ND_GIST_COLUMNS_MAX);
	assert_non_null(strstr(gist, "… by Ann Author: no reply yet"));
	talloc_free(ctx);
}

static void
a_newer_version_in_the_thread_is_told(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", "Ann Author <ann@example.org>", "Do it.\n",
	         ND_NO_MESSAGE},
		{"Re: [PATCH] foo: bar", "Ben Review <ben@example.org>",
	         "Please split this patch into two.\n", 0},
		{"[PATCH v2] foo: bar", "Ann Author <ann@example.org>",
	         "Do it.\n\n---\n a | 1 +\n\ndiff --git a/a b/a\n"
	         "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+y\n",
	         1},
		{"Re: [PATCH v2] foo: bar", "Ben Review <ben@example.org>",
	         "I will look at it next week.\n", 2},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, 3);

	(void)state;
	nd_analyse_thread(thread);
	thread->state = ND_STATE_UNDER_REVIEW;
	thread->newest = thread->more_series[0];
	assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
	                    "foo: bar: Ben Review asked for changes; "
	                    "Ann Author posted v2; no reply yet");
	thread = test_thread(ctx, mails, 4);
	nd_analyse_thread(thread);
	thread->state = ND_STATE_UNDER_REVIEW;
	assert_null(strstr(nd_gist(ctx, test_i18n(ctx), thread), "posted v2"));
	talloc_free(ctx);
}

/* What happened last is worth more than who looked at it before. */
static void
who_applied_stays_when_the_tags_are_many(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar.", "Ann Author <ann@example.org>",
	         "Do it.\n", ND_NO_MESSAGE},
		{"Re: [PATCH] foo: bar.",
	         "Ben von und zu Review-Hausen <b@x.org>",
	         "Reviewed-by: Ben von und zu Review-Hausen <b@x.org>\n", 0},
		{"Re: [PATCH] foo: bar.",
	         "Cleopatra Longname-Thirdperson <c@x.org>",
	         "Acked-by: Cleopatra Longname-Thirdperson <c@x.org>\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, 3);
	struct nd_applied *applied = x_new(thread, struct nd_applied);

	(void)state;
	nd_analyse_thread(thread);
	applied->tree = "";
	applied->by = "Max Maintain";
	thread->applied = applied;
	thread->state = ND_STATE_APPLIED;
	assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
	                    "foo: bar by Ann Author: applied by Max Maintain");
	talloc_free(ctx);
}

/* One mail of 214 that came alone. */
static void
patches_that_were_not_posted_here_do_not_count(void **state)
{
	struct test_mail mail = {"[PATCH 031/214] foo: bar",
	                         "Ann Author <ann@example.org>", "Do it.\n",
	                         ND_NO_MESSAGE};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, &mail, 1);

	(void)state;
	nd_analyse_thread(thread);
	thread->state = ND_STATE_NEW;
	assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
	                    "foo: bar by Ann Author: no reply yet");
	talloc_free(ctx);
}

static void
a_question_without_an_answer_is_asked(void **state)
{
	struct test_mail mail = {"How does one read a mbox?",
	                         "Ann Asker <ann@example.org>",
	                         "How does one read a mbox?\n", ND_NO_MESSAGE};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, &mail, 1);

	(void)state;
	nd_analyse_thread(thread);
	thread->kind = ND_KIND_QUESTION;
	thread->state = ND_STATE_NEW;
	assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
	                    "How does one read a mbox?: Ann Asker asks; "
	                    "no reply yet");
	talloc_free(ctx);
}

/* A resend has the same number, and what follows an RFC has none. */
static void
what_has_no_higher_number_is_posted_anew(void **state)
{
	static const struct {
		int version;
		const char *want;
	} cases[] = {
		{1, "foo: bar: Ann Author posted it anew"},
		{2, "foo: bar: Ann Author posted v2"},
	};
	struct test_mail mail = {"[PATCH] foo: bar",
	                         "Ann Author <ann@example.org>", "Do it.\n",
	                         ND_NO_MESSAGE};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, &mail, 1);

		nd_analyse_thread(thread);
		thread->series->next =
			x_new(thread->series, struct nd_series_link);
		thread->series->next->version = cases[i].version;
		thread->state = ND_STATE_SUPERSEDED;
		assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
		                    cases[i].want);
		talloc_free(ctx);
	}
}

/* Who wanted changes has not refused it; "already fixed" refuses nothing. */
static void
who_refuses_is_who_says_no(void **state)
{
	static const struct {
		const char *said, *want;
	} cases[] = {
		{"NAK.\n", "rejected by Ben Review"},
		{"I won't take this, sorry.\n", "rejected by Ben Review"},
		{"This is already fixed in foo/next.\n", "rejected"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", "Ann Author <ann@example.org>",
		         "Do it.\n", ND_NO_MESSAGE},
			{"Re: [PATCH] foo: bar", "Ben Review <ben@example.org>",
		         cases[i].said, 0},
			{"Re: [PATCH] foo: bar",
		         "Cleo Third <cleo@example.org>",
		         "Please split this patch into two.\n", 0},
		};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, 3);
		const char *gist;

		nd_analyse_thread(thread);
		thread->state = ND_STATE_REJECTED;
		*(int32_t *)x_append(thread, thread->state_evidence,
		                     thread->state_evidence_count) = 1;
		gist = nd_gist(ctx, test_i18n(ctx), thread);
		assert_string_equal(strrchr(gist, ':') + 2, cases[i].want);
		talloc_free(ctx);
	}
}

/* "Merged" and "queued" are said as they were, both at once are "applied". */
static void
the_verb_is_that_of_who_took_it(void **state)
{
	static const struct {
		const char *said, *want;
	} cases[] = {
		{"Applied, thanks!\n", "applied by Max Maintain"},
		{"Merged, thanks!\n", "merged by Max Maintain"},
		{"Queued for v6.9, thanks!\n", "queued by Max Maintain"},
		{"Pushed, thanks!\n", "pushed by Max Maintain"},
		{"Thanks, applied and pushed.\n", "applied by Max Maintain"},
	};

	struct nd_window window = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", "Ann Author <ann@example.org>",
		         "Do it.\n", ND_NO_MESSAGE},
			{"Re: [PATCH] foo: bar",
		         "Max Maintain <max@example.org>", cases[i].said, 0},
		};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, mails, 2);
		const char *gist;

		nd_analyse_thread(thread);
		nd_state_settle(thread, &window);
		gist = nd_gist(ctx, test_i18n(ctx), thread);
		assert_string_equal(strrchr(gist, ':') + 2, cases[i].want);
		talloc_free(ctx);
	}
}

/* Who answers a patch that is not there is not its author. */
static void
nobody_is_the_author_of_what_is_missing(void **state)
{
	static const struct test_mail mails[] = {
		{"Re: [PATCH v5] foo: bar", "Ben Review <ben@example.org>",
	         "Please split this patch into two.\n", ND_NO_MESSAGE},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, 1);

	(void)state;
	nd_analyse_thread(thread);
	thread->state = ND_STATE_CHANGES_REQUESTED;
	thread->attention_count = 0;
	assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
	                    "foo: bar, v5: changes requested");
	talloc_free(ctx);
}

/* Who posted it says more than the branch that it is for; its number, once. */
static void
what_is_left_out_is_the_branch_and_what_is_said(void **state)
{
	static const struct {
		const char *title, *want;
	} cases[] = {
		{"[PATCH v7] foo: bar v7",
	         "foo: bar v7 by Ann Author: no reply yet"},
		{"[PATCH v7] foo: bar v70",
	         "foo: bar v70, v7 by Ann Author: no reply yet"},
		{"[PATCH u-boot dev-5.15] foo: bar",
	         "u-boot dev-5.15 foo: bar by Ann Author: no reply yet"},
		{"[PATCH u-boot v2019.04-of-somebody] foo: do not wait for the "
	         "ring to wrap when it is read from another processor",
	         "u-boot foo: do not wait for the ring to wrap when it is read "
	         "from another processor by Ann Author: no reply yet"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct test_mail mail = {cases[i].title,
		                         "Ann Author <ann@example.org>",
		                         "Do it.\n", ND_NO_MESSAGE};
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = test_thread(ctx, &mail, 1);

		nd_analyse_thread(thread);
		assert_string_equal(nd_gist(ctx, test_i18n(ctx), thread),
		                    cases[i].want);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_how_much_was_taken),
		cmocka_unit_test(those_who_gave_the_same_are_told_together),
		cmocka_unit_test(the_title_is_cut_and_what_happened_stays),
		cmocka_unit_test(a_newer_version_in_the_thread_is_told),
		cmocka_unit_test(who_applied_stays_when_the_tags_are_many),
		cmocka_unit_test(
			patches_that_were_not_posted_here_do_not_count),
		cmocka_unit_test(a_question_without_an_answer_is_asked),
		cmocka_unit_test(what_has_no_higher_number_is_posted_anew),
		cmocka_unit_test(who_refuses_is_who_says_no),
		cmocka_unit_test(the_verb_is_that_of_who_took_it),
		cmocka_unit_test(nobody_is_the_author_of_what_is_missing),
		cmocka_unit_test(
			what_is_left_out_is_the_branch_and_what_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
