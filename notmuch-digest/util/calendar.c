/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/calendar.h"

#include <glib.h>
#include <stddef.h>
#include <time.h>

enum {
	MINUTE_S = 60,
	HOUR_S = 60 * MINUTE_S,
	DAY_S = 24 * HOUR_S,
	EPOCH_JULIAN = 719163,
};

bool
nd_calendar_days(int year, int month, int day, int64_t *days)
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

bool
nd_calendar_wall(int64_t time_s, int64_t *wall_s)
{
	time_t t = (time_t)time_s;
	struct tm tm;
	int64_t days;

	if (!localtime_r(&t, &tm) || tm.tm_year <= -1900 ||
	    !nd_calendar_days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
	                      &days))
		return false;
	*wall_s = days * DAY_S + tm.tm_hour * HOUR_S + tm.tm_min * MINUTE_S +
	          tm.tm_sec;
	return true;
}

bool
nd_calendar_time(int64_t wall_s, int64_t *time_s)
{
	int64_t before_s, after_s, shown_s;

	/* mktime() leaves open what it does in the hours of a change. */
	if (!nd_calendar_wall(wall_s - DAY_S, &before_s) ||
	    !nd_calendar_wall(wall_s + DAY_S, &after_s))
		return false;
	before_s -= wall_s - DAY_S;
	after_s -= wall_s + DAY_S;
	*time_s = wall_s - before_s;
	if (nd_calendar_wall(*time_s, &shown_s) && shown_s == wall_s)
		return true;
	if (nd_calendar_wall(wall_s - after_s, &shown_s) && shown_s == wall_s)
		*time_s = wall_s - after_s;
	return true;
}

int64_t
nd_calendar_day_of(int64_t wall_s)
{
	int64_t days = wall_s / DAY_S;

	return days - (wall_s % DAY_S < 0);
}

bool
nd_calendar_month(int64_t wall_s, int *year, int *month)
{
	int64_t day = nd_calendar_day_of(wall_s);
	GDate date;

	if (day <= -EPOCH_JULIAN)
		return false;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + EPOCH_JULIAN));
	*year = g_date_get_year(&date);
	*month = g_date_get_month(&date);
	return true;
}

bool
nd_calendar_go_back(int64_t *wall_s, int months)
{
	int64_t day = nd_calendar_day_of(*wall_s),
		rest_s = *wall_s - day * DAY_S;
	GDate date;

	if (day <= -EPOCH_JULIAN)
		return false;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + EPOCH_JULIAN));
	if (months >= 12 * (g_date_get_year(&date) - 1))
		return false;
	g_date_subtract_months(&date, (guint)months);
	day = (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
	*wall_s = day * DAY_S + rest_s;
	return true;
}
