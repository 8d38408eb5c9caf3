/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/analyse.h"
#include "analyse/committers.h"
#include "build.h"
#include "util/buf.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Review <ben@example.org>"
#define MAX "Max Maintain <max@example.org>"
#define DIFF "---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
#define NONE ND_NO_MESSAGE
#define ID1 "3bf0a93dcc923f1f8c62437695b3cd3621063536"
#define ID2 "f6460d5a82efe14ea0a4ed83ae5c3749fd1239a3"

/* Events of mail `index`: "applied[kvm/next;1,2;3bf0a93dcc92] …" */
static const char *
events_of(const void *ctx, const struct nd_thread *thread, int32_t index)
{
	struct nd_buf *out = nd_buf_new(ctx, 1 << 16);

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];

		if (event->message != index)
			continue;
		nd_buf_addf(out, "%s%s", out->len > 0 ? " " : "",
		            nd_event_name(event->type));
		if (event->tree)
			nd_buf_addf(out, "[%s]", event->tree);
		for (size_t k = 0; k < event->patch_count; k++)
			nd_buf_addf(out, "#%d", event->patch[k]);
		for (size_t k = 0; k < event->commit_count; k++)
			nd_buf_addf(out, "@%.7s", event->commit[k]);
	}
	return out->data;
}

/* A series of three by Ann, and one answer to patch 2. */
static struct nd_thread *
unread_series(const void *ctx, const char *from, const char *text)
{
	const struct test_mail mails[] = {
		{"[PATCH v2 0/3] foo: bar", ANN, "Cover.\n", NONE},
		{"[PATCH v2 1/3] foo: a", ANN, "A.\n" DIFF, 0},
		{"[PATCH v2 2/3] foo: b", ANN, "B.\n" DIFF, 0},
		{"[PATCH v2 3/3] foo: c", ANN, "C.\n" DIFF, 0},
		{"Re: [PATCH v2 2/3] foo: b", from, text, 2},
	};

	return test_thread(ctx, mails, 5);
}

static struct nd_thread *
answered_series(const void *ctx, const char *from, const char *text)
{
	struct nd_thread *thread = unread_series(ctx, from, text);

	nd_analyse_thread(thread);
	return thread;
}

/* Ben wants a change in patch 2, and somebody answers him. */
static struct nd_thread *
answered_review(const void *ctx, const char *from, const char *text)
{
	const struct test_mail mails[] = {
		{"[PATCH v2 0/3] foo: bar", ANN, "Cover.\n", NONE},
		{"[PATCH v2 1/3] foo: a", ANN, "A.\n" DIFF, 0},
		{"[PATCH v2 2/3] foo: b", ANN, "B.\n" DIFF, 0},
		{"Re: [PATCH v2 2/3] foo: b", BEN,
	         "> +\tint x;\n\nPlease use a bool here.\n", 2},
		{"Re: [PATCH v2 2/3] foo: b", from,
	         x_asprintf(ctx,
	                    "On Mon, Ben Review wrote:\n> Please use a bool "
	                    "here.\n\n%s",
	                    text),
	         3},
	};
	struct nd_thread *thread = test_thread(ctx, mails, 5);

	nd_analyse_thread(thread);
	return thread;
}

struct answer {
	const char *from, *text, *want;
};

static void
check_answers(const struct answer *cases, size_t count, bool to_review)
{
	bool same = true;

	for (size_t i = 0; i < count; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread =
			to_review ? answered_review(tmp, cases[i].from,
		                                    cases[i].text)
				  : answered_series(tmp, cases[i].from,
		                                    cases[i].text);
		const char *got = events_of(tmp, thread, 4);

		if (strcmp(got, cases[i].want) != 0) {
			print_message("# case %zu: %s# got '%s', not '%s'\n", i,
			              cases[i].text, got, cases[i].want);
			same = false;
		}
		talloc_free(tmp);
	}
	assert_true(same);
}

#define CHECK_ANSWERS(cases) \
	check_answers(cases, sizeof(cases) / sizeof *(cases), false)

