/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/committers.h"

#include "analyse/committers.h"
#include "mail/search.h"
#include "util/alloc.h"

enum nd_status
nd_committers_load(struct nd_app *app, const struct nd_window *window)
{
	int64_t until_s = window->until_s < window->now_s ? window->until_s
	                                                  : window->now_s;
	struct nd_sender_list *senders;
	enum nd_status st;

	if (app->committers && app->committers_until_s == until_s)
		return ND_OK;
	st = nd_search_senders(NULL, app->db, nd_committers_phrases(), until_s,
	                       &senders, app->err);
	if (st != ND_OK)
		return st;
	/* Reports that were made before point to the old one. */
	app->committers = nd_committers_new(app, senders);
	app->committers_until_s = until_s;
	talloc_free(senders);
	return ND_OK;
}
