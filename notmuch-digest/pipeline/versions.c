/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/versions.h"

#include "lineage/versionlookup.h"
#include "lineage/versions.h"
#include "mail/search.h"
#include "mail/threads.h"
#include "pipeline/thread.h"
#include "util/alloc.h"

/* How often links of candidates are followed to older candidates. */
enum { ROUNDS = 3 };

struct chains {
	const struct nd_thread_list *threads;
	struct nd_fingerprint_list
		fingerprints; /* the threads' first, then candidates' */
	struct nd_map *known; /* ids of mails there are already */
	int64_t until_s;
	unsigned jobs;
	void *ctx; /* owns all of this, and the candidates */
};

static void
add_fingerprint(struct chains *chains, const struct nd_series *series)
{
	if (series && series->fingerprint)
		*x_append(chains->ctx, chains->fingerprints.fingerprint,
		          chains->fingerprints.count) = series->fingerprint;
}

static void
add_thread(struct chains *chains, const struct nd_thread *thread)
{
	add_fingerprint(chains, thread->series);
	for (size_t i = 0; i < thread->more_series_count; i++)
		add_fingerprint(chains, thread->more_series[i]);
	for (size_t i = 0; i < thread->message_count; i++)
		nd_map_set(chains->known, thread->message[i]->id, NULL);
}

static void
choose(void *arg, struct nd_hit *hit, size_t count)
{
	const struct chains *chains = arg;

	nd_versionlookup_choose(&chains->fingerprints, hit, count);
}

/* A candidate that could not be read has no series. */
static void
finish_candidate(void *arg, size_t i)
{
	const struct nd_found_list *list = arg;
	const struct nd_found *found = &list->found[i];
	struct nd_thread *thread = found->thread;

	if (thread->series && thread->series->fingerprint)
		thread->series->fingerprint->root_id = found->first_id;
	nd_thread_drop_text(thread);
}

static enum nd_status
read_candidates(struct nd_app *app, struct chains *chains,
                struct nd_found_list *list)
{
	struct nd_thread_work *work =
		x_array(NULL, struct nd_thread_work, list->count + 1);
	struct nd_thread_way way = {.then = finish_candidate, .arg = list};
	enum nd_status st;

	for (size_t i = 0; i < list->count; i++)
		work[i].thread = list->found[i].thread;
	st = nd_thread_work(app, work, list->count, chains->jobs, &way);
	talloc_free(work);
	return st;
}

/* One more question to the database, and the answers read. */
static enum nd_status
find_candidates(struct nd_app *app, struct chains *chains,
                const struct nd_lookup *lookup)
{
	struct nd_found_list *list;
	enum nd_status st = nd_app_open(app, false);

	if (st != ND_OK)
		return st;
	st = nd_search_mails(chains->ctx, app->db, lookup, choose, chains,
	                     chains->known, &list, app->err);
	TALLOC_FREE(app->db);
	if (st == ND_OK)
		st = read_candidates(app, chains, list);
	for (size_t i = 0; st == ND_OK && i < list->count; i++) {
		const struct nd_found *found = &list->found[i];

		/* The posting may be in a thread that is here already. */
		if (!nd_map_has(chains->known, found->first_id))
			add_thread(chains, found->thread);
	}
	return st;
}

static bool
asks_for_something(const struct nd_lookup *lookup)
{
	return lookup->title_count + lookup->author_count + lookup->id_count >
	       0;
}

enum nd_status
nd_versions_find(struct nd_app *app, const struct nd_thread_list *threads,
                 int64_t until_s, unsigned jobs)
{
	struct chains chains = {.threads = threads, .until_s = until_s};
	enum nd_status st = ND_OK;
	struct nd_lookup *lookup;

	chains.ctx = talloc_new(NULL);
	chains.known = nd_map_new(chains.ctx);
	chains.jobs = jobs;
	for (size_t i = 0; i < threads->count; i++)
		add_thread(&chains, threads->thread[i]);
	lookup = nd_versionlookup_new(chains.ctx, &chains.fingerprints, 0,
	                              until_s);
	for (int i = 0; st == ND_OK && i < ROUNDS && asks_for_something(lookup);
	     i++) {
		size_t first = chains.fingerprints.count;

		st = find_candidates(app, &chains, lookup);
		lookup = nd_versionlookup_new(chains.ctx, &chains.fingerprints,
		                              first, until_s);
	}
	if (st == ND_OK)
		nd_versions_link(&chains.fingerprints);
	talloc_free(chains.ctx);
	return st;
}
