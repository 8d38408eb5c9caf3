/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "analyse/merged.h"
#include "app/period.h"
#include "app/tally.h"
#include "cmd/cmd.h"
#include "cmd/feed.h"
#include "cmd/gitlog.h"
#include "lineage/commitmatch.h"
#include "mail/read.h"
#include "mail/search.h"
#include "mail/threads.h"
#include "pipeline/thread.h"
#include "pipeline/update.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/pool.h"
#include "util/time.h"

enum {
	ID_SHOWN = 12,
	QUERY_BYTES = 4 << 20,
	LOOKUP_COMMITS = 1000,      /* that are looked for with one query */
	FIRST_COMMIT_S = 1112911993 /* of git, by git: none is older */
};

static const struct nd_option commits_options[] = {
	ND_OPTION(FLAG, "allow-insecure-http", allow_insecure_http, NULL,
                  "take http: URLs, too"),
	ND_OPTION(TEXT, "git", git, "DIR",
                  "a local repository instead of feeds"),
	ND_OPTION(TEXT, "since", since, "TIME",
                  "its commits from TIME on (default: the oldest mail)"),
	ND_OPTION(FLAG, "dry-run", dry_run, NULL,
                  "print what was merged, and write nothing"),
	ND_COMMON_NOW,
	ND_COMMON_JOBS,
	ND_OPTION(FLAG, "quiet", quiet, NULL, "the summary of each feed only"),
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

/* What a feed or repository has, and what it is about in the mailbox. */
struct harvest {
	const char *name;
	struct nd_commit_list *commits;
	struct nd_thread_list *threads;
};

static void
choose(void *arg, struct nd_hit *hit, size_t count)
{
	nd_commitmatch_choose(arg, hit, count);
}

/* Ask for the thread of a mail, each thread once. */
static void
add_thread(struct nd_buf *query, struct nd_map *known,
           const struct nd_thread *thread)
{
	const char *one;

	if (!nd_map_set(known, thread->id, NULL))
		return;
	one = nd_db_id_query(NULL, thread->message[0]->id);
	nd_buf_addf(query, "%s%s", query->len > 0 ? " or " : "", one);
	talloc_free((void *)one);
}

/* A few at a time: a query has its ceiling, and so has what it finds. */
static enum nd_status
find_some(struct nd_app *app, const struct nd_commit_list *commits,
          struct nd_map *known, struct nd_buf *query)
{
	struct nd_lookup *lookup = nd_commitmatch_lookup(NULL, commits);
	struct nd_map *none = nd_map_new(lookup);
	struct nd_found_list *found;
	enum nd_status st =
		nd_search_mails(lookup, app->db, lookup, choose,
	                        (void *)commits, none, &found, app->err);

	for (size_t i = 0; st == ND_OK && i < found->count; i++)
		add_thread(query, known, found->found[i].thread);
	talloc_free(lookup);
	return st;
}

/* The whole threads of what was found: a series is counted with its rest. */
static enum nd_status
find_threads(struct nd_app *app, struct harvest *harvest)
{
	const struct nd_commit_list *all = harvest->commits;
	struct nd_buf *query = nd_buf_new(NULL, QUERY_BYTES);
	struct nd_map *known = nd_map_new(query);
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < all->count; i += LOOKUP_COMMITS) {
		size_t left = all->count - i;
		struct nd_commit_list some = {
			&all->commit[i],
			left < LOOKUP_COMMITS ? left : LOOKUP_COMMITS};

		st = find_some(app, &some, known, query);
	}
	if (st == ND_OK && query->full)
		st = nd_fail(app->err, ND_ERR_LIMIT,
		             "'%.200s' has merged too many patches at once",
		             harvest->name);
	else if (st == ND_OK && query->len > 0)
		st = nd_threads_load(app, app->db, query->data, INT64_MAX,
		                     &harvest->threads, app->err);
	else
		harvest->threads = x_new(app, struct nd_thread_list);
	talloc_free(query);
	return st;
}

static void
finish_thread(void *arg, size_t i)
{
	struct nd_thread *thread = ((struct nd_thread_list *)arg)->thread[i];

	if (thread->category != ND_CATEGORY_PULL)
		nd_thread_drop_text(thread);
}

