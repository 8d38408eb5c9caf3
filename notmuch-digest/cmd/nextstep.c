/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/nextstep.h"

#include <stdio.h>
#include <unistd.h>

#include "mail/search.h"
#include "util/alloc.h"
#include "util/time.h"

enum { WEEK_DAYS = 6, DAY_S = 24 * 3600 };

/* The report has nothing to tell: where would it have? */
static enum nd_status
say_where_mail_is(struct nd_app *app, const char *query,
                  const struct nd_report *report)
{
	int64_t date_s;
	enum nd_status st = nd_app_open(app, false);
	const char *since;

	if (st == ND_OK)
		st = nd_search_last(app->db, query, &date_s, app->err);
	TALLOC_FREE(app->db);
	if (st != ND_OK)
		return st;
	if (date_s < 0) {
		fputs(nd_db_is_all_mail(query)
		              ? "notmuch-digest: there is no mail in the "
		                "database: 'notmuch new' puts it there\n"
		              : "notmuch-digest: no mail matches the query, "
		                "whenever it was sent\n",
		      stderr);
		return ND_OK;
	}
	if (date_s >= report->window.since_s)
		return ND_OK;
	since = nd_time_format(app, "%Y-%m-%d",
	                       date_s - (int64_t)WEEK_DAYS * DAY_S);
	fprintf(stderr,
	        "notmuch-digest: the newest mail is of %s: try "
	        "--since=%s\n",
	        nd_time_format(app, "%Y-%m-%d", date_s), since);
	return ND_OK;
}

/* Has nobody ever told us anything, or let us write? */
static bool
is_untouched(const struct nd_app *app)
{
	return !app->settings->any && app->state.at_s == 0;
}

enum nd_status
nd_nextstep_say(struct nd_app *app, const char *query,
                const struct nd_report *report)
{
	if (app->options.quiet || app->options.output ||
	    !isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO))
		return ND_OK;
	if (report->thread_count == 0 && report->muted == 0)
		return say_where_mail_is(app, query, report);
	if (is_untouched(app))
		fputs("notmuch-digest: 'notmuch-digest setup' puts digests "
		      "into the mailbox, after each 'notmuch new', and asks "
		      "before it changes anything\n",
		      stderr);
	return ND_OK;
}
