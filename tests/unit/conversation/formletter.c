/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "conversation/formletter.h"
#include "util/alloc.h"
#include "util/buf.h"

#define HEAD \
	"Applied to\n\n   https://git.example.org/foo.git for-next\n\n" \
	"Thanks!\n\n"
#define LIST "[1/2] foo: a\n      commit: 3bf0a93dcc923f1f8c62\n"
#define NEXT \
	"\nAll being well this means that it will be integrated into the\n" \
	"next tree and sent on during the next merge window.\n"
#define PLACE "\ntree:   https://git.example.org/foo.git\nbranch: foo-6.19\n\n"
#define SOON "\nPatches in the foo-6.19 branch should appear there soon.\n"
#define MAILS \
	"\nPlease add any relevant lists and maintainers to the CCs when\n" \
	"replying to this mail.\n"

struct example {
	const char *text;
	const char *ends; /* the last line that is somebody's own */
};

static const struct example examples[] = {
	{HEAD LIST NEXT MAILS "\nThanks,\nAda\n",
         "      commit: 3bf0a93dcc923f1f8c62"},
	{HEAD "- [net-next,v2,1/2] foo: a\n"
              "    https://git.example.org/c/3bf0a93dcc92\n" NEXT MAILS,
         "    https://git.example.org/c/3bf0a93dcc92"},
	/* One paragraph is what somebody says. */
	{HEAD LIST NEXT, "next tree and sent on during the next merge window."},
	{HEAD LIST "\nBest regards,\n\nAda\n", "Ada"},
	/* So is a question, and what names a patch. */
	{HEAD LIST NEXT MAILS "\nWhat is the plan for the rest?\n",
         "What is the plan for the rest?"},
	{HEAD LIST NEXT
         "\nI have left out 2/2 since it breaks the build of the\n"
         "documentation here.\n" MAILS,
         "replying to this mail."},
	/* Without a list it is a mail like any other. */
	{HEAD NEXT MAILS, "replying to this mail."},
	{HEAD "[1/2] foo: a\n" NEXT MAILS, "replying to this mail."},
	{"", ""},
};

static void
what_stands_below_the_list(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_message *mail = x_new(tmp, struct nd_message);
		const struct nd_body *body;
		const char *last = "";
		size_t bytes = 0;

		mail->body = x_new(mail, struct nd_body);
		nd_body_add(mail->body, examples[i].text,
		            strlen(examples[i].text), 0);
		nd_formletter_mark(mail);
		nd_formletter_mark(mail);
		body = mail->body;
		for (size_t k = 0; k < body->line_count; k++) {
			if (body->line[k].kind != ND_LINE_OWN)
				continue;
			bytes += body->line[k].len;
			last = x_strndup(tmp, body->text + body->line[k].start,
			                 body->line[k].len);
		}
		if (strcmp(last, examples[i].ends) != 0)
			print_message("# example %zu: '%s'\n", i, last);
		assert_string_equal(last, examples[i].ends);
		assert_int_equal(bytes, body->own_bytes);
		talloc_free(tmp);
	}
	nd_formletter_mark(&(struct nd_message){.body = NULL});
}

static void
what_stands_above_the_list(void **state)
{
	static const struct {
		const char *text;
		bool own; /* what is said of the branch */
	} cases[] = {
		{"Applied to the foo-6.19 branch of foo.git.\n" SOON PLACE LIST,
	         false},
		{"I like that.\n\nApplied to foo.git.\n" SOON PLACE LIST,
	         false},
		{"Applied to the foo-6.19 branch of foo.git.\n"
	         "Patches in the foo-6.19 branch should appear there soon.\n" PLACE
	                 LIST,
	         false},
		/* Without the place it is a mail like any other. */
		{"Applied to foo.git.\n" SOON "\n" LIST, true},
		{"Applied to foo.git.\n" SOON PLACE, true},
		{SOON "\nApplied to foo.git.\n" PLACE LIST, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_message *mail = x_new(tmp, struct nd_message);
		bool own = false;

		mail->body = x_new(mail, struct nd_body);
		nd_body_add(mail->body, cases[i].text, strlen(cases[i].text),
		            0);
		nd_formletter_mark(mail);
		for (size_t k = 0; k < mail->body->line_count; k++) {
			const struct nd_line *line = &mail->body->line[k];

			own = own || (line->kind == ND_LINE_OWN &&
			              strncmp(mail->body->text + line->start,
			                      "Patches in", 10) == 0);
		}
		if (own != cases[i].own)
			print_message("# case %zu\n", i);
		assert_int_equal(own, cases[i].own);
		talloc_free(tmp);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stands_below_the_list),
		cmocka_unit_test(what_stands_above_the_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
