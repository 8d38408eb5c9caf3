/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mail/read.h"
#include "render/reportmail.h"
#include "report.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"

static struct nd_report_mail
headers(void)
{
	return (struct nd_report_mail){
		.from = "Digest <digest@digest.invalid>",
		.id = "digest.report.v1." HEX "@digest.invalid",
		.query = HEX,
		.tags = "digest digest/report",
	};
}

static enum nd_status
render(const void *ctx, const struct nd_report_mail *mail, const char *language,
       struct nd_report *report, size_t limit, const char **out)
{
	struct nd_buf *bytes = nd_buf_new(ctx, limit);
	struct nd_render_options options = {.width = 300, .color = true};
	struct nd_error err;
	enum nd_status st;

	assert_int_equal(nd_i18n_open(ctx, language, &options.i18n, NULL),
	                 ND_OK);
	test_front(report);
	st = nd_reportmail_render(report, &options, mail, bytes, &err);
	*out = bytes->data;
	return st;
}

static void
whole_mail(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report_mail mail = headers();
	const char *out, *again;

	(void)state;
	assert_int_equal(
		render(ctx, &mail, "en", test_report(ctx), 1u << 20, &out),
		ND_OK);
	assert_true(strncmp(out,
	                    "From: Digest <digest@digest.invalid>\n"
	                    "To: undisclosed-recipients:;\n"
	                    "Subject: ",
	                    75) == 0);
	test_has(out, " mailing list report, 2021-03-15 until 2021-03-22\n");
	test_has(out, "\nAuto-Submitted: auto-generated\n");
	test_has(out, "; query=" HEX "; since=1615766400; until=1616371200\n");
	test_lacks(out, "\nIn-Reply-To:");
	/* No colour, whatever the terminal has; laid out for a mail. */
	test_lacks(out, "\x1b");
	for (const char *line = out; *line;) {
		size_t len = strcspn(line, "\n");

		assert_true(len <= 200);
		line += len + (line[len] == '\n');
	}
	assert_int_equal(
		render(ctx, &mail, "en", test_report(ctx), 1u << 20, &again),
		ND_OK);
	assert_string_equal(out, again);
	mail.to = "B\xc3\xb6rk <b@example.org>";
	assert_int_equal(
		render(ctx, &mail, "zh_CN", test_report(ctx), 1u << 20, &out),
		ND_OK);
	test_has(out, "\nTo: =?");
	test_has(out, "?= <b@example.org>\nSubject: ");
	test_has(out, "\nContent-Transfer-Encoding: quoted-printable\n\n");
	talloc_free(ctx);
}

static void
nothing_gets_into_the_headers(void **state)
{
	static const char *const evil[] = {
		"a\r\nX-Evil: yes",
		"a\nX-Evil: yes\n\nbody",
		"\xe2\x80\xae\x1b[31m",
		"=?utf-8?q?a=0D=0AX-Evil:_yes?=",
		"\xff\xfe",
	};
	void *ctx = talloc_new(NULL);
	const char *out, *line;

	(void)state;
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		struct nd_report_mail mail = headers();
		struct nd_report *report = test_report(ctx);

		report->list = evil[i];
		report->query = evil[i];
		report->thread[0]->summary->model = "a\nX-Evil: yes";
		report->thread[0]->message[0]->subject = evil[i];
		assert_int_equal(
			render(ctx, &mail, "en", report, 1u << 20, &out),
			ND_OK);
		line = strstr(out, "\nX-Evil");
		assert_true(!line || line > strstr(out, "\n\n"));
		assert_null(strchr(out, '\r'));
		assert_null(strchr(out, '\x1b'));
		test_has(out, "; model=-; ");
	}
	/* Our own words are looked at, too. */
	for (int i = 0; i < 2; i++) {
		struct nd_report_mail mail = headers();

		if (i == 0)
			mail.tags = "digest\nX-Evil: yes";
		else
			mail.id = "a>\nX-Evil: <b";
		assert_int_equal(render(ctx, &mail, "en", test_report(ctx),
		                        1u << 20, &out),
		                 ND_ERR_PARSE);
	}
	talloc_free(ctx);
}

static void
too_much_is_an_error(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report_mail mail = headers();
	const char *out;

	(void)state;
	assert_int_equal(render(ctx, &mail, "en", test_report(ctx), 1000, &out),
	                 ND_ERR_LIMIT);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_mail),
		cmocka_unit_test(nothing_gets_into_the_headers),
		cmocka_unit_test(too_much_is_an_error),
	};

	nd_read_init();
	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
