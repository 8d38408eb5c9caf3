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
	return test_render(ctx, report, ND_FORMAT_JSON, "en");
}

static void
an_empty_report_has_every_member(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(render(ctx, test_empty_report(ctx)),
	                    "{\"schema\":\"notmuch-digest/1\","
	                    "\"generated\":\"2021-03-22T00:00:00Z\","
	                    "\"window\":{\"since\":\"2021-03-15T00:00:00Z\","
	                    "\"until\":\"2021-03-22T00:00:00Z\"},"
	                    "\"query\":\"*\",\"engine\":\"extract\","
	                    "\"totals\":{\"messages\":0,\"threads\":0,"
	                    "\"large_threads\":0,\"participants\":0},"
	                    "\"categories\":[{\"name\":\"patch\",\"threads\":0,"
	                    "\"messages\":0},{\"name\":\"rfc\",\"threads\":0,"
	                    "\"messages\":0},{\"name\":\"pull\",\"threads\":0,"
	                    "\"messages\":0},{\"name\":\"other\",\"threads\":0,"
	                    "\"messages\":0}],"
	                    "\"muted_threads\":0,\"lists\":[],\n"
	                    "\"threads\":[],\n"
	                    "\"front\":{\"counts\":{\"needs_you\":0,"
	                    "\"waits_for_others\":0,\"closed\":0,"
	                    "\"broke\":0,\"overdue\":0,\"unanswered\":0,"
	                    "\"deadlines\":0,\"open\":0,"
	                    "\"settled\":0},\"needs_you\":[],"
	                    "\"waits_for_others\":[],\"closed\":[],"
	                    "\"broke\":[],\"overdue\":[],"
	                    "\"unanswered\":[],\"deadlines\":[],"
	                    "\"open\":[],\"settled\":[]},\n"
	                    "\"problems\":[],\n"
	                    "\"problem_count\":0}\n");
	talloc_free(ctx);
}

static void
a_thread_has_the_members_of_the_schema(void **state)
{
	static const char *const parts[] = {
		"\"threads\":[\n{\"root_id\":\"0@example.org\","
		"\"thread_id\":\"000000000000002a\","
		"\"family\":\"0@example.org\",\"link\":null,\"subject\":\"[kvmtool "
		"PATCH v3 0/2] arm64: Fix the thing\",\"list\":null,"
		"\"category\":\"patch\","
		"\"kind\":\"series\",\"project\":\"kvmtool\","
		"\"started\":\"2020-12-05T00:00:00Z\",\"encrypted\":false,",
		"\"counts\":{\"total\":5,\"new\":3,\"participants\":3,"
		"\"new_participants\":3}",
		"\"series\":{\"version\":3,\"total\":2,\"author\":\"Ann "
		"Author <ann@example.org>\",\"root_subject\":\"[kvmtool PATCH "
		"v3 0/2] arm64: Fix the thing\",\"prior_versions\":"
		"[{\"version\":2,\"root_id\":\"v2@example.org\","
		"\"rfc\":false,\"reason\":\"title\",\"confidence\":93},"
		"{\"version\":1,\"root_id\":null,\"rfc\":true,"
		"\"reason\":\"link\",\"confidence\":60}],"
		"\"next_version\":null,\"rfc\":false,\"changes\":[{\"from\":2,"
		"\"to\":3,\"text\":\"- rebased\\n- more\"}]},"
		"\"more_series\":[],",
		"{\"type\":\"Reviewed-by\",\"who\":\"Rob Reviewer "
		"<giver@example.org>\",\"given_in\":\"1@example.org\","
		"\"applies_to\":\"2/2\",\"condition\":null}",
		"\"given_in\":\"1@example.org\",\"applies_to\":\"series\",\"condition\":null}",
		"\"state\":\"applied\",\"stalled\":false,"
		"\"state_evidence\":[\"3@example.org\"],"
		"\"waiting_for\":null,",
		"\"applied\":{\"tree\":\"kvmarm/next\",\"by\":\"Max "
		"Maintainer\",\"commits\":[\"67c6bb56b649\"],"
		"\"patches\":\"all\",\"given_in\":\"3@example.org\"}",
		"\"events\":[{\"type\":\"applied\",\"id\":"
		"\"3@example.org\",\"who\":\"Max Maintainer "
		"<someone@example.org>\",\"date\":\"2021-03-16T00:00:00Z\","
		"\"text\":\"Applied to kvmarm/next.\","
		"\"about\":\"0@example.org\"}]",
		"\"open_questions\":[{\"id\":\"4@example.org\",\"asker\":"
		"\"Rob Reviewer\",\"asked\":null,\"sentence\":\"What about 32 bit?\"}]",
		"\"for_you\":[{\"why\":\"question\","
		"\"id\":\"4@example.org\",\"turn\":false,"
		"\"mails\":1}]",
		"\"tags\":[\"inbox\"]",
		"\"summary\":{\"engine\":\"extract\",\"model\":null,"
		"\"language\":\"en\",\"topic\":\"arm64: Fix the thing\","
		"\"background\":[{\"text\":\"Ann Author: This series fixes "
		"the thing in kvm_arm_foo.\",\"sources\":[\"0@example.org\"]}"
		"],\"earlier\":[",
		"\"decisions\":[{\"text\":\"Max Maintainer: Applied to "
		"kvmarm/next.\",\"sources\":[\"3@example.org\"]}],"
		"\"dropped\":0}",
		"\"coverage\":{\"messages\":5,\"read\":5,\"bytes\":1000,"
		"\"bytes_read\":909}",
		"{\"id\":\"1@example.org\",\"link\":null,\"date\":\"2021-03-12T00:00:00Z\","
		"\"subject\":\"Re: [kvmtool PATCH v3 0/2] arm64: Fix the "
		"thing\",\"from\":\"Rob Reviewer <someone@example.org>\","
		"\"new\":false,\"writer\":\"person\"}",
	};
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	const char *text;

	(void)state;
	*x_append(thread, thread->tag, thread->tag_count) = "inbox";
	text = render(ctx, report);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		test_has(text, parts[i]);
	/* An open question that is quoted stands where it was asked. */
	test_has(text, "\"new\":[{\"text\":\"Ann Author: I will respin it next "
	               "week.\",\"sources\":[\"2@example.org\"]},{\"text\":"
	               "\"Rob Reviewer: What about 32 bit?\",\"sources\":"
	               "[\"4@example.org\"]}]");
	thread->message[4]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	test_has(render(ctx, report),
	         "{\"text\":\"Rob Reviewer: What about 32 "
	         "bit?\",\"sources\":[\"4@example.org\"]}],"
	         "\"new\"");
	thread->summary->zone[ND_ZONE_QUESTION].item[0].source[0] =
		thread->root;
	test_has(render(ctx, report),
	         "{\"text\":\"Rob Reviewer: What about 32 "
	         "bit?\",\"sources\":[\"0@example.org\"]}],"
	         "\"earlier\"");
	talloc_free(ctx);
}

