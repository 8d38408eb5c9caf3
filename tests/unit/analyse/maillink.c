/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links to other mails, what is said of them, and change logs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyse/changelog.h"
#include "analyse/maillink.h"
#include "build.h"
#include "util/archiveurl.h"
#include "util/buf.h"
#include "util/limits.h"

static const struct {
	const char *url;
	const char *id; /* NULL: none */
} urls[] = {
	{"https://lore.kernel.org/r/20210315-x-1@example.org",
         "20210315-x-1@example.org"},
	{"https://lore.kernel.org/lkml/a.b@example.org/T/#t",
         "a.b@example.org"},
	{"https://lore.kernel.org/all/a%2Bb%40c@example.org/", NULL},
	{"https://lore.kernel.org/r/a%2Bb@example.org/", "a+b@example.org"},
	{"https://lore.kernel.org/r/20201119-1-steven.price%40arm.com",
         "20201119-1-steven.price@arm.com"},
	{"https://patch.msgid.link/x@y", "x@y"},
	{"https://marc.info/?i=x@y&w=2", "x@y"},
	{"https://patchwork.kernel.org/project/kvm/patch/x@y/", "x@y"},
	{"https://patchwork.kernel.org/patch/10608299/", NULL},
	{"https://lore.kernel.org/lkml/CAHk-=wi+a=b&c@mail.example.org/",
         "CAHk-=wi+a=b&c@mail.example.org"},
	{"https://lore.kernel.org/all/x@y/T/#mf00d@z", "x@y"},
	{"https://lore.kernel.org/all/x@y?a=b@c", "x@y"},
	{"https://marc.info/?l=git&i=CAHk-=x@y&w=2", "CAHk-=x@y"},
	{"https://lore.kernel.org/all/x@y/2-fix.patch", "x@y"},
	{"https://www.mail-archive.com/dev@lists.example.org/msg00123.html",
         NULL},
	{"https://lists.example.org/archives/list/dev@lists.example.org/"
         "message/ABCDEF/",
         NULL},
	{"https://lists.example.org/archives/list/dev@example.org/2021/3/",
         NULL},
	{"https://lkml.org/lkml/2020/10/21/460", NULL},
	{"https://user@example.org/", NULL},
	{"https://example.org/@/", NULL},
	{"https://example.org/a%0a@b/", NULL},
	{"https://example.org", NULL},
	{"", NULL},
};

static void
urls_have_ids(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		void *ctx = talloc_new(NULL);
		const char *id =
			nd_archiveurl_id(ctx, urls[i].url, strlen(urls[i].url));

		if (!urls[i].id && id)
			fail_msg("%s has %s", urls[i].url, id);
		if (urls[i].id)
			assert_string_equal(id ? id : "", urls[i].id);
		talloc_free(ctx);
	}
}

#define EARLIER ND_MAILLINK_EARLIER
#define RFC ND_MAILLINK_RFC
#define BASE ND_MAILLINK_BASE
#define URL "https://lore.kernel.org/r/1@x"

static const struct {
	const char *text;
	int version; /* -1: no mention at all */
	unsigned flags;
} texts[] = {
	{"v1: " URL "\n", 1, 0},
	{"[v2] " URL "\n", 2, 0},
	{"- Link to v3: " URL "\n", 3, 0},
	{"Changes since v1 (" URL "):\n", 1, EARLIER},
	{"v1 -> v2: " URL "\n", 1, 0},
	{"* From v1 [1]:\n\n[1] " URL "\n", 1, 0},
	{"v1 [1], v2 [2]\n\n[2] " URL "\n", 2, 0},
	{"The previous version is here:\n" URL "\n", 0, EARLIER},
	{"This replaces the RFC [1].\n[1]: " URL "\n", 0, EARLIER | RFC},
	{"It depends on [1].\n[1]: " URL "\n", 0, BASE},
	{"* From v2 <20200903135307.251331-1-ascull@example.com>:\n", 2, 0},
	{"Written by Bob <bob@example.org>\n", -1, 0},
	{"See " URL " for more.\n", 0, 0},
	{"The GICv3 one: " URL "\n", 0, 0},
	{"for v5.10: " URL "\n", 0, 0},
	{"> v1: " URL "\n", -1, 0},
	{"v1: https://lkml.org/lkml/2020/10/21/460\n", 1, 0},
	{"https://lkml.org/lkml/2020/10/21/460\n", -1, 0},
};

