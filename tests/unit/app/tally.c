/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <talloc.h>
#include <cmocka.h>

static const struct {
	/* written, removed, tagged, left, upgraded, reports */
	struct nd_apply_counts counts;
	const char *line;
} updates[] = {
	{{0, 0, 0, 0, 0, 0}, "Nothing has changed.\n"},
	{{72, 3, 121, 0, 0, 0},
         "72 digests written, 3 removed, 121 mails tagged.\n"},
	{{1, 1, 1, 1, 0, 0},
         "1 digest written, 1 removed, 1 mail tagged, 1 thread left for the "
         "next run, with new mail.\n"},
	{{0, 1, 0, 0, 0, 0}, "1 digest removed.\n"},
	{{0, 2, 0, 0, 0, 0}, "2 digests removed.\n"},
	{{3, 1, 4, 0, 0, 1},
         "3 digests written, 1 removed, 1 report removed, 4 mails tagged.\n"},
	{{0, 0, 0, 2, 0, 0},
         "2 threads left for the next run, with new mail.\n"},
};

static const struct {
	struct nd_apply_counts counts;
	size_t answers;
	const char *line;
} cleans[] = {
	{{0, 0, 0, 0, 0, 0}, 0, "Nothing has changed.\n"},
	{{0, 72, 121, 0, 0, 0},
         0,
         "72 digests removed, tags taken off 121 mails.\n"},
	{{0, 1, 1, 0, 0, 0},
         1,
         "1 digest removed, tags taken off 1 mail, 1 stored answer of models "
         "removed.\n"},
	{{0, 0, 0, 0, 0, 1}, 0, "1 report removed.\n"},
	{{0, 1, 5, 0, 0, 2},
         0,
         "1 digest removed, 2 reports removed, tags taken off 5 mails.\n"},
	{{0, 0, 0, 0, 0, 0}, 2, "2 stored answers of models removed.\n"},
};

static void
what_was_done(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof updates / sizeof *updates; i++)
		assert_string_equal(nd_tally_update(ctx, &updates[i].counts),
		                    updates[i].line);
	for (size_t i = 0; i < sizeof cleans / sizeof *cleans; i++)
		assert_string_equal(nd_tally_clean(ctx, &cleans[i].counts,
		                                   cleans[i].answers),
		                    cleans[i].line);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
