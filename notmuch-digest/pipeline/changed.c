/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/changed.h"

#include <limits.h>
#include <string.h>

#include "mail/threads.h"
#include "pipeline/muted.h"
#include "pipeline/recover.h"
#include "store/index.h"
#include "util/alloc.h"
#include "util/map.h"

enum { CHUNK_THREADS = 500 }; /* looked at at a time */

/*
 * After so much time without mail a thread may have another tag, by the clock
 * alone: what was sent to the user alone needs the user (agenda/obligation.h),
 * and a thread is stalled (analyse/state.h).
 */
static const struct quiet {
	int64_t span_s;
	const char *tag;
} quiets[] = {
	/* the longest first: what is lively for one may be quiet for the next */
	{14 * 86400, "stalled"},
	{2 * 86400, "me"},
};

/* How a thread came to be looked at. */
enum reason {
	WANTED = 1 << 0, /* its mail is to be digested */
	MENDED = 1 << 1, /* something of ours may be wrong there */
	QUIET = 1 << 2,  /* no mail for long: its state may have changed */
	BEREFT = 1 << 3, /* it has the tag of a digest, and no digest */
};

struct finder {
	struct nd_app *app;
	const struct nd_store *store;
	const char *folder_query; /* all mail where digests are */
	bool named;               /* the user named the threads */
	bool again;               /* although their mails are the same */
	bool is_current;          /* nothing has been written since we have */
	struct nd_value_list ids;
	struct nd_map *reason; /* thread id -> enum reason */
	struct nd_map *muted;  /* ids of those that get nothing of ours */
	struct nd_changed *changed;
};

static void
add_ids(struct finder *f, const struct nd_value_list *ids, enum reason reason)
{
	for (size_t i = 0; i < ids->count; i++) {
		const char *id = ids->value[i];
		intptr_t indexed = nd_map_get_int(f->reason, id, 0);

		if (!indexed)
			*x_append(f->changed, f->ids.value, f->ids.count) = id;
		nd_map_set_int(f->reason, id, indexed | reason);
	}
}

static enum nd_status
add_query(struct finder *f, const char *query, enum reason reason)
{
	struct nd_value_list *ids;
	enum nd_status st = nd_threads_ids(f->changed, f->app->db, query, NULL,
	                                   reason == WANTED, &ids, f->app->err);

	if (st == ND_OK)
		add_ids(f, ids, reason);
	return st;
}

/* ---- threads that changed ------------------------------------------------ */

static const char *
since_watermark(struct finder *f)
{
	return x_asprintf(f->changed, "lastmod:%lu..%lu",
	                  f->app->state.revision + 1, f->changed->revision);
}

static const char *
watched_query(struct finder *f, int64_t since_s)
{
	return nd_db_dated_query(f->changed, f->app->settings->query, since_s,
	                         INT64_MAX);
}

/* The mail that changed need not be one that digest.query matches. */
static enum nd_status
add_changed(struct finder *f, int64_t since_s)
{
	const char *changed = x_asprintf(f->changed, "%s and not %s",
	                                 since_watermark(f), f->folder_query);
	struct nd_value_list *ids, *watched;
	enum nd_status st = nd_threads_ids(f->changed, f->app->db, changed,
	                                   NULL, false, &ids, f->app->err);

	if (st == ND_OK)
		st = nd_threads_ids(f->changed, f->app->db,
		                    watched_query(f, since_s), ids, true,
		                    &watched, f->app->err);
	if (st == ND_OK)
		add_ids(f, watched, WANTED);
	return st;
}

/*
 * Threads that have gone quiet since they were last looked for: with mail of the
 * days that have just become too old, and no later one. Mail from the future
 * keeps none. Where nobody knows when that was, those with mail since since_s.
 * Where the clock was ahead then, also those that are not quiet after all.
 */
