/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which list of the front page a thread stands in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "agenda/deadline.h"
#include "agenda/front.h"
#include "analyse/analyse.h"
#include "build.h"
#include "standing/foryou.h"
#include "standing/state.h"
#include "util/buf.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Reviewer <ben@example.net>"
#define MAX "Max Keeper <max@example.com>"
#define CARA "Cara Third <cara@example.org>"
#define PATCH "[PATCH] foo: Fix the bar"
#define RE "Re: [PATCH] foo: Fix the bar"
#define DIFF "---\n foo.c | 2 +-\n\ndiff --git a/foo.c b/foo.c\n"
#define TAG(who) "Reviewed-by: " who "\n"
#define CFP "Call for papers: foo conference"

enum { NOW_S = 1600000000, DAY_S = 86400, NONE = ND_NO_MESSAGE, MAILS_MAX = 4 };

static const struct row {
	const char *name;
	struct test_mail mails[MAILS_MAX];
	const char *user; /* "" is nobody */
	int days;         /* from the first mail to now */
	int old;          /* mails before the window */
	const char *want; /* "list mail", "" when it stands in none */
} rows[] = {
	{"nobody has answered",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         CARA,
         1,
         0,
         "unanswered 0"},
	{"its author sees it there, too, while it is new",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         ANN,
         1,
         0,
         "unanswered 0"},
	{"and waits after a week",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         ANN,
         8,
         0,
         "waits_for_others 0"},
	{"asked, written elsewhere, asked again: the last mail says so",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why is the cache needed here?\n", 0},
          {RE, ANN, "By the way, this is for the next release.\n", 0},
          {RE, BEN, "> next release\nAnn, which release is that?\n", 2}},
         ANN,
         1,
         0,
         "needs_you 3"},
	{"wanted of the user",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         ANN,
         1,
         0,
         "needs_you 1"},
	{"the same for somebody else",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         CARA,
         1,
         0,
         ""},
	{"the user waits",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         BEN,
         1,
         0,
         "waits_for_others 1"},
	{"nobody is the user",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         "",
         1,
         0,
         ""},
	{"applied",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, MAX, "Applied, thanks.\n", 0}},
         CARA,
         1,
         0,
         "closed 1"},
	{"one of two is applied: the other is looked at",
         {{"[PATCH 1/2] foo: a", ANN, "A.\n" DIFF, NONE},
          {"[PATCH 2/2] foo: b", ANN, "B.\n" DIFF, 0},
          {"Re: [PATCH 1/2] foo: a", MAX, "Applied this one, thanks.\n", 0}},
         CARA,
         1,
         0,
         ""},
	{"of which something is wanted",
         {{"[PATCH 1/2] foo: a", ANN, "A.\n" DIFF, NONE},
          {"[PATCH 2/2] foo: b", ANN, "B.\n" DIFF, 0},
          {"Re: [PATCH 1/2] foo: a", MAX, "Applied this one, thanks.\n", 0},
          {"Re: [PATCH 2/2] foo: b", BEN, "> B.\nPlease drop this line.\n", 1}},
         ANN,
         1,
         0,
         "needs_you 3"},
	{"which an earlier report has told",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, MAX, "Applied, thanks.\n", 0},
          {RE, ANN, "Thank you!\n", 1}},
         CARA,
         1,
         2,
         ""},
	{"reviewed two weeks ago",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}, {RE, BEN, TAG(BEN), 0}},
         CARA,
         20,
         0,
         "overdue 1"},
	{"a bug",
         {{"[BUG] foo: kernel panic in bar", ANN, "It crashes.\n", NONE}},
         CARA,
         1,
         0,
         "broke 0"},
	{"that is settled",
         {{"[BUG] foo: kernel panic in bar", ANN, "It crashes.\n", NONE},
          {"Re: [BUG] foo: kernel panic in bar", BEN, "Try 1.2, please.\n", 0},
          {"Re: [BUG] foo: kernel panic in bar", ANN, "It works now.\n", 1}},
         CARA,
         1,
         0,
         ""},
	{"of which only an answer is there",
         {{"Re: [BUG] foo: kernel panic in bar", ANN, "Does it?\n", NONE}},
         CARA,
         1,
         0,
         "broke 0"},
	{"what a person says of a test is not sure",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "This patch fails every test for me.\n", 0}},
         CARA,
         1,
         0,
         ""},
	{"what a program says is",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, "kernel test robot <lkp@intel.com>",
           "Hi Ann,\n\nkernel test robot noticed the following build "
           "errors:\n\nfoo.c:1:1: error: expected ';'\n",
           0}},
         CARA,
         1,
         0,
         "broke 1"},
	{"an announcement",
         {{"[ANNOUNCE] foo 1.0", ANN, "It is there.\n", NONE}},
         CARA,
         1,
         0,
         ""},
	{"a call with its last day",
         {{CFP, ANN,
           "Hello!\n\nSubmission deadline: October 12th, 2020\n"
           "Notification: 1 November 2020\n",
           NONE}},
         CARA,
         1,
         0,
         "deadlines 0"},
	{"a day of which nothing is said",
         {{CFP, ANN, "The conference is on 12 October 2020.\n", NONE}},
         CARA,
         1,
         0,
         ""},
	{"without a year",
         {{CFP, ANN, "Deadline: 12 October\n", NONE}},
         CARA,
         1,
         0,
         ""},
	{"two days on a line",
         {{CFP, ANN, "Deadline: 2020-10-12, was 2020-10-01\n", NONE}},
         CARA,
         1,
         0,
         ""},
	{"long over",
         {{CFP, ANN, "Deadline: 2020-01-12\n", NONE}},
         CARA,
         1,
         0,
         ""},
	{"not a call",
         {{"A bug report wants a deadline", ANN, "Deadline: 2020-10-12\n",
           NONE}},
         CARA,
         1,
         0,
         ""},
};

