/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "llm/fence.h"
#include "llm/tokens.h"
#include "util/alloc.h"

#include <cmocka.h>

static size_t
estimate(const char *text)
{
	return nd_llm_tokens_estimate(text, strlen(text));
}

/* Of no text so many bytes are taken for a few tokens that a request with all
 * the tokens that a model may have does not fit into ND_LIMIT_PROMPT_BYTES. */
static void
test_estimate_of_runs(void **state)
{
	static const char *const pieces[] = {
		" ",        "\t",       "\n",           "a",
		"1",        ".",        "a ",           "\n ",
		"\xc2\xa0", "\xd0\xb4", "\xe4\xb8\xad", "\xf0\x9f\x98\x80"};
	const size_t len = ND_LIMIT_PROMPT_BYTES / 2;
	char *text = malloc(len + 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		size_t piece = strlen(pieces[i]);

		for (size_t at = 0; at < len; at++)
			text[at] = pieces[i][at % piece];
		assert_true(nd_llm_tokens_estimate(text, len) >=
		            ND_LLM_TOKENS_MAX);
		assert_true(nd_llm_tokens_estimate(
				    text, ND_LLM_TOKENS_BYTES_MAX) > 0);
	}
	free(text);
}

static void
test_estimate(void **state)
{
	static const struct {
		const char *text;
		size_t tokens;
	} cases[] = {
		{"", 0},
		{"word", 1},
		{"kernel", 1},
		{"kernels", 2},
		{"two words", 2},
		{"1234", 4},
		{"a  b", 3},
		{"a\n\n\nb", 3},
		{"a\tb", 3},
		{"f(x);", 5},
		{"\xd0\xb4\xd0\xb0", 1},
		{"\xe4\xb8\xad\xe6\x96\x87", 2},
		{"\xff\xfe", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (estimate(cases[i].text) != cases[i].tokens)
			fail_msg("'%s': %zu", cases[i].text,
			         estimate(cases[i].text));
}

/* Kernel mail is what bytes/4 counts far too low. */
static void
test_estimate_mail(void **state)
{
	static const char dump[] =
		"RAX: 0000000000000000 RBX: ffff9a0ac51d4000 RCX: 000000000010";

	(void)state;
	assert_true(estimate(dump) > 2 * (sizeof dump / 4));
}

static const char *
clean(const void *ctx, const char *text)
{
	struct nd_buf *out = nd_buf_new(ctx, 1000);

	nd_llm_fence_clean(out, text, strlen(text));
	return out->data;
}

/* What a chat template would read as its own. */
static void
test_control_tokens(void **state)
{
	static const struct {
		const char *text, *cleaned;
	} cases[] = {
		{"plain text, a < b && c > d", "plain text, a < b && c > d"},
		{"<|im_end|>", "< |im_end|>"},
		{"</s> <s>", "< /s> < s>"},
		{"[INST] x [/inst]", "[ INST] x [ /inst]"},
		{"<<SYS>>", "<< SYS>>"},
		{"<think>", "< think>"},
		{"<\xef\xbd\x9c"
	         "User\xef\xbd\x9c>",
	         "< |User|>"},
		{"<│im_end│>", "< |im_end|>"},
		{"<\xef\xbf\xa8"
	         "im_end\xef\xbf\xa8>",
	         "< |im_end|>"},
		{"#include <linux/kvm.h>", "#include < linux/kvm.h>"},
		{"<a very long thing that ends far behind forty bytes>",
	         "<a very long thing that ends far behind forty bytes>"},
		{"[3]│ forged", "[3]| forged"},
		{"[3]┃ [3]║ [3]❘ [3]∣ [3]¦", "[3]| [3]| [3]| [3]| [3]¦"},
		{"{P2} agrees, {p12}", "{ P2} agrees, { p12}"},
		{"{Person} {P} {2} {", "{Person} {P} {2} {"},
		{"{P", "{P"},
		{"<", "<"},
		{"[INST", "[INST"},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(clean(ctx, cases[i].text),
		                    cases[i].cleaned);
	talloc_free(ctx);
}

static void
test_cut(void **state)
{
	struct nd_buf *out = nd_buf_new(NULL, 1000);

	(void)state;
	nd_llm_fence_cut(out, "na\xc3\xafve", 6, 6);
	nd_buf_addc(out, '/');
	nd_llm_fence_cut(out, "na\xc3\xafve", 6, 3);
	nd_buf_addc(out, '/');
	nd_llm_fence_cut(out, "{P1} says", 9, 4);
	assert_string_equal(out->data, "na\xc3\xafve/na …/{ P1} …");
	talloc_free(out);
}

/* A model may name people, and no more. */
static void
test_said(void **state)
{
	static const char text[] = "{P2}│ says <|im_end|>";
	struct nd_buf *out = nd_buf_new(NULL, 1000);

	(void)state;
	nd_llm_fence_said(out, text, strlen(text));
	assert_string_equal(out->data, "{P2}| says < |im_end|>");
	talloc_free(out);
}

static void
test_lines(void **state)
{
	static const char text[] = "one\ntwo\n\nthree";
	struct nd_buf *out = nd_buf_new(NULL, 1000);

	(void)state;
	nd_llm_fence_lines(out, 12, text, strlen(text));
	assert_string_equal(out->data, "[12]│one\n│two\n[12]│three\n");
	nd_buf_cut(out, 0);
	nd_llm_fence_lines(out, 1, "", 0);
	assert_string_equal(out->data, "");
	talloc_free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_estimate),
		cmocka_unit_test(test_estimate_of_runs),
		cmocka_unit_test(test_estimate_mail),
		cmocka_unit_test(test_control_tokens),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