static enum nd_status
add_quiet_for(struct finder *f, const struct quiet *quiet, int64_t since_s)
{
	bool ahead = nd_watermark_is_ahead(&f->app->state, f->app->now_s);
	int64_t last_s = ahead ? 0 : f->app->state.quiet_s;
	int64_t from = last_s > 0 ? last_s - quiet->span_s : since_s;
	int64_t until = f->app->now_s - quiet->span_s;
	const char *tag = nd_tag_full(f->changed, &f->store->tags, quiet->tag);
	const char *later = nd_db_dates(f->changed, until + 1, f->app->now_s);
	struct nd_value_list *ids, *ours, *lively;
	enum nd_status st;

	if (from >= until)
		return ND_OK;
	st = nd_threads_ids(f->changed, f->app->db,
	                    x_asprintf(f->changed, "%s and not %s",
	                               nd_db_dates(f->changed, from, until),
	                               f->folder_query),
	                    NULL, false, &ids, f->app->err);
	if (st == ND_OK)
		st = nd_threads_ids(f->changed, f->app->db,
		                    x_asprintf(f->changed,
		                               "(" ND_QUERY_MARKED
		                               " or %s) and not tag:%s",
		                               f->folder_query, tag),
		                    ids, false, &ours, f->app->err);
	if (st == ND_OK)
		st = nd_threads_ids(f->changed, f->app->db, later, ours, false,
		                    &lively, f->app->err);
	if (st != ND_OK)
		return st;
	add_ids(f, ours, QUIET);
	for (size_t i = 0; i < lively->count; i++)
		nd_map_set_int(f->reason, lively->value[i],
		               nd_map_get_int(f->reason, lively->value[i], 0) &
		                       ~QUIET);
	if (!ahead)
		return ND_OK;
	st = nd_threads_ids(f->changed, f->app->db,
	                    x_asprintf(f->changed, "tag:%s", tag), NULL, false,
	                    &ids, f->app->err);
	if (st == ND_OK)
		st = nd_threads_ids(f->changed, f->app->db, later, ids, false,
		                    &lively, f->app->err);
	if (st == ND_OK)
		add_ids(f, lively, QUIET);
	return st;
}

static enum nd_status
add_quiet(struct finder *f, int64_t since_s)
{
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < sizeof quiets / sizeof *quiets;
	     i++)
		st = add_quiet_for(f, &quiets[i], since_s);
	return st;
}

/*
 * What the user is to do may be done in mail of another thread, so where
 * something has come those that need the user are looked at, too.
 */
static enum nd_status
add_needy(struct finder *f, int64_t since_s)
{
	const char *tag = nd_tag_full(f->changed, &f->store->tags, "me");

	if (f->ids.count == 0)
		return ND_OK;
	return add_query(
		f,
		x_asprintf(f->changed, "tag:\"%s\" and %s", tag,
	                   nd_db_dates(f->changed, since_s, INT64_MAX)),
		QUIET);
}

/* ---- what may have to be mended ------------------------------------------ */

/* Mail that vanishes leaves no trace in lastmod; only the sum tells. */
static enum nd_status
add_orphans(struct finder *f)
{
	struct nd_db *db = f->app->db;
	const char *changed = x_asprintf(f->changed, "%s and not %s",
	                                 since_watermark(f), f->folder_query);
	struct nd_value_list *ids, gone = {0};
	enum nd_status st;
	unsigned count;

	st = nd_db_count(db, changed, &count, f->app->err);
	if (st != ND_OK || f->changed->mails >= f->app->state.mails + count)
		return st;
	st = nd_threads_ids(f->changed, db, f->folder_query, NULL, false, &ids,
	                    f->app->err);
	for (size_t i = 0; st == ND_OK && i < ids->count; i++) {
		char *others = x_asprintf(NULL, "thread:%s and not %s",
		                          ids->value[i], f->folder_query);

		st = nd_db_count(db, others, &count, f->app->err);
		if (st == ND_OK && count == 0)
			*x_append(f->changed, gone.value, gone.count) =
				ids->value[i];
		talloc_free(others);
	}
	if (st == ND_OK)
		add_ids(f, &gone, MENDED);
	return st;
}

