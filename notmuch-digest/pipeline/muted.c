/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/muted.h"

#include <string.h>

#include "mail/threads.h"
#include "pipeline/store.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/limits.h"

const char *
nd_muted_query(struct nd_app *app, const char *condition)
{
	const char *mute = app->settings->mute;
	struct nd_store *store = nd_store_in_force(app);
	struct nd_buf *query = nd_buf_new(app, 2 * ND_LIMIT_QUERY_BYTES);

	nd_buf_addf(query, "not %s", store->query);
	if (!nd_db_is_all_mail(mute))
		nd_buf_addf(query, " and (%s)", mute);
	if (condition)
		nd_buf_addf(query, " and (%s)", condition);
	talloc_free(store);
	return nd_buf_finish(app, query);
}

enum nd_status
nd_muted_find(struct nd_app *app, const struct nd_value_list *among,
              struct nd_map **out)
{
	const char *mute = app->settings->mute;
	struct nd_map *muted = nd_map_new(app);
	struct nd_value_list *ids = NULL;
	unsigned count = 0;
	/* Who has muted nothing pays for one count. */
	enum nd_status st = nd_db_count(app->db, mute, &count, app->err);

	if (st == ND_OK && count > 0 && among->count > 0)
		st = nd_threads_ids(muted, app->db, nd_muted_query(app, NULL),
		                    among, false, &ids, app->err);
	if (st != ND_OK) {
		talloc_free(muted);
		return st;
	}
	for (size_t i = 0; ids && i < ids->count; i++)
		nd_map_set(muted, ids->value[i], NULL);
	*out = muted;
	return ND_OK;
}

const char *
nd_muted_key(const void *ctx, const struct nd_app *app)
{
	return nd_hash_text(ctx, app->settings->mute);
}

bool
nd_muted_is_other(const struct nd_app *app)
{
	const char *key = nd_muted_key(NULL, app);
	bool is_other = strcmp(app->state.mute, key) != 0;

	talloc_free((void *)key);
	return is_other;
}