/* A mail that cannot be read is a patch that is missing. */
static enum nd_status
read_threads(struct nd_app *app, struct nd_thread_list *threads)
{
	unsigned jobs =
		app->options.jobs > 0 ? app->options.jobs : nd_pool_cores();
	struct nd_thread_work *work =
		x_array(NULL, struct nd_thread_work, threads->count + 1);
	struct nd_thread_way way = {.then = finish_thread, .arg = threads};
	enum nd_status st;

	for (size_t i = 0; i < threads->count; i++)
		work[i].thread = threads->thread[i];
	st = nd_thread_work(app, work, threads->count, jobs, &way);
	talloc_free(work);
	return st;
}

static void
print_merge(const struct nd_merge *merge)
{
	const struct nd_thread *thread = merge->thread;
	const char *subject =
		merge->series ? thread->message[merge->series->root]->subject
			      : nd_thread_root(thread)->subject;

	printf("%s\n", subject);
	if (merge->total > 1)
		printf("  merged: %zu of %d patches\n", merge->patch_count,
		       merge->total);
	for (size_t i = 0; i < merge->patch_count; i++) {
		const struct nd_merged_patch *patch = &merge->patch[i];
		const char *day = nd_time_iso(NULL, patch->commit->date_s);

		printf("  %.*s %.*s", patch->commit->date_s > 0 ? 10 : 0, day,
		       ID_SHOWN, patch->commit->id);
		if (merge->total > 1)
			printf(" %d/%d", patch->number, merge->total);
		printf(" %s\n", patch->commit->title);
		talloc_free((void *)day);
	}
}

static void
print_summary(const struct harvest *harvest, const struct nd_merge_list *merges)
{
	size_t commits = harvest->commits->count;
	size_t series = 0, complete = 0, pulls = 0;

	for (size_t i = 0; i < merges->count; i++) {
		const struct nd_merge *merge = &merges->merge[i];

		pulls += !merge->series;
		series += merge->series != NULL;
		complete += merge->series &&
		            merge->patch_count == (size_t)merge->total;
	}
	printf("%s: %zu commits, %zu of them in this mailbox: %zu series "
	       "(%zu complete), %zu pull requests; %zu unknown\n",
	       harvest->name, commits, merges->matched, series, complete, pulls,
	       commits - merges->matched);
}

static void
read_messages(struct nd_commit_list *commits)
{
	for (size_t i = 0; i < commits->count; i++) {
		struct nd_commit *commit = &commits->commit[i];

		nd_commitmatch_read(commits->commit, commit);
		/* What was looked for is found. */
		talloc_free((void *)commit->message);
		commit->message = "";
	}
}

static enum nd_status
load_feeds(struct nd_app *app, struct harvest *harvest)
{
	const struct nd_options *options = &app->options;
	enum nd_status st = ND_OK;

	if (!app->reader)
		nd_read_init();
	for (size_t i = 0; st == ND_OK && i < options->arg_count; i++) {
		struct nd_feed *feed;

		harvest[i].name = options->arg[i];
		st = nd_feed_load(app, app->reader, options->arg[i],
		                  options->allow_insecure_http, &feed,
		                  app->err);
		if (st == ND_OK)
			harvest[i].commits = &feed->commits;
	}
	return st;
}

/* What is older than all mail has carried none of it. */
static enum nd_status
default_since(struct nd_app *app, int64_t *since_s)
{
	const char *query = app->settings->query;

	*since_s = FIRST_COMMIT_S;
	if (app->options.since)
		return nd_period_time(app->options.since, "since", app->now_s,
		                      since_s, app->err);
	if (app->options.arg_count > 0)
		return ND_OK;
	return nd_search_oldest(app->db, *query ? query : "*", FIRST_COMMIT_S,
	                        since_s, app->err);
}

static enum nd_status
load_repository(struct nd_app *app, struct harvest *harvest)
{
	struct nd_gitlog_range range = {
		.directory = app->options.git,
		.revision = app->options.arg,
		.revision_count = app->options.arg_count,
	};
	enum nd_status st = default_since(app, &range.since_s);

	harvest->name = app->options.git;
	return st == ND_OK ? nd_gitlog_load(app, &range, &harvest->commits,
	                                    app->err)
	                   : st;
}

