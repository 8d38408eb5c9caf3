/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report.h"

static void
english_whole_report(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(
		test_render(ctx, test_report(ctx), ND_FORMAT_MARKDOWN, "en"),
		"# KVMARM mailing list report\n"
		"\n"
		"**Generated**: 2021-03-22 00:00:00\n"
		"\n"
		"**Period**: last 7 days, 2021-03-15 00:00 UTC until "
		"2021-03-22 00:00 UTC, exclusive\n"
		"\n"
		"## 📊 Totals\n"
		"\n"
		"- **Mails**: 3\n"
		"- **Threads**: 1\n"
		"\n"
		"### Front page\n"
		"\n"
		"- **Needs you**: none\n"
		"- **You wait for**: none\n"
		"- **Closed**: 1\n"
		"  - arm64: Fix the thing (v3): applied to kvmarm/next by Max "
		"Maintainer, 03-16 (<mid:3@example.org>)\n"
		"- **Broke**: none\n"
		"- **Overdue**: none\n"
		"- **New and unanswered**: none\n"
		"- **Deadlines**: none\n"
		"\n"
		"### Categories\n"
		"\n"
		"- **PATCH**: 1 thread (3 mails)\n"
		"\n"
		"---\n"
		"\n"
		"## 📌 PATCH\n"
		"\n"
		"1 thread in this category\n"
		"\n"
		"---\n"
		"\n"
		"### Thread 1: [kvmtool PATCH v3 0/2] arm64: Fix the thing\n"
		"\n"
		"**📧 Mails**: 3 (5 in all) | **👥 Participants**: 3 | "
		"**📅 Started**: Sat, 5 Dec 2020 00:00:00 +0000\n"
		"\n"
		"**Link**: <mid:0@example.org>\n"
		"\n"
		"**Status**: kvmtool patch series v3, 2 patches, 1 of them not "
		"in this mailbox · applied to kvmarm/next by Max Maintainer · "
		"follows v2, RFC v1 · R-b 2, A-b 1\n"
		"\n"
		"**For you**: asks about your patches [#3]\n"
		"\n"
		"**Given in replies**: Reviewed-by: Rob Reviewer (1-2/2); "
		"Acked-by: Max Maintainer\n"
		"\n"
		"#### 📝 Summary (excerpts)\n"
		"\n"
		"**Original patch or question**:\n"
		"\n"
		"- Ann Author: This series fixes the thing in kvm_arm_foo. "
		"[2020-12-05]\n"
		"\n"
		"**Earlier discussion**:\n"
		"\n"
		"- Rob Reviewer: I do not like patch 2. [03-12]\n"
		"\n"
		"**New this week**:\n"
		"\n"
		"- Ann Author: I will respin it next week. [#1]\n"
		"\n"
		"**Decisions**:\n"
		"\n"
		"- Max Maintainer: Applied to kvmarm/next. [#2]\n"
		"\n"
		"**Open questions**:\n"
		"\n"
		"- Rob Reviewer: What about 32 bit? [#3]\n"
		"\n"
		"(read 5 of 5 mails, 90 % of the text)\n"
		"\n"
		"#### 📝 List of mails\n"
		"\n"
		"(2 earlier mails, 2020-12-05 to 03-12)\n"
		"\n"
		"1. **[03-15 01:01]** Re: [kvmtool PATCH v3 0/2] arm64: Fix "
		"the thing\n"
		"   - From: Ann Author <someone@example.org>\n"
		"   - Link: <mid:2@example.org>\n"
		"2. **[03-16 00:00]** Re: [kvmtool PATCH v3 0/2] arm64: Fix "
		"the thing\n"
		"   - From: Max Maintainer <someone@example.org>\n"
		"   - Link: <mid:3@example.org>\n"
		"3. **[03-17 00:00]** Re: [kvmtool PATCH v3 0/2] arm64: Fix "
		"the thing\n"
		"   - From: Rob Reviewer <someone@example.org>\n"
		"   - Link: <mid:4@example.org>\n");
	talloc_free(ctx);
}

