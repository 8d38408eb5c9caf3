/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/update.h"

#include <stdio.h>
#include <string.h>

#include "app/warn.h"
#include "mail/threads.h"
#include "pipeline/changed.h"
#include "pipeline/digest.h"
#include "pipeline/llm.h"
#include "pipeline/muted.h"
#include "pipeline/pending.h"
#include "pipeline/report.h"
#include "pipeline/store.h"
#include "pipeline/upgrade.h"
#include "store/folder.h"
#include "store/lock.h"
#include "store/repair.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"

/*
 * Threads that are read before what came of them is written; fewer where no
 * digest may be written before the model has answered.
 */
enum { GROUP_THREADS = 200, GROUP_THREADS_MUST = 16 };

/*
 * A watermark alone is not worth a commit, which disturbs others, until so many
 * threads are looked at in vain.
 */
enum { LOOKS_WORTH_COMMIT = 100 };

/* Once a day threads that have gone quiet are looked for. */
enum { DAY_S = 86400 };

static bool
is_look_due(const struct nd_app *app)
{
	return app->now_s - app->state.quiet_s >= DAY_S ||
	       nd_watermark_is_ahead(&app->state, app->now_s);
}

/* One run, under way. */
struct run {
	struct nd_app *app;
	struct nd_update *how;
	struct nd_store *store;
	struct nd_changed *changed;
	struct nd_digester digester;
	struct nd_llm *llm;           /* NULL: the extractive engine */
	struct nd_map *work;          /* thread id -> struct nd_work */
	struct nd_value_list *marked; /* threads whose tags get another prefix,
	                               * or NULL */
	bool is_new_state; /* folder, prefix or database have changed */
};

bool
nd_update_is_idle(const struct nd_app *app)
{
	const struct nd_settings *settings = app->settings;
	bool idle =
		app->state.version <= ND_WATERMARK_VERSION &&
		nd_watermark_is_current(&app->state, app->db) &&
		!is_look_due(app) &&
		strcmp(app->state.folder, nd_settings_folder(settings)) == 0 &&
		strcmp(app->state.prefix, settings->tag_prefix) == 0 &&
		!nd_muted_is_other(app) && !nd_pending_may_be(app);
	char *path;

	if (!idle)
		return false;
	path = x_asprintf(NULL, "%s/%s", nd_db_mail_root(app->db),
	                  app->state.folder);
	idle = !nd_repair_is_needed(path);
	talloc_free(path);
	return idle;
}

/* ---- reading and writing
 * ------------------------------------------------------ */

static void
mark_new(void *arg, struct nd_thread *thread)
{
	const struct run *run = arg;
	const struct nd_work *work = nd_map_get(run->work, thread->id);

	nd_digest_mark_new(thread, work ? work->last : "");
}

/* Jobs of the threads of a report; *jobs owned by it. */
static enum nd_status
make_jobs(struct run *run, struct nd_report *report, struct nd_job **jobs)
{
	struct nd_app *app = run->app;
	enum nd_status st = nd_app_open(app, false);

	*jobs = x_array(report, struct nd_job, report->thread_count + 1);
	for (size_t i = 0; st == ND_OK && i < report->thread_count; i++) {
		const struct nd_thread *thread = report->thread[i];
		const char *root_id = nd_thread_root(thread)->id;
		struct nd_error why = {0};
		struct nd_place place;

		st = nd_index_place(report, app->db, root_id, &place, app->err);
		if (st != ND_OK)
			break;
		nd_digest_make(&run->digester, report, thread,
		               nd_map_get(run->work, thread->id), &place,
		               &(*jobs)[i], &why);
		if ((*jobs)[i].desired.flags & ND_DESIRED_FAILED)
			nd_warn_mail(&app->options, root_id, why.msg);
		if (*place.foreign && (*jobs)[i].desired.digest_id)
			nd_warn_mail(
				&app->options, place.foreign,
				"foreign mail has the id of a digest; it is left "
				"alone, the digest has another one");
	}
	TALLOC_FREE(app->db);
	return st;
}

static enum nd_status
carry_out(struct run *run, struct nd_job *job, size_t count,
          enum nd_session_end end)
{
	enum nd_status st;

