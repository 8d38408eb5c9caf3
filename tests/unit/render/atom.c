/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report.h"
#include "util/hash.h"

static const char *
atom(const void *ctx, const struct nd_report *report)
{
	return test_render(ctx, report, ND_FORMAT_ATOM, "en");
}

/* What stands between a start tag and its end, from the nth on. */
static const char *
text_in(const void *ctx, const char *xml, const char *name, int nth)
{
	char *start = x_asprintf(ctx, "<%s>", name);

	for (int i = 0; i <= nth; i++) {
		xml = strstr(xml, start);
		assert_non_null(xml);
		xml += strlen(start);
	}
	return x_strndup(ctx, xml, strcspn(xml, "<"));
}

static unsigned
count(const char *text, const char *part)
{
	unsigned count = 0;

	while ((text = strstr(text, part))) {
		count++;
		text += strlen(part);
	}
	return count;
}

static void
ids_are_the_same_in_every_run(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *first = atom(ctx, report), *later;
	const char *hash = nd_hash_text(ctx, "0@example.org");

	(void)state;
	assert_string_equal(
		text_in(ctx, first, "id", 2),
		x_asprintf(ctx, "tag:digest.invalid,2026:thread/%s", hash));
	/* An hour later, of the same day. */
	report->window.since_s += 3600;
	report->window.until_s += 3600;
	report->window.now_s = report->generated_s = report->window.until_s;
	later = atom(ctx, report);
	for (int i = 0; i < 3; i++)
		assert_string_equal(text_in(ctx, later, "id", i),
		                    text_in(ctx, first, "id", i));
	/* A day has a front page; the feed and its threads are the same. */
	report->window.since_s += TEST_DAY_S;
	report->window.until_s += TEST_DAY_S;
	later = atom(ctx, report);
	assert_string_equal(text_in(ctx, later, "id", 0),
	                    text_in(ctx, first, "id", 0));
	assert_string_not_equal(text_in(ctx, later, "id", 1),
	                        text_in(ctx, first, "id", 1));
	assert_string_equal(text_in(ctx, later, "id", 2),
	                    text_in(ctx, first, "id", 2));
	/* Another query is another feed, of the same threads. */
	report->query = "from:ann";
	assert_string_not_equal(text_in(ctx, atom(ctx, report), "id", 0),
	                        text_in(ctx, first, "id", 0));
	assert_string_equal(text_in(ctx, atom(ctx, report), "id", 2),
	                    text_in(ctx, first, "id", 2));
	talloc_free(ctx);
}

static void
updated_is_the_newest_mail(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *xml = atom(ctx, report);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_string_equal(text_in(ctx, xml, "updated", i),
		                    "2021-03-17T00:00:00Z");
	assert_string_equal(text_in(ctx, xml, "published", 0),
	                    "2020-12-05T00:00:00Z");
	/* What is not new is not told of as news. */
	thread->message[4]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	assert_string_equal(text_in(ctx, atom(ctx, report), "updated", 2),
	                    "2021-03-16T00:00:00Z");
	/* A root that tells no day was published at none. */
	thread->message[0]->flags |= ND_MESSAGE_UNDATED;
	test_lacks(atom(ctx, report), "<published>");
	talloc_free(ctx);
}

static void
entry_tells_what_text_tells(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *xml;

	(void)state;
	report->thread[0]->message[0]->link = "https://a.example.org/0?x=1&y=2";
	xml = atom(ctx, report);
	test_has(xml, "<title type=\"text\">[kvmtool PATCH v3 0/2] arm64: Fix "
	              "the thing</title>");
	test_has(xml, "<author>\n      <name>Ann Author</name>");
	test_has(xml, "<category scheme=\"tag:digest.invalid,2026:category\" "
	              "term=\"patch\" label=\"PATCH\"/>");
	test_has(xml, "<category scheme=\"tag:digest.invalid,2026:state\" "
	              "term=\"applied\" label=\"applied\"/>");
	test_has(xml, "<link rel=\"alternate\" "
	              "href=\"https://a.example.org/0?x=1&amp;y=2\"/>");
	test_has(xml, "term=\"closed\" label=\"Closed\"/>");
	/* That line says how it was closed; it is not said twice. */
	test_has(xml, "<summary type=\"text\">kvmtool patch series v3");
	test_lacks(xml, "<p>Closed: applied");
	test_has(xml, "<p>3 new mails of 5, 3 participants");
	test_has(xml,
	         "What about 32 bit? <a href=\"mid:4@example.org\">[#3]</a>");
	test_has(xml, "<a href=\"mid:2@example.org\">#1</a>");
	test_has(xml, "<p>3 mails in 1 thread, 3 participants</p>");
	talloc_free(ctx);
}

