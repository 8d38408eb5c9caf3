/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
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
		{{"\"\"", "jane@example.org"}, "jane"},
		{{"'' '", "jane@example.org"}, "jane"},
		{{"''", "'@example.org"}, "?"},
		{{"张三", "z@example.org"}, "张三"},
		{{"", "testbot+1a2b3c4d@example.org"}, "testbot"},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *name = nd_address_name(ctx, &cases[i].who);

		assert_string_equal(name, cases[i].name);
		assert_ptr_equal(talloc_parent(name), ctx);
	}
	talloc_free(ctx);
}

static void
two_addresses_may_be_one_person(void **state)
{
	static const struct {
		struct nd_address a, b;
		bool same;
	} cases[] = {
		/* the address */
		{{"Ada", "ada@a.org"}, {"Bo", "ADA@A.org"}, true},
		{{"", ""}, {"", ""}, false},
		{{"Ada Berg", ""}, {"", ""}, false},
		/* the name, with its forms */
		{{"Ada Berg", "ada@a.org"}, {"Ada Berg", "berg@b.org"}, true},
		{{"Ada Berg", "ada@a.org"}, {"Berg, Ada", "x@b.org"}, true},
		{{"Ada B. Berg", "ada@a.org"}, {"ada berg", "x@b.org"}, true},
		{{"Ada Berg (A)", "ada@a.org"}, {"Ada Berg", "x@b.org"}, true},
		{{"Ada Berg", "ada@a.org"}, {"Ada Lind", "x@b.org"}, false},
		{{"Ada Berg", "dwd@a.org"}, {"Ada Berg", "ada@a.org"}, true},
		/* behind a relay there is only the name */
		{{"Ada Berg", ""}, {"Ada Berg", "ada@a.org"}, true},
		{{"adab", ""}, {"adab", ""}, true},
		{{"adab", ""}, {"bolind", ""}, false},
		/* one word is many people's */
		{{"Ada", "ada@a.org"}, {"Ada", "x@b.org"}, false},
		{{"Ada", "ada@a.org"}, {"Ada", "ada@b.org"}, true},
		{{"Ada", "ada@a.org"}, {"Ada Berg", "ada@b.org"}, true},
		/* offices have many names */
		{{"Site Admin", "a@a.org"}, {"Site Admin", "b@b.org"}, false},
		{{"kernel test robot", "a@a.org"},
	         {"kernel test robot", "b@b.org"},
	         false},
		{{"Admin", "admin@a.org"}, {"Admin", "admin@b.org"}, false},
		/* so have lists */
		{{"", "regressions@a.org"},
	         {"Linux regression tracking (Ada Berg)", "regressions@b.org"},
	         false},
		{{"open list:RING", "a@a.org"},
	         {"open list:RING (CARDS)", "b@b.org"},
	         false},
		/* names that many have */
		{{"Wei Wang", "wei@a.org"}, {"Wei Wang", "nut@b.org"}, false},
		{{"Wei Wang", "weiwang1@a.org"},
	         {"Wei Wang", "weiwang2@b.org"},
	         true},
		{{"Kim Lee", "kim@a.org"}, {"Kim Lee", "lee.k@b.org"}, false},
		{{"å¼ ä¼", "a@a.org"},
	         {"å¼ ä¼", "b@b.org"},
	         false},
		{{"Fengnan Chang", "chang@a.org"},
	         {"Fengnan Chang", "f@b.org"},
	         true},
		/* one house has numbered them */
		{{"Ada Berg", "berg1@a.org"},
	         {"Ada Berg", "berg2@a.org"},
	         false},
		{{"Ada Berg", "berg@a.org"},
	         {"Ada Berg", "berg2@a.org"},
	         false},
		{{"Ada Berg", "ada+x@a.org"}, {"Ada Berg", "ada@a.org"}, true},
		/* the account, where one has no name */
		{{"", "adaberg@a.org"}, {"Ada Berg", "adaberg@b.org"}, true},
		{{"", "aberg@a.org"}, {"Ada Berg", "aberg@b.org"}, true},
		{{"", "david@a.org"}, {"David Berg", "david@b.org"}, false},
		{{"", "info@a.org"}, {"Ada Berg", "info@b.org"}, false},
		{{"", "info@a.org"}, {"", "info@b.org"}, false},
		{{"Bo Lind", "kernel@a.org"},
	         {"Ada Berg", "kernel@b.org"},
	         false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct nd_address *a = &cases[i].a, *b = &cases[i].b;

		if (nd_address_same_person(a, b) != cases[i].same ||
		    nd_address_same_person(b, a) != cases[i].same)
			fail_msg("%s <%s>, %s <%s>", a->name, a->addr, b->name,
			         b->addr);
	}
}

/* A name is on one line, whatever stood between its words. */
static void
what_is_read_is_on_one_line(void **state)
{
	static const char text[] = "Ada \t M.  Berg\t<ada@a.org>";
	void *ctx = talloc_new(NULL);
	struct nd_address who;

	(void)state;
	assert_int_equal(nd_address_read(ctx, text, strlen(text), &who),
	                 strlen(text));
	assert_string_equal(who.name, "Ada M. Berg");
	assert_string_equal(who.addr, "ada@a.org");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_said_as_people_say_them),
		cmocka_unit_test(two_addresses_may_be_one_person),
		cmocka_unit_test(what_is_read_is_on_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
