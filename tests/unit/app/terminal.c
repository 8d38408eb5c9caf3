/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/terminal.h"
#include "util/alloc.h"

static const char *const variables[] = {
	"TERM",         "NO_COLOR",        "TMUX",         "STY",
	"INSIDE_EMACS", "VIM_TERMINAL",    "NVIM",         "AERC_ACCOUNT",
	"VTE_VERSION",  "KONSOLE_VERSION", "TERM_PROGRAM", "WT_SESSION",
	"LESS",         "COLUMNS",         "PAGER"};

/* An environment of these alone: "TERM=xterm VTE_VERSION=6800". */
static void
set_environment(const char *settings)
{
	char *copy = x_strdup(NULL, settings), *rest = copy, *word;

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		unsetenv(variables[i]);
	while ((word = strtok_r(rest, " ", &rest))) {
		char *value = strchr(word, '=');

		*value++ = '\0';
		setenv(word, value, 1);
	}
	talloc_free(copy);
}

static void
colours_need_a_terminal_that_has_them(void **state)
{
	static const struct {
		const char *environment;
		bool color;
	} cases[] = {
		{"TERM=xterm-256color", true},
		{"TERM=linux", true},
		{"TERM=dumb", false},
		{"", false},
		{"TERM=", false},
		{"TERM=xterm NO_COLOR=1", false},
		{"TERM=xterm NO_COLOR=", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		set_environment(cases[i].environment);
		if (nd_terminal_has_color() != cases[i].color)
			fail_msg("'%s'", cases[i].environment);
	}
}

static void
links_need_a_terminal_known_to_take_them(void **state)
{
	static const struct {
		const char *environment;
		bool links;
	} cases[] = {
		{"TERM=xterm-256color", false},
		{"TERM=linux", false},
		{"TERM=xterm-256color VTE_VERSION=7006", true},
		{"TERM=xterm-256color VTE_VERSION=4205", false},
		{"TERM=xterm-256color VTE_VERSION=", false},
		{"TERM=xterm-kitty", true},
		{"TERM=foot-direct", true},
		{"TERM=xterm-256color TERM_PROGRAM=WezTerm", true},
		{"TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", false},
		{"TERM=xterm-256color KONSOLE_VERSION=221203", true},
		{"TERM=xterm-256color KONSOLE_VERSION=200401", false},
		{"TERM=xterm-256color WT_SESSION=x", true},
		{"VTE_VERSION=7006", false},
		{"TERM=dumb VTE_VERSION=7006", false},
		/* A terminal within one that takes them. */
		{"TERM=screen-256color VTE_VERSION=7006", false},
		{"TERM=tmux-256color VTE_VERSION=7006", false},
		{"TERM=xterm VTE_VERSION=7006 TMUX=/tmp/x,1,0", false},
		{"TERM=xterm VTE_VERSION=7006 STY=1.pts", false},
		{"TERM=eterm VTE_VERSION=7006 INSIDE_EMACS=28.2,term", false},
		{"TERM=xterm VTE_VERSION=7006 VIM_TERMINAL=900", false},
		{"TERM=xterm VTE_VERSION=7006 AERC_ACCOUNT=work", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		set_environment(cases[i].environment);
		if (nd_terminal_has_links() != cases[i].links)
			fail_msg("'%s'", cases[i].environment);
	}
}

static void
write_program(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, 0755), 0);
}

static void
links_need_a_less_that_passes_them_on(void **state)
{
	char dir[] = "/tmp/nd-pager.XXXXXX";
	char *less;

	(void)state;
	assert_non_null(mkdtemp(dir));
	less = x_asprintf(NULL, "%s/less", dir);
	write_program(less, "#!/bin/sh\necho 'less 590 (GNU regexes)'\n");
	assert_true(nd_terminal_pager_has_links(less));
	assert_true(nd_terminal_pager_has_links(
		x_asprintf(less, "%s -S -i", less)));
	assert_false(nd_terminal_pager_has_links(
		x_asprintf(less, "%s | cat -v", less)));
	assert_false(nd_terminal_pager_has_links(
		x_asprintf(less, "%s; echo", less)));
	write_program(less, "#!/bin/sh\necho 'less 551 (GNU regexes)'\n");
	assert_false(nd_terminal_pager_has_links(less));
	write_program(less, "#!/bin/sh\necho 'less'\n");
	assert_false(nd_terminal_pager_has_links(less));
	write_program(less, "#!/bin/sh\nexit 1\n");
	assert_false(nd_terminal_pager_has_links(less));
	assert_int_equal(unlink(less), 0);
	assert_false(nd_terminal_pager_has_links(less));
	assert_false(nd_terminal_pager_has_links("more"));
	assert_true(nd_terminal_pager_has_links(NULL));
	assert_int_equal(rmdir(dir), 0);
	talloc_free(less);
}

static void
less_shows_colours_whatever_the_user_has_set(void **state)
{
	(void)state;
	set_environment("");
	nd_terminal_pager_prepare();
	assert_string_equal(getenv("LESS"), "FRX");
	set_environment("LESS=-SiPmail");
	nd_terminal_pager_prepare();
	assert_string_equal(getenv("LESS"), "-R -SiPmail");
}

static void
the_pager_is_found_as_git_does(void **state)
{
	(void)state;
	set_environment("");
	assert_string_equal(nd_terminal_pager_command(), "less");
	set_environment("PAGER=most");
	assert_string_equal(nd_terminal_pager_command(), "most");
	set_environment("PAGER=cat");
	assert_null(nd_terminal_pager_command());
	set_environment("PAGER=");
	assert_null(nd_terminal_pager_command());
}

static void
columns_have_limits(void **state)
{
	static const struct {
		const char *environment;
		unsigned width;
	} cases[] = {
		{"COLUMNS=72", 72},
		{"COLUMNS=1", 40},
		{"COLUMNS=100000", 100},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		set_environment(cases[i].environment);
		assert_int_equal(nd_terminal_width(), cases[i].width);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_need_a_terminal_that_has_them),
		cmocka_unit_test(links_need_a_terminal_known_to_take_them),
		cmocka_unit_test(links_need_a_less_that_passes_them_on),
		cmocka_unit_test(less_shows_colours_whatever_the_user_has_set),
		cmocka_unit_test(the_pager_is_found_as_git_does),
		cmocka_unit_test(columns_have_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
