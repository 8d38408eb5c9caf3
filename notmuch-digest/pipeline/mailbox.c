/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/mailbox.h"

#include "app/warn.h"
#include "pipeline/digest.h"
#include "pipeline/store.h"
#include "render/mboxrd.h"
#include "util/alloc.h"
#include "util/map.h"

/* RFC 4155 wants the sender of the envelope; there was none. */
#define SENDER "digest@digest.invalid"

static void
mark_all(void *arg, struct nd_thread *thread)
{
	(void)arg;
	nd_digest_mark_new(thread, "");
}

/* Which threads there are in the report, in its order. */
static enum nd_status
choose(struct nd_app *app, const struct nd_report_request *how,
       struct nd_report **chosen)
{
	struct nd_report_request choice = *how;

	choice.flags |= ND_REPORT_FACTS;
	choice.llm = NULL;
	choice.progress = "never";
	return nd_report_gather(app, &choice, chosen);
}

/* The same threads as an update reads them. */
static enum nd_status
read_again(const struct nd_digester *d, const struct nd_report_request *how,
           const struct nd_report *chosen, struct nd_report **report)
{
	size_t count = chosen->thread_count;
	const char **id = x_array(NULL, const char *, count + 1);
	struct nd_report_request request;
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		id[i] = chosen->thread[i]->id;
	request = nd_digest_request(d, id, count);
	request.window.until_s = how->window.until_s;
	request.mark = request.new_query ? NULL : mark_all;
	request.progress = how->progress;
	request.llm = how->llm;
	st = nd_report_gather(d->app, &request, report);
	talloc_free(id);
	return st;
}

static enum nd_status
add_digest(const struct nd_digester *d, struct nd_report *report,
           const struct nd_thread *thread,
           const struct nd_index_thread *indexed, struct nd_buf *out)
{
	struct nd_app *app = d->app;
	const struct nd_message *root = nd_thread_root(thread);
	struct nd_desired desired;
	struct nd_error why = {0};
	struct nd_place place;
	enum nd_status st =
		nd_index_place(report, app->db, root->id, &place, app->err);

	if (st != ND_OK)
		return st;
	if (thread->encrypted)
		nd_warn_mail(&app->options, root->id,
		             "it is encrypted: there is no digest of it");
	else if (nd_digest_mail(d, report, thread,
	                        nd_index_key(report, indexed), "", &place,
	                        &desired, &why) != ND_OK)
		nd_warn_mail(&app->options, root->id, why.msg);
	else
		nd_mboxrd_add(out, SENDER, nd_digest_date_s(thread),
		              desired.bytes, desired.len);
	return ND_OK;
}

static enum nd_status
add_digests(const struct nd_digester *d, const struct nd_report *chosen,
            struct nd_report *report, struct nd_buf *out)
{
	size_t count = chosen->thread_count;
	const char **id = x_array(report, const char *, count + 1);
	struct nd_map *threads = nd_map_new(report);
	struct nd_index_list *index = NULL;
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		id[i] = chosen->thread[i]->id;
	for (size_t i = 0; i < report->thread_count; i++)
		nd_map_set(threads, report->thread[i]->id, report->thread[i]);
	st = nd_index_load(report, d->app->db, id, count, &index, d->app->err);
	for (size_t i = 0; st == ND_OK && i < count; i++) {
		const struct nd_thread *thread = nd_map_get(threads, id[i]);
		const struct nd_index_thread *indexed =
			nd_index_find(index, id[i]);

		/* It may have gone since it was chosen. */
		if (thread && indexed)
			st = add_digest(d, report, thread, indexed, out);
	}
	return st;
}

enum nd_status
nd_mailbox_make(struct nd_app *app, const struct nd_report_request *how,
                struct nd_buf *out, struct nd_report **report)
{
	struct nd_digester d = {.app = app, .i18n = how->i18n};
	struct nd_report *chosen;
	enum nd_status st = choose(app, how, &chosen);

	if (st == ND_OK)
		st = read_again(&d, how, chosen, report);
	if (st == ND_OK)
		st = nd_app_open(app, false);
	if (st != ND_OK)
		return st;
	d.store = nd_store_in_force(app);
	st = add_digests(&d, chosen, *report, out);
	TALLOC_FREE(app->db);
	return st;
}