	if (!run->how->plan)
		return nd_apply(run->store, job, count, end, &run->how->counts,
		                run->app->err);
	st = nd_app_open(run->app, false);
	if (st == ND_OK)
		st = nd_apply_print(run->store, run->app->db, job, count,
		                    run->how->plan, run->app->err);
	TALLOC_FREE(run->app->db);
	return st;
}

static bool
is_asked(void *arg, const struct nd_thread *thread)
{
	return nd_digest_is_wanted(arg, thread);
}

static enum nd_status
do_group(struct run *run, const struct nd_work *work, size_t count,
         enum nd_session_end end)
{
	struct nd_app *app = run->app;
	const char **id = x_array(NULL, const char *, count + 1);
	struct nd_report_request how =
		nd_digest_request(&run->digester, id, count);
	struct nd_report *report;
	struct nd_job *jobs;
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		id[i] = work[i].thread_id;
	how.mark = how.new_query ? NULL : mark_new;
	how.mark_arg = run;
	how.progress = app->options.hook ? "never" : app->options.progress;
	how.llm = run->llm;
	how.asks = is_asked;
	how.asks_arg = app;
	if (run->llm && !run->how->plan && !nd_llm_is_must(run->llm))
		how.flags |= ND_REPORT_RECALL;
	how.merged = run->how->merged;
	st = nd_report_gather(app, &how, &report);
	talloc_free(id);
	if (st != ND_OK)
		return st;
	nd_warn_problems(&app->options, report);
	st = make_jobs(run, report, &jobs);
	if (st == ND_OK)
		st = carry_out(run, jobs, report->thread_count, end);
	talloc_free(report);
	return st;
}

/* digest.tag_prefix has changed: our tags follow it. */
static enum nd_status
rename_tags(struct run *run)
{
	struct nd_value_list *ids = run->marked;
	struct nd_job *jobs = x_array(ids, struct nd_job, ids->count + 1);

	for (size_t i = 0; i < ids->count; i++) {
		jobs[i].kind = ND_JOB_RENAME;
		jobs[i].desired.thread_id = ids->value[i];
	}
	return carry_out(run, jobs, ids->count, ND_SESSION_MORE);
}

/* digest.folder has changed, and its digests have moved. */
static enum nd_status
leave_old_folders(struct run *run)
{
	struct nd_store *store = run->store;
	enum nd_status st = ND_OK;

	if (store->folders.count == 1)
		return ND_OK;
	for (size_t i = 1; st == ND_OK && i < store->folders.count; i++)
		st = nd_folder_leave(store->root, store->folders.path[i],
		                     run->app->err);
	if (st != ND_OK)
		return st;
	/* Only now may its name be forgotten. */
	store->folders.count = 1;
	return carry_out(run, NULL, 0, ND_SESSION_LAST);
}

static bool
is_worth_writing(const struct run *run)
{
	const struct nd_app *app = run->app;
	const struct nd_changed *changed = run->changed;

	return changed->job_count > 0 || changed->work_count > 0 ||
	       run->marked || app->state.revision == 0 || run->is_new_state ||
	       is_look_due(app) || changed->looked_at >= LOOKS_WORTH_COMMIT;
}

/* What needs the user now, and the threads of the user's own mail; owned by
 * app. */
static const char *
needy_query(const struct run *run)
{
	const struct nd_user *user = &run->app->settings->user;
	struct nd_app *app = run->app;
	struct nd_buf *buf = nd_buf_new(app, ND_LIMIT_QUERY_BYTES);

	nd_buf_addf(buf, "tag:\"%s\"",
	            nd_tag_full(app, &run->store->tags, "me"));
	for (size_t i = 0; i < user->address_count; i++)
		if (*user->address[i] && !strchr(user->address[i], '"'))
			nd_buf_addf(buf, " or from:\"%s\"", user->address[i]);
	return buf->full ? NULL
	                 : nd_db_dated_query(app, buf->data, run->how->since_s,
	                                     INT64_MAX);
}

/*
 * What was to be done in a thread of one group may be done in a thread of
 * another one: by the user.
 */
