/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which threads of a report are one entry, and which only look like it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "lineage/family.h"
#include "lineage/versions.h"
#include "standing/state.h"

enum {
	DAY_S = 86400,
	THREADS_MAX = 5,
	MAILS_MAX = 4,
	OWN = -1, /* an entry of its own */
};

static const struct nd_window window = {
	.since_s = 1590000000,
	.until_s = 1610000000,
	.now_s = 1610000000,
};

#define ANN "Ann Author <ann@example.org>"
#define BOB "Bob Builder <bob@example.net>"
#define GREG "Greg Keeper <greg@example.com>"
#define UPSTREAM "commit c4b000c3928d4f20acef79dccf3a65ae3795e0b0 upstream.\n"

/* Mails of one thread; the first posts, all others answer it. */
struct posting {
	struct {
		const char *subject, *from, *text;
	} mail[MAILS_MAX];
	const char *to; /* of the first; NULL: nobody of interest */
	int entry;      /* index of the thread whose entry tells it */
	enum nd_kin kin;
};

static const struct row {
	const char *name;
	struct posting posting[THREADS_MAX];
} rows[] = {
	{"versions, all in the newest",
         {{{{"[PATCH 0/3] arm64: Fix the thing", ANN, 0}},
           0,
           2,
           ND_KIN_EARLIER},
          {{{"[PATCH v2 0/3] arm64: Fix the thing", ANN, 0}},
           0,
           2,
           ND_KIN_EARLIER},
          {{{"[PATCH v3 0/3] arm64: Fix the thing", ANN, 0}}, 0, OWN, 0}}},
	{"another author's, and another chip's",
         {{{{"[PATCH] iio: adc: ab7193: fix the range of channel 2", ANN, 0}},
           0,
           OWN,
           0},
          {{{"[PATCH v2] iio: adc: ab7194: fix the range of channel 2", ANN,
             0}},
           0,
           OWN,
           0},
          {{{"[PATCH] iio: adc: ab7193: fix the range of channel 2", BOB, 0}},
           0,
           OWN,
           0}}},
	{"a resend",
         {{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, 1, ND_KIN_AGAIN},
          {{{"[PATCH RESEND] clk: fix one more thing", ANN, 0}}, 0, OWN, 0}}},
	{"backports, in the original",
         {{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"[PATCH 5.4.y] clk: fix one more thing", ANN, 0}},
           0,
           0,
           ND_KIN_BACKPORT},
          {{{"[PATCH stable-5.10 v2] clk: fix one more thing", ANN, 0}},
           0,
           0,
           ND_KIN_BACKPORT},
          {{{"[PATCH AUTOSEL 4.19 12/60] clk: fix one more thing", GREG,
             "From: Ann Author <ann@example.org>\n\nIt is wrong.\n"}},
           "ann@example.org",
           0,
           ND_KIN_BACKPORT}}},
	{"without the original, in that for the newest release",
         {{{{"[PATCH 4.9] clk: fix one more thing", ANN, 0}},
           0,
           1,
           ND_KIN_BACKPORT},
          {{{"[PATCH 5.10] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"[PATCH 5.4] clk: fix one more thing", ANN, 0}},
           0,
           1,
           ND_KIN_BACKPORT}}},
	{"to trees that only the text names: the later one",
         {{{{"[PATCH] clk: fix one more thing", ANN, UPSTREAM}},
           "stable@vger.kernel.org",
           1,
           ND_KIN_BACKPORT},
          {{{"[PATCH] clk: fix one more thing", ANN, UPSTREAM}},
           "stable@vger.kernel.org",
           OWN,
           0}}},
	{"an earlier version of a backport is one",
         {{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"[PATCH 5.4] clk: fix one more thing", ANN, 0}},
           0,
           0,
           ND_KIN_BACKPORT},
          {{{"[PATCH 5.4 v2] clk: fix one more thing", ANN, 0}},
           0,
           0,
           ND_KIN_BACKPORT}}},
	{"of three patches a backport has one that the original has not",
         {{{{"[PATCH 0/2] clk: fix all of it", ANN, 0},
            {"[PATCH 1/2] clk: fix one more thing", ANN, 0},
            {"[PATCH 2/2] clk: fix the other thing", ANN, 0}},
           0,
           OWN,
           0},
          {{{"[PATCH 5.4 0/2] clk: fix all of it", ANN, 0},
            {"[PATCH 5.4 1/2] clk: fix one more thing", ANN, 0},
            {"[PATCH 5.4 2/2] clk: fix a third thing", ANN, 0}},
           0,
           OWN,
           0},
          {{{"[PATCH 5.10] clk: fix the other thing", ANN, 0}},
           0,
           0,
           ND_KIN_BACKPORT}}},
	{"backports of somebody else's patch with this title",
         {{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"[PATCH 5.4] clk: fix one more thing", BOB, 0}}, 0, OWN, 0}}},
	{"a title that says nothing",
         {{{{"[PATCH] fix typo", ANN, 0}}, 0, OWN, 0},
          {{{"[PATCH 5.4] fix typo", ANN, 0}}, 0, OWN, 0}}},
	{"a notice, sent to the author",
         {{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"Patch \"clk: fix one more thing\" has been added to the "
             "5.4-stable tree",
             GREG, 0}},
           "ann@example.org",
           0,
           ND_KIN_NOTICE},
          {{{"Patch \"clk: fix one more thing\" has been added to the "
             "5.4-stable tree",
             GREG, 0}},
           "bob@example.net",
           OWN,
           0}}},
	{"a notice that somebody answers is talk",
         {{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"Patch \"clk: fix one more thing\" has been added to the "
             "5.4-stable tree",
             GREG, 0},
            {"Re: Patch \"clk: fix one more thing\" has been added to the "
             "5.4-stable tree",
             ANN, "Please drop it, it breaks the build.\n"}},
           "ann@example.org",
           OWN,
           0}}},
	{"talk about the patch, and answers to one that is missing",
         {{{{"[PATCH v2] clk: fix one more thing", ANN, 0}}, 0, OWN, 0},
          {{{"Re: [PATCH] clk: fix one more thing", BOB, "Why?\n"}}, 0, OWN, 0},
          {{{"clk: fix one more thing", ANN, "Who has seen that?\n"}},
           0,
           OWN,
           0}}},
	{"one patch of three, sent again alone",
         {{{{"[PATCH 0/3] clk: rework all of it", ANN, 0},
            {"[PATCH 1/3] clk: fix one more thing", ANN, 0},
            {"[PATCH 2/3] clk: fix the other thing", ANN, 0},
            {"[PATCH 3/3] clk: fix the third thing", ANN, 0}},
           0,
           OWN,
           0},
          {{{"[PATCH v2] clk: fix one more thing", ANN, 0}}, 0, OWN, 0}}},
	{"the tests of a series, which points to them",
         {{{{"[kvm-unit-tests PATCH v2 0/5] arm64: Test the profiling unit",
             ANN, 0}},
           0,
           OWN,
           0},
          {{{"[PATCH v3 0/16] arm64: Add the profiling unit", ANN,
             "The tests: https://lore.kernel.org/r/0-0@x\n"}},
           0,
           OWN,
           0}}},
};