static void
chinese_has_the_known_form(void **state)
{
	static const char *const lines[] = {
		"# KVMARM 邮件列表 总结报告\n",
		"\n**生成时间**: 2021-03-22 00:00:00\n",
		"\n**分析周期**: 最近 7 天，2021-03-15 00:00 UTC 至 "
		"2021-03-22 00:00 UTC（不含）\n",
		"\n## 📊 总体统计\n\n- **总邮件数**: 3\n"
		"- **总 Thread 数**: 1\n"
		"- **大型 Thread** (>2封): 1 个\n\n### 首页\n\n"
		"- **等你处理**: 无\n- **你在等待**: 无\n- **已了结**: 1\n",
		"\n- **截止日期**: 无\n\n### 分类分布\n\n"
		"- **PATCH**: 1 threads (3 邮件)\n\n---\n\n## 📌 PATCH\n\n"
		"共 1 个 thread\n\n---\n\n### Thread 1: [kvmtool PATCH",
		"\n**📧 邮件数**: 3 (共 5) | **👥 参与者**: 3 | "
		"**📅 开始时间**: Sat, 5 Dec 2020 00:00:00 +0000\n",
		"\n#### 📝 总结（原文摘录）\n\n**原始补丁/问题**：\n\n- Ann",
		"\n**之前的讨论**：\n",
		"\n**本周的新讨论与进展**：\n",
		"\n**决定**：\n",
		"\n**未决问题**：\n",
		"\n（已读 5/5 封邮件，90 % 正文）\n",
		"\n#### 📝 邮件列表\n\n（更早的邮件 2 封，2020-12-05 至 "
		"03-12）\n\n1. **[03-15 01:01]** Re: [kvmtool",
		"\n   - 发件人: Ann Author <someone@example.org>\n"
		"   - 链接: <mid:2@example.org>\n",
		"\n**链接**: <mid:0@example.org>\n",
	};
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_empty_report(ctx);
	const char *text;

	(void)state;
	report->large = 2;
	test_add_thread(report, test_thread(report));
	text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "zh_CN");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		test_has(text, lines[i]);
	test_lacks(text, "AI");
	talloc_free(ctx);
}

static void
says_ai_only_for_a_model(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *text;

	(void)state;
	report->thread[0]->summary->model = "m-1";
	report->thread[0]->summary->dropped = 2;
	text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "zh_CN");
	test_has(text, "# KVMARM 邮件列表 AI 总结报告\n");
	test_has(text, "\n#### 🤖 AI 总结\n");
	test_has(text, "语句：2 条");
	report->list = "";
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "# Mailing list report, by AI\n");
	talloc_free(ctx);
}

