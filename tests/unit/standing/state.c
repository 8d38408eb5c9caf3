/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "standing/state.h"
#include "analyse/analyse.h"
#include "build.h"
#include "conversation/quotesource.h"
#include "standing/foryou.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Review <ben@example.org>"
#define MAX "Max Maintain <max@example.org>"
#define BOT "kernel test robot <lkp@intel.com>"
#define DIFF "---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
#define NONE ND_NO_MESSAGE
#define DAY_S (24 * 3600)

/* Mails of test_thread() are an hour apart from here on. */
static const struct nd_window window = {
	.since_s = 1600000000,
	.until_s = 1600000000 + 7 * DAY_S,
	.now_s = 1600000000 + 7 * DAY_S,
};

static struct nd_thread *
settled(const void *ctx, const struct test_mail *mails, size_t count)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);

	nd_analyse_thread(thread);
	nd_state_settle(thread, &window);
	return thread;
}

enum { ANSWERS_MAX = 4 };

struct story {
	const char *want, *waiting_for; /* waiting_for: NULL for nobody */
	struct test_mail answer[ANSWERS_MAX];
};

/* Mail 0 is the posting; parents of the answers count from it. */
static void
check_story(const struct test_mail *first, const struct story *story)
{
	struct test_mail mails[1 + ANSWERS_MAX] = {*first};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread;
	size_t count = 1;

	while (count <= ANSWERS_MAX && story->answer[count - 1].subject) {
		mails[count] = story->answer[count - 1];
		count++;
	}
	thread = settled(tmp, mails, count);
	if (strcmp(nd_standing_state_name(thread->state), story->want) != 0)
		print_message("# %s\n", story->answer[0].text);
	assert_string_equal(nd_standing_state_name(thread->state), story->want);
	if (story->waiting_for)
		assert_string_equal(thread->waiting_for, story->waiting_for);
	else
		assert_null(thread->waiting_for);
	talloc_free(tmp);
}

#define RE "Re: [PATCH] foo: bar"
#define TAG(who) "Reviewed-by: " who "\n"

/* A question of the author is no answer, whoever is asked. */
static void
the_authors_own_question(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, ANN, "Max, does this need any further change?\n", 0},
		{RE, BEN, "I wonder, too.\n", 1},
	};
	struct nd_address max = {.name = "Max Maintain",
	                         .addr = "max@example.org"};

	(void)state;
	for (size_t count = 2; count <= 3; count++) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, count);

		thread->message[1]->to.address = &max;
		thread->message[1]->to.count = 1;
		nd_analyse_thread(thread);
		nd_state_settle(thread, &window);
		assert_string_equal(thread->waiting_for, "Max Maintain");
		assert_int_equal(thread->state,
		                 count == 2 ? ND_STATE_NEW
		                            : ND_STATE_UNDER_REVIEW);
		talloc_free(tmp);
	}
}

