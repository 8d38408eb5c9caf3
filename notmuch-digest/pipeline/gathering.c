/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/gathering.h"

#include <stdlib.h>

#include "pipeline/boilerplate.h"
#include "pipeline/committers.h"
#include "pipeline/marks.h"
#include "pipeline/muted.h"
#include "pipeline/quiet.h"
#include "util/alloc.h"

bool
nd_gathering_is_wanted(const struct nd_thread *thread,
                       const struct nd_report_request *how)
{
	return thread->message_count >= how->min_messages &&
	       nd_marks_has_new(thread);
}

/* A thread that is not told of may be asked what it still owes. */
static void
leave_out(struct nd_gathering *gathering, struct nd_thread *thread)
{
	const struct nd_report_request *how = gathering->how;
	struct nd_thread_list *quiet = gathering->quiet;

	if (!(how->flags & ND_REPORT_CARRIED) ||
	    thread->message_count < how->min_messages) {
		talloc_free(thread);
		return;
	}
	*x_append(quiet, quiet->thread, quiet->count) = thread;
	talloc_steal(quiet, thread);
}

static void
leave_out_small(struct nd_gathering *gathering)
{
	struct nd_thread_list *list = gathering->list;
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct nd_thread *thread = list->thread[i];

		if (!nd_gathering_is_wanted(thread, gathering->how))
			leave_out(gathering, thread);
		else
			list->thread[kept++] = thread;
	}
	list->count = kept;
}

/* Returns how many threads go. */
static unsigned
leave_out_listed(struct nd_thread_list *list, const struct nd_map *ids)
{
	size_t count = list->count, kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (nd_map_has(ids, list->thread[i]->id))
			talloc_free(list->thread[i]);
		else
			list->thread[kept++] = list->thread[i];
	}
	list->count = kept;
	return (unsigned)(count - kept);
}

/* *count: how many threads go. */
static enum nd_status
leave_out_muted(struct nd_app *app, const struct nd_report_request *how,
                struct nd_thread_list *list, unsigned *count)
{
	struct nd_value_list ids = {.count = list->count};
	struct nd_map *muted;
	enum nd_status st;

	*count = 0;
	if (!(how->flags & ND_REPORT_UNMUTED))
		return ND_OK;
	ids.value = x_array(NULL, const char *, list->count + 1);
	for (size_t i = 0; i < list->count; i++)
		ids.value[i] = list->thread[i]->id;
	st = nd_muted_find(app, &ids, &muted);
	talloc_free(ids.value);
	if (st != ND_OK)
		return st;
	*count = leave_out_listed(list, muted);
	talloc_free(muted);
	return ND_OK;
}

/* Returns how many threads go. */
static size_t
leave_out_old(struct nd_thread_list *list, unsigned newest)
{
	size_t count = list->count;

	if (newest == 0 || count <= newest)
		return 0;
	qsort(list->thread, count, sizeof *list->thread,
	      nd_thread_compare_newest);
	for (size_t i = newest; i < count; i++)
		talloc_free(list->thread[i]);
	list->count = newest;
	return count - newest;
}

/* Mails that were tagged anew since the threads were loaded. */
static void
leave_out_unlisted(struct nd_thread_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (list->thread[i]->list)
			list->thread[kept++] = list->thread[i];
		else
			talloc_free(list->thread[i]);
	}
	list->count = kept;
}

/* Those of the report, or all that the user has. */
static enum nd_status
find_lists(struct nd_app *app, const struct nd_report_request *how,
           struct nd_thread_list *list, const char **name)
{
	const struct nd_settings *settings = app->settings;
	const struct nd_named_query **all;
	enum nd_status st;

	if (how->list_count > 0) {
		st = nd_marks_lists(app, list, how->list, how->list_count,
		                    name);
		*name = how->list_count == 1 ? how->list[0]->name : "";
		if (st == ND_OK)
			leave_out_unlisted(list);
		return st;
	}
	all = x_array(NULL, const struct nd_named_query *,
	              settings->list_count + 1);
	for (size_t i = 0; i < settings->list_count; i++)
		all[i] = &settings->list[i];
	st = nd_marks_lists(app, list, all, settings->list_count, name);
	talloc_free(all);
	return st;
}

