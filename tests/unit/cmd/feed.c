/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds of commits: what forges write, what is broken, what is meant to
 * hurt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "cmd/feed.h"
#include "lineage/commitmatch.h"
#include "util/buf.h"
#include "util/limits.h"

#define SHA "0123456789abcdef0123456789abcdef01234567"
#define HEAD "<feed xmlns='http://www.w3.org/2005/Atom'>\n<title>t</title>\n"
#define ENTRY(id) \
	"<entry>\n<title>a &amp; b</title>\n" \
	"<updated>2026-03-19T18:21:28+01:00</updated>\n" \
	"<author><name>Ann</name><email>ann@example.org</email></author>\n" \
	"<id>" id "</id>\n<content type='text'>\nText.\n\nLink: " \
	"https://patch.msgid.link/1@x\n</content>\n</entry>\n"

static enum nd_status
parse(const void *ctx, const char *text, struct nd_feed **feed,
      struct nd_error *err)
{
	return nd_feed_parse(ctx, "f.atom", text, strlen(text), feed, err);
}

static void
an_entry_is_a_commit(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_error err = {0};
	struct nd_feed *feed;
	struct nd_commit *commit;

	(void)state;
	assert_int_equal(
		parse(ctx, HEAD ENTRY("urn:sha1:" SHA) "</feed>", &feed, &err),
		ND_OK);
	assert_int_equal(feed->commits.count, 1);
	commit = feed->commits.commit;
	assert_string_equal(commit->id, SHA);
	assert_string_equal(commit->title, "a & b");
	assert_string_equal(commit->author.addr, "ann@example.org");
	assert_int_equal(commit->date_s, 1773940888);
	nd_commitmatch_read(ctx, commit);
	assert_int_equal(commit->link_count, 1);
	assert_string_equal(commit->link[0], "1@x");
	talloc_free(ctx);
}

/* One that is none would not stand on one line. */
static void
an_id_has_no_blank(void **state)
{
	static const char *const lines[] = {
		"Message-ID: <a\tb@x>", "Message-ID: a b@x",
		"Link: https://lore.kernel.org/r/a\tb@x"};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_commit commit = {.title = "t", .message = lines[i]};

		nd_commitmatch_read(ctx, &commit);
		for (size_t k = 0; k < commit.link_count; k++)
			assert_null(strpbrk(commit.link[k], " \t\n"));
		talloc_free(ctx);
	}
}

static const struct {
	const char *name, *text;
	size_t commits;
} good[] = {
	{"no entries", HEAD "</feed>", 0},
	{"the same commit twice",
         HEAD ENTRY("urn:sha1:" SHA) ENTRY("urn:sha1:" SHA) "</feed>", 1},
	{"a forge's id",
         HEAD ENTRY("tag:github.com,2008:Grit::Commit/" SHA) "</feed>", 1},
	{"an address as id", HEAD ENTRY("https://x/commit/?id=" SHA) "</feed>",
         1},
	{"in capitals",
         HEAD ENTRY(
		 "urn:sha1:0123456789ABCDEF0123456789ABCDEF01234567") "</feed>",
         1},
};

static void
feeds_of_many_makers_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_error err = {0};
		struct nd_feed *feed;

		if (parse(ctx, good[i].text, &feed, &err) != ND_OK)
			fail_msg("%s: %s", good[i].name, err.msg);
		assert_int_equal(feed->commits.count, good[i].commits);
		talloc_free(ctx);
	}
}

static const struct {
	const char *text;
	const char *why; /* part of the message */
} bad[] = {
	{"", "not a feed of commits"},
	{"no xml at all", "line 1"},
	{HEAD ENTRY("urn:sha1:" SHA), "line 1"},
	{HEAD "<entry>\n<title>a</title>\n</feed>", "line 5"},
	{"<html><body>404</body></html>", "no Atom feed"},
	{"<feed><title>x</title></feed>", "no Atom feed"},
	{"<rss version='2.0'><channel/></rss>", "no Atom feed"},
	{HEAD ENTRY("urn:uuid:1") "</feed>", "line 3: an entry without the id"},
	{HEAD "<entry><id>" SHA "</id></entry></feed>", "without a title"},
	{HEAD ENTRY("urn:sha1:" SHA) "<entry/></feed>", "line 14"},
	{"<!DOCTYPE feed [<!ENTITY a 'b'>]>\n" HEAD "</feed>", "document type"},
	{"<!DOCTYPE feed SYSTEM 'http://127.0.0.1:1/x.dtd'>\n" HEAD "</feed>",
         "document type"},
	{"<!DOCTYPE feed [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>\n" HEAD
         "<title>&a;</title></feed>",
         "document type"},
	{"<!DOCTYPE f [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
         "'&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
         "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]>" HEAD
         "<title>&d;&d;&d;</title></feed>",
         "not a feed of commits"},
	{HEAD "<title>&unknown;</title></feed>", "line 3"},
};

static void
broken_feeds_are_refused_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_feed *feed = NULL;
		struct nd_error err = {0};

		assert_int_equal(parse(ctx, bad[i].text, &feed, &err),
		                 ND_ERR_PARSE);
		assert_null(feed);
		if (!strstr(err.msg, bad[i].why))
			fail_msg("feed %zu: %s", i, err.msg);
		talloc_free(ctx);
	}
}

