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
		{"Hi,\n\nThis is the friendly patch-bot of Ada.  You have sent\n"
	         "her a patch.\n",
	         true},
		{"Hi, this is ringbot, the ring's tracking bot.\n", true},
		{"I am a bot.\nok\n", true},
		{"a\nb\nc\nd\nPlease note: this email is coming from an "
	         "unmonitored mailbox.\n",
	         true},
		{"I'm going to write a bot that answers all of them.\n", false},
		{"This is the bot false positive that was reported.\n", false},
		{"This is what the bot found.\n", false},
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
