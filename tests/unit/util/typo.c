/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/typo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
counts_what_fingers_do(void **state)
{
	static const struct {
		const char *a, *b;
		size_t distance;
	} cases[] = {
		{"", "", 0},          {"show", "show", 0},
		{"show", "SHOW", 0},  {"sow", "show", 1},
		{"shhow", "show", 1}, {"snow", "show", 1},
		{"hsow", "show", 1},  {"reprot", "report", 1},
		{"ab", "ba", 1},      {"updaet", "update", 1},
		{"", "show", 4},      {"kvm", "show", 4},
		{"stats", "show", 4}, {"thread", "thread-dir", 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(nd_typo_distance(cases[i].a, cases[i].b),
		                 cases[i].distance);
		assert_int_equal(nd_typo_distance(cases[i].b, cases[i].a),
		                 cases[i].distance);
	}
	assert_true(nd_typo_distance("pneumonoultramicroscopicsilicovolcano",
	                             "show") == SIZE_MAX);
}

static void
finds_the_word_that_was_meant(void **state)
{
	static const char *const words[] = {"report",     "show",   "series",
	                                    "update",     "status", "clean",
	                                    "thread-dir", "help",   NULL};
	static const struct {
		const char *text, *nearest;
	} cases[] = {
		{"reprot", "report"},
		{"repotr", "report"},
		{"Report", "report"},
		{"updat", "update"},
		{"udpaet", "update"}, /* two, of six letters */
		{"udpa", NULL},       /* two, of four */
		{"upadt", NULL},      /* two, of five */
		{"stats", "status"},
		{"statu", "status"},
		{"sho", "show"},
		{"threaddir", "thread-dir"},
		{"thread-dri", "thread-dir"},
		{"hlep", "help"},
		{"kvm", NULL},
		{"vgic", NULL},
		{"thread", NULL},
		{"sh0w", NULL},
		{"show:", NULL},
		{"-show", NULL},
		{"from:show", NULL},
		{"", NULL},
		{"*", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got = nd_typo_nearest(cases[i].text, words);
		const char *want = cases[i].nearest;

		if (!got != !want || (got && strcmp(got, want) != 0))
			fail_msg("'%s' is near '%s', not '%s'", cases[i].text,
			         got ? got : "", want ? want : "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_what_fingers_do),
		cmocka_unit_test(finds_the_word_that_was_meant),
	};

	return cmocka_run_group_tests_name("typo", tests, NULL, NULL);
}
