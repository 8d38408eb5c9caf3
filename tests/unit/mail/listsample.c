/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail/listsample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "util/alloc.h"

typedef const char *reader(const void *ctx, const char *header);

static void
is(reader *read, const char *header, const char *want)
{
	void *ctx = talloc_new(NULL);
	const char *got = read(ctx, header);

	if (!want)
		assert_null(got);
	else
		assert_string_equal(got ? got : "(null)", want);
	talloc_free(ctx);
}

static void
list_ids(void **state)
{
	(void)state;
	is(nd_listsample_id, "<fabric.lists.example.org>",
	   "fabric.lists.example.org");
	is(nd_listsample_id, "The <b>old</b> list <Fabric.Example.ORG> ",
	   "fabric.example.org");
	is(nd_listsample_id, " fabric.example.org", "fabric.example.org");
	is(nd_listsample_id, "fabric", NULL);
	is(nd_listsample_id, "<>", NULL);
	is(nd_listsample_id, "", NULL);
	is(nd_listsample_id, "<a.b or tag:x>", "a.b");
	is(nd_listsample_id, "<a.b\"or>", NULL);
	is(nd_listsample_id, "<.a.b>", NULL);
	is(nd_listsample_id, "<a.b.>", NULL);
	is(nd_listsample_id, "<a.b\nquery=*>", "a.b");
}

static void
list_posts(void **state)
{
	(void)state;
	is(nd_listsample_address, "<mailto:fabric@lists.example.org>",
	   "fabric@lists.example.org");
	is(nd_listsample_address, "<mailto:a+b@Example.org?subject=x>",
	   "a+b@example.org");
	is(nd_listsample_address,
	   "<https://example.org/post>, <mailto:a@b.org>", "a@b.org");
	is(nd_listsample_address, "NO", NULL);
	is(nd_listsample_address, "<mailto:@b.org>", NULL);
	is(nd_listsample_address, "<mailto:a(b@b.org>", NULL);
	is(nd_listsample_address, "<mailto:a\"@b.org>", NULL);
	is(nd_listsample_address, "<mailto:a@b>", NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_ids),
		cmocka_unit_test(list_posts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
