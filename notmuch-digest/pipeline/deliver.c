/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/deliver.h"

#include <stdio.h>
#include <string.h>

#include "pipeline/store.h"
#include "render/reportmail.h"
#include "store/lock.h"
#include "store/repair.h"
#include "util/alloc.h"
#include "util/hash.h"
#include "util/limits.h"

/* What was asked, whatever the window. */
static const char *
query_hash(const void *ctx, const char *query, bool for_me)
{
	const char *what = query;

	if (for_me)
		what = x_asprintf(ctx, "for-me %s", query);
	return nd_hash_text(ctx, what);
}

/* "SINCE UNTIL QUERY-HASH", in seconds: what the id is made of. */
static const char *
window_hash(const void *ctx, const struct nd_report *report)
{
	return nd_hash_text(ctx, x_asprintf(ctx, "%lld %lld %s",
	                                    (long long)report->window.since_s,
	                                    (long long)report->window.until_s,
	                                    query_hash(ctx, report->query,
	                                               report->for_me)));
}

/* Tags keep the prefix that they have: to change it is update's. */
static struct nd_store *
make_store(struct nd_app *app)
{
	struct nd_store *store = nd_store_in_force(app);

	if (*app->state.prefix) {
		store->tags.prefix = app->state.prefix;
		store->trusted = true;
	}
	/* What has changed since the last update is still to be looked at. */
	if (!nd_watermark_is_of(&app->state, app->db))
		store->state.revision = 0;
	store->seen = store->state.revision;
	return store;
}

enum nd_status
nd_deliver_check(struct nd_app *app)
{
	if (strcmp(app->settings->write, "yes") != 0)
		return nd_fail(app->err, ND_ERR_CONFIG,
		               "digest.write=no: another host writes into the "
		               "digest folder\n"
		               "deliver there; --to prints the mail, to be "
		               "sent");
	return nd_store_check(app, make_store(app));
}

enum nd_status
nd_deliver_last(struct nd_app *app, const char *query, bool for_me,
                int64_t before_s, struct nd_delivered *found)
{
	struct nd_store *store = nd_store_in_force(app);
	const char *hash = query_hash(store, *query ? query : "*", for_me);

	return nd_delivered_last(app, app->db, store->query, hash, before_s,
	                         found, app->err);
}

static enum nd_status
render(struct nd_app *app, const struct nd_report *report,
       const struct nd_render_options *options, const char *prefix,
       const char *id, const char *to, struct nd_buf *out)
{
	const struct nd_report_mail mail = {
		.from = app->settings->from,
		.to = to,
		.id = id,
		.query = query_hash(out, report->query, report->for_me),
		.tags = x_asprintf(out, "%s %s/report", prefix, prefix),
	};

	return nd_reportmail_render(report, options, &mail, out, app->err);
}

static enum nd_status
make_job(struct nd_app *app, const struct nd_store *store,
         const struct nd_report *report,
         const struct nd_render_options *options, struct nd_job *job,
         struct nd_delivery *delivery)
{
	struct nd_desired *desired = &job->desired;
	struct nd_buf *bytes = nd_buf_new(app, ND_LIMIT_REPORT_MAIL_BYTES);
	const char *window = window_hash(app, report);
	struct nd_place place;
	enum nd_status st =
		nd_index_place_report(app, app->db, window, &place, app->err);

	if (st == ND_OK && !*place.id)
		st = nd_fail(app->err, ND_ERR_PARSE,
		             "foreign mail has taken all ids of the report");
	if (st == ND_OK)
		st = render(app, report, options, store->tags.prefix, place.id,
		            NULL, bytes);
	if (st != ND_OK)
		return st;
	if (*place.foreign && !app->options.quiet)
		fprintf(stderr,
		        "notmuch-digest: id:%s: foreign mail has the id of the "
		        "report; it is left alone, the report has another "
		        "one\n",
		        place.foreign);
	desired->window = window;
	desired->query = query_hash(app, report->query, report->for_me);
	desired->digest_id = place.id;
	desired->bytes = bytes->data;
	desired->len = bytes->len;
	delivery->id = place.id;
	delivery->replaced = place.digest != NULL;
	return ND_OK;
}

static enum nd_status
locked_deliver(struct nd_app *app, const struct nd_report *report,
               const struct nd_render_options *options,
               struct nd_delivery *delivery)
{
	struct nd_apply_counts counts = {0};
	struct nd_store *store = make_store(app);
	struct nd_job job = {.kind = ND_JOB_REPORT};
	enum nd_status st = nd_store_check(app, store);

	if (st == ND_OK && !delivery->plan)
		st = nd_store_adopt(app, store);
	if (st == ND_OK && !delivery->plan)
		st = nd_repair_folder(store, app->db, app->err);
	if (st == ND_OK)
		st = make_job(app, store, report, options, &job, delivery);
	if (st == ND_OK && delivery->plan)
		return nd_apply_print(store, app->db, &job, 1, delivery->plan,
		                      app->err);
	TALLOC_FREE(app->db);
	if (st == ND_OK)
		st = nd_apply(store, &job, 1, ND_SESSION_LAST, &counts,
		              app->err);
	if (st == ND_OK && job.left)
		st = nd_fail(app->err, ND_ERR_BUSY,
		             "mail with the id of the report has just come\n"
		             "run it again");
	return st;
}

enum nd_status
nd_deliver_report(struct nd_app *app, const struct nd_report *report,
                  const struct nd_render_options *options,
                  struct nd_delivery *delivery)
{
	struct nd_lock *lock = NULL;
	enum nd_status st = nd_app_open(app, false);

	if (st == ND_OK && !delivery->plan)
		st = nd_lock_take(app, app->db, app->settings->lock_timeout,
		                  &lock, app->err);
	/* What another run of ours has done meanwhile. */
	if (st == ND_OK && lock)
		st = nd_app_open(app, false);
	if (st == ND_OK)
		st = locked_deliver(app, report, options, delivery);
	TALLOC_FREE(app->db);
	talloc_free(lock);
	return st;
}

enum nd_status
nd_deliver_mail_to(struct nd_app *app, const struct nd_report *report,
                   const struct nd_render_options *options, const char *to,
                   struct nd_buf *out)
{
	const char *id =
		x_asprintf(out, "digest.report.v1.%s.sent@digest.invalid",
	                   window_hash(out, report));

	return render(app, report, options, app->settings->tag_prefix, id, to,
	              out);
}
