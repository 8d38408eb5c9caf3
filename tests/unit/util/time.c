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
		cmocka_unit_test(formats_in_the_users_zone),
	};

	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
