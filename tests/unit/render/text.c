/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/wrap.h"
#include "report.h"
#include "util/utf8.h"

static const char *
render(const void *ctx, const struct nd_report *report, const char *language,
       unsigned width, bool color)
{
	struct nd_render_options options = {
		.width = width, .color = color, .fold = true};
	struct nd_buf *out = nd_buf_new(ctx, 1u << 20);

	assert_int_equal(nd_i18n_open(out, language, &options.i18n, NULL),
	                 ND_OK);
	test_front(report);
	nd_render_report(report, ND_FORMAT_TEXT, &options, out);
	return out->data;
}

/* No line wider than width, none with a blank at its end. */
static void
assert_fits(const char *text, size_t width)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		if (nd_utf8_width(line, len) > width)
			fail_msg("wider than %zu: '%.*s'", width, (int)len,
			         line);
		assert_false(len > 0 && line[len - 1] == ' ');
		line += len + (line[len] == '\n');
	}
}

static void
english_whole_report(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(
		render(ctx, test_report(ctx), "en", 80, false),
		"KVMARM mailing list report\n"
		"last 7 days, 2021-03-15 00:00 UTC until 2021-03-22 00:00 UTC, "
		"exclusive\n"
		"\n"
		"3 mails in 1 thread, 3 participants\n"
		"  PATCH  1 thread, 3 mails\n"
		"\n"
		"Needs you: none\n"
		"You wait for: none\n"
		"Closed: 1\n"
		"   1. arm64: Fix the thing (v3): applied to kvmarm/next by Max "
		"Maintainer, 03-16\n"
		"      [#2]\n"
		"Broke: none\n"
		"Overdue: none\n"
		"New and unanswered: none\n"
		"Deadlines: none\n"
		"\n"
		"1. [kvmtool PATCH v3 0/2] arm64: Fix the thing\n"
		"   mid:0@example.org\n"
		"   kvmtool patch series v3, 2 patches, 1 of them not in this "
		"mailbox · applied\n"
		"   to kvmarm/next by Max Maintainer · follows v2, RFC v1 · "
		"R-b 2, A-b 1\n"
		"   for you: asks about your patches [#3]\n"
		"   3 new mails of 5, 3 participants; since 2020-12-05; read 5 of "
		"5 mails, 90 %\n"
		"   of the text\n"
		"   Reviewed-by: Rob Reviewer (1-2/2); Acked-by: Max "
		"Maintainer\n"
		"\n"
		"   Original patch or question\n"
		"   - Ann Author: This series fixes the thing in kvm_arm_foo. "
		"[2020-12-05]\n"
		"\n"
		"   Decisions\n"
		"   - Max Maintainer: Applied to kvmarm/next. [#2]\n"
		"\n"
		"   Open questions\n"
		"   - Rob Reviewer: What about 32 bit? [#3]\n"
		"\n"
		"   Mails\n"
		"   2 earlier mails, 2020-12-05 to 03-12\n"
		"   #1   03-15 01:01  Ann Author\n"
		"   #2   03-16 00:00  Max Maintainer\n"
		"   #3   03-17 00:00  Rob Reviewer\n");
	talloc_free(ctx);
}

static void
fits_any_width(void **state)
{
	static const unsigned widths[] = {40, 60, 80, 100};
	static const char *const languages[] = {"en", "zh_CN"};
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	char *word = x_array(ctx, char, 301);

	(void)state;
	memset(word, 'x', 300);
	test_item(thread->summary, ND_ZONE_NEW, "王小明",
	          "这个补丁修复了虚拟机迁移过程中的错误处理，"
	          "并且更新了相关的文档和测试用例。",
	          2);
	test_item(thread->summary, ND_ZONE_NEW, "Ann Author", word, 2);
	thread->message[2]->subject = word;
	thread->message[2]->sender.name =
		"一二三四五六七八九十一二三四五六七八";
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < 2; k++)
			assert_fits(render(ctx, report, languages[k], widths[i],
			                   false),
			            widths[i]);
	talloc_free(ctx);
}