static enum nd_status
add_mendable(struct finder *f)
{
	const struct nd_watermark *state = &f->app->state;
	struct nd_db *db = f->app->db;
	const char *unmarked = x_asprintf(
		f->changed, "%s and not " ND_QUERY_MARKED, f->folder_query);
	enum nd_status st;
	unsigned count;

	if (!nd_watermark_is_of(state, db) || state->revision == 0) {
		f->changed->complete = true;
		return add_query(f, f->folder_query, MENDED);
	}
	if (f->is_current)
		return f->store->folders.count > 1
		               ? add_query(f, f->folder_query, MENDED)
		               : ND_OK;
	st = nd_db_count(db, unmarked, &count, f->app->err);
	if (st == ND_OK && count != state->foreign) {
		f->changed->complete = true;
		st = add_query(f, unmarked, MENDED);
	}
	if (st == ND_OK && f->store->folders.count > 1)
		st = add_query(f, f->folder_query, MENDED);
	if (st == ND_OK)
		st = add_query(f,
		               x_asprintf(f->changed, "%s and %s",
		                          since_watermark(f), f->folder_query),
		               MENDED);
	return st == ND_OK ? add_orphans(f) : st;
}

/*
 * Digests are taken away by the user, too; that is not a change of a mail that
 * is still there, so their number has to tell.
 */
static enum nd_status
add_bereft(struct finder *f)
{
	const struct nd_tag_names *tags = &f->store->tags;
	const char *tagged = x_asprintf(
		f->changed, ND_QUERY_MARKED " and (tag:\"%s\" or tag:\"%s\")",
		nd_tag_full(f->changed, tags, "summarized"),
		nd_tag_full(f->changed, tags, "stale"));
	struct nd_value_list *ids, *with, without = {0};
	struct nd_map *has;
	enum nd_status st;

	if (f->changed->digests >= f->app->state.digests)
		return ND_OK;
	st = nd_threads_ids(f->changed, f->app->db, tagged, NULL, false, &ids,
	                    f->app->err);
	if (st == ND_OK)
		st = nd_threads_ids(f->changed, f->app->db, f->folder_query,
		                    NULL, false, &with, f->app->err);
	if (st != ND_OK)
		return st;
	has = nd_map_new(f->changed);
	for (size_t i = 0; i < with->count; i++)
		nd_map_set(has, with->value[i], NULL);
	for (size_t i = 0; i < ids->count; i++)
		if (!nd_map_has(has, ids->value[i]))
			*x_append(f->changed, without.value, without.count) =
				ids->value[i];
	add_ids(f, &without, BEREFT);
	return ND_OK;
}

/*
 * Threads that have been muted and may still have something of ours: what has
 * changed since, and, since the setting may have, too, what has our mark. Where
 * another host writes the digests they stay: they are not ours to take away.
 */
static enum nd_status
add_muted(struct finder *f, bool all)
{
	const char *which = x_asprintf(f->changed, ND_QUERY_MARKED " or %s",
	                               since_watermark(f));
	enum nd_status st;

	if (strcmp(f->app->settings->write, "yes") != 0)
		return ND_OK;
	st = add_query(f, nd_muted_query(f->app, all ? NULL : which), MENDED);
	return st == ND_OK ? nd_muted_find(f->app, &f->ids, &f->muted) : st;
}

/* ---- one thread
 * -------------------------------------------------------------- */

static void
add_job(struct finder *f, const struct nd_index_thread *indexed,
        enum nd_job_kind kind)
{
	struct nd_job *job =
		x_append(f->changed, f->changed->job, f->changed->job_count);

	job->kind = kind;
	job->desired.thread_id = x_strdup(f->changed, indexed->thread_id);
}

static struct nd_work *
add_work(struct finder *f, const struct nd_index_thread *indexed,
         const char *key, const struct nd_digest_header *header, bool again)
{
	struct nd_work *work =
		x_append(f->changed, f->changed->work, f->changed->work_count);

	work->thread_id = x_strdup(f->changed, indexed->thread_id);
	work->key = key;
	work->last = header ? x_strdup(f->changed, header->last) : "";
	work->has_digest = header != NULL;
	work->again = again;
	return work;
}

