/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What grows from outside: at a ceiling of limits.h all is read, one past it
 * the rest is not, and that is said. Other tests do so for what is not here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/changelog.h"
#include "build.h"
#include "ceiling.h"
#include "mail/html.h"
#include "mail/read.h"
#include "mail/source.h"
#include "text/sentence.h"
#include "text/subjectline.h"
#include "util/archiveurl.h"
#include "util/json.h"
#include "util/limits.h"
#include "util/secret.h"
#include "util/segment.h"

/* Was all of the mail read? why: what the message is to say, when not. */
static bool
is_whole(const struct nd_buf *text, const char *why)
{
	struct nd_message *message = x_new(NULL, struct nd_message);
	struct nd_error err;
	bool whole;

	message->id = "id@example.org";
	*x_append(message, message->file, message->file_count) =
		test_file_of(message, text);
	if (nd_read_mail(message, &err))
		fail_msg("%s", err.msg);
	whole = !(message->body->flags & ND_BODY_CUT);
	if (!whole)
		assert_non_null(strstr(message->body->cut, why));
	talloc_free(message);
	return whole;
}

static void
test_pruned_fields(void **state)
{
	(void)state;
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *mail = nd_buf_new(NULL, TEST_ROOM);
		size_t len;

		for (unsigned i = 1; i <= ND_LIMIT_PRUNED_FIELDS + more; i++)
			nd_buf_addf(mail, "Subject: the one number %u\n", i);
		nd_buf_adds(mail, "From: a@b\n\nbody\n");
		len = nd_source_prune_to_facts(mail->data, mail->len);
		nd_buf_cut(mail, len);
		assert_non_null(strstr(mail->data, "number 4\n"));
		assert_null(strstr(mail->data, "number 5\n"));
		assert_non_null(strstr(mail->data, "From: a@b\n"));
		talloc_free(mail);
	}
}

static void
test_body_bytes(void **state)
{
	static const char line[] = "a line of words, 32 bytes of it\n";
	size_t bytes = ND_LIMIT_BODY_BYTES - 1; /* and one that ends it */

	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *mail = nd_buf_new(NULL, TEST_ROOM);

		nd_buf_adds(mail, "Subject: x\n\n");
		test_repeat(mail, line, bytes / strlen(line));
		test_repeat(mail, "x", bytes % strlen(line) + (size_t)more);
		assert_int_equal(is_whole(mail, "over 4194304 bytes"), !more);
		talloc_free(mail);
	}
}

static void
test_mime_depth(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *mail = nd_buf_new(NULL, TEST_ROOM);

		for (int i = 0; i < ND_LIMIT_MIME_DEPTH + more; i++)
			nd_buf_addf(mail,
			            "Content-Type: multipart/mixed; "
			            "boundary=b%d\n\n--b%d\n",
			            i, i);
		nd_buf_adds(mail, "\nwords\n");
		assert_int_equal(is_whole(mail, "over 20 deep"), !more);
		talloc_free(mail);
	}
}

static void
test_mime_parts(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *mail = nd_buf_new(NULL, TEST_ROOM);

		nd_buf_adds(mail,
		            "Content-Type: multipart/mixed; boundary=b\n\n");
		/* One of them is the multipart. */
		test_repeat(mail, "--b\n\nx\n", ND_LIMIT_MIME_PARTS - 1 + more);
		nd_buf_adds(mail, "--b--\n");
		assert_int_equal(is_whole(mail, "200"), !more);
		talloc_free(mail);
	}
}

static void
test_html_depth(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *html = nd_buf_new(NULL, TEST_ROOM), *text;

		/* html and body are two of them. */
		test_repeat(html, "<div>", ND_LIMIT_HTML_DEPTH - 2 + more);
		nd_buf_adds(html, "x");
		text = nd_html_to_text(html, html->data, html->len);
		assert_string_equal(text->data, more ? "" : "x");
		talloc_free(html);
	}
}

static void
test_quote_depth(void **state)
{
	struct nd_buf *html = nd_buf_new(NULL, TEST_ROOM), *text;

	(void)state;
	test_repeat(html, "<blockquote>", ND_LIMIT_QUOTE_DEPTH + 1);
	nd_buf_adds(html, "x");
	text = nd_html_to_text(html, html->data, html->len);
	assert_int_equal(strlen(text->data), 2 * ND_LIMIT_QUOTE_DEPTH + 1);
	talloc_free(html);
}