static void
single_patches(void **state)
{
	static const struct test_mail patch = {"[PATCH] foo: bar", ANN,
	                                       "Bar.\n" DIFF, NONE};
	static const struct story stories[] = {
		{"new", NULL, {{0}}},
		{"new", NULL, {{RE, ANN, "Ping, anybody?\n", 0}}},
		{"under-review", NULL, {{RE, BEN, "Hm.\n", 0}}},
		{"under-review",
	         NULL,
	         {{RE, BEN, "Hm.\n", 0}, {RE, ANN, "It is so.\n", 1}}},
		{"under-review",
	         "Ann Author",
	         {{RE, BEN, "Why is that so?\n", 0}}},
		{"under-review",
	         "Ann Author",
	         {{RE, BOT, "a.c:1:2: error: no\n", 0}}},
		{"reviewed", NULL, {{RE, BEN, TAG(BEN), 0}}},
		{"under-review", NULL, {{RE, BEN, "Tested-by: " BEN "\n", 0}}},
		{"changes-requested",
	         "Ann Author",
	         {{RE, BEN, "Please drop this line.\n", 0}}},
		{"changes-requested",
	         "Ann Author",
	         {{RE, BEN, "It is wrong.\n", 0},
	          {RE, ANN, "I'll send a v2.\n", 1}}},
		/* Content when it is changed, and then content without. */
		{"reviewed",
	         NULL,
	         {{RE, BEN, "Please drop this line.\n", 0},
	          {RE, ANN, "It is needed.\n", 1},
	          {RE, BEN, "Ok.\n\n" TAG(BEN), 2}}},
		/* Wanted no more by who wanted it. */
		{"under-review",
	         NULL,
	         {{RE, BEN, "Please drop this line.\n", 0},
	          {RE, ANN, "It is needed for foo.\n", 1},
	          {RE, BEN, "Go ahead and merge as is.\n", 2}}},
		/* Wanted of somebody else than the author. */
		{"under-review",
	         "Ben Review",
	         {{RE, BEN, TAG(BEN), 0},
	          {RE, MAX,
	           "@Ben, please put tags on a separate line, otherwise they "
	           "are not added.\n",
	           1}}},
		{"rejected", NULL, {{RE, MAX, "NAK.\n", 0}}},
		{"changes-requested",
	         "Ann Author",
	         {{RE, MAX, "NAK.\n", 0}, {RE, ANN, "I'll fix that.\n", 1}}},
		{"withdrawn",
	         NULL,
	         {{RE, ANN, "Please ignore this patch.\n", 0}}},
		{"withdrawn", NULL, {{RE, ANN, "NAK.\n\nFoo needs it.\n", 0}}},
		{"withdrawn",
	         NULL,
	         {{RE, ANN, "Scratch this, it does not build.\n", 0}}},
		/* That is what another one proposes. */
		{"under-review",
	         NULL,
	         {{RE, BEN, "What about a mutex here?\n", 0},
	          {RE, ANN, "> a mutex\nNAK, foo cannot sleep.\n", 1}}},
		{"under-review",
	         NULL,
	         {{RE, MAX, "pw-bot: cr\n", 0},
	          {RE, MAX, "pw-bot: under-review\n", 0}}},
		{"applied",
	         NULL,
	         {{RE, ANN, "I'll send a v2.\n", 0},
	          {RE, MAX, "Applied, thanks.\n", 0}}},
		{"merged-stable",
	         NULL,
	         {{RE, MAX, "Queued up, thanks.\n", 0},
	          {"Patch \"foo: bar\" has been added to the 5.4-stable tree",
	           "gregkh@example.org", "Note.\n", 0}}},
		{"superseded",
	         NULL,
	         {{RE, ANN, "This is superseded by v3.\n", 0}}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
		check_story(&patch, &stories[i]);
}

static void
pull_requests(void **state)
{
	static const struct test_mail pull = {"[GIT PULL] foo for 6.1", ANN,
	                                      "Please pull.\n", NONE};
	static const struct story stories[] = {
		{"new", NULL, {{0}}},
		{"pulled",
	         NULL,
	         {{"Re: [GIT PULL] foo", MAX, "Pulled, thanks.\n", 0}}},
		{"pulled",
	         NULL,
	         {{"Re: [GIT PULL] foo", MAX, "Merged, thanks.\n", 0}}},
		{"merged",
	         NULL,
	         {{"Re: [GIT PULL] foo", "pr-tracker-bot@kernel.org",
	           "has been merged into torvalds/linux.git:\n", 0}}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
		check_story(&pull, &stories[i]);
}

static void
talks(void **state)
{
	static const struct test_mail question = {"Question about foo", ANN,
	                                          "How does foo work?\n", NONE};
	static const struct story stories[] = {
		{"new", NULL, {{0}}},
		/* Not every reply is an answer. */
		{"open", NULL, {{"Re: Question about foo", BEN, "Hm.\n", 0}}},
		{"open",
	         "Ann Author",
	         {{"Re: Question about foo", BEN, "Which foo is it?\n", 0}}},
		{"answered",
	         NULL,
	         {{"Re: Question about foo", ANN, "Sorry for the noise.\n",
	           0}}},
		{"open",
	         NULL,
	         {{"Re: Question about foo", BEN, "Sorry for the noise.\n",
	           0}}},
		{"answered",
	         NULL,
	         {{"Re: Question about foo", BEN, "Did you try it?\n", 0},
	          {"Re: Question about foo", ANN, "It works now.\n", 1}}},
	};
	static const struct test_mail oops = {
		"BUG: foo crashes", ANN,
		"It crashes.\n\nCall trace:\nBUG: unable to\n", NONE};
	static const struct story reports[] = {
		{"open", NULL, {{"Re: BUG: foo crashes", BEN, "Yes.\n", 0}}},
		{"answered",
	         NULL,
	         {{"Re: BUG: foo crashes", BEN, "Try that.\n", 0},
	          {"Re: BUG: foo crashes", ANN, "It works now.\n", 1}}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof stories / sizeof *stories; i++)
		check_story(&question, &stories[i]);
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		check_story(&oops, &reports[i]);
}

static const struct test_mail three[] = {
	{"[PATCH 0/2] foo: bar", ANN, "Cover.\n", NONE},
	{"[PATCH 1/2] foo: a", ANN, "A.\n" DIFF, 0},
	{"[PATCH 2/2] foo: b", ANN, "B.\n" DIFF, 0},
	{"Re: [PATCH 1/2] foo: a", BEN, TAG(BEN), 1},
	{"Re: [PATCH 2/2] foo: b", BEN, TAG(BEN), 2},
	{"Re: [PATCH 2/2] foo: b", MAX, "NACK.\n", 2},
};

/* A series is reviewed when every patch, or the cover, has a tag. */
static void
a_series_needs_all(void **state)
{
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, three, 4);

	(void)state;
	assert_int_equal(thread->state, ND_STATE_UNDER_REVIEW);
	thread = settled(tmp, three, 5);
	assert_int_equal(thread->state, ND_STATE_REVIEWED);
	assert_int_equal(thread->state_evidence_count, 2);
	assert_int_equal(thread->state_evidence[1], 4);
	/* A NACK of one patch asks for another one. */
	thread = settled(tmp, three, 6);
	assert_int_equal(thread->state, ND_STATE_CHANGES_REQUESTED);
	talloc_free(tmp);
}

static void
several_appliers(void **state)
{
	struct test_mail mails[] = {
		three[0],
		three[1],
		three[2],
		{"Re: [PATCH 0/2] foo: bar", MAX,
	         "Applied to foo/next, thanks!\n\n[1/2] foo: a\n"
	         "      commit: 67c6bb56b649\n",
	         0},
		{"Re: (subset) [PATCH 0/2] foo: bar", BEN,
	         "Applied to bar/next, thanks!\n\n[2/2] foo: b\n"
	         "      commit: a8e190cdae1b\n",
	         0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 4);

	(void)state;
	assert_int_equal(thread->state, ND_STATE_UNDER_REVIEW);
	assert_int_equal(thread->applied->patch_count, 1);
	assert_int_equal(thread->applied->patch[0], 1);
	thread = settled(tmp, mails, 5);
	assert_string_equal(thread->applied->tree, "foo/next; bar/next");
	assert_string_equal(thread->applied->by, "Max Maintain; Ben Review");
	assert_int_equal(thread->applied->commit_count, 2);
	assert_int_equal(thread->applied->patch_count, 0); /* all */
	assert_int_equal(thread->applied->message, 4);
	talloc_free(tmp);
}

/* Said below one patch, it can be said of others. */
static void
taken_with_others(void **state)
{
	static const struct {
		const char *from, *says;
		bool reviewed;  /* the first patch, too */
		size_t patches; /* that are named; 0: all were taken */
	} cases[] = {
		{ANN, "Thanks for your review, merged.\n", true, 0},
		{ANN, "Thanks for your review, merged.\n", false, 1},
		{ANN, "Thanks, I merged this patch.\n", true, 1},
		{MAX, "Applied, thanks.\n", true, 1},
		{MAX,
	         "On Mon, Ann Author wrote:\n> The first one counts the "
	         "sheep.\n\nOn Mon, Ann Author wrote:\n> The second one "
	         "counts the goats.\n\nApplied, thanks.\n",
	         true, 0},
		{MAX,
	         "On Mon, Ann Author wrote:\n> The first one counts the "
	         "sheep.\n\nOn Mon, Ann Author wrote:\n> The second one "
	         "counts the goats.\n\nApplied this patch, thanks.\n",
	         true, 1},
	};
	void *tmp = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH 1/2] foo: a", ANN,
		         "The first one counts the sheep.\n" DIFF, NONE},
			{"[PATCH 2/2] foo: b", ANN,
		         "The second one counts the goats.\n" DIFF, 0},
			{"Re: [PATCH 2/2] foo: b", BEN, TAG(BEN), 1},
			{"Re: [PATCH 1/2] foo: a", BEN,
		         cases[i].reviewed ? TAG(BEN) : "Hm.\n", 0},
			{"Re: [PATCH 2/2] foo: b", cases[i].from, cases[i].says,
		         1},
		};
		struct nd_thread *thread = test_thread(tmp, mails, 5);

		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		nd_state_settle(thread, &window);
		assert_non_null(thread->applied);
		if (thread->applied->patch_count != cases[i].patches)
			fail_msg("%s: %zu patches", cases[i].says,
			         thread->applied->patch_count);
	}
	talloc_free(tmp);
}

/* Who applies a patch leaves no question of before; later ones stay. */
static void
questions_end(void **state)
{
	static const struct {
		const char *closes;
		unsigned open[3]; /* with so many mails from the third on */
	} cases[] = {
		/* Which answers nothing. */
		{"Applied, thanks.\n", {1, 1, 2}},
		{"NAK.\n", {1, 0, 1}},
		{"Good work.\n", {1, 1, 2}},
	};
	void *tmp = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct test_mail mails[] = {
			{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
			{RE, BEN, "> Bar.\nWhy does the cache need that?\n", 0},
			{RE, MAX, cases[i].closes, 0},
			{RE, MAX,
		         "> Bar.\nAnn, will you send the test for it, too?\n",
		         0},
		};

		for (size_t k = 0; k < 3; k++) {
			struct nd_thread *thread = settled(tmp, mails, 2 + k);

			if (thread->open_question_count != cases[i].open[k])
				print_message("# %s %zu\n", cases[i].closes, k);
			assert_int_equal(thread->open_question_count,
			                 cases[i].open[k]);
		}
	}
	talloc_free(tmp);
}

/* The summary tells the question where its mail stands, once. */
static void
ended_questions_are_told(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, BEN, "> Bar.\nWhy does the cache need that?\n", 0},
		{RE, MAX, "NAK.\n", 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 3);
	struct nd_summary *summary = talloc_zero(thread, struct nd_summary);
	struct nd_item_list *asked = &summary->zone[ND_ZONE_QUESTION];
	enum nd_zone zone = thread->message[1]->flags & ND_MESSAGE_NEW
	                            ? ND_ZONE_NEW
	                            : ND_ZONE_EARLIER;

	(void)state;
	nd_analyse_thread(thread);
	asked->item = talloc_zero(summary, struct nd_item);
	asked->item->text = "Why does the cache need that?";
	asked->item->source[0] = 1;
	asked->item->source_count = asked->count = 1;
	thread->summary = summary;
	nd_state_settle(thread, &window);
	nd_state_settle(thread, &window);
	assert_int_equal(thread->state, ND_STATE_REJECTED);
	assert_int_equal(asked->count, 0);
	assert_int_equal(summary->zone[zone].count, 1);
	assert_int_equal(summary->zone[zone].item[0].source[0], 1);
	talloc_free(tmp);
}

