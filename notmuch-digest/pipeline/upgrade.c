/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/upgrade.h"

#include <string.h>

#include "app/progress.h"
#include "pipeline/digest.h"
#include "pipeline/report.h"
#include "pipeline/store.h"
#include "pipeline/summaries.h"
#include "store/lock.h"
#include "util/alloc.h"
#include "util/map.h"
#include "util/time.h"

/*
 * Threads that are read at once, and how long answers may lie before they are
 * written: one at a time of a slow model, some together of a fast one.
 */
enum { GROUP_THREADS = 32, LIE_MS = 2000 };

struct run {
	struct nd_app *app;
	struct nd_upgrade *how;
	struct nd_digester digester;
	struct nd_map *tried; /* thread ids */
	struct nd_progress *progress;

	/* while the database is ours to write */
	struct nd_lock *lock;
	struct nd_store *store;

	/* of the group under way */
	struct nd_map *pending; /* thread id -> struct nd_pending */
	struct nd_report *report;
	enum nd_llm_result *result; /* of each thread of the report */
	size_t *ready; /* threads whose results are to be written */
	size_t ready_count;
	unsigned answers; /* threads that are done with */
	long written_ms;
	struct nd_error err; /* of writing */
};

/* ---- our turn to write --------------------------------------------------- */

static void
leave(struct run *run)
{
	TALLOC_FREE(run->app->db);
	TALLOC_FREE(run->lock);
	TALLOC_FREE(run->store);
}

/* The database, as it is now, and nobody else of ours at it. */
static enum nd_status
enter(struct run *run)
{
	struct nd_app *app = run->app;
	enum nd_status st = nd_app_open(app, false);

	if (st == ND_OK && !run->how->look) {
		st = nd_lock_take(app, app->db, app->settings->lock_timeout,
		                  &run->lock, app->err);
		if (st == ND_OK)
			st = nd_app_open(app, false);
	}
	if (st != ND_OK) {
		leave(run);
		return st;
	}
	run->store = nd_store_in_force(app);
	run->store->seen = run->store->state.revision;
	run->digester.store = run->store;
	return ND_OK;
}

/* Has nobody moved folder or tags since this run began? */
static bool
is_in_force(const struct run *run)
{
	return strcmp(run->app->state.folder, run->store->folder) == 0 &&
	       strcmp(run->app->state.prefix, run->store->tags.prefix) == 0;
}

static enum nd_status
apply(struct run *run, struct nd_job *job, size_t count)
{
	struct nd_apply_counts counts = {0};
	enum nd_status st;

	TALLOC_FREE(run->app->db);
	st = nd_apply(run->store, job, count, ND_SESSION_LAST, &counts,
	              run->app->err);
	/* What else it does is only known to the index. */
	run->how->counts->upgraded += counts.upgraded;
	return st;
}

/* ---- what has been answered ---------------------------------------------- */

static const struct nd_pending *
pending_of(const struct run *run, const struct nd_thread *thread)
{
	return nd_map_get(run->pending, thread->id);
}

/* What the index shall know of a thread that gets no summary now. */
static const char *
mark_of(struct run *run, const struct nd_pending *pending,
        enum nd_llm_result result)
{
	const char *model = nd_llm_model(run->how->llm);

	if (result == ND_LLM_RESULT_BARRED)
		return nd_llm_barred_key(run->report, &run->app->settings->llm);
	if (result == ND_LLM_RESULT_FAILED)
		return nd_pending_failed_key(run->report, model,
		                             pending->failures + 1);
	return nd_llm_model_key(run->report, model);
}

static enum nd_status
make_job(struct run *run, size_t i, struct nd_job *job)
{
	const struct nd_thread *thread = run->report->thread[i];
	const struct nd_pending *pending = pending_of(run, thread);
	const struct nd_work work = {
		.thread_id = pending->thread_id,
		.key = pending->key,
		.last = pending->behind,
		.upgrade = true,
		.has_digest = true,
	};
	struct nd_error why;
	struct nd_place place;
	enum nd_status st;

	*job = (struct nd_job){.desired = {
				       .thread_id = pending->thread_id,
				       .root_id = pending->root_id,
				       .key = pending->key,
				       .flags = ND_DESIRED_UPGRADE,
			       }};
	if (run->result[i] != ND_LLM_RESULT_SUMMARISED) {
		job->desired.model = mark_of(run, pending, run->result[i]);
		return ND_OK;
	}
	st = nd_index_place(run->report, run->app->db, pending->root_id, &place,
	                    run->app->err);
	if (st == ND_OK)
		nd_digest_make(&run->digester, run->report, thread, &work,
		               &place, job, &why);
	return st;
}

