/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each case writes what every line becomes in front of it: "O|" own, "_|"
 * blank, "S|" signature, "1|" a quote, "D|" diff.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "body/signoff.h"
#include "util/alloc.h"
#include "util/buf.h"

static size_t
own_bytes(const struct nd_body *body)
{
	size_t bytes = 0;

	for (size_t i = 0; i < body->line_count; i++)
		if (body->line[i].kind == ND_LINE_OWN)
			bytes += body->line[i].len;
	return bytes;
}

static void
check(const char *name, const char *text)
{
	struct nd_address from = {.name = name, .addr = "x@example.org"};
	struct nd_buf *want = nd_buf_new(NULL, 1u << 16);
	struct nd_buf *plain = nd_buf_new(want, 1u << 16);
	struct nd_buf *got = nd_buf_new(want, 1u << 16);
	struct nd_body *body = x_new(want, struct nd_body);

	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");

		nd_buf_addc(want, *at);
		nd_buf_add(plain, at + 2, len - 2);
		nd_buf_addc(plain, '\n');
		at += len + 1;
	}
	nd_body_add(body, plain->data, plain->len, 0);
	nd_signoff_mark(body, &from);
	for (size_t i = 0; i < body->line_count; i++)
		nd_buf_addc(got, "_O1ASD"[body->line[i].kind]);
	assert_string_equal(got->data, want->data);
	assert_int_equal(body->own_bytes, own_bytes(body));
	talloc_free(want);
}

static void
a_name_ends_the_text(void **state)
{
	(void)state;
	check("Simon White", "O|It is on the page.\n_|\nS|Simon\n");
	check("Simon White", "O|It is on the page.\nO|Regards\nS|Simon\n_|\n"
	                     "S|Simon White\nS|Business Solutions\n_|\n"
	                     "S|1-45 Durham Street\n");
	check("White, Simon",
	      "O|It is.\nS|Simon White\nS|Business Solutions\n");
	check("Gregg Vanderheiden",
	      "O|It is.\n_|\nS|Gregg\n_|\nS|Gregg C Vanderheiden Ph.D.\n"
	      "S|Professor - Human Factors\n");
	check("simon", "O|It is.\nS|--Simon\nS|maker of things\n");
	/* what was answered stands below */
	check("Simon White",
	      "O|It is.\n_|\nS|Simon White\nS|JKD\n_|\n1|> Where?\n");
	check("Jörg Müller", "O|Ja.\n_|\nS|Jörg\nS|Berlin\n");
}

static void
an_author_who_goes_on_is_heard(void **state)
{
	(void)state;
	check("Simon White", "O|It is.\nO|Simon\n_|\n1|> Where?\n_|\n"
	                     "O|On the page.\n");
	check("Simon White", "O|It is.\n_|\nO|Simon\n_|\n"
	                     "O|Reviewed-by: Simon White <s@example.org>\n");
	check("Simon White", "O|It is.\n_|\nS|Simon\n_|\nO|P.S. Not yet.\n");
	check("Simon White", "O|Simon\n_|\nO|is what they call me.\n");
	check("Simon White", "O|It is.\nO|Simon says so.\nO|And so do I.\n");
	check("Simon White", "O|It is.\nO|Simon:\nO|do not.\n");
	check("Simon White", "O|It is.\nO|Mirela\nO|said so.\n");
	check("J. Doe", "O|It is.\nO|J.\nO|said so.\n");
	check("", "O|It is.\nO|Simon\n");
	check(", Simon White", "O|It is.\nO|Simon says so.\nO|So do I.\n");
	/* a change log between the name and a patch */
	check("Simon White",
	      "O|Fix it.\n_|\nO|Simon\n_|\nO|v2: fixed more\n_|\n"
	      "D|diff --git a/x b/x\nD|--- a/x\nD|+++ b/x\nD|@@ -1 +1 @@\n"
	      "D|-a\nD|+b\n");
	/* more than a signature has */
	check("Simon White", "O|It is.\nO|Simon\nO|1\nO|2\nO|3\nO|4\nO|5\nO|6\n"
	                     "O|7\nO|8\nO|9\nO|10\nO|11\nO|12\nO|13\nO|14\n"
	                     "O|15\nO|16\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_ends_the_text),
		cmocka_unit_test(an_author_who_goes_on_is_heard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
