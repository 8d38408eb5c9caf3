/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/time.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "util/alloc.h"
#include "util/str.h"

enum { YEAR_MAX = 9999, EPOCH_JULIAN = 719163 };

/* Read between min and max digits; moves *text behind them. */
static bool
read_number(const char **text, int min, int max, int *out)
{
	int value = 0, digits = 0;

	while (digits < max && nd_is_digit(**text)) {
		value = 10 * value + (*(*text)++ - '0');
		digits++;
	}
	*out = value;
	return digits >= min;
}

static bool
skip(const char **text, char c)
{
	if (**text != c)
		return false;
	(*text)++;
	return true;
}

/* Days since the epoch; false when there is no such day. */
static bool
days_from_date(int year, int month, int day, int64_t *days)
{
	GDate date;

	if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
	                      (GDateYear)year))
		return false;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month,
	               (GDateYear)year);
	*days = (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
	return true;
}

/* Seconds of a broken-down local time; false when mktime() cannot say. */
static bool
from_local(struct tm *tm, int64_t *out)
{
	time_t t;

	tm->tm_isdst = -1;
	tm->tm_wday = -1; /* mktime() sets it unless it fails (POSIX) */
	t = mktime(tm);
	*out = (int64_t)t;
	return t != (time_t)-1 || tm->tm_wday != -1;
}

static bool
to_local(int64_t time_s, struct tm *tm)
{
	time_t t = (time_t)time_s;

	return localtime_r(&t, tm) != NULL;
}

/* "Z", "+01:00", "+0100" or nothing (local); false for anything else. */
static bool
read_zone(const char **text, bool *local, int *offset_s)
{
	int sign, hours, minutes = 0;

	*local = false;
	*offset_s = 0;
	if (**text == '\0') {
		*local = true;
		return true;
	}
	if (skip(text, 'Z') || skip(text, 'z'))
		return true;
	if (**text != '+' && **text != '-')
		return false;
	sign = *(*text)++ == '-' ? -1 : 1;
	if (!read_number(text, 2, 2, &hours))
		return false;
	skip(text, ':');
	if (**text && !read_number(text, 2, 2, &minutes))
		return false;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return hours <= 14 && minutes <= 59;
}

static bool
parse_iso(const char *text, int64_t *out)
{
	int year, month, day, hour = 0, minute = 0, second = 0, offset_s;
	int64_t days;
	bool local;

	if (!read_number(&text, 4, 4, &year) || !skip(&text, '-') ||
	    !read_number(&text, 1, 2, &month) || !skip(&text, '-') ||
	    !read_number(&text, 1, 2, &day) ||
	    !days_from_date(year, month, day, &days))
		return false;
	if (skip(&text, 'T') || skip(&text, 't') || skip(&text, ' ')) {
		if (!read_number(&text, 1, 2, &hour) || !skip(&text, ':') ||
		    !read_number(&text, 2, 2, &minute))
			return false;
		if (skip(&text, ':') && !read_number(&text, 2, 2, &second))
			return false;
	}
	while (*text == ' ')
		text++;
	if (hour > 24 || minute > 59 || second > 60 ||
	    !read_zone(&text, &local, &offset_s) || *text)
		return false;
	if (local) {
		struct tm tm = {.tm_year = year - 1900,
		                .tm_mon = month - 1,
		                .tm_mday = day,
		                .tm_hour = hour,
		                .tm_min = minute,
		                .tm_sec = second};
		return from_local(&tm, out);
	}
	*out = days * 86400 + hour * 3600 + minute * 60 + second - offset_s;
	return true;
}

static bool
parse_epoch(const char *text, int64_t *out)
{
	int64_t value = 0;
	int digits = 0;

	while (nd_is_digit(*text) && digits < 12) {
		value = 10 * value + (*text++ - '0');
		digits++;
	}
	*out = value;
	return digits > 0 && *text == '\0';
}

/* Midnight of the day that many days before the one of now_s. */
static bool
midnight_before(int64_t now_s, int days, int64_t *out)
{
	struct tm tm;

	if (!to_local(now_s, &tm))
		return false;
	tm.tm_mday -= days;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	return from_local(&tm, out);
}

static bool
parse_word(const char *text, int64_t now_s, int64_t *out)
{
	static const char *const days[] = {"sunday",    "monday",   "tuesday",
	                                   "wednesday", "thursday", "friday",
	                                   "saturday"};
	struct tm tm;

	if (nd_str_equal_nocase(text, "now")) {
		*out = now_s;
		return true;
	}
	if (nd_str_equal_nocase(text, "today"))
		return midnight_before(now_s, 0, out);
	if (nd_str_equal_nocase(text, "yesterday"))
		return midnight_before(now_s, 1, out);
	for (int i = 0; i < 7; i++) {
		if (!nd_str_equal_nocase(text, days[i]) &&
		    !(strlen(text) == 3 && nd_str_starts_nocase(days[i], text)))
			continue;
		return to_local(now_s, &tm) &&
		       midnight_before(now_s, (tm.tm_wday - i + 7) % 7, out);
	}
	return false;
}

struct unit {
	const char *name;
	int seconds, months;
};

static const struct unit *
find_unit(const char *name, size_t len)
{
	static const struct unit units[] = {
		{"s", 1, 0},       {"sec", 1, 0},     {"min", 60, 0},
		{"h", 3600, 0},    {"hour", 3600, 0}, {"d", 86400, 0},
		{"day", 86400, 0}, {"w", 604800, 0},  {"week", 604800, 0},
		{"m", 0, 1},       {"month", 0, 1},   {"y", 0, 12},
		{"year", 0, 12},
	};

	if (len > 1 && nd_lower(name[len - 1]) == 's')
		len--; /* "2 weeks" */
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i].name) == len &&
		    nd_mem_equal_nocase(units[i].name, name, len))
			return &units[i];
	return NULL;
}

/* "7d", "2 weeks", "1month 3d": all of them back from now. */
static bool
parse_span(const char *text, int64_t now_s, int64_t *out)
{
	int64_t seconds = 0;
	int months = 0;
	struct tm tm;

	do {
		const struct unit *unit;
		size_t len = 0;
		int count;

		if (!read_number(&text, 1, 5, &count))
			return false;
		while (*text == ' ')
			text++;
		while (nd_is_alpha(text[len]))
			len++;
		unit = find_unit(text, len);
		if (!unit)
			return false;
		seconds += (int64_t)count * unit->seconds;
		months += count * unit->months;
		text += len;
		while (*text == ' ')
			text++;
	} while (*text);
	if (!to_local(now_s, &tm) || months > 12 * YEAR_MAX)
		return false;
	if (months > 0) {
		tm.tm_mon -= months;
		if (!from_local(&tm, &now_s))
			return false;
	}
	*out = now_s - seconds;
	return true;
}

enum nd_status
nd_time_parse(const char *text, int64_t now_s, int64_t *out,
              struct nd_error *err)
{
	int64_t value;

	if (*text == '@' ? parse_epoch(text + 1, &value)
	                 : parse_iso(text, &value) ||
	                           parse_word(text, now_s, &value) ||
	                           parse_span(text, now_s, &value)) {
		*out = value;
		return ND_OK;
	}
	return nd_fail(err, ND_ERR_USAGE,
	               "'%.60s' is no time\n"
	               "use 2021-03-15, '2021-03-15 10:00', "
	               "2021-03-15T10:00:00Z, @SECONDS, today, yesterday, a "
	               "weekday, or a span such as 7d, 2w, 36h, 1month",
	               text);
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
