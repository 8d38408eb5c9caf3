/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * time.h - points in time as people write and read them
 *
 * Times are seconds since the epoch, UTC. What people write without a zone is
 * in the user's (TZ), and so is what is printed, except for nd_time_iso().
 * Names of days and months are English, whatever the process locale.
 */
#ifndef ND_UTIL_TIME_H
#define ND_UTIL_TIME_H

#include <stddef.h>
#include <stdint.h>

#include "util/status.h"

/**
 * Read a point in time.
 *
 * text       "2021-03-15", "2021-03-15 10:00", "2021-03-15T10:00:00Z" or with
 *            "+01:00", "@1615766400", "now", "today", "yesterday" (their
 *            midnights), a weekday (the last such midnight, today's included),
 *            or a span back from now: "7d 2w 36h 30min 1month 1year"
 * now_s      what "now" is
 * Returns    ND_OK; ND_ERR_USAGE with the accepted forms in err
 */
enum nd_status nd_time_parse(const char *text, int64_t now_s, int64_t *out,
                             struct nd_error *err) ND_MUST_CHECK;

/** "2021-03-15T10:00:00Z" (RFC 3339), owned by ctx. */
const char *nd_time_iso(const void *ctx, int64_t time_s);

/** strftime() in the user's zone, owned by ctx. */
const char *nd_time_format(const void *ctx, const char *format, int64_t time_s)
	__attribute__((format(strftime, 2, 0)));

/** "2021-03-15 10:00" with strftime()'s format, in UTC, owned by ctx. */
const char *nd_time_utc(const void *ctx, const char *format, int64_t time_s)
	__attribute__((format(strftime, 2, 0)));

/** Milliseconds of a clock that nobody sets: for differences. */
long nd_time_monotonic_ms(void);

#endif
