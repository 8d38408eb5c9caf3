/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/mboxrd.h"
#include "util/alloc.h"

#define LINE "From a@example.org Mon Mar  1 10:00:00 2021\n"

static void
lines_that_would_begin_a_mail_are_quoted(void **state)
{
	static const struct {
		const char *mail, *want;
	} cases[] = {
		{"S: x\n\ntext\n", LINE "S: x\n\ntext\n\n"},
		{"S: x\n\nFrom here\n", LINE "S: x\n\n>From here\n\n"},
		{"S: x\n\n>From here\n", LINE "S: x\n\n>>From here\n\n"},
		{"S: x\n\n>>From \n", LINE "S: x\n\n>>>From \n\n"},
		{"S: x\n\n> From here\n From\nFrom\nFrom: x\n>\n",
	         LINE "S: x\n\n> From here\n From\nFrom\nFrom: x\n>\n\n"},
		/* it ends with a line end, whatever the mail does */
		{"S: x\n\ntext", LINE "S: x\n\ntext\n\n"},
		{"S: x\n\nFrom here", LINE "S: x\n\n>From here\n\n"},
		{"S: x\n\n\n", LINE "S: x\n\n\n\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1000);

		nd_mboxrd_add(out, "a@example.org", 1614592800, cases[i].mail,
		              strlen(cases[i].mail));
		assert_string_equal(out->data, cases[i].want);
		talloc_free(out);
	}
}

static void
mails_stand_behind_each_other(void **state)
{
	struct nd_buf *out = nd_buf_new(NULL, 1000);

	(void)state;
	for (int i = 0; i < 2; i++)
		nd_mboxrd_add(out, "a@example.org", 1614592800, "S: x\n\nt\n",
		              strlen("S: x\n\nt\n"));
	assert_string_equal(out->data,
	                    LINE "S: x\n\nt\n\n" LINE "S: x\n\nt\n\n");
	talloc_free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_would_begin_a_mail_are_quoted),
		cmocka_unit_test(mails_stand_behind_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
