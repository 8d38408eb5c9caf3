/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/report.h"

#include <stdio.h>
#include <string.h>

#include "app/emit.h"
#include "app/listchoice.h"
#include "app/period.h"
#include "app/query.h"
#include "app/warn.h"
#include "cmd/cmd.h"
#include "cmd/nextstep.h"
#include "pipeline/deliver.h"
#include "pipeline/mailbox.h"
#include "pipeline/sincelast.h"
#include "render/mailhead.h"
#include "util/alloc.h"
#include "util/limits.h"

/*
 * Text and HTML are read from the first line to the last, the other formats are
 * looked up in: a thread gets that part of digest.max_words there, a long talk
 * the other.
 */
enum { READ_WORDS_PERCENT = 43, TALK_WORDS_PERCENT = 86 };

static const struct nd_option report_options[] = {
	ND_COMMON_SINCE,
	ND_COMMON_UNTIL,
	ND_OPTION(WORDS, "list", list, "NAME",
                  "only this one of digest.lists; can be repeated"),
	ND_OPTION(FLAG, "since-last", since_last, NULL,
                  "begin where the last delivered report of the query ended"),
	ND_OPTION(TEXT, "new", new_query, "QUERY",
                  "which mails count as new (default: those of the window)"),
	ND_COMMON_ENGINE,
	ND_COMMON_FALLBACK,
	ND_OPTION(TEXT, "lang", lang, "LANG",
                  "language of the report: en, zh_CN (default: digest.lang)"),
	ND_COMMON_FORMAT_OF_REPORT,
	ND_COMMON_OUTPUT,
	ND_OPTION(FLAG, "deliver", deliver, NULL,
                  "put it into the mailbox as a mail; print nothing else"),
	ND_OPTION(TEXT, "to", to, "ADDRESS",
                  "print it as a mail to ADDRESS, for sendmail -t"),
	ND_OPTION(COUNT, "limit", limit, "N", "print the first N threads only"),
	ND_OPTION(CHOICE, "mails", mails, "new|all|none",
                  "mails to list below each thread (default: new)"),
	ND_OPTION(FLAG, "brief", brief, NULL,
                  "the front page and a line a thread"),
	ND_OPTION(FLAG, "for-me", for_me, NULL,
                  "only threads that concern you; not: that are to you"),
	ND_OPTION(COUNT, "minutes", minutes, "N",
                  "only what can be read in N minutes, what matters first"),
	ND_OPTION(CHOICE, "fold", fold, "series|none",
                  "text, html: versions and backports in one entry "
                  "(default: digest.fold)"),
	ND_OPTION(COUNT, "min-messages", min_messages, "N",
                  "leave out threads with fewer mails (default: 1)"),
	ND_OPTION(COUNT, "large", large, "N",
                  "a thread with more new mails is large (default: "
                  "digest.large)"),
	ND_COMMON_NOW,
	ND_COMMON_JOBS,
	ND_COMMON_COLOR,
	ND_COMMON_PROGRESS,
	ND_COMMON_DRY_RUN_OF_MODEL,
	ND_COMMON_SHOW_PROMPT,
	ND_COMMON_QUIET,
	ND_COMMON_VERBOSE,
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

static enum nd_status
check_queries(struct nd_app *app)
{
	enum nd_status st =
		nd_query_check_argument(app->db, app->options.query, app->err);

	if (st == ND_OK)
		st = nd_query_check_mail(app->db, app->options.query, app->err);
	if (st == ND_OK && app->options.new_query)
		st = nd_query_check_argument(app->db, app->options.new_query,
		                             app->err);
	return st;
}

/* The mails of the report: of the lists, of the query, or of both. */
static enum nd_status
choose_mails(struct nd_app *app, struct nd_report_request *how)
{
	const char *query = app->options.query;
	struct nd_listchoice choice;
	enum nd_status st = nd_listchoice_read(app, &choice);

	if (st == ND_OK)
		st = check_queries(app);
	if (st != ND_OK)
		return st;
	how->list = choice.list;
	how->list_count = choice.count;
	how->query = choice.count > 0 ? nd_listchoice_query(app, &choice, query)
	             : *query         ? query
	                              : app->settings->query;
	return ND_OK;
}

static enum nd_status
check_delivery(struct nd_app *app)
{
	const struct nd_options *options = &app->options;

	if (options->to && !nd_mailhead_is_address(options->to))
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--to is one mail address, not '%.200s'",
		               options->to);
	if (options->to && options->format)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--to and --format exclude each other: what is "
		               "printed is a mail");
	if (options->deliver && options->format &&
	    nd_emit_format(options) == ND_FORMAT_MBOX)
		return nd_fail(
			app->err, ND_ERR_USAGE,
			"--deliver and --format=mbox exclude each other: "
			"a mailbox is no report");
	if (options->since_last && options->since)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--since-last and --since exclude each other");
	return options->deliver ? nd_deliver_check(app) : ND_OK;
}

