/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/threadjson.h"

#include <stdio.h>
#include <stdlib.h>

#include "render/jsonfact.h"
#include "render/summaryjson.h"
#include "util/alloc.h"
#include "words/facts.h"

enum { MINUTE_S = 60 };

static void
set_counts(struct nd_json *object, const struct nd_counts *counts)
{
	struct nd_json *json = nd_json_set_object(object, "counts");

	nd_json_set_int(json, "total", counts->total);
	nd_json_set_int(json, "new", counts->new_messages);
	nd_json_set_int(json, "participants", counts->participants);
	nd_json_set_int(json, "new_participants", counts->new_participants);
}

static void
set_series(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *more;

	if (thread->series)
		nd_jsonfact_series(nd_json_set_object(object, "series"), thread,
		                   thread->series);
	else
		nd_json_set_text(object, "series", NULL);
	more = nd_json_set_array(object, "more_series");
	for (size_t i = 0; i < thread->more_series_count; i++)
		nd_jsonfact_series(nd_json_add_object(more), thread,
		                   thread->more_series[i]);
}

static void
set_trailers(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "trailers");

	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *trailer = &thread->trailer[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "type", trailer->type);
		nd_jsonfact_address(json, "who", &trailer->who);
		nd_json_set_text(json, "given_in",
		                 thread->message[trailer->message]->id);
		nd_json_set_text(json, "applies_to",
		                 nd_facts_applies_to(json, trailer));
		nd_json_set_text(json, "condition", trailer->condition);
	}
}

static void
set_attention(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "attention");

	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_jsonfact_address(json, "who", &one->who);
		nd_json_set_text(json, "why",
		                 nd_standing_attention_name(one->why));
		nd_jsonfact_time(json, "since", one->since_s);
		nd_json_set_text(json, "id",
		                 nd_jsonfact_id(thread, one->message));
		nd_json_set_text(json, "pinged",
		                 one->pinged == ND_NO_MESSAGE
		                         ? NULL
		                         : nd_jsonfact_id(thread, one->pinged));
	}
}

/* The newer version proves it that lies in another thread. */
static void
set_state(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list;

	nd_json_set_text(object, "state",
	                 nd_standing_state_name(thread->state));
	nd_json_set_bool(object, "stalled", thread->stalled);
	list = nd_json_set_array(object, "state_evidence");
	for (size_t i = 0; i < thread->state_evidence_count; i++)
		nd_json_add_text(
			list,
			nd_jsonfact_id(thread, thread->state_evidence[i]));
	if (thread->state == ND_STATE_SUPERSEDED && thread->series &&
	    thread->series->next && thread->series->next->root_id)
		nd_json_add_text(list, thread->series->next->root_id);
	nd_json_set_text(object, "waiting_for", thread->waiting_for);
	set_attention(object, thread);
}

static void
set_events(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "events");

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "type", nd_event_name(event->type));
		nd_json_set_text(json, "id",
		                 nd_jsonfact_id(thread, event->message));
		nd_jsonfact_address(json, "who", &event->who);
		nd_jsonfact_time(
			json, "date",
			nd_message_day_s(thread->message[event->message]));
		if (event->type == ND_EVENT_TEST_RESULT)
			nd_json_set_bool(json, "failed",
			                 event->flags & ND_EVENT_FAILED);
		nd_json_set_text(json, "text", event->text);
		if (event->url)
			nd_json_set_text(json, "url", event->url);
		if (event->about != ND_NO_MESSAGE)
			nd_json_set_text(json, "about",
			                 nd_jsonfact_id(thread, event->about));
		if (event->answers != ND_NO_MESSAGE)
			nd_json_set_text(
				json, "answers",
				nd_jsonfact_id(thread, event->answers));
	}
}

static void
set_questions(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "open_questions");

	for (size_t i = 0; i < thread->open_question_count; i++) {
		const struct nd_open_question *open = &thread->open_question[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "id",
		                 nd_jsonfact_id(thread, open->message));
		nd_json_set_text(json, "asker", open->asker);
		nd_json_set_text(json, "asked", open->asked);
		nd_json_set_text(json, "sentence", open->sentence);
	}
}

static void
set_for_you(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "for_you");

	for (size_t i = 0; i < thread->for_you_count; i++) {
		const struct nd_for_you *one = &thread->for_you[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "why",
		                 nd_standing_for_you_name(one->why));
		nd_json_set_text(json, "id",
		                 nd_jsonfact_id(thread, one->message));
		nd_json_set_bool(json, "turn", one->turn);
		nd_json_set_int(json, "mails", one->mails);
	}
}