/* Trees are told when they are named. */
static void
trees_with_names(void **state)
{
	static const struct {
		const char *said, *tree;
	} cases[] = {
		{"Applied to the tree, thanks.\n", ""},
		{"Merged into my branch, thanks.\n", ""},
		{"Applied to foo/next, thanks.\n", "foo/next"},
		{"Applied to the foo tree, thanks.\n", "the foo tree"},
		{"Merged into the master branch, thanks.\n",
	         "the master branch"},
	};
	void *tmp = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct test_mail mails[] = {
			three[0],
			three[1],
			three[2],
			{"Re: [PATCH 0/2] foo: bar", MAX, cases[i].said, 0},
		};
		struct nd_thread *thread = settled(tmp, mails, 4);

		assert_int_equal(thread->state, ND_STATE_APPLIED);
		assert_string_equal(thread->applied->tree, cases[i].tree);
		assert_string_equal(thread->applied->by, "Max Maintain");
	}
	talloc_free(tmp);
}

/* The state of a series that is taken in part is that of the rest. */
static void
the_rest_counts(void **state)
{
#define FIRST_APPLIED \
	{ \
		"Re: [PATCH 1/2] foo: a", MAX, "Applied this one, thanks.\n", \
			1 \
	}
	static const struct {
		const char *want;
		struct test_mail more[2];
	} rests[] = {
		{"under-review", {FIRST_APPLIED}},
		{"reviewed",
	         {FIRST_APPLIED, {"Re: [PATCH 2/2] foo: b", BEN, TAG(BEN), 2}}},
		{"changes-requested",
	         {FIRST_APPLIED,
	          {"Re: [PATCH 2/2] foo: b", BEN, "Please drop this line.\n",
	           2}}},
		/* Its author takes the other one back. */
		{"applied",
	         {FIRST_APPLIED,
	          {"Re: [PATCH 2/2] foo: b", ANN, "Please ignore this patch.\n",
	           2}}},
		{"applied",
	         {FIRST_APPLIED,
	          {"Re: [PATCH 2/2] foo: b", MAX, "Applied, too.\n", 2}}},
		{"applied",
	         {{"Re: [PATCH 0/2] foo: bar", MAX,
	           "2 patches applied to foo/next, thanks.\n\n"
	           "67c6bb56b649 foo: a\n",
	           0}}},
		/* Who took the other one has seen this one, and let it be. */
		{"applied",
	         {{"Re: [PATCH 2/2] foo: b", MAX,
	           "The code is good as it is, I think.\n", 2},
	          {"Re: [PATCH 0/2] foo: bar", MAX, "Applied 1/2 to foo.\n",
	           0}}},
		/* A hash of digits alone. */
		{"applied",
	         {{"Re: [PATCH 0/2] foo: bar", MAX,
	           "Applied to foo/next, thanks.\n\n"
	           "528613232423 foo: a\n67c6bb56b649 foo: b\n",
	           0}}},
	};
	void *tmp = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		struct test_mail mails[] = {three[0], three[1], three[2],
		                            rests[i].more[0], rests[i].more[1]};
		size_t count = rests[i].more[1].subject ? 5 : 4;
		struct nd_thread *thread = settled(tmp, mails, count);

		if (strcmp(nd_standing_state_name(thread->state),
		           rests[i].want) != 0)
			print_message("# rest %zu\n", i);
		assert_string_equal(nd_standing_state_name(thread->state),
		                    rests[i].want);
	}
	talloc_free(tmp);
}

