/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * More of limits.h: what is read at a ceiling and is not one past it, of
 * texts, threads, feeds and queries (limits.c: of single mails).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "analyse/merged.h"
#include "analyse/posting.h"
#include "analyse/speech.h"
#include "app/querytext.h"
#include "build.h"
#include "ceiling.h"
#include "cmd/feed.h"
#include "mail/digestfile.h"
#include "mail/html.h"
#include "mail/read.h"
#include "pipeline/order.h"
#include "summarise/candidates.h"
#include "telling/cover.h"
#include "util/archiveurl.h"
#include "util/limits.h"

#define ANN "Ann Author <ann@example.org>"
#define HEX "0123456789abcdef0123456789abcdef01234567"

/* ---- mails --------------------------------------------------------------- */

static void
test_part_bytes(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *html = nd_buf_new(NULL, TEST_ROOM), *text;

		nd_buf_adds(html, "<p>");
		test_repeat(html, "abc ", ND_LIMIT_PART_BYTES / 4 - 1);
		nd_buf_adds(html, more ? "abcde" : "abcd");
		text = nd_html_to_text(html, html->data, html->len);
		assert_int_equal(text->full, more);
		assert_true(text->len <= ND_LIMIT_PART_BYTES);
		assert_int_equal(text->len == ND_LIMIT_PART_BYTES, !more);
		talloc_free(html);
	}
}

static void
test_id_bytes(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *id = nd_buf_new(NULL, TEST_ROOM);

		test_repeat(id, "x", ND_LIMIT_ID_BYTES - 4 + more);
		nd_buf_adds(id, "@b.c");
		assert_int_equal(
			nd_archiveurl_unescape(id, id->data, id->len) != NULL,
			!more);
		talloc_free(id);
	}
}

/* The last file that is tried can be read; the one behind it is not tried. */
static void
test_files_per_mail(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *mail = nd_buf_new(ctx, TEST_ROOM);
	const char *path;

	(void)state;
	nd_buf_adds(mail, "Subject: x\n\nwords\n");
	path = test_file_of(ctx, mail);
	for (unsigned more = 0; more < 2; more++) {
		struct nd_message *message = x_new(ctx, struct nd_message);
		struct nd_error err;
		enum nd_status st;

		message->id = "id@example.org";
		for (unsigned i = 0; i < ND_LIMIT_FILES_PER_MAIL - 1 + more;
		     i++)
			*x_append(message, message->file, message->file_count) =
				"/nonexistent/mail";
		*x_append(message, message->file, message->file_count) = path;
		st = nd_read_mail(message, &err);
		assert_int_equal(st == ND_OK, !more);
	}
	talloc_free(ctx);
}

/* What is kept of a mail that must not be sent ends at the ceiling. */
static void
test_withheld_bytes(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		struct nd_buf *mail = nd_buf_new(ctx, TEST_ROOM);
		struct nd_message *message = x_new(ctx, struct nd_message);
		struct nd_error err;
		const unsigned parts = 3 + 2 * more;

		/* Three parts of 4 MB are below it, five are not. */
		nd_buf_adds(mail,
		            "Content-Type: multipart/mixed; boundary=b\n\n");
		for (unsigned i = 0; i < parts; i++) {
			nd_buf_adds(mail, "--b\n\n");
			test_repeat(mail, "a line of words, 32 bytes of it\n",
			            ND_LIMIT_PART_BYTES / 32 - 8);
			nd_buf_addf(mail, "end of part %u\n", i);
		}
		nd_buf_adds(mail, "--b--\n");
		message->id = "id@example.org";
		message->flags = ND_MESSAGE_WITHHELD;
		*x_append(message, message->file, message->file_count) =
			test_file_of(message, mail);
		assert_int_equal(nd_read_mail(message, &err), ND_OK);
		assert_non_null(message->withheld);
		assert_true(strlen(message->withheld) <=
		            ND_LIMIT_WITHHELD_BYTES);
		assert_non_null(strstr(message->withheld, "end of part 2"));
		/* That it is not all of it is said. */
		assert_int_equal(strstr(message->withheld, "end of part 4") ||
		                         message->body->flags & ND_BODY_UNSEEN,
		                 more);
		assert_null(strstr(message->withheld, "end of part 4"));
		talloc_free(ctx);
	}
}

/* ---- threads ------------------------------------------------------------- */

/* A talk of that many mails, each with that many sentences. */
static struct nd_thread *
talk(const void *ctx, size_t mails, size_t sentences)
{
	struct nd_buf *text = nd_buf_new(ctx, TEST_ROOM);
	struct test_mail *mail = x_array(ctx, struct test_mail, mails);
	struct nd_thread *thread;

	for (size_t i = 0; i < sentences; i++)
		nd_buf_addf(text, "The ring number %zu stalls again.\n\n", i);
	for (size_t i = 0; i < mails; i++)
		mail[i] = (struct test_mail){i > 0 ? "Re: ring" : "ring", ANN,
		                             text->data,
		                             i > 0 ? 0 : ND_NO_MESSAGE};
	thread = test_thread(ctx, mail, mails);
	nd_analyse_thread(thread);
	return thread;
}

