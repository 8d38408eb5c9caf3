/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/report.h"

#include <stdlib.h>
#include <string.h>

#include "agenda/carried.h"
#include "agenda/deadline.h"
#include "agenda/front.h"
#include "analyse/foryou.h"
#include "analyse/merged.h"
#include "analyse/speech.h"
#include "analyse/state.h"
#include "app/progress.h"
#include "lineage/family.h"
#include "lineage/torn.h"
#include "mail/threads.h"
#include "pipeline/boilerplate.h"
#include "pipeline/committers.h"
#include "pipeline/muted.h"
#include "pipeline/order.h"
#include "pipeline/quiet.h"
#include "pipeline/thread.h"
#include "pipeline/versions.h"
#include "store/index.h"
#include "summarise/cover.h"
#include "summarise/gist.h"
#include "summarise/summarise.h"
#include "summarise/telling.h"
#include "util/alloc.h"
#include "util/archiveurl.h"
#include "util/map.h"
#include "util/pool.h"

/*
 * Threads that wait for a language model's answers at once, and mails of them:
 * as long as they wait, what was sent of their text is kept.
 */
enum { BATCH_THREADS = 256, BATCH_MAILS = 4096 };

struct gathering {
	const struct nd_report_request *how;
	struct nd_map *matching;      /* ids of mails that are new, or NULL */
	struct nd_thread_list *list;  /* the threads of the report */
	struct nd_thread_list *quiet; /* those that may still owe something */
	struct nd_thread_work *work;
	size_t quiet_first; /* of work: it and what follows are quiet */
	unsigned muted;     /* threads that are only counted */
	size_t quiet_left;  /* threads that were too many to be asked */
	/* What the model may see of each thread, which owns it. */
	struct nd_llm_context **context;
	struct nd_map *contexts; /* the same by thread id, for later; or NULL */
	size_t count;
	size_t first, end; /* of the batch in work */
	unsigned jobs;     /* worker threads */
	struct nd_progress *progress;
};

static bool
is_asked_about(const struct nd_report_request *how,
               const struct nd_thread *thread)
{
	return how->llm && (!how->asks || how->asks(how->asks_arg, thread));
}

/* What else the text of a thread is needed for; it goes then. */
static void
finish_thread(void *arg, size_t i)
{
	struct gathering *gathering = arg;
	const struct nd_report_request *how = gathering->how;
	struct nd_thread *thread = gathering->work[gathering->first + i].thread;
	struct nd_summarise_options options = {
		.max_words = how->max_words,
		.told = true,
		.large = how->large,
	};
	bool quiet = gathering->first + i >= gathering->quiet_first;
	unsigned told = 0;

	nd_foryou_count(thread, how->user);
	nd_deadline_find(thread);
	if ((how->flags & ND_REPORT_COVERS) == ND_REPORT_COVERS)
		nd_cover_keep(thread);
	if (!(how->flags & ND_REPORT_FACTS) && !quiet) {
		if (!(how->flags & ND_REPORT_FACTS_APART))
			told = nd_telling_words(how->i18n, thread);
		options.max_words -=
			told < how->max_words / 2 ? told : how->max_words / 2;
		nd_summarise_thread(thread, &options);
	}
	if (how->flags & ND_REPORT_HEARD)
		nd_speech_explain(thread);
	if (!quiet && is_asked_about(how, thread))
		gathering->context[gathering->first + i] =
			nd_llm_context_new(thread, thread);
	nd_thread_drop_text(thread);
	if (!how->llm || quiet || (how->flags & ND_REPORT_RECALL))
		nd_progress_step(gathering->progress);
}

static bool
has_new(const struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->flags & ND_MESSAGE_NEW)
			return true;
	return false;
}

/* Mails are new by their time, or because they are among matching. */
static void
mark_thread(struct nd_thread *thread, const struct nd_report_request *how,
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
	if ((how->flags & ND_REPORT_WHOLE) && !has_new(thread))
		for (size_t i = 0; i < thread->message_count; i++)
			thread->message[i]->flags |= ND_MESSAGE_NEW;
}

/* For a start; what is known of their times when they are read may differ. */
static enum nd_status
mark_new(struct nd_app *app, const struct nd_report_request *how,
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
		mark_thread(list->thread[i], how, *matching);
	return ND_OK;
}

static void
mark_dated_thread(void *arg, size_t i)
{
	const struct gathering *gathering = arg;

	mark_thread(gathering->work[gathering->first + i].thread,
	            gathering->how, gathering->matching);
}

static bool
is_wanted(const struct nd_thread *thread, const struct nd_report_request *how)
{
	return thread->message_count >= how->min_messages && has_new(thread);
}

