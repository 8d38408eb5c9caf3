/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/summaryjson.h"

static void
add_item(struct nd_json *list, const struct nd_thread *thread,
         const struct nd_item *item)
{
	struct nd_json *json = nd_json_add_object(list);
	struct nd_json *sources;

	nd_json_set_text(json, "text", nd_summary_item_text(json, item));
	if (item->fact)
		nd_json_set_bool(json, "fact", true);
	if (item->quoted)
		nd_json_set_bool(json, "quoted", true);
	if (item->quote)
		nd_json_set_text(json, "quote", item->quote);
	if (item->verbatim)
		nd_json_set_bool(json, "verbatim", true);
	if (item->act) {
		nd_json_set_text(json, "by", item->by);
		nd_json_set_text(json, "act", item->act);
		if (item->patch > 0)
			nd_json_set_int(json, "patch", item->patch);
	}
	if (item->subthread)
		nd_json_set_text(json, "subtree",
		                 thread->message[item->subthread->mail]->id);
	sources = nd_json_set_array(json, "sources");
	for (size_t j = 0; j < item->source_count; j++)
		nd_json_add_text(sources, thread->message[item->source[j]]->id);
}

/* Where an open question that the summary quotes was asked. */
static enum nd_zone
zone_of_question(const struct nd_thread *thread, const struct nd_item *item)
{
	bool asks_first = true;

	for (size_t j = 0; j < item->source_count; j++) {
		if (item->source[j] == thread->root)
			continue;
		asks_first = false;
		if (thread->message[item->source[j]]->flags & ND_MESSAGE_NEW)
			return ND_ZONE_NEW;
	}
	return asks_first ? ND_ZONE_BACKGROUND : ND_ZONE_EARLIER;
}

static void
set_items(struct nd_json *object, const struct nd_thread *thread,
          enum nd_zone zone)
{
	const struct nd_summary *summary = thread->summary;
	const struct nd_item_list *items = &summary->zone[zone];
	const struct nd_item_list *questions = &summary->zone[ND_ZONE_QUESTION];
	struct nd_json *list =
		nd_json_set_array(object, nd_summary_zone_name(zone));

	for (size_t i = 0; i < items->count; i++)
		add_item(list, thread, &items->item[i]);
	for (size_t i = 0; i < questions->count; i++)
		if (zone_of_question(thread, &questions->item[i]) == zone)
			add_item(list, thread, &questions->item[i]);
}

static void
add_subthread(struct nd_json *list, const struct nd_thread *thread,
              enum nd_zone zone, const struct nd_subthread *tree)
{
	struct nd_json *json = nd_json_add_object(list);

	nd_json_set_text(json, "id", thread->message[tree->mail]->id);
	nd_json_set_text(json, "zone", nd_summary_zone_name(zone));
	nd_json_set_text(json, "title", tree->title);
	nd_json_set_text(json, "begun_by", tree->who);
	nd_json_set_int(json, "messages", tree->messages);
	nd_json_set_text(json, "outcome",
	                 nd_summary_outcome_name(tree->outcome));
	nd_json_set_text(json, "tag", tree->tag);
	nd_json_set_text(json, "by", tree->by && *tree->by ? tree->by : NULL);
}

/* The parts that a zone of a big thread is told in. */
static void
add_subthreads(struct nd_json *list, const struct nd_thread *thread,
               enum nd_zone zone)
{
	const struct nd_item_list *items = &thread->summary->zone[zone];
	const struct nd_subthread *last = NULL;

	for (size_t i = 0; i < items->count; i++) {
		const struct nd_subthread *tree = items->item[i].subthread;

		if (tree && tree != last)
			add_subthread(list, thread, zone, tree);
		if (tree)
			last = tree;
	}
	for (size_t i = 0; i < items->rest_count; i++)
		add_subthread(list, thread, zone, items->rest[i]);
}

/* Nothing for a thread that is told as one. */
static void
set_subthreads(struct nd_json *object, const struct nd_thread *thread)
{
	const struct nd_item_list *zone = thread->summary->zone;
	unsigned more = 0, messages = 0;
	bool told = false;
	struct nd_json *json;

	for (int i = 0; i < ND_ZONE_COUNT; i++) {
		more += zone[i].more_subthreads;
		messages += zone[i].more_messages;
		told |= zone[i].rest_count > 0;
		for (size_t k = 0; k < zone[i].count; k++)
			told |= zone[i].item[k].subthread != NULL;
	}
	if (!told && more == 0)
		return;
	json = nd_json_set_array(object, "subtrees");
	add_subthreads(json, thread, ND_ZONE_EARLIER);
	add_subthreads(json, thread, ND_ZONE_NEW);
	add_subthreads(json, thread, ND_ZONE_DECISION);
	json = nd_json_set_object(object, "more_subtrees");
	nd_json_set_int(json, "count", more);
	nd_json_set_int(json, "messages", messages);
}

/* Zones that hold excerpts though a model wrote the summary. */
static void
set_excerpts(struct nd_json *object, const struct nd_summary *summary)
{
	struct nd_json *list = nd_json_set_array(object, "excerpts");

	for (enum nd_zone zone = 0; zone < ND_ZONE_COUNT; zone++)
		if (summary->zone[zone].extracted)
			nd_json_add_text(list, nd_summary_zone_name(zone));
}

void
nd_summaryjson_set(struct nd_json *object, const struct nd_thread *thread)
{
	const struct nd_summary *summary = thread->summary;
	struct nd_json *json;

	if (!summary) {
		nd_json_set_text(object, "summary", NULL);
		return;
	}
	json = nd_json_set_object(object, "summary");
	nd_json_set_text(json, "engine", summary->engine);
	nd_json_set_text(json, "model", summary->model);
	nd_json_set_text(json, "language", summary->language);
	nd_json_set_text(json, "topic", summary->gist);
	set_items(json, thread, ND_ZONE_BACKGROUND);
	set_items(json, thread, ND_ZONE_EARLIER);
	set_items(json, thread, ND_ZONE_NEW);
	set_items(json, thread, ND_ZONE_DECISION);
	set_subthreads(json, thread);
	nd_json_set_int(json, "dropped", summary->dropped);
	if (summary->model)
		set_excerpts(json, summary);
}
