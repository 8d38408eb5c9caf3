/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/emit.h"
#include "app/query.h"
#include "app/tally.h"
#include "app/terminal.h"
#include "clients/linkdir.h"
#include "cmd/automatic.h"
#include "cmd/cmd.h"
#include "mail/threads.h"
#include "pipeline/llm.h"
#include "pipeline/store.h"
#include "store/apply.h"
#include "store/folder.h"
#include "store/index.h"
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
	ND_COMMON_NOW,
	ND_COMMON_QUIET_WRITER,
	ND_OPTION(FLAG, "verbose", verbose, NULL,
                  "print a line for each mail, as --dry-run does"),
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

/* What the user has agreed to, and what will undo it. */
struct plan {
	struct nd_automatic automatic;
	bool agreed;
	bool unhook;
	size_t threads; /* that had something of ours */
};

/* All mail that can have something of ours. */
static const char *
traces_query(struct nd_app *app, const struct nd_store *store)
{
	const char *tags = "";

	/* Without the mark (a restored dump of tags alone) only where the
	 * prefix is known to be ours; it needs no quotes, see app/settings.c.
	 */
	if (store->trusted)
		tags = x_asprintf(app, " or tag:%s or tag:/%s\\/.*/",
		                  store->tags.prefix, store->tags.prefix);
	return x_asprintf(app, ND_QUERY_MARKED " or %s%s", store->query, tags);
}

static struct nd_store *
make_store(struct nd_app *app)
{
	struct nd_store *store = nd_store_in_force(app);

	/* The tags that are there, whatever the setting has become. */
	if (*app->state.prefix) {
		store->tags.prefix = app->state.prefix;
		store->trusted = true;
	}
	return store;
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
		st = nd_threads_ids(app, app->db, app->options.query, NULL,
		                    false, &named, app->err);
	if (st == ND_OK)
		st = nd_threads_ids(app, app->db, traces, named, false, ids,
		                    app->err);
	return st;
}

static struct nd_job *
make_jobs(const void *ctx, const struct nd_value_list *ids)
{
	struct nd_job *jobs = x_array(ctx, struct nd_job, ids->count + 1);

	for (size_t i = 0; i < ids->count; i++) {
		jobs[i].kind = ND_JOB_CLEAN;
		jobs[i].desired.thread_id = ids->value[i];
	}
	return jobs;
}

/* What a run without a query takes away besides digests and tags. */
static size_t
count_answers(const struct nd_app *app)
{
	struct nd_error why;
	size_t count = 0;

	if (*app->options.query ||
	    nd_llm_clear_cache(true, &count, &why) != ND_OK)
		return 0;
	return count;
}

static const char *
question(struct nd_app *app, size_t threads)
{
	size_t answers = count_answers(app);
	const char *and_answers = "";

	if (threads == 0 && answers == 0)
		return "No thread has a digest, report or tag of ours. Remove "
		       "what else is left? [y/N] ";
	if (answers > 0)
		and_answers =
			x_asprintf(app, ", and %zu stored answer%s of models",
		                   answers, answers == 1 ? "" : "s");
	return x_asprintf(
		app,
		"Remove the digests, reports and tags in %zu thread%s%s? "
		"[y/N] ",
		threads, threads == 1 ? "" : "s", and_answers);
}

/*
 * Only a person at a terminal can answer. The hook is asked about when all
 * goes: it serves the other threads, too.
 */
static enum nd_status
ask(struct nd_app *app, struct plan *plan)
{
	struct nd_store *store;
	struct nd_value_list *ids;
	enum nd_status st;

	plan->agreed = app->options.yes || app->options.dry_run;
	if (plan->agreed)
		return ND_OK;
	store = make_store(app);
	st = find_threads(app, store, &ids);
	if (st != ND_OK)
		return st;
	/* Nothing of these threads can go. */
	plan->agreed = ids->count == 0 && *app->options.query;
	if (!plan->agreed)
		plan->agreed = nd_terminal_agrees(question(app, ids->count));
	if (plan->agreed && !*app->options.query && plan->automatic.has_block)
		plan->unhook = nd_terminal_agrees(x_asprintf(
			app,
			"'%s' runs update after each 'notmuch new'. Take the "
			"hook out, too? [y/N] ",
			plan->automatic.hook.path));
	return ND_OK;
}

static bool
is_report(const void *ctx, const struct nd_store *store, const char *file)
{
	struct nd_digest_header header;

	return nd_digestfile_read(ctx, &store->folders, file, &header) &&
	       nd_digestfile_has_report_id(header.id);
}

/* What the index does not know, and the folder itself. */
static enum nd_status
remove_folder(const struct nd_store *store, struct nd_apply_counts *counts,
              struct nd_error *err)
{
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < store->folders.count; i++) {
		const char *path = store->folders.path[i];
		struct nd_name_list *files = nd_maildir_list(NULL, path);

		for (size_t k = 0; k < files->count; k++) {
			const char *name = files->name[k];
			bool report = is_report(files, store, name);

			if (!nd_maildir_unlink(&store->folders, name))
				st = nd_fail(err, ND_ERR_IO,
				             "cannot remove '%.300s': %s", name,
				             strerror(errno));
			if (access(name, F_OK) != 0 && report)
				counts->reports++;
			else if (access(name, F_OK) != 0)
				counts->removed++;
		}
		talloc_free(files);
		if (st == ND_OK) {
			nd_maildir_clear_tmp(path);
			nd_maildir_unmark(path);
			st = nd_folder_leave(store->root, path, err);
		}
	}
	return st;
}

