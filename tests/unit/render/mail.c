/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <gmime/gmime.h>
#include <cmocka.h>

#include "mail/read.h"
#include "render/flow.h"
#include "render/mail.h"
#include "render/mailhead.h"
#include "report.h"
#include "util/utf8.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"

static struct nd_digest_mail
headers(void)
{
	return (struct nd_digest_mail){
		.from = "Digest <digest@digest.invalid>",
		.id = "digest.v1." HEX "@digest.invalid",
		.parent_id = "root@example.org",
		.date_s = 1615770000,
		.now_s = 1616371200,
		.key = HEX,
		.last = HEX,
		.behind = "",
		.tags = "digest digest/patch digest/summarized",
	};
}

static enum nd_status
render(const void *ctx, const struct nd_digest_mail *mail, const char *language,
       struct nd_report *report, const char **out)
{
	struct nd_buf *bytes = nd_buf_new(ctx, 1u << 20);
	const struct nd_i18n *i18n;
	enum nd_status st;

	assert_int_equal(nd_i18n_open(ctx, language, &i18n, NULL), ND_OK);
	st = nd_mail_render_digest(report, report->thread[0], i18n, mail, bytes,
	                           NULL);
	*out = bytes->data;
	return st;
}

static void
whole_mail(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_digest_mail mail = headers();
	const char *out, *again;

	(void)state;
	assert_int_equal(render(ctx, &mail, "en", test_report(ctx), &out),
	                 ND_OK);
	assert_true(strncmp(out,
	                    "From: Digest <digest@digest.invalid>\n"
	                    "To: undisclosed-recipients:;\n"
	                    "Subject: [digest 5 mails to ",
	                    80) == 0);
	test_has(out, "\nDate: Mon, 15 Mar 2021 01:00:00 +0000\n");
	test_has(out, "\nIn-Reply-To: <root@example.org>\n");
	test_has(out, "\nReferences: <root@example.org>\n");
	test_has(out, "\n\narm64: Fix the thing\n\n");
	test_has(out, "\n* Ann Author: I will respin it next week. ");
	test_has(out, "\nDecisions\n* Max Maintainer: Applied");
	test_has(out, "\nOpen questions\n* Rob Reviewer: What about 32 bit? ");
	assert_int_equal(render(ctx, &mail, "en", test_report(ctx), &again),
	                 ND_OK);
	assert_string_equal(out, again);
	test_lacks(out, "behind=");
	mail.behind = HEX;
	assert_int_equal(render(ctx, &mail, "en", test_report(ctx), &out),
	                 ND_OK);
	test_has(out, "; last=" HEX "; behind=" HEX "\n");
	talloc_free(ctx);
}

static void
the_users_zone_does_not_matter(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_digest_mail mail = headers();
	const char *utc, *other;

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	assert_int_equal(render(ctx, &mail, "en", test_report(ctx), &utc),
	                 ND_OK);
	setenv("TZ", "Asia/Tokyo", 1);
	tzset();
	assert_int_equal(render(ctx, &mail, "en", test_report(ctx), &other),
	                 ND_OK);
	setenv("TZ", "UTC", 1);
	tzset();
	assert_string_equal(utc, other);
	talloc_free(ctx);
}

