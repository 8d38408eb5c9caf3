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
		unsigned acts = nd_speech_acts(text, strlen(text));

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
		{"Why do we need this?", ND_SPEECH_QUESTION,
	         ND_SPEECH_RHETORIC},
		{"Is it safe (on VHE)?", ND_SPEECH_QUESTION, 0},
		{"Is it safe?)", ND_SPEECH_QUESTION, 0},
		{"Really?!", ND_SPEECH_QUESTION | ND_SPEECH_RHETORIC, 0},
		{"Could you respin this on top of next", ND_SPEECH_QUESTION, 0},
		{"这样可以吗", ND_SPEECH_QUESTION, 0},
		{"これでいいですか。", ND_SPEECH_QUESTION, 0},
		{"It asks what is left.", 0, ND_SPEECH_QUESTION},
		{"", 0, ND_SPEECH_QUESTION},
	};

	(void)state;
	CHECK(table);
}

static void
decisions(void **state)
{
	static const struct example table[] = {
		{"Applied to kvmarm/next, thanks!", ND_SPEECH_DECISION, 0},
		{"I've queued this for 5.13.", ND_SPEECH_DECISION, 0},
		{"Queued.", ND_SPEECH_DECISION, 0},
		{"NAK, this breaks userspace.",
	         ND_SPEECH_DECISION | ND_SPEECH_OBJECT, 0},
		{"I will respin the series.",
	         ND_SPEECH_PROMISE | ND_SPEECH_DECISION, 0},
		{"I'll fix it.", ND_SPEECH_PROMISE, ND_SPEECH_DECISION},
		/* part of a longer word, or not at the start */
		{"The snack is wrong.", 0, ND_SPEECH_DECISION},
		{"The same value is applied.", 0, ND_SPEECH_DECISION},
		{"Ich werde das im nächsten Patch beheben.", ND_SPEECH_PROMISE,
	         0},
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
	         ND_SPEECH_BOILER, 0},
		{"In file included from foo.c:1", ND_SPEECH_BOILER, 0},
		{"Press any key to continue...", ND_SPEECH_BOILER, 0},
		{"The fixes are available in the git repository", 0,
	         ND_SPEECH_BOILER},
	};

	(void)state;
	CHECK(table);
}

static void
every_letter_of_the_table_is_found(void **state)
{
	static const struct example table[] = {
		{"agreed", ND_SPEECH_AGREE, 0},
		{"cheers", ND_SPEECH_SOCIAL, 0},
		{"it seems so", ND_SPEECH_RESULT, 0},
		{"let's", ND_SPEECH_SUGGEST, 0},
		{"my bad", ND_SPEECH_AGREE, 0},
		{"perhaps", ND_SPEECH_HEDGE, 0},
		{"your review", ND_SPEECH_SOCIAL, 0},
		{"But no", ND_SPEECH_DANGLING, 0},
		{"Sent from my phone", ND_SPEECH_BOILER, 0},
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