static void
set_coverage(struct nd_json *object, const struct nd_coverage *coverage)
{
	struct nd_json *json = nd_json_set_object(object, "coverage");

	nd_json_set_int(json, "messages", coverage->messages);
	nd_json_set_int(json, "read", coverage->read);
	nd_json_set_int(json, "bytes", (int64_t)coverage->bytes);
	nd_json_set_int(json, "bytes_read", (int64_t)coverage->bytes_read);
}

/* Who wrote it, when that was not a person. */
static const char *
writer(const struct nd_message *mail)
{
	if (mail->flags & ND_MESSAGE_AI)
		return "ai-reviewer";
	if (mail->flags & ND_MESSAGE_RESPONDER)
		return "responder";
	return nd_message_is_person(mail) ? "person" : "program";
}

static void
set_messages(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "messages");

	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "id", mail->id);
		nd_json_set_text(json, "link", mail->link);
		nd_jsonfact_time(json, "date", nd_message_day_s(mail));
		/* Seconds only keep an order. */
		if (mail->written_s != 0 &&
		    llabs(mail->written_s - mail->date_s) >= MINUTE_S)
			nd_jsonfact_time(json, "written", mail->written_s);
		nd_json_set_text(json, "subject", mail->subject);
		nd_jsonfact_address(json, "from", &mail->sender);
		nd_json_set_bool(json, "new", mail->flags & ND_MESSAGE_NEW);
		nd_json_set_text(json, "writer", writer(mail));
	}
}

static void
set_tags(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "tags");

	for (size_t i = 0; i < thread->tag_count; i++)
		nd_json_add_text(list, thread->tag[i]);
}

/* Only when it was asked for. */
static void
set_heard(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list;

	if (thread->heard_count == 0)
		return;
	list = nd_json_set_array(object, "heard");
	for (size_t i = 0; i < thread->heard_count; i++) {
		const struct nd_heard *heard = &thread->heard[i];
		struct nd_json *json = nd_json_add_object(list), *reasons;

		nd_json_set_text(json, "id",
		                 nd_jsonfact_id(thread, heard->message));
		nd_json_set_text(json, "act", heard->act);
		nd_json_set_text(json, "sentence", heard->sentence);
		nd_json_set_int(json, "percent",
		                (int64_t)(100 * heard->probability + 0.5));
		reasons = nd_json_set_array(json, "reasons");
		for (size_t k = 0; k < heard->reason_count; k++) {
			struct nd_json *one = nd_json_add_object(reasons);
			char weight[32];

			snprintf(weight, sizeof weight, "%+.2f",
			         heard->reason[k].weight);
			nd_json_set_text(one, "what", heard->reason[k].what);
			nd_json_set_text(one, "weight", weight);
		}
	}
}

/* The thread in whose entry it is told; not one that --limit leaves out. */
static const struct nd_thread *
entry_of(const struct nd_report *report, const struct nd_thread *thread)
{
	const struct nd_thread *entry = thread->family.entry;

	if (!entry || !report || report->thread_count == report->thread_total)
		return entry ? entry : thread;
	for (size_t i = 0; i < report->thread_count; i++)
		if (report->thread[i] == entry)
			return entry;
	return thread;
}

void
nd_threadjson_write(const struct nd_report *report,
                    const struct nd_thread *thread, struct nd_buf *out)
{
	const struct nd_message *root = nd_thread_root(thread);
	struct nd_json *json = nd_json_object_new(NULL);

	nd_json_set_text(json, "root_id", root->id);
	nd_json_set_text(json, "thread_id", thread->id);
	nd_json_set_text(json, "family",
	                 nd_thread_root(entry_of(report, thread))->id);
	nd_json_set_text(json, "link", root->link);
	nd_json_set_text(json, "subject", root->subject);
	nd_json_set_text(json, "list", thread->list);
	nd_json_set_text(json, "category", nd_thread_category(thread));
	nd_json_set_text(json, "kind", nd_thread_kind_name(thread->kind));
	nd_json_set_text(json, "project", thread->project);
	nd_jsonfact_time(json, "started", nd_message_day_s(root));
	nd_json_set_bool(json, "encrypted", thread->encrypted);
	set_counts(json, &thread->counts);
	set_series(json, thread);
	set_trailers(json, thread);
	set_state(json, thread);
	nd_jsonfact_applied(json, thread);
	set_events(json, thread);
	set_heard(json, thread);
	set_questions(json, thread);
	set_for_you(json, thread);
	set_tags(json, thread);
	nd_summaryjson_set(json, thread);
	set_coverage(json, &thread->coverage);
	set_messages(json, thread);
	nd_json_write(json, out);
	talloc_free(json);
}

void
nd_threadjson_line(const struct nd_thread *thread, struct nd_buf *out)
{
	nd_threadjson_write(NULL, thread, out);
	nd_buf_addc(out, '\n');
}