static void
nothing_gets_into_the_headers(void **state)
{
	static const char *const evil[] = {
		"gist\r\nX-Evil: yes",
		"gist\nX-Evil: yes\n\nbody",
		"\n\nX-Evil: yes",
		"gist\rX-Evil: yes",
		"g\xc3\xa4st\r\n X-Evil: yes",
		"\xff\xfe\x00",
		"=?utf-8?q?a=0D=0AX-Evil:_yes?=",
		"\xe2\x80\xae\x1b[31m",
	};
	static const char *const ids[] = {
		"a b@c",
		"a@b>\r\nX-Evil: y",
		"a<b@c",
		"a>b@c",
		"",
		"\xc3\x28@b",
		"a\tb",
		"a\xe2\x80\xae@b",
		"a\xc2\x85@b",
	};
	void *ctx = talloc_new(NULL);
	const char *out, *line;

	(void)state;
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		struct nd_digest_mail mail = headers();
		struct nd_report *report = test_report(ctx);

		report->thread[0]->summary->gist = evil[i];
		assert_int_equal(render(ctx, &mail, "en", report, &out), ND_OK);
		line = strstr(out, "\nX-Evil");
		assert_true(!line || line > strstr(out, "\n\n"));
		assert_null(strchr(out, '\r'));
		assert_null(strchr(out, '\x1b'));
		/* Nor by a reader who decodes what he finds. */
		line = strstr(out, "=?utf-8?q?a=0D");
		assert_true(!line || line > strstr(out, "\n\n"));
	}
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		struct nd_digest_mail mail = headers();

		mail.parent_id = ids[i];
		assert_int_equal(
			render(ctx, &mail, "en", test_report(ctx), &out),
			ND_ERR_PARSE);
	}
	/* An id that is no ASCII stands there as it does in its own mail. */
	{
		struct nd_digest_mail mail = headers();

		mail.parent_id = "gr\xc3\xbc\xc3\x9f"
				 "e@b";
		assert_int_equal(
			render(ctx, &mail, "en", test_report(ctx), &out),
			ND_OK);
		assert_non_null(strstr(out, "\nIn-Reply-To: <gr\xc3\xbc\xc3\x9f"
		                            "e@b>\nReferences: <"));
	}
	/* Our own check, behind everything else. */
	for (size_t i = 0; i < 2; i++) {
		struct nd_digest_mail mail = headers();

		mail.tags = i == 0 ? "digest\nX-Evil: y" : "digest\n\nbody";
		assert_int_equal(
			render(ctx, &mail, "en", test_report(ctx), &out),
			ND_ERR_PARSE);
	}
	talloc_free(ctx);
}

static void
other_languages_are_encoded(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_digest_mail mail = headers();
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	mail.from = "\xc3\x9cml\xc3\xa4ut <d@host.invalid>";
	report->thread[0]->summary->gist = "\xe5\x86\x85\xe6\xa0\xb8";
	assert_int_equal(render(ctx, &mail, "zh_CN", report, &out), ND_OK);
	test_has(out, "lang=zh_CN;");
	test_has(out, "Content-Transfer-Encoding: quoted-printable\n");
	for (const char *c = out; *c; c++)
		assert_true((unsigned char)*c < 0x80);
	talloc_free(ctx);
}

