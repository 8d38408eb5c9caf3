/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a posting says that it is for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "summarise/purpose.h"

#define COUNT(table) (sizeof table / sizeof table[0])

static struct nd_sentence
sentence(const char *text)
{
	return (struct nd_sentence){.text = text,
	                            .len = (uint32_t)strlen(text)};
}

static void
a_purpose_is_told(void **state)
{
	static const struct {
		const char *text;
		bool told;
	} cases[] = {
		{"This series adds a ring buffer.", true},
		{"These two patches add a ring buffer.", true},
		{"The patch set adds a ring buffer.", true},
		{"The series adds a ring buffer.", true},
		{"This tiny series (on top of rc2) adds a ring.", true},
		{"The ring is slow, so this series caches it.", true},
		{"For those who are new here, this series adds a ring.", true},
		{"In this series, we move the ring.", true},
		{"In this series we move the ring.", true},
		{"The basic idea here is to cache the ring.", true},
		{"The idea with such rings is to cache them.", true},
		{"The goal of this series is a ring.", true},
		{"The goal of the lock is a ring.", false},
		{"The ring is an idea.", false},
		{"This series is about the ring.", false},
		{"This series (on top of rc2) is about the ring.", false},
		{"In this series, there is a ring.", false},
		{"The ring of this series adds a lock.", false},
		{"The patch adds a lock.", false},
		{"The series that adds the ring was lost.", false},
		{"With this series, the ring is fast.", false},
		{"Bo wants this series merged.", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct nd_sentence s = sentence(cases[i].text);

		if (nd_purpose_is_told(&s) != cases[i].told)
			fail_msg("'%s'", cases[i].text);
	}
}

static void
a_purpose_begins(void **state)
{
	static const struct {
		const char *text;
		bool begins;
	} cases[] = {
		{"This adds a ring buffer.", true},
		{"This is a ring buffer.", false},
		{"This has a ring buffer.", false},
		{"This ring is a buffer.", false},
		{"This", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct nd_sentence s = sentence(cases[i].text);

		if (nd_purpose_begins(&s) != cases[i].begins)
			fail_msg("'%s'", cases[i].text);
	}
}

static void
a_purpose_is_commanded(void **state)
{
	static const struct {
		const char *text;
		bool commanded;
	} cases[] = {
		{"Use the right ring instead.", true},
		{"Fix it by a lock.", true},
		{"Use is not what it is for.", false},
		{"Use of a ring is slow.", false},
		{"The use of a ring is slow.", false},
		{"It will use the ring.", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct nd_sentence s = sentence(cases[i].text);

		if (nd_purpose_is_commanded(&s) != cases[i].commanded)
			fail_msg("'%s'", cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_purpose_is_told),
		cmocka_unit_test(a_purpose_begins),
		cmocka_unit_test(a_purpose_is_commanded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
