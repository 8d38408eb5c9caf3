/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/reportjson.h"

#include "agenda/carried.h"
#include "render/jsonfact.h"
#include "render/threadjson.h"
#include "util/alloc.h"
#include "util/json.h"
#include "words/frontline.h"
#include "words/sinceline.h"

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

	nd_json_set_text(json, "schema", ND_JSONFACT_SCHEMA);
	nd_jsonfact_time(json, "generated", report->generated_s);
	part = nd_json_set_object(json, "window");
	nd_jsonfact_time(part, "since", report->window.since_s);
	nd_jsonfact_time(part, "until", report->window.until_s);
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
	nd_json_set_text(json, "id",
	                 nd_jsonfact_id(line->thread, line->message));
	nd_json_set_text(json, "text", nd_frontline_text(json, labels, line));
	nd_json_set_text(json, "who", nd_frontline_who(json, line));
	nd_jsonfact_time(json, "since", line->since_s);
	if (line->owed.thread)
		nd_json_set_text(json, "why",
		                 nd_obligation_why_name(line->owed.why));
	if (line->list == ND_FRONT_DEADLINES)
		nd_jsonfact_time(json, "until", line->thread->deadline->day_s);
}

static void
fill_owed(struct nd_json *json, const struct nd_labels *labels,
          const struct nd_obligation *one)
{
	const struct nd_thread *thread = one->thread;

	nd_json_set_text(json, "root_id", nd_thread_root(thread)->id);
	nd_json_set_text(json, "id", nd_jsonfact_id(thread, one->message));
	nd_json_set_text(json, "list", nd_obligation_list_name(one->list));
	nd_json_set_text(json, "why", nd_obligation_why_name(one->why));
	nd_json_set_text(json, "text", nd_frontline_owed(json, labels, one));
	nd_json_set_text(json, "who", one->name);
	nd_jsonfact_time(json, "since", one->since_s);
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
		nd_jsonfact_time(item, "closed", one->closed_s);
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
	nd_json_set_text(json, "id", nd_jsonfact_id(thread, line->message));
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
		nd_threadjson_write(report, report->thread[i], out);
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
