/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "build.h"
#include "text/utterance.h"
#include "util/buf.h"

/* All utterances, divided by "|". */
static const char *
said(const void *ctx, const char *text)
{
	struct nd_utterances all =
		nd_utterances_read(ctx, test_body(ctx, text));
	struct nd_buf *out = nd_buf_new(ctx, 1 << 20);

	for (size_t i = 0; i < all.count; i++) {
		nd_buf_adds(out, i > 0 ? "|" : "");
		nd_buf_add(out, all.utterance[i].text, all.utterance[i].len);
	}
	return out->data;
}

static void
sentences_of_own_text(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", ""},
		{"Applied, thanks.\n", "Applied, thanks."},
		{"One is\nwrapped here. Two.\n", "One is wrapped here.|Two."},
		{"What for? Why?\n", "What for?|Why?"},
		{"See e.g. Foo and i.e. bar.\n", "See e.g. Foo and i.e. bar."},
		{"J. Doe did it. Really.\n", "J. Doe did it.|Really."},
		{"Use foo.c and v5.1 here.\n", "Use foo.c and v5.1 here."},
		{"Hi Ann,\nfine with me.\n", "fine with me."},
		{"Hiding it is fine,\nyes.\n", "Hiding it is fine, yes."},
		{"- one\n- two\n", "- one|- two"},
		{"> Applied, thanks.\n\nNo.\n", "No."},
		{"a b wrote:\n> x\ny\n", "y"},
		{"Fine.\n-- \nApplied, thanks.\n", "Fine."},
		{"Reviewed-by: A <a@b>\nFine.\n", "Fine."},
		{"Cc: stable@x.org\nLink: https://x/y\nOk\n", "Ok"},
		{"Look:\n\tif (a) return;\n    foo?\nOk.\n", "Look:|Ok."},
		{"\xe5\xa5\xbd\xe5\x90\x97\xef\xbc\x9f"
	         "\xe5\xa5\xbd\xe3\x80\x82\n",
	         "\xe5\xa5\xbd\xe5\x90\x97\xef\xbc\x9f|"
	         "\xe5\xa5\xbd\xe3\x80\x82"},
		/* A patch proposed in the mail speaks for itself only. */
		{"How about:\n\n-->8--\nApply it.\n\n---\n"
	         "diff --git a/x b/x\n",
	         "How about:"},
		{"...\n", ""},
		{"? ? ?\n", ""},
		{"+foo();\n+1 for that.\n", "+1 for that."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);

		assert_string_equal(said(tmp, cases[i].text), cases[i].want);
		talloc_free(tmp);
	}
}

static void
lines_are_known(void **state)
{
	void *tmp = talloc_new(NULL);
	struct nd_utterances all = nd_utterances_read(
		tmp, test_body(tmp, "> q\n\nA wrapped\nanswer. Then\nmore.\n"
	                            "\nNew.\n"));

	(void)state;
	assert_int_equal(all.count, 3);
	assert_int_equal(all.utterance[0].line, 2);
	assert_int_equal(all.utterance[0].last_line, 3);
	assert_true(all.utterance[0].opens);
	assert_true(all.utterance[0].answer);
	assert_int_equal(all.utterance[1].line, 3);
	assert_int_equal(all.utterance[1].last_line, 4);
	assert_false(all.utterance[1].opens);
	assert_int_equal(all.utterance[2].line, 6);
	assert_false(all.utterance[2].answer);
	talloc_free(tmp);
}

static void
no_body_says_nothing(void **state)
{
	(void)state;
	assert_int_equal(nd_utterances_read(NULL, NULL).count, 0);
}

/* A "sentence" of megabytes is none. */
static void
endless_text_is_bounded(void **state)
{
	void *tmp = talloc_new(NULL);
	char *text = x_array(tmp, char, 2000002);
	struct nd_utterances all;

	(void)state;
	memset(text, 'a', 2000000);
	text[2000000] = '\n';
	all = nd_utterances_read(tmp, test_body(tmp, text));
	assert_int_equal(all.count, 0);
	for (size_t i = 0; i < 2000000; i += 4)
		memcpy(text + i, "ab? ", 4);
	all = nd_utterances_read(tmp, test_body(tmp, text));
	assert_int_equal(all.count, 500000);
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_of_own_text),
		cmocka_unit_test(lines_are_known),
		cmocka_unit_test(no_body_says_nothing),
		cmocka_unit_test(endless_text_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
