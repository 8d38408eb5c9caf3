/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/period.h"

#include "util/time.h"
#include "util/when.h"

#define LENGTH_DEFAULT "7d"

enum nd_status
nd_period_time(const char *text, const char *option, int64_t now_s,
               int64_t *out, struct nd_error *err)
{
	struct nd_error why;

	if (!text || nd_when_parse(text, now_s, out, &why) == ND_OK)
		return ND_OK;
	return nd_fail(err, ND_ERR_USAGE, "--%s: %.480s", option, why.msg);
}

static enum nd_status
refuse_empty(const struct nd_app *app, const struct nd_window *window)
{
	const struct nd_options *options = &app->options;
	const char *format = "%Y-%m-%d %H:%M:%S %Z";

	return nd_fail(
		app->err, ND_ERR_USAGE,
		"the window is empty: --since=%.40s is %s, and --until=%.40s "
		"is %s\n"
		"--since is the earlier of the two; --until is now when it is "
		"not given",
		options->since ? options->since : LENGTH_DEFAULT,
		nd_time_format(app, format, window->since_s),
		options->until ? options->until : "now",
		nd_time_format(app, format, window->until_s));
}

enum nd_status
nd_period_read(const struct nd_app *app, struct nd_window *window)
{
	const struct nd_options *options = &app->options;
	enum nd_status st;

	window->now_s = app->now_s;
	window->until_s = app->now_s;
	st = nd_period_time(options->until, "until", app->now_s,
	                    &window->until_s, app->err);
	/* Back from the end of the window, unlike what the user asks for. */
	if (st == ND_OK)
		st = nd_when_parse(LENGTH_DEFAULT, window->until_s,
		                   &window->since_s, app->err);
	if (st == ND_OK)
		st = nd_period_time(options->since, "since", app->now_s,
		                    &window->since_s, app->err);
	if (st == ND_OK && window->since_s >= window->until_s)
		st = refuse_empty(app, window);
	return st;
}
