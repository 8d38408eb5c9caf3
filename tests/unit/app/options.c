/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <stdio.h>
#include <stdlib.h>
#include <talloc.h>
#include <cmocka.h>

static const struct nd_option table[] = {
	ND_OPTION(TEXT, "since", since, "TIME", "begin"),
	ND_OPTION(CHOICE, "format", format, "markdown|json|text", "format"),
	ND_OPTION(TEXT, "output", output, "FILE", "file"),
	ND_OPTION(COUNT, "jobs", jobs, "N", "jobs"),
	ND_OPTION(COUNT, "limit", limit, "N", "limit"),
	ND_OPTION(WORDS, "list", list, "NAME", "list"),
	ND_OPTION(FLAG, "quiet", quiet, NULL, "quiet"),
	ND_OPTION(FLAG, "verbose", verbose, NULL, "verbose"),
	ND_OPTION(FLAG, "help", help, NULL, "help"),
	{0},
};

enum { ARGS_MAX = 8 };

struct options_case {
	const char *args[ARGS_MAX]; /* behind the command's name */
	const char *error;          /* part of the message; NULL: taken */
};

static enum nd_status
parse(const void *ctx, const char *const *args, struct nd_options *options,
      struct nd_error *err)
{
	char copy[ARGS_MAX][64], *argv[ARGS_MAX + 2] = {NULL};
	int count = 1;

	for (int i = 0; i < ARGS_MAX && args[i]; i++) {
		snprintf(copy[i], sizeof copy[i], "%s", args[i]);
		argv[count++] = copy[i];
	}
	memset(options, 0, sizeof *options);
	return nd_options_parse(ctx, table, count, argv, options, err);
}

static void
takes_values_both_ways(void **state)
{
	static const char *const args[ARGS_MAX] = {
		"--since=7d", "--format", "json", "from:x",
		"--limit",    "5",        "-h",   "and tag:y"};
	void *ctx = talloc_new(NULL);
	struct nd_options options;
	struct nd_error err;

	(void)state;
	assert_int_equal(parse(ctx, args, &options, &err), ND_OK);
	assert_int_equal(options.limit, 5);
	assert_true(options.help);
	assert_false(options.quiet);
	assert_string_equal(options.query, "from:x and tag:y");
	talloc_free(ctx);
}

static void
takes_words_again_and_again(void **state)
{
	static const char *const args[ARGS_MAX] = {"--list=b", "x", "--list",
	                                           "a", "--list=b"};
	void *ctx = talloc_new(NULL);
	struct nd_options options;
	struct nd_error err;

	(void)state;
	assert_int_equal(parse(ctx, args, &options, &err), ND_OK);
	assert_int_equal(options.list.count, 3);
	assert_string_equal(options.list.word[0], "b");
	assert_string_equal(options.list.word[1], "a");
	assert_string_equal(options.list.word[2], "b");
	assert_string_equal(options.query, "x");
	talloc_free(ctx);
}

static void
keeps_a_query_behind_dashes(void **state)
{
	static const char *const args[ARGS_MAX] = {"--quiet", "--", "--since",
	                                           "x"};
	void *ctx = talloc_new(NULL);
	struct nd_options options;
	struct nd_error err;

	(void)state;
	assert_int_equal(parse(ctx, args, &options, &err), ND_OK);
	assert_true(options.quiet);
	assert_null(options.since);
	assert_string_equal(options.query, "--since x");
	talloc_free(ctx);
}

static void
takes_letters(void **state)
{
	static const struct {
		const char *args[ARGS_MAX];
		const char *output;
		unsigned jobs;
		bool quiet, verbose;
		const char *query;
	} cases[] = {
		{{"-o", "a", "x"}, "a", 0, false, false, "x"},
		{{"-oa", "x"}, "a", 0, false, false, "x"},
		{{"-o", "-"}, "-", 0, false, false, ""},
		{{"-o-"}, "-", 0, false, false, ""},
		{{"-qv", "x"}, NULL, 0, true, true, "x"},
		{{"x", "-vqoa", "y"}, "a", 0, true, true, "x y"},
		{{"-qj4"}, NULL, 4, true, false, ""},
		{{"-q", "--", "-v"}, NULL, 0, true, false, "-v"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_options options;
		struct nd_error err;

		if (parse(ctx, cases[i].args, &options, &err) != ND_OK)
			fail_msg("'%s': %s", cases[i].args[0], err.msg);
		if (cases[i].output)
			assert_string_equal(options.output, cases[i].output);
		else
			assert_null(options.output);
		assert_int_equal(options.jobs, cases[i].jobs);
		assert_int_equal(options.quiet, cases[i].quiet);
		assert_int_equal(options.verbose, cases[i].verbose);
		assert_string_equal(options.query, cases[i].query);
		talloc_free(ctx);
	}
}

static void
prints_letters_of_the_options_it_has(void **state)
{
	static const char want[] = "      --since=TIME          begin\n"
				   "      --format=markdown|json|text\n"
				   "                            format\n"
				   "  -o, --output=FILE         file\n"
				   "  -j, --jobs=N              jobs\n"
				   "      --limit=N             limit\n"
				   "      --list=NAME           list\n"
				   "  -q, --quiet               quiet\n"
				   "  -v, --verbose             verbose\n"
				   "  -h, --help                help\n";
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	nd_options_print(table, out);
	fclose(out);
	assert_string_equal(text, want);
	free(text);
}

static void
says_what_is_wrong(void **state)
{
	static const struct options_case cases[] = {
		{{"--nonsense"}, "unknown option '--nonsense'"},
		{{"-x"}, "unknown option '-x'"},
		{{"--since"}, "--since needs a value"},
		{{"--format=pdf"}, "one of markdown|json|text, not 'pdf'"},
		{{"--format=json|text"}, "one of"},
		{{"--format="}, "one of"},
		{{"--limit=0"}, "a number from 1, not '0'"},
		{{"--limit=-1"}, "a number from 1"},
		{{"--limit=1k"}, "a number from 1"},
		{{"--limit=99999999999999999999"}, "a number from 1"},
		{{"--limit", "many"}, "a number from 1, not 'many'"},
		{{"--quiet=yes"}, "--quiet"},
		{{"-o"}, "-o needs a value"},
		{{"-qo"}, "-o needs a value"},
		{{"-j0"}, "--jobs takes a number from 1, not '0'"},
		{{"-n"}, "unknown option '-n'"}, /* not in this table */
		{{"-tag:x"}, "unknown option '-t'"},
		{{"-vx", "y"}, "unknown option '-x'"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_options options;
		struct nd_error err = {0};

		if (parse(NULL, cases[i].args, &options, &err) != ND_ERR_USAGE)
			fail_msg("'%s' was taken", cases[i].args[0]);
		if (!strstr(err.msg, cases[i].error))
			fail_msg("'%s': %s", cases[i].args[0], err.msg);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_values_both_ways),
		cmocka_unit_test(takes_words_again_and_again),
		cmocka_unit_test(keeps_a_query_behind_dashes),
		cmocka_unit_test(takes_letters),
		cmocka_unit_test(prints_letters_of_the_options_it_has),
		cmocka_unit_test(says_what_is_wrong),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
