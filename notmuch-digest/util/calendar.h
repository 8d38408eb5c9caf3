/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calendar.h - days, and what the user's clocks show
 *
 * Days are counted from the epoch, a Thursday, and may be negative. "Wall"
 * seconds are what clocks in the user's zone (TZ) show, counted from the epoch
 * as if they showed UTC: a day of them is always 86400, whatever the clocks do.
 * The years are 1 to 9999 and a little more.
 */
#ifndef ND_UTIL_CALENDAR_H
#define ND_UTIL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/** The day of a date; false when there is no such day. */
bool nd_calendar_days(int year, int month, int day, int64_t *days);

/** What the clocks show at a time (seconds since the epoch, UTC). */
bool nd_calendar_wall(int64_t time_s, int64_t *wall_s);

/**
 * The time at which the clocks show wall_s: the first one when they show it
 * twice; when they skip it, that long after they did.
 */
bool nd_calendar_time(int64_t wall_s, int64_t *time_s);

/** The day on which the clocks show wall_s. */
int64_t nd_calendar_day_of(int64_t wall_s);

/** Its year and month (1 to 12); false for a time before the year 1. */
bool nd_calendar_month(int64_t wall_s, int *year, int *month);

/**
 * Go back by months, to the same day and time of day, or to the last day of a
 * shorter month.
 *
 * Returns    false, with *wall_s untouched, for a time before the year 1
 */
bool nd_calendar_go_back(int64_t *wall_s, int months);

#endif