/* What is new of it: threads whose digest does not know it yet. */
struct news {
	struct nd_map *merged; /* root id -> text */
	struct nd_buf *query;
};

static void
add_news(struct news *news, const struct nd_merge *merge)
{
	struct nd_thread *thread = merge->thread;
	const char *root_id = nd_thread_root(thread)->id;
	const char *text = nd_merged_add(news->merged, merge), *id;

	if (thread->merged && strcmp(thread->merged, text) == 0)
		return;
	/* Another series of the thread adds to it. */
	thread->merged = text;
	id = nd_db_id_query(news->merged, root_id);
	if (nd_map_set(news->merged, root_id, (void *)text))
		nd_buf_addf(news->query, "%s%s",
		            news->query->len > 0 ? " or " : "", id);
}

static enum nd_status
digest_news(struct nd_app *app, const struct news *news,
            struct nd_apply_counts *counts)
{
	struct nd_update update = {0};
	enum nd_status st;

	if (app->options.dry_run || news->query->len == 0)
		return ND_OK;
	if (news->query->full)
		return nd_fail(app->err, ND_ERR_LIMIT,
		               "too many patches were merged at once");
	update.query = news->query->data;
	update.merged = news->merged;
	update.counts = *counts;
	st = nd_app_open(app, false);
	if (st == ND_OK)
		st = nd_update_run(app, &update);
	*counts = update.counts;
	return st;
}

static void
tell(struct nd_app *app, const struct harvest *harvest, struct news *news)
{
	struct nd_thread_list *threads = harvest->threads;
	struct nd_merge_list *merges;

	merges = nd_commitmatch_find(app, harvest->commits, threads->thread,
	                             threads->count);
	for (size_t i = 0; i < merges->count; i++) {
		if (!app->options.quiet)
			print_merge(&merges->merge[i]);
		add_news(news, &merges->merge[i]);
	}
	print_summary(harvest, merges);
}

static enum nd_status
use(struct nd_app *app, struct harvest *harvest, struct nd_apply_counts *counts)
{
	struct news news = {nd_map_new(app), nd_buf_new(app, QUERY_BYTES)};
	enum nd_status st = nd_app_open(app, false);

	read_messages(harvest->commits);
	if (st == ND_OK)
		st = find_threads(app, harvest);
	TALLOC_FREE(app->db);
	if (st == ND_OK)
		st = read_threads(app, harvest->threads);
	if (st != ND_OK)
		return st;
	tell(app, harvest, &news);
	return digest_news(app, &news, counts);
}

static enum nd_status
check_options(const struct nd_options *options, struct nd_error *err)
{
	if (!options->git && options->arg_count == 0)
		return nd_fail(err, ND_ERR_USAGE,
		               "commits needs a feed: a file, - or a URL\n"
		               "or a repository: --git=DIR");
	if (!options->git && options->since)
		return nd_fail(err, ND_ERR_USAGE,
		               "--since is for --git: feeds are read whole");
	return ND_OK;
}

static enum nd_status
commits_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	struct harvest *harvest =
		x_array(app, struct harvest, options->arg_count + 1);
	size_t count = options->git ? 1 : options->arg_count;
	struct nd_apply_counts counts = {0};
	enum nd_status st = check_options(options, app->err);

	/* All feeds first: a broken one leaves everything as it is. */
	if (st == ND_OK)
		st = options->git ? load_repository(app, harvest)
		                  : load_feeds(app, harvest);
	TALLOC_FREE(app->db);
	for (size_t i = 0; st == ND_OK && i < count; i++)
		st = use(app, &harvest[i], &counts);
	if (st == ND_OK && !options->quiet && !options->dry_run)
		fputs(nd_tally_update(app, &counts), stdout);
	return st;
}

const struct nd_cmd nd_cmd_commits = {
	.name = "commits",
	.usage = "FEED... | --git=DIR [RANGE...]",
	.summary = "note which series a tree has merged",
	.options = commits_options,
	.flags = ND_CMD_DB_READ | ND_CMD_READS_MAIL,
	.needs = ND_SANDBOX_MAILBOX | ND_SANDBOX_MODEL | ND_SANDBOX_FEEDS,
	.run = commits_run,
};
