/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/people.h"
#include "analyse/committers.h"
#include "build.h"

static void
knows_programs_from_people(void **state)
{
	static const struct {
		const char *from;
		bool robot;
	} cases[] = {
		{"kernel test robot <lkp@example.com>", true},
		{"lkp@intel.com", true},
		{"syzbot <syzbot+1234abcd@syzkaller.example.com>", true},
		{"pr-tracker-bot@kernel.org", true},
		{"tip-bot2 for A. Person <tip-bot2@example.org>", true},
		{"patchwork-bot+netdevbpf@kernel.org", true},
		{"Patchwork <patchwork@example.org>", true},
		{"no-reply@example.org", true},
		{"Forge <noreply@example.com>", true},
		{"donotreply@example.com", true},
		{"bugzilla-daemon@example.org", true},
		{"MAILER-DAEMON@example.org", true},
		{"AI Reviewer <review-bot@example.org>", true},
		{"regzbot <regzbot@example.org>", true},
		{"cfbot@example.org", true},
		{"Zrbot <zrbot@example.org>", true},
		{"osstest service owner <osstest-admin@example.org>", true},
		{"llvm.buildmaster@example.org", true},
		{"Ann Erbot <erbot@example.org>", false},
		{"turbot@example.org", false},
		{"A. Talbot <talbot@example.org>", false},
		{"Abbot <abbot@example.org>", false},
		{"Bo Tang <botang@example.org>", false},
		{"Rob Ot <rob@robotics.example.org>", false},
		{"A. Person <person@bots.example.org>", false},
		{"Марк Бот <mark@example.org>", false},
		{"", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_address who = test_address(tmp, cases[i].from);

		if (nd_people_is_robot(&who) != cases[i].robot)
			fail_msg("'%s'", cases[i].from);
		talloc_free(tmp);
	}
}

static void
counts_addresses_whatever_their_case(void **state)
{
	static const struct test_mail mails[] = {
		{"a", "Ann <ann@example.org>", "", ND_NO_MESSAGE},
		{"Re: a", "bot <ci-bot@example.org>", "", 0},
		{"Re: a", "Ann B. <ANN@Example.ORG>", "", 1},
		{"Re: a", "Ben <ben@example.org>", "", 2},
		{"Re: a", "", "", 2},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 5);

	(void)state;
	thread->message[0]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	thread->message[1]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	thread->message[4]->flags &= ~(unsigned)ND_MESSAGE_READ;
	nd_people_count(thread);
	assert_int_equal(thread->counts.total, 5);
	assert_int_equal(thread->counts.new_messages, 3);
	assert_int_equal(thread->counts.participants, 3);
	assert_int_equal(thread->counts.new_participants, 2);
	assert_int_equal(thread->counts.unreadable, 1);
	assert_string_equal(thread->participant[0].who.name, "Ann");
	assert_int_equal(thread->participant[0].messages, 2);
	assert_int_equal(thread->participant[0].new_messages, 1);
	assert_false(thread->participant[0].robot);
	assert_true(thread->participant[1].robot);
	assert_true(thread->message[1]->flags & ND_MESSAGE_ROBOT);
	assert_false(thread->message[2]->flags & ND_MESSAGE_ROBOT);
	talloc_free(thread);
}

static void
an_automatic_answer_makes_nobody_a_program(void **state)
{
	static const struct test_mail mails[] = {
		{"a", "Ann <ann@example.org>", "", ND_NO_MESSAGE},
		{"Automatic reply: a", "Ben <ben@example.org>", "", 0},
		{"Re: a", "Ben <ben@example.org>", "", 0},
		{"Automatic reply: a", "Eve <eve@example.org>", "", 0},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 4);

	(void)state;
	thread->message[1]->flags |= ND_MESSAGE_AUTO;
	thread->message[3]->flags |= ND_MESSAGE_AUTO;
	nd_people_count(thread);
	assert_true(thread->message[1]->flags & ND_MESSAGE_ROBOT);
	assert_false(thread->participant[1].robot);
	assert_true(thread->participant[2].robot);
	talloc_free(thread);
}

static void
what_nobody_wrote_is_told_apart(void **state)
{
	static const struct {
		struct test_mail mail;
		unsigned header, want;
	} cases[] = {
		{{"Automatic reply: a", "Ben <ben@example.org>", "", 0},
	         0,
	         ND_MESSAGE_ROBOT | ND_MESSAGE_RESPONDER},
		{{"Re: a", "Ben <ben@example.org>", "I am away.\n", 0},
	         ND_MESSAGE_AUTO | ND_MESSAGE_RESPONDER,
	         ND_MESSAGE_ROBOT | ND_MESSAGE_RESPONDER},
		/* Bots answer, too. */
		{{"Re: a", "CI bot <ci@example.org>", "It failed.\n", 0},
	         ND_MESSAGE_AUTO | ND_MESSAGE_RESPONDER,
	         ND_MESSAGE_ROBOT},
		{{"Re: a", "Ben <ben@example.org>",
	          "This is an automated message.\nIt failed.\n", 0},
	         0,
	         ND_MESSAGE_ROBOT},
		{{"Re: a", "Ben <ben@example.org>",
	          "This is an AI-generated review.\nIt leaks.\n", 0},
	         0,
	         ND_MESSAGE_ROBOT | ND_MESSAGE_AI},
		{{"Re: a", "Ben <ben@example.org>", "It leaks.\n", 0}, 0, 0},
	};
	const unsigned mask =
		ND_MESSAGE_ROBOT | ND_MESSAGE_RESPONDER | ND_MESSAGE_AI;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"a", "Ann <ann@example.org>", "", ND_NO_MESSAGE},
			cases[i].mail,
		};
		struct nd_thread *thread = test_thread(NULL, mails, 2);

		thread->message[1]->flags |= cases[i].header;
		nd_people_count(thread);
		assert_int_equal(thread->message[1]->flags & mask,
		                 cases[i].want);
		talloc_free(thread);
	}
}

