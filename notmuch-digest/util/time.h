/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * time.h - points in time as people read them
 *
 * Times are seconds since the epoch, UTC. What is printed is in the user's zone
 * (TZ), except for nd_time_iso() and nd_time_utc(). Names of days and months
 * are English, whatever the process locale.
 * What people write: util/when.h.
 */
#ifndef ND_UTIL_TIME_H
#define ND_UTIL_TIME_H

#include <stddef.h>
#include <stdint.h>

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
