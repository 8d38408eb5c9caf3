/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was posted later that may be what a thread waits for, and what not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "lineage/sequel.h"
#include "standing/state.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Reviewer <ben@example.net>"
#define CARA "Cara Third <cara@example.org>"
#define DIFF(name) "---\ndiff --git a/" name " b/" name "\n"
#define WISH "> Bar.\nPlease rename the bar.\n"
#define PROMISE "> Please rename the bar.\nWill fix in the next version.\n"

enum { DAY_S = 86400, MAILS_MAX = 3, NONE = ND_NO_MESSAGE };

static const struct row {
	const char *name;
	struct test_mail mails[MAILS_MAX]; /* in a row: each answers the last */
	int days;                          /* to the later ones */
	struct test_mail later[MAILS_MAX]; /* all answer the first */
	const char *want; /* "same" takes its place, "by" may be it, "" */
} rows[] = {
	{"the same title, without the number of a version",
         {{"[PATCH v3 0/1] Add a page of rules", ANN, "Bar.\n", NONE},
          {"[PATCH v3 1/1] doc: Add a page of rules", ANN, "Bar.\n" DIFF("a.c"),
           0}},
         1,
         {{"[PATCH] doc: Add a page of rules", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         "same"},
	{"not when it is of other files",
         {{"[PATCH] doc: Add a page of rules", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         1,
         {{"[PATCH] doc: Add a page of rules", BEN, "Bar.\n" DIFF("b.c"),
           NONE}},
         ""},
	{"nor when it was there before",
         {{"[PATCH] doc: Add a page of rules", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         -1,
         {{"[PATCH] doc: Add a page of rules", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         ""},
	{"nor for another release",
         {{"[PATCH 5.10] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         1,
         {{"[PATCH 5.15] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         ""},
	{"a few words are no name",
         {{"[PATCH] foo: fixes", ANN, "Bar.\n", NONE}},
         1,
         {{"[PATCH] foo: fixes", BEN, "Bar.\n", NONE}},
         ""},
	{"a later version for another number",
         {{"[PATCH v3] foo: wait for bars >= 6.17", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         1,
         {{"[PATCH v4] foo: wait for bars >= 6.17.9", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         "same"},
	{"with the name of the system before it",
         {{"[PATCH 2/2] Allow to wait for the bars", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         1,
         {{"[PATCH 2/2] bar: foo: Allow to wait for the bars", ANN,
           "Bar.\n" DIFF("a.c"), NONE}},
         "same"},
	{"the same for another driver",
         {{"[PATCH] foo: one: Allow to wait for the bars", ANN,
           "Bar.\n" DIFF("one.c"), NONE}},
         1,
         {{"[PATCH] foo: two: Allow to wait for the bars", ANN,
           "Bar.\n" DIFF("two.c"), NONE}},
         ""},
	{"a patch in a pull request",
         {{"[PATCH] foo: Wait for the last bar", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         9,
         {{"[GIT PULL] foo updates for 5.12", BEN, "Please pull.\n", NONE},
          {"[PATCH 1/2] foo: Wait for the last bar", BEN, "Bar.\n" DIFF("a.c"),
           0},
          {"[PATCH 2/2] foo: Count the bars", BEN, "Bar.\n" DIFF("a.c"), 0}},
         "same"},
	{"a patch that a pull request lists",
         {{"[PATCH v2] foo: Wait for the last bar", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         9,
         {{"pull request: foo 2021-10-11", BEN,
           "Please pull.\n\nAnn Author (2):\n      foo: Count the bars of\n"
           "         all foos\n      foo: Wait for the last bar\n\n"
           "Ben Reviewer (1):\n      foo: Open the door\n",
           NONE}},
         "same"},
	{"one that it does not list",
         {{"[PATCH v2] foo: Wait for the first bar", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         9,
         {{"pull request: foo 2021-10-11", BEN,
           "Please pull.\n\nAnn Author (1):\n      foo: Wait for the last "
           "bar\n",
           NONE}},
         ""},
	{"most of it in a pull request is not there",
         {{"[PATCH 0/2] foo: Waiting", ANN, "Bar.\n", NONE},
          {"[PATCH 1/2] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"), 0},
          {"[PATCH 2/2] foo: Wait for a foo", ANN, "Bar.\n" DIFF("b.c"), 0}},
         9,
         {{"[GIT PULL] foo updates for 5.12", BEN, "Please pull.\n", NONE},
          {"[PATCH 1/2] foo: Count the foos", BEN, "Bar.\n" DIFF("a.c"), 0},
          {"[PATCH 2/2] foo: Count the bars", BEN, "Bar.\n" DIFF("a.c"), 0}},
         ""},
	{"the next pull request of its kind",
         {{"[GIT PULL] foo fixes for 5.11, take #2", ANN, "Please pull.\n",
           NONE}},
         7,
         {{"[GIT PULL] foo fixes for 5.11, take #3", ANN, "Please pull.\n",
           NONE}},
         "same"},
	{"two of one day are two",
         {{"[GIT PULL] foo fixes for 5.11, part 2", ANN, "Please pull.\n",
           NONE}},
         0,
         {{"[GIT PULL] foo fixes for 5.11, part 3", ANN, "Please pull.\n",
           NONE}},
         ""},
	{"a few words with a name behind a long prefix, in a pull request",
         {{"[PATCH] foo: bar64: door: Drop open_door()", ANN,
           "Bar.\n" DIFF("a.c"), NONE}},
         9,
         {{"[GIT PULL] foo updates for 5.12", BEN,
           "Please pull.\n\nAnn Author (1):\n      foo: bar64: door: Drop "
           "open_door()\n",
           NONE}},
         "same"},
	{"the next version has another title, and none before it",
         {{"[PATCH] foo: door: Fix a leak of hinges", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         9,
         {{"[PATCH v2 0/2] foo: door: Count what is held", ANN, "Bar.\n", NONE},
          {"[PATCH v2 1/2] foo: door: Count keys", ANN, "Bar.\n" DIFF("a.c"),
           0},
          {"[PATCH v2 2/2] foo: door: Free all", ANN, "Bar.\n" DIFF("b.c"), 0}},
         "same"},
	{"not days later, of another part",
         {{"[PATCH] foo: door: Fix a leak of hinges", ANN, "Bar.\n" DIFF("a.c"),
           NONE}},
         9,
         {{"[PATCH v2] foo: wall: Count what is held", ANN,
           "Bar.\n" DIFF("a.c"), NONE}},
         ""},
	{"nor of some of its files alone",
         {{"[PATCH 0/2] foo: door: Fix two leaks of hinges", ANN, "Bar.\n",
           NONE},
          {"[PATCH 1/2] foo: door: Free one", ANN, "Bar.\n" DIFF("a.c"), 0},
          {"[PATCH 2/2] foo: door: Free two", ANN, "Bar.\n" DIFF("b.c"), 0}},
         9,
         {{"[PATCH v2] foo: door: Count what is held", ANN,
           "Bar.\n" DIFF("a.c"), NONE}},
         ""},
	{"promised of a report that names the file",
         {{"[tree:next 3/5] net/ring.c:42: error: unknown type", CARA,
           "It broke.\n", NONE},
          {"Re: [tree:next 3/5] net/ring.c:42: error: unknown type", BEN,
           "> It broke.\nI will send a fix for this.\n", 0}},
         9,
         {{"[PATCH v6 1/2] foo: protect the door", BEN,
           "Bar.\n" DIFF("net/ring.c"), NONE}},
         "by"},
	{"and not of another file",
         {{"[tree:next 3/5] net/ring.c:42: error: unknown type", CARA,
           "It broke.\n", NONE},
          {"Re: [tree:next 3/5] net/ring.c:42: error: unknown type", BEN,
           "> It broke.\nI will send a fix for this.\n", 0}},
         9,
         {{"[PATCH v6 1/2] foo: protect the door", BEN,
           "Bar.\n" DIFF("net/rings.c"), NONE}},
         ""},
	{"a question that is asked again",
         {{"Bars hang at night", ANN, "Why?\n", NONE}},
         3,
         {{"Bars hang at night", ANN, "Why do they?\n", NONE},
          {"Re: Bars hang at night", BEN, "They are tired.\n", 0}},
         "same"},
	{"by somebody else it is another one",
         {{"Bars hang at night", ANN, "Why?\n", NONE}},
         3,
         {{"Bars hang at night", CARA, "Why do they?\n", NONE}},
         ""},
	{"which is another one when it was promised",
         {{"[GIT PULL] foo firmware 2021-09-14", ANN, "Please pull.\n", NONE},
          {"Re: [GIT PULL] foo firmware 2021-09-14", BEN,
           "Please rename a file.\n", 0},
          {"Re: [GIT PULL] foo firmware 2021-09-14", ANN,
           "> Please rename a file.\nGood catch! I'll send v2 of this pull "
           "request.\n",
           1}},
         3,
         {{"[GIT PULL] foo firmware 2021-09-14 v2", ANN, "Please pull.\n",
           NONE}},
         "by"},
	{"what was promised, under another title",
         {{"[PATCH] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"), NONE},
          {"Re: [PATCH] foo: Wait for a bar", BEN, WISH, 0},
          {"Re: [PATCH] foo: Wait for a bar", ANN, PROMISE, 1}},
         9,
         {{"[PATCH v2] bar: No waiting", ANN, "Bar.\n" DIFF("a.c"), NONE}},
         "by"},
	{"what others post on the same file is not that",
         {{"[PATCH] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"), NONE},
          {"Re: [PATCH] foo: Wait for a bar", BEN, WISH, 0},
          {"Re: [PATCH] foo: Wait for a bar", ANN, PROMISE, 1}},
         9,
         {{"[PATCH v2] bar: No waiting", CARA, "Bar.\n" DIFF("a.c"), NONE}},
         ""},
	{"soon after, with the same files",
         {{"[PATCH] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"), NONE},
          {"Re: [PATCH] foo: Wait for a bar", BEN, WISH, 0}},
         2,
         {{"[PATCH] foo: No bars any more", ANN, "Bar.\n" DIFF("a.c"), NONE}},
         "by"},
	{"or just before it is promised",
         {{"[PATCH] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"), NONE},
          {"Re: [PATCH] foo: Wait for a bar", BEN, WISH, 0},
          {"Re: [PATCH] foo: Wait for a bar", ANN, PROMISE, 1}},
         0,
         {{"[PATCH] foo: No bars any more", ANN, "Bar.\n" DIFF("a.c"), NONE}},
         "by"},
	{"without a number it is something else",
         {{"[PATCH] foo: Wait for a bar", ANN, "Bar.\n" DIFF("a.c"), NONE},
          {"Re: [PATCH] foo: Wait for a bar", BEN, WISH, 0}},
         9,
         {{"[PATCH] foo: No bars any more", ANN, "Bar.\n" DIFF("a.c"), NONE}},
         ""},
	{"a talk that ends with a patch, which points to it",
         {{"Bars hang", ANN, "Bars hang here.\n", NONE},
          {"Re: Bars hang", BEN, "Sure, I will send a fix next week.\n", 0}},
         2,
         {{"[PATCH] foo: Shut the door", BEN,
           "Link: https://lore.kernel.org/r/m0@example.org\n" DIFF("a.c"),
           NONE}},
         "by"},
	{"one that points nowhere",
         {{"Bars hang", ANN, "Bars hang here.\n", NONE},
          {"Re: Bars hang", BEN, "Sure, I will send a fix next week.\n", 0}},
         2,
         {{"[PATCH] foo: Shut the door", BEN, "Bar.\n" DIFF("a.c"), NONE}},
         ""},
	{"one that names who began the talk",
         {{"Bars hang", ANN, "Bars hang here.\n", NONE},
          {"Re: Bars hang", BEN, "Sure, I will send a fix next week.\n", 0}},
         2,
         {{"[PATCH] foo: Shut the door", BEN,
           "Bar.\n\nReported-by: " ANN "\n" DIFF("a.c"), NONE}},
         "by"},
	{"one that names another one",
         {{"Bars hang", ANN, "Bars hang here.\n", NONE},
          {"Re: Bars hang", BEN, "Sure, I will send a fix next week.\n", 0}},
         2,
         {{"[PATCH] foo: Shut the door", BEN,
           "Bar.\n\nReported-by: " CARA "\n" DIFF("a.c"), NONE}},
         ""},
	{"one that names them, much later",
         {{"Bars hang", ANN, "Bars hang here.\n", NONE},
          {"Re: Bars hang", BEN, "Sure, I will send a fix next week.\n", 0}},
         40,
         {{"[PATCH] foo: Shut the door", BEN,
           "Bar.\n\nReported-by: " ANN "\n" DIFF("a.c"), NONE}},
         ""},
	{"one that comes at once",
         {{"Bars hang", ANN, "Bars hang here.\n", NONE},
          {"Re: Bars hang", BEN, "Sure, I will send a fix next week.\n", 0}},
         0,
         {{"[PATCH] foo: Shut the door", BEN, "Bar.\n" DIFF("a.c"), NONE}},
         "by"},
};

static void
add_diff_file(struct nd_body *body)
{
	const char *name = strstr(body->text, " b/");

	if (name)
		*x_append(body, body->diff_file, body->diff_file_count) =
			x_strndup(body, name + 3, strcspn(name + 3, "\n"));
}

static struct nd_thread *
thread_of(const void *ctx, const struct test_mail *mails, int day,
          const char *name)
{
	const struct nd_window window = {.now_s = 1600000000 + 30 * DAY_S};
	struct nd_thread *thread;
	size_t count = 0;

	while (count < MAILS_MAX && mails[count].subject)
		count++;
	thread = test_thread(ctx, mails, count);
	for (size_t i = 0; i < count; i++) {
		thread->message[i]->date_s += day * DAY_S;
		add_diff_file(thread->message[i]->body);
		thread->message[i]->id =
			x_asprintf(thread, "%s%zu@example.org", name, i);
		/* Some minutes before the last of the others. */
		if (day == 0 && *name == 'l')
			thread->message[i]->date_s += 2 * 3600 - 300;
	}
	nd_analyse_thread(thread);
	nd_state_settle(thread, &window);
	return thread;
}

static void
sequels(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *const thread[] = {
			thread_of(tmp, rows[i].later, rows[i].days, "later"),
			thread_of(tmp, rows[i].mails, 0, "m"),
		};
		const struct nd_thread *owes = thread[1];
		const char *got = "";

		nd_sequel_find(thread, 2);
		if (owes->sequel_count > 0) {
			got = owes->sequel[0].same ? "same" : "by";
			assert_string_equal(owes->sequel[0].mail->id,
			                    "later0@example.org");
		}
		if (strcmp(got, rows[i].want) != 0)
			print_message("%s\n", rows[i].name);
		assert_string_equal(got, rows[i].want);
		assert_int_equal(owes->sequel_count, *rows[i].want != '\0');
		/* Again it is the same. */
		nd_sequel_find(thread, 2);
		assert_int_equal(owes->sequel_count, *rows[i].want != '\0');
		talloc_free(tmp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
