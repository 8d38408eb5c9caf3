/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "acts/cue.h"
#include "text/token.h"
#include "util/alloc.h"
#include "util/buf.h"

enum { TOKENS = 64 };

/* Words as they stand, the kinds of all others, parted by blanks. */
static const char *
tokens_of(const void *ctx, const char *text)
{
	struct nd_tokenizer *tokenizer = nd_tokenizer_new(ctx);
	struct nd_buf *out = nd_buf_new(ctx, 4096);
	struct nd_token token[TOKENS];
	size_t count =
		nd_tokenizer_read(tokenizer, text, strlen(text), token, TOKENS);

	for (size_t i = 0; i < count; i++) {
		const char *kind =
			nd_token_kind_name((enum nd_token_kind)token[i].kind);

		nd_buf_adds(out, i > 0 ? " " : "");
		if (*kind)
			nd_buf_adds(out, kind);
		else
			nd_buf_addf(out, "%.*s", (int)token[i].len,
			            token[i].text);
	}
	return out->data;
}

static void
words_and_names(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"I'll fix that, don't worry.", "I will fix that do not worry"},
		{"We can't, and it won't.", "We can not and it will not"},
		{"it\xe2\x80\x99s fine", "it 's fine"},
		{"see foo_bar() in foo.c", "see <identifier> in <identifier>"},
		{"a->b and Foo::bar", "<identifier> and <identifier>"},
		{"v3 of 12 patches", "<version> of <number> patches"},
		{"in 1a2b3c4d5e6f", "in <commit>"},
		{"drivers/net/x.c or and/or", "<path> or and or"},
		{"https://x.example.org/a?b ok?", "<url> ok ?"},
		{"ann@example.org!", "<address> !"},
		{"LGTM", "<identifier>"},
		{"Which one? ;-)", "Which one ? <smiley>"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);

		assert_string_equal(tokens_of(tmp, cases[i].text),
		                    cases[i].want);
		talloc_free(tmp);
	}
}

/* What is over the ceiling is left out. */
static void
no_more_than_asked(void **state)
{
	struct nd_tokenizer *tokenizer = nd_tokenizer_new(NULL);
	struct nd_token token[2];

	(void)state;
	assert_int_equal(
		nd_tokenizer_read(tokenizer, "one two three", 13, token, 2), 2);
	talloc_free(tokenizer);
}

static void
cues(void **state)
{
	static const struct {
		const char *text;
		enum nd_cue cue;
		bool has;
	} cases[] = {
		{"Could you please also split this?", ND_CUE_CAN_YOU_CHANGE,
	         true},
		{"Could you tell me why?", ND_CUE_CAN_YOU_TELL, true},
		{"LGTM, thanks!", ND_CUE_LOOKS_GOOD, true},
		{"It looks really good.", ND_CUE_LOOKS_GOOD, true},
		{"It looks like a bug.", ND_CUE_LOOKS_GOOD, false},
		{"I'll fix it in v3.", ND_CUE_PROMISE, true},
		{"It will fix it.", ND_CUE_PROMISE, false},
		{"Please ignore this patch.", ND_CUE_WITHDRAW, true},
		{"Please ignore this error.", ND_CUE_WITHDRAW, false},
		{"We won't merge this.", ND_CUE_REFUSE, true},
		{"It ran for hours without a crash.", ND_CUE_NO_FAILURE, true},
		{"It crashed.", ND_CUE_NO_FAILURE, false},
		{"It works now.", ND_CUE_SETTLED, true},
	};
	struct nd_tokenizer *tokenizer = nd_tokenizer_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_token token[TOKENS];
		struct nd_cues found;

		nd_cues_find(token,
		             nd_tokenizer_read(tokenizer, cases[i].text,
		                               strlen(cases[i].text), token,
		                               TOKENS),
		             &found);
		if (found.has[cases[i].cue] != cases[i].has)
			fail_msg("%s: %s", cases[i].text,
			         nd_cue_name(cases[i].cue));
	}
	talloc_free(tokenizer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_names),
		cmocka_unit_test(no_more_than_asked),
		cmocka_unit_test(cues),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