static void
links_are_read_in_context(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_maillink_list *list =
			nd_maillink_find(ctx, test_body(ctx, texts[i].text));

		if (list->count != (texts[i].version >= 0))
			fail_msg("%zu mentions in '%s'", list->count,
			         texts[i].text);
		if (list->count > 0 &&
		    (list->link[0].version != texts[i].version ||
		     list->link[0].flags != texts[i].flags))
			fail_msg("version %d, flags %u in '%s'",
			         list->link[0].version, list->link[0].flags,
			         texts[i].text);
		talloc_free(ctx);
	}
}

static void
a_mail_full_of_links_is_bounded(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *text = nd_buf_new(ctx, 4 << 20);
	struct nd_maillink_list *list;

	(void)state;
	for (int i = 0; i < 1000; i++)
		nd_buf_addf(text, "[%d] https://lore.kernel.org/r/%d@x\n", i,
		            i);
	for (int i = 0; i < 1 << 20; i++)
		nd_buf_addc(text, '<');
	nd_buf_addc(text, '\n');
	list = nd_maillink_find(ctx, test_body(ctx, text->data));
	assert_int_equal(list->count, ND_LIMIT_MAIL_LINKS);
	talloc_free(ctx);
}

static const struct {
	const char *line;
	int from, to; /* to -1: no heading */
} headings[] = {
	{"Changes since v2:", 2, 0},
	{"Changes in v3:", 0, 3},
	{"Changes in V3: (https://patchwork.kernel.org/patch/1/)", 0, 3},
	{"v2 -> v3:", 2, 3},
	{"v2->v3", 2, 3},
	{"v4 .. v3:", 3, 4},
	{"  v5 --> v6", 5, 6},
	{"* From v1 [1]:", 1, 0},
	{"* From v2 <20200903135307.251331-1-a@example.com>:", 2, 0},
	{"Changelog v1 .. v2:", 1, 2},
	{"changes from v1 to v2:", 1, 2},
	{"Since v4 [1]:", 4, 0},
	{"v3:", 0, 3},
	{"- v3: rebase", 0, 3},
	{"Changes since v2 include:", 2, 0},
	{"RFCv1 -> RFCv2:", 1, 2},
	{"v3 fixes the bug that everybody saw", 0, -1},
	{"Since GICv4.1 has the capability", 0, -1},
	{"since v5.10. (commit 1234)", 0, -1},
	{"This is v3 of the series.", 0, -1},
	{"from userspace", 0, -1},
	{"", 0, -1},
};

static void
headings_are_told_from_prose(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
		int from = 0, to = -1;
		size_t rest;
		bool is = nd_changelog_is_heading(headings[i].line,
		                                  strlen(headings[i].line),
		                                  &from, &to, &rest);

		if (is != (headings[i].to >= 0) ||
		    (is && (from != headings[i].from || to != headings[i].to)))
			fail_msg("'%s': %d, from %d to %d", headings[i].line,
			         is, from, to);
	}
}

static void
sections_end_where_they_should(void **state)
{
	static const char text[] =
		"Text of the cover letter.\n\nChanges since v2:\n - one\n - two,\n"
		"   which goes on\n\n - three\n\nv1 -> v2: rebased\n\nThanks,\n"
		"\nv2: https://lore.kernel.org/r/2@x\n\nAnn Author (2):\n  a\n  b\n";
	void *ctx = talloc_new(NULL);
	struct nd_series *series = x_new(ctx, struct nd_series);

	(void)state;
	series->version = 3;
	nd_changelog_find(series, test_body(ctx, text));
	assert_int_equal(series->change_count, 2);
	assert_int_equal(series->change[0].from, 2);
	assert_int_equal(series->change[0].to, 3);
	assert_string_equal(series->change[0].text,
	                    "- one\n- two,\n  which goes on\n- three");
	assert_int_equal(series->change[1].to, 2);
	assert_string_equal(series->change[1].text, "rebased");
	talloc_free(ctx);
}

static void
notes_below_a_patch_count(void **state)
{
	static const char text[] =
		"It crashed.\n\nSigned-off-by: A <a@x>\n---\n"
		"v2: do not sleep\n\ndiff --git a/a.c b/a.c\n";
	void *ctx = talloc_new(NULL);
	struct nd_series *series = x_new(ctx, struct nd_series);

	(void)state;
	series->version = 2;
	nd_changelog_find(series, test_body(ctx, text));
	assert_int_equal(series->change_count, 1);
	assert_string_equal(series->change[0].text, "do not sleep");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls_have_ids),
		cmocka_unit_test(links_are_read_in_context),
		cmocka_unit_test(a_mail_full_of_links_is_bounded),
		cmocka_unit_test(headings_are_told_from_prose),
		cmocka_unit_test(sections_end_where_they_should),
		cmocka_unit_test(notes_below_a_patch_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
