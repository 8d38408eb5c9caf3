/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "robot/reportform.h"
#include "build.h"

#define ADA "Ada Lovelace <ada@example.org>"
#define QA "qa@example.org"
#define ROWS \
	"Applied on: 0f3a9c1 (main)\nBuild:      ok\n" \
	"Unit tests: 212 run, 210 passed, 2 failed\n" \
	"  FAILED ring/test_shrink\n" \
	"Log:        https://qa.example.org/runs/818\n"

static void
reports(void **state)
{
	static const struct {
		const char *from, *subject, *text;
		bool want;
	} rows[] = {
		{QA, "Re: [PATCH] ring: grow",
	         "Hello Ada,\n\nthe results are below.\n\n" ROWS, true},
		{QA, "Jenkins build became unstable: ring #12",
	         "See <https://ci.example.org/job/ring/12/display>\n", true},
		{QA, "|SUCCESS| pw12345 [PATCH] ring: grow",
	         "Test-Label: style\nTest-Status: SUCCESS\n", true},
		{QA, "\xe2\x9d\x8c FAIL: Test report for ring 5.12",
	         "We ran tests on a recent commit from this tree.\n\n"
	         "    Tests: FAILED\n        ( I )     Integration\n",
	         true},
		/* people */
		{ADA, "Re: [PATCH] ring: grow", ROWS "\nI will look.\n", false},
		{ADA, "Re: [PATCH] ring: grow", ROWS "\nCan you look?\n",
	         false},
		{ADA, "Re: [PATCH] ring: grow", "> It is fine.\n\n" ROWS,
	         false},
		{ADA, "Re: [PATCH] ring: grow", ROWS "\nAda\n", false},
		{ADA, "Parallel build failures with ring 2.40",
	         "We've been seeing failures:\n\n" ROWS, false},
		{ADA, "Re: [PATCH] ring: grow",
	         "It builds now: FAILED no more.\n", false},
		{ADA, "\xe2\x9d\x8c FAIL: what is this?", "I see this often.\n",
	         false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mail = {rows[i].subject, rows[i].from,
		                               rows[i].text, 0};

		if (nd_reportform_is(test_message(ctx, &mail)) != rows[i].want)
			fail_msg("case %zu", i);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(reports)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
