/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which threads are parts of one talk, and which only bear the same title. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "lineage/torn.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Reviewer <ben@example.net>"

enum { DAY_S = 86400, THREADS_MAX = 4, MAILS_MAX = 3 };

static const struct row {
	const char *name;
	struct {
		int day;
		const char
			*subject[MAILS_MAX]; /* the others answer the first */
		size_t talk; /* how many mails it has; 0: it is whole */
	} thread[THREADS_MAX];
} rows[] = {
	{"an answer and its answer, each a thread",
         {{0, {"[list] How to wait for a bar"}, 3},
          {1, {"Re: [list] How to wait for a bar"}, 3},
          {2, {"[list] Re: how to wait for a bar?"}, 3}}},
	{"given in any order",
         {{2, {"Re: How to wait for a bar"}, 2},
          {0, {"How to wait for a bar"}, 2}}},
	{"two people ask the same",
         {{0, {"How to wait for a bar"}, 0},
          {1, {"How to wait for a bar"}, 0}}},
	{"the answer is to the one who asked last",
         {{0, {"How to wait for a bar"}, 0},
          {1, {"How to wait for a bar"}, 2},
          {2, {"Re: How to wait for a bar"}, 2}}},
	{"the same person asks again within days",
         {{0, {"How to wait for a bar"}, 3},
          {1, {"Re: How to wait for a bar"}, 3},
          {2, {"How to wait for a bar"}, 3}}},
	{"and weeks later",
         {{0, {"How to wait for a bar"}, 2},
          {1, {"Re: How to wait for a bar"}, 2},
          {20, {"How to wait for a bar"}, 0}}},
	{"a patch that is sent again within days",
         {{0, {"[PATCH] foo: Wait for a bar"}, 2},
          {1, {"Re: [PATCH] foo: Wait for a bar"}, 2},
          {2, {"[PATCH] foo: Wait for a bar"}, 0}}},
	{"the first is missing",
         {{1, {"Re: How to wait for a bar"}, 2},
          {2, {"Re: How to wait for a bar"}, 2}}},
	{"one word names nothing",
         {{0, {"Question"}, 0}, {1, {"Re: Question"}, 0}}},
	{"after months it is another talk",
         {{0, {"How to wait for a bar"}, 0},
          {90, {"Re: How to wait for a bar"}, 0}}},
	{"answers to patches of a series",
         {{0,
           {"[PATCH v2 0/2] Bars that wait", "[PATCH v2 1/2] foo: Add a bar",
            "[PATCH v2 2/2] foo: Wait for a bar"},
           5},
          {1, {"Re: [PATCH v2 1/2] foo: Add a bar"}, 5},
          {2, {"Re: [PATCH v2 2/2] foo: Wait for a bar"}, 5},
          {3, {"Re: [PATCH 2/2] foo: Wait for a bar"}, 0}}},
	{"patches for two releases",
         {{0, {"[PATCH 5.10] foo: Wait for a bar"}, 2},
          {0, {"[PATCH 5.15] foo: Wait for a bar"}, 0},
          {1, {"Re: [PATCH 5.10] foo: Wait for a bar"}, 2}}},
	{"a talk about patches is not their thread",
         {{0, {"[PATCH] foo: Wait for a bar"}, 0},
          {1, {"Re: foo: Wait for a bar"}, 0}}},
};

static void
parts_of_talks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread[THREADS_MAX];
		size_t count = 0;

		for (; count < THREADS_MAX && rows[i].thread[count].subject[0];
		     count++) {
			struct test_mail mails[MAILS_MAX];
			size_t mail = 0;

			for (; mail < MAILS_MAX &&
			       rows[i].thread[count].subject[mail];
			     mail++)
				mails[mail] = (struct test_mail){
					rows[i].thread[count].subject[mail],
					count % 2 ? BEN : ANN, "Bar.\n",
					mail > 0 ? 0 : ND_NO_MESSAGE};
			thread[count] = test_thread(tmp, mails, mail);
			while (mail-- > 0) {
				struct nd_message *one =
					thread[count]->message[mail];

				one->date_s +=
					rows[i].thread[count].day * DAY_S;
				one->id = x_asprintf(one, "%zu.%zu@x", count,
				                     mail);
			}
			nd_analyse_thread(thread[count]);
		}
		nd_torn_find(tmp, thread, count);
		for (size_t k = 0; k < count; k++) {
			const struct nd_talk *talk = thread[k]->talk;
			size_t got = talk ? talk->count : 0;

			if (got != rows[i].thread[k].talk)
				print_message("%s: thread %zu\n", rows[i].name,
				              k);
			assert_int_equal(got, rows[i].thread[k].talk);
			for (size_t n = 1; n < got; n++)
				assert_true(talk->message[n - 1]->date_s <=
				            talk->message[n]->date_s);
		}
		talloc_free(tmp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_of_talks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