static void
names_the_period(void **state)
{
	static const struct {
		int64_t length_s, age_s;
		const char *period, *zone;
	} cases[] = {
		{7 * TEST_DAY_S, 0, ": last 7 days, 2021", "New this week"},
		{7 * TEST_DAY_S - 3600, 0, ": last 7 days, 2021",
	         "New this week"},
		{TEST_DAY_S, 60, ": last day, 2021", "New in this period"},
		{7 * TEST_DAY_S, 400 * TEST_DAY_S, ": 7 days, 2021",
	         "New this week"},
		{36 * 3600, 0, ": last 36 hours, 2021", "New in this period"},
		{100, 0, ": 2021-03-15 00:00 UTC until", "New in this period"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_report *report = test_report(ctx);
		const char *text;

		report->window.until_s = TEST_SINCE_S + cases[i].length_s;
		report->window.now_s = report->window.until_s + cases[i].age_s;
		text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
		test_has(text, cases[i].period);
		test_has(text, cases[i].zone);
		talloc_free(ctx);
	}
}

static void
mail_text_is_inert(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *text;

	(void)state;
	thread->message[0]->subject = "<img src=x>\n# x [a](javascript:b)";
	thread->message[2]->sender.name = "**E** <script>\n\n# own heading";
	thread->message[2]->sender.addr = "x> <b>@example.org";
	thread->summary->zone[ND_ZONE_NEW].item[0].who = NULL;
	thread->summary->zone[ND_ZONE_NEW].item[0].text =
		"1. ![i](http://e.org)";
	thread->trailer[0].who.name = "`code` _x_";
	thread->series->prior_count = 0;
	*x_append(report, report->problem, report->problem_count) =
		(struct nd_problem){.file = "/m/<b>\n- x", .what = "*bad*"};
	report->problem_total = 3;
	text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
	test_has(text, "Thread 1: \\<img src=x> # x [a\\](javascript:b)\n");
	test_has(text, "From: \\*\\*E\\*\\* \\<script> # own heading "
	               "\\<x> \\<b>@example.org>\n");
	test_has(text, "- 1\\. ![i\\](http://e.org) [#1]\n");
	test_has(text, "Reviewed-by: \\`code\\` \\_x\\_ (1-2/2)");
	test_has(text, "## ⚠️ Problems\n\n- /m/\\<b> - x: \\*bad\\*\n"
	               "- and 2 more\n");
	talloc_free(ctx);
}

static void
lists_the_mails_asked_for(void **state)
{
	static const struct {
		enum nd_mails mails;
		const char *has, *source;
	} cases[] = {
		{ND_MAILS_NEW, "\n(2 earlier mails", "next week. [#1]\n"},
		{ND_MAILS_ALL, "\n1. **[2020-12-05 00:00]** [kvmtool",
	         "next week. [#3]\n"},
		{ND_MAILS_NONE, NULL, "next week. [03-15]\n"},
	};
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_render_options options = {.width = 80};

	(void)state;
	assert_int_equal(nd_i18n_open(ctx, "en", &options.i18n, NULL), ND_OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(ctx, 1 << 20);

		options.mails = cases[i].mails;
		test_front(report);
		nd_render_report(report, ND_FORMAT_MARKDOWN, &options, out);
		test_has(out->data, cases[i].source);
		if (cases[i].has)
			test_has(out->data, cases[i].has);
		else
			test_lacks(out->data, "List of mails");
		if (cases[i].mails != ND_MAILS_NEW)
			test_lacks(out->data, "earlier mails");
	}
	talloc_free(ctx);
}

static void
who_goes_on_is_named_once_a_mail(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_summary *summary = report->thread[0]->summary;

	(void)state;
	test_item(summary, ND_ZONE_NEW, NULL, "It is easy.", 2);
	test_item(summary, ND_ZONE_NEW, NULL, "Done.", 4);
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "- Ann Author: I will respin it next week. It is easy. [#1]\n"
	         "- Ann Author: Done. [#3]\n");
	summary->zone[ND_ZONE_NEW].item[1].join = ND_JOIN_GAP;
	test_has(
		test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
		"- Ann Author: I will respin it next week. … It is easy. [#1]\n");
	/* A model's items name their people themselves. */
	for (size_t i = 1; i < 3; i++) {
		summary->zone[ND_ZONE_NEW].item[i].join = ND_JOIN_NONE;
		summary->zone[ND_ZONE_NEW].item[i].who = NULL;
	}
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "- Ann Author: I will respin it next week. [#1]\n"
	         "- It is easy. [#1]\n"
	         "- Done. [#3]\n");
	talloc_free(ctx);
}

static void
odd_threads_are_explained(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];

	(void)state;
	thread->message[0]->date_s = 0;
	thread->summary = NULL;
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "nothing to quote");
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "Started**: no date\n");
	thread->summary = test_summary(thread);
	thread->encrypted = true;
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "encrypted");
	test_lacks(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	           "respin");
	talloc_free(ctx);
}

static void
a_quiet_week_says_so(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_empty_report(ctx);

	(void)state;
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "- **Threads**: 0\n\nNo mail matches in this period.\n");
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "zh_CN"),
	         "- **总 Thread 数**: 0\n\n这段时间内没有");
	talloc_free(ctx);
}

