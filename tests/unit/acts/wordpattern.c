/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "acts/wordpattern.h"
#include "util/alloc.h"

enum { START, CLASS, WORD, STEM, GAP, MEANINGS };

static const struct nd_wordclass classes[] = {{"COLOR", "red green"}};

static const struct nd_wordpattern patterns[] = {
	{START, "^ please"}, {CLASS, "COLOR|blue house"}, {WORD, "do not go"},
	{STEM, "test~"},     {GAP, "COLOR? .. door $"},
};

static void
patterns_stand_where_they_may(void **state)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{"", ""},
		{"Please, a green house", "0 1"},
		{"so please: the blue house", "1"},
		{"the houses are red", ""},
		{"don't go", "2"},
		{"Testing it was tested", "3"},
		{"green and an open door!", "4"},
	};
	void *tmp = talloc_new(NULL);
	struct nd_wordpatterns *table = nd_wordpatterns_new(
		tmp, classes, 1, patterns, sizeof patterns / sizeof *patterns);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned char found[MEANINGS] = {0};
		struct nd_token token[32];
		char *all = talloc_strdup(tmp, "");

		/* The second time the stems are remembered. */
		for (int k = 0; k < 2; k++)
			nd_wordpatterns_find(
				table, token,
				nd_tokenizer_read(
					nd_tokenizer_own(), cases[i].text,
					strlen(cases[i].text), token, 32),
				found);
		for (int m = 0; m < MEANINGS; m++)
			if (found[m])
				all = talloc_asprintf_append(
					all, "%s%d", *all ? " " : "", m);
		assert_string_equal(all, cases[i].found);
	}
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_stand_where_they_may),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
