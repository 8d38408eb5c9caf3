/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question that an answer stands below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "build.h"
#include "summarise/quotedquestion.h"

static void
the_last_one_above(void **state)
{
	static const struct {
		const char *text, *want; /* above the line "Answer." */
	} cases[] = {
		{"> What delay does it add?\nAnswer.\n",
	         "What delay does it add?"},
		{"> It is fine.  But what delay\n> does it add? Thanks.\n\n"
	         "Answer.\n",
	         "But what delay does it add?"},
		{"> Is it so? And why is that?\nAnswer.\n", "And why is that?"},
		{"> It is fine.\nAnswer.\n", NULL},
		{"> Why?\nAnswer.\n", NULL},
		{"> x = a ? b : c; is that what you mean here?\nAnswer.\n",
	         NULL},
		{"> Is that what you mean?\n\nOther.\n\nAnswer.\n", NULL},
		{"Answer.\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		const struct nd_body *body = test_body(tmp, cases[i].text);
		int32_t mail;
		const char *got = nd_quotedquestion_above(
			tmp, body, (uint32_t)body->line_count - 1, &mail);

		if (cases[i].want ? !got || strcmp(got, cases[i].want) != 0
		                  : got != NULL)
			fail_msg("'%s': '%s'", cases[i].text, got ? got : "");
		talloc_free(tmp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_one_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
