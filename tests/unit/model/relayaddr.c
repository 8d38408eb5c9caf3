/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "model/relayaddr.h"
#include "util/alloc.h"

static void
finds_the_author(void **state)
{
	static const struct {
		const char *addr, *want; /* NULL: nobody made it */
	} cases[] = {
		{"ada=40example.org@dmarc.ietf.org", "ada@example.org"},
		{"a.b+c=40x.example.org@dmarc.ietf.org", "a.b+c@x.example.org"},
		{"ada=example.org@groups.io", "ada@example.org"},
		{"ada@example.org.INVALID", "ada@example.org"},
		{"0000a8bc9d01-dmarc-request@LISTS.EXAMPLE.ORG", ""},
		{"ada@example.org", NULL},
		{"ada=40host@dmarc.ietf.org", NULL},
		{"ada=x@example.org", NULL},
		{"ada=example.org@example.net", NULL},
		{"dev-return-1-ada=example.org@example.net", NULL},
		{"dev-bounces+ada=40example.org@example.net", NULL},
		{"prvs=0123=40x.org@example.net", NULL},
		{"SRS0=ab=cd=example.org=ada@groups.io", NULL},
		{"ada@spam.invalid", NULL},
		{"=40@example.org", NULL},
		{"=40", NULL},
		{".invalid", NULL},
		{"@", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		const char *got = nd_relayaddr_author(ctx, cases[i].addr);

		if (!got != !cases[i].want ||
		    (got && strcmp(got, cases[i].want) != 0))
			fail_msg("'%s': '%s'", cases[i].addr,
			         got ? got : "(none)");
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_author),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
