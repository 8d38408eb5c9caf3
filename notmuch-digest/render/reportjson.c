/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/reportjson.h"

#include <stdio.h>
#include <stdlib.h>

#include "agenda/carried.h"
#include "render/summaryjson.h"
#include "util/alloc.h"
#include "util/json.h"
#include "util/time.h"
#include "words/facts.h"
#include "words/frontline.h"
#include "words/sinceline.h"

#define SCHEMA "notmuch-digest/1"

enum { MINUTE_S = 60 };

static void
set_time(struct nd_json *object, const char *key, int64_t time_s)
{
	const char *text = NULL;

	if (time_s > 0)
		text = nd_time_iso(object, time_s);
	nd_json_set_text(object, key, text);
}

/* "Name <user@host>", or what of it there is. */
static void
set_address(struct nd_json *object, const char *key,
            const struct nd_address *who)
{
	const char *text = *who->addr ? who->addr : who->name;

	if (*who->addr && *who->name)
		text = x_asprintf(object, "%s <%s>", who->name, who->addr);
	nd_json_set_text(object, key, text);
}

/* ---- one thread ---------------------------------------------------------- */

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
set_link(struct nd_json *json, const struct nd_series_link *link)
{
	nd_json_set_int(json, "version", link->version);
	nd_json_set_text(json, "root_id", link->root_id);
	nd_json_set_bool(json, "rfc", link->rfc);
	nd_json_set_text(json, "reason",
	                 nd_series_link_reason_name(link->reason));
	nd_json_set_int(json, "confidence", link->confidence);
}

static void
set_changes(struct nd_json *json, const struct nd_series *series)
{
	struct nd_json *list = nd_json_set_array(json, "changes");

	for (size_t i = 0; i < series->change_count; i++) {
		const struct nd_change *change = &series->change[i];
		struct nd_json *entry = nd_json_add_object(list);

		if (change->from > 0)
			nd_json_set_int(entry, "from", change->from);
		else
			nd_json_set_text(entry, "from", NULL);
		nd_json_set_int(entry, "to", change->to);
		nd_json_set_text(entry, "text", change->text);
	}
}

static void
fill_series(struct nd_json *json, const struct nd_thread *thread,
            const struct nd_series *series)
{
	struct nd_json *prior;

	nd_json_set_int(json, "version", series->version);
	nd_json_set_int(json, "total", series->total);
	set_address(json, "author", &series->author);
	nd_json_set_text(json, "root_subject",
	                 thread->message[series->root]->subject);
	prior = nd_json_set_array(json, "prior_versions");
	for (size_t i = 0; i < series->prior_count; i++)
		set_link(nd_json_add_object(prior), &series->prior[i]);
	if (series->more_prior > 0)
		nd_json_set_int(json, "more_versions",
		                (int64_t)series->more_prior);
	if (series->next)
		set_link(nd_json_set_object(json, "next_version"),
		         series->next);
	else
		nd_json_set_text(json, "next_version", NULL);
	nd_json_set_bool(json, "rfc", series->rfc);
	set_changes(json, series);
}

static void
set_series(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *more;

	if (thread->series)
		fill_series(nd_json_set_object(object, "series"), thread,
		            thread->series);
	else
		nd_json_set_text(object, "series", NULL);
	more = nd_json_set_array(object, "more_series");
	for (size_t i = 0; i < thread->more_series_count; i++)
		fill_series(nd_json_add_object(more), thread,
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
		set_address(json, "who", &trailer->who);
		nd_json_set_text(json, "given_in",
		                 thread->message[trailer->message]->id);
		nd_json_set_text(json, "applies_to",
		                 nd_facts_applies_to(json, trailer));
		nd_json_set_text(json, "condition", trailer->condition);
	}
}

/* ---- the ledger ---------------------------------------------------------- */

static const char *
id_of(const struct nd_thread *thread, int32_t message)
{
	return thread->message[message]->id;
}