static enum nd_status
look_again(struct run *run)
{
	struct nd_changed_ask ask = {.query = needy_query(run), .tags = true};
	struct nd_changed *needy;
	enum nd_status st;

	if (!ask.query)
		return carry_out(run, NULL, 0, ND_SESSION_LAST);
	st = nd_app_open(run->app, false);
	if (st == ND_OK)
		st = nd_changed_find(run->app, run->store, &ask, &needy);
	TALLOC_FREE(run->app->db);
	if (st != ND_OK)
		return st;
	if (needy->work_count == 0)
		return carry_out(run, NULL, 0, ND_SESSION_LAST);
	for (size_t i = 0; i < needy->work_count; i++)
		nd_map_set(run->work, needy->work[i].thread_id,
		           &needy->work[i]);
	return do_group(run, needy->work, needy->work_count, ND_SESSION_LAST);
}

static enum nd_status
do_all(struct run *run)
{
	struct nd_changed *changed = run->changed;
	enum nd_session_end end =
		changed->work_count > 0 ? ND_SESSION_MORE : ND_SESSION_LAST;
	bool must = run->llm && nd_llm_is_must(run->llm);
	size_t group = must ? GROUP_THREADS_MUST : GROUP_THREADS;
	bool again = changed->work_count > group && !run->how->plan &&
	             !run->how->query;
	enum nd_status st = ND_OK;

	if (run->marked)
		st = rename_tags(run);
	if (st != ND_OK || !is_worth_writing(run))
		return st;
	if (changed->job_count > 0 || changed->work_count == 0)
		st = carry_out(run, changed->job, changed->job_count, end);
	for (size_t i = 0; st == ND_OK && i < changed->work_count; i += group) {
		size_t count = changed->work_count - i;

		if (count > group)
			count = group;
		else
			end = again ? ND_SESSION_MORE : ND_SESSION_LAST;
		st = do_group(run, changed->work + i, count, end);
	}
	if (st == ND_OK && again)
		st = look_again(run);
	if (st == ND_OK && !run->how->plan)
		st = leave_old_folders(run);
	return st;
}

/* ---- one run
 * -------------------------------------------------------------------- */

/* Where the watermark will be, if nobody else writes meanwhile. */
static void
set_watermark(struct run *run)
{
	const struct nd_app *app = run->app;
	struct nd_store *store = run->store;
	bool ours = nd_watermark_is_of(&app->state, app->db);

	run->is_new_state =
		!ours || (!run->how->query && nd_muted_is_other(app)) ||
		strcmp(app->state.folder, store->folder) != 0 ||
		strcmp(app->state.prefix, store->tags.prefix) != 0 ||
		(run->changed->complete &&
	         app->state.foreign != run->changed->foreign) ||
		run->changed->mails < app->state.mails ||
		run->changed->digests < app->state.digests;
	if (!ours)
		store->state.revision = 0;
	store->state.at_s = app->now_s;
	/* A query leaves threads that have changed, or have gone quiet, for
	 * the next run. */
	store->seen = run->how->query ? store->state.revision
	                              : run->changed->revision;
	if (!run->how->query) {
		store->quiet_s = app->now_s;
		store->mute = nd_muted_key(store, app);
	}
	store->state.mails = run->changed->mails;
	/* What is written anew may wait for a model. */
	if (run->changed->work_count > 0)
		store->state.asked = "";
	if (run->changed->complete)
		store->state.foreign = run->changed->foreign;
}

static void
warn_of_ignore(struct nd_app *app)
{
	const char *folder = nd_settings_folder(app->settings);
	const char *entry = nd_store_ignored(app, folder);

	if (entry && !app->options.quiet)
		fprintf(stderr,
		        "notmuch-digest: new.ignore has '%s': 'notmuch new' "
		        "takes the digests out of the database\n"
		        "take it out of new.ignore\n",
		        entry);
}

/*
 * Is there a digest that waits for a model, and nobody who asks it? Where there
 * is none, the next run shall not look.
 */
