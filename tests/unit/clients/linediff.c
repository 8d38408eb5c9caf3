/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/linediff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "util/alloc.h"

static void
same(const char *before, const char *after, const char *want)
{
	struct nd_buf *out = nd_buf_new(NULL, 10000);

	nd_linediff_add(out, "/f", before, after);
	assert_string_equal(out->data, want);
	talloc_free(out);
}

static void
nothing_changes(void **state)
{
	(void)state;
	same("", "", "");
	same("a\nb\n", "a\nb\n", "");
}

static void
a_file_is_made(void **state)
{
	(void)state;
	same("", "a\nb\n", "--- /dev/null\n+++ /f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
}

static void
lines_are_put_in(void **state)
{
	(void)state;
	same("a\n", "a\nx\n", "--- /f\n+++ /f\n@@ -1,1 +1,2 @@\n a\n+x\n");
	same("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nx\n5\n6\n7\n8\n",
	     "--- /f\n+++ /f\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n");
	/* Two places, and what is between them stays as it is. */
	same("1\n2\n3\n4\n5\n6\n7\n8\n", "x\n1\n2\n3\n4\n5\n6\n7\n8\ny\n",
	     "--- /f\n+++ /f\n@@ -1,3 +1,4 @@\n+x\n 1\n 2\n 3\n"
	     "@@ -6,3 +7,4 @@\n 6\n 7\n 8\n+y\n");
	/* Without an end of line. */
	same("a", "a\nx\n", "--- /f\n+++ /f\n@@ -1,1 +1,2 @@\n a\n+x\n");
}

static void
lines_are_replaced(void **state)
{
	(void)state;
	same("a\nb\nc\n", "a\nx\ny\nc\n",
	     "--- /f\n+++ /f\n@@ -1,3 +1,4 @@\n a\n-b\n+x\n+y\n c\n");
	same("a\nb\n", "a\n", "--- /f\n+++ /f\n@@ -1,2 +1,1 @@\n a\n-b\n");
	same("a\n", "", "--- /f\n+++ /f\n@@ -1,1 +0,0 @@\n-a\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_changes),
		cmocka_unit_test(a_file_is_made),
		cmocka_unit_test(lines_are_put_in),
		cmocka_unit_test(lines_are_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