/* Whoever took it drops it; then it may be taken again. */
static void
dropped_again(void **state)
{
	struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{"Re: [PATCH] foo: bar", MAX, "Applied to foo/next, thanks!\n",
	         0},
		{"Re: [PATCH] foo: bar", MAX, "Ok, I'll drop this patch.\n", 1},
		{"Re: [PATCH] foo: bar", MAX, "Applied to foo/fixes, thanks!\n",
	         0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 3);

	(void)state;
	assert_int_not_equal(thread->state, ND_STATE_APPLIED);
	assert_null(thread->applied);
	thread = settled(tmp, mails, 4);
	assert_int_equal(thread->state, ND_STATE_APPLIED);
	assert_string_equal(thread->applied->tree, "foo/fixes");
	talloc_free(tmp);
}

/* By name, by the bare address that scripts have, and by another name. */
static void
one_man_is_named_once(void **state)
{
	struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{"Patch \"foo: bar\" has been added to the 4.14-stable tree",
	         "gregkh@example.org", "Note.\n", 0},
		{"Patch \"foo: bar\" has been added to the 4.19-stable tree",
	         "Greg KH <GregKH@example.org>", "Note.\n", 0},
		{"Patch \"foo: bar\" has been added to the 5.4-stable tree",
	         "Greg Kroah-Hartman <gregkh@example.org>", "Note.\n", 0},
		{"Patch \"foo: bar\" has been added to the 5.10-stable tree",
	         "Greg KH <greg@example.net>", "Note.\n", 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 5);

	(void)state;
	assert_string_equal(thread->applied->by, "Greg KH");
	assert_string_equal(thread->applied->tree,
	                    "4.14-stable tree; 4.19-stable tree; "
	                    "5.4-stable tree; 5.10-stable tree");
	thread = settled(tmp, mails, 2);
	assert_string_equal(thread->applied->by, "gregkh");
	talloc_free(tmp);
}

