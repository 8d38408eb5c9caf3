/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the remarks of a review are on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "conversation/quotesource.h"
#include "summarise/candidates.h"

#define ANN "Ann Example <ann@example.org>"
#define BEN "Ben Sample <ben@example.org>"
#define REMARK "The lock is not held when the ring is full.\n"
#define COUNT(table) (sizeof table / sizeof table[0])

#define PATCH \
	"The lock has to be held.\n---\n" \
	"diff --git a/drivers/net/ring.c b/drivers/net/ring.c\n" \
	"--- a/drivers/net/ring.c\n" \
	"+++ b/drivers/net/ring.c\n" \
	"@@ -10,6 +10,14 @@ static int ring_fill(struct ring *ring)\n" \
	" \tint count = 0;\n" \
	"+\tfirst(ring);\n" \
	" \treturn count;\n" \
	" }\n" \
	" \n" \
	"+static void __init ring_empty(struct ring *ring,\n" \
	"+\t\t\t      bool all)\n" \
	"+{\n" \
	"+\tsecond(ring);\n" \
	"+}\n" \
	"+\n" \
	"+static const struct ops ring_ops = INIT(third);\n" \
	"@@ -90,2 +98,3 @@ struct ring {\n" \
	" \tint head;\n" \
	"+\tint fourth;\n" \
	"@@ -95,2 +104,3 @@\n" \
	" /* ring */\n" \
	"+#include <fifth.h>\n"

static const struct nd_candidate *
remark_of(const void *ctx, const struct nd_thread *thread, int32_t mail)
{
	struct nd_candidates *m = nd_candidates_new(ctx, thread);

	for (size_t i = 0; i < m->candidate_count; i++)
		if (m->candidate[i].message == mail &&
		    strstr(m->candidate[i].sentence.text, "The lock is not"))
			return &m->candidate[i];
	return NULL;
}

static void
code_is_told_by_its_function_or_file(void **state)
{
	static const struct {
		const char *answer, *where;
	} cases[] = {
		{"> +\tfirst(ring);\n" REMARK, "ring_fill()"},
		{"> +\tsecond(ring);\n\nHm.\n\n" REMARK, "ring_empty()"},
		{"> +static void __init ring_empty(struct ring *ring,\n"
	         "> +\t\t\t      bool all)\n" REMARK,
	         "ring_empty()"},
		{"> +static const struct ops ring_ops = INIT(third);\n" REMARK,
	         "ring.c"},
		{"> +\tint fourth;\n" REMARK, "struct ring"},
		{"> +#include <fifth.h>\n" REMARK, "ring.c"},
		{"> The lock has to be held.\n" REMARK, NULL},
		{REMARK, NULL},
		/* nothing of it is in the mail above */
		{"> @@ -1,1 +1,2 @@ int other_one(void)\n> +\tsixth();\n" REMARK,
	         "other_one()"},
		{"> @@ -1,1 +1,2 @@ SYSCALL_DEFINE1(other)\n"
	         "> +\tsixth();\n" REMARK,
	         NULL},
		{"> -int gone(void)\n> +\tsixth();\n" REMARK, NULL},
		{"> It is so: sixth(2)\n" REMARK, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct test_mail mails[] = {
			{"[PATCH] ring: hold the lock", ANN, PATCH,
		         ND_NO_MESSAGE},
			{"Re: [PATCH] ring: hold the lock", BEN,
		         cases[i].answer, 0},
		};
		struct nd_thread *thread =
			test_thread(NULL, mails, COUNT(mails));
		const struct nd_candidate *c;

		nd_quotesource_find(thread);
		nd_analyse_thread(thread);
		c = remark_of(thread, thread, 1);
		assert_non_null(c);
		assert_int_equal(c->on_patch, 0);
		if (!c->on_code != !cases[i].where ||
		    (c->on_code && strcmp(c->on_code, cases[i].where) != 0))
			fail_msg("%s: %s", cases[i].answer, c->on_code);
		talloc_free(thread);
	}
}

static void
remarks_on_patches_have_their_number(void **state)
{
	const struct test_mail mails[] = {
		{"[PATCH 0/2] ring: hold the lock", ANN, "It was not held.\n",
	         ND_NO_MESSAGE},
		{"[PATCH 1/2] ring: first", ANN, "Add it.\n---\n", 0},
		{"[PATCH 2/2] ring: second", ANN, "Hold it.\n---\n", 0},
		{"Re: [PATCH 2/2] ring: second", BEN, "Why?\n", 2},
		{"Re: [PATCH 2/2] ring: second", ANN, REMARK, 3},
		{"Re: [PATCH 0/2] ring: hold the lock", BEN, REMARK, 0},
	};
	struct nd_thread *thread = test_thread(NULL, mails, COUNT(mails));

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(remark_of(thread, thread, 4)->on_patch, 2);
	assert_int_equal(remark_of(thread, thread, 5)->on_patch, 0);
	talloc_free(thread);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_is_told_by_its_function_or_file),
		cmocka_unit_test(remarks_on_patches_have_their_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
