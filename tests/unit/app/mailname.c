/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/mailname.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <talloc.h>
#include <cmocka.h>

static const struct {
	const char *text;
	const char *query; /* NULL: the same */
} cases[] = {
	/* archives */
	{"https://lore.kernel.org/r/x-1@y.org", "id:\"x-1@y.org\""},
	{"http://lore.kernel.org/all/x%2F1@y.org/", "id:\"x/1@y.org\""},
	{"https://lore.kernel.org/git/CAHk-=x@y.org/T/#mf00",
         "id:\"CAHk-=x@y.org\""},
	{"HTTPS://patch.msgid.link/x@y", "id:\"x@y\""},
	{"lore.kernel.org/r/x@y", "id:\"x@y\""},
	{"marc.info/?i=x@y", "id:\"x@y\""},
	{"https://marc.info/?i=%3Cx@y%3E", "id:\"x@y\""},
	{"https://lore.kernel.org/r/<x@y>", "id:\"x@y\""},
	{"https://lore.kernel.org/all/?q=f:x@y", NULL},
	{"patchwork.kernel.org/project/linux-mm/patch/x@y/", "id:\"x@y\""},
	{"<https://lore.kernel.org/r/x@y>", "id:\"x@y\""},
	{"https://lore.kernel.org/r/a@x or https://lore.kernel.org/r/b@x/",
         "id:\"a@x\" or id:\"b@x\""},
	{"(https://lore.kernel.org/r/a@x) and not (tag:x or "
         "https://lore.kernel.org/r/b@x/)",
         "(id:\"a@x\") and not (tag:x or id:\"b@x\")"},
	{"thread:{id:x@y} https://lore.kernel.org/r/a@x",
         "thread:{id:x@y} id:\"a@x\""},
	{"https://marc.info/?l=linux-kernel&m=161580", NULL},
	{"https://www.mail-archive.com/dev@x.org/msg1.html", NULL},
	{"subject:https://lore.kernel.org/r/x@y", NULL},
	{"\"https://lore.kernel.org/r/x@y\"", NULL},
	{"\"see https://lore.kernel.org/r/x@y or\" tag:a", NULL},
	{"subject:\"a <b@c> https://lore.kernel.org/r/x@y\"", NULL},
	{"\"no end https://lore.kernel.org/r/x@y", NULL},
	/* ids */
	{"<x@y>", "id:\"x@y\""},
	{"<a\"b@y>", "id:\"a\"\"b@y\""},
	{"tag:a and <x@y>", "tag:a and id:\"x@y\""},
	{"not (<x@y>)", "not (id:\"x@y\")"},
	{"id:<x@y>", "id:\"x@y\""},
	{"mid:<x@y>", "id:\"x@y\""},
	{"mid:a%2Bb@y", "(id:\"a+b@y\" or id:\"a%2Bb@y\")"},
	{"id:a%2Bb@y", NULL},
	{"mid:x@y", NULL},
	{"mid:100%@y", NULL},
	{"mid:/x.*@y/", NULL},
	{"mid:/x%2B@y/", NULL},
	{"mid:\"a%2Bb@y\"", NULL},
	{"id:x@y", NULL},
	{"id:\"x y@z\"", NULL},
	{"from:Nora Winter <nora@x.org>", NULL},
	{"from:nora <nora@x.org>", NULL},
	/* the rest */
	{"", NULL},
	{"*", NULL},
	{"<>", NULL},
	{"<", NULL},
	{")", NULL},
	{"((", NULL},
	{"  tag:a   and (tag:b)  ", NULL},
	{"from:x and date:7d..", NULL},
};

static void
words_that_name_mails(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);

		assert_string_equal(nd_mailname_resolve(ctx, cases[i].text),
		                    cases[i].query ? cases[i].query
		                                   : cases[i].text);
		talloc_free(ctx);
	}
}

static const struct {
	const char *query;
	const char *id; /* NULL: there is more in it */
} singles[] = {
	{"id:x@y", "x@y"},
	{"mid:x@y", "x@y"},
	{"id:\"x@y\"", "x@y"},
	{"id:\"a\"\"b@y\"", "a\"b@y"},
	{"id:\"a b@y\"", "a b@y"},
	{"id:\"a\" or id:\"b\"", NULL},
	{"id:x@y tag:a", NULL},
	{"(id:x@y)", NULL},
	{"not id:x@y", NULL},
	{"thread:{id:x@y}", NULL},
	{"mid:/x/", NULL},
	{"id:", NULL},
	{"id:\"", NULL},
	{"id:\"\"", NULL},
	{"id:\"a\"\"", NULL},
	{"", NULL},
	{"*", NULL},
};

static void
queries_for_one_mail(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
		void *ctx = talloc_new(NULL);
		const char *id = nd_mailname_single(ctx, singles[i].query);

		if (singles[i].id)
			assert_string_equal(id, singles[i].id);
		else if (id)
			fail_msg("%s: %s", singles[i].query, id);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_name_mails),
		cmocka_unit_test(queries_for_one_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
