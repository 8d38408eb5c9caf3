/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mail/charset.h"
#include "util/alloc.h"
#include "util/utf8.h"

static void
test_charsets(void **state)
{
	static const struct {
		const char *charset, *bytes, *want;
	} cases[] = {
		{"utf-8", "na\xc3\xafve", "naïve"},
		{"UTF-8", "na\xefve", "naïve"},
		{"us-ascii", "na\xc3\xafve", "naïve"},
		{"us-ascii", "na\xefve \x93x\x94", "naïve “x”"},
		{NULL, "na\xc3\xafve", "naïve"},
		{NULL, "na\xefve", "naïve"},
		{"", "plain", "plain"},
		{"iso-8859-1", "\x93x\x94 \xe9", "“x” é"},
		{"ISO-8859-1", "na\xc3\xafve", "naïve"},
		{"windows-1252", "\x80 5", "€ 5"},
		{"iso-8859-15", "\xa4 5", "€ 5"},
		{"iso-8859-2", "\xb3", "ł"},
		{"koi8-r", "\xcd\xc9\xd2", "мир"},
		/* in gb18030, not in gb2312 */
		{"gb2312", "\xe9\x46 \xd6\xd0", "镕 中"},
		{"GBK", "\xd6\xd0\xce\xc4", "中文"},
		{"big5", "\xa4\xa4\xa4\xe5", "中文"},
		{"iso-2022-jp", "\x1b$B$\"\x1b(B", "あ"},
		{"shift_jis", "\x82\xa0", "あ"},
		{"euc-kr", "\xc7\xd1", "한"},
		{"ks_c_5601-1987", "\xc7\xd1", "한"},
		{"no-such-charset", "na\xefve", "naïve"},
		{"no-such-charset", "na\xc3\xafve", "naïve"},
		{"unknown-8bit", "\xc3\xaf", "ï"},
		/* what cannot be converted is seen, not lost */
		{"gb2312",
	         "a\xff"
	         "b",
	         "a\xef\xbf\xbd"
	         "b"},
		{"iso-2022-jp", "a\x1b$B$", "a\xef\xbf\xbd"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1000);

		nd_charset_to_utf8(out, cases[i].bytes, strlen(cases[i].bytes),
		                   cases[i].charset);
		assert_string_equal(out->data, cases[i].want);
		talloc_free(out);
	}
}

static void
test_nul(void **state)
{
	struct nd_buf *out = nd_buf_new(NULL, 1000);

	(void)state;
	nd_charset_to_utf8(out, "a\0b", 3, "utf-8");
	assert_string_equal(out->data, "a b");
	nd_charset_to_utf8(out, "\0x\0y", 4, "utf-16be");
	assert_string_equal(out->data, "a bxy");
	talloc_free(out);
}

/* Cut at the ceiling, between two characters. */
static void
test_full(void **state)
{
	static const char text[] = "ab\xe4\xb8\xad\xe4\xb8\xad";

	(void)state;
	for (size_t limit = 0; limit < sizeof text; limit++) {
		struct nd_buf *out = nd_buf_new(NULL, limit);

		nd_charset_to_utf8(out, text, strlen(text), "utf-8");
		assert_true(nd_utf8_is_valid(out->data, out->len));
		assert_true(out->len + 2 >= limit);
		assert_int_equal(out->full, limit < strlen(text));
		talloc_free(out);
	}
}

static void
test_garbage(void **state)
{
	static const char *const charsets[] = {NULL,          "utf-8", "gb2312",
	                                       "iso-2022-kr", "utf-7", "utf-16",
	                                       "hz-gb-2312"};
	char bytes[5000];
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++) {
		seed = seed * 1664525u + 1013904223u;
		bytes[i] = (char)(seed >> 24);
	}
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
		struct nd_buf *out = nd_buf_new(NULL, 1u << 20);

		nd_charset_to_utf8(out, bytes, sizeof bytes, charsets[i]);
		assert_true(nd_utf8_is_valid(out->data, out->len));
		talloc_free(out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_charsets),
		cmocka_unit_test(test_nul),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_garbage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