static struct nd_thread *
make_thread(const void *ctx, const struct posting *posting, int place)
{
	struct test_mail mail[MAILS_MAX];
	struct nd_thread *thread;
	int count = 0;

	for (; count < MAILS_MAX && posting->mail[count].subject; count++) {
		mail[count].subject = posting->mail[count].subject;
		mail[count].from = posting->mail[count].from;
		mail[count].text = posting->mail[count].text
		                           ? posting->mail[count].text
		                           : "text\n";
		mail[count].parent = count == 0 ? ND_NO_MESSAGE : 0;
	}
	thread = test_thread(ctx, mail, (size_t)count);
	for (int i = 0; i < count; i++) {
		thread->message[i]->id =
			x_asprintf(thread, "%d-%d@x", place, i);
		thread->message[i]->date_s += (int64_t)place * DAY_S;
	}
	if (posting->to) {
		struct nd_address_list *to = &thread->message[0]->to;

		*x_append(thread, to->address, to->count) =
			test_address(thread, posting->to);
	}
	nd_analyse_thread(thread);
	return thread;
}

static void
add_fingerprint(const void *ctx, struct nd_fingerprint_list *list,
                const struct nd_series *series)
{
	if (series && series->fingerprint)
		*x_append(ctx, list->fingerprint, list->count) =
			series->fingerprint;
}

