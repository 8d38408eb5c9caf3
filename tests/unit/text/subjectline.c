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
	/* joints and blanks where none should be, or none where one should */
	{"[PATCH1/3] a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH0/3] a", "a", 0, 0, P | N, 1, 0, 0, 3},
	{"[PATCH-2/3] a", "a", 0, 0, P | N, 1, 0, 2, 3},
	{"[PATCH#2/3] a", "a", 0, 0, P | N, 1, 0, 2, 3},
	{"[RFC1/3] a", "a", 0, 0, RFC | N, 1, 0, 1, 3},
	{"[PATCHv2-1/3] a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"[PATCH v2-1/3] a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"[PATCH v2:1/3] a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"[PATCH 1/3v2] a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"[PATCH 1/3-v2] a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"[v2PATCH12/15] a", "a", 0, 0, P | N, 2, 0, 12, 15},
	{"[v3-PATCH 1/2] a", "a", 0, 0, P | N, 3, 0, 1, 2},
	{"[v3,2/5] a", "a", 0, 0, P | N, 3, 0, 2, 5},
	{"[net-next,v3,0/4] a", "a", "net-next", 0, P | N, 3, 0, 0, 4},
	{"[PATCH 1 of 3] a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH 0 of 3 V2] a", "a", 0, 0, P | N, 2, 0, 0, 3},
	{"[PATCH 01 of 12 RFC] a", "a", 0, 0, P | RFC | N, 1, 0, 1, 12},
	{"[PATCH 1of3] a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH 1 / 3] a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH 1/ 3] a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH -v2] a", "a", 0, 0, P, 2, 0, 0, 0},
	{"[patch-v2 1/2] a", "a", 0, 0, P | N, 2, 0, 1, 2},
	{"[RFC-v3 1/2] a", "a", 0, 0, P | RFC | N, 3, 0, 1, 2},
	{"[PATCH V2 resend] a", "a", 0, 0, P | AGAIN, 2, 0, 0, 0},
	{"[PATCH\\ net] a", "a", "net", 0, P, 1, 0, 0, 0},
	{"[ PATCH v2 1/2 ] a", "a", 0, 0, P | N, 2, 0, 1, 2},
	{"[PATCHSET v2 tree/for-6.9] a", "a", "tree/for-6.9", 0, P, 2, 0, 0, 0},
	{"[PATCHSET 2/6] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCHSET 0/6] a", "a", 0, 0, P | N, 1, 0, 0, 6},
	{"[PATCHBOMB v6] a", "a", 0, 0, P, 6, 0, 0, 0},
	{"[PATCH] [PATCH v4] a", "a", 0, 0, P, 4, 0, 0, 0},
	/* other brackets, and none */
	{"(PATCH) a", "a", 0, 0, P, 1, 0, 0, 0},
	{"(PATCH v2 1/3) a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"{PATCH} a", "a", 0, 0, P, 1, 0, 0, 0},
	{"<PATCH v2> a", "a", 0, 0, P, 2, 0, 0, 0},
	{"【PATCH 1/3】a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"［PATCH］ a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH] (v2) a", "a", 0, 0, P, 2, 0, 0, 0},
	{"(resend) [PATCH] a", "a", 0, 0, P | AGAIN, 1, 0, 0, 0},
	{"(patch attached) a", "(patch attached) a", 0, 0, 0, 1, 0, 0, 0},
	{"(some) a", "(some) a", 0, 0, 0, 1, 0, 0, 0},
	{"PATCH: a", "a", 0, 0, P, 1, 0, 0, 0},
	{"PATCH v2: a", "a", 0, 0, P, 2, 0, 0, 0},
	{"PATCH 1/3 a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"RFC PATCH v3 2/3: a", "a", 0, 0, P | RFC | N, 3, 0, 2, 3},
	{"Patch v3 2/3: a", "a", 0, 0, P | N, 3, 0, 2, 3},
	{"RFC: a", "RFC: a", 0, 0, 0, 1, 0, 0, 0},
	{"RFC PATCH: a", "a", 0, 0, P | RFC, 1, 0, 0, 0},
	{"Patch for a", "Patch for a", 0, 0, 0, 1, 0, 0, 0},
	{"patch: a", "patch: a", 0, 0, 0, 1, 0, 0, 0},
	{"RFC 5322: a", "RFC 5322: a", 0, 0, 0, 1, 0, 0, 0},
	{"PATCH is broken", "PATCH is broken", 0, 0, 0, 1, 0, 0, 0},
	/* numbers and versions in the words of a title */
	{"[PATCH] 1/3 a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH] 1/3: a", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH v2] (1/3) a", "a", 0, 0, P | N, 2, 0, 1, 3},
	{"[PATCH] a (1/3)", "a", 0, 0, P | N, 1, 0, 1, 3},
	{"[PATCH] a: b and/or c", "a: b and/or c", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH] a: b c (v2)", "a: b c", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH 0/4] a: b c (v3)", "a: b c", 0, 0, P | N, 3, 0, 0, 4},
	{"[PATCH] a: b c, v2", "a: b c", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH] a: b c - v2", "a: b c", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH] a: b c [v2]", "a: b c", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH] a: b c v2", "a: b c", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH] v2: a: b c", "a: b c", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH 0/2] version 3 of the b c", "b c", 0, 0, P | N, 3, 0, 0, 2},
	{"[PATCH 0/2] third version of b c", "b c", 0, 0, P | N, 3, 0, 0, 2},
	{"[PATCH 0/2] b c (take 2)", "b c", 0, 0, P | N, 2, 0, 0, 2},
	{"[PATCH 0/2] b c (2nd version)", "b c", 0, 0, P | N, 2, 0, 0, 2},
	{"[PATCH 0/2] b c, take #4", "b c, take #4", 0, 0, P | N, 1, 0, 0, 2},
	{"[PATCH 1/2] b c (v2)", "b c (v2)", 0, 0, P | N, 1, 0, 1, 2},
	{"[PATCH v3] b c (v2)", "b c (v2)", 0, 0, P, 3, 0, 0, 0},
	{"[PATCH] b: support cgroup v2", "b: support cgroup v2", 0, 0, P, 1, 0,
         0, 0},
	{"[PATCH] b: support DWARF v5", "b: support DWARF v5", 0, 0, P, 1, 0, 0,
         0},
	{"[PATCH 7/11] b: add txfree event v3", "b: add txfree event v3", 0, 0,
         P | N, 1, 0, 7, 11},
	{"[PATCH] b: round 6 bug fixes", "b: round 6 bug fixes", 0, 0, P, 1, 0,
         0, 0},
	{"[PATCH] b: require version 6.11", "b: require version 6.11", 0, 0, P,
         1, 0, 0, 0},
	{"[PATCH] b: support version 3 of c", "b: support version 3 of c", 0, 0,
         P, 1, 0, 0, 0},
	{"v2.40.3 plan", "v2.40.3 plan", 0, 0, 0, 1, 0, 0, 0},
	/* releases and branches are no versions of the series */
	{"[PATCH v5.15 2/5] a", "a", 0, "5.15", P | N, 1, 0, 2, 5},
	{"[PATCH for v5.15 2/5] a", "a", 0, 0, P | N, 1, 0, 2, 5},
	{"[PATCH v6.1-rc3] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH 07/19 v6.1.y] a", "a", 0, "6.1", P | N, 1, 0, 7, 19},
	{"[PATCH stable-6.1 v3] a", "a", 0, "6.1", P, 3, 0, 0, 0},
	{"[PATCH v6.6 v2] a", "a", 0, "6.6", P, 2, 0, 0, 0},
	{"[PATCH pre-6.4] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[PATCH for stable 6.1.x] a", "a", 0, "6.1", P, 1, 0, 0, 0},
	{"[PATCH u-boot v2019.04-aspeed-openbmc v3 1/2] a", "a",
         "u-boot v2019.04-aspeed-openbmc", 0, P | N, 3, 0, 1, 2},
	{"[u-boot, v2019.04-aspeed-openbmc v2 1/1] a", "a",
         "u-boot v2019.04-aspeed-openbmc", 0, P | N, 2, 0, 1, 1},
	{"[u-boot, v2019.04-aspeed-openbmc 1/1] a", "a",
         "u-boot v2019.04-aspeed-openbmc", 0, P | N, 1, 0, 1, 1},
	{"[PATCH u-boot v2019.04] a", "a", "u-boot v2019.04", 0, P, 1, 0, 0, 0},
	{"[PATCH linux dev-5.15 v2] a", "a", "linux dev-5.15", 0, P, 2, 0, 0,
         0},
	{"[PATCH linux v2] a", "a", 0, 0, P, 2, 0, 0, 0},
	{"[PATCH dev-5.15 v3] a", "a", "dev-5.15", 0, P, 3, 0, 0, 0},
	{"[PATCH OLK-5.10 v3 0/4] a", "a", "olk-5.10", 0, P | N, 3, 0, 0, 4},
	{"[PATCH io_uring for-6.18 1/2] a", "a", "io_uring for-6.18", 0, P | N,
         1, 0, 1, 2},
	{"[PATCH for-next] a", "a", "for-next", 0, P, 1, 0, 0, 0},
	{"[PATCH liburing v4 3/3] a", "a", "liburing", 0, P | N, 4, 0, 3, 3},
	/* trackers and lists */
	{"bug#70123: [PATCH v2] a", "a", 0, 0, P, 2, 0, 0, 0},
	{"Bug#123: [PATCH 1/2] a", "a", 0, 0, P | N, 1, 0, 1, 2},
	{"Re: bug#70123: [PATCH v2] a", "a", 0, 0, R | P, 2, 0, 0, 0},
	{"bug#70123: Re: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"Issue #12: [PATCH] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"PR 123: [PATCH] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[Bug 123] [PATCH] a", "a", 0, 0, P, 1, 0, 0, 0},
	{"[Bug 123] a", "a", 0, 0, 0, 1, 0, 0, 0},
	{"[JIRA-1] [PATCH v3] a", "a", 0, 0, P, 3, 0, 0, 0},
	{"[JIRA] (ABC-12) a", "(ABC-12) a", 0, 0, 0, 1, 0, 0, 0},
	{"[list-name] [PATCH 1/2] a", "a", 0, 0, P | N, 1, 0, 1, 2},
	{"Re: [list-name] Re: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"bug#70123: it crashes", "bug#70123: it crashes", 0, 0, 0, 1, 0, 0, 0},
	{"case 3: it crashes", "case 3: it crashes", 0, 0, 0, 1, 0, 0, 0},
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
	{"pull request (net): a", "pull request (net): a", 0, 0, PULL, 1, 0, 0,
         0},
	{"pull-request: a 2021-10-07", "pull-request: a 2021-10-07", 0, 0, PULL,
         1, 0, 0, 0},
	{"Git pull for 5.1", "Git pull for 5.1", 0, 0, PULL, 1, 0, 0, 0},
	{"GIT PULL: a", "GIT PULL: a", 0, 0, PULL, 1, 0, 0, 0},
	{"git pull fails", "git pull fails", 0, 0, 0, 1, 0, 0, 0},
	{"[PULL REQUEST] a", "a", 0, 0, PULL, 1, 0, 0, 0},
	{"[GIT,PULL] a", "a", 0, 0, PULL, 1, 0, 0, 0},
	{"[GIT-PULL] a", "a", 0, 0, PULL, 1, 0, 0, 0},
	{"[pull] a", "a", 0, 0, PULL, 1, 0, 0, 0},
	{"[GIT PULL for v6.2] a", "a", 0, 0, PULL, 1, 0, 0, 0},
	{"[GIT PULL v2 5/5] a", "a", 0, 0, PULL | P | N, 2, 0, 5, 5},
	{"[PATCH 00/10 - GIT PULL] a", "a", 0, 0, P | PULL | N, 1, 0, 0, 10},
	{"[pull-request] [net-2.6 PATCH 0/6] a", "a", "net-2.6", 0,
         P | PULL | N, 1, 0, 0, 6},
	{"[PATCH net-next 0/9][pull request] a", "a", "net-next", 0,
         P | PULL | N, 1, 0, 0, 9},
	{"[PATCH 0/8] pull request (net): a", "pull request (net): a", 0, 0,
         P | PULL | N, 1, 0, 0, 8},
	{"[RFC NOT PULL] a", "a", 0, 0, RFC, 1, 0, 0, 0},
	{"[NOT YET PULL] a", "a", 0, 0, 0, 1, 0, 0, 0},
	{"[DO NOT PULL] a", "a", 0, 0, 0, 1, 0, 0, 0},
	{"Re: Pull patches from a to b", "Pull patches from a to b", 0, 0, R, 1,
         0, 0, 0},
	{"a [Was Re: [GIT PULL] b]", "a [Was Re: [GIT PULL] b]", 0, 0, 0, 1, 0,
         0, 0},
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
	{"Re^2: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Re(2): a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Re*2: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Re-2: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Re：a", "a", 0, 0, R, 1, 0, 0, 0},
	{"RE\xc2\xa0: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"Réf. : [PATCH v2] a", "a", 0, 0, R | P, 2, 0, 0, 0},
	{"Réf : a", "a", 0, 0, R, 1, 0, 0, 0},
	{"RÉP : a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Odp: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"RIF: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"R: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"I: R: [PATCH] a", "a", 0, 0, F | R | P, 1, 0, 0, 0},
	{"R: a", "R: a", 0, 0, 0, 1, 0, 0, 0},
	{"RES: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"YNT: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"VÁ: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"Απ: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"НА: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"HA: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"Ответ: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"تגובה: a", "تגובה: a", 0, 0, 0, 1, 0, 0, 0},
	{"תגובה: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"رد: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"답장: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"返信: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"回覆：a", "a", 0, 0, R, 1, 0, 0, 0},
	{"aw: [PATCH] a", "a", 0, 0, R | P, 1, 0, 0, 0},
	{"Automatische Antwort: a", "a", 0, 0, R, 1, 0, 0, 0},
	{"ENC: a", "a", 0, 0, F, 1, 0, 0, 0},
	{"TR : a", "a", 0, 0, F, 1, 0, 0, 0},
	{"RV: a", "a", 0, 0, F, 1, 0, 0, 0},
	{"İLT: a", "a", 0, 0, F, 1, 0, 0, 0},
	{"rv: add a monitor", "rv: add a monitor", 0, 0, 0, 1, 0, 0, 0},
	{"tr: a", "tr: a", 0, 0, 0, 1, 0, 0, 0},
	{"fs: a", "fs: a", 0, 0, 0, 1, 0, 0, 0},
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
	{"[PATCH v2 1/2 a", "a", 0, 0, P | N, 2, 0, 1, 2},
	{"[PATCH v2 1/2: a", "a", 0, 0, P | N, 2, 0, 1, 2},
	{"[patchwork is down", "[patchwork is down", 0, 0, 0, 1, 0, 0, 0},
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
