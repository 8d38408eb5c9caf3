/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "text/lineform.h"

static struct nd_lineform
form_of(const char *line)
{
	return nd_lineform_read(line, strlen(line));
}

struct example {
	const char *line;
	bool is;
};

static void
check(const struct example *examples, size_t count,
      bool (*is)(const struct nd_lineform *))
{
	for (size_t i = 0; i < count; i++) {
		struct nd_lineform form = form_of(examples[i].line);

		if (is(&form) != examples[i].is)
			fail_msg("wrong about \"%s\"", examples[i].line);
	}
}

#define CHECK(table, is) check(table, sizeof table / sizeof table[0], is)

static void
greetings_and_sign_offs(void **state)
{
	static const struct example greetings[] = {
		{"Hi Marc,", true},
		{"hello all", true},
		{"Liebe Liste,", true},
		{"你好", true},
		{"Hi, it works.", false},
		{"High time to fix it", false},
		{"", false},
	};
	static const struct example sign_offs[] = {
		{"Thanks,", true},
		{"Thanks for looking", true},
		{"Best regards, Will", true},
		{"Mit freundlichen Grüßen", true},
		{"Ciao, Ada (with the hat of the release manager on)", true},
		{"Thanks, applied.", false},
		{"Thanks for the fix of the second ring, applied (to next)",
	         false},
		{"Best to drop it", false},
		{"Thanksgiving", false},
	};

	(void)state;
	CHECK(greetings, nd_lineform_is_greeting);
	CHECK(sign_offs, nd_lineform_is_sign_off);
}

static void
trailers_links_and_notes(void **state)
{
	static const struct example trailers[] = {
		{"Reviewed-by: A B <a@example.org>", true},
		{"Fixes: 0123456789ab (\"x\")", true},
		{"Change-Id: I0123", true},
		{"By: nobody", false},
		{"Note: this is prose", false},
		{"a-b", false},
		{":", false},
	};
	static const struct example urls[] = {
		{"https://example.org/", true},
		{"git://example.org/x.git tags/y", true},
		{"https://example.org/ says so", false},
	};
	static const struct example footnotes[] = {
		{"[1] https://example.org/", true},
		{"[12]: the manual", true},
		{"[PATCH] x", false},
		{"[", false},
	};

	(void)state;
	CHECK(trailers, nd_lineform_is_trailer);
	CHECK(urls, nd_lineform_is_url);
	CHECK(footnotes, nd_lineform_is_footnote);
}

static void
heads_of_logs(void **state)
{
	static const struct example changelogs[] = {
		{"Changes since v1 [1]:", true},
		{"* From v2:", true},
		{"v2 -> v3:", true},
		{"v3: rebased", true},
		{"Changelog", true},
		{"Changelog v5 ... v6:", true},
		{"[Changelog]", true},
		{"Major changes in v3:", true},
		{"Major changes come with it:", false},
		{"Changes the way it works", false},
		{"The vGIC of v8.1 is different from what we have here", false},
		{"v", false},
	};
	static const struct example headings[] = {
		{"[BUG]", true},  {"[ROOT CAUSE]", true}, {"[1]", false},
		{"[Fix]", false}, {"[BUG] it", false},
	};
	static const struct example shortlogs[] = {
		{"Marc Zyngier (5):", true},
		{"As seen in (5):", true},
		{"Marc Zyngier:", false},
		{"(5):", false},
	};
	static const struct {
		const char *line;
		int version;
	} versions[] = {
		{"v2 -> v3:", 3},      {"Changes since v2:", 3},
		{"Changes in v3:", 3}, {"Changelog:", -1},
		{"Since RFC:", 1},     {"v99999999999:", 9999},
	};

	(void)state;
	CHECK(changelogs, nd_lineform_is_changelog);
	CHECK(headings, nd_lineform_is_heading);
	CHECK(shortlogs, nd_lineform_is_shortlog);
	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
		struct nd_lineform form = form_of(versions[i].line);

		assert_int_equal(nd_lineform_version(&form),
		                 versions[i].version);
	}
}

static void
code_and_prose(void **state)
{
	static const struct {
		const char *line;
		bool alone, inside;
	} cases[] = {
		{"int x = foo(bar);", true, true},
		{"[   12.345678] Unable to handle", true, true},
		{"$ make check", true, true},
		{"+++ b/x", true, true},
		{"0x1000 0x2000 0x3000", true, true},
		{"0x1000000 and from 0x2000000 on", true, false},
		{"An ordinary sentence about foo_bar().", false, false},
		{"这是一个补丁。", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct nd_lineform form = form_of(cases[i].line);

		if (nd_lineform_is_code(&form, false) != cases[i].alone ||
		    nd_lineform_is_code(&form, true) != cases[i].inside)
			fail_msg("wrong about \"%s\"", cases[i].line);
	}
}

static void
lists_of_commits(void **state)
{
	static const struct {
		const char *line;
		bool alone, inside;
	} cases[] = {
		{"708884e7f7f3 wireless: use eth_hw_addr_set()", true, true},
		{"8fac27fbc80e Revert the cases", true, false},
		{"708884e7f7f3 (\"foo: use bar\") did that", false, false},
		{"1234567 is the number", false, false},
		{"effaced words are no commit", false, false},
		{"708884e7f7f3", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_lineform form = form_of(cases[i].line);

		assert_int_equal(nd_lineform_is_commit(&form, false),
		                 cases[i].alone);
		assert_int_equal(nd_lineform_is_commit(&form, true),
		                 cases[i].inside);
	}
}

static void
bullets(void **state)
{
	static const struct {
		const char *line;
		size_t bytes;
	} cases[] = {
		{"- one", 2},        {"  * two", 4},   {"10. three", 4},
		{"(3) four", 4},     {"a) five", 3},   {"• six", 4},
		{"-seven", 0},       {"2021. x", 0},   {"-", 0},
		{"- ", 0},           {"", 0},          {"(", 0},
		{"b. Then that", 3}, {"I. Winter", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(nd_lineform_bullet(cases[i].line,
		                                    strlen(cases[i].line)),
		                 cases[i].bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(greetings_and_sign_offs),
		cmocka_unit_test(trailers_links_and_notes),
		cmocka_unit_test(heads_of_logs),
		cmocka_unit_test(code_and_prose),
		cmocka_unit_test(lists_of_commits),
		cmocka_unit_test(bullets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
