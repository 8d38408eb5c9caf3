/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "analyse/commitmatch.h"
#include "analyse/merged.h"
#include "app/tally.h"
#include "cmd/cmd.h"
#include "cmd/feed.h"
#include "mail/read.h"
#include "mail/search.h"
#include "mail/threads.h"
#include "pipeline/thread.h"
#include "pipeline/update.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/pool.h"
#include "util/time.h"

enum { ID_SHOWN = 12, QUERY_BYTES = 4 << 20 };

static const struct nd_option commits_options[] = {
	ND_OPTION(FLAG, "allow-insecure-http", allow_insecure_http, NULL,
                  "take http: URLs, too"),
	ND_OPTION(FLAG, "dry-run", dry_run, NULL,
                  "print what was merged, and write nothing"),
	ND_COMMON_NOW,
	ND_COMMON_JOBS,
	ND_OPTION(FLAG, "quiet", quiet, NULL, "the summary of each feed only"),
	ND_COMMON_HELP,
	{0},
};

/* One feed and what it is about in the mailbox. */
struct harvest {
	struct nd_feed *feed;
	struct nd_thread_list *threads;
};

static void
choose(void *arg, struct nd_hit *hit, size_t count)
{
	nd_commitmatch_choose(arg, hit, count);
}

/* The whole threads of what was found: a series is counted with its rest. */
static enum nd_status
load_threads(struct nd_app *app, struct nd_db *db,
             const struct nd_found_list *found, struct nd_thread_list **out)
{
	struct nd_buf *query = nd_buf_new(app, QUERY_BYTES);
	enum nd_status st;

	for (size_t i = 0; i < found->count; i++) {
		const char *id = found->found[i].thread->message[0]->id;
		const char *one = nd_db_id_query(NULL, id);

		nd_buf_addf(query, "%s%s", i > 0 ? " or " : "", one);
		talloc_free((void *)one);
	}
	if (found->count == 0) {
		*out = x_new(app, struct nd_thread_list);
		return ND_OK;
	}
	if (query->full)
		st = nd_fail(app->err, ND_ERR_LIMIT,
		             "the feed has merged too many patches at once");
	else
		st = nd_threads_load(app, db, query->data, INT64_MAX, out,
		                     app->err);
	talloc_free(query);
	return st;
}

static enum nd_status
find_threads(struct nd_app *app, struct nd_db *db, struct harvest *harvest)
{
	struct nd_commit_list *commits = &harvest->feed->commits;
	struct nd_lookup *lookup = nd_commitmatch_lookup(app, commits);
	struct nd_map *known = nd_map_new(lookup);
	struct nd_found_list *found;
	enum nd_status st = nd_search_mails(app, db, lookup, choose, commits,
	                                    known, &found, app->err);

	if (st == ND_OK)
		st = load_threads(app, db, found, &harvest->threads);
	talloc_free(lookup);
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
	enum nd_status st;

	for (size_t i = 0; i < threads->count; i++)
		work[i].thread = threads->thread[i];
	st = nd_thread_work(app, work, threads->count, jobs, 0, finish_thread,
	                    threads);
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
print_summary(const char *name, const struct nd_feed *feed,
              const struct nd_merge_list *merges)
{
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
	       name, feed->commits.count, merges->matched, series, complete,
	       pulls, feed->commits.count - merges->matched);
}

static enum nd_status
load_feeds(struct nd_app *app, struct harvest *harvest)
{
	const struct nd_options *options = &app->options;
	enum nd_status st = ND_OK;

	nd_read_init();
	for (size_t i = 0; st == ND_OK && i < options->arg_count; i++) {
		struct nd_commit_list *commits;

		st = nd_feed_load(app, options->arg[i],
		                  options->allow_insecure_http,
		                  &harvest[i].feed, app->err);
		if (st != ND_OK)
			break;
		commits = &harvest[i].feed->commits;
		for (size_t k = 0; k < commits->count; k++)
			nd_commitmatch_read(harvest[i].feed,
			                    &commits->commit[k]);
	}
	return st;
}

/* What is new of a feed: threads whose digest does not know it yet. */
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
		               "the feed has merged too many patches at once");
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
tell(struct nd_app *app, const char *name, const struct harvest *harvest,
     struct news *news)
{
	struct nd_thread_list *threads = harvest->threads;
	struct nd_merge_list *merges;

	merges = nd_commitmatch_find(app, &harvest->feed->commits,
	                             threads->thread, threads->count);
	for (size_t i = 0; i < merges->count; i++) {
		if (!app->options.quiet)
			print_merge(&merges->merge[i]);
		add_news(news, &merges->merge[i]);
	}
	print_summary(name, harvest->feed, merges);
}

static enum nd_status
commits_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	struct harvest *harvest =
		x_array(app, struct harvest, options->arg_count + 1);
	struct nd_apply_counts counts = {0};
	struct news news;
	enum nd_status st;

	if (options->arg_count == 0)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "commits needs a feed: a file, - or a URL");
	/* All feeds first: a broken one leaves everything as it is. */
	TALLOC_FREE(app->db);
	st = load_feeds(app, harvest);
	for (size_t i = 0; st == ND_OK && i < options->arg_count; i++) {
		news.merged = nd_map_new(app);
		news.query = nd_buf_new(app, QUERY_BYTES);
		st = nd_app_open(app, false);
		if (st == ND_OK)
			st = find_threads(app, app->db, &harvest[i]);
		TALLOC_FREE(app->db);
		if (st == ND_OK)
			st = read_threads(app, harvest[i].threads);
		if (st == ND_OK) {
			tell(app, options->arg[i], &harvest[i], &news);
			st = digest_news(app, &news, &counts);
		}
	}
	if (st == ND_OK && !options->quiet && !options->dry_run)
		fputs(nd_tally_update(app, &counts), stdout);
	return st;
}

const struct nd_cmd nd_cmd_commits = {
	.name = "commits",
	.usage = "FEED...",
	.summary = "note which series a feed of commits has merged",
	.options = commits_options,
	.flags = ND_CMD_DB_READ,
	.run = commits_run,
};
