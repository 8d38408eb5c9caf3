/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/linkdir.h"
#include "cmd/llm.h"
#include "cmd/query.h"
#include "cmd/writing.h"
#include "store/apply.h"
#include "store/folder.h"
#include "store/known.h"
#include "store/lock.h"
#include "store/maildir.h"
#include "store/repair.h"
#include "util/alloc.h"
#include "util/cachedir.h"
#include "util/limits.h"

static const struct nd_option clean_options[] = {
	ND_OPTION(FLAG, "dry-run", dry_run, NULL,
                  "print what would be removed, and do nothing"),
	ND_OPTION(FLAG, "yes", yes, NULL, "do not ask"),
	ND_OPTION(FLAG, "cache", cache, NULL,
                  "remove the stored answers of models, and nothing else"),
	ND_OPTION(TEXT, "now", now, "TIME", "pretend that it is TIME"),
	ND_OPTION(FLAG, "quiet", quiet, NULL, "no warnings"),
	ND_OPTION(FLAG, "verbose", verbose, NULL, "say what was done"),
	ND_OPTION(FLAG, "help", help, NULL, "print this"),
	{0},
};

/* All mail that can have something of ours. */
static const char *
traces_query(struct nd_app *app, const struct nd_store *store)
{
	const char *tags = "";

	/* Without the mark (a restored dump of tags alone) only where the
	 * prefix is known to be ours; it needs no quotes, see settings.c. */
	if (store->trusted)
		tags = x_asprintf(app, " or tag:%s or tag:/%s\\/.*/",
		                  store->tags.prefix, store->tags.prefix);
	return x_asprintf(app, ND_QUERY_MARKED " or %s%s", store->query, tags);
}

/* The threads that have something of ours, among those of the query. */
static enum nd_status
find_threads(struct nd_app *app, const struct nd_store *store,
             struct nd_value_list **ids)
{
	const char *traces = traces_query(app, store);
	struct nd_value_list *named = NULL;
	enum nd_status st = ND_OK;

	if (*app->options.query)
		st = nd_db_thread_ids(app, app->db, app->options.query, NULL,
		                      false, &named, app->err);
	if (st == ND_OK)
		st = nd_db_thread_ids(app, app->db, traces, named, false, ids,
		                      app->err);
	return st;
}

static struct nd_job *
make_jobs(const void *ctx, const struct nd_value_list *ids)
{
	struct nd_job *jobs = x_array(ctx, struct nd_job, ids->count + 1);

	for (size_t i = 0; i < ids->count; i++) {
		jobs[i].kind = ND_JOB_CLEAN;
		jobs[i].goal.thread_id = ids->value[i];
	}
	return jobs;
}

