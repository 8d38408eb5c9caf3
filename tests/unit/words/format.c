/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "words/format.h"

static void
each_name_finds_its_format(void **state)
{
	static const char *const names[ND_FORMAT_COUNT] = {
		"markdown", "json", "text", "html", "atom", "mbox"};

	(void)state;
	for (enum nd_format i = 0; i < ND_FORMAT_COUNT; i++) {
		enum nd_format found = ND_FORMAT_COUNT;

		assert_true(nd_format_find(names[i], &found));
		assert_int_equal(found, i);
	}
}

static void
other_words_find_none(void **state)
{
	enum nd_format found = ND_FORMAT_JSON;

	(void)state;
	assert_false(nd_format_find("", &found));
	assert_false(nd_format_find("mark", &found));
	assert_false(nd_format_find("markdown|json", &found));
	assert_int_equal(found, ND_FORMAT_JSON);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_name_finds_its_format),
		cmocka_unit_test(other_words_find_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