/* "Delivered: id:… (12 threads)", or what --dry-run would do. */
static enum nd_status
deliver(struct nd_app *app, const struct nd_report *report,
        const struct nd_render_options *render)
{
	const struct nd_options *options = &app->options;
	struct nd_delivery delivery = {.id = ""};
	enum nd_status st;

	if (options->dry_run)
		delivery.plan = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	st = nd_deliver_report(app, report, render, &delivery);
	if (st == ND_OK && options->dry_run)
		fputs(delivery.plan->data, stdout);
	else if (st == ND_OK && !options->quiet)
		printf("%s: id:%s (%zu thread%s)\n",
		       delivery.replaced ? "Replaced" : "Delivered",
		       delivery.id, report->thread_total,
		       report->thread_total == 1 ? "" : "s");
	return st;
}

/* A report that is delivered is printed only when it is asked for, too. */
static bool
is_printed(const struct nd_options *options)
{
	return !options->deliver || options->to || options->format ||
	       options->output;
}

/* From its first line to its last: what is a fact stands above the summary. */
static bool
is_read_through(const struct nd_options *options)
{
	enum nd_format format = nd_emit_format(options);

	return format == ND_FORMAT_TEXT || format == ND_FORMAT_HTML ||
	       options->to || !is_printed(options);
}

static enum nd_status
print(struct nd_app *app, const struct nd_report *report,
      const struct nd_render_options *render)
{
	const struct nd_options *options = &app->options;
	enum nd_format format = nd_emit_format(options);
	struct nd_buf *out = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	enum nd_status st = ND_OK;

	if (!options->to) {
		nd_render_report(report, format, render, out);
		return nd_emit(options, format, out, app->err);
	}
	st = nd_deliver_mail_to(app, report, render, options->to, out);
	/* Bytes for a program: no pager. */
	return st == ND_OK ? nd_emit(options, ND_FORMAT_MARKDOWN, out, app->err)
	                   : st;
}

/* A line a thread has no room for what a model would be paid for. */
static bool
has_summaries(const struct nd_options *options, enum nd_format format)
{
	return !options->brief || format == ND_FORMAT_JSON ||
	       format == ND_FORMAT_MBOX || options->show_prompt;
}

static enum nd_status
report_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const struct nd_settings *settings = app->settings;
	enum nd_format format = nd_emit_format(options);
	struct nd_buf *mailbox = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	struct nd_render_options render = {0};
	struct nd_report_request how = {
		.new_query = options->new_query,
		.large = options->large ? options->large : settings->large,
		.max_words = settings->max_words,
		.min_messages = options->min_messages,
		.limit = options->limit,
		.jobs = options->jobs,
		.progress = options->progress,
		.user = &settings->user,
		.flags = ND_REPORT_UNMUTED |
	                 (options->for_me ? ND_REPORT_FOR_ME : 0) |
	                 (format == ND_FORMAT_MBOX ? 0 : ND_REPORT_CARRIED),
	};
	struct nd_delivered last = {.id = NULL};
	struct nd_report *report;
	bool is_preview = false;
	enum nd_status st = nd_period_read(app, &how.window);

	if (st == ND_OK)
		st = nd_emit_prepare(app, options,
		                     options->lang ? options->lang
		                                   : settings->lang,
		                     &render, app->err);
	render.fold = strcmp(options->fold ? options->fold : settings->fold,
	                     "series") == 0;
	if (is_read_through(options)) {
		how.talk_words = how.max_words * TALK_WORDS_PERCENT / 100;
		how.max_words = how.max_words * READ_WORDS_PERCENT / 100;
		how.flags |= ND_REPORT_FACTS_APART;
	}
	render.brief = options->brief;
	render.minutes = options->minutes;
	if (st == ND_OK)
		st = choose_mails(app, &how);
	if (st == ND_OK)
		st = check_delivery(app);
	if (st == ND_OK && options->since_last)
		st = nd_sincelast_begin(app, &how, &last);
	if (st == ND_OK && has_summaries(options, format))
		st = nd_llm_open(app, render.i18n, &how.llm);
	how.i18n = render.i18n;
	if (st == ND_OK)
		st = format == ND_FORMAT_MBOX
		             ? nd_mailbox_make(app, &how, mailbox, &report)
		             : nd_report_gather(app, &how, &report);
	/* Without a model there is something to say only of the mailbox. */
	if (st == ND_OK && (how.llm || !options->deliver))
		st = nd_llm_emit_preview(app, how.llm, &is_preview);
	if (st == ND_OK && options->deliver && options->dry_run)
		return deliver(app, report, &render);
	if (st != ND_OK || is_preview)
		return st;
	if (options->since_last)
		st = nd_sincelast_compare(app, &how, &last, report);
	if (st != ND_OK)
		return st;
	nd_warn_problems(options, report);
	if (format == ND_FORMAT_MBOX)
		return nd_emit(options, format, mailbox, app->err);
	if (is_printed(options))
		st = print(app, report, &render);
	if (st == ND_OK && !options->deliver)
		st = nd_nextstep_say(app, how.query, report);
	return st == ND_OK && options->deliver ? deliver(app, report, &render)
	                                       : st;
}

const struct nd_cmd nd_cmd_report = {
	.name = "report",
	.usage = "[QUERY...]",
	.summary = "print what happened in a window of time",
	.options = report_options,
	.flags = ND_CMD_DB_READ | ND_CMD_READS_MAIL,
	.needs = ND_SANDBOX_PRINT | ND_SANDBOX_DELIVERY | ND_SANDBOX_MODEL,
	.run = report_run,
};
