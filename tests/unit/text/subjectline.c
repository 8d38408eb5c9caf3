/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <string.h>

#include "text/subjectline.h"
#include "util/alloc.h"

#define P ND_SUBJECT_PATCH
#define R ND_SUBJECT_REPLY
#define F ND_SUBJECT_FORWARD
#define RFC ND_SUBJECT_RFC
#define PULL ND_SUBJECT_PULL
#define AGAIN ND_SUBJECT_RESEND
#define N ND_SUBJECT_NUMBERED

static const struct row {
	const char *subject, *title, *project, *stable;
	unsigned flags;
	int version, revision, number, total;
} rows[] = {
	/* plain tags */
	{"[PATCH] a: b", "a: b", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH v2 3/18] a: b", "a: b", 0, 0, P | N, 2, 0, 3, 18},
	{"[patch 01/10] a", "a", 0, 0, P | N, 1, 0, 1, 10},
	{"[PATCHv3 1/2] a", "a", 0, 0, P | N, 3, 0, 1, 2},
	{"[PATCH V2] a", "a", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH-v4 1/2] a", "a", 0, 0, P | N, 4, 0, 1, 2},
	{"[PATCH v5.1 2/3] a", "a", 0, 0, P | N, 5, 1, 2, 3},
	{"[PATCH v6,19/24] a", "a", 0, 0, P | N, 6, 0, 19, 24},
	{"[V2 PATCH 6/5] a", "a", 0, 0, P | N, 2, 0, 6, 5},
	{"[PATCH (v2)] a", "a", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH -next 000/491] treewide: a", "treewide: a", 0, 0, P | N, 1, 0,
         0, 491},
	{"[PATCH][next] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH-for-5.2 v2] a", "a", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH-tip v3 1/2] a", "a", "tip", 0, P | N, 3, 0, 1, 2},
	{"[PATCH for 5.10] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH [v2] 1/2] a", "a", 0, 0, P | N, 2, 0, 1, 2},
	{"[trivial PATCH] treewide: a", "treewide: a", 0, 0, P, 1, 0, 0, 0},
	/* RFC, RESEND and other words */
	{"[PATCH RFCv2 9/9] a", "a", 0, 0, P | RFC | N, 2, 0, 9, 9},
	{"[RFC v2 00/14] a", "a", 0, 0, P | RFC | N, 2, 0, 0, 14},
	{"[RFC/PATCH] a", "a", 0, 0, P | RFC, 1, 0, 0, 0},
	{"[RFC/RFT PATCH 1/2] a", "a", 0, 0, P | RFC | N, 1, 0, 1, 2},
	{"[RFC][PATCH 0/4] a", "a", 0, 0, P | RFC | N, 1, 0, 0, 4},
	{"[RFC] Question about a", "Question about a", 0, 0, RFC, 1, 0, 0, 0},
	{"[PATCH V5 (RESEND) 0/4] a", "a", 0, 0, P | AGAIN | N, 5, 0, 0, 4},
	{"[PATCH resend 2/2] a", "a", 0, 0, P | AGAIN | N, 1, 0, 2, 2},
	{"[PATCH v4 REPOST] a", "a", 0, 0, P | AGAIN, 4, 0, 0, 0},
	{"[RESEND RFC PATCH v1] a", "a", 0, 0, P | RFC | AGAIN, 1, 0, 0, 0},
	{"[PATCH v7 23/23] [DO NOT MERGE] a", "a", 0, 0, P | N, 7, 0, 23, 23},
	/* projects */
	{"[kvm-unit-tests PATCH v2 00/18] a", "a", "kvm-unit-tests", 0, P | N,
         2, 0, 0, 18},
	{"[PATCH kvmtool v2 01/22] a", "a", "kvmtool", 0, P | N, 2, 0, 1, 22},
	{"[PATCH v2 18/18, KVMTOOL] a", "a", "kvmtool", 0, P | N, 2, 0, 18, 18},
	{"[PATCH][kvmtool] a", "a", "kvmtool", 0, P, 1, 0, 0, 0},
	{"[kvmtool][PATCH v2] a", "a", "kvmtool", 0, P, 2, 0, 0, 0},
	{"[PATCH v2 14/15][KVMTOOL] a", "a", "kvmtool", 0, P | N, 2, 0, 14, 15},
	{"[kvmtool v3 5/5] a", "a", "kvmtool", 0, P | N, 3, 0, 5, 5},
	{"[kvm-unit-tests v3 PATCH] a", "a", "kvm-unit-tests", 0, P, 3, 0, 0,
         0},
	{"[kvm-unit-tests RFC 04/10] a", "a", "kvm-unit-tests", 0, RFC | N, 1,
         0, 4, 10},
	{"[RFC PATCH kvmtool v3 0/3] a", "a", "kvmtool", 0, P | RFC | N, 3, 0,
         0, 3},
	{"[PATCH RESEND net-next v2 1/3] a", "a", "net-next", 0, P | AGAIN | N,
         2, 0, 1, 3},
	{"[PATCH bpf-next] a", "a", "bpf-next", 0, P, 1, 0, 0, 0},
	{"[PATCH kvm/queue] a", "a", "kvm/queue", 0, P, 1, 0, 0, 0},
	{"[PATCH i-g-t 1/2] a", "a", "i-g-t", 0, P | N, 1, 0, 1, 2},
	{"[PULL kvm-unit-tests 15/39] a", "a", "kvm-unit-tests", 0, PULL | N, 1,
         0, 15, 39},
	/* stable trees */
	{"[PATCH 5.10 87/91] a", "a", 0, "5.10", P | N, 1, 0, 87, 91},
	{"[PATCH][stable-5.4] a", "a", 0, "5.4", P, 1, 0, 0, 0},
	{"[PATCH][stable-4.{4, 9, 14, 19}] a", "a", 0, "4.{4, 9, 14, 19}", P, 1,
         0, 0, 0},
	{"[PATCH stable 4.14.y] a", "a", 0, "4.14", P, 1, 0, 0, 0},
	{"[PATCH stable v4.9 v2] a", "a", 0, "4.9", P, 2, 0, 0, 0},
	{"[PATCH AUTOSEL 4.19 01/26] a", "a", 0, "4.19", P | N, 1, 0, 1, 26},
	{"[PATCH linux-5.10.y 1/2] a", "a", 0, "5.10", P | N, 1, 0, 1, 2},
	{"[PATCH stable] a", "a", 0, "", P, 1, 0, 0, 0},
	{"[PATCH 4.19/5.4] a", "a", 0, "4.19", P, 1, 0, 0, 0},
	/* pull requests */
	{"[GIT PULL] a", "a", 0, 0, PULL, 1, 0, 0, 0},
	{"[GIT PULL 00/23] a", "a", 0, 0, PULL | N, 1, 0, 0, 23},
	{"pull request: a", "pull request: a", 0, 0, PULL, 1, 0, 0, 0},
	{"pull-request", "pull-request", 0, 0, PULL, 1, 0, 0, 0},
	{"Pull request for a: b", "Pull request for a: b", 0, 0, PULL, 1, 0, 0,
         0},
	{"Re: Please pull a", "Please pull a", 0, 0, R | PULL, 1, 0, 0, 0},
	{"[PATCH] pull request: a", "pull request: a", 0, 0, P, 1, 0, 0, 0},
	{"pull requests are late", "pull requests are late", 0, 0, 0, 1, 0, 0,
         0},
	/* replies */
	{"Re: [PATCH v2] a", "a", 0, 0, R | P, 2, 0, 0, 0},
	{"RE: Re: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"Re[2]: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Re : a", "a", 0, 0, R, 1, 0, 0, 0},
	{"AW: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Aw: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Antw: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"SV: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"VS: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"回复: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"答复：[PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"Automatic reply: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"转发: a", "a", 0, 0, F, 1, 0, 0, 0},
	{"FW: Re: a", "a", 0, 0, F | R, 1, 0, 0, 0},
	{"WG: a", "a", 0, 0, F, 1, 0, 0, 0},
	{"Re: (subset) [PATCH v6 0/5] a", "a", 0, 0,
         R | P | N | ND_SUBJECT_SUBSET, 6, 0, 0, 5},
	{"[UNVERIFIED SENDER] Re: [PATCH 0/9] a", "a", 0, 0, R | P | N, 1, 0, 0,
         9},
	{"[External] Re: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"[External][PATCH] a", "a", 0, 0, P, 1, 0, 0, 0},
	/* what the list put there is no project */
	{"[Qemu-devel] [RFC QEMU v2 1/2] a", "a", "qemu", 0, P | RFC | N, 2, 0,
         1, 2},
	{"Re: [oss-drivers] [trivial PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"[virtio-dev] Re: [PATCH v8 2/7] a", "a", 0, 0, R | P | N, 8, 0, 2, 7},
	/* no patches */
	{"[kvmarm:next 29/32] a.c:1:2: warning", "a.c:1:2: warning", 0, 0, N, 1,
         0, 29, 32},
	{"[Question] a", "a", 0, 0, 0, 1, 0, 0, 0},
	{"[Question-GIC-v4.1] a", "a", 0, 0, 0, 1, 0, 0, 0},
	{"[ANNOUNCE] 5.10.24-rt33", "5.10.24-rt33", 0, 0, 0, 1, 0, 0, 0},
	{"[patchwork-bot] a", "a", 0, 0, 0, 1, 0, 0, 0},
	{"Patch \"a\" has been added", "Patch \"a\" has been added", 0, 0, 0, 1,
         0, 0, 0},
	{"Recent: a", "Recent: a", 0, 0, 0, 1, 0, 0, 0},
	{"[PATCH] tr: fix a", "tr: fix a", 0, 0, P, 1, 0, 0, 0},
	/* broken ones */
	{"", "", 0, 0, 0, 1, 0, 0, 0},
	{"   ", "", 0, 0, 0, 1, 0, 0, 0},
	{"Re:", "", 0, 0, R, 1, 0, 0, 0},
	{"[]", "", 0, 0, 0, 1, 0, 0, 0},
	{"[PATCH]", "", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH v2 1/2 a", "[PATCH v2 1/2 a", 0, 0, 0, 1, 0, 0, 0},
	{"[PATCH [v2 1/2] a", "a", 0, 0, P | N, 2, 0, 1, 2},
	{"[PATCH v99999999999 1/2] a", "a", 0, 0, P | N, 1, 0, 1, 2},
	{"[PATCH 1/99999999999999] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH 0/0] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH v] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"] [PATCH] a", "] [PATCH] a", 0, 0, 0, 1, 0, 0, 0},
};

static void
assert_text(const char *subject, const char *got, const char *want)
{
	if (got && want && strcmp(got, want) == 0)
		return;
	if (got || want)
		fail_msg("'%s': got '%s', want '%s'", subject,
		         got ? got : "(null)", want ? want : "(null)");
}

static void
assert_number(const char *subject, const char *what, int got, int want)
{
	if (got != want)
		fail_msg("'%s': %s: got %d, want %d", subject, what, got, want);
}

static void
parses_what_lists_write(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct nd_subject *got =
			nd_subjectline_parse(NULL, row->subject);

		assert_text(row->subject, got->title, row->title);
		assert_text(row->subject, got->project, row->project);
		assert_text(row->subject, got->stable, row->stable);
		assert_number(row->subject, "flags", (int)got->flags,
		              (int)row->flags);
		assert_number(row->subject, "version", got->version,
		              row->version);
		assert_number(row->subject, "revision", got->revision,
		              row->revision);
		assert_number(row->subject, "number", got->number, row->number);
		assert_number(row->subject, "total", got->total, row->total);
		talloc_free(got);
	}
}

static void
keeps_the_groups_as_written(void **state)
{
	static const char *const cases[][2] = {
		{"Re: [PATCH v2] a", "[PATCH v2]"},
		{"[PATCH][kvmtool] a", "[PATCH][kvmtool]"},
		{"[a] Re: [PATCH 1/2]  [b c] d", "[a] [PATCH 1/2] [b c]"},
		{"a [b]", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_subject *got =
			nd_subjectline_parse(NULL, cases[i][0]);

		assert_string_equal(got->prefix, cases[i][1]);
		talloc_free(got);
	}
}

static void
finds_words_of_the_groups(void **state)
{
	struct nd_subject *got =
		nd_subjectline_parse(NULL, "[PATCH AUTOSEL 4.19] stable-bot");

	(void)state;
	assert_true(nd_subjectline_has_word(got, "autosel"));
	assert_false(nd_subjectline_has_word(got, "auto"));
	assert_false(nd_subjectline_has_word(got, "bot"));
	talloc_free(got);
}

/* Each pattern again and again: nothing may crash or take quadratic time. */
static void
survives_long_subjects(void **state)
{
	static const char *const patterns[] = {
		"[",
		"]",
		"[]",
		"[x[] ",
		"Re: ",
		"[PATCH 1/2] ",
		"[PATCH",
		"[a][b]",
		"{",
		"[4.{",
		"v",
		"/",
		"1/1 ",
		"(subset)",
		"\xff",
		"回复：",
		"[PATCH 9999999999999999999999/1]",
	};
	enum { LONG = 100000 };

	(void)state;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		size_t len = strlen(patterns[i]);
		char *subject = x_array(NULL, char, LONG + len + 1);

		for (size_t at = 0; at < LONG; at += len)
			memcpy(subject + at, patterns[i], len);
		assert_non_null(nd_subjectline_parse(subject, subject)->title);
		talloc_free(subject);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_what_lists_write),
		cmocka_unit_test(keeps_the_groups_as_written),
		cmocka_unit_test(finds_words_of_the_groups),
		cmocka_unit_test(survives_long_subjects),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
