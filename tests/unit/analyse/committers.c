/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has taken patches how often, and whether that says something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "analyse/committers.h"
#include "build.h"
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

/* ---- of one thread ------------------------------------------------------- */

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Review <ben@example.org>"
#define CARA "Cara Third <cara@example.org>"
#define MAX "Max Maintain <max@example.org>"
#define ORA "Ora Other <ora@example.org>"
#define ZOE "Zoe Faraway <zoe@example.org>"
#define BOT "patchwork-bot <bot+patchwork@example.org>"

enum { TO_MAX = 3 };

struct story {
	const char *to[TO_MAX];
	const char *by;     /* who answers */
	const char *expect; /* NULL: nobody */
	bool takes;         /* the one who answers takes patches */
};

static struct nd_thread *
answered_thread(const void *ctx, const struct story *story)
{
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "A.\n", ND_NO_MESSAGE},
		{"Re: [PATCH] foo: bar", story->by, "Fine.\n", 0},
	};
	struct nd_thread *thread = test_thread(ctx, mails, 2);
	struct nd_address_list *to = &thread->message[0]->to;

	for (size_t i = 0; i < TO_MAX && story->to[i]; i++)
		*x_append(thread, to->address, to->count) =
			test_address(thread, story->to[i]);
	return thread;
}

static void
check_story(const struct story *story, const struct nd_committers *all)
{
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = answered_thread(tmp, story);
	const struct nd_address *got;

	thread->committers = all;
	nd_analyse_thread(thread);
	got = nd_committers_expect(thread, thread->series);
	assert_string_equal(got ? got->addr : "nobody",
	                    story->expect ? story->expect : "nobody");
	assert_int_equal(
		nd_committers_is_one(thread, &thread->message[1]->sender),
		story->takes);
	talloc_free(tmp);
}

/* Max takes most of his list, which is little of what Zoe takes on another. */
static void
other_lists_do_not_count(void **state)
{
	static struct nd_sender taken[] = {
		{CARA, 4}, {BEN, 6}, {MAX, 40}, {ZOE, 4000}, {BOT, 9000},
	};
	static const struct story stories[] = {
		{{BEN, MAX}, BEN, "max@example.org", false},
		{{BEN, MAX}, MAX, "max@example.org", true},
		{{BEN, MAX}, BOT, "max@example.org", true},
		/* Nobody is here who has taken more. */
		{{BEN, ORA}, BEN, "ben@example.org", true},
		/* Zoe is. */
		{{BEN, MAX, ZOE}, MAX, "zoe@example.org", false},
		/* The only one in To may be any reviewer. */
		{{CARA}, MAX, "max@example.org", true},
		{{CARA}, ORA, "cara@example.org", false},
		/* Few may be none: quoted words count, too. */
		{{CARA, ORA}, CARA, NULL, false},
	};
	struct nd_sender_list list = {taken, sizeof taken / sizeof *taken};
	struct nd_committers *all = nd_committers_new(NULL, &list);

	(void)state;
	for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
		print_message("# story %zu\n", i);
		check_story(&stories[i], all);
	}
	talloc_free(all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_by_address_and_by_name),
		cmocka_unit_test(lists_take_nothing),
		cmocka_unit_test(other_lists_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
