/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/analyse.h"
#include "build.h"

#define ANN "Ann <ann@example.org>"
#define DIFF \
	"text\n---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
#define SIGNED "Signed-off-by: Ann <ann@example.org>\n" DIFF
#define UPSTREAM "Commit 0123456789ab upstream.\n" DIFF
#define SPLAT "Hi,\n\nI see this:\n\n[  1.2] Call trace:\n[  1.2] foo\n"

struct row {
	const char *subject, *from, *text;
	const char *to; /* one address, or NULL */
	const char *category, *kind, *project;
};

static const struct row rows[] = {
	/* patches */
	{"[PATCH 0/3] a", ANN, "text", 0, "patch", "series", 0},
	{"[PATCH] a", ANN, DIFF, 0, "patch", "single-patch", 0},
	{"[PATCH 1/1] a", ANN, DIFF, 0, "patch", "single-patch", 0},
	{"[kvmtool v3 5/5] a", ANN, DIFF, 0, "patch", "series", "kvmtool"},
	{"[next 1/1] a", ANN, SIGNED, 0, "patch", "single-patch", 0},
	{"[next 0/2] a", ANN, "text", 0, "patch", "series", 0},
	{"Re: [PATCH 2/3] a", ANN, "Why does it fail? It is wrong.", 0, "patch",
         "series", 0},
	{"Re: [PATCH 2/3] a", ANN,
         "This fails on suspend. It is broken since.\n\n"
         "[  1.2] Call trace:\n",
         0, "patch", "bug-report", 0},
	{"Re: [PATCH v7 00/23] a", ANN, "no", 0, "patch", "series", 0},
	{"Re: [kvmtool PATCH] a", ANN, "no", 0, "patch", "single-patch",
         "kvmtool"},
	{"[RFC PATCH v2 0/2] a", ANN, "text", 0, "rfc", "series", 0},
	{"[RFC] a", ANN, SIGNED, 0, "rfc", "single-patch", 0},
	{"[RFC] a", ANN, "This works:\n" DIFF, 0, "rfc", "discussion", 0},
	{"Re: foo: deadlock", ANN, "Why?", 0, "other", "bug-report", 0},
	{"[RFC] Question about a", ANN, "text", 0, "rfc", "question", 0},
	{"[RFC] a new thing", ANN, "This is the plan.", 0, "rfc", "discussion",
         0},
	/* pull requests */
	{"[GIT PULL] a", ANN, "text", 0, "pull", "pull-request", 0},
	{"[GIT PULL 00/23] a", ANN, "text", 0, "pull", "pull-request", 0},
	{"[PULL kvm-unit-tests 0/3] a", ANN, "text", 0, "pull", "pull-request",
         "kvm-unit-tests"},
	{"pull request: a 2021-10-20", ANN, "text", 0, "pull", "pull-request",
         0},
	{"Re: [GIT PULL] a", ANN, "pulled", 0, "pull", "pull-request", 0},
	/* stable */
	{"[PATCH 5.10 289/290] a", ANN, DIFF, 0, "patch", "stable-review", 0},
	{"[PATCH 4.4 5/8] a", ANN, DIFF, "ann@example.org", "patch",
         "stable-review", 0},
	{"[PATCH AUTOSEL 4.19 5/8] a", ANN, DIFF, 0, "patch", "stable-review",
         0},
	{"[PATCH 5.10 000/290] 5.10.24-rc1 review", ANN, "text", 0, "patch",
         "stable-review", 0},
	{"[PATCH 6.1 00/24] Backport of a", ANN, "text", "ann@example.org",
         "patch", "backport", 0},
	{"[PATCH 5.10 1/2] a", ANN, DIFF, 0, "patch", "backport", 0},
	{"[PATCH 5.10 v2 01/40] a", ANN, DIFF, 0, "patch", "backport", 0},
	{"[PATCH stable 4.19 v2 0/2] a", ANN, DIFF, 0, "patch", "backport", 0},
	{"[PATCH][stable-5.4] a", ANN, DIFF, 0, "patch", "backport", 0},
	{"[PATCH] a", ANN, UPSTREAM, "stable@example.org", "patch", "backport",
         0},
	{"[PATCH] a", ANN, UPSTREAM, "list@example.org", "patch",
         "single-patch", 0},
	{"[PATCH] a", ANN, DIFF, "stable@example.org", "patch", "single-patch",
         0},
	{"Patch \"a\" has been added to the 5.10-stable tree", ANN, DIFF, 0,
         "other", "stable-notice", 0},
	{"FAILED: patch \"[PATCH] a\" failed to apply to 5.10-stable tree", ANN,
         DIFF, 0, "other", "stable-notice", 0},
	/* bug reports */
	{"BUG: KASAN: slab-out-of-bounds in foo", ANN, SPLAT, 0, "other",
         "bug-report", 0},
	{"Device passthrough", ANN, SPLAT "This fails.\n", 0, "other",
         "bug-report", 0},
	{"foo: live migration failed", ANN, "It fails with v5.10, a bug?", 0,
         "other", "bug-report", 0},
	{"[x:next 29/32] a.c:1:2: warning: foo", "lkp@example.org", "text", 0,
         "other", "bug-report", 0},
	{"[bug report] foo: bar", ANN, "Static checker warning\nfails", 0,
         "other", "bug-report", 0},
	{"[BUG?] a is printed twice", ANN, "See the log.", 0, "other",
         "bug-report", 0},
	{"Re: a: tree for today", ANN, "ld: undefined reference to `a'", 0,
         "other", "bug-report", 0},
	{"[x:next 2/3] a.c:1: error: b; did you mean c?", "lkp@example.org",
         "text", 0, "other", "bug-report", 0},
	{"Fwd: the data are wrong", ANN, "text", 0, "other", "bug-report", 0},
	/* what programs tell beside it */
	{"[x:next] BUILD SUCCESS 0123456789ab", "lkp@example.org", "text", 0,
         "other", "announcement", 0},
	/* the rest */
	{"Can we boot a big guest?", ANN, "It fails. It crashed.", 0, "other",
         "question", 0},
	{"[Question] a", ANN, "text", 0, "other", "question", 0},
	{"stage 2 mapping", ANN, "How does\nit work?", 0, "other", "question",
         0},
	{"stage 2 mapping", ANN, "这是怎么回事？", 0, "other", "question", 0},
	{"[Bug 12] foo crashes", ANN,
         "Ann (ann@example.org) changed:\n\n--- Comment #9 from Ann ---\n"
         "It crashes here, too. That is a failure.\n",
         0, "other", "discussion", 0},
	{"[Bug 12] New: foo crashes", ANN, "It crashes. That is a failure.\n",
         0, "other", "bug-report", 0},
	{"[syzbot] Monthly foo report (Oct 2025)",
         "syzbot <syzbot@syzkaller.appspotmail.com>",
         "50 issues are still open.\n", 0, "other", "announcement", 0},
	/* nothing of the field */
	{"New collaboration", ANN,
         "Hello,\n\nare you looking for more clients? We would like to work "
         "with you as a\npartner, 24h a day. Are you interested?\n",
         "linux-foo@vger.example.org", "other", "announcement", 0},
	{"Naše služby", ANN,
         "Dobrý den,\nměli byste zájem o naše výhodné podlahy, které jsou "
         "odolné a levné? Rádi vám je ukážeme.\n",
         "linux-foo@vger.example.org", "other", "announcement", 0},
	{"a wish", ANN,
         "Hello,\n\nare you looking for more clients? We would like to use "
         "the foo that you have\nmade for us. Is that allowed?\n",
         "linux-foo@vger.example.org", "other", "question", 0},
	{"a wish", ANN,
         "Hello,\n\nwe would like to know whether what you do works on "
         "rings of type bcm4365,\nand for how long. Is that so?\n",
         "linux-foo@vger.example.org", "other", "question", 0},
	{"[ANNOUNCE] foo 1.2", ANN, "text", 0, "other", "announcement", 0},
	{"foo 1.2 released", ANN, "Any questions?", 0, "other", "announcement",
         0},
	{"Linux 5.10.24", ANN, "I'm announcing the release", 0, "other",
         "announcement", 0},
	{"[ANNOUNCE] foo 1.2", ANN, "It failed before. This was broken.", 0,
         "other", "announcement", 0},
	{"foo 1.2 plan", ANN, "I would like to announce foo 1.2.", 0, "other",
         "announcement", 0},
	{"[RFC] a new thing", ANN, "What do you think?", 0, "rfc", "discussion",
         0},
	{"Proposal for a new thing", ANN, "What do you think?", 0, "other",
         "discussion", 0},
	{"device under a guest", ANN,
         "Could somebody help me to set up the device.", 0, "other", "question",
         0},
	{"Re: device under a guest", ANN,
         "I tested it with the new image and it still does not start.", 0,
         "other", "question", 0},
	{"Re: Memory regions", ANN, "I think so.", 0, "other", "discussion", 0},
	{"Memory regions", ANN, "I think so.", 0, "other", "discussion", 0},
	{"Re: Memory regions", ANN, "Why?", 0, "other", "discussion", 0},
	{"Memory regions", ANN, "a = b ?c:d; see http://a.org/?x=1", 0, "other",
         "discussion", 0},
	{"debugging failsafe errorless things", ANN, "Fine.", 0, "other",
         "discussion", 0},
	{"", "", "", 0, "other", "discussion", 0},
};

