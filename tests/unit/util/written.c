/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * More of limits.h: what we write, and how many mails one is compared with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "agenda/obligation_private.h"
#include "app/emit.h"
#include "app/options.h"
#include "ceiling.h"
#include "mail/read.h"
#include "render/mail.h"
#include "render/reportmail.h"
#include "report.h"
#include "util/limits.h"

#define HEX "0123456789abcdef0123456789abcdef01234567"
#define DIGEST "Digest <digest@digest.invalid>"

/* ---- what is written ----------------------------------------------------- */

/* English, which needs no catalogue. */
static const struct nd_i18n *
english(const void *ctx)
{
	const struct nd_i18n *i18n;

	assert_int_equal(nd_i18n_open(ctx, "en", &i18n, NULL), ND_OK);
	return i18n;
}

static enum nd_status
render_digest(struct nd_report *report, struct nd_buf *out)
{
	const struct nd_digest_mail mail = {
		.from = DIGEST,
		.id = "digest.v1." HEX "@digest.invalid",
		.parent_id = "root@example.org",
		.date_s = 1615770000,
		.now_s = 1616371200,
		.key = HEX,
		.last = HEX,
		.behind = "",
		.tags = "digest",
	};

	return nd_mail_render_digest(report, report->thread[0], english(report),
	                             &mail, out, NULL);
}

static enum nd_status
render_report(struct nd_report *report, struct nd_buf *out)
{
	const struct nd_report_mail mail = {
		.from = DIGEST,
		.id = "digest.report.v1." HEX "@digest.invalid",
		.query = HEX,
		.tags = "digest",
	};
	const struct nd_render_options options = {.i18n = english(report)};

	return nd_reportmail_render(report, &options, &mail, out, NULL);
}

/* Behind what is there: the mail ends at the ceiling, or one byte past it. */
static void
check_mail(enum nd_status (*render)(struct nd_report *, struct nd_buf *),
           size_t ceiling)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_buf *alone = nd_buf_new(ctx, ceiling);

	test_front(report);
	assert_int_equal(render(report, alone), ND_OK);
	for (unsigned more = 0; more < 2; more++) {
		struct nd_buf *out = nd_buf_new(ctx, ceiling);

		test_repeat(out, "x", ceiling - alone->len + more);
		assert_int_equal(render(report, out),
		                 more ? ND_ERR_LIMIT : ND_OK);
		assert_int_equal(out->len == ceiling, !more);
	}
	talloc_free(ctx);
}

static void
test_digest_bytes(void **state)
{
	(void)state;
	check_mail(render_digest, ND_LIMIT_DIGEST_BYTES);
}

static void
test_report_mail_bytes(void **state)
{
	(void)state;
	check_mail(render_report, ND_LIMIT_REPORT_MAIL_BYTES);
}

static void
test_output_bytes(void **state)
{
	const struct nd_options options = {.output = "/dev/null"};
	struct nd_buf *out = nd_buf_new(NULL, ND_LIMIT_OUTPUT_BYTES);
	char *block = x_array(out, char, 1 << 20);

	(void)state;
	while (out->len < ND_LIMIT_OUTPUT_BYTES)
		nd_buf_add(out, block, 1 << 20);
	assert_int_equal(out->len, ND_LIMIT_OUTPUT_BYTES);
	assert_int_equal(nd_emit(&options, ND_FORMAT_JSON, out, NULL), ND_OK);
	nd_buf_addc(out, 'x');
	assert_int_equal(nd_emit(&options, ND_FORMAT_JSON, out, NULL),
	                 ND_ERR_LIMIT);
	talloc_free(out);
}

/* ---- what is compared ---------------------------------------------------- */

static bool
is_wanted(const void *arg, const struct nd_message *mail)
{
	return mail == arg;
}

/* In the rest of a talk the mail that is looked for is the last that is looked
 * at, or stands behind it. */
static void
test_related(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_report(ctx)->thread[0];
	int32_t last = (int32_t)thread->message_count - 1;
	struct nd_talk talk = {NULL, 0};

	(void)state;
	for (size_t i = 0; i < ND_LIMIT_RELATED + 1; i++) {
		struct nd_message *other = x_new(ctx, struct nd_message);

		other->date_s = thread->message[last]->date_s + 1 + (int64_t)i;
		*x_append(ctx, talk.message, talk.count) = other;
	}
	thread->talk = &talk;
	for (unsigned more = 0; more < 2; more++) {
		const struct nd_message *other =
			talk.message[ND_LIMIT_RELATED - 1 + more];

		assert_ptr_equal(
			nd_obligation_elsewhere(thread, last, is_wanted, other),
			more ? NULL : other);
	}
	talloc_free(ctx);
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
		cmocka_unit_test(test_digest_bytes),
		cmocka_unit_test(test_report_mail_bytes),
		cmocka_unit_test(test_output_bytes),
		cmocka_unit_test(test_related),
	};

	return cmocka_run_group_tests(tests, init, NULL);
}