static void
newer_versions(void **state)
{
	struct test_mail mails[] = {
		{"[PATCH v2] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{"Re: [PATCH v2] foo: bar", BEN, "Why is it slow?\n", 0},
		{"[PATCH v3] foo: bar", ANN, "Bar.\n" DIFF, 1},
		{"Re: [PATCH v3] foo: bar", BEN, TAG(BEN), 2},
	};
	struct nd_series_link next = {.version = 4, .root_id = "v4@x"};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 4);

	(void)state;
	/* The newest one in the thread decides, and settles questions. */
	assert_int_equal(thread->state, ND_STATE_REVIEWED);
	assert_int_equal(thread->open_question_count, 0);
	thread = settled(tmp, mails, 3);
	assert_int_equal(thread->state, ND_STATE_UNDER_REVIEW);

	/* One of another thread supersedes all that was said. */
	thread = test_thread(tmp, mails, 2);
	nd_analyse_thread(thread);
	assert_int_equal(thread->open_question_count, 1);
	thread->series->next = &next;
	nd_state_settle(thread, &window);
	assert_int_equal(thread->state, ND_STATE_SUPERSEDED);
	assert_int_equal(thread->open_question_count, 1);
	next.date_s = window.until_s;
	nd_state_settle(thread, &window);
	assert_int_equal(thread->open_question_count, 0);
	/* A chain may also find the one that is here. */
	thread = test_thread(tmp, mails, 4);
	nd_analyse_thread(thread);
	next.root_id = thread->message[2]->id;
	thread->series->next = &next;
	nd_state_settle(thread, &window);
	assert_int_equal(thread->state, ND_STATE_REVIEWED);
	talloc_free(tmp);
}