static enum nd_status
find_waiting(struct run *run, bool *any)
{
	struct nd_app *app = run->app;
	const struct nd_pending_ask ask = {.query = run->how->query,
	                                   .since_s = run->how->since_s};
	struct nd_watermark *state = &run->store->state;
	struct nd_pending_list *list;
	struct nd_lock *asking;
	enum nd_status st;

	*any = false;
	if (!(ask.query ? nd_llm_is_wanted(app) : nd_pending_may_be(app)))
		return ND_OK;
	st = nd_pending_find(app, run->store, &ask, &list);
	if (st != ND_OK)
		return st;
	if (list->count + list->known_count > 0) {
		asking = nd_lock_asking(app, app->db);
		*any = asking != NULL;
		talloc_free(asking);
	} else if (!ask.query && run->changed->work_count == 0) {
		state->asked =
			nd_llm_barred_key(run->store, &app->settings->llm);
		state->why = "";
		run->is_new_state = true;
	}
	talloc_free(list);
	return ND_OK;
}

static enum nd_status
prepare(struct run *run)
{
	struct nd_changed_ask ask = {.query = run->how->query,
	                             .since_s = run->how->since_s,
	                             .unchanged = run->how->unchanged,
	                             .again = run->how->merged != NULL};
	struct nd_app *app = run->app;
	const char *lang = app->options.lang;
	bool waiting;
	enum nd_status st;

	run->store = nd_store_in_force(app);
	st = nd_store_check(app, run->store);
	if (st != ND_OK)
		return st;
	warn_of_ignore(app);
	if (!run->how->plan)
		st = nd_store_adopt(app, run->store);
	if (st == ND_OK && !run->how->plan)
		st = nd_repair_folder(run->store, app->db, app->err);
	if (st == ND_OK && *app->state.prefix &&
	    strcmp(app->state.prefix, run->store->tags.prefix) != 0)
		st = nd_threads_ids(app, app->db, ND_QUERY_MARKED, NULL, false,
		                    &run->marked, app->err);
	if (st == ND_OK)
		st = nd_changed_find(app, run->store, &ask, &run->changed);
	if (st == ND_OK && run->changed->newer && !run->store->others)
		st = nd_store_is_newer(app, run->changed->newer,
		                       run->changed->newer_version);
	if (st != ND_OK)
		return st;
	set_watermark(run);
	run->work = nd_map_new(app);
	for (size_t i = 0; i < run->changed->work_count; i++)
		nd_map_set(run->work, run->changed->work[i].thread_id,
		           &run->changed->work[i]);
	st = find_waiting(run, &waiting);
	if (st == ND_OK && (run->changed->work_count > 0 || waiting))
		st = nd_i18n_open(app, lang ? lang : app->settings->lang,
		                  &run->digester.i18n, app->err);
	if (st == ND_ERR_CONFIG && lang)
		st = ND_ERR_USAGE;
	if (st == ND_OK && run->digester.i18n)
		st = nd_llm_open(app, run->digester.i18n, &run->llm);
	run->digester.app = app;
	run->digester.store = run->store;
	return st;
}

static enum nd_status
upgrade(struct run *run)
{
	struct nd_update *update = run->how;
	struct nd_upgrade upgrade = {
		.ask = {.query = update->query, .since_s = update->since_s},
		.llm = run->llm,
		.i18n = run->digester.i18n,
		.look = update->plan != NULL,
		.counts = &update->counts,
	};
	enum nd_status st = nd_upgrade_run(run->app, &upgrade);

	update->waiting = upgrade.waiting;
	update->why = upgrade.why;
	return st;
}

enum nd_status
nd_update_run(struct nd_app *app, struct nd_update *update)
{
	struct run run = {.app = app, .how = update};
	struct nd_lock *lock = NULL;
	enum nd_status st = ND_OK;

	if (!update->plan)
		st = nd_lock_take(app, app->db, app->settings->lock_timeout,
		                  &lock, app->err);
	/* The one before us may have done it all. */
	if (st == ND_OK)
		st = nd_app_open(app, false);
	if (st == ND_OK &&
	    (update->query || update->unchanged || !nd_update_is_idle(app))) {
		st = prepare(&run);
		TALLOC_FREE(app->db);
		if (st == ND_OK)
			st = do_all(&run);
	}
	talloc_free(lock);
	if (st == ND_OK && run.llm && nd_llm_is_wanted(app))
		st = upgrade(&run);
	if (st == ND_OK && update->plan && run.llm)
		nd_buf_adds(update->plan, nd_llm_preview(run.llm)->data);
	return st;
}
