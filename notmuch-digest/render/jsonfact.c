/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/jsonfact.h"

#include "util/alloc.h"
#include "util/time.h"

void
nd_jsonfact_time(struct nd_json *object, const char *key, int64_t time_s)
{
	const char *text = NULL;

	if (time_s > 0)
		text = nd_time_iso(object, time_s);
	nd_json_set_text(object, key, text);
}

/* "Name <user@host>", or what of it there is. */
void
nd_jsonfact_address(struct nd_json *object, const char *key,
                    const struct nd_address *who)
{
	const char *text = *who->addr ? who->addr : who->name;

	if (*who->addr && *who->name)
		text = x_asprintf(object, "%s <%s>", who->name, who->addr);
	nd_json_set_text(object, key, text);
}

const char *
nd_jsonfact_id(const struct nd_thread *thread, int32_t message)
{
	return thread->message[message]->id;
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

void
nd_jsonfact_series(struct nd_json *json, const struct nd_thread *thread,
                   const struct nd_series *series)
{
	struct nd_json *prior;

	nd_json_set_int(json, "version", series->version);
	nd_json_set_int(json, "total", series->total);
	nd_jsonfact_address(json, "author", &series->author);
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

void
nd_jsonfact_applied(struct nd_json *object, const struct nd_thread *thread)
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
	nd_json_set_text(json, "given_in",
	                 nd_jsonfact_id(thread, applied->message));
}
