/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/marks.h"

#include "pipeline/order.h"
#include "store/index.h"
#include "util/alloc.h"

bool
nd_marks_has_new(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->flags & ND_MESSAGE_NEW)
			return true;
	return false;
}

/* Mails are new by their time, or because they are among matching. */
void
nd_marks_thread(struct nd_thread *thread, const struct nd_report_request *how,
                const struct nd_map *matching)
{
	for (size_t i = 0; i < thread->message_count; i++)
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	if (how->mark) {
		how->mark(how->mark_arg, thread);
		return;
	}
	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		if (matching ? nd_map_has(matching, message->id)
		             : message->date_s >= how->window.since_s)
			message->flags |= ND_MESSAGE_NEW;
	}
	/* A thread that is asked for by itself, all read: told as a whole. */
	if ((how->flags & ND_REPORT_WHOLE) && !nd_marks_has_new(thread))
		for (size_t i = 0; i < thread->message_count; i++)
			thread->message[i]->flags |= ND_MESSAGE_NEW;
}

enum nd_status
nd_marks_new(struct nd_app *app, const struct nd_report_request *how,
             struct nd_thread_list *list, struct nd_map **matching)
{
	*matching = NULL;
	if (how->new_query && !how->mark) {
		enum nd_status st = nd_threads_match(
			app, app->db, how->new_query, list, matching, app->err);
		if (st != ND_OK)
			return st;
	}
	for (size_t i = 0; i < list->count; i++)
		nd_marks_thread(list->thread[i], how, *matching);
	return ND_OK;
}

enum nd_status
nd_marks_categories(struct nd_app *app, struct nd_thread_list *list)
{
	const struct nd_settings *settings = app->settings;

	for (size_t i = 0; i < settings->category_count; i++) {
		struct nd_map *ids;
		enum nd_status st = nd_threads_match(
			app, app->db, settings->category[i].query, list, &ids,
			app->err);

		if (st != ND_OK)
			return st;
		for (size_t k = 0; k < list->count; k++)
			if (!list->thread[k]->user_category &&
			    nd_order_has_any(list->thread[k], ids))
				list->thread[k]->user_category =
					settings->category[i].name;
		talloc_free(ids);
	}
	return ND_OK;
}

enum nd_status
nd_marks_lists(struct nd_app *app, struct nd_thread_list *list,
               const struct nd_named_query *const *wanted, size_t count,
               const char **name)
{
	*name = "";
	for (size_t i = 0; i < count; i++) {
		size_t matching = 0;
		struct nd_map *ids;
		enum nd_status st = nd_threads_match(
			app, app->db, wanted[i]->query, list, &ids, app->err);

		if (st != ND_OK)
			return st;
		for (size_t k = 0; k < list->count; k++) {
			struct nd_thread *thread = list->thread[k];

			if (!nd_order_has_any(thread, ids))
				continue;
			matching++;
			if (!thread->list)
				thread->list = wanted[i]->name;
		}
		if (!**name && matching == list->count && matching > 0)
			*name = wanted[i]->name;
		talloc_free(ids);
	}
	return ND_OK;
}

/* The same flag for all mails whose ids are here. */
static void
mark_mails(struct nd_thread_list *list, const struct nd_map *ids, unsigned flag)
{
	for (size_t i = 0; i < list->count; i++)
		for (size_t k = 0; k < list->thread[i]->message_count; k++)
			if (nd_map_has(ids, list->thread[i]->message[k]->id))
				list->thread[i]->message[k]->flags |= flag;
}

enum nd_status
nd_marks_asked(struct nd_app *app, struct nd_thread_list *list)
{
	const char *off =
		x_asprintf(list, ND_QUERY_ASKED " and not tag:\"%s/me\"",
	                   app->settings->tag_prefix);
	struct nd_map *ids;
	enum nd_status st = nd_threads_match(app, app->db, ND_QUERY_ASKED, list,
	                                     &ids, app->err);

	if (st != ND_OK)
		return st;
	mark_mails(list, ids, ND_MESSAGE_ASKED);
	talloc_free(ids);
	st = nd_threads_match(app, app->db, off, list, &ids, app->err);
	if (st != ND_OK)
		return st;
	mark_mails(list, ids, ND_MESSAGE_DISMISSED);
	talloc_free(ids);
	return ND_OK;
}
