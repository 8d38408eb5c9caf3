/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <string.h>

#include "build.h"
#include "robot/resultlink.h"

static void
links(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: none */
	} rows[] = {
		{"Full details are available at:\n"
	         "    https://b.example.org/#/builders/71/builds/3\n",
	         "https://b.example.org/#/builders/71/builds/3"},
		{"See <https://ci.example.org/job/ring/12/display>.\n",
	         "https://ci.example.org/job/ring/12/display"},
		{"console output: https://s.example.org/x/log.txt?x=1\n"
	         "kernel config: https://s.example.org/x/.config?x=2\n"
	         "dashboard link: https://s.example.org/bug?extid=3\n",
	         "https://s.example.org/bug?extid=3"},
		{"flight 186543 ring real [real]\n"
	         "http://logs.example.org/ci/logs/186543/\n",
	         "http://logs.example.org/ci/logs/186543/"},
		{"Project: ring ( https://g.example.org/ring )\n"
	         "Pipeline #12 ( https://g.example.org/ring/-/pipelines/12 )\n",
	         "https://g.example.org/ring/-/pipelines/12"},
		{"URL   : https://patchwork.example.org/series/9/\n"
	         "External URL: https://ci.example.org/tree/Patchwork_9/\n",
	         "https://ci.example.org/tree/Patchwork_9/"},
		/* none of a run */
		{"url:    https://h.example.org/linux/commits/ring\n"
	         "config: (https://d.example.org/archive/config)\n"
	         "compiler: gcc (https://gcc.example.org)\n"
	         "reproduce: (https://d.example.org/archive/reproduce)\n"
	         "| Closes: https://lore.example.org/oe/1/\n",
	         NULL},
		{"See https://patchwork.example.org/patch/1\n", NULL},
		{"> Full log: https://ci.example.org/job/1/\n\nNo.\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mail = {"Re: x", "ci@example.org",
		                               rows[i].text, 0};
		const struct nd_message *message = test_message(ctx, &mail);
		size_t len;
		const char *url = nd_resultlink_find(message->body, &len);

		url = url ? x_strndup(ctx, url, len) : "";
		assert_string_equal(url, rows[i].want ? rows[i].want : "");
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(links)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