static void
a_name_counts_in_all_mails(void **state)
{
	static const struct test_mail mails[] = {
		{"a", "ann@example.org", "", ND_NO_MESSAGE},
		{"Re: a", "Ann Author <Ann@example.org>", "", 0},
		{"Re: a", "ben@example.org", "", 1},
		{"Re: a", "Ben via list <list@example.org>", "", 2},
		{"Re: a", "list@example.org", "", 3},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 5);

	(void)state;
	thread->message[3]->sender = thread->message[3]->author =
		(struct nd_address){"Ben", ""};
	nd_people_lend(thread);
	assert_string_equal(thread->message[0]->sender.name, "Ann Author");
	assert_string_equal(thread->message[0]->author.name, "Ann Author");
	assert_string_equal(thread->message[2]->sender.name, "");
	assert_string_equal(thread->message[4]->sender.name, "");
	talloc_free(thread);
}

/* Many web mailers send an address alone; those who answer have the name. */
static void
who_has_no_name_has_that_of_the_answers(void **state)
{
	static const struct test_mail mails[] = {
		{"a", "ann@example.org", "", ND_NO_MESSAGE},
		{"Re: a", "Ben <ben@example.org>", "", 0},
		{"Re: a", "cy@example.org <cy@example.org>", "", 1},
	};
	static struct nd_address named[] = {
		{"ann@example.org", "ann@example.org"},
		{"Benjamin Berg", "ben@example.org"},
		{"Ann Author", "Ann@example.org"},
		{"Cy Moon", "cy@example.org"},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 3);

	(void)state;
	thread->message[1]->to = (struct nd_address_list){named, 1};
	thread->message[2]->cc = (struct nd_address_list){named + 1, 3};
	nd_people_lend(thread);
	assert_string_equal(thread->message[0]->sender.name, "Ann Author");
	assert_string_equal(thread->message[1]->sender.name, "Ben");
	assert_string_equal(thread->message[2]->sender.name, "Cy Moon");
	talloc_free(thread);
}

