/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clients/hookfile.h"
#include "util/alloc.h"

static void
put_in_and_taken_out(void **state)
{
	static const char *const hooks[] = {
		"#!/bin/sh\necho\n",
		"#!/bin/sh\necho",
		"#!/bin/sh",
		"#!/bin/sh\n\n\n",
		"#!/bin/bash\n# >>> notmuch-digest >>> is what I want\ntrue\n",
		"#!/bin/sh\necho '# >>> notmuch-digest >>>'\n",
		"\n",
	};
	void *ctx = talloc_new(NULL);
	struct nd_block_mark mark;
	const char *in;

	(void)state;
	for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++) {
		const char *again, *moved, *more;

		in = nd_hookfile_install(ctx, hooks[i], "/bin/nd", 0);
		again = nd_hookfile_install(ctx, in, "/bin/nd", 0);
		moved = nd_hookfile_install(ctx, in, "/opt/nd", 0);
		more = x_asprintf(ctx, "%smore", in);

		assert_false(nd_hookfile_has_block(hooks[i]));
		assert_true(nd_hookfile_has_block(in));
		assert_string_equal(again, in);
		assert_non_null(strstr(in, "'/bin/nd' update --hook"));
		assert_non_null(strstr(moved, "'/opt/nd' update --hook"));
		assert_null(strstr(moved, "/bin/nd"));
		assert_string_equal(nd_hookfile_remove(ctx, in, NULL),
		                    hooks[i]);
		assert_string_equal(nd_hookfile_remove(ctx, moved, NULL),
		                    hooks[i]);
		assert_string_equal(nd_hookfile_remove(ctx, hooks[i], NULL),
		                    hooks[i]);
		assert_true(strlen(nd_hookfile_remove(ctx, more, NULL)) ==
		            strlen(hooks[i]) + 4 +
		                    (hooks[i][strlen(hooks[i]) - 1] != '\n'));
	}
	in = nd_hookfile_install(ctx, "", "/nd", 2);
	assert_string_equal(nd_hookfile_remove(ctx, in, &mark), "");
	assert_true(mark.file);
	assert_int_equal(mark.dirs, 2);
	/* A user's own hook of nothing but its first line is the user's. */
	in = nd_hookfile_install(ctx, "#!/bin/sh\n", "/nd", 0);
	assert_string_equal(nd_hookfile_remove(ctx, in, &mark), "#!/bin/sh\n");
	assert_false(mark.file);
	talloc_free(ctx);
}

static void
program_is_quoted(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *block = nd_hookfile_block(ctx, "/it's/$(x) y");

	(void)state;
	assert_non_null(strstr(block, "\n\t'/it'\\''s/$(x) y' update --hook"));
	assert_non_null(strstr(block, "\nif command -v '/it'\\''s/$(x) y' >"));
	talloc_free(ctx);
}

static void
shells(void **state)
{
	static const struct {
		const char *text;
		bool shell;
	} cases[] = {
		{"#!/bin/sh\n", true},
		{"#!/bin/sh", true},
		{"#! /bin/sh -e\n", true},
		{"#!/usr/bin/env bash\n", true},
		{"#!/usr/bin/env -S sh -e\n", true},
		{"#!/bin/dash\n", true},
		{"#!/usr/bin/bash\r\n", true},
		{"#!/usr/bin/python3\n# sh\n", false},
		{"#!/usr/bin/env python3\n", false},
		{"#!/usr/bin/fish\n", false},
		{"#!/usr/bin/zsh\n", false},
		{"#!/usr/bin/env\nsh\n", false},
		{"#!\n/bin/sh\n", false},
		{"#!", false},
		{"echo\n", false},
		{"\x7f"
	         "ELF",
	         false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_hookfile_is_shell(cases[i].text) != cases[i].shell)
			fail_msg("'%s'", cases[i].text);
}

static void
ends_above(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
	} cases[] = {
		{"#!/bin/sh\nexit 0\n", 2},
		{"#!/bin/sh\n\nexit\n", 3},
		{"#!/bin/sh\nexit;\n", 2},
		{"#!/bin/sh\nexec other\n", 2},
		{"#!/bin/sh\nexec \"$x\"\n", 2},
		{"#!/bin/sh\nexec >log\n", 0},
		{"#!/bin/sh\nexec 2>&1\n", 0},
		{"#!/bin/sh\nexec <x\n", 0},
		{"#!/bin/sh\nif x; then\n\texit 1\nfi\n", 0},
		{"#!/bin/sh\nexit_code=1\nexecute\n", 0},
		{"#!/bin/sh\nx || exit 1\n", 0},
		{"#!/bin/sh\n# exit 0\n", 0},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *in =
			nd_hookfile_install(ctx, cases[i].text, "/bin/nd", 0);

		assert_int_equal(nd_hookfile_end_above(in), cases[i].line);
		/* Below the block it is no matter. */
		in = x_asprintf(ctx, "%s%s", nd_hookfile_block(ctx, "/nd"),
		                cases[i].text);
		assert_int_equal(nd_hookfile_end_above(in), 0);
	}
	talloc_free(ctx);
}

static void
calls_of_the_user(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
	} cases[] = {
		{"", 0},
		{"#!/bin/sh\ntrue\n", 0},
		{"#!/bin/sh\nnotmuch-digest update --hook\n", 2},
		{"#!/bin/sh\nif a; then\n\tnotmuch digest update", 3},
		{"#!/bin/sh\n'/opt/a b/notmuch-digest' update </dev/null\n", 2},
		{"#!/bin/sh\n\t# notmuch-digest update --hook\n", 0},
		{"#!/bin/sh\nnotmuch-digest status\n", 0},
		{"#!/bin/sh\nupdate-notmuch-digest\n", 0},
	};
	void *ctx = talloc_new(NULL);
	const char *in;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(nd_hookfile_user_call(cases[i].text),
		                 cases[i].line);
	in = nd_hookfile_install(ctx, "#!/bin/sh\n", "/bin/notmuch-digest", 0);
	assert_int_equal(nd_hookfile_user_call(in), 0);
	in = x_asprintf(ctx, "%snotmuch-digest update\n", in);
	assert_true(nd_hookfile_user_call(in) > 2);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(put_in_and_taken_out),
		cmocka_unit_test(program_is_quoted),
		cmocka_unit_test(shells),
		cmocka_unit_test(ends_above),
		cmocka_unit_test(calls_of_the_user),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