static void
wraps_where_lines_may_break(void **state)
{
	static const struct {
		const char *text, *wrapped;
	} cases[] = {
		{"one two three four five", "* one two three\n  four five\n"},
		{"see kvm-unit-tests/arm", "* see\n  kvm-unit-tests/\n  arm\n"},
		{"a kvm-unit-test/x y", "* a\n  kvm-unit-test/x\n  y\n"},
		{"mid:a.long.message.id@example.org", /* to be copied */
	         "* mid:a.long.message.id@example.org\n"},
		{"x: id:a.long.message.id@example.org y",
	         "* x:\n  id:a.long.message.id@example.org\n  y\n"},
		{"at https://example.org/a/long/path now",
	         "* at\n  https://example.org/a/long/path\n  now\n"},
		{"一二三四五六七八。九", "* 一二三四五六七\n  八。九\n"},
		{"", ""},
		{"日本語 and English 混在", "* 日本語 and\n  English 混在\n"},
	};
	const struct nd_paragraph how = {
		.first = "* ", .next = "  ", .style = ""};
	struct nd_wrap *wrap = nd_wrap_new(NULL, 17);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_buf *out = nd_buf_new(wrap, 1 << 16);

		nd_wrap_add(wrap, out, &how, cases[i].text);
		assert_string_equal(out->data, cases[i].wrapped);
	}
	talloc_free(wrap);
}

static void
colours_end_with_the_line(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *text;

	(void)state;
	text = render(ctx, report, "en", 40, true);
	test_has(text,
	         "\n1. \033[1m[kvmtool PATCH v3 0/2] arm64: Fix the\033[0m\n"
	         "   \033[1mthing\033[0m\n");
	assert_null(strchr(render(ctx, report, "en", 40, false), '\033'));
	talloc_free(ctx);
}

/* The links of text as "<url|text>"; any other escape sequence fails. */
static const char *
show_links(const void *ctx, const char *text)
{
	static const char open[] = "\033]8;;", end[] = "\033\\";
	struct nd_buf *out = nd_buf_new(ctx, 1u << 20);

	while (*text) {
		if (*text != '\033') {
			nd_buf_addc(out, *text++);
			continue;
		}
		assert_memory_equal(text, open, strlen(open));
		text += strlen(open);
		if (strncmp(text, end, strlen(end)) == 0) {
			nd_buf_addc(out, '>');
		} else {
			nd_buf_addc(out, '<');
			for (; *text != '\033'; text++) {
				assert_in_range(*text, '!', '~');
				nd_buf_addc(out, *text);
			}
			nd_buf_addc(out, '|');
		}
		assert_memory_equal(text, end, strlen(end));
		text += strlen(end);
	}
	return out->data;
}

static void
web_addresses_become_links(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{"see https://x.org/a?b=%20c#d.",
	         "* see\n  <https://x.org/a?b=%20c#d|https://x.org/a?b=%20c#d>.\n"},
		{"(HTTP://x.org/)", "* (<HTTP://x.org/|HTTP://x.org/>)\n"},
		{"http://x.org/a_(b)",
	         "* <http://x.org/a_(b)|http://x.org/a_(b)>\n"},
		{"<https://x.org>,", "* <<https://x.org|https://x.org>>,\n"},
		{"https://x.org/a|b",
	         "* <https://x.org/a%7Cb|https://x.org/a|b>\n"},
		/* as long as a line: never broken */
		{"https://x.org/0123456789",
	         "* <https://x.org/0123456789|https://x.org/0123456789>\n"},
		{"https://x.org/\xc3\xa4", "* https://x.org/\xc3\xa4\n"},
		{"javascript://x https:// ftp://x",
	         "* javascript://x\n  https://\n  ftp://x\n"},
	};
	const struct nd_paragraph how = {
		.first = "* ", .next = "  ", .style = "", .links = true};
	struct nd_wrap *wrap = nd_wrap_new(NULL, 17);
	struct nd_buf *out;
	char url[3000];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		out = nd_buf_new(wrap, 1 << 16);
		nd_wrap_add(wrap, out, &how, cases[i].text);
		assert_string_equal(show_links(wrap, out->data),
		                    cases[i].shown);
	}
	/* Longer than terminals take. */
	memset(url, 'x', sizeof url);
	memcpy(url, "http://", strlen("http://"));
	url[sizeof url - 1] = '\0';
	out = nd_buf_new(wrap, 1 << 16);
	nd_wrap_add(wrap, out, &how, url);
	assert_null(strchr(out->data, '\033'));
	talloc_free(wrap);
}

static void
mails_of_the_list_are_links(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_render_options options = {.width = 80, .links = true};
	struct nd_buf *out = nd_buf_new(ctx, 1u << 20);
	const char *plain = render(ctx, report, "en", 80, false);
	const char *shown;

	(void)state;
	report->thread[0]->message[3]->id =
		"a b%2f/\033\\\033]8;;http://evil\xc3\xa4@x";
	assert_int_equal(nd_i18n_open(ctx, "en", &options.i18n, NULL), ND_OK);
	test_front(report);
	nd_render_report(report, ND_FORMAT_TEXT, &options, out);
	shown = show_links(ctx, out->data);
	test_has(shown, "\n   <mid:a%20b%252f%2F%1B%5C%1B%5D8%3B%3B"
	                "http:%2F%2Fevil%C3%A4@x|#2>   03-16 00:00  Max");
	test_has(plain, "\n   #2   03-16 00:00  Max Maintainer\n");
	talloc_free(ctx);
}