/* Was the digest made with other settings than the user asks for now? */
static bool
is_made_otherwise(struct finder *f, const struct nd_digest_header *header)
{
	const struct nd_options *options = &f->app->options;
	const struct nd_settings *settings = f->app->settings;
	const char *engine =
		options->engine ? options->engine : settings->engine;
	const char *lang = options->lang ? options->lang : settings->lang;

	/* What a model is still to be asked for is pending (pending.h). */
	bool same = strcmp(header->engine, engine) == 0 ||
	            strcmp(engine, "llm") == 0;

	return !same || strcmp(header->lang, lang) != 0;
}

static void
add_quiet_work(struct finder *f, const struct nd_index_thread *indexed,
               const char *key)
{
	intptr_t reason = nd_map_get_int(f->reason, indexed->thread_id, 0);

	if (reason & QUIET)
		add_work(f, indexed, key, NULL, false)->quiet = true;
}

/* A digest does not tell what the clock has done since it was written. */
static void
add_recovery(struct finder *f, const struct nd_index_thread *indexed,
             const char *key, const struct nd_recover_found *found)
{
	struct nd_changed *changed = f->changed;
	struct nd_job *job =
		x_append(changed, changed->job, changed->job_count);

	nd_recover_job(changed, f->store, indexed, key, found, job);
	if (strcmp(found->header.key, key) != 0)
		return;
	if (!f->store->others) {
		add_quiet_work(f, indexed, key);
		return;
	}
	/* Whom it needs there is another user's: read, who is needed here. */
	job->desired.ask_count = 0;
	add_work(f, indexed, key, NULL, false)->quiet = true;
}

/* Reports that are not as they should be; *any: there is one. */
static enum nd_status
look_at_reports(struct finder *f, const struct nd_index_thread *indexed,
                bool *any)
{
	struct nd_changed *changed = f->changed;
	enum nd_status st = ND_OK;

	for (size_t i = 0; st == ND_OK && i < indexed->count; i++) {
		const struct nd_index_mail *mail = indexed->mail[i];
		struct nd_job job;

		*any = *any || (mail->report && mail->own_count > 0);
		if (!nd_recover_is_odd_report(f->store, mail))
			continue;
		st = nd_recover_report(changed, f->store, f->app->db, mail,
		                       &job, f->app->err);
		if (st == ND_OK && job.desired.window)
			*x_append(changed, changed->job, changed->job_count) =
				job;
	}
	return st;
}

/* Has it anything of ours, but for reports, which are of no thread? */
static bool
has_ours(const struct nd_index_thread *indexed)
{
	for (size_t i = 0; i < indexed->count; i++)
		if (!indexed->mail[i]->report &&
		    (indexed->mail[i]->marked ||
		     indexed->mail[i]->own_count > 0))
			return true;
	return false;
}

static enum nd_status
look_at(struct finder *f, const struct nd_index_thread *indexed)
{
	intptr_t reason = nd_map_get_int(f->reason, indexed->thread_id, 0);
	const char *key = nd_index_key(f->changed, indexed);
	struct nd_recover_found found;
	bool has_digest, has_report = false, same;
	enum nd_status st = look_at_reports(f, indexed, &has_report);

	for (size_t i = 0; i < indexed->count; i++)
		f->changed->foreign +=
			indexed->mail[i]->foreign && !indexed->mail[i]->marked;
	if (!*key) {
		/* A digest whose mails are gone; a report never had any. */
		if (!has_report)
			add_job(f, indexed, ND_JOB_CLEAN);
		return st;
	}
	if (nd_map_has(f->muted, indexed->thread_id)) {
		if (has_ours(indexed))
			add_job(f, indexed, ND_JOB_MUTE);
		return st;
	}
	has_digest = nd_recover_find(f->changed, f->store, indexed, &found);
	if (has_digest && found.header.version > ND_DIGESTFILE_VERSION) {
		f->changed->newer =
			x_asprintf(f->changed, "id:%s", found.header.id);
		f->changed->newer_version = found.header.version;
	}
	same = nd_index_has_key(indexed, key);
	/* One that is written anew gets its tags with the digest. */
	if ((reason & BEREFT) && ((same && !f->again) || !(reason & WANTED)))
		add_job(f, indexed, ND_JOB_BEREFT);
	if (same && !f->again && !found.mixed &&
	    !(f->named && has_digest && is_made_otherwise(f, &found.header))) {
		if (found.odd && found.root)
			add_recovery(f, indexed, key, &found);
		else if (found.odd)
			add_work(f, indexed, key, NULL, true);
		else
			add_quiet_work(f, indexed, key);
		return st;
	}
	if (has_digest && !same && strcmp(found.header.key, key) == 0 &&
	    found.root)
		add_recovery(f, indexed, key, &found);
	else if (reason & WANTED)
		add_work(f, indexed, key, has_digest ? &found.header : NULL,
		         same);
	else if (found.odd && found.root)
		add_recovery(f, indexed, key, &found);
	else if (found.mixed)
		add_work(f, indexed, key, NULL, true);
	return st;
}

