/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <talloc.h>
#include <cmocka.h>

#include "util/time.h"

#define THURSDAY 1616070600        /* 2021-03-18 12:30:00 UTC */
#define MONDAY 1615797000          /* 2021-03-15 08:30:00 UTC */
#define SPRING_BERLIN 1616918400   /* 2021-03-28 08:00:00 UTC, 10:00 CEST */
#define AUTUMN_BERLIN 1635667200   /* 2021-10-31 08:00:00 UTC, 09:00 CET */
#define SPRING_NEW_YORK 1615744800 /* 2021-03-14 18:00:00 UTC, 14:00 EDT */
#define AUTUMN_NEW_YORK 1636311600 /* 2021-11-07 19:00:00 UTC, 14:00 EST */

struct when_case {
	const char *text;
	const char *iso; /* NULL: refused */
};

static void
set_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void
check(const char *zone, int64_t now_s, const struct when_case *cases,
      size_t count)
{
	void *ctx = talloc_new(NULL);

	set_zone(zone);
	for (size_t i = 0; i < count; i++) {
		const char *text = cases[i].text, *want = cases[i].iso, *got;
		struct nd_error err = {0};
		int64_t value = -1;
		enum nd_status st = nd_when_parse(text, now_s, &value, &err);

		if (!want) {
			if (st != ND_ERR_USAGE || value != -1)
				fail_msg("%s: '%s' was taken", zone, text);
			if (!strstr(err.msg, "is not a time\nuse 2021-03-15"))
				fail_msg("'%s': %s", text, err.msg);
			continue;
		}
		if (st != ND_OK)
			fail_msg("%s: '%s': %s", zone, text, err.msg);
		got = nd_time_iso(ctx, value);
		if (strcmp(got, want) != 0)
			fail_msg("%s: '%s' is %s, not %s", zone, text, got,
			         want);
	}
	talloc_free(ctx);
}

#define CHECK(zone, now_s, cases) \
	check(zone, now_s, cases, sizeof(cases) / sizeof *(cases))

static void
reads_names_of_months(void **state)
{
	static const struct when_case cases[] = {
		{"15 mar 2021", "2021-03-15T00:00:00Z"},
		{"15.mar.2021", "2021-03-15T00:00:00Z"},
		{"March 15, 2020", "2020-03-15T00:00:00Z"},
		{"march 1st", "2021-03-01T00:00:00Z"},
		{"2nd february 10:30", "2021-02-02T10:30:00Z"},
		/* The last that has begun: it is March the 18th. */
		{"mar", "2021-03-01T00:00:00Z"},
		{"april", "2020-04-01T00:00:00Z"},
		{"mar 19", "2020-03-19T00:00:00Z"},
		{"mar 18 13:00", "2020-03-18T13:00:00Z"},
		{"sept 2019", "2019-09-01T00:00:00Z"},
		{"feb 29 2020", "2020-02-29T00:00:00Z"},
		{"feb 29", "2020-02-29T00:00:00Z"},
		{"feb 30", NULL},
		{"ma", NULL},
		{"marx", NULL},
		{"mar 2021 2021", NULL},
		{"15 mar 15", NULL},
		{"15 2021", NULL},
		{"mar 15 21", NULL},
		{"3/15/2021", NULL},
	};
	static const struct when_case next_year[] = {
		{"feb 29", NULL}, /* neither this year nor the one before */
	};

	(void)state;
	CHECK("UTC", THURSDAY, cases);
	CHECK("UTC", THURSDAY + 2 * 365 * 86400, next_year);
}

static void
reads_what_is_running(void **state)
{
	static const struct when_case cases[] = {
		{"this week", "2021-03-15T00:00:00Z"},
		{"this.month", "2021-03-01T00:00:00Z"},
		{"This year", "2021-01-01T00:00:00Z"},
		{"past week", "2021-03-11T12:30:00Z"},
		{"past 3 days", "2021-03-15T12:30:00Z"},
		{"this", NULL},
		{"this day", NULL},
		{"this week 10:00", NULL},
	};
	static const struct when_case on_monday[] = {
		{"this week", "2021-03-15T00:00:00Z"},
	};

	(void)state;
	CHECK("UTC", THURSDAY, cases);
	CHECK("UTC", MONDAY, on_monday);
}

