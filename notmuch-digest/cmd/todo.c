/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "agenda/todo.h"
#include "app/emit.h"
#include "cmd/cmd.h"
#include "cmd/gather.h"
#include "pipeline/report.h"
#include "render/todolist.h"
#include "util/limits.h"

/* What had no mail for so long is hardly done any more. */
#define SINCE_DEFAULT "90d"

static const struct nd_option todo_options[] = {
	ND_OPTION(TEXT, "since", since, "TIME",
                  "look at threads with mail since TIME (default: 90d)"),
	ND_OPTION(FLAG, "all", all, NULL,
                  "also what others owe to others, and all of a thread"),
	ND_OPTION(CHOICE, "format", format, "text|json|query",
                  "query: a notmuch query of the mails (default: text)"),
	ND_OPTION(COUNT, "limit", limit, "N",
                  "text: the N oldest of each group only"),
	ND_COMMON_LANG,
	ND_COMMON_OUTPUT,
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

static enum nd_todo_format
todo_format(const struct nd_options *options)
{
	const char *name = options->format ? options->format : "text";

	if (strcmp(name, "json") == 0)
		return ND_TODO_JSON;
	return strcmp(name, "query") == 0 ? ND_TODO_QUERY : ND_TODO_TEXT;
}

static enum nd_status
todo_run(struct nd_app *app)
{
	const struct nd_options *options = &app->options;
	const struct nd_settings *settings = app->settings;
	enum nd_todo_format format = todo_format(options);
	struct nd_buf *out = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	struct nd_render_options render = {0};
	struct nd_report *report;
	enum nd_status st;

	if (!app->options.since)
		app->options.since = SINCE_DEFAULT;
	st = nd_gather(app, ND_REPORT_FACTS, &render, &report);
	if (st != ND_OK)
		return st;
	nd_todolist_render(
		nd_todo_list(report, report, &settings->user, options->all),
		format, &render, options->limit, out);
	return nd_emit(options,
	               format == ND_TODO_TEXT ? ND_FORMAT_TEXT : ND_FORMAT_JSON,
	               out, app->err);
}

const struct nd_cmd nd_cmd_todo = {
	.name = "todo",
	.usage = "[QUERY...]",
	.summary = "list who must act: you, and those you wait for",
	.options = todo_options,
	.flags = ND_CMD_DB_READ | ND_CMD_READS_MAIL,
	.needs = ND_SANDBOX_PRINT,
	.run = todo_run,
};
