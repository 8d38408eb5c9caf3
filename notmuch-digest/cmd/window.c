/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/window.h"

#include "util/time.h"

enum { DAYS_DEFAULT = 7, DAY_S = 86400 };

static enum nd_status
read_time(const char *text, const char *option, int64_t now_s, int64_t *out,
          struct nd_error *err)
{
	struct nd_error why;

	if (!text || nd_time_parse(text, now_s, out, &why) == ND_OK)
		return ND_OK;
	return nd_fail(err, ND_ERR_USAGE, "--%s: %.480s", option, why.msg);
}

enum nd_status
nd_window_read(const struct nd_app *app, struct nd_window *window)
{
	const struct nd_options *options = &app->options;
	enum nd_status st;

	window->now_s = app->now_s;
	window->until_s = app->now_s;
	st = read_time(options->until, "until", app->now_s, &window->until_s,
	               app->err);
	if (st != ND_OK)
		return st;
	window->since_s = window->until_s - (int64_t)DAYS_DEFAULT * DAY_S;
	st = read_time(options->since, "since", app->now_s, &window->since_s,
	               app->err);
	if (st != ND_OK)
		return st;
	if (window->since_s >= window->until_s)
		return nd_fail(app->err, ND_ERR_USAGE,
		               "the window is empty: it begins at %s and ends "
		               "before %s",
		               nd_time_iso(app, window->since_s),
		               nd_time_iso(app, window->until_s));
	return ND_OK;
}
