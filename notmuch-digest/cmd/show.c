/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stdio.h>
#include <stdlib.h>

#include "app/emit.h"
#include "app/period.h"
#include "app/query.h"
#include "app/warn.h"
#include "cmd/cmd.h"
#include "pipeline/report.h"
#include "util/limits.h"

static const struct nd_option show_options[] = {
	ND_COMMON_STDIN,
	ND_OPTION(TEXT, "since", since, "TIME",
                  "mails from TIME on are new (default: unread ones)"),
	ND_OPTION(TEXT, "new", new_query, "QUERY",
                  "which mails count as new (default: tag:unread)"),
	ND_OPTION(CHOICE, "engine", engine, "extract|llm",
                  "who writes the summary (default: digest.engine)"),
	ND_COMMON_FALLBACK,
	ND_OPTION(TEXT, "lang", lang, "LANG",
                  "language: en, zh_CN (default: digest.lang)"),
	ND_COMMON_FORMAT,
	ND_COMMON_OUTPUT,
	ND_OPTION(FLAG, "all", all, NULL,
                  "every thread that matches, not only the newest"),
	ND_OPTION(COUNT, "limit", limit, "N", "the N newest threads"),
	ND_OPTION(CHOICE, "mails", mails, "new|all|none",
                  "mails to list (default: new)"),
	ND_OPTION(FLAG, "why", why, NULL,
                  "also what each mail does, and what told so"),
	ND_COMMON_NOW,
	ND_COMMON_JOBS,
	ND_COMMON_COLOR,
	ND_COMMON_DRY_RUN_OF_MODEL,
	ND_COMMON_SHOW_PROMPT,
	ND_COMMON_QUIET,
	ND_COMMON_VERBOSE,
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

/* Times of a thread's first and last mail become the window of the report. */
static void
span_of(struct nd_report *report)
{
	struct nd_window *window = &report->window;

	window->since_s = window->until_s = window->now_s;
	for (size_t i = 0; i < report->thread_count; i++) {
		const struct nd_thread *thread = report->thread[i];
		int64_t first = thread->message[0]->date_s;
		int64_t last =
			thread->message[thread->message_count - 1]->date_s;

		if (i == 0 || first < window->since_s)
			window->since_s = first;
		if (i == 0 || last >= window->until_s)
			window->until_s = last + 1;
	}
}

static void
hint_at_others(const struct nd_options *options, size_t count)
{
	if (count == 1 && !options->quiet)
		fputs("notmuch-digest: 1 more thread matches; --all shows it\n",
		      stderr);
	else if (count > 1 && !options->quiet)
		fprintf(stderr,
		        "notmuch-digest: %zu more threads match; --all shows "
		        "them\n",
		        count);
}

/* One thread is asked for, or as many as the user says. */
static unsigned
threads_wanted(const struct nd_options *options)
{
	if (options->limit > 0)
		return options->limit;
	return options->all ? 0 : 1;
}

static enum nd_status
show_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const struct nd_settings *settings = app->settings;
	enum nd_format format = nd_emit_format(options);
	struct nd_buf *out = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	struct nd_render_options render = {0};
	struct nd_report *report;
	bool is_preview = false;
	struct nd_report_request how = {
		.new_query = options->new_query,
		.window = {.until_s = INT64_MAX, .now_s = app->now_s},
		.large = settings->large,
		.max_words = settings->max_words,
		.newest = threads_wanted(options),
		.jobs = options->jobs,
		.progress = "never",
		.user = &settings->user,
		.flags =
			ND_REPORT_WHOLE | (options->why ? ND_REPORT_HEARD : 0u),
	};
	enum nd_status st = nd_emit_prepare(
		app, options, options->lang ? options->lang : settings->lang,
		&render, app->err);

	if (st == ND_OK)
		st = nd_app_query_wanted(app, options->query, "show",
		                         &how.query);
	if (st == ND_OK && options->new_query)
		st = nd_query_check_argument(app->db, options->new_query,
		                             app->err);
	if (st == ND_OK && options->since)
		st = nd_period_time(options->since, "since", app->now_s,
		                    &how.window.since_s, app->err);
	else if (!options->new_query)
		how.new_query = "tag:unread";
	if (st == ND_OK)
		st = nd_llm_open(app, render.i18n, &how.llm);
	how.i18n = render.i18n;
	if (st == ND_OK)
		st = nd_report_gather(app, &how, &report);
	if (st == ND_OK)
		st = nd_llm_emit_preview(app, how.llm, &is_preview);
	if (st != ND_OK || is_preview)
		return st;
	if (report->thread_count == 0)
		return nd_fail(app->err, ND_ERR_PARSE,
		               "no thread in the database matches '%.300s'",
		               how.query);
	qsort(report->thread, report->thread_count, sizeof *report->thread,
	      nd_thread_compare_newest);
	span_of(report);
	nd_warn_problems(options, report);
	nd_render_threads(report, format, &render, out);
	st = nd_emit(options, format, out, app->err);
	/* Behind what a pager shows. */
	if (st == ND_OK)
		hint_at_others(options,
		               report->thread_total - report->thread_count);
	return st;
}

const struct nd_cmd nd_cmd_show = {
	.name = "show",
	.usage = "[QUERY...]",
	.summary = "print the summary of a thread",
	.options = show_options,
	.flags = ND_CMD_DB_READ | ND_CMD_READS_MAIL,
	.needs = ND_SANDBOX_PRINT | ND_SANDBOX_MODEL,
	.run = show_run,
};