static enum nd_status
look_at_all(struct finder *f)
{
	enum nd_status st = ND_OK;

	f->changed->looked_at = f->ids.count;
	for (size_t i = 0; st == ND_OK && i < f->ids.count;
	     i += CHUNK_THREADS) {
		size_t count = f->ids.count - i;
		struct nd_index_list *list;

		if (count > CHUNK_THREADS)
			count = CHUNK_THREADS;
		st = nd_index_load(f->changed, f->app->db, f->ids.value + i,
		                   count, &list, f->app->err);
		if (st != ND_OK)
			break;
		for (size_t k = 0; st == ND_OK && k < list->count; k++)
			st = look_at(f, &list->thread[k]);
		talloc_free(list);
	}
	return st;
}

/*
 * To count takes longer the more mail there is; where nobody has written since
 * the last run it is known what would come of it.
 */
static enum nd_status
count_all(struct finder *f)
{
	struct nd_changed *changed = f->changed;
	struct nd_app *app = f->app;
	const char *marked =
		x_asprintf(changed, "%s and " ND_QUERY_MARKED, f->folder_query);
	unsigned mails, digests;
	enum nd_status st;

	if (f->is_current) {
		changed->mails = app->state.mails;
		changed->digests = app->state.digests;
		return ND_OK;
	}
	st = nd_db_count(app->db, "*", &mails, app->err);
	if (st == ND_OK)
		st = nd_db_count(app->db, f->folder_query, &digests, app->err);
	if (st == ND_OK)
		st = nd_db_count(app->db, marked, &changed->digests, app->err);
	if (st == ND_OK)
		changed->mails = mails - digests;
	return st;
}

enum nd_status
nd_changed_find(struct nd_app *app, const struct nd_store *store,
                const struct nd_changed_ask *ask, struct nd_changed **out)
{
	struct nd_changed *changed = x_new(app, struct nd_changed);
	struct finder f = {
		.app = app,
		.store = store,
		.folder_query = store->query,
		.named = ask->query && !ask->tags,
		.again = ask->again,
		.reason = nd_map_new(changed),
		.muted = nd_map_new(changed),
		.changed = changed,
	};
	bool all = !nd_watermark_is_of(&app->state, app->db) ||
	           app->state.revision == 0 || ask->unchanged ||
	           nd_muted_is_other(app);
	enum nd_status st;

	/* First of all: a snapshot that is lost is replaced by a newer one. */
	changed->revision = nd_db_revision(app->db);
	f.is_current = nd_watermark_is_current(&app->state, app->db) &&
	               app->state.digests < UINT_MAX;
	st = count_all(&f);
	if (st != ND_OK)
		return st;
	if (ask->query)
		st = add_query(&f, ask->query, ask->tags ? QUIET : WANTED);
	else if (all)
		st = add_query(&f, watched_query(&f, ask->since_s), WANTED);
	else
		st = add_changed(&f, ask->since_s);
	if (st == ND_OK && !ask->query)
		st = add_needy(&f, ask->since_s);
	if (st == ND_OK && !ask->query)
		st = add_quiet(&f, ask->since_s);
	if (st == ND_OK)
		st = add_mendable(&f);
	if (st == ND_OK)
		st = add_bereft(&f);
	if (st == ND_OK)
		st = add_muted(&f, all);
	if (st == ND_OK)
		st = look_at_all(&f);
	if (st == ND_OK)
		*out = changed;
	return st;
}
