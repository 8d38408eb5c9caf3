/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a thread still owes, told by whoever looks at it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "agenda/obligation.h"
#include "analyse/analyse.h"
#include "build.h"
#include "lineage/sequel.h"
#include "lineage/torn.h"
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

enum { DAY_S = 86400, NONE = ND_NO_MESSAGE, MAILS_MAX = 5, TOLD_BYTES = 4096 };

/* The first mail is to Max and the list; the others answer as they say. */
static const struct row {
	const char *name;
	struct test_mail mails[MAILS_MAX];
	const char *user; /* "" is nobody */
	int days;         /* from the first mail to now */
	const char *want; /* list why name mail, parted by ";" */
} rows[] = {
	{"sent to the user alone",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         MAX,
         3,
         "needs_you sent-to Max Keeper 0"},
	{"not at once",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         MAX,
         1,
         "carried no-answer - 0"},
	{"who posted it has reminded, and nobody has answered",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, ANN, "Gentle ping, are there any concerns?\n", 0}},
         CARA,
         8,
         "unanswered no-answer - 0"},
	{"others see that nobody answers",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         CARA,
         8,
         "unanswered no-answer - 0"},
	{"a robot is to try it",
         {{PATCH, ANN, "#syz test\n\nBar.\n" DIFF, NONE}},
         CARA,
         8,
         ""},
	{"and its author waits",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         ANN,
         8,
         "waits_for_others no-answer - 0"},
	{"asked of the author, and nobody has said more",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0}},
         BEN,
         5,
         "waits_for_others asked Ann Author 1"},
	{"another one answers, and who asked is content",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0},
          {RE, CARA, "> why do you do that here?\nTo wait for foo.\n", 1},
          {RE, BEN, "> To wait for foo.\nI did not know that.\n", 2}},
         BEN,
         5,
         "carried asked Ann Author 1"},
	{"who is not called by name need not answer what another one has",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nWhy do you do that here?\n", 0},
          {RE, CARA, "> Why do you do that here?\nTo wait for foo.\n", 1}},
         BEN,
         5,
         "carried asked Ann Author 1"},
	{"asked for assent only",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nWe do not want to hide bugs, right?\n", 0}},
         BEN,
         5,
         "carried asked Ann Author 1"},
	{"a matter of taste",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> +int foo;\nNit: this should be called bar.\n", 0}},
         BEN,
         30,
         "carried changes-requested Ann Author 1"},
	{"what is not to be taken is not to be changed",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nMax, please don't take this one.\n", 0}},
         BEN,
         30,
         "carried changes-requested Ann Author 1"},
	{"of patches that are not there",
         {{RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", NONE}},
         BEN,
         30,
         "carried changes-requested Max Keeper 0"},
	{"nor is it known who is to mend those",
         {{RE, BEN, "> Bar.\nI tested this and it crashes at once.\n", NONE}},
         MAX,
         30,
         "carried test-failed Max Keeper 0"},
	{"another one changes it",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, CARA, "> Please drop this\nRight, thanks, commit updated.\n",
           1}},
         BEN,
         30,
         "carried changes-requested Ann Author 1"},
	{"another one wants it changed, too",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, CARA, "> Please drop this\nI see the same in foo.\n", 1}},
         BEN,
         30,
         "waits_for_others changes-requested Ann Author 1"},
	{"another one posts the next version below it",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {"[PATCH v2] bar: Wait for foo", CARA, "Foo.\n" DIFF, 1}},
         BEN,
         30,
         "carried changes-requested Ann Author 1"},
	{"who asked has found it out",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0},
          {RE, BEN, "I figured out why it is here.\n", 1}},
         BEN,
         5,
         "carried asked Ann Author 1"},
	{"who posted it asks how",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n", 0},
          {RE, ANN, "> Please rename bar.\nBen, what should it be called?\n",
           1}},
         BEN,
         5,
         "needs_you asked Ben Reviewer 2; "
         "carried changes-requested Ann Author 1"},
	{"and goes on without an answer",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n", 0},
          {RE, ANN, "> Please rename bar.\nBen, what should it be called?\n",
           1},
          {RE, ANN, "I will send v2 tomorrow.\n", 0}},
         BEN,
         5,
         "carried asked Ben Reviewer 2; carried promised Ann Author 3; "
         "carried changes-requested Ann Author 1"},
	{"a promise that hangs on another one",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN, "> Please drop this\nI'll fix it when you merge foo.\n",
           1}},
         BEN,
         20,
         "carried promised Ann Author 2"},
	{"a good resolution",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN,
           "> Please drop this\nI will pay more attention to this in future "
           "submissions.\n",
           1}},
         BEN,
         20,
         "carried changes-requested Ann Author 1"},
	{"or another one",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN,
           "> Please drop this\nSure, I'll try to remember to send those to "
           "begin with.\n",
           1}},
         BEN,
         20,
         "carried changes-requested Ann Author 1"},
	{"it is left to whoever comes first",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN,
           "> Please drop this\nFeel free to send a patch, or I will send v2 "
           "tomorrow.\n",
           1}},
         BEN,
         20,
         "carried promised Ann Author 2"},
	{"which does not weaken a promise beside it",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN,
           "> Please drop this\nI will send a v2, and pay more attention to "
           "this in the future.\n",
           1}},
         BEN,
         20,
         "waits_for_others promised Ann Author 2"},
	{"without a user nothing is the user's",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         "",
         8,
         "unanswered no-answer - 0"},
	{"wanted of the author",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         ANN,
         1,
         "needs_you changes-requested Ann Author 1"},
	{"for the reviewer",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         BEN,
         30,
         "waits_for_others changes-requested Ann Author 1"},
	{"between others, in time",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         CARA,
         10,
         "carried changes-requested Ann Author 1"},
	{"and late, when nothing came",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0}},
         CARA,
         30,
         "overdue changes-requested Ann Author 1"},
	{"a promise to the user",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN, "> Please drop this\nWill fix in v2.\n", 1}},
         BEN,
         20,
         "waits_for_others promised Ann Author 2"},
	{"to somebody else, in time",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN, "> Please drop this\nWill fix in v2.\n", 1}},
         CARA,
         10,
         "carried promised Ann Author 2"},
	{"and late",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN, "> Please drop this\nWill fix in v2.\n", 1}},
         CARA,
         20,
         "overdue promised Ann Author 2"},
	{"reviewed, and not applied",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}, {RE, BEN, TAG(BEN), 0}},
         CARA,
         20,
         "overdue to-apply Max Keeper 1"},
	{"which is the committer's turn",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}, {RE, BEN, TAG(BEN), 0}},
         MAX,
         1,
         "needs_you to-apply Max Keeper 1"},
	{"applied",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, TAG(BEN), 0},
          {RE, MAX, "Applied, thanks.\n", 0}},
         MAX,
         20,
         ""},
	{"but not when somebody has written since",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, TAG(BEN), 0},
          {RE, CARA, "Dear all,\n", 0}},
         CARA,
         20,
         "carried to-apply Max Keeper 1"},
	{"who has written since may have acted",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease drop this, it is wrong.\n", 0},
          {RE, ANN, "Dear all,\n", 0}},
         BEN,
         20,
         "carried changes-requested Ann Author 1"},
	{"somebody who is called by name",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nCara, could you test this?\n", 0}},
         CARA,
         1,
         "needs_you asked - 1"},
	{"and has answered: at least it is not hers any more",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nCara, could you test this?\n", 0},
          {RE, CARA, "I have no such board.\n", 1}},
         CARA,
         1,
         "carried asked Ann Author 1"},
	{"what is wanted beside a tag is its author's to know",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n" TAG(BEN), 0}},
         ANN,
         20,
         "needs_you changes-requested Ann Author 1; waits_for_others to-apply "
         "Max Keeper 1"},
	{"and keeps nobody else waiting",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n" TAG(BEN), 0}},
         BEN,
         20,
         "overdue to-apply Max Keeper 1; carried changes-requested Ann Author "
         "1"},
	{"but for a tag that hangs on it",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n\nWith that fixed:\n" TAG(BEN),
           0}},
         BEN,
         20,
         "waits_for_others changes-requested Ann Author 1; carried to-apply "
         "Max Keeper 1"},
	{"who asked by name goes on with others",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0},
          {RE, CARA, "It waits for the door.\n", 1},
          {RE, MAX, "There is no door.\n", 2},
          {RE, BEN, "There was one in 5.10.\n", 3}},
         BEN,
         20,
         "carried asked Ann Author 1"},
	{"what others say there is no answer",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0},
          {RE, CARA, "It waits for the door.\n", 1},
          {RE, MAX, "There is no door.\n", 2},
          {RE, BEN, "By the way, there was a door.\n", 0}},
         BEN,
         20,
         "waits_for_others asked Ann Author 1"},
};