/* Of the older version only an answer is there: who posted it is not known. */
static void
newer_than_a_fragment(void **state)
{
	static const struct test_mail mails[] = {
		{"Re: [PATCH v2] foo: bar", BEN,
	         "> Bar.\nPlease drop this line.\n", NONE},
		{"Re: [PATCH v2] foo: bar", ANN,
	         "> Please drop this line.\nBen, which one is it?\n", 0},
		{"[PATCH v3] foo: bar", ANN, "Bar.\n" DIFF, 1},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 3);

	(void)state;
	assert_non_null(thread->newest);
	assert_int_equal(thread->newest->version, 3);
	assert_int_equal(thread->open_question_count, 0);
	assert_int_equal(thread->state, ND_STATE_UNDER_REVIEW);
	talloc_free(tmp);
}

/* What is said about somebody else's patch in the thread is about that. */
static void
other_series(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH 0/2] foo: bar", ANN, "Cover.\n", NONE},
		{"[PATCH 1/2] foo: a", ANN, "A.\n" DIFF, 0},
		{"[PATCH 2/2] foo: b", ANN, "B.\n" DIFF, 0},
		{"[PATCH] baz: fix", BEN, "Fix.\n" DIFF, 0},
		{"Re: [PATCH] baz: fix", MAX, "Applied to baz, thanks.\n", 3},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 5);

	(void)state;
	assert_int_not_equal(thread->state, ND_STATE_APPLIED);
	assert_null(thread->applied);
	talloc_free(tmp);
}

static void
stalled_threads(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, MAX, "Applied, thanks.\n", 0},
	};
	struct nd_window later = window;
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, mails, 1);

	(void)state;
	assert_false(thread->stalled);
	later.now_s = later.until_s = 1600000000 + 14 * DAY_S;
	nd_state_settle(thread, &later);
	assert_true(thread->stalled);
	/* Of what comes after the window nothing is known. */
	later.until_s = 1600000000 + 7 * DAY_S;
	nd_state_settle(thread, &later);
	assert_false(thread->stalled);
	/* Nothing is awaited any more. */
	later.until_s = INT64_MAX;
	thread = test_thread(tmp, mails, 2);
	nd_analyse_thread(thread);
	nd_state_settle(thread, &later);
	assert_false(thread->stalled);
	talloc_free(tmp);
}