static void
mail_text_is_inert(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *text;

	(void)state;
	thread->message[0]->subject = "a\x1b]0;own\x07\n2. [PATCH] other";
	thread->message[2]->sender.name = "N\xe2\x80\xae\x9b\nx";
	thread->message[2]->subject = "\x1b[2J s";
	thread->trailer[0].who.name = "\rT";
	thread->summary->zone[ND_ZONE_NEW].item[0].text = "t\x1b[31m\nu";
	*x_append(report, report->problem, report->problem_count) =
		(struct nd_problem){.id = "a\x1b@b", .what = "w\x07"};
	report->problem_total = 1;
	text = render(ctx, report, "en", 80, false);
	test_has(text, "1. a]0;own 2. [PATCH] other\n");
	test_has(text, "\n- id:a@b: w\n");
	for (const char *c = text; *c; c++)
		assert_true(*c == '\n' || (unsigned char)*c >= ' ');
	assert_true(nd_utf8_is_valid(text, strlen(text)));
	talloc_free(ctx);
}

static void
other_subjects_are_shown(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_subject root = {.flags = ND_SUBJECT_NUMBERED,
	                          .title = "",
	                          .version = 3,
	                          .total = 2};
	struct nd_subject part = {.flags = ND_SUBJECT_NUMBERED |
	                                   ND_SUBJECT_REPLY,
	                          .title = "part",
	                          .version = 3,
	                          .number = 1,
	                          .total = 2};

	(void)state;
	report->thread[0]->message[3]->subject = "[kvmtool PATCH 1/2] part";
	test_has(
		render(ctx, report, "en", 80, false),
		"#2   03-16 00:00  Max Maintainer  [kvmtool PATCH 1/2] part\n");
	test_has(render(ctx, report, "en", 50, false),
	         "#2   03-16 00:00  Max Maintai…  [kvmtool PATCH…\n");
	/* The patches of the thread's own series need no prefix. */
	report->thread[0]->message[0]->parts = &root;
	report->thread[0]->message[3]->parts = &part;
	test_has(render(ctx, report, "en", 80, false),
	         "#2   03-16 00:00  Max Maintainer  Re: 1/2\n");
	talloc_free(ctx);
}

/* The line of the state says it. */
static void
form_letters_of_trees_are_not_told(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	struct nd_item *item = &thread->summary->zone[ND_ZONE_DECISION].item[0];
	struct nd_subject parts = {.title = "arm64: Fix the thing"};

	(void)state;
	thread->message[0]->parts = &parts;
	test_has(render(ctx, report, "en", 80, false),
	         "Decisions\n   - Max Maintainer: Applied to kvmarm/next.");
	item->text = "Patch \"arm64: Fix the thing\" has been added to the "
		     "queue.";
	test_lacks(render(ctx, report, "en", 80, false), "Decisions");
	talloc_free(ctx);
}

static void
no_subject_is_named(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];

	(void)state;
	thread->message[0]->subject = "";
	thread->series = NULL;
	test_has(render(ctx, report, "en", 80, false),
	         "\n1. (no subject)\n   mid:");
	test_has(render(ctx, report, "en", 80, false),
	         "\n   1. (no subject): applied");
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "### Thread 1: (no subject)\n");
	test_has(test_render(ctx, report, ND_FORMAT_ATOM, "en"),
	         "<title type=\"text\">(no subject)</title>");
	talloc_free(ctx);
}

/* Under a cover letter without a tag, one with its title among them. */
static void
patches_are_told_by_their_numbers(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	struct nd_subject plain = {.prefix = "", .title = "fix the thing"};
	struct nd_subject patch[] = {
		{.prefix = "PATCH", .title = "arm64: fix the thing"},
		{.prefix = "PATCH", .title = "clean up"},
	};
	const char *out;

	(void)state;
	for (int i = 0; i < 2; i++) {
		patch[i].flags = ND_SUBJECT_PATCH | ND_SUBJECT_NUMBERED;
		patch[i].number = i + 1;
		patch[i].total = 2;
		thread->message[i + 2]->parts = &patch[i];
		thread->series->patch[i] = i + 2;
	}
	thread->message[0]->subject = plain.title;
	thread->message[0]->parts = &plain;
	thread->message[2]->subject = "[PATCH 1/2] arm64: fix the thing";
	thread->message[3]->subject = "[PATCH 2/2] clean up";
	thread->message[4]->subject = "Re: fix the thing";
	thread->state = ND_STATE_UNDER_REVIEW;
	out = render(ctx, report, "en", 80, false);
	test_has(out, "  Ann Author      1/2 arm64: fix the thing\n");
	test_has(out, "  Max Maintainer  2/2 clean up\n");
	test_has(out, "  Rob Reviewer\n");
	talloc_free(ctx);
}

