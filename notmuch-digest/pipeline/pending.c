/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/pending.h"

#include <stdlib.h>
#include <string.h>

#include "mail/threads.h"
#include "pipeline/llm.h"
#include "pipeline/recover.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/str.h"

enum { CHUNK_THREADS = 500 }; /* looked at at a time */

bool
nd_pending_may_be(const struct nd_app *app)
{
	const char *key;
	bool asked;

	if (!nd_llm_is_wanted(app) || strcmp(app->settings->write, "yes") != 0)
		return false;
	key = nd_llm_barred_key(NULL, &app->settings->llm);
	asked = strcmp(app->state.asked, key) == 0;
	talloc_free((void *)(uintptr_t)key);
	return !asked;
}

const char *
nd_pending_failed_key(const void *ctx, const char *model, unsigned failures)
{
	const char *key = nd_llm_model_key(ctx, model);

	if (failures >= ND_PENDING_FAILURES_MAX)
		return key;
	return x_asprintf(ctx, "%s.%u", key, failures);
}

/* How often has the service failed at it? */
static unsigned
failures_of(const struct nd_index_mail *digest, const char *key)
{
	const char *rest = digest->model + strlen(key);

	if (!nd_str_starts(digest->model, key) || *rest != '.')
		return 0;
	return (unsigned)strtoul(rest + 1, NULL, 10);
}

/* ---- one thread ---------------------------------------------------------- */

struct finder {
	struct nd_app *app;
	const struct nd_store *store;
	const char *model;
	const char *key; /* of the model */
	struct nd_pending_list *list;
};

/* It is by this model: the index shall know, so that it is not looked at. */
static void
add_known(struct finder *f, const struct nd_index_thread *indexed,
          const char *root_id, const char *key)
{
	struct nd_job *job =
		x_append(f->list, f->list->known, f->list->known_count);

	job->kind = ND_JOB_UPDATE;
	job->desired = (struct nd_desired){
		.thread_id = x_strdup(f->list, indexed->thread_id),
		.root_id = root_id,
		.key = key,
		.flags = ND_DESIRED_UPGRADE,
		.model = f->key,
	};
}

/* The mail that bears the key of what was digested. */
static const struct nd_index_mail *
root_of(const struct nd_index_thread *indexed, const char *key)
{
	for (size_t i = 0; i < indexed->count; i++)
		if (!nd_index_is_digest(indexed->mail[i]) &&
		    strcmp(indexed->mail[i]->key, key) == 0)
			return indexed->mail[i];
	return NULL;
}

static void
look_at(struct finder *f, const struct nd_index_thread *indexed)
{
	const char *key = nd_index_key(f->list, indexed);
	const struct nd_index_mail *root = root_of(indexed, key);
	struct nd_pending *pending;
	struct nd_recover_found found;

	/* What has changed, or is odd, is an update's business first. */
	if (!root || !nd_recover_find(f->list, f->store, indexed, &found) ||
	    found.odd || found.mixed || strcmp(found.header.key, key) != 0)
		return;
	if (strcmp(found.header.engine, "llm") == 0 &&
	    strcmp(found.header.model, f->model) == 0) {
		if (strcmp(found.mail->model, f->key) != 0)
			add_known(f, indexed, x_strdup(f->list, root->id), key);
		return;
	}
	pending = x_append(f->list, f->list->pending, f->list->count);
	pending->thread_id = x_strdup(f->list, indexed->thread_id);
	pending->root_id = x_strdup(f->list, root->id);
	pending->key = key;
	pending->behind = found.header.behind;
	pending->engine = found.header.engine;
	pending->model = strcmp(found.header.engine, "llm") == 0
	                         ? found.header.model
	                         : NULL;
	pending->failures = failures_of(found.mail, f->key);
}

/* ---- all of them --------------------------------------------------------- */

/* The index numbers threads as they come. */
static int
compare(const void *a, const void *b)
{
	const struct nd_pending *x = a, *y = b;

	if (x->failures != y->failures)
		return x->failures < y->failures ? -1 : 1;
	return strcmp(y->thread_id, x->thread_id);
}

static const char *
digests_query(const struct finder *f, bool named)
{
	const struct nd_llm_settings *llm = &f->app->settings->llm;
	const char *all =
		x_asprintf(f->list, "%s and " ND_QUERY_MARKED, f->store->query);

	if (named)
		return all;
	return x_asprintf(f->list,
	                  "%s and not property:" ND_PROPERTY_MODEL
	                  "=%s and not property:" ND_PROPERTY_MODEL "=%s",
	                  all, f->key, nd_llm_barred_key(f->list, llm));
}

static const char *
threads_query(const struct finder *f, const struct nd_pending_ask *ask)
{
	const char *query = f->app->settings->query;

	if (ask->query)
		return ask->query;
	return nd_db_dated_query(f->list, query, ask->since_s, INT64_MAX);
}

/* The threads that have such a digest, are asked for, and may be shown. */
static enum nd_status
find_threads(struct finder *f, const struct nd_pending_ask *ask,
             struct nd_value_list **ids)
{
	struct nd_app *app = f->app;
	const char *query[] = {digests_query(f, ask->query != NULL),
	                       threads_query(f, ask), app->settings->llm.allow};
	const struct nd_value_list *among = NULL;
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < 3; i++) {
		st = nd_threads_ids(f->list, app->db, query[i], among, i == 1,
		                    ids, app->err);
		among = *ids;
	}
	return st;
}

enum nd_status
nd_pending_find(struct nd_app *app, const struct nd_store *store,
                const struct nd_pending_ask *ask, struct nd_pending_list **out)
{
	struct nd_pending_list *list = x_new(app, struct nd_pending_list);
	struct finder f = {
		.app = app,
		.store = store,
		.model = app->settings->llm.model,
		.key = nd_llm_model_key(list, app->settings->llm.model),
		.list = list,
	};
	struct nd_value_list *ids = NULL;
	enum nd_status st = ND_OK;

	if (nd_llm_is_wanted(app) && strcmp(app->settings->write, "yes") == 0 &&
	    (ask->query || *app->settings->query))
		st = find_threads(&f, ask, &ids);
	for (size_t i = 0; st == ND_OK && ids && i < ids->count;
	     i += CHUNK_THREADS) {
		size_t count = ids->count - i;
		struct nd_index_list *indexed;

		st = nd_index_load(list, app->db, ids->value + i,
		                   count < CHUNK_THREADS ? count
		                                         : CHUNK_THREADS,
		                   &indexed, app->err);
		for (size_t k = 0; st == ND_OK && k < indexed->count; k++)
			look_at(&f, &indexed->thread[k]);
	}
	if (st != ND_OK)
		return st;
	if (list->count > 1)
		qsort(list->pending, list->count, sizeof *list->pending,
		      compare);
	*out = list;
	return ND_OK;
}
