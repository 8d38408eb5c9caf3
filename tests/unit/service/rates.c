/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rates: what past runs took, kept between runs, foretells the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "service/rates.h"
#include "util/cachedir.h"

static struct nd_service_options
options_of(const char *model)
{
	return (struct nd_service_options){
		.provider = &nd_provider_openai,
		.url = "http://127.0.0.1:1/v1",
		.model = model,
	};
}

static void
nothing_is_known(void **state)
{
	const struct nd_service_options options = options_of("m");
	struct nd_rates_expected expected;
	struct nd_rates rates = {.questions = 1};

	(void)state;
	nd_rates_load(NULL, &options, &rates);
	assert_false(nd_rates_expect(&rates, 2, 1000, 8192, &expected));
	assert_int_equal(expected.in, 1000);
	assert_int_equal(expected.out, 8192);
	assert_int_equal(expected.ms, 0);
}

static void
past_runs_foretell(void **state)
{
	/* Ten questions of 100 tokens each, as we count: it counts 90 of
	 * them, and repairs took as many again. */
	const struct nd_rates past = {.questions = 10,
	                              .estimated = 1000,
	                              .in = 1800,
	                              .out = 400,
	                              .busy_ms = 5000};
	const struct nd_service_options options = options_of("m"),
					other = options_of("n");
	char dir[] = "/tmp/nd-rates.XXXXXX";
	struct nd_rates rates;
	struct nd_rates_expected expected;
	size_t count;

	(void)state;
	assert_non_null(mkdtemp(dir));
	nd_rates_save(dir, &options, &past);
	nd_rates_load(dir, &other, &rates);
	assert_int_equal(rates.questions, 0);
	nd_rates_load(dir, &options, &rates);
	assert_true(nd_rates_expect(&rates, 3, 600, 12288, &expected));
	assert_int_equal(expected.in, 1080);
	assert_int_equal(expected.out, 120);
	assert_int_equal(expected.ms, 1500);

	/* Old runs count less in the end, and tell the same. */
	rates = past;
	rates.questions *= 1000;
	rates.estimated *= 1000;
	rates.in *= 1000;
	nd_rates_save(dir, &options, &rates);
	nd_rates_load(dir, &options, &rates);
	assert_int_equal(rates.questions, 5000);
	assert_true(nd_rates_expect(&rates, 3, 600, 12288, &expected));
	assert_int_equal(expected.in, 1080);
	assert_int_equal(nd_cachedir_clear(dir, false, &count, NULL), 0);
	assert_int_equal(count, 1);
	rmdir(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known),
		cmocka_unit_test(past_runs_foretell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