static void
set_attention(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "attention");

	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];
		struct nd_json *json = nd_json_add_object(list);

		set_address(json, "who", &one->who);
		nd_json_set_text(json, "why",
		                 nd_standing_attention_name(one->why));
		set_time(json, "since", one->since_s);
		nd_json_set_text(json, "id", id_of(thread, one->message));
		nd_json_set_text(json, "pinged",
		                 one->pinged == ND_NO_MESSAGE
		                         ? NULL
		                         : id_of(thread, one->pinged));
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
		nd_json_add_text(list,
		                 id_of(thread, thread->state_evidence[i]));
	if (thread->state == ND_STATE_SUPERSEDED && thread->series &&
	    thread->series->next && thread->series->next->root_id)
		nd_json_add_text(list, thread->series->next->root_id);
	nd_json_set_text(object, "waiting_for", thread->waiting_for);
	set_attention(object, thread);
}

static void
set_numbers(struct nd_json *json, const int *patch, size_t count)
{
	struct nd_json *list;

	if (count == 0) {
		nd_json_set_text(json, "patches", "all");
		return;
	}
	list = nd_json_set_array(json, "patches");
	for (size_t i = 0; i < count; i++)
		nd_json_add_int(list, patch[i]);
}

static void
set_applied(struct nd_json *object, const struct nd_thread *thread)
{
	const struct nd_applied *applied = thread->applied;
	struct nd_json *json, *list;

	if (!applied) {
		nd_json_set_text(object, "applied", NULL);
		return;
	}
	json = nd_json_set_object(object, "applied");
	nd_json_set_text(json, "tree", applied->tree);
	nd_json_set_text(json, "by", applied->by);
	list = nd_json_set_array(json, "commits");
	for (size_t i = 0; i < applied->commit_count; i++)
		nd_json_add_text(list, applied->commit[i]);
	set_numbers(json, applied->patch, applied->patch_count);
	if (applied->patch_count > 0 && applied->patch_total > 0)
		nd_json_set_int(json, "total", applied->patch_total);
	nd_json_set_text(json, "given_in", id_of(thread, applied->message));
}

static void
set_events(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "events");

	for (size_t i = 0; i < thread->event_count; i++) {
		const struct nd_event *event = &thread->event[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "type", nd_event_name(event->type));
		nd_json_set_text(json, "id", id_of(thread, event->message));
		set_address(json, "who", &event->who);
		set_time(json, "date",
		         nd_message_day_s(thread->message[event->message]));
		if (event->type == ND_EVENT_TEST_RESULT)
			nd_json_set_bool(json, "failed",
			                 event->flags & ND_EVENT_FAILED);
		nd_json_set_text(json, "text", event->text);
		if (event->url)
			nd_json_set_text(json, "url", event->url);
		if (event->about != ND_NO_MESSAGE)
			nd_json_set_text(json, "about",
			                 id_of(thread, event->about));
		if (event->answers != ND_NO_MESSAGE)
			nd_json_set_text(json, "answers",
			                 id_of(thread, event->answers));
	}
}