static enum nd_status
write_ready(struct run *run)
{
	size_t count = run->ready_count;
	struct nd_job *jobs = x_array(NULL, struct nd_job, count + 1);
	enum nd_status st = enter(run);

	run->ready_count = 0;
	if (st == ND_OK && is_in_force(run)) {
		for (size_t i = 0; st == ND_OK && i < count; i++)
			st = make_job(run, run->ready[i], &jobs[i]);
		if (st == ND_OK)
			st = apply(run, jobs, count);
	}
	leave(run);
	talloc_free(jobs);
	run->written_ms = nd_time_monotonic_ms();
	return st;
}

static void
make_ready(struct run *run, size_t i)
{
	*x_append(run->report, run->ready, run->ready_count) = i;
}

static void
take(void *arg, size_t i, enum nd_llm_result result)
{
	struct run *run = arg;

	nd_progress_step(run->progress);
	run->result[i] = result;
	if (result == ND_LLM_RESULT_UNASKED || result == ND_LLM_RESULT_FAILED)
		return;
	run->answers++;
	if (result == ND_LLM_RESULT_SUMMARISED)
		nd_summaries_tell(run->report->thread[i], run->how->i18n);
	make_ready(run, i);
	if (run->err.code != ND_OK ||
	    nd_time_monotonic_ms() - run->written_ms < LIE_MS)
		return;
	if (write_ready(run) != ND_OK)
		run->err = *run->app->err;
}

/* What failed while others were answered is the fault of the thread. */
static void
note_failures(struct run *run)
{
	if (nd_llm_report(run->how->llm)->answered == 0 ||
	    nd_llm_stopped(run->how->llm))
		return;
	for (size_t i = 0; i < run->report->thread_count; i++)
		if (run->result[i] == ND_LLM_RESULT_FAILED)
			make_ready(run, i);
}

/* ---- a group of threads -------------------------------------------------- */

static enum nd_status
ask(struct run *run, const struct nd_map *contexts)
{
	struct nd_report *report = run->report;
	size_t count = report->thread_count;
	struct nd_llm_context **context =
		x_array(report, struct nd_llm_context *, count + 1);
	const struct nd_llm_done done = {take, run};
	struct nd_error *err = run->app->err;
	enum nd_status st;

	run->result = x_array(report, enum nd_llm_result, count + 1);
	run->ready = NULL;
	run->ready_count = 0;
	run->answers = 0;
	for (size_t i = 0; i < count; i++)
		context[i] = nd_map_get(contexts, report->thread[i]->id);
	st = nd_llm_run(run->how->llm, report->thread, context, count, &done,
	                err);
	if (run->how->look)
		return st;
	note_failures(run);
	if (run->err.code == ND_OK && run->ready_count > 0) {
		struct nd_error asked = *err;

		if (write_ready(run) != ND_OK)
			run->err = *err;
		*err = asked;
	}
	if (run->err.code == ND_OK)
		return st;
	*err = run->err;
	return run->err.code;
}

static bool
is_asked(void *arg, const struct nd_thread *thread)
{
	return nd_digest_is_wanted(arg, thread);
}

static void
mark_new(void *arg, struct nd_thread *thread)
{
	const struct run *run = arg;
	const struct nd_pending *pending = pending_of(run, thread);

	nd_digest_mark_new(thread, pending ? pending->behind : "");
}

/* Read them, and let others write while the model is asked. */
static enum nd_status
do_group(struct run *run, const char *const *id, size_t count)
{
	struct nd_app *app = run->app;
	struct nd_report_request how =
		nd_digest_request(&run->digester, id, count);
	enum nd_status st;

	how.mark = how.new_query ? NULL : mark_new;
	how.mark_arg = run;
	how.llm = run->how->llm;
	how.asks = is_asked;
	how.asks_arg = app;
	how.contexts = nd_map_new(run->pending);
	st = nd_report_gather(app, &how, &run->report);
	leave(run);
	if (st == ND_OK)
		st = ask(run, how.contexts);
	TALLOC_FREE(run->report);
	return st;
}