/* Settling needs no text, and may be done again. */
static void
settling_is_pure(void **state)
{
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = settled(tmp, three, 5);
	size_t evidence = thread->state_evidence_count;

	(void)state;
	nd_thread_drop_text(thread);
	nd_state_settle(thread, &window);
	assert_int_equal(thread->state, ND_STATE_REVIEWED);
	assert_int_equal(thread->state_evidence_count, evidence);
	talloc_free(tmp);
}

/* ---- for you ---- */

static bool
has(const struct nd_thread *thread, enum nd_for_you_why why, int32_t message)
{
	for (size_t i = 0; i < thread->for_you_count; i++)
		if (thread->for_you[i].why == why &&
		    thread->for_you[i].message == message)
			return true;
	return false;
}

static void
what_is_for_you(void **state)
{
	static const char *mine[] = {"ANN@example.org", "ann@home.example"};
	const struct nd_user ann = {"Ann Author", mine, 2};
	static const char *other[] = {"cara@example.org"};
	const struct nd_user cara = {"Cara Third", other, 1};
	const struct nd_user nobody = {.name = ""};
	const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
		{RE, BEN, "Please drop it.\n\n" TAG(BEN), 0},
		{RE, MAX, "Is that so?\n", 0},
		{RE, MAX, "Cara, could you test this?\n", 0},
		{RE, MAX, "I told Cara that. Nice card, caracas!\n", 0},
		{RE, ANN, "Cara, do you see it?\n", 0},
		{RE, "ann@home.example", "Fine.\n", 5},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 7);
	struct nd_address to = {.name = "", .addr = "Cara@Example.org"};

	(void)state;
	thread->message[4]->to.address = &to;
	thread->message[4]->to.count = 1;
	thread->message[1]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	thread->message[6]->to.address = &to;
	thread->message[6]->to.count = 1;
	nd_analyse_thread(thread);
	nd_foryou_count(thread, &cara);
	nd_state_settle(thread, &window);
	nd_foryou_find(thread, &nobody);
	assert_int_equal(thread->for_you_count, 0);
	nd_foryou_find(thread, &cara);
	/* What has the user in attention comes first, and is the turn. */
	assert_true(thread->for_you[0].turn);
	assert_true(has(thread, ND_FOR_YOU_ASKED, 3));
	assert_false(has(thread, ND_FOR_YOU_ASKED, 4));
	/* Those in To are counted. */
	assert_true(has(thread, ND_FOR_YOU_TO, 6));
	assert_int_equal(thread->for_you[thread->for_you_count - 1].mails, 2);
	thread->to_user_count = 0;
	nd_foryou_find(thread, &ann);
	assert_true(has(thread, ND_FOR_YOU_ASKED, 2));
	assert_true(thread->for_you[0].turn);
	assert_false(has(thread, ND_FOR_YOU_QUESTION, 2)); /* once is enough */
	assert_false(has(thread, ND_FOR_YOU_TAG, 1));      /* old */
	assert_false(has(thread, ND_FOR_YOU_ASKED, 5));
	for (size_t i = 0; i < thread->for_you_count; i++)
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(thread->for_you[i].message,
			                     thread->for_you[k].message);
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(single_patches),
		cmocka_unit_test(the_authors_own_question),
		cmocka_unit_test(pull_requests),
		cmocka_unit_test(questions_end),
		cmocka_unit_test(ended_questions_are_told),
		cmocka_unit_test(trees_with_names),
		cmocka_unit_test(the_rest_counts),
		cmocka_unit_test(dropped_again),
		cmocka_unit_test(talks),
		cmocka_unit_test(a_series_needs_all),
		cmocka_unit_test(several_appliers),
		cmocka_unit_test(taken_with_others),
		cmocka_unit_test(one_man_is_named_once),
		cmocka_unit_test(newer_versions),
		cmocka_unit_test(newer_than_a_fragment),
		cmocka_unit_test(other_series),
		cmocka_unit_test(stalled_threads),
		cmocka_unit_test(settling_is_pure),
		cmocka_unit_test(what_is_for_you),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