static void
a_quiet_week_says_so(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(
		render(ctx, test_empty_report(ctx), "en", 80, false),
		"KVMARM mailing list report\n"
		"last 7 days, 2021-03-15 00:00 UTC until 2021-03-22 00:00 UTC, "
		"exclusive\n"
		"\n"
		"No mail matches in this period.\n");
	talloc_free(ctx);
}

/* Its own line; the id, too, where the link does not have it. */
static void
links_to_archives(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_message *root = report->thread[0]->message[0];
	const char *text;

	(void)state;
	root->link = "https://lore.kernel.org/r/0@example.org";
	text = test_render(ctx, report, ND_FORMAT_TEXT, "en");
	test_has(text, "Fix the thing\n"
	               "   https://lore.kernel.org/r/0@example.org\n"
	               "   kvmtool");
	root->link = "https://lists.example.org/message/ABC/";
	text = test_render(ctx, report, ND_FORMAT_TEXT, "en");
	test_has(text, "Fix the thing\n"
	               "   https://lists.example.org/message/ABC/\n"
	               "   mid:0@example.org\n");
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "\n**Link**: <https://lists.example.org/message/ABC/>\n");
	root->link = NULL;
	root->id = "a <b>\033]8;;\n\"*c*@x";
	test_has(test_render(ctx, report, ND_FORMAT_TEXT, "en"),
	         "\n   mid:a%20%3Cb%3E%1B%5D8%3B%3B%0A%22*c*@x\n");
	test_has(test_render(ctx, report, ND_FORMAT_MARKDOWN, "en"),
	         "<mid:a%20%3Cb%3E%1B%5D8%3B%3B%0A%22*c*@x>\n");
	talloc_free(ctx);
}

static void
one_thread_stands_alone(void **state)
{
	static const char title[] =
		"[kvmtool PATCH v3 0/2] arm64: Fix the thing\n   mid:0@ex";
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	struct nd_render_options options = {.width = 80};
	struct nd_buf *out = nd_buf_new(ctx, 1 << 20);

	(void)state;
	assert_int_equal(nd_i18n_open(ctx, "en", &options.i18n, NULL), ND_OK);
	*x_append(report, report->thread, report->thread_count) = thread;
	nd_render_threads(report, ND_FORMAT_TEXT, &options, out);
	assert_memory_equal(out->data, title, sizeof title - 1);
	test_has(out->data, "\n   New\n");
	test_has(out->data, "Rob Reviewer\n\n[kvmtool");
	talloc_free(ctx);
}

static void
big_threads_have_headings(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out;

	(void)state;
	test_tell_in_parts(report, "[2/2] ring \033]0;x\007 and a title");
	report->thread[0]->state = ND_STATE_UNDER_REVIEW;
	out = render(ctx, report, "en", 60, false);
	test_lacks(out, "\033");
	test_has(out, "   New this week\n"
	              "   - [2/2] ring ");
	test_has(out, "     - Ann Author: I will respin it next week. [#1]\n"
	              "     - Ann Author: It is late. [#3]\n"
	              "     - Max Maintainer: No hurry. [#2]\n"
	              "   - and 7 more sub-threads, 9 mails\n");
	test_has(out,
	         "   - [2/2] Max Maintainer: Applied to kvmarm/next. [#2]\n");
	assert_fits(out, 60);
	talloc_free(ctx);
}

/* Of a version that has a newer one it is told why, and no more. */
static void
a_superseded_version_has_a_reason(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	struct nd_front_line line = {.list = ND_FRONT_CLOSED, .message = 0};
	struct nd_summary *summary = thread->summary;
	const char *out;

	(void)state;
	thread->state = ND_STATE_SUPERSEDED;
	thread->front = &line;
	test_item(summary, ND_ZONE_NEW, "Rob Reviewer", "That is wrong.", 3)
		->events = 1u << ND_EVENT_OBJECTION;
	test_item(summary, ND_ZONE_NEW, "Rob Reviewer", "It loses mail.", 3)
		->join = ND_JOIN_NEXT;
	test_item(summary, ND_ZONE_NEW, "Ann Author", "I see.", 2)->events =
		1u << ND_EVENT_CHANGES_REQUESTED;
	out = render(ctx, report, "en", 100, false);
	test_has(out,
	         "   New this week\n"
	         "   - Rob Reviewer: That is wrong. It loses mail. [#2]\n");
	test_lacks(out, "I see.");
	talloc_free(ctx);
}

