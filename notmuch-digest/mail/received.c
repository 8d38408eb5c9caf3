/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/received.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

#include "util/alloc.h"
#include "util/calendar.h"
#include "util/str.h"

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

/* What is left of a date while it is read; at is NULL when it is none. */
struct reading {
	const char *at, *end;
};

static void
skip_blank(struct reading *r)
{
	while (r->at && r->at < r->end && nd_is_space(*r->at))
		r->at++;
}

static int
take_number(struct reading *r, int least, int most)
{
	int n = 0, digits = 0;

	while (r->at && r->at < r->end && digits < most &&
	       nd_is_digit(*r->at)) {
		n = 10 * n + (*r->at++ - '0');
		digits++;
	}
	if (digits < least)
		r->at = NULL;
	return n;
}

/* Does the sign follow? It is passed then. */
static bool
take_sign(struct reading *r, char sign)
{
	if (!r->at || r->at == r->end || *r->at != sign)
		return false;
	r->at++;
	return true;
}

static int
take_month(struct reading *r)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; r->at && r->end - r->at > 3 && i < 12; i++)
		if (memcmp(r->at, names + 3 * i, 3) == 0) {
			r->at += 3;
			return i + 1;
		}
	r->at = NULL;
	return 0;
}

/* "Tue, ", which may be missing */
static void
skip_day(struct reading *r)
{
	skip_blank(r);
	if (r->end - r->at > 3 && nd_is_alpha(r->at[0]) && r->at[3] == ',')
		r->at += 4;
}

static int64_t
take_zone(struct reading *r)
{
	bool west = take_sign(r, '-'), east = !west && take_sign(r, '+');
	int zone = take_number(r, 4, 4);

	if ((!west && !east) || zone > 1400 || zone % 100 >= 60)
		r->at = NULL;
	zone = zone / 100 * HOUR_S + zone % 100 * MINUTE_S;
	return west ? -zone : zone;
}

/*
 * "Tue, 10 Mar 2026 10:11:12 +0100 (CET)", as nearly all machines write it;
 * false for what is otherwise, or may be wrong.
 */
static bool
read_usual(const char *text, size_t len, int64_t *time_s)
{
	struct reading r = {text, text + len};
	int day, month, year, hour, minute, second;
	int64_t days, zone;

	skip_day(&r);
	skip_blank(&r);
	day = take_number(&r, 1, 2);
	skip_blank(&r);
	month = take_month(&r);
	skip_blank(&r);
	year = take_number(&r, 4, 4);
	skip_blank(&r);
	hour = take_number(&r, 2, 2);
	if (!take_sign(&r, ':'))
		return false;
	minute = take_number(&r, 2, 2);
	if (!take_sign(&r, ':'))
		return false;
	second = take_number(&r, 2, 2);
	skip_blank(&r);
	zone = take_zone(&r);
	skip_blank(&r);
	if (!r.at || (r.at < r.end && *r.at != '(') || year < 1970 ||
	    hour > 23 || minute > 59 || second > 59 ||
	    !nd_calendar_days(year, month, day, &days))
		return false;
	*time_s = days * DAY_S + hour * HOUR_S + minute * MINUTE_S + second -
	          zone;
	return true;
}

/* 0: no time. */
static int64_t
read_any(const char *text, size_t len)
{
	char *copy = x_strndup(NULL, text, len);
	GDateTime *date = g_mime_utils_header_decode_date(copy);
	int64_t time_s = date ? g_date_time_to_unix(date) : 0;

	if (date)
		g_date_time_unref(date);
	talloc_free(copy);
	return time_s;
}

void
nd_received_add(struct nd_received *received, const char *field, size_t len)
{
	size_t at = len;
	int64_t time_s;

	/* It stands behind the last semicolon. */
	while (at > 0 && field[at - 1] != ';')
		at--;
	if (at == 0 || received->count == ND_RECEIVED_MAX)
		return;
	if (!read_usual(field + at, len - at, &time_s))
		time_s = read_any(field + at, len - at);
	received->time_s[received->count] = time_s;
	received->count += time_s > 0;
}

static int
compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

bool
nd_received_times(struct nd_received *received, int64_t *first_s,
                  int64_t *middle_s)
{
	if (received->count == 0)
		return false;
	qsort(received->time_s, received->count, sizeof *received->time_s,
	      compare_times);
	*first_s = received->time_s[0];
	*middle_s = received->time_s[(received->count - 1) / 2];
	return true;
}