static struct nd_thread *
thread_of(const void *ctx, const struct test_mail *mails, int days,
          const struct nd_user *user)
{
	const struct nd_window window = {.now_s = 1600000000 + days * DAY_S};
	struct nd_address *to = x_array(ctx, struct nd_address, 2);
	struct nd_thread *thread;
	size_t count = 0;

	while (count < MAILS_MAX && mails[count].subject)
		count++;
	thread = test_thread(ctx, mails, count);
	to[0] = test_address(ctx, MAX);
	to[1] = test_address(ctx, "foo@lists.example.org");
	thread->message[0]->to.address = to;
	thread->message[0]->to.count = 2;
	nd_analyse_thread(thread);
	nd_foryou_count(thread, user);
	nd_state_settle(thread, &window);
	nd_foryou_find(thread, user);
	return thread;
}

static char *
told(const void *ctx, const struct nd_obligation *found, size_t count)
{
	struct nd_buf *out = nd_buf_new(ctx, TOLD_BYTES);

	for (size_t i = 0; i < count; i++)
		nd_buf_addf(out, "%s%s %s %s %d", i > 0 ? "; " : "",
		            nd_obligation_list_name(found[i].list),
		            nd_obligation_why_name(found[i].why),
		            found[i].name ? found[i].name : "-",
		            (int)found[i].message);
	nd_buf_adds(out, "");
	return out->data ? out->data : x_strdup(ctx, "");
}