/* Only a person at a terminal can answer. */
static bool
is_agreed(const struct nd_app *app, size_t threads)
{
	char answer[16];

	if (app->options.yes || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return true;
	fprintf(stderr, "Remove the digests and tags of %zu thread%s? [y/N] ",
	        threads, threads == 1 ? "" : "s");
	return fgets(answer, sizeof answer, stdin) &&
	       (answer[0] == 'y' || answer[0] == 'Y');
}

/* What the index does not know, and the folder itself. */
static void
remove_folder(const struct nd_store *store)
{
	for (size_t i = 0; i < store->folders.count; i++) {
		const char *path = store->folders.path[i];
		struct nd_name_list *files = nd_maildir_list(NULL, path);

		for (size_t k = 0; k < files->count; k++)
			nd_maildir_unlink(&store->folders, files->name[k]);
		talloc_free(files);
		nd_maildir_clear_tmp(path);
		nd_maildir_unmark(path);
		nd_folder_leave(store->root, path);
	}
}

static enum nd_status
print_plan(struct nd_app *app, const struct nd_store *store,
           struct nd_job *jobs, size_t count)
{
	struct nd_buf *plan = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	enum nd_status st =
		nd_apply_print(store, app->db, jobs, count, plan, app->err);

	if (st == ND_OK)
		fwrite(plan->data, 1, plan->len, stdout);
	return st;
}

static enum nd_status
clean_cache(const struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	size_t count;
	enum nd_status st =
		nd_llm_clear_cache(options->dry_run, &count, app->err);

	if (st == ND_OK && options->dry_run)
		printf("%zu stored answers would be removed\n", count);
	else if (st == ND_OK && options->verbose)
		fprintf(stderr, "notmuch-digest: %zu stored answers removed\n",
		        count);
	return st;
}

/* What helpers of mail clients have left in the cache directory. */
static void
clean_helpers(void)
{
	char *path = (char *)nd_cachedir_path(NULL, ND_JUMP_FILE);

	if (!path)
		return;
	unlink(path);
	*strrchr(path, '/') = '\0';
	nd_linkdir_remove_all(path);
	talloc_free(path);
}

static enum nd_status
clean_all(struct nd_app *app, struct nd_store *store, struct nd_job *jobs,
          size_t count)
{
	bool all = !*app->options.query;
	struct nd_apply_counts counts = {0};
	enum nd_status st = ND_OK;

	if (!is_agreed(app, count))
		return ND_OK;
	TALLOC_FREE(app->db);
	if (count > 0 || (all && *app->state.folder))
		st = nd_apply(store, jobs, count,
		              all ? ND_SESSION_FORGET : ND_SESSION_LAST,
		              &counts, app->err);
	if (st == ND_OK && all)
		remove_folder(store);
	if (st == ND_OK && all)
		st = clean_cache(app);
	if (st == ND_OK && all)
		clean_helpers();
	if (st == ND_OK && app->options.verbose)
		fprintf(stderr, "notmuch-digest: %u removed, %u untagged\n",
		        counts.removed, counts.tagged);
	return st;
}

static void
print_warnings(const struct nd_app *app)
{
	for (size_t i = 0;
	     !app->options.quiet && i < app->settings->warning_count; i++)
		fprintf(stderr, "notmuch-digest: %s\n",
		        app->settings->warning[i]);
}

static enum nd_status
locked_clean(struct nd_app *app)
{
	struct nd_store *store = nd_writing_store(app);
	struct nd_value_list *ids;
	struct nd_job *jobs;
	enum nd_status st = ND_OK;

	/* The tags that are there, whatever the setting has become. */
	if (*app->state.prefix) {
		store->tags.prefix = app->state.prefix;
		store->trusted = true;
	}
	/* Our own change is seen when everything before it was. */
	if (!nd_state_is_of(&app->state, app->db))
		store->state.revision = 0;
	store->seen = store->state.revision;
	if (!app->options.dry_run)
		st = nd_writing_adopt(app, store);
	if (st == ND_OK && !app->options.dry_run)
		st = nd_repair_folder(store, app->db, app->err);
	if (st == ND_OK)
		st = find_threads(app, store, &ids);
	if (st != ND_OK)
		return st;
	jobs = make_jobs(app, ids);
	if (app->options.dry_run)
		return print_plan(app, store, jobs, ids->count);
	return clean_all(app, store, jobs, ids->count);
}

static enum nd_status
clean_run(struct nd_app *app)
{
	struct nd_lock *lock = NULL;
	enum nd_status st = ND_OK;

	print_warnings(app);
	if (app->options.cache && *app->options.query)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--cache and a query exclude each other");
	if (app->options.cache)
		return clean_cache(app);
	if (*app->options.query)
		st = nd_query_check_argument(app->db, app->options.query,
		                             app->err);
	if (st == ND_OK && !app->options.dry_run)
		st = nd_lock_take(app, app->db, app->settings->lock_timeout,
		                  &lock, app->err);
	if (st == ND_OK)
		st = nd_app_open(app, true);
	if (st == ND_OK)
		st = locked_clean(app);
	talloc_free(lock);
	return st;
}

const struct nd_cmd nd_cmd_clean = {
	.name = "clean",
	.usage = "[QUERY...]",
	.summary = "remove digests and tags again, all or those of a query",
	.options = clean_options,
	.flags = ND_CMD_DB_READ | ND_CMD_LENIENT,
	.run = clean_run,
};
