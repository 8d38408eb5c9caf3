/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question or remark that an answer stands below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "build.h"
#include "summarise/quotedquestion.h"

struct above {
	const char *text, *want; /* above the line "Answer." */
};

typedef const char *reader(const void *ctx, const struct nd_body *body,
                           uint32_t line, int32_t *mail);

static void
check(const struct above *cases, size_t count, reader *read)
{
	for (size_t i = 0; i < count; i++) {
		void *tmp = talloc_new(NULL);
		const struct nd_body *body = test_body(tmp, cases[i].text);
		int32_t mail;
		const char *got =
			read(tmp, body, (uint32_t)body->line_count - 1, &mail);

		if (cases[i].want ? !got || strcmp(got, cases[i].want) != 0
		                  : got != NULL)
			fail_msg("'%s': '%s'", cases[i].text, got ? got : "");
		talloc_free(tmp);
	}
}

static void
the_last_one_above(void **state)
{
	static const struct above cases[] = {
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
		/* quotation marks within others; halves; what was left out */
		{"> Would \"that\" do?\nAnswer.\n", "Would 'that' do?"},
		{"> Would \"that do?\nAnswer.\n", NULL},
		{"> Why not just use (?\nAnswer.\n", NULL},
		{"> I ask (what is it? Or what?), so why not this?\nAnswer.\n",
	         NULL},
		/* of a paragraph, which may be a long one, but not torn */
		{"> cat: x: No such file or directory\n>\n> What did I miss?\n"
	         "Answer.\n",
	         "What did I miss?"},
		{"> --repair to try out? Thanks!\n> 1\n> 2\n> 3\n> 4\n> 5\n> 6\n"
	         "Answer.\n",
	         NULL},
		{"> We see it, as\n> a\n> b\n> c\n> d\n> e\n> f\n> g\n> h\n> i\n"
	         "> j\n> k\n> l\n> m\n> n, or --repair to try out?\nAnswer.\n",
	         NULL},
		{"> Would you a)\n> take it or b) drop it?\nAnswer.\n",
	         "Would you a) take it or b) drop it?"},
		{"> [...] Is it so then?\nAnswer.\n", "Is it so then?"},
		/* what stands before a question of nothing */
		{"> The lock is taken twice. Does that make sense?\nAnswer.\n",
	         "The lock is taken twice."},
		{"> Did you try that?\nAnswer.\n", "Did you try that?"},
		{"Answer.\n", NULL},
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases, nd_quotedquestion_above);
}

static void
the_last_remark_above(void **state)
{
	static const struct above cases[] = {
		{"> Please drop the lock first.\nAnswer.\n",
	         "Please drop the lock first."},
		{"> It is fine.  But drop that\n> lock, please!\n\nAnswer.\n",
	         "But drop that lock, please!"},
		{"> One paragraph.\n>\n> And one more here.\n>\nAnswer.\n",
	         "And one more here."},
		{"> Please drop the lock first. You know this.\nAnswer.\n",
	         "Please drop the lock first."},
		{"> Please drop the lock first. You know this driver.\nAnswer.\n",
	         "You know this driver."},
		{"> It is `lock`;\n> twice = 1. You know this.\nAnswer.\n",
	         "You know this."},
		/* Torn, code, no sentence. */
		{"> and drop the lock.\nAnswer.\n", NULL},
		{"> Drop the lock and\nAnswer.\n", NULL},
		{"> Use foo = bar; here.\nAnswer.\n", NULL},
		{"Answer.\n", NULL},
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases, nd_quotedquestion_remark);
}

static void
the_last_line_above(void **state)
{
	static const struct above cases[] = {
		{"> +	if (old_state && !new_state)\nAnswer.\n",
	         "if (old_state && !new_state)"},
		{"> Sort the table\nAnswer.\n", "Sort the table"},
		/* the end of a call; a name, and what stands above it */
		{"> +	item = first(&list,\n> +		     struct item, node);\n"
	         "Answer.\n",
	         NULL},
		{"> It is so\n>\n> Roberto\nAnswer.\n", NULL},
		{"> It is so\n>\n> Kind regards,\nAnswer.\n", NULL},
		{"> Hello all,\nAnswer.\n", NULL},
		{"> It is so\n>\n> Signed-off-by: Bo <bo@example.org>\nAnswer.\n",
	         NULL},
	};

	(void)state;
	check(cases, sizeof cases / sizeof *cases, nd_quotedquestion_line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_one_above),
		cmocka_unit_test(the_last_remark_above),
		cmocka_unit_test(the_last_line_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
