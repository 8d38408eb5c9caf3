/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "app/background.h"
#include "app/emit.h"
#include "app/query.h"
#include "app/tally.h"
#include "app/warn.h"
#include "cmd/cmd.h"
#include "cmd/update.h"
#include "mail/read.h"
#include "mail/threads.h"
#include "pipeline/changed.h"
#include "pipeline/digest.h"
#include "pipeline/llm.h"
#include "pipeline/report.h"
#include "pipeline/store.h"
#include "store/folder.h"
#include "store/lock.h"
#include "store/repair.h"
#include "util/alloc.h"
#include "util/limits.h"
#include "util/map.h"
#include "util/when.h"

/* Threads that are read before what came of them is written. */
enum { GROUP_THREADS = 200, GROUP_THREADS_LLM = 32 };

/*
 * A watermark alone is not worth a commit, which disturbs others, until so many
 * threads are looked at in vain.
 */
enum { LOOKS_WORTH_COMMIT = 100 };

/* Once a day threads that have gone quiet are looked for. */
enum { DAY_S = 86400 };

static const struct nd_option update_options[] = {
	ND_OPTION(FLAG, "stdin", from_stdin, NULL,
                  "the thread of the mail on stdin"),
	ND_OPTION(TEXT, "since", since, "TIME",
                  "without a query: threads with mail since TIME (default: "
                  "digest.since)"),
	ND_OPTION(TEXT, "new", new_query, "QUERY",
                  "which mails count as new (default: those behind the last "
                  "digest)"),
	ND_OPTION(CHOICE, "engine", engine, "extract|llm",
                  "who writes the summaries (default: digest.engine)"),
	ND_OPTION(CHOICE, "fallback", fallback, "extract|none",
                  "what to do when the model cannot (default: extract)"),
	ND_OPTION(TEXT, "lang", lang, "LANG",
                  "language of headings: en, zh_CN (default: digest.lang)"),
	ND_OPTION(TEXT, "now", now, "TIME", "pretend that it is TIME"),
	ND_OPTION(COUNT, "jobs", jobs, "N",
                  "worker threads (default: the number of cores)"),
	ND_OPTION(CHOICE, "progress", progress, "auto|always|never",
                  "a bar on stderr"),
	ND_OPTION(FLAG, "dry-run", dry_run, NULL,
                  "print what would be done, and do nothing"),
	ND_OPTION(FLAG, "hook", hook, NULL,
                  "for hooks: go on in the background after a second"),
	ND_OPTION(FLAG, "quiet", quiet, NULL,
                  "no warnings, no word of what was done"),
	ND_OPTION(FLAG, "verbose", verbose, NULL, "name every problem"),
	ND_OPTION(FLAG, "help", help, NULL, "print this"),
	{0},
};

/* One run of update. */
struct run {
	struct nd_app *app;
	struct nd_store *store;
	const char *query;           /* of the user, NULL: what changed */
	const struct nd_map *merged; /* news of commits, or NULL */
	struct nd_changed *changed;
	struct nd_digester digester;
	struct nd_llm *llm;  /* NULL: the extractive engine */
	struct nd_map *work; /* thread id -> struct nd_work */
	struct nd_apply_counts counts;
	struct nd_value_list *marked; /* threads whose tags get another prefix,
				       * or NULL */
	bool is_new_state;   /* folder, prefix or database have changed */
	struct nd_buf *plan; /* of --dry-run */
};

/* ---- what the user asked for ------------------------------------------------- */

static enum nd_status
warn_of_no_mail(struct nd_app *app, const char *query)
{
	unsigned count;
	enum nd_status st = nd_db_count(app->db, query, &count, app->err);

	if (st == ND_OK && !app->options.quiet && count == 0)
		fprintf(stderr, "notmuch-digest: no mail matches '%s'\n",
		        query);
	return st;
}

static enum nd_status
find_query(struct nd_app *app, const char **query)
{
	const struct nd_options *options = &app->options;

	if (options->from_stdin && *options->query)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--stdin and a query exclude each other");
	if (options->from_stdin)
		return nd_app_query_of_stdin(app, query);
	if (*options->query) {
		enum nd_status st = nd_query_check_argument(
			app->db, options->query, app->err);

		if (st == ND_OK)
			st = warn_of_no_mail(app, options->query);
		*query = options->query;
		return st;
	}
	*query = NULL;
	if (*app->settings->query)
		return ND_OK;
	return nd_fail(app->err, ND_ERR_CONFIG,
	               "digest.query does not say which mails are to be "
	               "digested\n"
	               "for a list: notmuch config set digest.query "
	               "to:LIST@example.org");
}

static enum nd_status
find_since(const struct nd_app *app, int64_t *since_s)
{
	const char *text =
		app->options.since ? app->options.since : app->settings->since;
	struct nd_error why;

	if (nd_when_parse(text, app->now_s, since_s, &why) == ND_OK)
		return ND_OK;
	return nd_fail(
		app->err, app->options.since ? ND_ERR_USAGE : ND_ERR_CONFIG,
		"%s: %.480s", app->options.since ? "--since" : "digest.since",
		why.msg);
}

