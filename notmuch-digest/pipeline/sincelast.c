/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/sincelast.h"

#include "agenda/front.h"
#include "agenda/sincelast.h"
#include "pipeline/deliver.h"
#include "util/alloc.h"

enum nd_status
nd_sincelast_begin(struct nd_app *app, struct nd_report_request *how,
                   struct nd_delivered *last)
{
	enum nd_status st =
		nd_deliver_last(app, how->query, how->flags & ND_REPORT_FOR_ME,
	                        how->window.until_s, last);

	if (st == ND_OK && last->id)
		how->window.since_s = last->until_s;
	return st;
}

static bool
has_history(const struct nd_thread *thread, int64_t since_s)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->date_s < since_s)
			return true;
	return false;
}

enum nd_status
nd_sincelast_compare(struct nd_app *app, const struct nd_report_request *how,
                     const struct nd_delivered *last, struct nd_report *report)
{
	const struct nd_front *front = report->front;
	int64_t since_s = how->window.since_s;
	const char **id = x_array(report, const char *, front->order_count + 1);
	struct nd_report_request then = {
		.query = how->query,
		.thread_id = id,
		.window = {.until_s = since_s, .now_s = since_s},
		.large = how->large,
		.jobs = how->jobs,
		.progress = "never",
		.user = how->user,
		.flags = ND_REPORT_WHOLE | ND_REPORT_FACTS,
	};
	struct nd_report *before;
	enum nd_status st;

	for (size_t i = 0; i < front->order_count; i++)
		if (has_history(front->order[i], since_s))
			id[then.thread_count++] = front->order[i]->id;
	st = nd_report_gather(app, &then, &before);
	if (st != ND_OK)
		return st;
	nd_sincelast_make(report, before, last->id);
	talloc_free(before);
	return ND_OK;
}