static void
link_and_find(const void *ctx, struct nd_thread **thread, size_t count)
{
	struct nd_fingerprint_list fingerprints = {0};

	for (size_t i = 0; i < count; i++) {
		add_fingerprint(ctx, &fingerprints, thread[i]->series);
		for (size_t k = 0; k < thread[i]->more_series_count; k++)
			add_fingerprint(ctx, &fingerprints,
			                thread[i]->more_series[k]);
	}
	nd_versions_link(&fingerprints);
	for (size_t i = 0; i < count; i++)
		nd_state_settle(thread[i], &window);
	nd_family_find(thread, count);
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		const struct row *row = &rows[r];
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread[THREADS_MAX];
		size_t count = 0, told = 0, members = 0;

		for (;
		     count < THREADS_MAX && row->posting[count].mail[0].subject;
		     count++)
			thread[count] = make_thread(tmp, &row->posting[count],
			                            (int)count);
		link_and_find(tmp, thread, count);
		for (size_t i = 0; i < count; i++) {
			const struct nd_family *family = &thread[i]->family;
			int entry = row->posting[i].entry;

			if (family->entry !=
			            (entry == OWN ? NULL : thread[entry]) ||
			    family->kin != row->posting[i].kin)
				fail_msg("%s: thread %zu", row->name, i);
			told += entry != OWN;
			members += family->member_count;
			/* Who is told elsewhere tells nobody. */
			assert_true(!family->entry ||
			            family->member_count == 0);
		}
		assert_int_equal(told, members);
		talloc_free(tmp);
	}
}

/* Versions first, the newest before; then backports, the newest release. */
static void
test_order(void **state)
{
	static const struct posting postings[] = {
		{{{"[PATCH 5.4] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH 5.10] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH v2] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH v3] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
	};
	static const int want[] = {3, 1, 2, 0};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread[5];
	const struct nd_family *family;

	(void)state;
	for (int i = 0; i < 5; i++)
		thread[i] = make_thread(tmp, &postings[i], i);
	link_and_find(tmp, thread, 5);
	family = &thread[4]->family;
	assert_int_equal(family->member_count, 4);
	for (int i = 0; i < 4; i++)
		assert_ptr_equal(family->member[i], thread[want[i]]);
	talloc_free(tmp);
}

/* What the user must do is never hidden, nor what is encrypted. */
static void
test_kept(void **state)
{
	static const struct posting postings[] = {
		{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH v2] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread[2];
	struct nd_for_you *you;

	(void)state;
	for (int i = 0; i < 2; i++)
		thread[i] = make_thread(tmp, &postings[i], i);
	link_and_find(tmp, thread, 2);
	assert_ptr_equal(thread[0]->family.entry, thread[1]);
	thread[0]->encrypted = true;
	nd_family_find(thread, 2);
	assert_null(thread[0]->family.entry);
	assert_int_equal(thread[1]->family.member_count, 0);
	thread[0]->encrypted = false;
	you = x_append(thread[0], thread[0]->for_you, thread[0]->for_you_count);
	nd_family_find(thread, 2);
	assert_non_null(thread[0]->family.entry);
	you->turn = true;
	nd_family_find(thread, 2);
	assert_null(thread[0]->family.entry);
	talloc_free(tmp);
}

/* The middle version has no mail in the report. */
static void
test_gap(void **state)
{
	static const struct posting postings[] = {
		{{{"[PATCH] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH v2] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
		{{{"[PATCH v3] clk: fix one more thing", ANN, 0}}, 0, 0, 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		thread[i] = make_thread(tmp, &postings[i], i);
	link_and_find(tmp, thread, 3);
	thread[1] = thread[2];
	nd_family_find(thread, 2);
	assert_ptr_equal(thread[0]->family.entry, thread[2]);
	talloc_free(tmp);
}

/* Hostile: many threads of one title, for many trees or for one. */
static void
test_many(void **state)
{
	enum { MANY = 3000 };
	void *tmp = talloc_new(NULL);
	struct nd_thread **thread = x_array(tmp, struct nd_thread *, MANY);
	size_t told = 0;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct posting posting = {
			{{NULL, i % 3 ? ANN : BOB, NULL}}, 0, 0, 0};

		posting.mail[0].subject = x_asprintf(
			tmp, "[PATCH 5.%d] clk: fix one more thing", i % 900);
		thread[i] = make_thread(tmp, &posting, i);
	}
	link_and_find(tmp, thread, MANY);
	for (int i = 0; i < MANY; i++)
		told += thread[i]->family.entry != NULL;
	assert_int_equal(told, MANY - 2);
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows), cmocka_unit_test(test_order),
		cmocka_unit_test(test_kept), cmocka_unit_test(test_gap),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