static void
add_thread_ids(struct nd_map *ids, const struct nd_thread_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		nd_map_set(ids, list->thread[i]->id, NULL);
}

/* Beside those that were left out, which may owe something as well. */
static enum nd_status
load_quiet(struct nd_app *app, struct nd_gathering *gathering)
{
	const struct nd_report_request *how = gathering->how;
	struct nd_thread_list *quiet = gathering->quiet, *more;
	struct nd_map *known = nd_map_new(NULL);
	const char *list_name;
	unsigned unseen;
	enum nd_status st;

	add_thread_ids(known, gathering->list);
	add_thread_ids(known, quiet);
	st = nd_quiet_load(app, how->query, &how->window, how->user, known,
	                   &more, &gathering->quiet_left);
	talloc_free(known);
	if (st != ND_OK)
		return st;
	for (size_t i = 0; i < more->count; i++)
		leave_out(gathering, more->thread[i]);
	talloc_free(more);
	/* Counted is only what has new mail. */
	st = leave_out_muted(app, how, quiet, &unseen);
	if (st == ND_OK)
		st = nd_marks_asked(app, quiet);
	if (st == ND_OK)
		st = find_lists(app, how, quiet, &list_name);
	if (st == ND_OK)
		st = nd_committers_load(app, &how->window, quiet);
	return st;
}

enum nd_status
nd_gathering_load(struct nd_app *app, struct nd_gathering *gathering)
{
	const struct nd_report_request *how = gathering->how;
	const char *query = how->query;
	enum nd_status st = app->db ? ND_OK : nd_app_open(app, false);

	if (st != ND_OK)
		return st;
	gathering->quiet = x_new(app, struct nd_thread_list);
	if (!(how->flags & ND_REPORT_WHOLE))
		query = nd_db_dated_query(app, query, how->window.since_s,
		                          how->window.until_s);
	if (how->thread_id)
		st = nd_threads_load_ids(app, app->db, how->thread_id,
		                         how->thread_count, how->window.until_s,
		                         &gathering->list, app->err);
	else
		st = nd_threads_load(app, app->db, query, how->window.until_s,
		                     &gathering->list, app->err);
	if (st == ND_OK)
		st = nd_marks_new(app, how, gathering->list,
		                  &gathering->matching);
	if (st == ND_OK) {
		leave_out_small(gathering);
		st = leave_out_muted(app, how, gathering->list,
		                     &gathering->muted);
	}
	if (st == ND_OK) {
		gathering->left_out =
			leave_out_old(gathering->list, how->newest);
		st = nd_marks_categories(app, gathering->list);
	}
	if (st == ND_OK)
		st = nd_marks_asked(app, gathering->list);
	if (st == ND_OK)
		st = find_lists(app, how, gathering->list,
		                &gathering->list_name);
	if (st == ND_OK && (how->flags & ND_REPORT_CARRIED))
		st = load_quiet(app, gathering);
	if (st == ND_OK) {
		st = nd_committers_load(app, &how->window, gathering->list);
		nd_boilerplate_habits(app, &how->window);
	}
	if (st == ND_OK && how->llm)
		st = nd_llm_mark(how->llm, app, gathering->list);
	TALLOC_FREE(app->db);
	return st;
}

void
nd_gathering_settle(struct nd_gathering *gathering)
{
	/* Their problems go with them. */
	for (size_t i = 0; i < gathering->count; i++)
		if (i >= gathering->quiet_first ||
		    !nd_gathering_is_wanted(gathering->work[i].thread,
		                            gathering->how))
			gathering->work[i].problem_count = 0;
	leave_out_small(gathering);
	TALLOC_FREE(gathering->matching);
}
