/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/gather.h"

#include "app/emit.h"
#include "app/period.h"
#include "app/query.h"
#include "app/warn.h"
#include "pipeline/report.h"

enum nd_status
nd_gather(struct nd_app *app, unsigned flags, struct nd_render_options *render,
          struct nd_report **out)
{
	const struct nd_options *options = &app->options;
	const struct nd_settings *settings = app->settings;
	struct nd_report_request how = {
		.query = *options->query ? options->query : settings->query,
		.large = settings->large,
		.jobs = options->jobs,
		.progress = options->progress,
		.user = &settings->user,
		.flags = flags | ND_REPORT_UNMUTED,
	};
	enum nd_status st = nd_period_read(app, &how.window);

	if (st == ND_OK)
		st = nd_emit_prepare(app, options,
		                     options->lang ? options->lang
		                                   : settings->lang,
		                     render, app->err);
	if (st == ND_OK)
		st = nd_query_check_argument(app->db, options->query, app->err);
	if (st == ND_OK)
		st = nd_query_check_mail(app->db, options->query, app->err);
	if (st == ND_OK)
		st = nd_report_gather(app, &how, out);
	if (st == ND_OK)
		nd_warn_problems(options, *out);
	return st;
}