static void
what_is_owed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_address who = test_address(tmp, rows[i].user);
		struct nd_user user = {
			.name = who.name,
			.address = &who.addr,
			.address_count = *who.addr ? 1 : 0,
		};
		struct nd_thread *thread =
			thread_of(tmp, rows[i].mails, rows[i].days, &user);
		struct nd_obligation *found;
		size_t count = nd_obligation_find(
			tmp, thread, &user, 1600000000 + rows[i].days * DAY_S,
			&found);
		const char *got = told(tmp, found, count);

		if (strcmp(got, rows[i].want) != 0)
			print_message("%s\n", rows[i].name);
		assert_string_equal(got, rows[i].want);
		talloc_free(tmp);
	}
}

/* A talk in two threads, or what is posted later; the second a day after. */
static const struct torn {
	const char *name;
	struct test_mail mails[MAILS_MAX], later[MAILS_MAX];
	const char *user;
	const char *want; /* of the first, as above */
	bool doubted;     /* all of it */
} torn[] = {
	{"answered elsewhere",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         {{RE, BEN, "Looks odd to me.\n", NONE}},
         CARA,
         "carried no-answer - 0",
         true},
	{"by a reminder of who posted it",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         {{RE, ANN, "Gentle ping.\n", NONE}},
         CARA,
         "unanswered no-answer - 0",
         false},
	{"the user, to whom alone it was sent, has answered elsewhere",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         {{RE, MAX, "Looks odd to me.\n", NONE}},
         MAX,
         "carried sent-to Max Keeper 0",
         true},
	{"who was asked answers elsewhere",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0}},
         {{RE, ANN, "To wait for foo.\n", NONE}},
         BEN,
         "carried asked Ann Author 1",
         true},
	{"another one answers elsewhere",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0}},
         {{RE, CARA, "I do not know.\n", NONE}},
         BEN,
         "waits_for_others asked Ann Author 1",
         false},
	{"called by name, and has answered elsewhere",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nCara, could you test this?\n", 0}},
         {{RE, CARA, "I have no such board.\n", NONE}},
         CARA,
         "carried asked - 1",
         true},
	{"another version is answered",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE}},
         {{"Re: [PATCH v2] foo: Fix the bar", BEN, "Looks odd.\n", NONE}},
         CARA,
         "unanswered no-answer - 0",
         false},
	{"what is promised elsewhere comes",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n", 0},
          {RE, ANN, "> Please rename bar.\nWill fix in v2.\n", 1}},
         {{RE, BEN, "Thanks.\n", NONE}},
         BEN,
         "waits_for_others promised Ann Author 2",
         false},
	{"what is promised is posted under a title like it",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n", 0},
          {RE, ANN, "> Please rename bar.\nWill fix in v2.\n", 1}},
         {{"[PATCH] foo: Fix the bar of bars", ANN, "Bar.\n" DIFF, NONE}},
         BEN,
         "carried promised Ann Author 2",
         true},
	{"by another one it is something else",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nPlease rename bar.\n", 0},
          {RE, ANN, "> Please rename bar.\nWill fix in v2.\n", 1}},
         {{"[PATCH] foo: Fix the bar of bars", CARA, "Bar.\n" DIFF, NONE}},
         BEN,
         "waits_for_others promised Ann Author 2",
         false},
	{"who is asked about patches answers with others",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nAnn, why do you do that here?\n", 0}},
         {{"[PATCH] foo: Fix the bar of bars", ANN, "Bar.\n" DIFF, NONE}},
         BEN,
         "carried asked Ann Author 1",
         true},
	{"not who has posted nothing here",
         {{PATCH, ANN, "Bar.\n" DIFF, NONE},
          {RE, BEN, "> Bar.\nCara, could you test this?\n", 0}},
         {{"[PATCH] foo: Fix the bar of bars", CARA, "Bar.\n" DIFF, NONE}},
         CARA,
         "needs_you asked - 1",
         false},
	{"reviewed, and another one has it among theirs",
         {{"[PATCH] foo: Fix the last bar", ANN, "Bar.\n" DIFF, NONE},
          {"Re: [PATCH] foo: Fix the last bar", BEN, TAG(BEN), 0}},
         {{"[PATCH v2] foo: Fix the last bar", CARA, "Bar.\n" DIFF, NONE}},
         ANN,
         "carried to-apply Max Keeper 1",
         true},
	{"nobody answers a patch that is sent anew",
         {{"[PATCH v2] foo: Fix the last bar", ANN, "Bar.\n" DIFF, NONE}},
         {{"[PATCH] foo: Fix the last bar", ANN, "Bar.\n" DIFF, NONE}},
         CARA,
         "carried no-answer - 0",
         true},
};