static void
reads_dates(void **state)
{
	static const struct when_case cases[] = {
		{"2021-03-15", "2021-03-15T00:00:00Z"},
		{"2021-3-5", "2021-03-05T00:00:00Z"},
		{"2021/03/15", "2021-03-15T00:00:00Z"},
		{"20210315", "2021-03-15T00:00:00Z"},
		{"2021-03", "2021-03-01T00:00:00Z"},
		{"2021/3", "2021-03-01T00:00:00Z"},
		{"2020-02-29", "2020-02-29T00:00:00Z"},
		{"@1616070600", "2021-03-18T12:30:00Z"},
		{"@0", "1970-01-01T00:00:00Z"},
		{"2021-02-29", NULL},
		{"2021-02-30", NULL},
		{"2021-13", NULL},
		{"2021-00", NULL},
		{"2021-13-01", NULL},
		{"20211345", NULL},
		{"2021-03/15", NULL},
		{"2021-03-15x", NULL},
		{"2021-03-", NULL},
		{"2021-03 10:00", NULL},
		{"2021-03Z", NULL},
		{"2021", NULL},
		{"202103", NULL},
		{"21-03-15", NULL},
		{"0000-03-15", NULL},
		{"@", NULL},
		{"@12x", NULL},
		{"@-12", NULL},
		{"@99999999999999999999", NULL},
	};

	(void)state;
	CHECK("UTC", THURSDAY, cases);
}

static void
reads_times_and_zones(void **state)
{
	static const struct when_case cases[] = {
		{"2021-03-15 10:00", "2021-03-15T10:00:00Z"},
		{"2021-03-15T10:00Z", "2021-03-15T10:00:00Z"},
		{"2021-03-15t10:00z", "2021-03-15T10:00:00Z"},
		{"2021-03-15T10:00:07", "2021-03-15T10:00:07Z"},
		{"2021-03-15T10:00:07.25Z", "2021-03-15T10:00:07Z"},
		{"2021-03-15 10:00 UTC", "2021-03-15T10:00:00Z"},
		{"2021/03/15 10:00", "2021-03-15T10:00:00Z"},
		{"20210315T1000Z", "2021-03-15T10:00:00Z"},
		{"20210315T100007+0100", "2021-03-15T09:00:07Z"},
		{"2021-03-15T10:00+01:00", "2021-03-15T09:00:00Z"},
		{"2021-03-15 10:00 -0530", "2021-03-15T15:30:00Z"},
		{"2021-03-15T10:00+05", "2021-03-15T05:00:00Z"},
		{"2021-03-15T24:00", "2021-03-16T00:00:00Z"},
		{"2021-03-15T24:01", NULL},
		{"2021-03-15T25:00", NULL},
		{"2021-03-15T10:61", NULL},
		{"2021-03-15T10:", NULL},
		{"2021-03-15T", NULL},
		{"2021-03-15T10:00+99:00", NULL},
		{"2021-03-15T10:00+01:99", NULL},
		{"2021-03-15T10:00+1", NULL},
	};

	(void)state;
	CHECK("UTC", THURSDAY, cases);
}