/*
 * Nothing has changed since the last run, and nothing of it is left over: the
 * usual case in the hook, and not worth a lock.
 */
static bool
is_idle(const struct nd_app *app)
{
	const struct nd_settings *settings = app->settings;
	bool idle =
		nd_watermark_is_current(&app->state, app->db) &&
		app->now_s - app->state.at_s < DAY_S &&
		strcmp(app->state.folder, nd_settings_folder(settings)) == 0 &&
		strcmp(app->state.prefix, settings->tag_prefix) == 0;
	char *path;

	if (!idle)
		return false;
	path = x_asprintf(NULL, "%s/%s", nd_db_mail_root(app->db),
	                  app->state.folder);
	idle = !nd_repair_is_needed(path);
	talloc_free(path);
	return idle;
}

/* ---- reading and writing ------------------------------------------------------ */

static void
mark_new(void *arg, struct nd_thread *thread)
{
	const struct run *run = arg;
	const struct nd_work *work = nd_map_get(run->work, thread->id);

	nd_digest_mark_new(thread, work ? work->last : "");
}

static void
warn(const struct nd_app *app, const char *id, const char *what)
{
	if (!app->options.quiet)
		fprintf(stderr, "notmuch-digest: id:%s: %s\n", id, what);
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
			warn(app, root_id, why.msg);
		if (*place.foreign && (*jobs)[i].desired.digest_id)
			warn(app, place.foreign,
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

	if (!run->plan)
		return nd_apply(run->store, job, count, end, &run->counts,
		                run->app->err);
	st = nd_app_open(run->app, false);
	if (st == ND_OK)
		st = nd_apply_print(run->store, run->app->db, job, count,
		                    run->plan, run->app->err);
	TALLOC_FREE(run->app->db);
	return st;
}

static enum nd_status
do_group(struct run *run, const struct nd_work *work, size_t count,
         enum nd_session_end end)
{
	struct nd_app *app = run->app;
	const struct nd_settings *settings = app->settings;
	const char **id = x_array(NULL, const char *, count + 1);
	struct nd_report_request how = {
		.query = "",
		.thread_id = id,
		.thread_count = count,
		.window = {.until_s = INT64_MAX, .now_s = app->now_s},
		.new_query = app->options.new_query,
		.mark = app->options.new_query ? NULL : mark_new,
		.mark_arg = run,
		.large = settings->large,
		.max_words = settings->max_words,
		.jobs = app->options.jobs,
		.progress = app->options.hook ? "never" : app->options.progress,
		.user = &settings->user,
		.llm = run->llm,
		.merged = run->merged,
		.flags = ND_REPORT_WHOLE,
	};
	struct nd_report *report;
	struct nd_job *jobs;
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		id[i] = work[i].thread_id;
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

	if (store->folders.count == 1)
		return ND_OK;
	for (size_t i = 1; i < store->folders.count; i++)
		nd_folder_leave(store->root, store->folders.path[i]);
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
	       app->now_s - app->state.at_s >= DAY_S ||
	       changed->looked_at >= LOOKS_WORTH_COMMIT;
}

static enum nd_status
do_all(struct run *run)
{
	struct nd_changed *changed = run->changed;
	enum nd_session_end end =
		changed->work_count > 0 ? ND_SESSION_MORE : ND_SESSION_LAST;
	/* What a model has said is written soon, as it may take hours. */
	size_t group = run->llm ? GROUP_THREADS_LLM : GROUP_THREADS;
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
			end = ND_SESSION_LAST;
		st = do_group(run, changed->work + i, count, end);
	}
	if (st == ND_OK && !run->plan)
		st = leave_old_folders(run);
	return st;
}

/* ---- one run -------------------------------------------------------------------- */

/* Where the watermark will be, if nobody else writes meanwhile. */
static void
set_watermark(struct run *run)
{
	const struct nd_app *app = run->app;
	struct nd_store *store = run->store;
	bool ours = nd_watermark_is_of(&app->state, app->db);

	run->is_new_state =
		!ours || strcmp(app->state.folder, store->folder) != 0 ||
		strcmp(app->state.prefix, store->tags.prefix) != 0 ||
		(run->changed->complete &&
	         app->state.foreign != run->changed->foreign) ||
		run->changed->mails < app->state.mails ||
		run->changed->digests < app->state.digests;
	if (!ours)
		store->state.revision = 0;
	/* A query leaves threads that have changed for the next run. */
	store->seen =
		run->query ? store->state.revision : run->changed->revision;
	store->state.mails = run->changed->mails;
	if (run->changed->complete)
		store->state.foreign = run->changed->foreign;
}

