/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report.h - a report made by hand, for the tests of the renderers
 *
 * One week (2021-03-15 to 22, UTC) of one list with one thread: a series of two
 * patches, two mails before the window and three in it. Tests change what they
 * are about. Everything is owned by ctx. Include cmocka.h before.
 */
#ifndef ND_TESTS_REPORT_H
#define ND_TESTS_REPORT_H

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "agenda/front.h"
#include "render/render.h"
#include "util/alloc.h"

enum { TEST_SINCE_S = 1615766400, TEST_DAY_S = 86400 };

#define test_has(text, part) assert_non_null(strstr(text, part))
#define test_lacks(text, part) assert_null(strstr(text, part))

static inline struct nd_message *
test_mail(const void *ctx, const char *id, int64_t date_s, const char *subject,
          const char *name)
{
	struct nd_message *mail = x_new(ctx, struct nd_message);

	mail->id = id;
	mail->date_s = date_s;
	mail->subject = subject;
	mail->from = (struct nd_address){name, "someone@example.org"};
	mail->sender = mail->author = mail->from;
	mail->list_id = "";
	mail->flags = ND_MESSAGE_READ;
	if (date_s >= TEST_SINCE_S)
		mail->flags |= ND_MESSAGE_NEW;
	return mail;
}

/* Without a name, the item goes on where the one before it was. */
static inline struct nd_item *
test_item(struct nd_summary *summary, enum nd_zone zone, const char *who,
          const char *text, int32_t source)
{
	struct nd_item_list *list = &summary->zone[zone];
	struct nd_item *item = x_append(summary, list->item, list->count);

	item->who = who;
	if (!who && list->count > 1) {
		item->who = item[-1].who;
		item->join = item[-1].source[0] == source ? ND_JOIN_NEXT
		                                          : ND_JOIN_NONE;
	}
	item->text = text;
	item->source[0] = source;
	item->source_count = 1;
	return item;
}

static inline struct nd_summary *
test_summary(const void *ctx)
{
	struct nd_summary *summary = x_new(ctx, struct nd_summary);

	summary->engine = "extract";
	summary->language = "en";
	summary->gist = "arm64: Fix the thing";
	test_item(summary, ND_ZONE_BACKGROUND, "Ann Author",
	          "This series fixes the thing in kvm_arm_foo.", 0);
	test_item(summary, ND_ZONE_EARLIER, "Rob Reviewer",
	          "I do not like patch 2.", 1);
	test_item(summary, ND_ZONE_NEW, "Ann Author",
	          "I will respin it next week.", 2);
	test_item(summary, ND_ZONE_DECISION, "Max Maintainer",
	          "Applied to kvmarm/next.", 3);
	test_item(summary, ND_ZONE_QUESTION, "Rob Reviewer",
	          "What about 32 bit?", 4);
	return summary;
}

static inline struct nd_series *
test_series(const void *ctx)
{
	struct nd_series *series = x_new(ctx, struct nd_series);

	series->version = 3;
	series->total = 2;
	series->title = "arm64: Fix the thing";
	series->author = (struct nd_address){"Ann Author", "ann@example.org"};
	series->patch = x_array(series, int32_t, 2);
	series->patch[0] = 1;
	series->patch[1] = ND_NO_MESSAGE;
	*x_append(series, series->prior, series->prior_count) =
		(struct nd_series_link){.version = 2,
	                                .root_id = "v2@example.org",
	                                .reason = ND_LINK_TITLE,
	                                .confidence = 93};
	*x_append(series, series->prior, series->prior_count) =
		(struct nd_series_link){.version = 1,
	                                .rfc = true,
	                                .reason = ND_LINK_MENTION,
	                                .confidence = 60};
	*x_append(series, series->change, series->change_count) =
		(struct nd_change){2, 3, "- rebased\n- more"};
	return series;
}

static inline void
test_give(struct nd_thread *thread, const char *type, const char *name,
          int number)
{
	struct nd_trailer *trailer =
		x_append(thread, thread->trailer, thread->trailer_count);

	trailer->type = type;
	trailer->who = (struct nd_address){name, "giver@example.org"};
	trailer->message = 1;
	trailer->number = number;
	trailer->total = 2;
}

/* Applied by the mail before the last; the last one asks. */
static inline void
test_settle(struct nd_thread *thread)
{
	static const char *commit[] = {"67c6bb56b649"};
	struct nd_event *event =
		x_append(thread, thread->event, thread->event_count);
	struct nd_open_question *open = x_append(thread, thread->open_question,
	                                         thread->open_question_count);
	struct nd_for_you *you =
		x_append(thread, thread->for_you, thread->for_you_count);
	struct nd_applied *applied = x_new(thread, struct nd_applied);

	*event = (struct nd_event){
		.type = ND_EVENT_APPLIED,
		.message = 3,
		.about = 0,
		.answers = ND_NO_MESSAGE,
		.who = thread->message[3]->from,
		.text = "Applied to kvmarm/next.",
	};
	*open = (struct nd_open_question){
		.message = 4,
		.asker = "Rob Reviewer",
		.sentence = "What about 32 bit?",
	};
	*you = (struct nd_for_you){ND_FOR_YOU_QUESTION, 4, false, 1};
	applied->tree = "kvmarm/next";
	applied->by = "Max Maintainer";
	applied->commit = commit;
	applied->commit_count = 1;
	applied->message = 3;
	thread->applied = applied;
	thread->state = ND_STATE_APPLIED;
	*(int32_t *)x_append(thread, thread->state_evidence,
	                     thread->state_evidence_count) = 3;
}