/* A thread that is not told of may be asked what it still owes. */
static void
leave_out(struct gathering *gathering, struct nd_thread *thread)
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
leave_out_small(struct gathering *gathering)
{
	struct nd_thread_list *list = gathering->list;
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct nd_thread *thread = list->thread[i];

		if (!is_wanted(thread, gathering->how))
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

/* The user's categories, in order: the first that has a mail of it wins. */
static enum nd_status
mark_categories(struct nd_app *app, struct nd_thread_list *list)
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

/*
 * The user's lists, in order: the first that has a mail of a thread wins. *name
 * is the first that every thread has a mail of; "" if none.
 */
static enum nd_status
mark_lists(struct nd_app *app, struct nd_thread_list *list,
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
		st = mark_lists(app, list, how->list, how->list_count, name);
		*name = how->list_count == 1 ? how->list[0]->name : "";
		if (st == ND_OK)
			leave_out_unlisted(list);
		return st;
	}
	all = x_array(NULL, const struct nd_named_query *,
	              settings->list_count + 1);
	for (size_t i = 0; i < settings->list_count; i++)
		all[i] = &settings->list[i];
	st = mark_lists(app, list, all, settings->list_count, name);
	talloc_free(all);
	return st;
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

/* Mails that were given the tag of those that need the user, and those that
 * the user has taken it off again. */
static enum nd_status
mark_asked(struct nd_app *app, struct nd_thread_list *list)
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

static void
add_thread_ids(struct nd_map *ids, const struct nd_thread_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		nd_map_set(ids, list->thread[i]->id, NULL);
}

/* Beside those that were left out, which may owe something as well. */
static enum nd_status
load_quiet(struct nd_app *app, struct gathering *gathering)
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
		st = mark_asked(app, quiet);
	if (st == ND_OK)
		st = find_lists(app, how, quiet, &list_name);
	if (st == ND_OK)
		st = nd_committers_load(app, &how->window, quiet);
	return st;
}

/* All that is needed of the database, which is closed then. */
static enum nd_status
load(struct nd_app *app, struct gathering *gathering, size_t *left_out,
     const char **list_name)
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
		st = mark_new(app, how, gathering->list, &gathering->matching);
	if (st == ND_OK) {
		leave_out_small(gathering);
		st = leave_out_muted(app, how, gathering->list,
		                     &gathering->muted);
	}
	if (st == ND_OK) {
		*left_out = leave_out_old(gathering->list, how->newest);
		st = mark_categories(app, gathering->list);
	}
	if (st == ND_OK)
		st = mark_asked(app, gathering->list);
	if (st == ND_OK)
		st = find_lists(app, how, gathering->list, list_name);
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

static void
step(void *arg, size_t i, enum nd_llm_result result)
{
	(void)i;
	(void)result;
	nd_progress_step(arg);
}

static void
keep_contexts(struct nd_map *contexts, struct nd_thread **thread,
              struct nd_llm_context **context, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (context[i])
			nd_map_set(contexts, thread[i]->id, context[i]);
}

/* Let the model see what it may see of the batch. */
static enum nd_status
ask_about_batch(struct nd_app *app, struct gathering *gathering)
{
	const struct nd_report_request *how = gathering->how;
	size_t all = gathering->end - gathering->first, count = 0;
	struct nd_llm_done done = {step, gathering->progress};
	struct nd_llm_context **context = gathering->context + gathering->first;
	struct nd_thread **thread = x_array(NULL, struct nd_thread *, all);
	enum nd_status st = ND_OK;

	for (size_t i = 0; i < all; i++) {
		thread[count] = gathering->work[gathering->first + i].thread;
		context[count] = context[i];
		count += gathering->first + i < gathering->quiet_first &&
		         is_wanted(thread[count], how) &&
		         is_asked_about(how, thread[count]);
	}
	if (gathering->contexts)
		keep_contexts(gathering->contexts, thread, context, count);
	else if (how->flags & ND_REPORT_RECALL)
		st = nd_llm_recall(how->llm, thread, context, count, app->err);
	else
		st = nd_llm_run(how->llm, thread, context, count, &done,
		                app->err);
	for (size_t i = 0; !gathering->contexts && i < count; i++)
		TALLOC_FREE(context[i]);
	talloc_free(thread);
	return st;
}

/* Where the batch that begins at first ends: without a model, at the end. */
static size_t
end_of_batch(const struct gathering *gathering, size_t first)
{
	size_t mails = 0, i = first;

	if (!gathering->how->llm)
		return gathering->count;
	while (i < gathering->count && i - first < BATCH_THREADS &&
	       (i == first || mails < BATCH_MAILS))
		mails += gathering->work[i++].thread->message_count;
	return i;
}