static void
applied_by_hand(void **state)
{
	static const struct answer cases[] = {
		{MAX, "Applied, thanks.\n", "applied#2"},
		{MAX, "Applied, thanks\n", "applied#2"},
		{MAX, "Applied.\n", "applied#2"},
		{MAX, "Queued.\n", "applied#2"},
		{MAX, "Pushed\n", "applied#2"},
		{MAX, "Queued for 5.7. Thanks.\n", "applied[5.7]#2"},
		{MAX, "Applied to -next.\n", "applied[-next]#2"},
		{MAX, "Applied to arm64 (for-next/fixes), thanks!\n",
	         "applied[arm64 (for-next/fixes)]#2"},
		{MAX, "FYI merged.\n", "applied#2"},
		{MAX, "FYI merged with fixes suggested by Cara.\n",
	         "applied#2"},
		{MAX, "Thanks! FYI merged with simpler code.\n", "applied#2"},
		{MAX,
	         "FYI merged with just added FOO_MAX+28 in the commit "
	         "message to be more clear.\n",
	         "applied#2"},
		{MAX, "Thanks for your ack, merged with fixes!\n", "applied#2"},
		{MAX, "Patchset merged, with fixed the commit title.\n",
	         "applied"},
		{MAX,
	         "Merged and I noted this TODO\n"
	         "https://example.org/test-project/issues/1219"
	         "\n",
	         "applied#2"},
		{MAX, "Merged and released code must not break.\n", ""},
		/* Words of a test may stand in the name of a tree. */
		{MAX, "Applied to arm64 (for-next/boot), thanks!\n",
	         "applied[arm64 (for-next/boot)]#2"},
		{MAX,
	         "Applied to kvm/next (because kvm/master is\non rc1), "
	         "thanks.\n",
	         "applied[kvm/next]#2"},
		{MAX, "Applied to arm/queue\n\nhttps://x.org/arm/queue\n",
	         "applied[arm/queue]#2"},
		{MAX, "Queued, https://x.org/commits/arm/queue\n", "applied#2"},
		{MAX, "I've queued it up, thanks!\n", "applied#2"},
		{MAX,
	         "I've applied this to kvm-next with two cleanups, and\n"
	         "kept the fallback when the tag is zero.\n",
	         "applied[kvm-next]#2"},
		{MAX, "I have added that patch to linux-next today.\n",
	         "applied[linux-next]#2"},
		{MAX,
	         "I've added this to foo-next[1], and rebased the series on\n"
	         "top of it.\n",
	         "applied[foo-next]"},
		{MAX, "Now queued for 5.7, thanks.\n", "applied[5.7]#2"},
		{MAX, "This is applied to foo/next now.\n",
	         "applied[foo/next]#2"},
		{MAX,
	         "(And is applied as well for plain counters in the only\n"
	         "other caller of this function).\n",
	         ""},
		{MAX, "Pulled, thanks (to kvm/queue only for now).\n",
	         "pulled[kvm/queue]#2"},
		{MAX,
	         "Already queued in the foo tree (see foo/for-next/bar).\n",
	         "applied[the foo tree]#2"},
		{MAX, "This is applied for plain counters.\n", ""},
		{MAX, "Series applied to foo/next, thanks!\n",
	         "applied[foo/next]"},
		{MAX, "Thanks, all applied.\n", "applied"},
		{MAX, "Now queued up, thanks.\n", "applied#2"},
		{MAX, "Both applied to my tree.\n", "applied[my tree]"},
		{MAX, "Patches 1-2 applied to foo, thanks.\n",
	         "applied[foo]#1#2"},
		{MAX, "Applied patches 1, 3 to foo.\n", "applied[foo]#1#3"},
		{MAX, "Applied patch 1/3 to foo.\n", "applied[foo]#1"},
		{MAX,
	         "Applied the first patch only to arm64 (for-next/rng), "
	         "thanks!\n",
	         "applied[arm64 (for-next/rng)]#1"},
		{MAX, "Applied as commit " ID1 ".\n", "applied#2@3bf0a93"},
		{MAX, "It is late. Queued for -rc3, thanks.\n",
	         "applied[-rc3]#2"},
		{MAX, "Pulled, thanks.\n", "pulled#2"},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

static void
not_applied(void **state)
{
	static const struct answer cases[] = {
		/* quotes, signatures, proposed patches */
		{BEN, "> Applied, thanks.\n\nSee above.\n", ""},
		{BEN, "See above.\n-- \nApplied, thanks.\n", ""},
		{BEN, "How about:\n\n-->8--\nApplied, thanks.\n\n" DIFF, ""},
		/* the author: of a suggestion */
		{ANN, "Applied, thanks.\n", ""},
		{ANN, "Queued for v3 already.\n", ""},
		{ANN, "I've added this in arm_smmu_write_strtab_ent().\n", ""},
		/* tests, plans, history, questions, other meanings */
		{BEN, "I've applied this on top of 5.4 and it boots.\n", ""},
		{BEN, "Applied on top of v5.2-rt1, tested with foo.\n", ""},
		{BEN, "Applied locally, it works.\n", ""},
		{BEN, "Applied cleanly.\n", ""},
		{BEN, "I'll apply this tomorrow.\n", ""},
		{BEN, "This can be applied to next.\n", ""},
		{BEN, "Applied to next?\n", "question"},
		{BEN, "applied to the symbols.\n", ""},
		{BEN, "The mask gets\napplied, without any ROR.\n", ""},
		{BEN, "Merged before this patch it would break.\n", ""},
		{BEN,
	         "With this series merged, everything will be in place to "
	         "bring back the patch.\n",
	         ""},
		{BEN, "It was merged just over 7 years ago.\n", ""},
		{BEN, "Pulled in more fixes while at it, will see.\n", ""},
		{BEN, "Added something to the commit message.\n", ""},
		{BEN, "Taken care of.\n", ""},
		{BEN, "I have pulled the latest branch, looks good.\n",
	         "approved"},
		{BEN, "I've pushed an updated series to:\n", ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

static void
applied_by_b4(void **state)
{
	static const struct answer cases[] = {
		{MAX,
	         "Applied to kvm-arm64/rng, thanks!\n\n"
	         "[1/3] foo: a\n      commit: " ID1 "\n"
	         "[3/3] foo: c\n      commit: " ID2 "\n\nCheers,\n",
	         "applied[kvm-arm64/rng]#1#3@3bf0a93@f6460d5"},
		{MAX,
	         "Applied to foo/next, thanks!\n\n"
	         "[1/1] foo: a\n      https://git.x.org/foo/c/67c6bb56b649\n",
	         "applied[foo/next]@67c6bb5"},
		{MAX,
	         "Applied, thanks!\n\n"
	         "[1/3] foo: a\n      (no commit info)\n"
	         "[2/3] foo: b\n      commit: " ID1 "\n",
	         "applied#2@3bf0a93"},
		/* All are listed: one commit was not found by the tool. */
		{MAX,
	         "Applied, thanks!\n\n"
	         "[1/3] foo: a\n      commit: " ID1 "\n"
	         "[2/3] foo: b\n      (no commit info)\n"
	         "[3/3] foo: c\n      commit: " ID2 "\n",
	         "applied@3bf0a93@f6460d5"},
		/* The author is the maintainer: the list proves it. */
		{ANN,
	         "Applied to foo, thanks!\n\n[1/1] foo: b\n"
	         "      commit: " ID1 "\n",
	         "applied[foo]@3bf0a93"},
		{ANN,
	         "I've queued the below patch on top of the existing series, "
	         "which\nfixes it.\n\nFrom " ID2 " Mon Sep 17 00:00:00 2001\n"
	         "From: Ann <ann@example.org>\nSubject: [PATCH] foo\n\n"
	         "Fix.\n" DIFF,
	         "applied@f6460d5"},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

/* Does an answer to patch 2 have an event of this type? */
struct form {
	const char *from, *text, *event;
	bool has;
};

static void
told_by_form(void **state)
{
	static const struct form cases[] = {
		{BEN, "NACK.\n\nBecause.\n", "nack", true},
		{BEN, "NAK this change.\n", "nack", true},
		{BEN, "I'm sorry, but NAK on this.\n", "nack", true},
		{BEN, "In short: NACK for foo.\n", "nack", true},
		{BEN, "The device sends a NACK bit.\n", "nack", false},
		{BEN, "A nack is sent by the I2C target.\n", "nack", false},
		{BEN, "NACKs are counted.\n", "nack", false},
		{BEN, "> NACK\n\nWhat?\n", "nack", false},
		{ANN, "NAK from me, I found a bug.\n", "nack", false},
		{BEN, "NAK'd, it breaks foo.\n", "nack", true},
		{BEN, "Consider the choice of name NAKed.\n", "nack", true},
		{BEN, "As it stands this is nacked.\n", "nack", true},
		{BEN, "The last one got NACKed, so I kept foo.\n", "nack",
	         false},
		{BEN, "It was NAKed for that in 2019.\n", "nack", false},
		{BEN, "Consider it NAKed if it breaks foo.\n", "nack", false},
		{BEN, "Hell no. This only hides what is done.\n", "objection",
	         true},
		{BEN, "No way this is an interface.\n", "objection", true},
		{BEN, "There is no way to know the size here.\n", "objection",
	         false},
		{ANN, "Hell no, it is freed by the caller.\n", "objection",
	         false},
		{BEN, "Go ahead and merge as is.\n", "approved", true},
		{BEN, "Thanks. Feel free to push.\n", "approved", true},
		{BEN, "I have no time, feel free to pick it up.\n", "approved",
	         true},
		{BEN, "Shall we go ahead and merge it?\n", "approved", false},
		{BEN, "I can't take it as is.\n", "approved", false},
		{ANN, "Go ahead and merge it.\n", "approved", false},
		{BEN, "I'm not going to take it.\n", "rejected", true},
		{BEN, "We are not going to accept changes like this.\n",
	         "rejected", true},
		{BEN, "We won't merge this.\n", "rejected", true},
		{BEN, "The CPU will not take the interrupt.\n", "rejected",
	         false},
		{BEN, "Sorry, no. I have solved this differently.\n",
	         "rejected", true},
		{BEN, "I have fixed it in another way already.\n", "rejected",
	         true},
		{BEN, "This is solved differently on arm.\n", "rejected",
	         false},
		{ANN, "I'll retract this patch for now.\n", "withdrawn", true},
		{BEN, "I won't take this if it breaks foo.\n", "rejected",
	         false},
		{ANN, "Please ignore this patch.\n", "withdrawn", true},
		{ANN, "I withdraw this series.\n", "withdrawn", true},
		{ANN, "Sorry, please disregard the whole series.\n",
	         "withdrawn", true},
		{ANN, "Please ignore this error.\n", "withdrawn", false},
		{BEN, "Please ignore this patch.\n", "withdrawn", false},
		{ANN, "This was sent twice and is superseded by v3.\n",
	         "superseded", true},
		{ANN, "Is this superseded by v3?\n", "superseded", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread =
			answered_series(tmp, cases[i].from, cases[i].text);
		const char *got = events_of(tmp, thread, 4);

		if ((strstr(got, cases[i].event) != NULL) != cases[i].has)
			fail_msg("%s: got '%s'", cases[i].text, got);
		talloc_free(tmp);
	}
}

/* What the model hears is measured on real mail; these are plain cases. */
static void
what_reviewers_say(void **state)
{
	static const struct answer cases[] = {
		{BEN, "> +\tint x;\n\nPlease drop the BUG_ON()s.\n",
	         "changes-requested"},
		{BEN, "> +\tint x;\n\nI'd rather you remove it.\n",
	         "changes-requested"},
		{BEN, "> +\tint x;\n\nYou need to update the whole thing.\n",
	         "changes-requested"},
		{BEN, "> +\tint x;\n\nThis should be a bool.\n",
	         "changes-requested"},
		{BEN, "> We do it later.\n\nWhy is it needed here?\n",
	         "question"},
		{BEN, "Looks good to me.\n", "approved"},
		{BEN, "LGTM, thanks!\n", "approved"},
		{BEN, "Thanks,\nBen\n", ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

static void
what_authors_say(void **state)
{
	static const struct answer cases[] = {
		{ANN, "Yep I will respin accordingly.\n", "respin-promised"},
		{ANN, "I'll fix that.\n", "respin-promised"},
		{ANN, "Sure, I will send a v3 next week.\n", "respin-promised"},
		{ANN, "I'll update the comment to clarify.\n",
	         "respin-promised"},
		{ANN, "It will add two lines.\n", ""},
		{ANN, "Thanks for the review!\n", ""},
	};

	(void)state;
	check_answers(cases, sizeof cases / sizeof *cases, true);
}

/* Commands are for robots, but they are said in the open. */
static void
commands(void **state)
{
	static const struct answer cases[] = {
		{MAX, "pw-bot: cr\n", "changes-requested"},
		{MAX, "pw-bot: changes-requested\n", "changes-requested"},
		{MAX, "pw-bot: under-review\n", "under-review"},
		{MAX, "pw-bot: superseded\n", "superseded"},
		{MAX, "pw-bot: reject\n", "rejected"},
		{MAX, "pw-bot: something-else\n", "command"},
		{MAX, "> pw-bot: cr\n\nWhy?\n", ""},
		{MAX, "#syz fix: foo: bar\n", "command"},
		{MAX, "#syz test: git://x.org/foo master\n", "command"},
		{MAX, "#regzbot introduced: 1a2b3c4d5e6f\n", "command"},
		{MAX, "I used #syz fix: before.\n", ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

static void
robots(void **state)
{
	static const struct answer cases[] = {
		{"patchwork-bot+foo@kernel.org",
	         "Hello:\n\nThis series was applied to foo/foo.git (for-next)\n"
	         "by Max Maintain <max@example.org>:\n\n"
	         "Here is the summary with links:\n"
	         "  - [net-next,v2,1/3] foo: a\n"
	         "    https://git.kernel.org/foo/c/205e98c48406\n"
	         "  - [net-next,v2,2/3] foo: b\n"
	         "    https://git.kernel.org/foo/c/305e98c48406\n"
	         "  - [net-next,v2,3/3] foo: c\n    (no matching commit)\n",
	         "applied[foo/foo.git (for-next)]#1#2@205e98c@305e98c"},
		{"patchwork-bot+foo@kernel.org",
	         "This patch was applied to foo.git (main)\n"
	         "by Max Maintain <max@example.org>:\n\n  - [v2] foo\n"
	         "    https://git.kernel.org/foo/c/205e98c48406\n",
	         "applied[foo.git (main)]@205e98c"},
		{"pr-tracker-bot@kernel.org",
	         "The pull request you sent on Fri:\n\n> https://x.org/y\n\n"
	         "has been merged into torvalds/linux.git:\n"
	         "https://git.kernel.org/torvalds/c/" ID1 "\n",
	         "merged[torvalds/linux.git]@3bf0a93"},
		{"tip-bot2 for Max Maintain <tip-bot2@linutronix.de>",
	         "The following commit has been merged into the x86/urgent "
	         "branch of tip:\n\nCommit-ID:     " ID1 "\n",
	         "applied[x86/urgent]@3bf0a93"},
		{"sashiko-bot@example.org",
	         "- [High] The ring leaks. Could you free it?\n"
	         "Please send a new version.\n",
	         "ai-review"},
		{"kernel test robot <lkp@intel.com>",
	         "Hi Ann,\n\nI love your patch! Yet something to improve:\n\n"
	         "All errors (new ones prefixed by >>):\n\n"
	         "foo.c:85:29: error: variable 'affd' has no type\n",
	         "test-result"},
		{"syzbot <syzbot+1@syzkaller.appspotmail.com>",
	         "Hello,\n\nsyzbot has tested the proposed patch and the "
	         "reproducer did not trigger any issue:\n",
	         "test-result"},
		/* State words in a robot's boilerplate are nobody's. */
		{"kernel test robot <lkp@intel.com>",
	         "If you fix the issue, kindly add following tag\n"
	         "[auto build test WARNING on kvm/next]\n"
	         "[cannot apply to kvm/linux-next]\n",
	         ""},
		{"Patchew <no-reply@patchew.org>", "Applied, thanks.\n", ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

static void
notices(void **state)
{
	static const struct {
		const char *subject, *want;
	} cases[] = {
		{"Patch \"foo: b\" has been added to the 5.10-stable tree",
	         "merged-stable[5.10-stable tree]"},
		{"FAILED: patch \"[PATCH] foo: b\" failed to apply to "
	         "5.4-stable tree",
	         "test-result"},
		{"+ foo-b.patch added to mm-unstable branch",
	         "applied[mm-unstable branch]"},
		{"patch \"foo: b\" added to usb-next", "applied[usb-next]"},
		{"patch \"foo: b\" added to driver-core-testing",
	         "applied[driver-core-testing]"},
		{"+ foo-b.patch added to mm-hotfixes-unstable branch",
	         "applied[mm-hotfixes-unstable branch]"},
		{"[tip:x86/urgent] foo: b", "applied[x86/urgent]"},
		{"[tip: sched/core] foo: b", "applied[sched/core]"},
		{"Applied \"foo: b\" to the asoc tree", "applied[asoc tree]"},
		{"applied \"foo: b\" to the regmap tree",
	         "applied[regmap tree]"},
		{"[merged mm-hotfixes-stable] foo-b.patch removed from -mm tree",
	         "applied[mm-hotfixes-stable]"},
		{"[folded-merged] foo-b.patch removed from -mm tree", ""},
		{"[git:media_tree/master] foo: b",
	         "applied[media_tree/master]"},
		{"[merged mm-stable] foo-b.patch removed from -mm tree",
	         "applied[mm-stable]"},
		{"[merged] foo-b.patch removed from -mm tree", "merged"},
		{"[to-be-updated] foo-b.patch removed from -mm tree", ""},
		{"+ foo-b.patch has been added to the -mm tree",
	         "applied[-mm tree]"},
		{"Re: Patch \"foo: b\" has been added to the 5.10-stable tree",
	         ""},
		{"Something was added to the tree", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: b", ANN, "B.\n" DIFF, NONE},
			{cases[i].subject, "gregkh@example.org",
		         "This is a note to let you know.\n", 0},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 2);

		nd_analyse_thread(thread);
		assert_string_equal(events_of(tmp, thread, 1), cases[i].want);
		talloc_free(tmp);
	}
}

/* What hosts of repositories say in their mails. */
static void
merges_of_forges(void **state)
{
	static const struct answer cases[] = {
		{MAX, "Merged #12 into main.\n", "applied[main]#2"},
		{MAX, "Merge request !7 was merged\n", "applied#2"},
		{MAX,
	         "Max Maintain has submitted this change and it was "
	         "merged.\n",
	         "applied#2"},
		{MAX, "Merged #12 into my tree and tested.\n", ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

/* Which of the maintainers' forms need more than one line, or a committer. */
static void
applied_in_forms(void **state)
{
	static const struct answer cases[] = {
		{MAX,
	         "Applied to\n\n"
	         "   https://git.example.org/foo.git for-next\n\nThanks!\n",
	         "applied[https://git.example.org/foo.git for-next]#2"},
		{MAX, "Applied to\n\nthe problem at hand.\n", ""},
		/* A list of patches with commits says it without words. */
		{MAX,
	         "[1/3] foo: a\n      commit: " ID1 "\n"
	         "[3/3] foo: c\n      commit: " ID2 "\n",
	         "applied#1#3@3bf0a93@f6460d5"},
		{ANN, "[1/3] foo: a\n      commit: " ID1 "\n", ""},
		/* Hashes alone, with the titles of patches. */
		{MAX,
	         "2 patches applied to foo-next, thanks.\n\n"
	         "3bf0a93dcc92 foo: a\n1234567890ab foo: c\n",
	         "applied[foo-next]#1#3@3bf0a93@1234567"},
		/* Those of another series stand in the same list. */
		{MAX,
	         "5 patches applied to foo-next, thanks.\n\n"
	         "1234567890ab bar: x\n3bf0a93dcc92 foo: a\n"
	         "4bf0a93dcc93 foo: b\n5bf0a93dcc94 foo: c\n"
	         "1234567890ac bar: y\n",
	         "applied[foo-next]@3bf0a93@4bf0a93@5bf0a93"},
		{MAX,
	         "Applied, thanks! It is like https://git.example.org/c/" ID2
	         "\n",
	         "applied#2"},
		{MAX, "Applied, thanks!\n\nhttps://git.example.org/c/" ID1 "\n",
	         "applied#2@3bf0a93"},
		/* Two trees in one mail. */
		{MAX,
	         "Patch 1 applied to foo/fixes.\n\n"
	         "Patches 2-3 applied to foo/next.\n",
	         "applied[foo/fixes]#1 applied[foo/next]#2#3"},
		/* Nobody knows Max; testers do not speak so. */
		{MAX, "I'll take it.\n", "applied#2"},
		{MAX, "I've picked up patches 2 and 3.\n", "applied#2#3"},
		{MAX, "Merged #1-#2, please rebase the rest.\n",
	         "changes-requested applied#1#2"},
		{MAX, "This landed as " ID1 ", thanks.\n", "applied#2@3bf0a93"},
		{MAX, "I've applied this and see no change.\n", ""},
		{MAX, "I've applied this.\n", ""},
		{MAX, "This landed a year ago.\n", ""},
		/* The deed counts, not what was planned before. */
		{MAX, "I'll pick it up.\n\nApplied to foo/next, thanks!\n",
	         "applied[foo/next]#2"},
		{ANN, "Merged, thanks!\n", ""},
		{ANN, "Pushed to my branch.\n", ""},
		{ANN, "Pushed to master.\n", "applied[master]#2"},
		{ANN, "Applied: https://git.example.org/c/" ID1 "\n",
	         "applied#2@3bf0a93"},
		/* Said under a link to another thread. */
		{MAX,
	         "Thanks.\n\n> See the other one\n> "
	         "https://lore.kernel.org/r/other@example.org\n\n"
	         "Applied to foo/next.\n",
	         ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

/* Those who take patches here take their own, too, and keep their word. */
static void
committers_are_believed(void **state)
{
	static struct nd_sender sender[] = {
		{ANN, 9},
		{MAX, 9},
	};
	static const struct answer cases[] = {
		{ANN, "Merged, thanks!\n", "applied#2"},
		{ANN, "Thanks for the review, pushed.\n", "applied#2"},
		{ANN, "Series has been merged.\n", "applied"},
		{ANN, "Thanks for testing!\nMerged.\n", "applied#2"},
		{ANN, "I merged this one, thanks.\n", "applied#2"},
		{ANN, "I merged with your RBT.\n", "applied#2"},
		/* A suggestion was taken. */
		{ANN, "Applied, thanks!\n", ""},
		{ANN, "I've pushed out a branch with that.\n", ""},
		{ANN, "I'll take it.\n", ""},
		{MAX, "I'll take it.\n", "applied#2"},
		{MAX, "Much nicer, thanks, I'll go queue this up now.\n",
	         "applied#2"},
		{MAX, "Now in for-next.\n", "applied[for-next]#2"},
		{BEN, "I've applied this.\n", ""},
	};
	struct nd_sender_list list = {sender, 2};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread =
			unread_series(tmp, cases[i].from, cases[i].text);
		const char *got;

		thread->committers = nd_committers_new(tmp, &list);
		nd_analyse_thread(thread);
		got = events_of(tmp, thread, 4);
		if (strcmp(got, cases[i].want) != 0)
			print_message("# case %zu: %s", i, cases[i].text);
		assert_string_equal(got, cases[i].want);
		talloc_free(tmp);
	}
}

/* Whoever took patches may drop them, all of them, and say so. */
static void
what_is_dropped_is_not_taken(void **state)
{
	static const struct {
		const char *from, *says;
		bool taken;
	} cases[] = {
		{MAX, "Ok, I'll drop this patch.\n", false},
		{MAX, "I'll drop it from my queue again.\n", false},
		{MAX, "I dropped the whole set from foo-next.\n", false},
		{MAX, "Ok thanks, I'll remove the patch from branches.\n",
	         false},
		/* A part, a doubt, something else, somebody else. */
		{MAX, "I dropped patch 2 since it breaks bar.\n", true},
		{MAX, "Should I drop this patch?\n", true},
		{MAX, "If that fails, I'll drop the patch.\n", true},
		{MAX, "Please drop this cast.\n", true},
		{MAX, "I dropped it to get everyone to agree.\n", true},
		{BEN, "I'll drop this patch.\n", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", ANN, "Do it.\n" DIFF, NONE},
			{"Re: [PATCH] foo: bar", MAX,
		         "Applied to foo-next, thanks.\n", 0},
			{"Re: [PATCH] foo: bar", cases[i].from, cases[i].says,
		         1},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 3);
		bool undone = false;

		nd_analyse_thread(thread);
		for (size_t k = 0; k < thread->event_count; k++)
			if (thread->event[k].type == ND_EVENT_APPLIED)
				undone = thread->event[k].flags &
				         ND_EVENT_UNDONE;
		if (undone == cases[i].taken)
			fail_msg("%s", cases[i].says);
		talloc_free(tmp);
	}
}

/* "Merged", of what others have reviewed, needs no more of its author. */
static void
authors_merge_what_is_reviewed(void **state)
{
	static const struct {
		const char *review, *says, *want;
	} cases[] = {
		{"Reviewed-by: Ben Review <ben@example.org>\n",
	         "Thanks, merged!\n", "applied"},
		{"Reviewed-by: Ben Review <ben@example.org>\n",
	         "Applied, thanks!\n", ""},
		{"Reviewed-by: Ann Author <ann@example.org>\n",
	         "Thanks, merged!\n", ""},
		{"Fine.\n", "Thanks, merged!\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct test_mail mails[] = {
			{"[PATCH] foo: bar", ANN, "Do it.\n" DIFF, NONE},
			{"Re: [PATCH] foo: bar", i == 2 ? ANN : BEN,
		         cases[i].review, 0},
			{"Re: [PATCH] foo: bar", ANN, cases[i].says, 1},
		};
		void *tmp = talloc_new(NULL);
		struct nd_thread *thread = test_thread(tmp, mails, 3);

		nd_analyse_thread(thread);
		assert_string_equal(events_of(tmp, thread, 2), cases[i].want);
		talloc_free(tmp);
	}
}

/* What postings carry and say is not news: only that they were posted. */
static void
postings_are_events(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH v2] foo: bar", ANN,
	         "Why does it fail? Applied, thanks. NACK.\n\n"
	         "Reviewed-by: Ben Review <ben@example.org>\n" DIFF,
	         NONE},
		{"[GIT PULL] foo", ANN, "Please pull.\n", NONE},
		{"[PULL 1/2] foo: a", ANN, "A.\n" DIFF, 1},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 3);

	(void)state;
	nd_analyse_thread(thread);
	assert_string_equal(events_of(tmp, thread, 0), "posted");
	assert_string_equal(events_of(tmp, thread, 1), "posted");
	assert_string_equal(events_of(tmp, thread, 2), "");
	talloc_free(tmp);
}

static void
trailers_are_events(void **state)
{
	static const struct answer cases[] = {
		{BEN, "Reviewed-by: Ben Review <ben@example.org>\n", "trailer"},
		{BEN, "> Reviewed-by: Ben Review <ben@example.org>\n\nx\n", ""},
	};

	(void)state;
	CHECK_ANSWERS(cases);
}

/* In order of mails and lines, whatever order they were found in. */
static void
events_are_in_order(void **state)
{
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = answered_series(
		tmp, MAX,
		"Why is that so?\n\nReviewed-by: Max <max@example.org>\n\n"
		"Applied to foo, thanks.\n");

	(void)state;
	assert_string_equal(events_of(tmp, thread, 4),
	                    "question trailer applied[foo]#2");
	for (size_t i = 1; i < thread->event_count; i++)
		assert_true(thread->event[i].message >=
		            thread->event[i - 1].message);
	talloc_free(tmp);
}

/* Without a patch nobody applies anything. */
static void
talks_are_not_applied(void **state)
{
	const struct test_mail mails[] = {
		{"Is it broken?", ANN, "It does not work.\n", NONE},
		{"Re: Is it broken?", BEN, "Applied to all, thanks!\n", 0},
		{"Re: Is it broken?", ANN, "It works now.\n", 1},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 3);

	(void)state;
	nd_analyse_thread(thread);
	assert_string_equal(events_of(tmp, thread, 1), "");
	assert_string_equal(events_of(tmp, thread, 2), "agreed");
	talloc_free(tmp);
}

/* Nothing here may take time that grows with the square of the mail. */
static void
hostile_mails(void **state)
{
	static const char *const lines[] = {
		"Applied to ", "[1/9999] x\n",
		"please ",     "i will will ",
		"NACK NACK ",  "? ",
		"#syz ",       "Applied, thanks.\n",
		"1-99999 ",    "patches 1-99999999999999999999 ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_buf *text = nd_buf_new(tmp, 1 << 20);
		struct nd_thread *thread;

		while (!text->full)
			nd_buf_adds(text, lines[i]);
		thread = answered_series(tmp, MAX, text->data);
		assert_true(thread->event_count < 100);
		talloc_free(tmp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(applied_by_hand),
		cmocka_unit_test(not_applied),
		cmocka_unit_test(applied_by_b4),
		cmocka_unit_test(told_by_form),
		cmocka_unit_test(what_reviewers_say),
		cmocka_unit_test(what_authors_say),
		cmocka_unit_test(commands),
		cmocka_unit_test(robots),
		cmocka_unit_test(notices),
		cmocka_unit_test(merges_of_forges),
		cmocka_unit_test(applied_in_forms),
		cmocka_unit_test(committers_are_believed),
		cmocka_unit_test(authors_merge_what_is_reviewed),
		cmocka_unit_test(what_is_dropped_is_not_taken),
		cmocka_unit_test(postings_are_events),
		cmocka_unit_test(trailers_are_events),
		cmocka_unit_test(events_are_in_order),
		cmocka_unit_test(talks_are_not_applied),
		cmocka_unit_test(hostile_mails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