static void
brief_has_no_content(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_render_options options = {.brief = true};
	struct nd_buf *out = nd_buf_new(ctx, 1 << 20);

	(void)state;
	assert_int_equal(nd_i18n_open(ctx, "en", &options.i18n, NULL), ND_OK);
	test_front(report);
	nd_render_report(report, ND_FORMAT_ATOM, &options, out);
	assert_int_equal(count(out->data, "<entry>"), 2);
	assert_int_equal(count(out->data, "<content"), 1);
	assert_int_equal(count(out->data, "<summary"), 1);
	talloc_free(ctx);
}

static void
no_time_for_a_thread_names_it(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_render_options options = {.minutes = 1};
	struct nd_buf *out = nd_buf_new(ctx, 1 << 20);
	struct nd_summary *summary = report->thread[0]->summary;

	(void)state;
	for (int i = 0; i < 30; i++)
		test_item(summary, ND_ZONE_NEW, "Rob Reviewer",
		          "It is a long story that has to be told in full.", 2);
	assert_int_equal(nd_i18n_open(ctx, "en", &options.i18n, NULL), ND_OK);
	test_front(report);
	nd_render_report(report, ND_FORMAT_ATOM, &options, out);
	assert_int_equal(count(out->data, "<entry>"), 1);
	test_has(out->data, "<p>Left out for want of time: 1. arm64: Fix the "
	                    "thing (v3)</p>");
	options.minutes = 60;
	nd_buf_cut(out, 0);
	nd_render_report(report, ND_FORMAT_ATOM, &options, out);
	assert_int_equal(count(out->data, "<entry>"), 2);
	test_lacks(out->data, "want of time");
	talloc_free(ctx);
}

static void
mail_cannot_be_markup(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *xml;

	(void)state;
	thread->message[0]->subject =
		"</title><script>x</script>]]>&lt;\x01\xef\xbf\xbf\xc0\x80";
	thread->message[0]->sender.name = "<b>\"A&B\"</b>";
	thread->message[4]->id = "\"><img src=x>@example.org";
	thread->summary->zone[ND_ZONE_QUESTION].item[0].text =
		"</div></content><entry/>&nbsp;\xe2\x80\xae";
	xml = atom(ctx, report);
	test_has(xml, "&lt;/title&gt;&lt;script&gt;x&lt;/script&gt;]]&gt;"
	              "&amp;lt;");
	test_has(xml, "&lt;/div&gt;&lt;/content&gt;&lt;entry/&gt;&amp;nbsp;");
	test_lacks(xml, "<script");
	test_lacks(xml, "<img");
	test_lacks(xml, "<b>");
	test_lacks(xml, "\x01");
	test_lacks(xml, "\xef\xbf\xbf");
	test_lacks(xml, "\xe2\x80\xae");
	assert_int_equal(count(xml, "<entry>"), 2);
	assert_int_equal(count(xml, "</feed>"), 1);
	talloc_free(ctx);
}

static void
quiet_week_is_a_feed(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_empty_report(ctx);
	const char *xml = atom(ctx, report);

	(void)state;
	assert_int_equal(count(xml, "<entry>"), 0);
	test_has(xml, "No mail matches");
	assert_string_equal(text_in(ctx, xml, "updated", 0),
	                    "2021-03-22T00:00:00Z");
	report->window.until_s += TEST_DAY_S; /* which is to come */
	assert_string_equal(text_in(ctx, atom(ctx, report), "updated", 0),
	                    "2021-03-22T00:00:00Z");
	talloc_free(ctx);
}

static void
language_is_named(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *xml =
		test_render(ctx, test_report(ctx), ND_FORMAT_ATOM, "zh_CN");

	(void)state;
	test_has(xml, "xml:lang=\"zh-CN\"");
	test_has(xml, "label=\"已应用\"");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_are_the_same_in_every_run),
		cmocka_unit_test(updated_is_the_newest_mail),
		cmocka_unit_test(entry_tells_what_text_tells),
		cmocka_unit_test(brief_has_no_content),
		cmocka_unit_test(no_time_for_a_thread_names_it),
		cmocka_unit_test(mail_cannot_be_markup),
		cmocka_unit_test(quiet_week_is_a_feed),
		cmocka_unit_test(language_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