static void
classifies_threads_by_their_root(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		const struct test_mail mail = {row->subject, row->from,
		                               row->text, ND_NO_MESSAGE};
		struct nd_thread *thread = test_thread(NULL, &mail, 1);
		const char *kind, *category;

		if (row->to) {
			struct nd_address_list *to = &thread->message[0]->to;

			*(struct nd_address *)x_append(thread, to->address,
			                               to->count) =
				test_address(thread, row->to);
		}
		nd_analyse_thread(thread);
		kind = nd_thread_kind_name(thread->kind);
		category = nd_thread_category(thread);
		if (strcmp(kind, row->kind) != 0 ||
		    strcmp(category, row->category) != 0 ||
		    strcmp(thread->project ? thread->project : "-",
		           row->project ? row->project : "-") != 0)
			fail_msg("'%s': %s %s %s", row->subject, category, kind,
			         thread->project ? thread->project : "-");
		talloc_free(thread);
	}
}

static void
a_mail_that_was_not_read_is_harmless(void **state)
{
	static const struct test_mail mail = {"[RFC] a", ANN, "",
	                                      ND_NO_MESSAGE};
	struct nd_thread *thread = test_thread(NULL, &mail, 1);

	(void)state;
	TALLOC_FREE(thread->message[0]->body);
	thread->message[0]->sender.addr = thread->message[0]->sender.name = "";
	thread->message[0]->flags = 0;
	nd_analyse_thread(thread);
	assert_int_equal(thread->category, ND_CATEGORY_RFC);
	assert_int_equal(thread->kind, ND_KIND_DISCUSSION);
	assert_int_equal(thread->counts.participants, 0);
	assert_int_equal(thread->counts.unreadable, 1);
	talloc_free(thread);
}

static void
an_encrypted_mail_marks_its_thread(void **state)
{
	static const struct test_mail mails[] = {
		{"a", ANN, "", ND_NO_MESSAGE},
		{"Re: a", ANN, "", 0},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 2);

	(void)state;
	thread->message[1]->body->flags |= ND_BODY_ENCRYPTED;
	nd_analyse_thread(thread);
	assert_true(thread->encrypted);
	talloc_free(thread);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classifies_threads_by_their_root),
		cmocka_unit_test(a_mail_that_was_not_read_is_harmless),
		cmocka_unit_test(an_encrypted_mail_marks_its_thread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
