/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/seriesjson.h"

#include "render/jsonfact.h"
#include "util/alloc.h"
#include "util/json.h"

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
	nd_jsonfact_series(json, thread, series);
	if (row->stated)
		nd_json_set_text(json, "state",
		                 nd_standing_state_name(thread->state));
	else
		nd_json_set_text(json, "state",
		                 series->next ? nd_standing_state_name(
							ND_STATE_SUPERSEDED)
		                              : NULL);
	if (row->stated)
		nd_jsonfact_applied(json, thread);
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
	nd_jsonfact_time(json, "last_mail", row->last_s);
	set_patchwork(json, root->patchwork);
	if (series->cover)
		nd_json_set_text(json, "cover", series->cover);
}

void
nd_seriesjson_list(const struct nd_report *report,
                   const struct nd_seriesrow_list *rows, struct nd_buf *out)
{
	struct nd_json *json = nd_json_object_new(NULL), *part;

	nd_json_set_text(json, "schema", ND_JSONFACT_SCHEMA);
	nd_jsonfact_time(json, "generated", report->generated_s);
	part = nd_json_set_object(json, "window");
	nd_jsonfact_time(part, "since", report->window.since_s);
	nd_jsonfact_time(part, "until", report->window.until_s);
	nd_json_set_text(json, "query", report->query);
	part = nd_json_set_array(json, "series");
	for (size_t i = 0; i < rows->count; i++)
		fill_row(nd_json_add_object(part), &rows->row[i]);
	nd_json_write(json, out);
	nd_buf_addc(out, '\n');
	talloc_free(json);
}
