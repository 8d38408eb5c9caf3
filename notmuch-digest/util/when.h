/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * when.h - points in time as people write them on a command line
 *
 * What users of git and notmuch type. Times are seconds since the epoch, UTC;
 * what has no zone is in the user's (TZ). Days are those of the calendar: a day
 * back is the same time of day, also when the clocks changed in between. A time
 * of day that the clocks skip is that long after they did; one that comes twice
 * is the first.
 *
 * Words are English, whatever the process locale, in any case.
 *
 * Does not: read dates of mail headers, or those whose order is a country's
 * ("3/15/2021", "15.03.2021").
 */
#ifndef ND_UTIL_WHEN_H
#define ND_UTIL_WHEN_H

#include <stdint.h>

#include "util/status.h"

/**
 * Read a point in time.
 *
 * text       "2021-03-15", "2021/03/15", "20210315" (its midnight), "2021-03"
 *            (its first), each day also with a time: "2021-03-15 10:00",
 *            "2021-03-15T10:00:07Z", "20210315T1000+0100";
 *            "15 mar 2021", "march 15", "march 2021", "march": without a
 *            year the last that has begun;
 *            "@1615766400"; "now"; "this week" (from its Monday), "this
 *            month", "this year";
 *            "today", "yesterday", a weekday or its first letters ("mon": the
 *            last one before today), also with a time of day: "last friday
 *            17:00"; a time of day alone ("noon", "10:00"): the last such;
 *            a span back from now: "7d", "36h", "1month 3d", "1 week ago",
 *            "last month", "past week". '.', '_' and ',' count as blanks between words
 * now_s      what "now" is
 * *out       untouched on failure
 * Returns    ND_OK; ND_ERR_USAGE with the accepted forms in err
 */
enum nd_status nd_when_parse(const char *text, int64_t now_s, int64_t *out,
                             struct nd_error *err) ND_MUST_CHECK;

#endif