static void
large_feeds_are_refused(void **state)
{
	void *ctx = talloc_new(NULL);
	char *text = talloc_zero_array(ctx, char, ND_LIMIT_FEED_BYTES + 2);
	struct nd_feed *feed = NULL;
	struct nd_buf *deep = nd_buf_new(ctx, 1 << 22);

	(void)state;
	memset(text, ' ', ND_LIMIT_FEED_BYTES + 1);
	assert_int_equal(parse(ctx, text, &feed, NULL), ND_ERR_LIMIT);
	nd_buf_adds(deep, HEAD);
	for (int i = 0; i < 100000; i++)
		nd_buf_adds(deep, "<a>");
	assert_int_equal(parse(ctx, deep->data, &feed, NULL), ND_ERR_PARSE);
	assert_null(feed);
	talloc_free(ctx);
}

/* ---- which mails they carry --------------------------------------------- */

#define ANN "Ann Author <ann@example.org>"

static const struct test_mail series[] = {
	{"[PATCH v2 0/3] the series", ANN, "text\n", ND_NO_MESSAGE},
	{"[PATCH v2 1/3] arm: first", ANN, "a\n", 0},
	{"[PATCH v2 2/3] arm: second", ANN, "a\n", 0},
	{"[PATCH v2 3/3] arm: third", ANN, "a\n", 0},
	{"Re: [PATCH v2 3/3] arm: third", "Bob <bob@example.net>", "b\n", 3},
};

static const struct test_mail pull[] = {
	{"[GIT PULL] fixes for 5.12", "Max <max@example.org>",
         "The following changes since commit abc:\n\n"
         "are available in the Git repository at:\n\n"
         "  git://git.example.org/pub/scm/kvmarm/kvmarm.git tags/fixes-5.12\n",
         ND_NO_MESSAGE},
	{"[PATCH 1/1] arm: first", "Max <max@example.org>", "a\n", 0},
};

struct expected {
	const char *title, *author, *message;
	int number; /* of the series' patch; 0: the pull request; -1: nothing */
};

static const struct expected expected[] = {
	{"arm: first", ANN, "Text.\n", 1},
	{"arm: second", "Ann Author <ann@new.example>", "Text.\n", 2},
	{"arm: second", "Zoe <zoe@example.org>", "Text.\n", -1},
	{"arm: third, reworded by the committer", ANN,
         "Link: https://lore.kernel.org/r/3@example.org\n", 3},
	{"arm: third", "Zoe <zoe@example.org>",
         "Link: https://lore.kernel.org/r/0@example.org\n", 3},
	{"arm: something else", "Zoe <zoe@example.org>",
         "Link: https://lore.kernel.org/r/3@example.org\n", -1},
	{"arm: first", ANN, "Link: https://lore.kernel.org/r/4@example.org\n",
         1},
	{"arm: second", ANN, "Message-ID: <2@example.org>\n", 2},
	{"arm: unknown", ANN, "Link: https://lore.kernel.org/r/9@else\n", -1},
	{"Merge tag 'fixes-5.12' of git://x.example/kvmarm/kvmarm into HEAD",
         "Max <max@example.org>", "", 0},
	{"Merge tag 'fixes-5.1' of git://x.example/kvmarm/kvmarm",
         "Max <max@example.org>", "", -1},
	{"Merge tag 'fixes-5.12' of git://x.example/other/kvm",
         "Max <max@example.org>", "", -1},
};

static void
commits_find_their_mails(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *threads[] = {test_thread(ctx, series, 5),
		                               test_thread(ctx, pull, 2)};
		struct nd_commit commit = {
			.id = SHA,
			.title = expected[i].title,
			.author = test_address(ctx, expected[i].author),
			.date_s = 2000000000,
			.message = expected[i].message};
		struct nd_commit_list list = {&commit, 1};
		struct nd_merge_list *merges;
		int got = -1;

		threads[1]->message[0]->id = "pull@x";
		threads[1]->message[1]->id = "pulled@x";
		nd_analyse_thread(threads[0]);
		nd_analyse_thread(threads[1]);
		nd_commitmatch_read(ctx, &commit);
		merges = nd_commitmatch_find(ctx, &list, threads, 2);
		assert_int_equal(merges->count, merges->matched);
		if (merges->count > 0)
			got = merges->merge[0].series
			              ? merges->merge[0].patch[0].number
			              : 0;
		if (got != expected[i].number)
			fail_msg("commit %zu '%s': %d", i, expected[i].title,
			         got);
		talloc_free(ctx);
	}
}

static void
parts_of_a_series_are_counted(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, series, 5);
	struct nd_commit commits[] = {
		{.id = "c", .title = "arm: third", .message = ""},
		{.id = "a", .title = "arm: first", .message = ""},
		{.id = "b", .title = "arm: first", .message = ""},
	};
	struct nd_commit_list list = {commits, 3};
	struct nd_merge_list *merges;

	(void)state;
	for (int i = 0; i < 3; i++)
		commits[i].author = test_address(ctx, ANN);
	nd_analyse_thread(thread);
	merges = nd_commitmatch_find(ctx, &list, &thread, 1);
	assert_int_equal(merges->matched, 3);
	assert_int_equal(merges->count, 1);
	assert_int_equal(merges->merge[0].total, 3);
	assert_int_equal(merges->merge[0].patch_count, 2);
	assert_int_equal(merges->merge[0].patch[0].number, 1);
	assert_string_equal(merges->merge[0].patch[0].commit->id, "a");
	assert_int_equal(merges->merge[0].patch[1].number, 3);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_a_commit),
		cmocka_unit_test(an_id_has_no_blank),
		cmocka_unit_test(feeds_of_many_makers_are_read),
		cmocka_unit_test(broken_feeds_are_refused_whole),
		cmocka_unit_test(large_feeds_are_refused),
		cmocka_unit_test(commits_find_their_mails),
		cmocka_unit_test(parts_of_a_series_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