static void
say_what_was_done(const struct run *run)
{
	const struct nd_options *options = &run->app->options;

	if (!options->quiet && !options->hook && !options->dry_run)
		fputs(nd_tally_update(run->app, &run->counts), stdout);
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

static enum nd_status
prepare(struct run *run, int64_t since_s)
{
	struct nd_changed_ask ask = {.query = run->query,
	                             .since_s = since_s,
	                             .again = run->merged != NULL};
	struct nd_app *app = run->app;
	const char *lang = app->options.lang;
	enum nd_status st;

	run->store = nd_store_in_force(app);
	st = nd_store_check(app, run->store);
	if (st != ND_OK)
		return st;
	warn_of_ignore(app);
	if (!app->options.dry_run)
		st = nd_writing_adopt(app, run->store);
	if (st == ND_OK && !app->options.dry_run)
		st = nd_repair_folder(run->store, app->db, app->err);
	if (st == ND_OK && *app->state.prefix &&
	    strcmp(app->state.prefix, run->store->tags.prefix) != 0)
		st = nd_threads_ids(app, app->db, ND_QUERY_MARKED, NULL, false,
		                    &run->marked, app->err);
	if (st == ND_OK)
		st = nd_changed_find(app, run->store, &ask, &run->changed);
	if (st != ND_OK)
		return st;
	set_watermark(run);
	run->work = nd_map_new(app);
	for (size_t i = 0; i < run->changed->work_count; i++)
		nd_map_set(run->work, run->changed->work[i].thread_id,
		           &run->changed->work[i]);
	if (run->changed->work_count > 0)
		st = nd_i18n_open(app, lang ? lang : app->settings->lang,
		                  &run->digester.i18n, app->err);
	if (st == ND_ERR_CONFIG && lang)
		st = ND_ERR_USAGE;
	if (st == ND_OK && run->digester.i18n)
		st = nd_llm_open(app, nd_i18n_language(run->digester.i18n),
		                 &run->llm);
	run->digester.app = app;
	run->digester.store = run->store;
	return st;
}

static enum nd_status
locked_run(struct run *run, int64_t since_s)
{
	struct nd_app *app = run->app;
	struct nd_lock *lock = NULL;
	enum nd_status st = ND_OK;

	if (!app->options.dry_run)
		st = nd_lock_take(app, app->db, app->settings->lock_timeout,
		                  &lock, app->err);
	/* The one before us may have done it all. */
	if (st == ND_OK)
		st = nd_app_open(app, false);
	if (st == ND_OK && (run->query || !is_idle(app))) {
		st = prepare(run, since_s);
		TALLOC_FREE(app->db);
		if (st == ND_OK)
			st = do_all(run);
	}
	talloc_free(lock);
	return st;
}

enum nd_status
nd_update_merged(struct nd_app *app, const char *query,
                 const struct nd_map *merged, struct nd_apply_counts *counts)
{
	struct run run = {
		.app = app,
		.query = query,
		.merged = merged,
		.counts = *counts,
	};
	enum nd_status st = nd_app_open(app, false);

	if (st == ND_OK)
		st = locked_run(&run, 0);
	*counts = run.counts;
	return st;
}

static enum nd_status
update_run(struct nd_app *app)
{
	struct run run = {.app = app};
	bool parent = false;
	int64_t since_s;
	enum nd_status st;

	/* A hook that is there before it is configured is no reason to talk. */
	if (app->options.hook && !*app->settings->query)
		return ND_OK;
	st = find_query(app, &run.query);
	if (st == ND_OK)
		st = find_since(app, &since_s);
	if (st == ND_OK && app->options.new_query)
		st = nd_query_check_argument(app->db, app->options.new_query,
		                             app->err);
	if (st != ND_OK)
		return st;
	if (!run.query && is_idle(app)) {
		say_what_was_done(&run);
		return ND_OK;
	}
	if (app->options.hook) {
		TALLOC_FREE(app->db);
		st = nd_background_detach(&parent, app->err);
		if (st != ND_OK || parent)
			return st;
		st = nd_app_open(app, false);
		if (st != ND_OK)
			return st;
	}
	if (app->options.dry_run)
		run.plan = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	nd_read_init();
	st = locked_run(&run, since_s);
	if (st != ND_OK)
		return st;
	if (run.plan && run.llm)
		nd_buf_adds(run.plan, nd_llm_preview(run.llm)->data);
	if (run.plan) {
		st = nd_emit(&app->options, ND_FORMAT_MARKDOWN, run.plan,
		             app->err);
		if (st != ND_OK)
			return st;
	}
	say_what_was_done(&run);
	return ND_OK;
}

const struct nd_cmd nd_cmd_update = {
	.name = "update",
	.usage = "[QUERY...]",
	.summary = "make digests of threads that changed, in the mailbox",
	.options = update_options,
	.flags = ND_CMD_DB_READ,
	.run = update_run,
};