static void
test_numbers_of_subjects(void **state)
{
	void *ctx = talloc_new(NULL);
	const struct nd_subject *s;
	char text[100];

	(void)state;
	snprintf(text, sizeof text, "[PATCH v%d 1/%d] a", ND_LIMIT_VERSION,
	         ND_LIMIT_PATCHES);
	s = nd_subjectline_parse(ctx, text);
	assert_int_equal(s->version, ND_LIMIT_VERSION);
	assert_int_equal(s->total, ND_LIMIT_PATCHES);
	snprintf(text, sizeof text, "[PATCH v%d 1/%d] a", ND_LIMIT_VERSION + 1,
	         ND_LIMIT_PATCHES + 1);
	s = nd_subjectline_parse(ctx, text);
	assert_true(s->version <= 1);
	assert_true(s->total <= 0);
	talloc_free(ctx);
}

static void
test_changes(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		struct nd_buf *text = nd_buf_new(ctx, TEST_ROOM);
		struct nd_series *series = x_new(ctx, struct nd_series);

		for (int i = 0; i < ND_LIMIT_CHANGES + more; i++)
			nd_buf_addf(text, "Changes since v%d:\n- a\n\n", i + 1);
		nd_changelog_find(series, test_body(ctx, text->data));
		assert_int_equal(series->change_count, ND_LIMIT_CHANGES);
		talloc_free(ctx);
	}
}

static void
test_change_bytes(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		void *ctx = talloc_new(NULL);
		struct nd_buf *text = nd_buf_new(ctx, TEST_ROOM);
		struct nd_series *series = x_new(ctx, struct nd_series);
		size_t head;

		nd_buf_adds(text, "Changes since v1:\n");
		head = text->len;
		nd_buf_adds(text, "- first\n- ");
		test_repeat(text, "x",
		            ND_LIMIT_CHANGE_BYTES - (text->len - head));
		test_repeat(text, "x", (size_t)more);
		nd_buf_adds(text, "\n");
		nd_changelog_find(series, test_body(ctx, text->data));
		assert_int_equal(series->change_count, 1);
		assert_int_equal(strstr(series->change[0].text, "xx") != NULL,
		                 !more);
		talloc_free(ctx);
	}
}

static void
test_sentence_bytes(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_segmenter *seg =
		nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL);

	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *text = nd_buf_new(ctx, TEST_ROOM);
		struct nd_sentences list = {0};

		test_repeat(text, "word ", ND_LIMIT_SENTENCE_BYTES / 5 - 1);
		nd_buf_adds(text, more ? "words." : "word.");
		nd_sentences_read(ctx, test_body(ctx, text->data), seg, 10,
		                  &list);
		assert_int_equal(list.count, !more);
	}
	talloc_free(ctx);
}

static void
test_url_bytes(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *url = nd_buf_new(NULL, TEST_ROOM);
		char *found;

		nd_buf_adds(url, "https://example.org/");
		test_repeat(url, "x",
		            ND_LIMIT_URL_BYTES - url->len + (size_t)more);
		found = nd_archiveurl_of_header(url, url->data, "", "a@b");
		assert_int_equal(found != NULL, !more);
		talloc_free(url);
	}
}

static void
test_json_depth(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *text = nd_buf_new(NULL, TEST_ROOM);
		struct nd_json *out = NULL;
		enum nd_status st;

		/* Of these, the value inside is the deepest. */
		test_repeat(text, "[",
		            ND_LIMIT_JSON_DEPTH - 1u + (unsigned)more);
		nd_buf_adds(text, "1");
		test_repeat(text, "]",
		            ND_LIMIT_JSON_DEPTH - 1u + (unsigned)more);
		st = nd_json_parse(text, text->data, text->len, &out, NULL);
		assert_int_equal(st, more ? ND_ERR_LIMIT : ND_OK);
		talloc_free(text);
	}
}

static void
test_key_bytes(void **state)
{
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct nd_buf *key = nd_buf_new(NULL, TEST_ROOM);
		struct nd_secret_source source = {.file = NULL};
		struct nd_secret *secret = NULL;
		enum nd_status st;

		test_repeat(key, "k", ND_LIMIT_KEY_BYTES + (unsigned)more);
		source.file = test_file_of(key, key);
		st = nd_secret_read(key, &source, &secret, NULL);
		assert_int_equal(st == ND_OK, !more);
		talloc_free(key);
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
		cmocka_unit_test(test_pruned_fields),
		cmocka_unit_test(test_body_bytes),
		cmocka_unit_test(test_mime_depth),
		cmocka_unit_test(test_mime_parts),
		cmocka_unit_test(test_html_depth),
		cmocka_unit_test(test_quote_depth),
		cmocka_unit_test(test_numbers_of_subjects),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_change_bytes),
		cmocka_unit_test(test_sentence_bytes),
		cmocka_unit_test(test_url_bytes),
		cmocka_unit_test(test_json_depth),
		cmocka_unit_test(test_key_bytes),
	};

	return cmocka_run_group_tests(tests, init, NULL);
}
