/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/time.h"

#include <stdbool.h>
#include <time.h>

#include "util/alloc.h"

static bool
to_local(int64_t time_s, struct tm *tm)
{
	time_t t = (time_t)time_s;

	return localtime_r(&t, tm) != NULL;
}

const char *
nd_time_iso(const void *ctx, int64_t time_s)
{
	char text[64];
	time_t t = (time_t)time_s;
	struct tm tm;

	if (!gmtime_r(&t, &tm) ||
	    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return x_strdup(ctx, "1970-01-01T00:00:00Z");
	return x_strdup(ctx, text);
}

const char *
nd_time_format(const void *ctx, const char *format, int64_t time_s)
{
	char text[128];
	struct tm tm;

	if (!to_local(time_s, &tm) ||
	    strftime(text, sizeof text, format, &tm) == 0)
		return x_strdup(ctx, "?");
	return x_strdup(ctx, text);
}

const char *
nd_time_utc(const void *ctx, const char *format, int64_t time_s)
{
	time_t t = (time_t)time_s;
	char text[128];
	struct tm tm;

	if (!gmtime_r(&t, &tm) || strftime(text, sizeof text, format, &tm) == 0)
		return x_strdup(ctx, "?");
	return x_strdup(ctx, text);
}

long
nd_time_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
