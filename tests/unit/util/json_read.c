/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "util/alloc.h"
#include "util/json.h"

#include <cmocka.h>

/* What must not pass, though json-c alone takes most of it. */
static void
test_refuses(void **state)
{
	static const char *const bad[] = {
		"",
		"   ",
		"{",
		"{\"a\":",
		"{'a':1}",
		"{\"a\":NaN}",
		"{\"a\":Infinity}",
		"{\"a\":-Infinity}",
		"{\"a\":\"x\ny\"}",
		"{\"a\":\"x\x01y\"}",
		"{\"a\":1,}",
		"{\"a\":TRUE}",
		"{\"a\":01}",
		"{\"a\":1} trailing",
		"{\"a\":1}{\"b\":2}",
		"/* c */ {}",
		"\xef\xbb\xbf{}",
		"{\"a\":\"\xff\"}",
		"{\"a\":\"\xc0\xaf\"}",
		"{\"a\":\"\xed\xa0\x80\"}",
		"{\"a\":\"\xf5\x80\x80\x80\"}",
		"{\"a\":\"\\u12\"}",
		"<html>",
		"{\"a\":\"unfinished\\\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct nd_json *out = NULL;

		if (nd_json_parse(NULL, bad[i], strlen(bad[i]), &out, NULL) ==
		    ND_OK)
			fail_msg("taken: %s", bad[i]);
		assert_null(out);
	}
}

static void
test_depth(void **state)
{
	char deep[4096];
	struct nd_json *out = NULL;

	(void)state;
	memset(deep, '[', sizeof deep);
	assert_int_equal(nd_json_parse(NULL, deep, sizeof deep, &out, NULL),
	                 ND_ERR_LIMIT);
	assert_null(out);
}

/* Types are asked for, never converted. */
static void
test_types(void **state)
{
	static const char text[] =
		" {\"t\":\"12\",\"i\":12,\"r\":1.5,\"b\":true,\"n\":null,"
		"\"nul\":\"a\\u0000b\",\"a\":[1,\"x\"],\"big\":1e3} \n";
	struct nd_json *out = NULL;

	(void)state;
	assert_int_equal(nd_json_parse(NULL, text, sizeof text - 1, &out, NULL),
	                 ND_OK);
	assert_string_equal(nd_json_text(nd_json_get(out, "t")), "12");
	assert_int_equal(nd_json_int(nd_json_get(out, "t"), -7), -7);
	assert_int_equal(nd_json_int(nd_json_get(out, "i"), -7), 12);
	assert_int_equal(nd_json_int(nd_json_get(out, "b"), -7), -7);
	assert_int_equal(nd_json_int(nd_json_get(out, "n"), -7), -7);
	assert_int_equal(nd_json_int(nd_json_get(out, "r"), -7), -7);
	assert_int_equal(nd_json_int(nd_json_get(out, "big"), -7), -7);
	assert_int_equal(nd_json_int(nd_json_get(out, "none"), -7), -7);
	assert_null(nd_json_text(nd_json_get(out, "i")));
	assert_null(nd_json_text(nd_json_get(out, "n")));
	assert_null(nd_json_text(nd_json_get(out, "a")));
	assert_null(nd_json_text(nd_json_get(out, "nul")));
	assert_int_equal(nd_json_count(nd_json_get(out, "a")), 2);
	assert_int_equal(nd_json_count(nd_json_get(out, "t")), 0);
	assert_int_equal(nd_json_int(nd_json_at(nd_json_get(out, "a"), 0), 0),
	                 1);
	assert_null(nd_json_at(nd_json_get(out, "a"), 2));
	assert_null(nd_json_get(nd_json_get(out, "a"), "x"));
	assert_int_equal(nd_json_type(NULL), ND_JSON_NULL);
	assert_int_equal(nd_json_type(nd_json_get(out, "r")), ND_JSON_REAL);
	talloc_free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