static enum nd_status
work(struct nd_app *app, struct gathering *gathering)
{
	struct nd_thread_way way = {
		.flags = ND_THREAD_WORDS,
		.until_s = gathering->how->window.until_s,
		.dated = mark_dated_thread,
		.then = finish_thread,
		.arg = gathering,
	};
	enum nd_status st = ND_OK;

	gathering->progress =
		nd_progress_new(app, gathering->how->progress,
	                        "summarising threads", gathering->count);
	while (st == ND_OK && gathering->first < gathering->count) {
		gathering->end = end_of_batch(gathering, gathering->first);
		st = nd_thread_work(app, gathering->work + gathering->first,
		                    gathering->end - gathering->first,
		                    gathering->jobs, &way);
		if (st == ND_OK && gathering->how->llm)
			st = ask_about_batch(app, gathering);
		gathering->first = gathering->end;
	}
	nd_progress_end(gathering->progress);
	if (gathering->how->llm && !gathering->contexts &&
	    !(gathering->how->flags & ND_REPORT_RECALL))
		nd_llm_say(gathering->how->llm, &app->options);
	return st;
}

/* Threads whose mails were sent at another time than they say. */
static void
leave_out_again(struct gathering *gathering)
{
	/* Their problems go with them. */
	for (size_t i = 0; i < gathering->count; i++)
		if (i >= gathering->quiet_first ||
		    !is_wanted(gathering->work[i].thread, gathering->how))
			gathering->work[i].problem_count = 0;
	leave_out_small(gathering);
	TALLOC_FREE(gathering->matching);
}

/* The longest threads first, so that no worker is left alone with one. */
static int
compare_length(const void *a, const void *b)
{
	const struct nd_thread *const *x = a, *const *y = b;

	if ((*x)->message_count != (*y)->message_count)
		return (*x)->message_count > (*y)->message_count ? -1 : 1;
	return strcmp((*x)->id, (*y)->id);
}

static void
settle_merged(struct nd_thread *thread, const struct nd_report_request *how)
{
	const char *root_id = nd_thread_root(thread)->id;
	const char *text =
		how->merged ? nd_map_get(how->merged, root_id) : NULL;

	if (text)
		thread->merged = x_strdup(thread, text);
	if (!thread->merged)
		return;
	/* What came later is no more of the window than later mail. */
	thread->merged =
		nd_merged_until(thread, thread->merged, how->window.until_s);
	nd_merged_settle(thread);
}

/* The archive that the user has chosen, in place of what headers say. */
static void
link_mails(struct nd_thread *thread, const char *template)
{
	for (size_t i = 0; *template && i < thread->message_count; i++) {
		struct nd_message *mail = thread->message[i];
		const char *link = nd_archiveurl_fill(mail, template, mail->id);

		if (link)
			mail->link = link;
	}
}

void
nd_report_tell(struct nd_thread *thread, const struct nd_i18n *i18n)
{
	struct nd_summary *summary = thread->summary;

	if (!summary)
		return;
	nd_telling_tell(i18n, thread);
	if (!summary->gist)
		summary->gist = nd_gist(summary, i18n, thread);
}

static void
keep_concerning(struct nd_report *report, struct nd_thread_list *quiet,
                const struct nd_report_request *how)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->thread_count; i++) {
		struct nd_thread *thread = report->thread[i];

		if (nd_front_concerns(report, thread, how->user))
			report->thread[kept++] = thread;
		else
			*x_append(quiet, quiet->thread, quiet->count) = thread;
	}
	report->thread_count = kept;
	report->for_me = true;
}

/* Are there threads that nothing is paid for, since they are not shown? */
static bool
asks_about_shown(const struct nd_report_request *how)
{
	return how->llm && !how->contexts && !(how->flags & ND_REPORT_RECALL) &&
	       (how->limit > 0 || (how->flags & ND_REPORT_FOR_ME));
}

static enum nd_status
ask_about_shown(struct nd_app *app, struct gathering *gathering,
                struct nd_report *report)
{
	const struct nd_report_request *how = gathering->how;
	size_t count = report->thread_count;
	struct nd_llm_context **context =
		x_array(NULL, struct nd_llm_context *, count + 1);
	struct nd_llm_done done = {step, NULL};
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		context[i] =
			nd_map_get(gathering->contexts, report->thread[i]->id);
	done.arg = nd_progress_new(app, how->progress, "summarising threads",
	                           count);
	st = nd_llm_run(how->llm, report->thread, context, count, &done,
	                app->err);
	nd_progress_end(done.arg);
	nd_llm_say(how->llm, &app->options);
	for (size_t i = 0; i < count; i++) {
		talloc_free(context[i]);
		nd_report_tell(report->thread[i], how->i18n);
	}
	talloc_free(context);
	return st;
}