static struct nd_thread *
thread_of(const void *ctx, const struct row *row, const struct nd_user *user,
          const struct nd_window *window)
{
	struct nd_address *to = x_array(ctx, struct nd_address, 2);
	struct nd_thread *thread;
	size_t count = 0;

	while (count < MAILS_MAX && row->mails[count].subject)
		count++;
	thread = test_thread(ctx, row->mails, count);
	to[0] = test_address(ctx, MAX);
	to[1] = test_address(ctx, "foo@lists.example.org");
	thread->message[0]->to.address = to;
	thread->message[0]->to.count = 2;
	for (size_t i = (size_t)row->old; i < count; i++)
		thread->message[i]->flags |= ND_MESSAGE_NEW;
	for (size_t i = 0; i < (size_t)row->old; i++)
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	nd_analyse_thread(thread);
	nd_foryou_count(thread, user);
	nd_deadline_find(thread);
	nd_state_settle(thread, window);
	nd_foryou_find(thread, user);
	return thread;
}

static const char *
told(const void *ctx, const struct nd_front *front)
{
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++)
		if (front->count[k] == 1)
			return x_asprintf(ctx, "%s %d", nd_front_list_name(k),
			                  (int)front->line[k][0].message);
	return "";
}

static void
the_first_list_that_fits(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct nd_report *report = x_new(NULL, struct nd_report);
		struct nd_address who = test_address(report, row->user);
		struct nd_user user = {
			.name = who.name,
			.address = &who.addr,
			.address_count = *who.addr ? 1 : 0,
		};
		struct nd_thread *thread;
		const char *got;

		report->window.now_s = NOW_S + row->days * DAY_S;
		report->window.until_s = report->window.now_s;
		report->window.since_s = report->window.now_s - 7 * DAY_S;
		thread = thread_of(report, row, &user, &report->window);
		report->thread = &thread;
		report->thread_count = 1;
		nd_front_make(report, &user);
		got = told(report, report->front);
		if (strcmp(got, row->want) != 0)
			print_message("%s\n", row->name);
		assert_string_equal(got, row->want);
		assert_int_equal(report->front->order_count, 1);
		talloc_free(report);
	}
}

/* A thread that is told in another one's entry has no line, and comes last. */
static void
members_have_no_line(void **state)
{
	const struct nd_user user = {.name = ""};
	struct nd_report *report = x_new(NULL, struct nd_report);
	struct nd_thread *thread[2];

	(void)state;
	report->window.now_s = report->window.until_s = NOW_S + DAY_S;
	for (size_t i = 0; i < 2; i++)
		thread[i] = thread_of(report, &rows[0], &user, &report->window);
	thread[0]->family.entry = thread[1];
	report->thread = thread;
	report->thread_count = 2;
	nd_front_make(report, &user);
	assert_int_equal(report->front->count[ND_FRONT_UNANSWERED], 1);
	assert_ptr_equal(report->front->order[0], thread[1]);
	assert_ptr_equal(report->front->order[1], thread[0]);
	talloc_free(report);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_list_that_fits),
		cmocka_unit_test(members_have_no_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
