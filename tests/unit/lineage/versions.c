/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which series are versions of one another, and which only look like it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "lineage/versions.h"
#include "util/limits.h"

enum { DAY_S = 86400 };

/* A series as its root tells it; ids are "<n>@x" by its place in the table. */
struct posting {
	const char *subject;
	const char *from;
	int day;
	const char *text;
	const char *reply_to; /* NULL: none */
};

/* The path of a DIFF(), as mail/ finds it. */
static void
add_diff_file(struct nd_body *body)
{
	const char *path = strstr(body->text, "\n+++ b/");
	size_t len;

	if (!path)
		return;
	path += strlen("\n+++ b/");
	len = strcspn(path, "\n");
	*x_append(body, body->diff_file, body->diff_file_count) =
		x_strndup(body, path, len);
}

static struct nd_thread *
post(const void *ctx, const struct posting *posting, int place)
{
	struct test_mail mail = {posting->subject, posting->from,
	                         posting->text ? posting->text : "text\n",
	                         ND_NO_MESSAGE};
	struct nd_thread *thread = test_thread(ctx, &mail, 1);
	struct nd_message *root = thread->message[0];

	root->id = x_asprintf(thread, "%d@x", place);
	root->date_s = 1600000000 + (int64_t)posting->day * DAY_S;
	if (posting->reply_to) {
		*x_append(root, root->reference, root->reference_count) =
			posting->reply_to;
	}
	add_diff_file(root->body);
	nd_analyse_thread(thread);
	return thread;
}

/* Link all of them; the series of each, in order. */
static struct nd_series **
link_all(const void *ctx, const struct posting *postings, int count)
{
	struct nd_fingerprint_list fingerprints = {0};
	struct nd_series **series = x_array(ctx, struct nd_series *, count);

	for (int i = 0; i < count; i++) {
		series[i] = post(ctx, &postings[i], i)->series;
		assert_non_null(series[i]);
		*x_append(ctx, fingerprints.fingerprint, fingerprints.count) =
			series[i]->fingerprint;
	}
	nd_versions_link(&fingerprints);
	return series;
}

#define ANN "Ann Author <ann@example.org>"
#define BOB "Bob Builder <bob@example.net>"
#define DIFF(path) \
	"Signed-off-by: Ann Author <ann@example.org>\n---\ndiff --git a/" path \
	" b/" path "\n--- a/" path "\n+++ b/" path "\n@@ -1 +1 @@\n-a\n+b\n"
#define LINK(n) "https://lore.kernel.org/r/" n "@x"