static size_t
heard(const void *ctx, const struct nd_thread *thread, size_t *last)
{
	struct nd_act_mail *mail =
		nd_speech_look(ctx, thread, nd_posting_targets(ctx, thread));
	size_t count = 0;

	for (size_t i = 0; i < thread->message_count; i++)
		count += mail[i].said.count;
	*last = mail[thread->message_count - 1].said.count;
	return count;
}

static void
test_said(void **state)
{
	const size_t full = ND_LIMIT_SAID / ND_LIMIT_SAID_OF_MAIL;
	size_t last;

	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);

		assert_int_equal(
			heard(ctx, talk(ctx, 1, ND_LIMIT_SAID_OF_MAIL + more),
		              &last),
			ND_LIMIT_SAID_OF_MAIL);
		assert_int_equal(
			heard(ctx,
		              talk(ctx, full + more, ND_LIMIT_SAID_OF_MAIL),
		              &last),
			ND_LIMIT_SAID);
		assert_int_equal(last, more ? 0 : ND_LIMIT_SAID_OF_MAIL);
		talloc_free(ctx);
	}
}

/* Each mail has its share, so that one cannot take that of the others. */
static void
test_sentences(void **state)
{
	const size_t share = ND_LIMIT_SENTENCES / 10;

	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		struct nd_candidates *found =
			nd_candidates_new(ctx, talk(ctx, 10, share + more));

		assert_int_equal(found->candidate_count, ND_LIMIT_SENTENCES);
		talloc_free(ctx);
	}
}

static void
test_series(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		size_t count = ND_LIMIT_SERIES + more;
		struct test_mail *mail = x_array(ctx, struct test_mail, count);
		struct nd_thread *thread;

		for (size_t i = 0; i < count; i++)
			mail[i] = (struct test_mail){
				x_asprintf(ctx, "[PATCH v%zu] one", i + 1), ANN,
				"text\n---\ndiff --git a/a b/a\n",
				i > 0 ? 0 : ND_NO_MESSAGE};
		thread = test_thread(ctx, mail, count);
		nd_analyse_thread(thread);
		assert_int_equal(thread->more_series_count + 1,
		                 ND_LIMIT_SERIES);
		talloc_free(ctx);
	}
}

static void
test_cover_bytes(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		struct nd_buf *text = nd_buf_new(ctx, TEST_ROOM);
		struct test_mail mails[] = {
			{"[PATCH 0/1] the series", ANN, NULL, ND_NO_MESSAGE},
			{"[PATCH 1/1] one", ANN, "text\n", 0},
		};
		struct nd_thread *thread;

		/* 16 bytes each, with its end; the last one needs none. */
		test_repeat(text, "a line of words\n",
		            ND_LIMIT_COVER_BYTES / 16 - 1);
		nd_buf_adds(text,
		            more ? "the last of them!\n" : "the last of all\n");
		mails[0].text = text->data;
		thread = test_thread(ctx, mails, 2);
		nd_analyse_thread(thread);
		nd_cover_keep(thread);
		assert_non_null(thread->series->cover);
		assert_int_equal(strstr(thread->series->cover, "the last") !=
		                         NULL,
		                 !more);
		talloc_free(ctx);
	}
}

static size_t
count_of(const char *text, char c)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == c;
	return count;
}

static void
test_merged(void **state)
{
	static const struct nd_commit commit = {.id = HEX, .date_s = 1000};

	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		int count = ND_LIMIT_MERGED + (int)more;
		struct test_mail *mail =
			x_array(ctx, struct test_mail, (size_t)count + 1);
		struct nd_merge merge = {.total = count};

		mail[0] = (struct test_mail){
			x_asprintf(ctx, "[PATCH 0/%d] all", count), ANN,
			"text\n", ND_NO_MESSAGE};
		for (int i = 1; i <= count; i++) {
			mail[i] = (struct test_mail){
				x_asprintf(ctx, "[PATCH %d/%d] p%d", i, count,
			                   i),
				ANN, "text\n", 0};
			*x_append(ctx, merge.patch, merge.patch_count) =
				(struct nd_merged_patch){i, &commit};
		}
		merge.thread = test_thread(ctx, mail, (size_t)count + 1);
		nd_analyse_thread(merge.thread);
		merge.series = merge.thread->series;
		assert_int_equal(count_of(nd_merged_add(ctx, &merge), '='),
		                 ND_LIMIT_MERGED);
		talloc_free(ctx);
	}
}