/* A thread of the family of the report's first one. */
static struct nd_thread *
add_told(struct nd_report *report, enum nd_kin kin, const char *prefix,
         const char *stable)
{
	struct nd_thread *entry = report->thread[0];
	struct nd_thread *thread = x_new(report, struct nd_thread);
	struct nd_subject *parts = x_new(thread, struct nd_subject);

	*thread = *entry;
	parts->prefix = prefix;
	parts->stable = stable;
	thread->message = x_array(thread, struct nd_message *, 1);
	thread->message[0] = test_mail(thread, "told@example.org", TEST_SINCE_S,
	                               "subject", "Ann Author");
	thread->message[0]->parts = parts;
	thread->message_count = 1;
	thread->root = 0;
	thread->series = test_series(thread);
	thread->series->root = 0;
	thread->series->version = 2;
	thread->event_count = 0;
	thread->state = ND_STATE_SUPERSEDED;
	thread->applied = NULL;
	thread->counts = (struct nd_counts){.total = 4, .new_messages = 1};
	thread->family = (struct nd_family){.entry = entry, .kin = kin};
	*x_append(report, entry->family.member, entry->family.member_count) =
		thread;
	return thread;
}

static void
a_family_is_one_entry(void **state)
{
	static const struct {
		enum nd_kin kin;
		const char *prefix, *stable, *line;
	} rows[] = {
		{ND_KIN_EARLIER, "[PATCH v2]", NULL,
	         "- v2, 03-15: 4 mails (1 new), changes asked for by Rob "
	         "Reviewer; changed in v3: rebased"},
		{ND_KIN_AGAIN, "[PATCH v2]", NULL,
	         "- v2, sent again later, 03-15: 4 mails"},
		{ND_KIN_BACKPORT, "[PATCH 5.4.y v2]", "5.4",
	         "- backport to 5.4 v2, 03-15: 4 mails"},
		{ND_KIN_BACKPORT, "[PATCH][stable-4.{4,9} v2]", "4.4",
	         "- backport [PATCH][stable-4.{4,9} v2], 03-15"},
		{ND_KIN_BACKPORT, "[PATCH stable v2]", "",
	         "- backport v2, 03-15: 4 mails"},
		{ND_KIN_NOTICE, "", NULL, "- notice, 03-15: 4 mails"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_report *report = test_report(ctx);
		struct nd_thread *told = add_told(
			report, rows[i].kin, rows[i].prefix, rows[i].stable);
		struct nd_event *event =
			x_append(told, told->event, told->event_count);
		const char *text;

		event->type = rows[i].kin == ND_KIN_EARLIER
		                      ? ND_EVENT_CHANGES_REQUESTED
		                      : ND_EVENT_QUESTION;
		event->who =
			(struct nd_address){"Rob Reviewer", "rob@example.org"};
		text = render(ctx, report, "en", 120, false);
		if (!strstr(text, rows[i].line))
			fail_msg("no '%s' in %s", rows[i].line, text);
		test_has(text, "[#4]");
		test_has(text, "   #4   03-15 00:00  Ann Author");
		test_has(text, "id:told@example.org\n");
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_whole_report),
		cmocka_unit_test(fits_any_width),
		cmocka_unit_test(wraps_where_lines_may_break),
		cmocka_unit_test(colours_end_with_the_line),
		cmocka_unit_test(web_addresses_become_links),
		cmocka_unit_test(mails_of_the_list_are_links),
		cmocka_unit_test(mail_text_is_inert),
		cmocka_unit_test(other_subjects_are_shown),
		cmocka_unit_test(form_letters_of_trees_are_not_told),
		cmocka_unit_test(no_subject_is_named),
		cmocka_unit_test(patches_are_told_by_their_numbers),
		cmocka_unit_test(a_quiet_week_says_so),
		cmocka_unit_test(links_to_archives),
		cmocka_unit_test(one_thread_stands_alone),
		cmocka_unit_test(big_threads_have_headings),
		cmocka_unit_test(a_superseded_version_has_a_reason),
		cmocka_unit_test(a_family_is_one_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
