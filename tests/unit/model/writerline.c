/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "model/writerline.h"
#include "build.h"

/* A row for each row of the table. */
static void
finds_who_says_it_in_a_tracker(void **state)
{
	static const struct {
		const char *text, *name, *addr;
	} cases[] = {
		{"--- Comment #3 from Ada Berg <ada@example.org> ---\nx\n",
	         "Ada Berg", "ada@example.org"},
		{"--- Comment #3 from Ada Berg (ada@example.org) ---\nx\n",
	         "Ada Berg", "ada@example.org"},
		{"--- Comment #3 from Ada Berg <ada at example dot org> ---\nx\n",
	         "Ada Berg", "ada@example.org"},
		{"--- Comment #3 from ada@example.org ---\nx\n", "",
	         "ada@example.org"},
		{"------- Comment #3 From Ada Berg  2008-01-02 10:00 -------\nx\n",
	         "Ada Berg", ""},
		{"------- Comment #3 from ada@example.org  2008-01-02 -------\nx\n",
	         "", "ada@example.org"},
		{"------- Additional Comments From ada@example.org  2004-01-02 "
	         "-------\nx\n",
	         "", "ada@example.org"},
		{"  Reporter: ada@example.org\n  Severity: high\n\nx\n", "",
	         "ada@example.org"},
		{"Issue #12 has been updated by Ada B. Berg.\n\nx\n",
	         "Ada B. Berg", ""},
		{"Issue #12 has been reported by Ada Berg.\n\nx\n", "Ada Berg",
	         ""},
		{"Ticket #12 wurde von Ada Berg aktualisiert.\n\nx\n",
	         "Ada Berg", ""},
		{"Ticket #12 wurde von Ada Berg erstellt.\n\nx\n", "Ada Berg",
	         ""},
		{"La demande #12 a été mise à jour par Ada Berg.\n\nx\n",
	         "Ada Berg", ""},
		{"La demande #12 a été soumise par Ada Berg.\n\nx\n",
	         "Ada Berg", ""},
		{"La petición #12 ha sido actualizada por Ada Berg.\n\nx\n",
	         "Ada Berg", ""},
		{"La petición #12 ha sido creada por Ada Berg.\n\nx\n",
	         "Ada Berg", ""},
		{"Petición #12 añadida por Ada Berg.\n\nx\n", "Ada Berg", ""},
		{"La segnalazione #12 è stata aggiornata da Ada Berg.\n\nx\n",
	         "Ada Berg", ""},
		{"A tarefa #12 foi atualizada por Ada Berg.\n\nx\n", "Ada Berg",
	         ""},
		{"Задача #12 была обновлена Ada Berg.\n\nx\n", "Ada Berg", ""},
		{"チケット #12 が Ada Berg さんによって更新されました。\n\nx\n",
	         "Ada Berg", ""},
		{"问题 #12 已由 Ada Berg 更新。\n\nx\n", "Ada Berg", ""},
		{"Comment (by adab):\n\nx\n", "adab", ""},
		{"Changes (by adab):\n\nx\n", "adab", ""},
		{"--- Comment #3 from Ada Berg 2012-03-02 10:00:00 CET ---\nx\n",
	         "Ada Berg", ""},
		{"Comment(by adab):\n\nx\n", "adab", ""},
		{"--- Comment #3 from Ada Berg <ada@example.org> 2012-03-02 "
	         "10:00:00 UTC ---\nx\n",
	         "Ada Berg", "ada@example.org"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct nd_body *body = test_body(ctx, cases[i].text);
		struct nd_writerline found;
		struct nd_address who;
		size_t len, line;

		assert_true(nd_writerline_of_comment(body, &found));
		who = nd_writerline_address(ctx, &found);
		if (strcmp(who.name, cases[i].name) != 0 ||
		    strcmp(who.addr, cases[i].addr) != 0)
			fail_msg("%s'%s' <%s>", cases[i].text, who.name,
			         who.addr);
		line = found.first;
		while (body->line[line].kind == ND_LINE_BLANK)
			line++;
		assert_true(*nd_message_line(body, line, &len) == 'x');
		talloc_free(ctx);
	}
}

static void
passes_over_what_is_quoted(void **state)
{
	static const char *const texts[] = {
		"> --- Comment #3 from Ada Berg ---\nx\n",
		"Comment #3 from Ada Berg\nx\n",
		"Issue #12 is fixed by Ada Berg.\n",
		"--- Comment #3 from  ---\n",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct nd_body *body = test_body(NULL, texts[i]);
		struct nd_writerline found;

		if (nd_writerline_of_comment(body, &found))
			fail_msg("%s", texts[i]);
		talloc_free(body);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_who_says_it_in_a_tracker),
		cmocka_unit_test(passes_over_what_is_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
