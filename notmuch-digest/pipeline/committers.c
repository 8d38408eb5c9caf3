/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/committers.h"

#include "analyse/committers.h"
#include "mail/search.h"
#include "util/alloc.h"

static enum nd_status
ask(struct nd_app *app, int64_t until_s)
{
	struct nd_sender_list *senders;
	enum nd_status st;

	if (app->committers && app->committers_until_s == until_s)
		return ND_OK;
	st = nd_search_senders(NULL, app->db, nd_committers_queries(), until_s,
	                       &senders, app->err);
	if (st != ND_OK)
		return st;
	/* Reports that were made before point to the old one. */
	app->committers = nd_committers_new(app, senders);
	app->committers_until_s = until_s;
	talloc_free(senders);
	return ND_OK;
}

enum nd_status
nd_committers_load(struct nd_app *app, const struct nd_window *window,
                   const struct nd_thread_list *list)
{
	int64_t until_s = window->until_s < window->now_s ? window->until_s
	                                                  : window->now_s;
	size_t first = 0;
	enum nd_status st;

	/* By the thread alone: what is said of it may not depend on the others.
	 */
	while (first < list->count && !list->thread[first]->may_post)
		first++;
	if (first == list->count)
		return ND_OK;
	st = ask(app, until_s);
	if (st != ND_OK)
		return st;
	for (size_t i = first; i < list->count; i++)
		if (list->thread[i]->may_post)
			list->thread[i]->committers = app->committers;
	return ND_OK;
}