static enum nd_status
print_plan(struct nd_app *app, const struct nd_store *store,
           struct nd_job *jobs, size_t count)
{
	struct nd_buf *plan = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	enum nd_status st =
		nd_apply_print(store, app->db, jobs, count, plan, app->err);

	if (st == ND_OK)
		st = nd_emit(&app->options, ND_FORMAT_MARKDOWN, plan, app->err);
	return st;
}

static void
say_what_was_done(struct nd_app *app, const struct nd_apply_counts *counts,
                  size_t answers)
{
	if (!app->options.quiet)
		fputs(nd_tally_clean(app, counts, answers), stdout);
}

/* Named on the command line, so nobody is asked: nothing in the mailbox goes,
 * and what is asked of a model again is made again. */
static enum nd_status
clean_cache(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	size_t count;
	enum nd_status st =
		nd_llm_clear_cache(options->dry_run, &count, app->err);

	if (st == ND_OK && options->dry_run)
		printf("%zu stored answers would be removed\n", count);
	else if (st == ND_OK)
		say_what_was_done(app, &(struct nd_apply_counts){0}, count);
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
	size_t answers = 0;

	TALLOC_FREE(app->db);
	if (count > 0 || (all && *app->state.folder))
		st = nd_apply(store, jobs, count,
		              all ? ND_SESSION_FORGET : ND_SESSION_LAST,
		              &counts, app->err);
	if (st == ND_OK && all)
		st = remove_folder(store, &counts, app->err);
	if (st == ND_OK && all)
		st = nd_llm_clear_cache(false, &answers, app->err);
	if (st == ND_OK && all)
		clean_helpers();
	if (st == ND_OK)
		say_what_was_done(app, &counts, answers);
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
locked_clean(struct nd_app *app, struct plan *plan)
{
	struct nd_store *store = make_store(app);
	struct nd_value_list *ids;
	struct nd_job *jobs;
	enum nd_status st = ND_OK;

	/* Our own change is seen when everything before it was. */
	if (!nd_watermark_is_of(&app->state, app->db))
		store->state.revision = 0;
	store->seen = store->state.revision;
	if (!app->options.dry_run)
		st = nd_store_adopt(app, store);
	if (st == ND_OK && !app->options.dry_run)
		st = nd_repair_folder(store, app->db, app->err);
	if (st == ND_OK)
		st = find_threads(app, store, &ids);
	if (st != ND_OK)
		return st;
	plan->threads = ids->count;
	jobs = make_jobs(app, ids);
	if (app->options.dry_run || app->options.verbose)
		st = print_plan(app, store, jobs, ids->count);
	if (st != ND_OK || app->options.dry_run)
		return st;
	return clean_all(app, store, jobs, ids->count);
}

/* The hook goes first: when that fails, all is still as it was. */
static enum nd_status
carry_out(struct nd_app *app, struct plan *plan)
{
	struct nd_lock *lock = NULL;
	enum nd_status st = ND_OK;

	if (!app->options.dry_run)
		st = nd_lock_take(app, app->db, app->settings->lock_timeout,
		                  &lock, app->err);
	if (st == ND_OK)
		st = nd_app_open(app, true);
	if (st == ND_OK && plan->unhook)
		st = nd_automatic_remove_hook(&plan->automatic.hook, app->err);
	if (st == ND_OK && plan->unhook)
		plan->automatic.has_block = false;
	if (st == ND_OK)
		st = locked_clean(app, plan);
	talloc_free(lock);
	return st;
}

static enum nd_status
check_options(struct nd_app *app)
{
	const struct nd_options *options = &app->options;

	if (options->cache && *options->query)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--cache and a query exclude each other");
	if (options->cache || options->yes || options->dry_run ||
	    nd_terminal_can_ask())
		return ND_OK;
	return nd_fail(app->err, ND_ERR_USAGE,
	               "nothing was removed: there is no terminal to ask on\n"
	               "--yes removes without a question, --dry-run prints "
	               "what would go");
}

static enum nd_status
clean_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	struct plan plan = {.agreed = false};
	enum nd_status st = check_options(app);

	print_warnings(app);
	if (st != ND_OK)
		return st;
	if (options->cache)
		return clean_cache(app);
	st = nd_store_check_version(app);
	if (st != ND_OK)
		return st;
	if (*options->query)
		st = nd_query_check_argument(app->db, options->query, app->err);
	nd_automatic_find(app, app->db, &plan.automatic);
	/* Others need not wait for the answer: the lock comes later. */
	if (st == ND_OK)
		st = ask(app, &plan);
	if (st == ND_OK && !plan.agreed)
		say_what_was_done(app, &(struct nd_apply_counts){0}, 0);
	if (st != ND_OK || !plan.agreed)
		return st;
	st = carry_out(app, &plan);
	if (st != ND_OK || options->quiet ||
	    (*options->query && plan.threads == 0))
		return st;
	/* Behind what was done, where both go to one place. */
	fflush(stdout);
	nd_automatic_print(&plan.automatic, app->settings->query,
	                   *options->query, stderr);
	return ND_OK;
}

const struct nd_cmd nd_cmd_clean = {
	.name = "clean",
	.usage = "[QUERY...]",
	.summary = "remove digests and tags again, all or those of a query",
	.options = clean_options,
	.flags = ND_CMD_DB_READ | ND_CMD_LENIENT,
	.needs = ND_SANDBOX_MAILBOX | ND_SANDBOX_CLEAN,
	.run = clean_run,
};