static void
what_is_owed_by_parts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof torn / sizeof *torn; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_address who = test_address(tmp, torn[i].user);
		struct nd_user user = {
			.name = who.name,
			.address = &who.addr,
			.address_count = 1,
		};
		struct nd_thread *const thread[] = {
			thread_of(tmp, torn[i].mails, 8, &user),
			thread_of(tmp, torn[i].later, 8, &user),
		};
		struct nd_message *answer = thread[1]->message[0];
		struct nd_obligation *found;
		size_t count;

		answer->date_s += DAY_S;
		answer->id = "later@example.org";
		nd_torn_find(tmp, thread, 2);
		nd_sequel_find(thread, 2);
		count = nd_obligation_find(tmp, thread[0], &user,
		                           1600000000 + 8 * DAY_S, &found);
		if (strcmp(told(tmp, found, count), torn[i].want) != 0)
			print_message("%s\n", torn[i].name);
		assert_string_equal(told(tmp, found, count), torn[i].want);
		for (size_t k = 0; k < count; k++) {
			assert_int_equal(found[k].doubted_by != NULL,
			                 torn[i].doubted);
			if (torn[i].doubted) {
				assert_string_equal(found[k].doubted_by,
				                    answer->id);
				assert_int_equal(found[k].doubted_s,
				                 answer->date_s);
			}
		}
		talloc_free(tmp);
	}
}

/* What a robot has found ends no wait for an answer; that its author promises
 * to mend it does. */
static void
an_answer_to_a_robot_closes(void **state)
{
	static const struct test_mail mails[MAILS_MAX] = {
		{PATCH, ANN, "Bar.\n" DIFF, NONE},
		{RE, "kernel test robot <lkp@intel.com>",
	         "Hi Ann,\n\nThank you for the patch! Yet something to "
	         "improve:\n\n[auto build test ERROR on foo/master]\n\nAll "
	         "errors (new ones prefixed by >>):\n\n>> foo.c:12:6: error: "
	         "no bar\n",
	         0},
		{RE, ANN, "Will fix this in v2.\n", 1},
	};
	const struct nd_user nobody = {.name = ""};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = thread_of(tmp, mails, 8, &nobody);
	struct nd_obligation *found;
	size_t count = nd_obligation_find_closed(
		tmp, thread, &nobody, 1600000000 + 8 * DAY_S, &found);
	const char *by = NULL;

	(void)state;
	for (size_t i = 0; i < count; i++)
		if (found[i].why == ND_OBLIGATION_NO_ANSWER)
			by = found[i].closed_by;
	assert_string_equal(by, thread->message[2]->id);
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_owed),
		cmocka_unit_test(what_is_owed_by_parts),
		cmocka_unit_test(an_answer_to_a_robot_closes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