/* Programs write the same person in two ways; an address of two people is none's. */
static void
one_person_has_one_name(void **state)
{
	static const struct test_mail mails[] = {
		{"a", "Ann Author <ann@example.org>", "", ND_NO_MESSAGE},
		{"Re: a", "Annauth <Ann@example.org>", "", 0},
		{"Re: a", "Bo Lind <desk@example.org>", "", 0},
		{"Re: a", "Cy Dahl <desk@example.org>", "", 0},
		{"Re: a", "desk <desk@example.org>", "", 0},
		{"Re: a", "Ed F Berg <ed@example.org>", "", 0},
		{"Re: a", "Berg Edward <ed@example.org>", "", 0},
		{"Re: a", "森脇健太 <mori@example.org>", "", 0},
		{"Re: a", "Kenta Moriwaki <mori@example.org>", "", 0},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 9);

	(void)state;
	nd_people_lend(thread);
	assert_string_equal(thread->message[1]->sender.name, "Ann Author");
	assert_string_equal(thread->message[3]->sender.name, "Cy Dahl");
	assert_string_equal(thread->message[4]->sender.name, "desk");
	assert_string_equal(thread->message[6]->sender.name, "Ed F Berg");
	assert_string_equal(thread->message[7]->sender.name, "森脇健太");
	talloc_free(thread);
}

/* Who wrote by mail and through a forum is one, unless two are called so. */
static void
a_relay_gives_back_the_address(void **state)
{
	static const struct test_mail mails[] = {
		{"a", "Ann Author <ann@example.org>", "", ND_NO_MESSAGE},
		{"Re: a", "Ann Author via Forum <noreply@example.net>", "", 0},
		{"Re: a", "Bo Lind <bo@example.org>", "", 0},
		{"Re: a", "Bo Lind <bo@example.com>", "", 0},
		{"Re: a", "Bo Lind via Forum <noreply@example.net>", "", 0},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 5);

	(void)state;
	thread->message[1]->sender = (struct nd_address){"Ann Author", ""};
	thread->message[4]->sender = (struct nd_address){"Bo Lind", ""};
	nd_people_lend(thread);
	assert_string_equal(thread->message[1]->sender.addr, "ann@example.org");
	assert_string_equal(thread->message[4]->sender.addr, "");
	nd_people_count(thread);
	assert_int_equal(thread->counts.participants, 4);
	talloc_free(thread);
}

/* Notices have an address alone; the same person takes patches under a name. */
static void
names_who_takes_patches(void **state)
{
	static struct nd_sender sender[] = {
		{"Max Maintain <max@example.org>", 9}};
	static const struct test_mail mails[] = {
		{"patch added to foo-next", "max@example.org", "x\n",
	         ND_NO_MESSAGE},
		{"Re: patch added to foo-next", "ann@example.org", "x\n", 0},
	};
	struct nd_sender_list list = {sender, 1};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 2);

	(void)state;
	nd_people_lend(thread);
	assert_string_equal(thread->message[0]->sender.name, "");
	thread->committers = nd_committers_new(tmp, &list);
	nd_people_lend(thread);
	assert_string_equal(thread->message[0]->sender.name, "Max Maintain");
	assert_string_equal(thread->message[1]->sender.name, "");
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_who_takes_patches),
		cmocka_unit_test(what_nobody_wrote_is_told_apart),
		cmocka_unit_test(a_name_counts_in_all_mails),
		cmocka_unit_test(who_has_no_name_has_that_of_the_answers),
		cmocka_unit_test(one_person_has_one_name),
		cmocka_unit_test(a_relay_gives_back_the_address),
		cmocka_unit_test(knows_programs_from_people),
		cmocka_unit_test(counts_addresses_whatever_their_case),
		cmocka_unit_test(an_automatic_answer_makes_nobody_a_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