/* Both lists, the report's first. */
static struct nd_thread_list *
both_lists(const void *ctx, const struct nd_thread_list *list,
           const struct nd_thread_list *quiet)
{
	struct nd_thread_list *both = x_new(ctx, struct nd_thread_list);

	both->count = list->count + quiet->count;
	both->thread = x_array(both, struct nd_thread *, both->count + 1);
	for (size_t i = 0; i < list->count; i++)
		both->thread[i] = list->thread[i];
	for (size_t i = 0; i < quiet->count; i++)
		both->thread[list->count + i] = quiet->thread[i];
	return both;
}

static void
add_quiet_left(struct nd_report *report, size_t count)
{
	const struct nd_problem problem = {
		.what = x_asprintf(report,
	                           "what %zu older threads still owe is not "
	                           "known: there are too many mails",
	                           count),
	};

	if (count > 0)
		nd_order_add_problems(report, &problem, 1);
}

static void
prepare_work(struct gathering *gathering)
{
	struct nd_thread_list *list = gathering->list;
	struct nd_thread_list *quiet = gathering->quiet;

	if (list->count > 1)
		qsort(list->thread, list->count, sizeof *list->thread,
		      compare_length);
	gathering->count = list->count + quiet->count;
	gathering->quiet_first = list->count;
	gathering->work =
		x_array(list, struct nd_thread_work, gathering->count + 1);
	gathering->context =
		x_array(list, struct nd_llm_context *, gathering->count + 1);
	for (size_t i = 0; i < gathering->count; i++)
		gathering->work[i].thread =
			i < list->count ? list->thread[i]
					: quiet->thread[i - list->count];
}

enum nd_status
nd_report_gather(struct nd_app *app, const struct nd_report_request *how,
                 struct nd_report **out)
{
	struct gathering gathering = {.how = how, .contexts = how->contexts};
	bool late = asks_about_shown(how);
	struct nd_thread_list *all;
	struct nd_report *report;
	const char *list_name;
	size_t left_out;
	enum nd_status st = load(app, &gathering, &left_out, &list_name);

	if (st != ND_OK)
		return st;
	if (late)
		gathering.contexts = nd_map_new(gathering.list);
	gathering.jobs = how->jobs > 0 ? how->jobs : nd_pool_cores();
	prepare_work(&gathering);
	st = work(app, &gathering);
	leave_out_again(&gathering);
	all = both_lists(app, gathering.list, gathering.quiet);
	if (st == ND_OK)
		st = nd_versions_find(app, gathering.list, how->window.until_s,
		                      gathering.jobs);
	/* What is said of a thread of the report does not depend on others. */
	if (st == ND_OK && gathering.quiet->count > 0)
		st = nd_versions_find(app, all, how->window.until_s,
		                      gathering.jobs);
	if (st != ND_OK)
		return st;

	for (size_t i = 0; i < all->count; i++) {
		nd_state_settle(all->thread[i], &how->window);
		settle_merged(all->thread[i], how);
		nd_foryou_find(all->thread[i], how->user);
		link_mails(all->thread[i], app->settings->link);
		if (!gathering.contexts)
			nd_report_tell(all->thread[i], how->i18n);
	}
	report = x_new(app, struct nd_report);
	report->generated_s = how->window.now_s;
	report->window = how->window;
	report->query = *how->query ? how->query : "*";
	report->list = list_name;
	report->engine = how->llm ? "llm" : "extract";
	report->large = how->large;
	report->muted = gathering.muted;
	for (size_t i = 0; i < gathering.count; i++)
		nd_order_add_problems(report, gathering.work[i].problem,
		                      gathering.work[i].problem_count);
	add_quiet_left(report, gathering.quiet_left);
	talloc_steal(report, gathering.list);
	talloc_steal(report, gathering.quiet);
	report->thread = gathering.list->thread;
	report->thread_count = gathering.list->count;
	if (how->flags & ND_REPORT_FOR_ME)
		keep_concerning(report, gathering.quiet, how);
	report->quiet = gathering.quiet->thread;
	report->quiet_count = gathering.quiet->count;
	for (size_t i = 0; i < how->list_count; i++)
		x_append(report, report->section, report->section_count)->list =
			how->list[i]->name;
	nd_order_report(report, app->settings);
	/* What is owed may be told in a thread that is not printed. */
	nd_torn_find(report, all->thread, all->count);
	nd_family_find(all->thread, all->count);
	nd_carried_find(report, how->user);
	talloc_free(all);
	/* The front page is about all of them, whatever is printed. */
	nd_family_find(report->thread, report->thread_count);
	nd_front_make(report, how->user);
	nd_order_limit(report, how->limit);
	if (late)
		st = ask_about_shown(app, &gathering, report);
	if (st != ND_OK)
		return st;
	if (how->llm)
		nd_llm_add_problems(how->llm, report);
	report->thread_total += left_out;
	*out = report;
	return ND_OK;
}