static void
from_is_one_address(void **state)
{
	static const struct {
		const char *from;
		bool valid;
	} cases[] = {
		{"Digest <digest@digest.invalid>", true},
		{"digest@digest.invalid", true},
		{"\"D, D\" <d@x.invalid>", true},
		{"nobody", false},
		{"", false},
		{"a@b, c@d", false},
		{"group: a@b;", false},
		{"a@b\nX: y", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (nd_mailhead_is_address(cases[i].from) != cases[i].valid)
			fail_msg("'%s'", cases[i].from);
}

/* As notmuch, which has GMime read it, shows it. */
static void
subjects_are_read_as_they_were_written(void **state)
{
	static const char *const words[] = {
		"a",
		"2026-03-30",
		"\xe9\x82\xae\xe4\xbb\xb6",
		"\xc3\xa4rger",
		"\xf0\x9f\x90\x9b",
		"= ?x?=", /* what looks encoded is not: without_encoded_words() */
		"_",
		("\xef\xbc\x8c"
	         "2026-03-30 \xe8\x87\xb3"),
	};
	enum { WORDS = sizeof words / sizeof *words, TRIES = 2000 };

	(void)state;
	for (size_t try = 0; try < TRIES; try++) {
		void *ctx = talloc_new(NULL);
		struct nd_buf *text = nd_buf_new(ctx, 1u << 16);
		struct nd_buf *out = nd_buf_new(ctx, 1u << 16);
		char *unfolded, *read;

		for (size_t i = 0, left = try * 2654435761u; i < 1 + try % 13;
		     i++, left /= WORDS)
			nd_buf_addf(text, "%s%s", i > 0 ? " " : "",
			            words[left % WORDS]);
		nd_mailhead_add_subject(out, text->data);
		for (const char *line = out->data; *line;) {
			size_t len = strcspn(line, "\n");

			assert_true(len <= 78);
			line += len + 1;
		}
		unfolded = g_mime_utils_header_unfold(out->data);
		read = g_mime_utils_header_decode_text(NULL, unfolded);
		assert_string_equal(read + strlen("Subject: "), text->data);
		g_free(read);
		g_free(unfolded);
		talloc_free(ctx);
	}
}

static const char *
flow(const void *ctx, const char *text, const char *word)
{
	struct nd_buf *out = nd_buf_new(ctx, 1u << 20);

	nd_flow_add_with(nd_flow_new(out, out), text, &word, word ? 1 : 0);
	return out->data;
}

static void
paragraphs_flow(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *out;

	(void)state;
	assert_string_equal(flow(ctx, "short", NULL), "short\n");
	assert_string_equal(flow(ctx, "> quoted", NULL), " > quoted\n");
	assert_string_equal(flow(ctx, "From here on", NULL), " From here on\n");
	assert_string_equal(flow(ctx, "short", "id:x@y"), "short id:x@y\n");
	/* A word that is never broken, on a line of its own. */
	out = flow(ctx, "short",
	           "id:0123456789012345678901234567890123456789012345678901234"
	           "56789@example.org");
	assert_true(strncmp(out, "short \nid:0123", 14) == 0);
	/* Lines that go on end in a blank, and join to what it was. */
	out = flow(ctx,
	           "Eins zwei drei vier fuenf sechs sieben acht neun zehn elf "
	           "zwoelf dreizehn vierzehn > fuenfzehn From sechzehn -- "
	           "siebzehn achtzehn",
	           NULL);
	for (const char *line = out; *line;) {
		size_t len = strcspn(line, "\n");

		assert_true(len <= 72);
		assert_true(line[len + 1] == '\0' || line[len - 1] == ' ');
		assert_true(*line != '>' && strncmp(line, "From ", 5) != 0);
		line += len + 1;
	}
	talloc_free(ctx);
}

static const char *
lines(const void *ctx, const char *text)
{
	struct nd_buf *out = nd_buf_new(ctx, 1u << 20);

	nd_flow_add_lines(nd_flow_new(out, out), text);
	return out->data;
}

static void
lines_stay_as_they_are(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(lines(ctx, ""), "");
	assert_string_equal(lines(ctx, "a\n\n  b\n"), "a\n\n   b\n");
	assert_string_equal(lines(ctx, "> a\nFrom b\nFromage\n-- \nlast"),
	                    " > a\n From b\nFromage\n--\nlast\n");
	talloc_free(ctx);
}

static void
chinese_joins_without_blanks(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *text = nd_buf_new(ctx, 4096);
	const char *out;

	(void)state;
	for (int i = 0; i < 60; i++)
		nd_buf_adds(text, "\xe5\x86\x85");
	out = flow(ctx, text->data, NULL);
	test_lacks(out, " \n");
	assert_true(nd_utf8_width(out, strcspn(out, "\n")) <= 72);
	talloc_free(ctx);
}

static void
big_threads_have_headings(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_digest_mail mail = headers();
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	test_tell_in_parts(report, "[2/2] a title");
	assert_int_equal(render(ctx, &mail, "en", report, &out), ND_OK);
	test_has(out, "\n* [2/2] a title (5 mails; Acked-by Rob Reviewer)\n"
	              "- Ann Author: I will respin it next week. ");
	test_has(out, "\n- Max Maintainer: No hurry. ");
	test_has(out, "\n* and 7 more sub-threads, 9 mails\n");
	test_has(out, "\nDecisions\n* [2/2] Max Maintainer: Applied");
	talloc_free(ctx);
}

/* What a model says was decided or left open has the words that say so. */
static void
decisions_have_their_quotes(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_digest_mail mail = headers();
	struct nd_report *report = test_report(ctx);
	struct nd_summary *summary = report->thread[0]->summary;
	const char *out;

	(void)state;
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		summary->zone[zone].item[0].quote = zone == ND_ZONE_DECISION
		                                            ? "Applied, thanks!"
		                                            : "What about it?";
	assert_int_equal(render(ctx, &mail, "en", report, &out), ND_OK);
	test_has(out, "\n- =E2=80=9CApplied, thanks!=E2=80=9D\n");
	test_has(out, "\n- =E2=80=9CWhat about it?=E2=80=9D\n");
	assert_null(
		strstr(strstr(out, "What about it?") + 1, "What about it?"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_mail),
		cmocka_unit_test(the_users_zone_does_not_matter),
		cmocka_unit_test(nothing_gets_into_the_headers),
		cmocka_unit_test(other_languages_are_encoded),
		cmocka_unit_test(from_is_one_address),
		cmocka_unit_test(subjects_are_read_as_they_were_written),
		cmocka_unit_test(paragraphs_flow),
		cmocka_unit_test(lines_stay_as_they_are),
		cmocka_unit_test(chinese_joins_without_blanks),
		cmocka_unit_test(big_threads_have_headings),
		cmocka_unit_test(decisions_have_their_quotes),
	};

	nd_read_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