static void
what_is_unknown_is_null(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_thread *thread = report->thread[0];
	struct nd_series_link next = {.version = 4, .root_id = NULL};
	const char *text;

	(void)state;
	thread->series->next = &next;
	thread->project = NULL;
	thread->summary = NULL;
	thread->applied = NULL;
	thread->open_question_count = 0;
	thread->message[0]->date_s = 0;
	thread->message[0]->sender.name = "";
	text = render(ctx, report);
	test_has(text, "\"next_version\":{\"version\":4,\"root_id\":null,");
	test_has(text, "\"project\":null,\"started\":null");
	test_has(text, "\"summary\":null");
	test_has(text, "\"open_questions\":[]");
	test_has(text, "\"applied\":null");
	test_has(text, "\"from\":\"someone@example.org\"");
	thread->series = NULL;
	test_has(render(ctx, report), "\"series\":null,\"more_series\":[]");
	talloc_free(ctx);
}

static void
times_are_utc_in_any_zone(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);

	(void)state;
	setenv("TZ", "XYZ-5:30", 1);
	tzset();
	test_has(render(ctx, report), "\"since\":\"2021-03-15T00:00:00Z\"");
	test_has(test_render(ctx, report, ND_FORMAT_TEXT, "en"),
	         "2021-03-15 05:30 XYZ until 2021-03-22 05:30 XYZ");
	talloc_free(ctx);
}

static void
hostile_text_stays_json(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);

	(void)state;
	report->query = "a\"b\\c";
	report->thread[0]->message[0]->subject = "\"},\x1b\xff\n";
	*x_append(report, report->problem, report->problem_count) =
		(struct nd_problem){.file = "/m/\xff", .what = "bad"};
	report->problem_total = 7;
	test_has(render(ctx, report), "\"query\":\"a\\\"b\\\\c\"");
	test_has(render(ctx, report), "\"subject\":\"\\\"},\xef\xbf\xbd\\n\"");
	test_has(render(ctx, report),
	         "\"problems\":[{\"file\":\"/m/\xef\xbf\xbd\",\"what\":\"bad\"}"
	         "],\n\"problem_count\":7}\n");
	talloc_free(ctx);
}

static void
one_thread_is_its_object(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	struct nd_render_options options = {.width = 80};
	struct nd_buf *out = nd_buf_new(ctx, 1 << 20);

	(void)state;
	nd_render_threads(report, ND_FORMAT_JSON, &options, out);
	assert_memory_equal(out->data, "{\"root_id\"", 10);
	assert_string_equal(out->data + out->len - 3, "]}\n");
	talloc_free(ctx);
}

static void
big_threads_have_subtrees(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_report *report = test_report(ctx);
	const char *out = render(ctx, report);

	(void)state;
	test_lacks(out, "subtree");
	test_tell_in_parts(report, "[2/2] a \"title\"");
	out = render(ctx, report);
	test_has(out, "{\"text\":\"Ann Author: I will respin it next week.\","
	              "\"subtree\":\"2@example.org\",\"sources\":[");
	test_has(out,
	         "\"subtrees\":[{\"id\":\"2@example.org\",\"zone\":\"new\","
	         "\"title\":\"[2/2] a \\\"title\\\"\",\"begun_by\":null,"
	         "\"messages\":5,\"outcome\":\"tagged\","
	         "\"tag\":\"Acked-by\",\"by\":\"Rob Reviewer\"},"
	         "{\"id\":\"2@example.org\",\"zone\":\"decisions\",");
	test_has(out, "\"more_subtrees\":{\"count\":7,\"messages\":9}");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_report_has_every_member),
		cmocka_unit_test(a_thread_has_the_members_of_the_schema),
		cmocka_unit_test(what_is_unknown_is_null),
		cmocka_unit_test(times_are_utc_in_any_zone),
		cmocka_unit_test(hostile_text_stays_json),
		cmocka_unit_test(one_thread_is_its_object),
		cmocka_unit_test(big_threads_have_subtrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
