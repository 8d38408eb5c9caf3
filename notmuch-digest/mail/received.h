/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * received.h - when the machines on a mail's way had it
 *
 * Received is what a mail has most of, and all that is asked of it is a time:
 * it is read as it stands in the source, before the parser would make an object
 * of each. Times are seconds since the epoch, UTC.
 */
#ifndef ND_MAIL_RECEIVED_H
#define ND_MAIL_RECEIVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ND_RECEIVED_MAX = 64 }; /* those that follow are not looked at */

struct nd_received {
	int64_t time_s[ND_RECEIVED_MAX];
	size_t count;
};

/**
 * Add the time that a field tells, if it tells one.
 *
 * field      with or without its name, folded as it was sent
 */
void
nd_received_add(struct nd_received *received, const char *field, size_t len);

/**
 * The earliest time, and the one in the middle, which is right also when one
 * machine's clock is not.
 *
 * Returns    false, with both untouched, when there is none
 */
bool nd_received_times(struct nd_received *received, int64_t *first_s,
                       int64_t *middle_s);

#endif
