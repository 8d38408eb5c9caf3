/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cmocka.h>

#include <string.h>

#include "text/speechact.h"

struct example {
	const char *text;
	unsigned has, lacks;
};

static void
check(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *text = examples[i].text;
		unsigned acts = nd_speechact_find(text, strlen(text));

		if ((acts & examples[i].has) != examples[i].has ||
		    acts & examples[i].lacks)
			fail_msg("\"%s\" has acts 0x%x", text, acts);
	}
}

#define CHECK(table) check(table, sizeof table / sizeof table[0])

static void
questions(void **state)
{
	static const struct example table[] = {
		{"Why do we need this?", ND_SPEECHACT_QUESTION,
	         ND_SPEECHACT_RHETORIC},
		{"Is it safe (on VHE)?", ND_SPEECHACT_QUESTION, 0},
		{"Is it safe?)", ND_SPEECHACT_QUESTION, 0},
		{"Really?!", ND_SPEECHACT_QUESTION | ND_SPEECHACT_RHETORIC, 0},
		{"Could you respin this on top of next", ND_SPEECHACT_QUESTION,
	         0},
		{"这样可以吗", ND_SPEECHACT_QUESTION, 0},
		{"これでいいですか。", ND_SPEECHACT_QUESTION, 0},
		{"It asks what is left.", 0, ND_SPEECHACT_QUESTION},
		{"", 0, ND_SPEECHACT_QUESTION},
	};

	(void)state;
	CHECK(table);
}

static void
decisions(void **state)
{
	static const struct example table[] = {
		{"Applied to kvmarm/next, thanks!", ND_SPEECHACT_DECISION, 0},
		{"I've queued this for 5.13.", ND_SPEECHACT_DECISION, 0},
		{"Queued.", ND_SPEECHACT_DECISION, 0},
		{"NAK, this breaks userspace.",
	         ND_SPEECHACT_DECISION | ND_SPEECHACT_OBJECT, 0},
		{"I will respin the series.",
	         ND_SPEECHACT_PROMISE | ND_SPEECHACT_DECISION, 0},
		{"I'll fix it.", ND_SPEECHACT_PROMISE, ND_SPEECHACT_DECISION},
		/* part of a longer word, or not at the start */
		{"The snack is wrong.", 0, ND_SPEECHACT_DECISION},
		{"The same value is applied.", 0, ND_SPEECHACT_DECISION},
		{"Ich werde das im nächsten Patch beheben.",
	         ND_SPEECHACT_PROMISE, 0},
	};

	(void)state;
	CHECK(table);
}

/* Of git, compilers and boot loaders: nobody says it. */
static void
words_of_programs(void **state)
{
	static const struct example table[] = {
		{"are available in the Git repository at: git://x.org/foo",
	         ND_SPEECHACT_BOILER, 0},
		{"In file included from foo.c:1", ND_SPEECHACT_BOILER, 0},
		{"Press any key to continue...", ND_SPEECHACT_BOILER, 0},
		{"The fixes are available in the git repository", 0,
	         ND_SPEECHACT_BOILER},
	};

	(void)state;
	CHECK(table);
}

static void
every_letter_of_the_table_is_found(void **state)
{
	static const struct example table[] = {
		{"agreed", ND_SPEECHACT_AGREE, 0},
		{"cheers", ND_SPEECHACT_SOCIAL, 0},
		{"it seems so", ND_SPEECHACT_RESULT, 0},
		{"let's", ND_SPEECHACT_SUGGEST, 0},
		{"my bad", ND_SPEECHACT_AGREE, 0},
		{"perhaps", ND_SPEECHACT_HEDGE, 0},
		{"your review", ND_SPEECHACT_SOCIAL, 0},
		{"But no", ND_SPEECHACT_DANGLING, 0},
		{"Sent from my phone", ND_SPEECHACT_BOILER, 0},
	};

	(void)state;
	CHECK(table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(questions),
		cmocka_unit_test(decisions),
		cmocka_unit_test(words_of_programs),
		cmocka_unit_test(every_letter_of_the_table_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
