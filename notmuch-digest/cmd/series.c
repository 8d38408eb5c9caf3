/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/emit.h"
#include "cmd/cmd.h"
#include "cmd/gather.h"
#include "pipeline/report.h"
#include "render/serieslist.h"
#include "util/limits.h"

static const struct nd_option series_options[] = {
	ND_COMMON_SINCE,
	ND_COMMON_UNTIL,
	ND_OPTION(FLAG, "full", full, NULL,
                  "each with its versions and its cover letter"),
	ND_OPTION(CHOICE, "state", state,
                  "new|under-review|changes-requested|reviewed|applied|pulled|"
                  "merged|merged-stable|superseded|withdrawn|rejected",
                  "only those in this state"),
	ND_OPTION(FLAG, "mine", mine, NULL, "only those that you posted"),
	ND_OPTION(FLAG, "waiting", waiting, NULL,
                  "only those that wait for you to act"),
	ND_COMMON_LANG,
	ND_OPTION(CHOICE, "format", format, "markdown|json|text",
                  "default: text on a terminal, else markdown"),
	ND_COMMON_OUTPUT,
	ND_OPTION(COUNT, "limit", limit, "N", "print the first N series only"),
	ND_COMMON_NOW,
	ND_COMMON_JOBS,
	ND_COMMON_COLOR,
	ND_COMMON_PROGRESS,
	ND_COMMON_QUIET,
	ND_COMMON_VERBOSE,
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

static enum nd_status
series_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const struct nd_settings *settings = app->settings;
	enum nd_format format = nd_emit_format(options);
	struct nd_buf *out = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	struct nd_render_options render = {0};
	const struct nd_seriesrow_filter filter = {
		.state = options->state,
		.user = &settings->user,
		.mine = options->mine,
		.waiting = options->waiting,
		.limit = options->limit,
	};
	struct nd_report *report;
	enum nd_status st = nd_gather(
		app, options->full ? ND_REPORT_COVERS : ND_REPORT_FACTS,
		&render, &report);

	if (st != ND_OK)
		return st;
	nd_serieslist_render(
		report, nd_seriesrow_list(report, report, &filter), format,
		options->full ? ND_SERIES_FULL : ND_SERIES_TABLE, &render, out);
	return nd_emit(options, format, out, app->err);
}

const struct nd_cmd nd_cmd_series = {
	.name = "series",
	.usage = "[QUERY...]",
	.summary = "list the patch series of a window of time",
	.options = series_options,
	.flags = ND_CMD_DB_READ | ND_CMD_READS_MAIL,
	.needs = ND_SANDBOX_PRINT,
	.run = series_run,
};