/* ---- what we write, and are given ---------------------------------------- */

/* The id ends at the ceiling, or is cut by a byte. */
static void
test_digest_header_bytes(void **state)
{
	static const char ours[] =
		"X-Notmuch-Digest: v=1\n"
		"Message-ID: <digest.v1." HEX "@digest.invalid>";
	void *ctx = talloc_new(NULL);
	const char *folder = test_folder(ctx), *paths[] = {folder};
	const char *cur = x_asprintf(ctx, "%s/cur", folder);
	const char *path = x_asprintf(ctx, "%s/x:2,S", cur);
	const struct nd_folders folders = {paths, 1};

	(void)state;
	assert_int_equal(mkdir(cur, 0700), 0);
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *mail = nd_buf_new(ctx, TEST_ROOM);

		nd_buf_adds(mail, "X: ");
		test_repeat(mail, "x",
		            ND_LIMIT_DIGEST_HEADER_BYTES - 4 - strlen(ours) +
		                    more);
		nd_buf_addf(mail, "\n%s\n\nbody\n", ours);
		test_file_at(mail, path, mail);
		assert_int_equal(nd_digestfile_read(ctx, &folders, path, NULL),
		                 !more);
		talloc_free(mail);
	}
	rmdir(cur);
	talloc_free(ctx);
}

static void
test_problems(void **state)
{
	const struct nd_problem problem = {.id = "a@b", .what = "lost"};
	struct nd_report *report = x_new(NULL, struct nd_report);

	(void)state;
	for (unsigned i = 0; i < ND_LIMIT_PROBLEMS; i++)
		nd_order_add_problems(report, &problem, 1);
	assert_int_equal(report->problem_count, ND_LIMIT_PROBLEMS);
	nd_order_add_problems(report, &problem, 1);
	assert_int_equal(report->problem_count, ND_LIMIT_PROBLEMS);
	assert_int_equal(report->problem_total, ND_LIMIT_PROBLEMS + 1);
	talloc_free(report);
}

static void
test_commits(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *text = nd_buf_new(NULL, TEST_ROOM);
		struct nd_feed *feed;
		struct nd_error err = {0};
		enum nd_status st;

		nd_buf_adds(text, "<feed xmlns='http://www.w3.org/2005/Atom'>\n"
		                  "<title>t</title>\n");
		for (unsigned i = 0; i < ND_LIMIT_COMMITS + more; i++)
			nd_buf_addf(text,
			            "<entry><title>t</title><id>%040x</id>"
			            "<updated>2026-03-19T18:21:28Z</updated>"
			            "</entry>\n",
			            i);
		nd_buf_adds(text, "</feed>");
		st = nd_feed_parse(text, "f", text->data, text->len, &feed,
		                   &err);
		assert_int_equal(st, more ? ND_ERR_LIMIT : ND_OK);
		talloc_free(text);
	}
}

/* q0 is "query:q1", and so on: the last one is a tag. */
static bool
knows_queries(void *arg, const char *kind, const char *name, const char **text)
{
	const char *const *queries = arg;

	if (strcmp(kind, "query") != 0 || name[0] != 'q')
		return false;
	*text = queries[atoi(name + 1)];
	return true;
}

static void
test_queries(void **state)
{
	static const char *const queries[] = {"query:q1", "query:q2",
	                                      "query:q3", "query:q4", "tag:x"};
	struct nd_error err;

	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *text = nd_buf_new(NULL, TEST_ROOM);
		const char *first = x_asprintf(
			text, "query:q%u", 5 - more - ND_LIMIT_QUERY_NESTING);
		enum nd_status st;

		test_repeat(text, "a ", ND_LIMIT_QUERY_WORDS + more);
		st = nd_querytext_check(text->data, knows_queries,
		                        (void *)queries, &err);
		assert_int_equal(st != ND_OK, more);
		nd_buf_cut(text, 0);
		nd_buf_adds(text, "subject:");
		test_repeat(text, "x", ND_LIMIT_QUERY_BYTES - text->len + more);
		st = nd_querytext_check(text->data, knows_queries,
		                        (void *)queries, &err);
		assert_int_equal(st != ND_OK, more);
		st = nd_querytext_check(first, knows_queries, (void *)queries,
		                        &err);
		assert_int_equal(st != ND_OK, more);
		talloc_free(text);
	}
}

static int
init(void **state)
{
	(void)state;
	nd_read_init();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_part_bytes),
		cmocka_unit_test(test_id_bytes),
		cmocka_unit_test(test_files_per_mail),
		cmocka_unit_test(test_withheld_bytes),
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_series),
		cmocka_unit_test(test_cover_bytes),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_digest_header_bytes),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_commits),
		cmocka_unit_test(test_queries),
	};

	return cmocka_run_group_tests(tests, init, NULL);
}
