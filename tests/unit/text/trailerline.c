/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with a trailer: for what it is given, and under which condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/trailerline.h"
#include "text/trailerscope.h"
#include "util/alloc.h"

static bool
is_text(const char *got, const char *want)
{
	return got && want ? strcmp(got, want) == 0 : got == want;
}

static void
words_that_lead_one_in(void **state)
{
	static const struct {
		const char *lead, *scope, *condition;
	} cases[] = {
		{"With that fixed:", NULL, "with that fixed"},
		{"Looks good. With the comment changed,", NULL,
	         "with the comment changed"},
		{"Assuming the build robots are happy:", NULL,
	         "assuming the build robots are happy"},
		{"You can add my tag once the typo is fixed.", NULL,
	         "once the typo is fixed"},
		{"If you fix the nit above, feel free to add", NULL,
	         "if you fix the nit above"},
		{"Mit der Änderung:", NULL, "mit der Änderung"},
		{"For the KVM patches:", "the KVM patches", NULL},
		{"For the series:", NULL, NULL},
		{"LGTM with that fixed:", NULL, "with that fixed"},
		{"With the above minors fixed", NULL,
	         "with the above minors fixed"},
		{"It's a step forward so if Jens is happy with it:", NULL,
	         "if Jens is happy with it"},
		{"With that changed feel free to add my,", NULL,
	         "with that changed"},
		{"Fixing them you can add:", NULL, "fixing them"},
		{"4 typos below. With that fixed before merge:", NULL,
	         "with that fixed before merge"},
		{"For patches 1-3:", "patches 1-3", NULL},
		{"For the NFSD part, given it passes CI:", "the NFSD part",
	         "given it passes CI"},
		{"For mlxsw:", "mlxsw", NULL},
		{"Une fois ces points corrigés :", NULL,
	         "une fois ces points corrigés"},
		{"Con ese cambio,", NULL, "con ese cambio"},
		{"Con questa correzione:", NULL, "con questa correzione"},
		{"С этим исправлением:", NULL, "С этим исправлением"},
		{"Если это поправить:", NULL, "Если это поправить"},
		{"修改后，", NULL, "修改后"},
		/* no scope */
		{"For the whole series:", NULL, NULL},
		{"For all 12:", NULL, NULL},
		{"For these four patches:", NULL, NULL},
		{"For this patch,", NULL, NULL},
		{"For the original patch:", NULL, NULL},
		{"For my part you may add", NULL, NULL},
		{"For what it's worth,", NULL, NULL},
		{"For the time being...", NULL, NULL},
		{"Patch v6 generally looks good", NULL, NULL},
		/* no conditions */
		{"With or without them fixed:", NULL, NULL},
		{"With enthusiasm:", NULL, NULL},
		{"I'm ok with it if you prefer exact check.", NULL, NULL},
		{"This works fine as long as namespaces are not disabled.",
	         NULL, NULL},
		{"The Link: tag can be used if the patch fixes a part of it.",
	         NULL, NULL},
		{"If you're removing that goto, also remove the other one.",
	         NULL, NULL},
		{"Otherwise,", NULL, NULL},
		{"Looks good to me, thanks!", NULL, NULL},
		{"If you like, feel free to add", NULL, NULL},
		{"With this applied, all tests pass.", NULL, NULL},
		{"I tested it with and without KASAN.", NULL, NULL},
		{"", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_trailer got = {
			.type = "Reviewed-by", .number = 0, .total = 4};

		nd_trailerscope_lead(tmp, cases[i].lead, strlen(cases[i].lead),
		                     &got);
		if (!is_text(got.scope, cases[i].scope) ||
		    !is_text(got.condition, cases[i].condition))
			fail_msg("'%s': for '%s', if '%s'", cases[i].lead,
			         got.scope ? got.scope : "-",
			         got.condition ? got.condition : "-");
		talloc_free(tmp);
	}
}

/* In an answer to one patch, of all of them. */
static void
words_of_all(void **state)
{
	static const struct {
		const char *lead;
		int number;
	} cases[] = {
		{"For the series:", 0},
		{"Otherwise for the whole patchset:", 0},
		{"Also whole patchset LGTM.", 0},
		{"The entire series looks good to me.", 0},
		{"And all patches are fine.", 0},
		{"Set the flag first.", 2},
		{"A series of locks is fine here.", 2},
		{"Looks good to me.", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_trailer got = {
			.type = "Reviewed-by", .number = 2, .total = 4};

		nd_trailerscope_lead(tmp, cases[i].lead, strlen(cases[i].lead),
		                     &got);
		if (got.number != cases[i].number || got.scope)
			fail_msg("'%s': for %d, '%s'", cases[i].lead,
			         got.number, got.scope ? got.scope : "-");
		talloc_free(tmp);
	}
}

static void
words_that_follow_one(void **state)
{
	static const struct {
		const char *text, *condition;
	} cases[] = {
		{"if you fix that, of course.", NULL},
		{"once that is fixed.", "once that is fixed"},
		{"but only if you do this:", NULL},
		{"if you do this:", "if you do this"},
		{"But if this allocation can fail, the inode is toast.", NULL},
		{"If you do that, we lose.", NULL},
		{"Thanks", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_trailer got = {.type = "Reviewed-by"};

		nd_trailerscope_follow(tmp, cases[i].text,
		                       strlen(cases[i].text), &got);
		if (!is_text(got.condition, cases[i].condition))
			fail_msg("'%s': if '%s'", cases[i].text,
			         got.condition ? got.condition : "-");
		talloc_free(tmp);
	}
}

/* "# arm64" and the like behind the address. */
static void
remarks(void **state)
{
	static const struct {
		const char *line, *scope, *condition;
		int number;
	} cases[] = {
		{"Acked-by: A <a@b.org> # drivers/pci", "drivers/pci", NULL, 2},
		{"Acked-by: A <a@b.org> (powerpc)", "powerpc", NULL, 2},
		{"Reviewed-by: A <a@b.org> (for patches 1-3)", "patches 1-3",
	         NULL, 2},
		{"Reviewed-by: A <a@b.org> [with that fixed]", NULL,
	         "with that fixed", 2},
		{"Reviewed-by: A <a@b.org> # for the series", NULL, NULL, 0},
		{"Tested-by: A <a@b.org> # arm64", NULL, NULL, 2},
		{"Tested-by: A <a@b.org> [on board X]", NULL, NULL, 2},
		{"Tested-by: A <a@b.org> thanks!", NULL, NULL, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_trailer got = {.number = 2, .total = 4};

		assert_true(nd_trailerline_parse(tmp, cases[i].line,
		                                 strlen(cases[i].line), NULL, 0,
		                                 &got));
		assert_string_equal(got.who.addr, "a@b.org");
		assert_int_equal(got.number, cases[i].number);
		if (!is_text(got.scope, cases[i].scope) ||
		    !is_text(got.condition, cases[i].condition))
			fail_msg("'%s': for '%s', if '%s'", cases[i].line,
			         got.scope ? got.scope : "-",
			         got.condition ? got.condition : "-");
		talloc_free(tmp);
	}
}

static void
what_is_only_proposed(void **state)
{
	static const struct {
		const char *lead;
		bool robot, want;
	} cases[] = {
		{"If you fix the issue, kindly add following tag as "
	         "appropriate",
	         true, true},
		{"If you fix the issue in a separate patch/commit (i.e. not "
	         "just a new version of the same patch/commit), kindly add "
	         "following tags",
	         true, true},
		{"IMPORTANT: if you fix the issue, please add the following "
	         "tag to the commit:",
	         true, true},
		{"syzbot has tested the proposed patch and the reproducer did "
	         "not trigger any issue:",
	         true, false},
		{"Looks good to me.", false, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_trailer trailer = {.type = "Reported-by"};

		if (nd_trailerscope_is_proposal(
			    cases[i].lead, strlen(cases[i].lead), &trailer,
			    cases[i].robot) != cases[i].want)
			fail_msg("'%s'", cases[i].lead);
	}
}

static void
what_a_type_says(void **state)
{
	(void)state;
	assert_true(nd_trailer_says("Reviewed-and-tested-by", "reviewed"));
	assert_true(nd_trailer_says("Reviewed-and-tested-by", "tested"));
	assert_false(nd_trailer_says("Reviewed-and-tested-by", "acked"));
	assert_false(nd_trailer_says("Not-acked-by", "acked"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_lead_one_in),
		cmocka_unit_test(words_of_all),
		cmocka_unit_test(words_that_follow_one),
		cmocka_unit_test(remarks),
		cmocka_unit_test(what_is_only_proposed),
		cmocka_unit_test(what_a_type_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
