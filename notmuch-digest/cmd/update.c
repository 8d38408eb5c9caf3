/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "app/background.h"
#include "app/emit.h"
#include "app/query.h"
#include "app/sandbox.h"
#include "app/tally.h"
#include "cmd/cmd.h"
#include "pipeline/update.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"
#include "util/when.h"

static const struct nd_option update_options[] = {
	ND_COMMON_STDIN,
	ND_OPTION(TEXT, "since", since, "TIME",
                  "without a query: threads with mail since TIME (default: "
                  "digest.since)"),
	ND_OPTION(TEXT, "new", new_query, "QUERY",
                  "which mails count as new (default: those behind the last "
                  "digest)"),
	ND_COMMON_ENGINE,
	ND_COMMON_FALLBACK,
	ND_COMMON_LANG,
	ND_COMMON_NOW,
	ND_COMMON_JOBS,
	ND_COMMON_PROGRESS,
	ND_OPTION(FLAG, "dry-run", dry_run, NULL,
                  "print what would be done, and do nothing"),
	ND_OPTION(FLAG, "hook", hook, NULL,
                  "for hooks: go on in the background after a second"),
	ND_COMMON_QUIET_WRITER,
	ND_OPTION(FLAG, "verbose", verbose, NULL, "name every problem"),
	ND_COMMON_NO_SANDBOX,
	ND_COMMON_HELP,
	{0},
};

static enum nd_status
warn_of_no_mail(struct nd_app *app, const char *query)
{
	unsigned count;
	enum nd_status st = nd_db_count(app->db, query, &count, app->err);

	if (st == ND_OK && !app->options.quiet && count == 0)
		fprintf(stderr, "notmuch-digest: no mail matches '%s'\n",
		        query);
	return st;
}

static enum nd_status
find_query(struct nd_app *app, const char **query)
{
	const struct nd_options *options = &app->options;

	if (options->from_stdin && *options->query)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "--stdin and a query exclude each other");
	if (options->from_stdin)
		return nd_app_query_of_stdin(app, query);
	if (*options->query) {
		enum nd_status st = nd_query_check_argument(
			app->db, options->query, app->err);

		if (st == ND_OK)
			st = nd_query_check_mail(app->db, options->query,
			                         app->err);
		if (st == ND_OK)
			st = warn_of_no_mail(app, options->query);
		*query = options->query;
		return st;
	}
	*query = NULL;
	if (*app->settings->query)
		return ND_OK;
	return nd_fail(app->err, ND_ERR_CONFIG,
	               "digest.query does not say which mails are to be "
	               "digested\n"
	               "for a list: notmuch config set digest.query "
	               "to:LIST@example.org");
}

static enum nd_status
find_since(const struct nd_app *app, int64_t *since_s)
{
	const char *text =
		app->options.since ? app->options.since : app->settings->since;
	struct nd_error why;

	if (nd_when_parse(text, app->now_s, since_s, &why) == ND_OK)
		return ND_OK;
	return nd_fail(
		app->err, app->options.since ? ND_ERR_USAGE : ND_ERR_CONFIG,
		"%s: %.480s", app->options.since ? "--since" : "digest.since",
		why.msg);
}

/* Is there no digest, and was none to be made? */
static bool
has_never_written(const struct nd_app *app, const struct nd_update *update)
{
	return !update->query && update->counts.written == 0 &&
	       (app->state.at_s == 0 || app->state.digests == 0);
}

static void
say_what_was_done(const struct nd_app *app, const struct nd_update *update)
{
	const struct nd_options *options = &app->options;

	if (!options->quiet && !options->hook && !options->dry_run)
		fputs(nd_tally_update(app, &update->counts), stdout);
	if (!options->quiet && !options->hook && !options->dry_run &&
	    has_never_written(app, update) && isatty(STDERR_FILENO))
		fprintf(stderr,
		        "notmuch-digest: no thread of digest.query has mail "
		        "since '%s', or enough of it\n"
		        "--since=TIME looks further back; digest.since and "
		        "digest.min_messages say it for all runs\n",
		        options->since ? options->since : app->settings->since);
	if (!options->quiet && update->waiting > 0)
		fprintf(stderr,
		        "notmuch-digest: %zu digest%s for '%s'%s%s\n"
		        "the next update asks again\n",
		        update->waiting,
		        update->waiting == 1 ? " waits" : "s wait",
		        app->settings->llm.model, *update->why ? ": " : "",
		        update->why);
}

static enum nd_status
update_run(struct nd_app *app)
{
	struct nd_update update = {0};
	bool parent = false;
	enum nd_status st;

	/* A hook that is there before it is configured is no reason to talk. */
	if (app->options.hook && !*app->settings->query)
		return ND_OK;
	st = find_query(app, &update.query);
	if (st == ND_OK)
		st = find_since(app, &update.since_s);
	if (st == ND_OK && app->options.new_query)
		st = nd_query_check_argument(app->db, app->options.new_query,
		                             app->err);
	if (st != ND_OK)
		return st;
	/* Who says how far back to look means what has not changed, too. */
	update.unchanged = !update.query && app->options.since;
	if (!update.query && !update.unchanged && nd_update_is_idle(app)) {
		say_what_was_done(app, &update);
		return ND_OK;
	}
	TALLOC_FREE(app->db);
	if (app->options.hook) {
		st = nd_background_detach(&parent, app->err);
		if (st != ND_OK || parent)
			return st;
	}
	/* Nothing of this is needed, and waited for, when there is no news. */
	st = nd_app_start_reader(app);
	if (st == ND_OK)
		st = nd_app_open(app, false);
	if (st != ND_OK)
		return st;
	nd_sandbox_enter(app, ND_SANDBOX_MAILBOX | ND_SANDBOX_MODEL, NULL);
	if (app->options.dry_run)
		update.plan = nd_buf_new(app, ND_LIMIT_OUTPUT_BYTES);
	st = nd_update_run(app, &update);
	if (st == ND_OK && update.plan)
		st = nd_emit(&app->options, ND_FORMAT_MARKDOWN, update.plan,
		             app->err);
	if (st == ND_OK)
		say_what_was_done(app, &update);
	return st;
}

const struct nd_cmd nd_cmd_update = {
	.name = "update",
	.usage = "[QUERY...]",
	.summary = "make digests of threads that changed, in the mailbox",
	.options = update_options,
	.flags = ND_CMD_ENTERS | ND_CMD_DB_READ,
	.run = update_run,
};
