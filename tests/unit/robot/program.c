/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "robot/program.h"
#include "build.h"

static void
declared(void **state)
{
	static const struct {
		const char *text;
		bool want;
	} rows[] = {
		{"This is automated email and please do not reply to this "
	         "email!\n\nDear submitter,\nok\n",
	         true},
		{"NOTE: This is an automated message.\nok\n", true},
		{"Build 12 failed.\n\na\nb\n\n-- \nPlease do not reply to this "
	         "e-mail.\n",
	         true},
		{"Diese E-Mail wurde automatisch erzeugt.\nok\n", true},
		{"Ceci est un message automatique.\nok\n", true},
		{"本邮件由系统自动发出。\nok\n", true},
		{"[ Ada's backport helper bot ]\n\nHi,\nok\n", true},
		{"My bot found errors running 'make x_check' on your patch:\n",
	         true},
		{"[ this was sent by a bot, and I am not one ]\n", false},
		{"Why does it say \"this is an automated message\"?\n", false},
		{"> This is an automated message.\n\nIt is not.\n", false},
		{"a\nb\nc\nThis is an automated message.\nd\ne\nf\ng\n", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct nd_body *body = test_body(NULL, rows[i].text);

		if (nd_program_declares(body) != rows[i].want)
			print_message("# case %zu\n", i);
		assert_int_equal(nd_program_declares(body), rows[i].want);
		talloc_free(body);
	}
	assert_false(nd_program_declares(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(declared)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