static void
reads_days_by_name(void **state)
{
	static const struct when_case on_thursday[] = {
		{"now", "2021-03-18T12:30:00Z"},
		{"today", "2021-03-18T00:00:00Z"},
		{"Yesterday", "2021-03-17T00:00:00Z"},
		{"monday", "2021-03-15T00:00:00Z"},
		{"thursday", "2021-03-11T00:00:00Z"},
		{"wed", "2021-03-17T00:00:00Z"},
		{"TUES", "2021-03-16T00:00:00Z"},
		{"fri", "2021-03-12T00:00:00Z"},
		{"last monday", "2021-03-15T00:00:00Z"},
		{"last_Thursday", "2021-03-11T00:00:00Z"},
		{"last.sunday", "2021-03-14T00:00:00Z"},
		{"yesterday 14:00", "2021-03-17T14:00:00Z"},
		{"last friday 17:30", "2021-03-12T17:30:00Z"},
		{"monday noon", "2021-03-15T12:00:00Z"},
		{"noon", "2021-03-18T12:00:00Z"},
		{"midnight", "2021-03-18T00:00:00Z"},
		{"13:00", "2021-03-17T13:00:00Z"},
		{"12:30", "2021-03-18T12:30:00Z"},
		{"mo", NULL},
		{"mondays", NULL},
		{"monday x", NULL},
		{"last", NULL},
		{"last today", NULL},
		{"now 10:00", NULL},
		{"someday", NULL},
	};
	/* A week in which nothing happened yet is not what is asked for. */
	static const struct when_case on_monday[] = {
		{"monday", "2021-03-08T00:00:00Z"},
		{"last monday", "2021-03-08T00:00:00Z"},
		{"sunday", "2021-03-14T00:00:00Z"},
		{"tuesday", "2021-03-09T00:00:00Z"},
		{"today", "2021-03-15T00:00:00Z"},
		{"noon", "2021-03-14T12:00:00Z"},
	};

	(void)state;
	CHECK("UTC", THURSDAY, on_thursday);
	CHECK("UTC", MONDAY, on_monday);
}

static void
reads_spans(void **state)
{
	static const struct when_case cases[] = {
		{"7d", "2021-03-11T12:30:00Z"},
		{"7D", "2021-03-11T12:30:00Z"},
		{"2w", "2021-03-04T12:30:00Z"},
		{"2 weeks", "2021-03-04T12:30:00Z"},
		{"36h", "2021-03-17T00:30:00Z"},
		{"30min", "2021-03-18T12:00:00Z"},
		{"90s", "2021-03-18T12:28:30Z"},
		{"1month", "2021-02-18T12:30:00Z"},
		{"1month 3d", "2021-02-15T12:30:00Z"},
		{"7d 2w 36h 1month", "2021-01-27T00:30:00Z"},
		{"1y", "2020-03-18T12:30:00Z"},
		{"1 week ago", "2021-03-11T12:30:00Z"},
		{"1.week.ago", "2021-03-11T12:30:00Z"},
		{"2_weeks_ago", "2021-03-04T12:30:00Z"},
		{"a week ago", "2021-03-11T12:30:00Z"},
		{"an hour ago", "2021-03-18T11:30:00Z"},
		{"two days ago", "2021-03-16T12:30:00Z"},
		{"1 month, 3 days ago", "2021-02-15T12:30:00Z"},
		{"last week", "2021-03-11T12:30:00Z"},
		{"last_week", "2021-03-11T12:30:00Z"},
		{"Last.Week", "2021-03-11T12:30:00Z"},
		{"last month", "2021-02-18T12:30:00Z"},
		{"last 3 days", "2021-03-15T12:30:00Z"},
		{"", NULL},
		{" ", NULL},
		{"7", NULL},
		{"3m", NULL}, /* minutes? months? */
		{"7 fortnights", NULL},
		{"d7", NULL},
		{"-7d", NULL},
		{"1.5h", NULL},
		{"week ago", NULL},
		{"ago", NULL},
		{"1 week ago monday", NULL},
		{"99999999d", NULL},
		{"9999y", NULL},
		{"2020y 99999d", NULL},
	};
	/* A month is a month back, or the last day of a shorter one. */
	static const struct when_case on_the_31st[] = {
		{"1month", "2021-02-28T10:00:00Z"},
		{"13 months", "2020-02-29T10:00:00Z"},
		{"3 months", "2020-12-31T10:00:00Z"},
	};

	(void)state;
	CHECK("UTC", THURSDAY, cases);
	CHECK("UTC", 1617184800, on_the_31st); /* 2021-03-31 10:00 */
}

