/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/utf8.h"

/* The lines of a flowed text, each as "depth:text", joined ones with "*". */
static struct nd_buf *
flowed(const char *text, unsigned flags)
{
	struct nd_buf *out = nd_buf_new(NULL, 1u << 16);
	struct nd_body *body = x_new(out, struct nd_body);

	nd_body_add(body, text, strlen(text), ND_TEXT_FLOWED | flags);
	assert_true(nd_utf8_is_valid(body->text, body->len));
	assert_true(body->flags & ND_BODY_FLOWED);
	for (size_t i = 0; i < body->line_count; i++) {
		const struct nd_line *line = &body->line[i];

		nd_buf_addf(out, "%u%s%.*s\n", line->depth,
		            line->fixed ? "*" : ":", (int)line->len,
		            body->text + line->start);
	}
	return out;
}

static void
test_flowed(void **state)
{
	static const struct {
		const char *text, *want;
		unsigned flags;
	} cases[] = {
		{"one \ntwo \nthree\nfour\n", "0*one two three\n0:four\n", 0},
		{"one \n\ntwo\n", "0:one\n0:\n0:two\n", 0},
		/* DelSp: Chinese has no blanks between words */
		{"\xe4\xb8\x80 \n\xe4\xba\x8c\n",
	         "0*\xe4\xb8\x80\xe4\xba\x8c\n", ND_TEXT_DELSP},
		/* stuffed lines; what is stuffed is not a quote mark when the
	         * line above flows into it */
		{" From here\n  two blanks\n", "0:From here\n0: two blanks\n",
	         0},
		{"a \n > b\n", "0*a > b\n", 0},
		{"a\n > b\n", "0:a\n1:b\n", 0},
		/* only lines of one quote depth are joined */
		{"> a \n> b \n>> c\nd\n", "1*a b\n2:c\n0:d\n", 0},
		{">> a \n> b\n", "2:a\n1:b\n", 0},
		/* the signature mark flows neither way */
		{"bye \n-- \nme\n", "0:bye\n0:--\n0:me\n", 0},
		/* the gap that joining leaves is not half a character */
		{"> \xc3\xa4 \n> \xc3\xb6\xc3\xb6\n",
	         "1*\xc3\xa4 \xc3\xb6\xc3\xb6\n", 0},
		{"", "", 0},
		{" ", "0:\n", 0},
		{"end without newline ", "0:end without newline\n", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *got = flowed(cases[i].text, cases[i].flags);

		assert_string_equal(got->data, cases[i].want);
		talloc_free(got);
	}
}

static void
test_patch_keeps_its_lines(void **state)
{
	struct nd_buf *got = flowed("Please \ntry:\n\n"
	                            "diff --git a/x b/x\n--- a/x\n+++ b/x\n"
	                            "@@ -1,3 +1,3 @@\n  one \n-two \n+2 \n"
	                            "  three \nDoes it \nwork?\n",
	                            0);

	(void)state;
	assert_string_equal(got->data,
	                    "0*Please try:\n0:\n0:diff --git a/x b/x\n"
	                    "0:--- a/x\n0:+++ b/x\n0:@@ -1,3 +1,3 @@\n"
	                    "0: one\n0:-two\n0:+2\n0: three\n"
	                    "0*Does it work?\n");
	talloc_free(got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flowed),
		cmocka_unit_test(test_patch_keeps_its_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