static void
a_query_in_vain_is_echoed(void **state)
{
	static const struct {
		const char *query;
		bool has_dates;
	} cases[] = {
		{"from:x", false},
		{"date:2021..2022", true},
		{"from:x (date:2021..)", true},
		{"from:x -date:2021..", true},
		{"subject:\"a date: x\"", false},
		{"subject:\"a\" date:yesterday", true},
		{"update:x", false},
	};
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_empty_report(ctx);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *text;

		report->query = cases[i].query;
		text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
		test_has(text, "in this period.\n\nQuery: ");
		if (cases[i].has_dates)
			test_has(text, "the period holds, too, which --since "
			               "and --until set: 2021-03-15 00:00 "
			               "UTC until 2021-03-22 00:00 UTC, "
			               "exclusive");
		else
			test_lacks(text, "the period holds");
	}
	report->query = "*";
	test_lacks(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"), "Query");
	talloc_free(ctx);
}

static void
a_limit_says_so(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *text;

	(void)state;
	test_add_thread(report, test_thread(report));
	report->thread_count = 1;
	text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
	test_has(text, "- **Threads**: 2\n");
	test_has(text, "The first 1 of 2 threads are shown.\n");
	test_lacks(text, "Thread 2:");
	talloc_free(ctx);
}

/* A user's category may bear the name of one of ours. */
static void
categories_of_one_name_stay_apart(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_category_row *row = report->category;
	const char *text;

	(void)state;
	test_add_thread(report, test_thread(report));
	row[1] = row[0];
	report->thread[0]->user_category = row[0].name;
	row[0].threads = row[1].threads = 1;
	text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
	test_has(text, "Thread 1:");
	test_lacks(text, "Thread 2:");
	talloc_free(ctx);
}

static void
many_trailers_stay_short(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *text;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		test_give(thread, "Tested-by", "Tess", 1 + i * 7 % 9999);
		thread->trailer[thread->trailer_count - 1].who.addr =
			x_asprintf(thread, "t%d@example.org", i % 20000);
	}
	text = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
	test_has(text, "and 19988 more\n");
	assert_true(strlen(text) < 8000);
	talloc_free(ctx);
}

static void
big_threads_have_headings(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	test_tell_in_parts(report, "[2/2] a *bold* <b> title");
	out = test_render(ctx, report, ND_FORMAT_MARKDOWN, "en");
	test_has(out, "**New this week**:\n"
	              "\n"
	              "- [2/2] a \\*bold\\* \\<b> title (5 mails; Acked-by Rob "
	              "Reviewer)\n"
	              "  - Ann Author: I will respin it next week. [#1]\n"
	              "  - Ann Author: It is late. [#3]\n"
	              "  - Max Maintainer: No hurry. [#2]\n"
	              "- and 7 more sub-threads, 9 mails\n"
	              "\n");
	test_has(out,
	         "\n- [2/2] Max Maintainer: Applied to kvmarm/next. [#2]\n");
	out = test_render(ctx, report, ND_FORMAT_MARKDOWN, "zh_CN");
	test_has(out, "title（5 封邮件；Acked-by Rob Reviewer）\n");
	test_has(out, "- 另有 7 个子话题，9 封邮件\n");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_whole_report),
		cmocka_unit_test(chinese_has_the_known_form),
		cmocka_unit_test(says_ai_only_for_a_model),
		cmocka_unit_test(names_the_period),
		cmocka_unit_test(mail_text_is_inert),
		cmocka_unit_test(lists_the_mails_asked_for),
		cmocka_unit_test(who_goes_on_is_named_once_a_mail),
		cmocka_unit_test(odd_threads_are_explained),
		cmocka_unit_test(a_quiet_week_says_so),
		cmocka_unit_test(a_query_in_vain_is_echoed),
		cmocka_unit_test(a_limit_says_so),
		cmocka_unit_test(categories_of_one_name_stay_apart),
		cmocka_unit_test(many_trailers_stay_short),
		cmocka_unit_test(big_threads_have_headings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