static void
counts_days_of_the_users_calendar(void **state)
{
	static const struct when_case thursday[] = {
		{"2021-03-15", "2021-03-14T23:00:00Z"},
		{"2021-07-15", "2021-07-14T22:00:00Z"},
		{"2021-07", "2021-06-30T22:00:00Z"},
		{"today", "2021-03-17T23:00:00Z"},
		{"2021-07-15T10:00Z", "2021-07-15T10:00:00Z"},
	};
	static const struct when_case spring[] = {
		{"today", "2021-03-27T23:00:00Z"},
		{"yesterday", "2021-03-26T23:00:00Z"},
		{"1d", "2021-03-27T09:00:00Z"},
		{"7d", "2021-03-21T09:00:00Z"},
		{"24h", "2021-03-27T08:00:00Z"},
		{"last month", "2021-02-28T09:00:00Z"},
		{"2021-03-28 01:59", "2021-03-28T00:59:00Z"},
		{"2021-03-28 02:30", "2021-03-28T01:30:00Z"}, /* skipped */
		{"2021-03-28 03:30", "2021-03-28T01:30:00Z"},
	};
	static const struct when_case autumn[] = {
		{"today", "2021-10-30T22:00:00Z"},
		{"1d", "2021-10-30T07:00:00Z"},
		{"24h", "2021-10-30T08:00:00Z"},
		{"sunday", "2021-10-23T22:00:00Z"},
		{"2021-10-31 02:30", "2021-10-31T00:30:00Z"}, /* twice */
		{"2021-10-31 03:30", "2021-10-31T02:30:00Z"},
	};
	static const struct when_case spring_west[] = {
		{"today", "2021-03-14T05:00:00Z"},
		{"monday", "2021-03-08T05:00:00Z"},
		{"1 week ago", "2021-03-07T19:00:00Z"},
		{"12h", "2021-03-14T06:00:00Z"},
		{"2021-03-14 02:30", "2021-03-14T07:30:00Z"},
	};
	static const struct when_case autumn_west[] = {
		{"today", "2021-11-07T04:00:00Z"},
		{"yesterday", "2021-11-06T04:00:00Z"},
		{"1d", "2021-11-06T18:00:00Z"},
		{"2021-11-07 01:30", "2021-11-07T05:30:00Z"},
		{"2021-11-08", "2021-11-08T05:00:00Z"},
	};
	/* Where a day has no midnight, it begins at one. */
	static const struct when_case no_midnight[] = {
		{"2018-11-04", "2018-11-04T03:00:00Z"},
	};
	/* 30 December 2011 was left out. */
	static const struct when_case date_line[] = {
		{"2011-12-31", "2011-12-30T10:00:00Z"},
	};

	(void)state;
	CHECK("Europe/Berlin", THURSDAY, thursday);
	CHECK("Europe/Berlin", SPRING_BERLIN, spring);
	CHECK("Europe/Berlin", AUTUMN_BERLIN, autumn);
	CHECK("America/New_York", SPRING_NEW_YORK, spring_west);
	CHECK("America/New_York", AUTUMN_NEW_YORK, autumn_west);
	CHECK("America/Sao_Paulo", THURSDAY, no_midnight);
	CHECK("Pacific/Apia", THURSDAY, date_line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_dates),
		cmocka_unit_test(reads_names_of_months),
		cmocka_unit_test(reads_what_is_running),
		cmocka_unit_test(reads_times_and_zones),
		cmocka_unit_test(reads_days_by_name),
		cmocka_unit_test(reads_spans),
		cmocka_unit_test(counts_days_of_the_users_calendar),
	};

	return cmocka_run_group_tests_name("when", tests, NULL, NULL);
}
