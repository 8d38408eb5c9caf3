/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/treename.h"
#include "util/alloc.h"

/* What of a link says which tree it is. */
static void
links_are_short(void **state)
{
	static const struct {
		const char *list, *told;
	} row[] = {
		{"https://git.example.org/pub/scm/linux/foo/bar.git for-next",
	         "foo/bar.git for-next"},
		{"git://example.org/bar.git/", "example.org/bar.git/"},
		{"foo/next", "foo/next"},
		{"foo/next; https://git.example.org/a/b/c.git x; bar",
	         "foo/next; b/c.git x; bar"},
		{"the fixes branch of the foo/bar.git tree",
	         "the fixes branch of the foo/bar.git tree"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		void *ctx = talloc_new(NULL);

		assert_string_equal(nd_treename_short(ctx, row[i].list),
		                    row[i].told);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_are_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