static inline struct nd_thread *
test_thread(const void *ctx)
{
	static const char subject[] =
		"[kvmtool PATCH v3 0/2] arm64: Fix the thing";
	static const char reply[] =
		"Re: [kvmtool PATCH v3 0/2] arm64: Fix the thing";
	struct nd_thread *thread = x_new(ctx, struct nd_thread);
	const int64_t day = TEST_DAY_S;
	struct nd_message *mail[] = {
		test_mail(thread, "0@example.org", TEST_SINCE_S - 100 * day,
	                  subject, "Ann Author"),
		test_mail(thread, "1@example.org", TEST_SINCE_S - 3 * day,
	                  reply, "Rob Reviewer"),
		test_mail(thread, "2@example.org", TEST_SINCE_S + 3661, reply,
	                  "Ann Author"),
		test_mail(thread, "3@example.org", TEST_SINCE_S + day, reply,
	                  "Max Maintainer"),
		test_mail(thread, "4@example.org", TEST_SINCE_S + 2 * day,
	                  reply, "Rob Reviewer"),
	};

	thread->id = "000000000000002a";
	for (size_t i = 0; i < sizeof mail / sizeof *mail; i++)
		*x_append(thread, thread->message, thread->message_count) =
			mail[i];
	thread->counts = (struct nd_counts){.total = 5,
	                                    .new_messages = 3,
	                                    .participants = 3,
	                                    .new_participants = 3};
	thread->category = ND_CATEGORY_PATCH;
	thread->kind = ND_KIND_SERIES;
	thread->project = "kvmtool";
	thread->series = test_series(thread);
	test_give(thread, "Reviewed-by", "Rob Reviewer", 1);
	test_give(thread, "Reviewed-by", "Rob Reviewer", 2);
	test_give(thread, "Acked-by", "Max Maintainer", 0);
	test_settle(thread);
	thread->summary = test_summary(thread);
	thread->coverage = (struct nd_coverage){5, 5, 1000, 909};
	return thread;
}

static inline void
test_add_thread(struct nd_report *report, struct nd_thread *thread)
{
	unsigned count = thread->counts.new_messages;

	*x_append(report, report->thread, report->thread_count) = thread;
	report->thread_total++;
	report->messages += count;
	report->large_threads += count > report->large;
	for (size_t i = 0; i < report->category_count; i++) {
		struct nd_category_row *row = &report->category[i];

		if (row->name != nd_thread_category(thread))
			continue;
		row->threads++;
		row->messages += count;
	}
}

/* A report without threads: a quiet week. */
static inline struct nd_report *
test_empty_report(const void *ctx)
{
	static const enum nd_category order[] = {
		ND_CATEGORY_PATCH, ND_CATEGORY_RFC, ND_CATEGORY_PULL,
		ND_CATEGORY_OTHER};
	struct nd_report *report = x_new(ctx, struct nd_report);

	setenv("TZ", "UTC", 1);
	tzset();
	report->window.since_s = TEST_SINCE_S;
	report->window.until_s = TEST_SINCE_S + 7 * TEST_DAY_S;
	report->window.now_s = report->window.until_s;
	report->generated_s = report->window.now_s;
	report->query = "*";
	report->list = "kvmarm";
	report->engine = "extract";
	report->large = 20;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		x_append(report, report->category, report->category_count)
			->name = nd_thread_category_name(order[i]);
	return report;
}

static inline struct nd_report *
test_report(const void *ctx)
{
	struct nd_report *report = test_empty_report(ctx);

	report->participants = 3;
	test_add_thread(report, test_thread(report));
	return report;
}

/* The thread of report told in parts: one in new, the same in decisions. */
static inline void
test_tell_in_parts(const struct nd_report *report, const char *title)
{
	struct nd_summary *summary = report->thread[0]->summary;
	struct nd_subthread *tree = x_new(summary, struct nd_subthread);
	struct nd_item_list *list = &summary->zone[ND_ZONE_NEW];

	tree->mail = 2;
	tree->label = "[2/2]";
	tree->title = title;
	tree->messages = 5;
	tree->outcome = ND_OUTCOME_TAGGED;
	tree->tag = "Acked-by";
	tree->by = "Rob Reviewer";
	list->item[0].subthread = tree;
	summary->zone[ND_ZONE_DECISION].item[0].subthread = tree;
	/* More of the same part, by the same mail and by another one. */
	test_item(summary, ND_ZONE_NEW, NULL, "It is late.", 4)->subthread =
		tree;
	test_item(summary, ND_ZONE_NEW, "Max Maintainer", "No hurry.", 3)
		->subthread = tree;
	list->more_subthreads = 7;
	list->more_messages = 9;
}

/* As pipeline/report.c does before a report is printed. */
static inline void
test_front(const struct nd_report *report)
{
	const struct nd_user nobody = {.name = ""};

	nd_front_make((struct nd_report *)report, &nobody);
}

static inline const char *
test_render(const void *ctx, const struct nd_report *report,
            enum nd_format format, const char *language)
{
	struct nd_render_options options = {.mails = ND_MAILS_NEW, .width = 80};
	struct nd_buf *out = nd_buf_new(ctx, 1u << 20);

	assert_int_equal(nd_i18n_open(out, language, &options.i18n, NULL),
	                 ND_OK);
	test_front(report);
	nd_render_report(report, format, &options, out);
	return out->data;
}

#endif
