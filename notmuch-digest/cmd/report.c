/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/report.h"
#include "app/emit.h"
#include "app/period.h"
#include "app/query.h"
#include "app/warn.h"
#include "cmd/cmd.h"
#include "util/limits.h"

static const struct nd_option report_options[] = {
	ND_OPTION(TEXT, "since", since, "TIME",
                  "begin of the window (default: 7 days before its end)"),
	ND_OPTION(TEXT, "until", until, "TIME",
                  "end of the window, exclusive (default: now)"),
	ND_OPTION(TEXT, "new", new_query, "QUERY",
                  "which mails count as new (default: those of the window)"),
	ND_OPTION(CHOICE, "engine", engine, "extract|llm",
                  "who writes the summaries (default: digest.engine)"),
	ND_OPTION(CHOICE, "fallback", fallback, "extract|none",
                  "what to do when the model cannot (default: extract)"),
	ND_OPTION(TEXT, "lang", lang, "LANG",
                  "language of the report: en, zh_CN (default: digest.lang)"),
	ND_OPTION(CHOICE, "format", format, "markdown|json|text",
                  "default: text on a terminal, else markdown"),
	ND_OPTION(TEXT, "output", output, "FILE",
                  "write to FILE, whole or not at all"),
	ND_OPTION(COUNT, "limit", limit, "N", "print the first N threads only"),
	ND_OPTION(CHOICE, "mails", mails, "new|all|none",
                  "mails to list below each thread (default: new)"),
	ND_OPTION(COUNT, "min-messages", min_messages, "N",
                  "leave out threads with fewer mails (default: 1)"),
	ND_OPTION(COUNT, "large", large, "N",
                  "a thread with more new mails is large (default: "
                  "digest.large)"),
	ND_OPTION(TEXT, "now", now, "TIME", "pretend that it is TIME"),
	ND_OPTION(COUNT, "jobs", jobs, "N",
                  "worker threads (default: the number of cores)"),
	ND_OPTION(CHOICE, "color", color, "auto|always|never",
                  "colours in text"),
	ND_OPTION(CHOICE, "progress", progress, "auto|always|never",
                  "a bar on stderr"),
	ND_OPTION(FLAG, "dry-run", dry_run, NULL,
                  "say what the model would be asked, and do nothing"),
	ND_OPTION(FLAG, "show-prompt", show_prompt, NULL,
                  "print what would be sent to the model, and do nothing"),
	ND_OPTION(FLAG, "quiet", quiet, NULL, "no warnings"),
	ND_OPTION(FLAG, "verbose", verbose, NULL,
                  "name every mail that could not be read"),
	ND_OPTION(FLAG, "help", help, NULL, "print this"),
	{0},
};

static enum nd_status
check_queries(struct nd_app *app)
{
	enum nd_status st =
		nd_query_check_argument(app->db, app->options.query, app->err);

	if (st == ND_OK && app->options.new_query)
		st = nd_query_check_argument(app->db, app->options.new_query,
		                             app->err);
	return st;
}

static enum nd_status
report_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const struct nd_settings *settings = app->settings;
	enum nd_format format = nd_emit_format(options);
	struct nd_buf *out = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	struct nd_render_options render = {0};
	struct nd_report_request how = {
		.query = *options->query ? options->query : settings->query,
		.new_query = options->new_query,
		.large = options->large ? options->large : settings->large,
		.max_words = settings->max_words,
		.min_messages = options->min_messages,
		.limit = options->limit,
		.jobs = options->jobs,
		.progress = options->progress,
		.user = &settings->user,
	};
	struct nd_report *report;
	bool is_preview = false;
	enum nd_status st = nd_period_read(app, &how.window);

	if (st == ND_OK)
		st = nd_emit_prepare(app, options,
		                     options->lang ? options->lang
		                                   : settings->lang,
		                     &render, app->err);
	if (st == ND_OK)
		st = check_queries(app);
	if (st == ND_OK)
		st = nd_llm_open(app, nd_i18n_language(render.i18n), &how.llm);
	if (st == ND_OK)
		st = nd_report_gather(app, &how, &report);
	if (st == ND_OK)
		st = nd_llm_emit_preview(app, how.llm, &is_preview);
	if (st != ND_OK || is_preview)
		return st;
	nd_warn_problems(options, report);
	nd_render_report(report, format, &render, out);
	return nd_emit(options, format, out, app->err);
}

const struct nd_cmd nd_cmd_report = {
	.name = "report",
	.usage = "[QUERY...]",
	.summary = "print what happened in a window of time",
	.options = report_options,
	.flags = ND_CMD_DB_READ,
	.run = report_run,
};
