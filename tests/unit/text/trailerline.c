/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with a trailer: for what it is given, and under which condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/trailerline.h"
#include "util/alloc.h"

static bool
is_text(const char *got, const char *want)
{
	return got && want ? strcmp(got, want) == 0 : got == want;
}

static void
words_that_lead_one_in(void **state)
{
	static const struct {
		const char *lead, *scope, *condition;
	} cases[] = {
		{"With that fixed:", NULL, "with that fixed"},
		{"Looks good. With the comment changed,", NULL,
	         "with the comment changed"},
		{"Assuming the build robots are happy:", NULL,
	         "assuming the build robots are happy"},
		{"You can add my tag once the typo is fixed.", NULL,
	         "once the typo is fixed"},
		{"If you fix the nit above, feel free to add", NULL,
	         "if you fix the nit above"},
		{"Mit der Änderung:", NULL, "mit der Änderung"},
		{"For the KVM patches:", "the KVM patches", NULL},
		{"For the series:", NULL, NULL},
		/* no conditions */
		{"Looks good to me, thanks!", NULL, NULL},
		{"If you like, feel free to add", NULL, NULL},
		{"With this applied, all tests pass.", NULL, NULL},
		{"I tested it with and without KASAN.", NULL, NULL},
		{"", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_trailer got = {
			.type = "Reviewed-by", .number = 0, .total = 4};

		nd_trailerline_lead(tmp, cases[i].lead, strlen(cases[i].lead),
		                    &got);
		if (!is_text(got.scope, cases[i].scope) ||
		    !is_text(got.condition, cases[i].condition))
			fail_msg("'%s': for '%s', if '%s'", cases[i].lead,
			         got.scope ? got.scope : "-",
			         got.condition ? got.condition : "-");
		talloc_free(tmp);
	}
}

static void
what_is_only_proposed(void **state)
{
	static const struct {
		const char *lead;
		bool robot, want;
	} cases[] = {
		{"If you fix the issue, kindly add following tag as "
	         "appropriate",
	         true, true},
		{"If you fix the issue in a separate patch/commit (i.e. not "
	         "just a new version of the same patch/commit), kindly add "
	         "following tags",
	         true, true},
		{"IMPORTANT: if you fix the issue, please add the following "
	         "tag to the commit:",
	         true, true},
		{"syzbot has tested the proposed patch and the reproducer did "
	         "not trigger any issue:",
	         true, false},
		{"Looks good to me.", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_trailer trailer = {.type = "Reported-by"};

		if (nd_trailerline_is_proposal(cases[i].lead,
		                               strlen(cases[i].lead), &trailer,
		                               cases[i].robot) != cases[i].want)
			fail_msg("'%s'", cases[i].lead);
	}
}

static void
what_a_type_says(void **state)
{
	(void)state;
	assert_true(nd_trailer_says("Reviewed-and-tested-by", "reviewed"));
	assert_true(nd_trailer_says("Reviewed-and-tested-by", "tested"));
	assert_false(nd_trailer_says("Reviewed-and-tested-by", "acked"));
	assert_false(nd_trailer_says("Not-acked-by", "acked"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_lead_one_in),
		cmocka_unit_test(what_is_only_proposed),
		cmocka_unit_test(what_a_type_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