/* One pair: is the second the next version of the first, and why? */
static const struct pair {
	const char *name;
	struct posting a, b;
	int reason; /* -1: no link */
} pairs[] = {
	{"same title",
         {"[PATCH 0/3] arm64: Fix the thing", ANN, 0, 0, 0},
         {"[PATCH v2 0/4] arm64: Fix the thing", ANN, 7, 0, 0},
         ND_LINK_TITLE},
	{"other punctuation and small words",
         {"[RFC PATCH 0/3] KVM/arm64: A stage 2 for the host", ANN, 0, 0, 0},
         {"[PATCH v2 0/4] KVM: arm64: Stage-2 for the host", ANN, 7, 0, 0},
         ND_LINK_TITLE},
	{"RFC becomes PATCH",
         {"[RFC v3 0/3] a new scheduler", ANN, 0, 0, 0},
         {"[PATCH 0/3] a new scheduler", ANN, 7, 0, 0},
         ND_LINK_TITLE},
	{"v5.1 follows v5",
         {"[PATCH v5 0/3] a new scheduler", ANN, 0, 0, 0},
         {"[PATCH v5.1 0/3] a new scheduler", ANN, 1, 0, 0},
         ND_LINK_TITLE},
	{"a resend follows what it repeats",
         {"[PATCH] fix one thing", ANN, 0, 0, 0},
         {"[PATCH RESEND] fix one thing", ANN, 7, 0, 0},
         ND_LINK_AGAIN},
	{"a resend for a tree that is named",
         {"[PATCH v2 1/1] fix one more thing", ANN, 0, 0, 0},
         {"[RESEND][PATCH linux dev-5.15 v2 1/1] fix one more thing", ANN, 7, 0,
          0},
         ND_LINK_AGAIN},
	{"sent again without a word",
         {"[PATCH v2] clk: fix one thing", ANN, 0, DIFF("a.c"), 0},
         {"[PATCH v2] clk: fix one thing", ANN, 1, DIFF("a.c"), 0},
         ND_LINK_AGAIN},
	{"sent again, with more patches",
         {"[PATCH v4 0/8] share the queue of rings", ANN, 0,
          "Ann Author (2):\n  arm: first thing\n  arm: second thing\n", 0},
         {"[PATCH v4 00/12] share the queue of rings", ANN, 6,
          "Ann Author (2):\n  arm: first thing\n  arm: third thing\n", 0},
         ND_LINK_AGAIN},
	{"sent again, the first subject was too long",
         {"[PATCH] test01: fails sometimes with EEXIST. When run in parallel",
          ANN, 0, DIFF("a.c"), 0},
         {"[PATCH] test01: fails sometimes with EEXIST.", ANN, 1, DIFF("a.c"),
          0},
         ND_LINK_AGAIN},
	{"sent alone, then among others",
         {"[PATCH clk for-review] clk: convert to one thing", ANN, 0, 0, 0},
         {"[PATCH 0/2] queues of rings", ANN, 30,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         ND_LINK_PATCHES},
	{"and not by the same",
         {"[PATCH] clk: convert to one thing", BOB, 0, 0, 0},
         {"[PATCH 0/2] queues of rings", ANN, 30,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         -1},
	{"another name, and most of the patches",
         {"[PATCH 0/4] queues of rings", ANN, 0,
          "Ann Author (4):\n  clk: convert to one thing\n  clk: a second\n"
          "  clk: a third one\n  doc: tell of it\n",
          0},
         {"[PATCH 0/3] clk: share what waits", ANN, 30,
          "Ann Author (3):\n  clk: convert to one thing\n  clk: a second\n"
          "  clk: a third one\n",
          0},
         ND_LINK_PATCHES},
	{"another name, and counted from one again",
         {"[PATCH v4 0/2] queues of rings", ANN, 0,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         {"[PATCH 0/2] clk: share what waits", ANN, 30,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         ND_LINK_PATCHES},
	{"a part that is sent before the rest",
         {"[PATCH v4 0/5] queues of rings", ANN, 0,
          "Ann Author (5):\n  clk: convert to one thing\n  clk: a second\n"
          "  clk: a third one\n  clk: a fourth one\n  clk: a fifth one\n",
          0},
         {"[PATCH 0/2] clk: share what waits", ANN, 30,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         -1},
	{"to another release",
         {"[PATCH 5.10 0/2] queues of rings", ANN, 0,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         {"[PATCH 5.15 0/2] clk: share what waits", ANN, 30,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         -1},
	{"somebody else goes on with them, under another name",
         {"[PATCH 0/2] queues of rings", ANN, 0,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n", 0},
         {"[PATCH v2 0/3] clk: share what waits", BOB, 30,
          "Ann Author (2):\n  clk: convert to one thing\n  clk: a second\n\n"
          "Bob Builder (1):\n  clk: a third one\n",
          0},
         ND_LINK_PATCHES},
	{"other files under a title that says little",
         {"[PATCH] doc: fix one more typo", ANN, 0, DIFF("a.c"), 0},
         {"[PATCH] doc: fix one more typo", ANN, 9, DIFF("b.c"), 0},
         -1},
	{"the same words half a year later",
         {"[PATCH] doc: update the thing", ANN, 0, 0, 0},
         {"[PATCH] doc: update the thing", ANN, 180, 0, 0},
         -1},
	{"somebody else sends the same title",
         {"[PATCH] clk: fix one thing", ANN, 0, 0, 0},
         {"[PATCH] clk: fix one thing", BOB, 1, 0, 0},
         -1},
	{"to two releases",
         {"[PATCH 5.10] clk: fix one thing", ANN, 0, 0, 0},
         {"[PATCH 5.4] clk: fix one thing", ANN, 0, 0, 0},
         -1},
	{"to two releases that only the text names",
         {"[PATCH] clk: fix one thing", ANN, 0,
          "Cc: stable@vger.kernel.org # 5.11.y only\n"
          "Commit c4b000c3928d4f20acef79dccf3a65ae3795e0b0 upstream.\n",
          0},
         {"[PATCH] clk: fix one thing", ANN, 1,
          "Cc: stable@vger.kernel.org # 5.10.y only\n"
          "Commit c4b000c3928d4f20acef79dccf3a65ae3795e0b0 upstream.\n",
          0},
         -1},
	{"to two branches",
         {"[PATCH linux dev-5.10] clk: fix one thing", ANN, 0, 0, 0},
         {"[PATCH linux dev-5.15] clk: fix one thing", ANN, 1, 0, 0},
         -1},
	{"to two branches, one of them revised",
         {"[PATCH linux dev-5.10] clk: fix one thing", ANN, 0, 0, 0},
         {"[PATCH linux dev-5.15 v2] clk: fix one thing", ANN, 1, 0, 0},
         -1},
	{"the name of the branch mistyped",
         {"[PATCH u-boot v2019.04-foo v2] clk: fix one thing", ANN, 0, 0, 0},
         {"[PATCH u-boot v2019.04-ofo v3] clk: fix one thing", ANN, 1, 0, 0},
         ND_LINK_TITLE},
	{"from net to net-next",
         {"[PATCH net] clk: fix one thing", ANN, 0, 0, 0},
         {"[PATCH net-next v2] clk: fix one thing", ANN, 1, 0, 0},
         ND_LINK_TITLE},
	{"another chip",
         {"[PATCH] iio: adc: ab7193: fix the range of channel 2", ANN, 0,
          DIFF("a.c"), 0},
         {"[PATCH v2] iio: adc: ab7194: fix the range of channel 2", ANN, 2,
          DIFF("a.c"), 0},
         -1},
	{"another chip, in the title",
         {"[PATCH] dt-bindings: clock: add support for rk3328", ANN, 0, 0, 0},
         {"[PATCH v2] dt-bindings: clock: add support for rk3399", ANN, 2, 0,
          0},
         -1},
	{"another driver",
         {"[PATCH] drm/radeon: fix the leak of a buffer object", ANN, 0, 0, 0},
         {"[PATCH v2] drm/amdgpu: fix the leak of a buffer object", ANN, 2, 0,
          0},
         -1},
	{"another architecture",
         {"[PATCH] kbuild: fix the flags of the vdso on riscv", ANN, 0, 0, 0},
         {"[PATCH v2] kbuild: fix the flags of the vdso on mips", ANN, 2, 0, 0},
         -1},
	{"another language",
         {"[PATCH] po: update German translation", ANN, 0, 0, 0},
         {"[PATCH v2] po: update French translation", ANN, 2, 0, 0},
         -1},
	{"another locale",
         {"[PATCH] i18n: update de translation of the installer", ANN, 0, 0, 0},
         {"[PATCH v2] i18n: update fr translation of the installer", ANN, 2, 0,
          0},
         -1},
	{"another file",
         {"[PATCH] move testcases/straddle_4GB.c to the new API", ANN, 0, 0, 0},
         {"[PATCH v2] move testcases/ptrace_write.c to the new API", ANN, 2, 0,
          0},
         -1},
	{"another board",
         {"[PATCH] ARM: dts: aspeed: add the Bletchley machine", ANN, 0, 0, 0},
         {"[PATCH v2] ARM: dts: aspeed: add the Greatlakes machine", ANN, 2, 0,
          0},
         -1},
	{"similar, but in other files",
         {"[PATCH] clk: plug a leak of the clock when it stops", ANN, 0,
          DIFF("a.c"), 0},
         {"[PATCH v2] clk: plug the leak of a timer when it stops", ANN, 2,
          DIFF("b.c"), 0},
         -1},
	{"another chip, as an answer",
         {"[PATCH] ab7193: fix the range of channel 2", ANN, 0, 0, 0},
         {"[PATCH v2] ab7194: fix the range of channel 2", ANN, 2, 0, "0@x"},
         -1},
	{"the prefix is mended, as an answer",
         {"[PATCH] fs: fix the leak of a buffer", ANN, 0, 0, 0},
         {"[PATCH v2] vfs: fix the leak of a buffer", ANN, 2, 0, "0@x"},
         ND_LINK_REPLY},
	{"a function renamed",
         {"[PATCH] selinux: introduce and use ad_init_net() helpers", ANN, 0, 0,
          0},
         {"[PATCH v2] selinux: introduce and use lsm_ad_net_init() helpers",
          ANN, 2, 0, 0},
         ND_LINK_SIMILAR},
	{"versions go up",
         {"[PATCH v3] fix one thing", ANN, 0, 0, 0},
         {"[PATCH v2] fix one thing", ANN, 7, 0, 0},
         -1},
	{"time goes on",
         {"[PATCH] fix one thing", ANN, 7, 0, 0},
         {"[PATCH v2] fix one thing", ANN, 0, 0, 0},
         -1},
	{"somebody takes over",
         {"[PATCH 0/3] arm64: support the frobnicator", ANN, 0, 0, 0},
         {"[PATCH v2 0/3] arm64: support the frobnicator", BOB, 7, 0, 0},
         ND_LINK_TITLE},
	{"two people, two words",
         {"[PATCH 0/3] misc fixes", ANN, 0, 0, 0},
         {"[PATCH v2 0/3] misc fixes", BOB, 7, 0, 0},
         -1},
	{"a new employer",
         {"[PATCH 0/3] arm64: x y z", ANN, 0, 0, 0},
         {"[PATCH v4 0/3] arm64: x y z", "Ann Author <ann@new.example>", 7, 0,
          0},
         ND_LINK_TITLE},
	{"other project",
         {"[PATCH kvmtool 0/3] add the device", ANN, 0, 0, 0},
         {"[kvm-unit-tests PATCH v2 0/3] add the device", ANN, 7, 0, 0},
         -1},
	{"other release",
         {"[PATCH 5.4] arm64: fix the thing", ANN, 0, 0, 0},
         {"[PATCH 5.10 v2] arm64: fix the thing", ANN, 7, 0, 0},
         -1},
	{"the same prefix is nothing",
         {"[PATCH] KVM: arm64: Fix the timers", ANN, 0, 0, 0},
         {"[PATCH v2] KVM: arm64: Fix the vgic", ANN, 7, 0, 0},
         -1},
	{"most words stay",
         {"[PATCH] arm64: Verify KVM at CPU hotplug", ANN, 0, 0, 0},
         {"[PATCH v2] arm64: Validate KVM at CPU hotplug", ANN, 7, 0, 0},
         ND_LINK_SIMILAR},
	{"change-id",
         {"[PATCH 0/3] one title", ANN, 0, "a\n---\nchange-id: 20260401-x-1\n",
          0},
         {"[PATCH v2 0/3] quite another", ANN, 7,
          "a\n---\nchange-id: 20260401-x-1\n", 0},
         ND_LINK_CHANGE_ID},
	{"a link that is called v1",
         {"[PATCH 0/3] one title", ANN, 0, 0, 0},
         {"[PATCH v2 0/3] quite another", ANN, 7, "v1: " LINK("0") "\n", 0},
         ND_LINK_MENTION},
	{"a footnote",
         {"[RFC PATCH 0/3] trees in the kernel", ANN, 0, 0, 0},
         {"[PATCH 0/3] group tables of switches", ANN, 7,
          "This replaces the RFC [1].\n\n[1] " LINK("0") "/\n", 0},
         ND_LINK_MENTION},
	{"a link to what it builds on",
         {"[PATCH v1 0/3] the base", ANN, 0, 0, 0},
         {"[PATCH v2 0/3] the roof", ANN, 7, "Based on v1 of " LINK("0") "\n",
          0},
         -1},
	{"a link to somebody's v1",
         {"[PATCH 0/3] another subject", BOB, 0, 0, 0},
         {"[PATCH v2 0/3] the roof", ANN, 7, "see v1 at " LINK("0") "\n", 0},
         -1},
	{"in reply to it",
         {"[PATCH 0/3] fix the clock", ANN, 0, 0, 0},
         {"[PATCH v2 0/5] fix the clock and the timer of it all now", ANN, 7, 0,
          "0@x"},
         ND_LINK_REPLY},
	{"patches in common",
         {"[PATCH 0/2] one title", ANN, 0,
          "Ann Author (2):\n  arm: first thing\n  arm: second thing\n", 0},
         {"[PATCH v2 0/3] quite another", ANN, 7,
          "Ann Author (3):\n  arm: first thing\n  arm: second\n    thing\n"
          "  arm: third\n",
          0},
         ND_LINK_PATCHES},
	{"a general title, other patches, much later",
         {"[PATCH 0/2] KVM: arm64: fixes", ANN, 0,
          "Ann Author (2):\n  arm: first thing\n  arm: second thing\n", 0},
         {"[PATCH v2 0/2] KVM: arm64: fixes", ANN, 200,
          "Ann Author (2):\n  arm: new thing\n  arm: other\n", 0},
         -1},
};

static void
pairs_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		void *ctx = talloc_new(NULL);
		struct posting both[2] = {pairs[i].a, pairs[i].b};
		struct nd_series **series = link_all(ctx, both, 2);
		const struct nd_series_link *next = series[0]->next;

		if (pairs[i].reason < 0 && next)
			fail_msg("%s: linked by %s", pairs[i].name,
			         nd_series_link_reason_name(next->reason));
		if (pairs[i].reason >= 0 &&
		    (!next || (int)next->reason != pairs[i].reason))
			fail_msg("%s: %s", pairs[i].name,
			         next ? nd_series_link_reason_name(next->reason)
			              : "no link");
		if (next) {
			assert_string_equal(next->root_id, "1@x");
			assert_int_equal(series[1]->prior_count, 1);
			assert_string_equal(series[1]->prior[0].root_id, "0@x");
			assert_in_range(next->confidence, 60, 99);
		}
		talloc_free(ctx);
	}
}

static void
assert_prior(const struct nd_series *series, const char *want)
{
	char got[200] = "";

	for (size_t i = 0; i < series->prior_count; i++)
		snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.1s",
		         i > 0 ? " " : "",
		         series->prior[i].root_id ? series->prior[i].root_id
		                                  : "-");
	assert_string_equal(got, want);
}

static void
chains_are_walked_back(void **state)
{
	static const struct posting postings[] = {
		{"[RFC PATCH 0/3] a new scheduler", ANN, 0, 0, 0},
		{"[RFC PATCH v2 0/3] a new scheduler", ANN, 1, 0, 0},
		{"[PATCH 0/3] a new scheduler", ANN, 2, 0, 0},
		{"[PATCH RESEND 0/3] a new scheduler", ANN, 3, 0, 0},
		{"[PATCH v2 0/3] a new scheduler", ANN, 4, 0, 0},
		{"[PATCH v4 0/3] a new scheduler", ANN, 5,
	         "v3: https://lkml.org/lkml/2020/10/21/460\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_series **series = link_all(ctx, postings, 6);

	(void)state;
	assert_prior(series[5], "- 4 3 2 1 0");
	assert_int_equal(series[5]->prior[0].version, 3);
	assert_prior(series[3], "2 1 0");
	assert_string_equal(series[2]->next->root_id, "4@x");
	assert_string_equal(series[3]->next->root_id, "4@x");
	assert_string_equal(series[1]->next->root_id, "3@x");
	assert_true(series[1]->rfc);
	assert_null(series[5]->next);
	talloc_free(ctx);
}

/* The whole second version, not the half that was sent before it. */
static void
the_next_is_what_was_sent_last(void **state)
{
	static const struct posting postings[] = {
		{"[PATCH 1/2] poll: add the test", ANN, 0, 0, 0},
		{"[PATCH v2 1/2] poll: add the test", ANN, 1, 0, 0},
		{"[PATCH v2 1/2] poll: add the test", ANN, 2, 0, 0},
		{"[PATCH v3] fix another thing", ANN, 3, 0, 0},
		{"[PATCH RESEND v3] fix another thing", ANN, 4, 0, 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_series **series = link_all(ctx, postings, 5);

	(void)state;
	assert_string_equal(series[0]->next->root_id, "2@x");
	assert_string_equal(series[1]->next->root_id, "2@x");
	assert_null(series[2]->next);
	assert_prior(series[2], "1 0");
	assert_string_equal(series[3]->next->root_id, "4@x");
	assert_int_equal(series[3]->next->reason, ND_LINK_AGAIN);
	talloc_free(ctx);
}

static void
a_split_series_has_two_successors(void **state)
{
	static const struct posting postings[] = {
		{"[PATCH v8 00/9] Nested Stage Setup", ANN, 0, 0, 0},
		{"[PATCH v9 00/4] Nested Stage Setup (IOMMU part)", ANN, 9, 0,
	         0},
		{"[PATCH v9 00/5] Nested Stage Setup (VFIO part)", ANN, 10, 0,
	         0},
		{"[PATCH v10 00/5] Nested Stage Setup (VFIO part)", ANN, 20, 0,
	         0},
		{"[PATCH v10 00/4] Nested Stage Setup (IOMMU part)", ANN, 21, 0,
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_series **series = link_all(ctx, postings, 5);

	(void)state;
	assert_prior(series[3], "2 0");
	assert_prior(series[4], "1 0");
	assert_string_equal(series[0]->next->root_id, "1@x");
	assert_string_equal(series[2]->next->root_id, "3@x");
	talloc_free(ctx);
}

static void
two_series_become_one(void **state)
{
	static const struct posting postings[] = {
		{"[PATCH 0/2] the clock", ANN, 0,
	         "Ann Author (2):\n  arm: first thing\n  arm: second thing\n",
	         0},
		{"[PATCH 0/2] the timer", ANN, 1,
	         "Ann Author (2):\n  arm: other thing\n  arm: last thing\n", 0},
		{"[PATCH v2 0/4] the clock and what belongs to it", ANN, 9,
	         "Ann Author (4):\n  arm: first thing\n  arm: second thing\n"
	         "  arm: other thing\n  arm: last thing\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_series **series = link_all(ctx, postings, 3);

	(void)state;
	assert_int_equal(series[2]->prior_count, 2);
	assert_string_equal(series[0]->next->root_id, "2@x");
	assert_string_equal(series[1]->next->root_id, "2@x");
	talloc_free(ctx);
}

/* What was sent alone is in what repeats another one, and not in that. */
static void
what_repeats_has_one_more(void **state)
{
	static const struct posting postings[] = {
		{"[PATCH] net: something old", BOB, 0, DIFF("z.c"), 0},
		{"[PATCH 0/2] options of slow rings", ANN, 1,
	         "Ann Author (2):\n  arm: first thing\n  arm: second thing\n",
	         0},
		{"[PATCH] tree: use tabs for all of it", ANN, 2, 0, 0},
		{"[PATCH 0/3] options of slow rings", ANN, 20,
	         "Ann Author (3):\n  arm: first thing\n  arm: second thing\n"
	         "  tree: use tabs for all of it\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_series **series = link_all(ctx, postings, 4);

	(void)state;
	assert_string_equal(series[1]->next->root_id, "3@x");
	assert_int_equal(series[1]->next->reason, ND_LINK_AGAIN);
	assert_string_equal(series[2]->next->root_id, "3@x");
	assert_null(series[0]->next);
	talloc_free(ctx);
}

/* One patch of ten sent again alone follows the series, but is not its next. */
static void
one_patch_does_not_replace_ten(void **state)
{
	static const struct posting postings[] = {
		{"[PATCH 0/10] all of it", ANN, 0,
	         "Ann Author (10):\n  arm: first thing\n  arm: second thing\n",
	         0},
		{"[PATCH v2] arm: first thing", ANN, 1, 0, 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_series **series = link_all(ctx, postings, 2);

	(void)state;
	assert_prior(series[1], "0");
	assert_null(series[0]->next);
	talloc_free(ctx);
}

/* Of a long chain the nearest are listed, the others counted. */
static void
a_long_chain_is_cut(void **state)
{
	enum { COUNT = ND_LIMIT_PRIOR_VERSIONS + 10 };
	void *ctx = talloc_new(NULL);
	struct posting postings[COUNT];
	struct nd_series **series;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		postings[i] = (struct posting){
			x_asprintf(ctx, "[PATCH v%d] fix one thing", i + 1),
			ANN, i, "v3: " LINK("2") "\n", 0};
	series = link_all(ctx, postings, COUNT);
	for (int i = 0; i < COUNT; i++) {
		const struct nd_series *one = series[i];
		int kept = i < ND_LIMIT_PRIOR_VERSIONS
		                   ? i
		                   : ND_LIMIT_PRIOR_VERSIONS;

		assert_int_equal(one->prior_count, kept);
		assert_int_equal(one->more_prior, i - kept);
		for (int k = 0; k < kept; k++)
			assert_int_equal(one->prior[k].version, i - k);
	}
	talloc_free(ctx);
}

/* Many series of one author cost time in proportion, whatever their order. */
static void
many_series_are_fast(void **state)
{
	enum { COUNT = 3000 };
	void *ctx = talloc_new(NULL);
	struct nd_fingerprint_list fingerprints = {0};

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		struct posting posting = {
			x_asprintf(ctx, "[PATCH v%d] x %d", 1 + i % 50, i / 50),
			ANN, COUNT - i, 0, 0};
		struct nd_thread *thread = post(ctx, &posting, i);

		*x_append(ctx, fingerprints.fingerprint, fingerprints.count) =
			thread->series->fingerprint;
	}
	nd_versions_link(&fingerprints);
	assert_int_equal(fingerprints.count, COUNT);
	talloc_free(ctx);
}

/* A report knows more of its own threads than of those that are added. */
static void
what_is_linked_stays(void **state)
{
	static const struct posting postings[] = {
		{"[PATCH] fix one thing", ANN, 0, 0, 0},
		{"[PATCH v2] fix one thing", ANN, 7, 0, 0},
		{"[PATCH v3] fix one thing", ANN, 9, 0, 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_fingerprint_list fingerprints = {0};
	struct nd_series *series[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		series[i] = post(ctx, &postings[i], i)->series;
		*x_append(ctx, fingerprints.fingerprint, fingerprints.count) =
			series[i]->fingerprint;
		if (i == 1)
			nd_versions_link(&fingerprints);
	}
	nd_versions_link(&fingerprints);
	assert_string_equal(series[0]->next->root_id, "1@x");
	assert_null(series[1]->next);
	assert_int_equal(series[2]->prior_count, 2);
	talloc_free(ctx);
}

/* What is merged first is sent alone; the rest keeps its name. */
static void
the_next_version_has_the_name(void **state)
{
	static const char patches[] = "Ann Author (2):\n  clk: one thing\n"
				      "  clk: a second thing\n";
	static const struct posting postings[] = {
		{"[PATCH v2 0/2] queues of rings", ANN, 0, patches, 0},
		{"[PATCH 0/2] share what waits", ANN, 1, patches, 0},
		{"[PATCH v3 0/2] queues of rings", ANN, 3, patches, 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_series **series = link_all(tmp, postings, 3);

	(void)state;
	assert_non_null(series[0]->next);
	assert_string_equal(series[0]->next->root_id, "2@x");
	talloc_free(tmp);
}

/* The next of Ann's patch of a.c, when Bob's series has one of that title. */
static const struct nd_series_link *
taken_over(const void *ctx, const char *title, const char *bobs)
{
	const struct posting posting = {x_asprintf(ctx, "[PATCH] %s", title),
	                                ANN, 0, DIFF("a.c"), 0};
	const struct test_mail mails[] = {
		{"[PATCH v2 0/2] share what waits", BOB, "text\n",
	         ND_NO_MESSAGE},
		{x_asprintf(ctx, "[PATCH v2 1/2] %s", title), BOB, bobs, 0},
		{"[PATCH v2 2/2] clk: a third one", BOB, DIFF("c.c"), 0},
	};
	struct nd_thread *thread = test_thread(ctx, mails, 3);
	struct nd_series *series = post(ctx, &posting, 7)->series;
	struct nd_fingerprint *print[2];
	struct nd_fingerprint_list fingerprints = {print, 2};

	for (size_t i = 0; i < 3; i++) {
		thread->message[i]->date_s += 30 * DAY_S;
		add_diff_file(thread->message[i]->body);
	}
	nd_analyse_thread(thread);
	print[0] = series->fingerprint;
	print[1] = thread->series->fingerprint;
	nd_versions_link(&fingerprints);
	return series->next;
}

static void
somebody_else_takes_a_patch_over(void **state)
{
	void *tmp = talloc_new(NULL);
	const struct nd_series_link *next =
		taken_over(tmp, "clk: convert to one thing", DIFF("a.c"));

	(void)state;
	assert_non_null(next);
	assert_int_equal(next->version, 2);
	assert_int_equal(next->reason, ND_LINK_PATCHES);
	assert_null(taken_over(tmp, "clk: convert to one thing", DIFF("b.c")));
	assert_null(taken_over(tmp, "fix typo", DIFF("a.c")));
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_judged),
		cmocka_unit_test(somebody_else_takes_a_patch_over),
		cmocka_unit_test(the_next_version_has_the_name),
		cmocka_unit_test(chains_are_walked_back),
		cmocka_unit_test(the_next_is_what_was_sent_last),
		cmocka_unit_test(a_split_series_has_two_successors),
		cmocka_unit_test(two_series_become_one),
		cmocka_unit_test(what_repeats_has_one_more),
		cmocka_unit_test(one_patch_does_not_replace_ten),
		cmocka_unit_test(a_long_chain_is_cut),
		cmocka_unit_test(many_series_are_fast),
		cmocka_unit_test(what_is_linked_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