/* ---- all of them --------------------------------------------------------- */

/* The first that this run has not tried; *id is allocated on the list. */
static size_t
choose(struct run *run, const struct nd_pending_list *list, const char ***id)
{
	size_t count = 0;

	*id = x_array(list, const char *, GROUP_THREADS);
	run->pending = nd_map_new(list);
	for (size_t i = 0; i < list->count && count < GROUP_THREADS; i++) {
		struct nd_pending *pending = &list->pending[i];

		if (nd_map_has(run->tried, pending->thread_id))
			continue;
		nd_map_set(run->tried, x_strdup(run->tried, pending->thread_id),
		           NULL);
		nd_map_set(run->pending, pending->thread_id, pending);
		(*id)[count++] = pending->thread_id;
	}
	return count;
}

/* What status says of those that wait, and whether there may be any. */
static enum nd_status
finish(struct run *run, const struct nd_pending_list *list)
{
	struct nd_upgrade *how = run->how;
	struct nd_watermark *state = &run->store->state;
	const struct nd_llm_engine_report *report = nd_llm_report(how->llm);
	const char *stopped = nd_llm_stopped(how->llm);
	const char *asked = state->asked;

	how->waiting = list->count;
	how->why = "";
	if (list->count > 0)
		how->why =
			x_strdup(run->app, stopped ? stopped : report->waiting);
	/* Of a query that names threads, others are not known. */
	if (list->count > 0)
		asked = "";
	else if (!how->ask.query)
		asked = nd_llm_barred_key(run->store, &run->app->settings->llm);
	if (strcmp(state->asked, asked) == 0 &&
	    (strcmp(state->why, how->why) == 0 || how->ask.query))
		return ND_OK;
	state->asked = asked;
	state->why = how->why;
	return apply(run, NULL, 0);
}

static enum nd_status
find(struct run *run, struct nd_pending_list **list)
{
	return nd_pending_find(run->app, run->store, &run->how->ask, list);
}

static void
show_progress(struct run *run, size_t total)
{
	const struct nd_options *options = &run->app->options;

	if (!run->progress)
		run->progress = nd_progress_new(
			run->app, options->hook ? "never" : options->progress,
			"asking the model", total);
}

/* The next group; *more when there was one, and may be another one. */
static enum nd_status
go_on(struct run *run, bool *more)
{
	struct nd_pending_list *list = NULL;
	const char **id;
	size_t count = 0;
	enum nd_status st = enter(run);

	if (st == ND_OK && is_in_force(run))
		st = find(run, &list);
	if (list && list->known_count > 0 && !run->how->look)
		st = apply(run, list->known, list->known_count);
	if (st == ND_OK && list)
		count = choose(run, list, &id);
	if (count > 0) {
		show_progress(run, list->count);
		st = do_group(run, id, count);
	}
	/* A group that got no answer at all is the last one. */
	*more = count > 0 && (run->how->look || run->answers > 0) &&
	        !nd_llm_stopped(run->how->llm);
	leave(run);
	talloc_free(list);
	return st;
}

static enum nd_status
conclude(struct run *run)
{
	struct nd_pending_list *list = NULL;
	enum nd_status st = enter(run);

	if (st == ND_OK && is_in_force(run))
		st = find(run, &list);
	if (st == ND_OK && list)
		st = finish(run, list);
	leave(run);
	talloc_free(list);
	return st;
}

enum nd_status
nd_upgrade_run(struct nd_app *app, struct nd_upgrade *upgrade)
{
	struct run run = {
		.app = app,
		.how = upgrade,
		.digester = {.app = app, .i18n = upgrade->i18n},
		.tried = nd_map_new(app),
	};
	struct nd_lock *asking = NULL;
	bool more = true;
	enum nd_status st = nd_app_open(app, false);

	upgrade->why = "";
	if (st == ND_OK && !upgrade->look)
		asking = nd_lock_asking(app, app->db);
	TALLOC_FREE(app->db);
	if (st != ND_OK || (!upgrade->look && !asking))
		return st;
	while (st == ND_OK && more)
		st = go_on(&run, &more);
	if (run.progress)
		nd_progress_end(run.progress);
	if (st == ND_OK && !upgrade->look)
		st = conclude(&run);
	if (!upgrade->look)
		nd_llm_say(upgrade->llm, &app->options);
	talloc_free(asking);
	talloc_free(run.tried);
	return st;
}
