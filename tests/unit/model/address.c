/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cmocka.h>

#include "model/address.h"
#include "util/alloc.h"

static void
names_are_said_as_people_say_them(void **state)
{
	static const struct {
		struct nd_address who;
		const char *name;
	} cases[] = {
		{{"Marc Zyngier", "maz@example.org"}, "Marc Zyngier"},
		{{"Doe, Jane", "j@example.org"}, "Jane Doe"},
		{{"\"Doe, Jane\"", "j@example.org"}, "Jane Doe"},
		{{"Doe, Jane, Dr.", "j@example.org"}, "Doe, Jane, Dr."},
		{{"Jane Doe via kvmarm", "l@example.org"}, "Jane Doe"},
		{{"'Jane Doe' via list", "l@example.org"}, "Jane Doe"},
		{{"Jane Doe (Some Company)", "j@example.org"}, "Jane Doe"},
		{{"Doe, Jane (Cloud)", "j@example.org"}, "Jane Doe"},
		{{"(Company)", "j@example.org"}, "(Company)"},
		{{"", "jane@example.org"}, "jane"},
		{{"jane@example.org", "jane@example.org"}, "jane"},
		{{"", ""}, "?"},
		{{"\"\"", "jane@example.org"}, "?"},
		{{"张三", "z@example.org"}, "张三"},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(nd_address_name(ctx, &cases[i].who),
		                    cases[i].name);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_said_as_people_say_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
