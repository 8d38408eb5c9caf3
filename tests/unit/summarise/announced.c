/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sentences with a colon at their end announce. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "build.h"
#include "summarise/announced.h"
#include "util/segment.h"

static void
what_says_nothing_by_itself(void **state)
{
	static const struct {
		const char *text;
		bool empty;
	} cases[] = {
		{"This breaks the build of the kernel on riscv:", false},
		{"Clang points out that the error handling is broken:", false},
		{"We build vdso32, which is 32-bit code, we pass -m32:", false},
		{"Steps to reproduce the bug on my machine:", true},
		{"When I run it, I see the following error:", true},
		{"If they are happy with it, please feel free to add:", true},
		{"It fails for me with an error like this:", true},
		{"There is a banner on the page that reads:", true},
		{"As is described in the section that we have on it:", true},
		{"It is so:", true},
		{"Somebody whom we know, a@example.org, has it so:", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_announced_is_empty(cases[i].text,
		                          strlen(cases[i].text)) !=
		    cases[i].empty)
			fail_msg("'%s'", cases[i].text);
}

#define LONG \
	"the timer of the guest that has one and is not to be migrated here"

static void
lists_are_told_with_what_announces_them(void **state)
{
	static const struct {
		const char *mail, *want;
		size_t items;
	} cases[] = {
		{"There are two ways to do it:\n - switch to regmap; and\n"
	         " - take a lock.\n\nWe chose none.\n",
	         "There are two ways to do it: switch to regmap; take a lock.",
	         2},
		{"There are two ways to do it:\n\n1) Switch to regmap\n"
	         "2) Take a lock\n",
	         "There are two ways to do it: Switch to regmap; Take a lock.",
	         2},
		/* one is no list; text; one that goes on; links */
		{"There is one way to do it:\n - switch to regmap\n", NULL, 0},
		{"There are two ways to do it:\nThe first is hard.\n", NULL, 0},
		{"There are three ways:\n - switch to regmap\n - take it\n"
	         " - leave it. Or come back.\n",
	         "There are three ways: switch to regmap; take it; …", 2},
		/* nor one that is too long, nor of questions */
		{"These fail:\n - " LONG "\n - " LONG "\n - " LONG "\n",
	         "These fail: " LONG "; " LONG "; …", 2},
		{"These fail:\n - this one\n - " LONG " and " LONG " and " LONG
	         "\n",
	         "These fail: this one; …", 1},
		{"There are two ways:\n - this one\n - " LONG " and " LONG
	         " and " LONG "\n",
	         NULL, 0},
		{"I ask:\n - is it so?\n - is it?\n - Or not. Or so.\n", NULL,
	         0},
		{"They are documented:\n - https://example.org/a\n"
	         " - https://example.org/b\n",
	         NULL, 0},
		{"There are two ways to do it.\n - switch to regmap\n"
	         " - take a lock\n",
	         NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_sentences list = {0};
		size_t items = 0;
		const char *got;

		nd_sentences_read(
			ctx, test_body(ctx, cases[i].mail),
			nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL), 100,
			&list);
		got = nd_announced_list(ctx, list.sentence, list.count, &items);
		if (cases[i].want ? !got || strcmp(got, cases[i].want) ||
		                            items != cases[i].items
		                  : got != NULL)
			fail_msg("'%s': '%s'", cases[i].mail, got ? got : "");
		talloc_free(ctx);
	}
}

static void
what_lists_choices(void **state)
{
	static const struct {
		const char *text;
		bool choice;
	} cases[] = {
		{"Here are some options that come to mind:", true},
		{"There are two ways to do that:", true},
		{"The changes of this series are:", false},
		{"There are two ways to do that.", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t len = strlen(cases[i].text);
		struct nd_sentence s = {
			.text = cases[i].text,
			.len = (uint32_t)len,
			.flags = cases[i].text[len - 1] == ':'
		                         ? ND_SENTENCE_COLON
		                         : ND_SENTENCE_WHOLE,
		};

		if (nd_announced_is_choice(&s) != cases[i].choice)
			fail_msg("'%s'", cases[i].text);
	}
}

static void
what_has_words_of_others(void **state)
{
	static const struct {
		const char *text;
		bool quotation;
	} cases[] = {
		{"The manual page of the tool says:", true},
		{"Quoting the answer that I had from them:", true},
		{"As it is in the standard:", true},
		{"The log of the commit is long, we can say:", true},
		{"I say that it fails in two ways:", false},
		{"This breaks the build on riscv:", false},
		{"The manual says nothing.", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t len = strlen(cases[i].text);
		struct nd_sentence s = {
			.text = cases[i].text,
			.len = (uint32_t)len,
			.flags = cases[i].text[len - 1] == ':'
		                         ? ND_SENTENCE_COLON
		                         : ND_SENTENCE_WHOLE,
		};

		if (nd_announced_is_quotation(&s) != cases[i].quotation)
			fail_msg("'%s'", cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_says_nothing_by_itself),
		cmocka_unit_test(lists_are_told_with_what_announces_them),
		cmocka_unit_test(what_lists_choices),
		cmocka_unit_test(what_has_words_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