static void
set_questions(struct nd_json *object, const struct nd_thread *thread)
{
	struct nd_json *list = nd_json_set_array(object, "open_questions");

	for (size_t i = 0; i < thread->open_question_count; i++) {
		const struct nd_open_question *open = &thread->open_question[i];
		struct nd_json *json = nd_json_add_object(list);

		nd_json_set_text(json, "id", id_of(thread, open->message));
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
		nd_json_set_text(json, "id", id_of(thread, one->message));
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
		set_time(json, "date", nd_message_day_s(mail));
		/* Seconds only keep an order. */
		if (mail->written_s != 0 &&
		    llabs(mail->written_s - mail->date_s) >= MINUTE_S)
			set_time(json, "written", mail->written_s);
		nd_json_set_text(json, "subject", mail->subject);
		set_address(json, "from", &mail->sender);
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

		nd_json_set_text(json, "id", id_of(thread, heard->message));
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

/* report: the one it stands in; NULL: it is alone. */
static void
write_thread(const struct nd_report *report, const struct nd_thread *thread,
             struct nd_buf *out)
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
	set_time(json, "started", nd_message_day_s(root));
	nd_json_set_bool(json, "encrypted", thread->encrypted);
	set_counts(json, &thread->counts);
	set_series(json, thread);
	set_trailers(json, thread);
	set_state(json, thread);
	set_applied(json, thread);
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
nd_reportjson_thread(const struct nd_thread *thread, struct nd_buf *out)
{
	write_thread(NULL, thread, out);
	nd_buf_addc(out, '\n');
}

/* ---- the report ---------------------------------------------------------- */

/* Of the report, or of one of its lists. */
static void
set_section(struct nd_json *json, const struct nd_report_section *section)
{
	struct nd_json *part = nd_json_set_object(json, "totals");

	nd_json_set_int(part, "messages", section->messages);
	nd_json_set_int(part, "threads", (int64_t)section->thread_total);
	nd_json_set_int(part, "large_threads", section->large_threads);
	nd_json_set_int(part, "participants", section->participants);
	part = nd_json_set_array(json, "categories");
	for (size_t i = 0; i < section->category_count; i++) {
		const struct nd_category_row *row = &section->category[i];
		struct nd_json *entry = nd_json_add_object(part);

		nd_json_set_text(entry, "name", row->name);
		nd_json_set_int(entry, "threads", row->threads);
		nd_json_set_int(entry, "messages", row->messages);
	}
}

/* Everything that stands before the threads. */
static void
write_head(const struct nd_report *report, struct nd_buf *out)
{
	struct nd_report_section whole = nd_report_whole(report);
	struct nd_json *json = nd_json_object_new(NULL), *part;

	nd_json_set_text(json, "schema", SCHEMA);
	set_time(json, "generated", report->generated_s);
	part = nd_json_set_object(json, "window");
	set_time(part, "since", report->window.since_s);
	set_time(part, "until", report->window.until_s);
	nd_json_set_text(json, "query", report->query);
	nd_json_set_text(json, "engine", report->engine);
	set_section(json, &whole);
	nd_json_set_int(json, "muted_threads", report->muted);
	part = nd_json_set_array(json, "lists");
	for (size_t i = 0; i < report->section_count; i++) {
		struct nd_json *entry = nd_json_add_object(part);

		nd_json_set_text(entry, "name", report->section[i].list);
		set_section(entry, &report->section[i]);
	}
	nd_json_write(json, out);
	talloc_free(json);
}

static void
write_problems(const struct nd_report *report, struct nd_buf *out)
{
	struct nd_json *list = nd_json_array_new(NULL);

	for (size_t i = 0; i < report->problem_count; i++) {
		const struct nd_problem *problem = &report->problem[i];
		struct nd_json *json = nd_json_add_object(list);

		if (problem->id)
			nd_json_set_text(json, "id", problem->id);
		if (problem->file)
			nd_json_set_text(json, "file", problem->file);
		nd_json_set_text(json, "what", problem->what);
	}
	nd_json_write(list, out);
	talloc_free(list);
}

static void
fill_line(struct nd_json *json, const struct nd_labels *labels,
          const struct nd_front_line *line)
{
	nd_json_set_text(json, "root_id", nd_thread_root(line->thread)->id);
	nd_json_set_text(json, "id", id_of(line->thread, line->message));
	nd_json_set_text(json, "text", nd_frontline_text(json, labels, line));
	nd_json_set_text(json, "who", nd_frontline_who(json, line));
	set_time(json, "since", line->since_s);
	if (line->owed.thread)
		nd_json_set_text(json, "why",
		                 nd_obligation_why_name(line->owed.why));
	if (line->list == ND_FRONT_DEADLINES)
		set_time(json, "until", line->thread->deadline->day_s);
}

static void
fill_owed(struct nd_json *json, const struct nd_labels *labels,
          const struct nd_obligation *one)
{
	const struct nd_thread *thread = one->thread;

	nd_json_set_text(json, "root_id", nd_thread_root(thread)->id);
	nd_json_set_text(json, "id", id_of(thread, one->message));
	nd_json_set_text(json, "list", nd_obligation_list_name(one->list));
	nd_json_set_text(json, "why", nd_obligation_why_name(one->why));
	nd_json_set_text(json, "text", nd_frontline_owed(json, labels, one));
	nd_json_set_text(json, "who", one->name);
	set_time(json, "since", one->since_s);
	if (one->dismissed)
		nd_json_set_bool(json, "dismissed", true);
}

static void
set_open(struct nd_json *json, struct nd_json *counts,
         const struct nd_labels *labels)
{
	const struct nd_carried *carried = labels->report->carried;
	struct nd_json *open = nd_json_set_array(json, "open");
	struct nd_json *settled = nd_json_set_array(json, "settled");

	for (size_t i = 0; i < carried->open_count; i++)
		fill_owed(nd_json_add_object(open), labels, &carried->open[i]);
	for (size_t i = 0; i < carried->settled_count; i++) {
		const struct nd_obligation *one = &carried->settled[i];
		struct nd_json *item = nd_json_add_object(settled);

		fill_owed(item, labels, one);
		nd_json_set_text(item, "closed_by",
		                 one->lapsed ? NULL : one->closed_by);
		set_time(item, "closed", one->closed_s);
		if (one->lapsed)
			nd_json_set_bool(item, "lapsed", true);
	}
	nd_json_set_int(counts, "open", (int64_t)carried->open_count);
	nd_json_set_int(counts, "settled", (int64_t)carried->settled_count);
}

static void
write_front(const struct nd_labels *labels, struct nd_buf *out)
{
	const struct nd_front *front = labels->report->front;
	struct nd_json *json = nd_json_object_new(NULL), *counts;

	counts = nd_json_set_object(json, "counts");
	for (enum nd_front_list k = 0; k < ND_FRONT_LIST_COUNT; k++) {
		const char *name = nd_front_list_name(k);
		struct nd_json *list = nd_json_set_array(json, name);
		size_t count = front ? front->count[k] : 0;

		nd_json_set_int(counts, name, (int64_t)count);
		for (size_t i = 0; i < count; i++)
			fill_line(nd_json_add_object(list), labels,
			          &front->line[k][i]);
	}
	if (front)
		set_open(json, counts, labels);
	nd_json_write(json, out);
	talloc_free(json);
}

static void
fill_since(struct nd_json *json, const struct nd_labels *labels,
           const struct nd_sincelast_line *line)
{
	const struct nd_thread *thread = line->thread;
	const char *before = NULL;

	if (line->before != ND_STATE_COUNT)
		before = nd_standing_state_name(line->before);
	nd_json_set_text(json, "root_id", nd_thread_root(thread)->id);
	nd_json_set_text(json, "id", id_of(thread, line->message));
	nd_json_set_text(json, "before", before);
	nd_json_set_text(json, "state", nd_standing_state_name(thread->state));
	nd_json_set_text(json, "text", nd_sinceline_text(json, labels, line));
}

static void
write_since_last(const struct nd_labels *labels, struct nd_buf *out)
{
	const struct nd_sincelast *since = labels->report->since_last;
	struct nd_json *json = nd_json_object_new(NULL), *counts;

	nd_json_set_text(json, "previous", since->previous);
	counts = nd_json_set_object(json, "counts");
	for (enum nd_sincelast_list k = 0; k < ND_SINCELAST_LIST_COUNT; k++) {
		const char *name = nd_sincelast_list_name(k);
		struct nd_json *list = nd_json_set_array(json, name);

		nd_json_set_int(counts, name, (int64_t)since->count[k]);
		for (size_t i = 0; i < since->count[k]; i++)
			fill_since(nd_json_add_object(list), labels,
			           &since->line[k][i]);
	}
	nd_json_write(json, out);
	talloc_free(json);
}

/* One thread at a time: a large report is not held in memory as objects. */
void
nd_reportjson_report(const struct nd_labels *labels, struct nd_buf *out)
{
	const struct nd_report *report = labels->report;

	write_head(report, out);
	nd_buf_cut(out, out->len - 1); /* the brace; more members follow */
	nd_buf_adds(out, ",\n\"threads\":[");
	for (size_t i = 0; i < report->thread_count; i++) {
		nd_buf_adds(out, i > 0 ? ",\n" : "\n");
		write_thread(report, report->thread[i], out);
	}
	nd_buf_adds(out, "],\n\"front\":");
	write_front(labels, out);
	if (report->since_last) {
		nd_buf_adds(out, ",\n\"since_last\":");
		write_since_last(labels, out);
	}
	nd_buf_adds(out, ",\n\"problems\":");
	write_problems(report, out);
	nd_buf_addf(out, ",\n\"problem_count\":%zu}\n", report->problem_total);
}

/* ---- series -------------------------------------------------------------- */

static void
set_patchwork(struct nd_json *object, const struct nd_patchwork *patchwork)
{
	struct nd_json *json;

	if (!patchwork) {
		nd_json_set_text(object, "patchwork", NULL);
		return;
	}
	json = nd_json_set_object(object, "patchwork");
	nd_json_set_text(json, "id", patchwork->id);
	nd_json_set_text(json, "submitter", patchwork->submitter);
	nd_json_set_text(json, "state", patchwork->state);
	nd_json_set_text(json, "delegate", patchwork->delegate);
}

static void
fill_row(struct nd_json *json, const struct nd_series_row *row)
{
	const struct nd_thread *thread = row->thread;
	const struct nd_series *series = row->series;
	const struct nd_message *root = thread->message[series->root];
	struct nd_json *tags;

	nd_json_set_text(json, "id", root->id);
	nd_json_set_text(json, "link", root->link);
	nd_json_set_text(json, "root_id", nd_thread_root(thread)->id);
	nd_json_set_text(json, "project", series->project);
	fill_series(json, thread, series);
	if (row->stated)
		nd_json_set_text(json, "state",
		                 nd_standing_state_name(thread->state));
	else
		nd_json_set_text(json, "state",
		                 series->next ? nd_standing_state_name(
							ND_STATE_SUPERSEDED)
		                              : NULL);
	if (row->stated)
		set_applied(json, thread);
	else
		nd_json_set_text(json, "applied", NULL);
	nd_json_set_bool(json, "stalled", row->stated && thread->stalled);
	nd_json_set_text(json, "waiting_for",
	                 row->stated ? thread->waiting_for : NULL);
	nd_json_set_text(json, "turn", nd_seriesrow_turn_name(row->turn));
	nd_json_set_text(json, "turn_name", row->turn_name);
	nd_json_set_text(json, "family",
	                 nd_thread_root(thread->family.entry
	                                        ? thread->family.entry
	                                        : thread)
	                         ->id);
	tags = nd_json_set_object(json, "tags");
	nd_json_set_int(tags, "acked", row->acked);
	nd_json_set_int(tags, "reviewed", row->reviewed);
	nd_json_set_int(tags, "tested", row->tested);
	set_time(json, "last_mail", row->last_s);
	set_patchwork(json, root->patchwork);
	if (series->cover)
		nd_json_set_text(json, "cover", series->cover);
}

void
nd_reportjson_series_list(const struct nd_report *report,
                          const struct nd_seriesrow_list *rows,
                          struct nd_buf *out)
{
	struct nd_json *json = nd_json_object_new(NULL), *part;

	nd_json_set_text(json, "schema", SCHEMA);
	set_time(json, "generated", report->generated_s);
	part = nd_json_set_object(json, "window");
	set_time(part, "since", report->window.since_s);
	set_time(part, "until", report->window.until_s);
	nd_json_set_text(json, "query", report->query);
	part = nd_json_set_array(json, "series");
	for (size_t i = 0; i < rows->count; i++)
		fill_row(nd_json_add_object(part), &rows->row[i]);
	nd_json_write(json, out);
	nd_buf_addc(out, '\n');
	talloc_free(json);
}
