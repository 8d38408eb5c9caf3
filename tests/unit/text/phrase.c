/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "text/phrase.h"

static const struct nd_phrase table[] = {
	{"apply", 1},    {"apply to", 2}, {"i", 4},
	{"isn't it", 8}, {"will do", 16}, {"z", 32},
};

static void
phrases_are_whole_words(void **state)
{
	static const struct {
		const char *text;
		unsigned bits;
	} cases[] = {
		{"", 0},
		{"please APPLY", 1},
		{"apply to next", 1 | 2},
		{"reapply", 0},
		{"applying", 0},
		{"apply_to", 0},
		{"I think", 4},
		{"it is", 0},
		{"it is, isn't it?", 8},
		{"(will do)", 16},
		{"will  do", 0}, /* one blank, as in joined lines */
		{"z", 32},
		{"\xc3\xa9z", 0}, /* é is a letter, too */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(nd_phrases_in(ND_PHRASES(table), cases[i].text,
		                               strlen(cases[i].text)),
		                 cases[i].bits);
}

static void
the_longest_ends_the_match(void **state)
{
	size_t end = 99;

	(void)state;
	assert_int_equal(
		nd_phrases_at(ND_PHRASES(table), "apply to x", 10, &end), 3);
	assert_int_equal(end, 8);
	assert_int_equal(nd_phrases_at(ND_PHRASES(table), "to apply", 8, &end),
	                 0);
	assert_int_equal(end, 0);
	/* The text ends inside of a phrase. */
	assert_int_equal(nd_phrases_at(ND_PHRASES(table), "apply to", 7, &end),
	                 1);
	assert_int_equal(end, 5);
}

static void
words_are_found(void **state)
{
	static const char text[] = "mytop top_ top-most";

	(void)state;
	assert_ptr_equal(nd_phrase_find_word(text, strlen(text), "TOP"),
	                 text + 11);
	assert_null(nd_phrase_find_word(text, 10, "top"));
	assert_null(nd_phrase_find_word("", 0, "top"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phrases_are_whole_words),
		cmocka_unit_test(the_longest_ends_the_match),
		cmocka_unit_test(words_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
