/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has taken patches how often, by address and by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyse/committers.h"
#include "util/alloc.h"

static struct nd_sender senders[] = {
	{"Max Maintain <max@example.org>", 7},
	{"\"Maintain, Max\" <Max@Example.ORG>", 2},
	{"Max Maintain <max@home.example.net>", 3},
	{"Ben Poor via list <list@example.org>", 4},
	{"'Ann Author' via list <list@example.org>", 1},
	{"bare@example.org", 5},
	{"", 1},
};

static unsigned
taken_by(const struct nd_committers *all, const char *name, const char *addr)
{
	struct nd_address who = {.name = name, .addr = addr};

	return nd_committers_taken(all, &who);
}

static void
counts_by_address_and_by_name(void **state)
{
	struct nd_sender_list list = {senders,
	                              sizeof senders / sizeof *senders};
	struct nd_committers *all = nd_committers_new(NULL, &list);

	(void)state;
	assert_int_equal(taken_by(all, "M.", "max@example.org"), 9);
	assert_int_equal(taken_by(all, "Max Maintain", "new@example.org"), 12);
	assert_int_equal(taken_by(all, "Max Maintain", "max@example.org"), 12);
	assert_int_equal(taken_by(all, "", "BARE@example.org"), 5);
	assert_int_equal(taken_by(all, "Zoe Nobody", "zoe@example.org"), 0);
	assert_int_equal(taken_by(all, "", ""), 0);
	assert_int_equal(taken_by(NULL, "Max Maintain", "max@example.org"), 0);
	talloc_free(all);
}

/* Mail that a list sends in people's names says nothing of the list. */
static void
lists_take_nothing(void **state)
{
	struct nd_sender_list list = {senders,
	                              sizeof senders / sizeof *senders};
	struct nd_committers *all = nd_committers_new(NULL, &list);

	(void)state;
	assert_int_equal(taken_by(all, "Ben Poor", "ben@example.com"), 4);
	assert_int_equal(taken_by(all, "Ann Author", "ann@example.com"), 1);
	assert_int_equal(taken_by(all, "", "list@example.org"), 0);
	talloc_free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_by_address_and_by_name),
		cmocka_unit_test(lists_take_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
