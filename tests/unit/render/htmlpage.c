/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report.h"

static const char *
render(const void *ctx, const struct nd_report *report)
{
	return test_render(ctx, report, ND_FORMAT_HTML, "en");
}

static size_t
count(const char *text, const char *what)
{
	size_t found = 0;

	for (text = strstr(text, what); text; text = strstr(text + 1, what))
		found++;
	return found;
}

static void
statements_have_their_mails(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *out = render(ctx, test_report(ctx));

	(void)state;
	test_has(out, "<h1>KVMARM mailing list report</h1>");
	test_has(out,
	         "<li value=\"1\"><a href=\"#t1\">arm64: Fix the thing (v3)"
	         "</a>: applied to kvmarm/next by Max Maintainer, "
	         "<span class=\"w\">03-16</span> "
	         "<a href=\"mid:3@example.org\">[#2]</a></li>");
	test_has(out,
	         "<h3><a href=\"#t1\">1.</a> <a href=\"mid:0@example.org\">"
	         "[kvmtool PATCH v3 0/2] arm64: Fix the thing</a></h3>");
	test_has(
		out,
		"<b>Ann Author:</b> This series fixes the thing in "
		"kvm_arm_foo. <a class=\"w\" href=\"mid:0@example.org\">[2020-12-05]"
		"</a></li>");
	test_has(out, "<b>Rob Reviewer:</b> What about 32 bit? "
	              "<a href=\"mid:4@example.org\">[#3]</a></li>");
	test_has(out, "<p>for you: asks about your patches "
	              "<a href=\"mid:4@example.org\">[#3]</a></p>");
	talloc_free(ctx);
}

static void
pictures_have_their_numbers(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out = render(ctx, report);

	(void)state;
	test_has(out, "<caption>Mails a day</caption>\n"
	              "<tr><th scope=\"row\">03-15</th><td><svg role=\"img\">"
	              "<title>03-15</title><desc>PATCH: 1</desc>"
	              "<rect class=\"c0\" x=\"0.00%\" width=\"100.00%\" "
	              "height=\"100%\"/></svg></td><td>1</td></tr>\n");
	test_has(out, "<title>applied</title><desc>1 thread</desc>");
	test_lacks(out, "Who wrote when");

	/* All mails of the example have one address. */
	report->thread[0]->message[2]->sender.addr = "ann@example.org";
	report->thread[0]->message[3]->sender.addr = "max@example.org";
	/* A large thread; the first and the last mail stand at the ends. */
	report->large = 2;
	out = render(ctx, report);
	test_has(out, "<caption>Who wrote when, 03-15 to 03-17");
	test_has(out, "<title>Ann Author</title><desc>03-15 01:01</desc>");
	test_has(out, "<circle cx=\"2.00%\" ");
	test_has(out, "<circle cx=\"98.00%\" ");

	/* Mails that nobody knows the day of are counted, too. */
	report->thread[0]->message[4]->flags |= ND_MESSAGE_UNDATED;
	out = render(ctx, report);
	test_has(out, "<tr><th scope=\"row\">no date</th>");
	test_has(out, "<desc>PATCH: 1</desc>");
	talloc_free(ctx);
}

static void
long_periods_have_few_rows(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	report->window.since_s = 1;
	report->thread[0]->message[0]->flags |= ND_MESSAGE_NEW;
	out = render(ctx, report); /* a hundred days */
	test_has(out, "<caption>Mails in 14 days</caption>");
	assert_in_range(count(out, "<th scope=\"row\">"), 8, 16);
	talloc_free(ctx);
}

static void
mail_text_is_inert(void **state)
{
	static const char evil[] = "\"'></title><script>x</script>\033[1m";
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *out;

	(void)state;
	report->list = evil;
	report->large = 2;
	thread->project = evil;
	thread->series->title = evil;
	thread->applied->tree = evil;
	thread->trailer[0].type = evil;
	thread->trailer[0].who.name = evil;
	thread->user_category = evil;
	report->category[0].name = evil;
	for (size_t i = 0; i < thread->message_count; i++) {
		thread->message[i]->id = evil;
		thread->message[i]->subject = evil;
		thread->message[i]->sender.name = evil;
		thread->message[i]->link = "javascript:alert(1)";
	}
	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		for (size_t i = 0; i < thread->summary->zone[zone].count; i++) {
			thread->summary->zone[zone].item[i].text = evil;
			thread->summary->zone[zone].item[i].who = evil;
		}
	*x_append(report, report->problem, report->problem_count) =
		(struct nd_problem){.id = evil, .what = evil};
	out = render(ctx, report);
	assert_int_equal(count(out, "<script>"), 1);
	assert_int_equal(count(out, "</title><"), count(out, "<svg role"));
	test_lacks(out, "\033");
	test_lacks(out, "javascript:");
	test_lacks(out, "'>");
	test_has(out, "&quot;&#39;&gt;&lt;/title&gt;&lt;script&gt;");
	talloc_free(ctx);
}

static void
a_mail_without_a_subject_has_a_link(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);

	(void)state;
	report->thread[0]->message[0]->subject = "\xe2\x80\x8b ";
	test_has(render(ctx, report),
	         "1.</a> <a href=\"mid:0@example.org\">id:0@example.org</a>"
	         "</h3>");
	talloc_free(ctx);
}

static void
what_is_encrypted_is_not_told(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	report->thread[0]->encrypted = true;
	out = render(ctx, report);
	test_has(out, "<p class=\"nothing\">This thread holds encrypted mail; "
	              "its text was not read.</p>");
	test_lacks(out, "What about 32 bit?");
	talloc_free(ctx);
}

static void
parts_have_headings(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	test_tell_in_parts(report, "[2/2] ring and a title");
	report->thread[0]->state = ND_STATE_UNDER_REVIEW;
	out = render(ctx, report);
	test_has(out, "<li class=\"part\">[2/2] ring and a title");
	test_has(out,
	         "<li class=\"below\"><b>Ann Author:</b> I will respin it");
	test_has(out, "<li class=\"part\">and 7 more "
	              "<span class=\"w\">sub-threads,</span> 9 mails</li>");
	talloc_free(ctx);
}

static void
a_quiet_week_is_a_page(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *out = render(ctx, test_empty_report(ctx));

	(void)state;
	test_has(out, "<p>No mail matches in this period.</p>");
	test_lacks(out, "class=\"skip\"");
	test_lacks(out, "<form");
	test_has(out, "</body>\n</html>\n");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_have_their_mails),
		cmocka_unit_test(pictures_have_their_numbers),
		cmocka_unit_test(long_periods_have_few_rows),
		cmocka_unit_test(mail_text_is_inert),
		cmocka_unit_test(a_mail_without_a_subject_has_a_link),
		cmocka_unit_test(what_is_encrypted_is_not_told),
		cmocka_unit_test(parts_have_headings),
		cmocka_unit_test(a_quiet_week_is_a_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
