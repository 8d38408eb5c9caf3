/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <talloc.h>
#include <cmocka.h>

/* 2021-03-18 12:30:00 UTC, a Thursday */
#define NOW 1616070600

struct time_case {
	const char *zone;
	const char *text;
	const char *iso; /* NULL: refused */
};

static const struct time_case cases[] = {
	{"UTC", "2021-03-15", "2021-03-15T00:00:00Z"},
	{"UTC", "2021-3-5", "2021-03-05T00:00:00Z"},
	{"UTC", "2021-03-15 10:00", "2021-03-15T10:00:00Z"},
	{"UTC", "2021-03-15T10:00:07", "2021-03-15T10:00:07Z"},
	{"UTC", "2021-03-15T10:00:00Z", "2021-03-15T10:00:00Z"},
	{"UTC", "2021-03-15T10:00+01:00", "2021-03-15T09:00:00Z"},
	{"UTC", "2021-03-15 10:00 -0530", "2021-03-15T15:30:00Z"},
	{"UTC", "2020-02-29", "2020-02-29T00:00:00Z"},
	{"UTC", "@1616070600", "2021-03-18T12:30:00Z"},
	{"UTC", "@0", "1970-01-01T00:00:00Z"},
	{"UTC", "now", "2021-03-18T12:30:00Z"},
	{"UTC", "today", "2021-03-18T00:00:00Z"},
	{"UTC", "Yesterday", "2021-03-17T00:00:00Z"},
	{"UTC", "monday", "2021-03-15T00:00:00Z"},
	{"UTC", "thursday", "2021-03-18T00:00:00Z"},
	{"UTC", "fri", "2021-03-12T00:00:00Z"},
	{"UTC", "7d", "2021-03-11T12:30:00Z"},
	{"UTC", "2 weeks", "2021-03-04T12:30:00Z"},
	{"UTC", "36h", "2021-03-17T00:30:00Z"},
	{"UTC", "30min", "2021-03-18T12:00:00Z"},
	{"UTC", "1month", "2021-02-18T12:30:00Z"},
	{"UTC", "1month 3d", "2021-02-15T12:30:00Z"},
	{"UTC", "1y", "2020-03-18T12:30:00Z"},
	/* midnight and days are the user's, on both sides of a clock change */
	{"Europe/Berlin", "2021-03-15", "2021-03-14T23:00:00Z"},
	{"Europe/Berlin", "2021-07-15", "2021-07-14T22:00:00Z"},
	{"Europe/Berlin", "today", "2021-03-17T23:00:00Z"},
	{"Asia/Shanghai", "monday", "2021-03-14T16:00:00Z"},
	{"UTC", "", NULL},
	{"UTC", "2021-02-29", NULL},
	{"UTC", "2021-13-01", NULL},
	{"UTC", "2021-03-15x", NULL},
	{"UTC", "2021-03-15T25:00", NULL},
	{"UTC", "2021-03-15T10:61", NULL},
	{"UTC", "2021-03-15T10:00+99:00", NULL},
	{"UTC", "21-03-15", NULL},
	{"UTC", "@", NULL},
	{"UTC", "@12x", NULL},
	{"UTC", "@99999999999999999999", NULL},
	{"UTC", "7", NULL},
	{"UTC", "7 fortnights", NULL},
	{"UTC", "d7", NULL},
	{"UTC", "-7d", NULL},
	{"UTC", "someday", NULL},
	{"UTC", "99999999d", NULL},
};

static void
parses_what_people_write(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_error err = {0};
		int64_t got = -1;
		enum nd_status st;

		setenv("TZ", cases[i].zone, 1);
		tzset();
		st = nd_time_parse(cases[i].text, NOW, &got, &err);
		if (!cases[i].iso) {
			if (st != ND_ERR_USAGE)
				fail_msg("'%s' was taken", cases[i].text);
			assert_int_equal(got, -1);
			assert_non_null(strstr(err.msg, "is no time"));
			continue;
		}
		if (st != ND_OK)
			fail_msg("'%s': %s", cases[i].text, err.msg);
		assert_string_equal(nd_time_iso(ctx, got), cases[i].iso);
	}
	talloc_free(ctx);
}

static void
formats_in_the_users_zone(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	assert_string_equal(
		nd_time_format(ctx, "%a, %d %b %Y %H:%M:%S %z", NOW),
		"Thu, 18 Mar 2021 13:30:00 +0100");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_what_people_write),
		cmocka_unit_test(formats_in_the_users_zone),
	};

	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
