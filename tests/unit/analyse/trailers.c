/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/analyse.h"
#include "build.h"
#include "text/trailerline.h"

#define ANN "Ann <ann@example.org>"
#define BEN "Ben <ben@example.org>"
#define DIFF "---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
#define NONE ND_NO_MESSAGE

static void
reads_single_lines(void **state)
{
	static const struct {
		const char *line, *next, *type, *name, *addr;
	} cases[] = {
		{"Reviewed-by: Ben B. <ben@example.org>", 0, "Reviewed-by",
	         "Ben B.", "ben@example.org"},
		{"reviewed-By: Ben <ben@example.org>", 0, "Reviewed-by", "Ben",
	         "ben@example.org"},
		{"Reviewed-by : Ben <ben@example.org>", 0, "Reviewed-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben<ben@example.org>", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: \"Ben, the B.\" <ben@example.org>", 0, "Acked-by",
	         "Ben, the B.", "ben@example.org"},
		{"Tested-by: Ben <ben@example.org> # s390", 0, "Tested-by",
	         "Ben", "ben@example.org"},
		{"Tested-by: Ben <ben@example.org> [for the arm bits]", 0,
	         "Tested-by", "Ben", "ben@example.org"},
		{"Tested-by: ben@example.org", 0, "Tested-by", "",
	         "ben@example.org"},
		{"Tested-by: Ben <ben@example.org >", 0, "Tested-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben <ben@example.org?", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben <ben@example.org<mailto:ben@example.org>>", 0,
	         "Acked-by", "Ben", "ben@example.org"},
		{"Reported-and-tested-by: Ben <ben@example.org>", 0,
	         "Reported-and-tested-by", "Ben", "ben@example.org"},
		{"Co-Developed-by: Ben <ben@example.org>", 0, "Co-developed-by",
	         "Ben", "ben@example.org"},
		{"NAKed-by: Ben <ben@example.org>", 0, "Nacked-by", "Ben",
	         "ben@example.org"},
		{"Nacked-by: Ben <ben@example.org>", 0, "Nacked-by", "Ben",
	         "ben@example.org"},
		{"Found-by: Ben <ben@example.org>", 0, "Found-by", "Ben",
	         "ben@example.org"},
		/* wrapped by a mail program */
		{"Reviewed-by: A Rather Long Name", "<long@example.org>",
	         "Reviewed-by", "A Rather Long Name", "long@example.org"},
		{"Reviewed-by: A Rather", "Long Name <long@example.org>",
	         "Reviewed-by", "A Rather Long Name", "long@example.org"},
		{"Reviewed-by: Ben <ben@", " example.org>", "Reviewed-by",
	         "Ben", "ben@example.org"},
		{"Reviewed-by: Ben <", "ben@example.org>", "Reviewed-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben", "Acked-by: Ann <ann@example.org>", 0, 0, 0},
		{"Acked-by: Ben", "and that is all", 0, 0, 0},
		/* what only looks like one */
		{"Subject-by: Ben <ben@example.org>", 0, 0, 0, 0},
		{"Thanks-to: Ben <ben@example.org>", 0, 0, 0, 0},
		{"Reviewed-by: me", 0, 0, 0, 0},
		{"Reviewed-by: Ben <ben at example.org>", 0, "Reviewed-by",
	         "Ben", "ben@example.org"},
		{"Acked-by: Ben [mailto:ben@example.org]", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben (ben@example.org)", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben\u00a0Lind\u202f<ben@example.org>", 0,
	         "Acked-by", "Ben Lind", "ben@example.org"},
		{"Acked\u2011by\uff1a Ben \uff1cben@example.org\uff1e", 0,
	         "Acked-by", "Ben", "ben@example.org"},
		{"Acked-and-tested-by: Ben <ben@example.org>", 0,
	         "Acked-and-tested-by", "Ben", "ben@example.org"},
		{"Acked-by: Ben ben@example.org", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben <mailto:ben@example.org>", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by: Ben Lind", "[mailto:ben@example.org]", "Acked-by",
	         "Ben Lind", "ben@example.org"},
		{"Acked-by: Ben (B) <ben@example.org>", 0, "Acked-by",
	         "Ben (B)", "ben@example.org"},
		{"Acked-by:\u2007Ben\u3000Lind [ben (at) example.org]", 0,
	         "Acked-by", "Ben Lind", "ben@example.org"},
		{"Reviewed\u2013and\u2013tested\u2013by: Ben <ben@example.org>",
	         0, "Reviewed-and-tested-by", "Ben", "ben@example.org"},
		{"Acked-by:* Ben <ben@example.org>*", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Acked-by*:* `Ben <ben@example.org>`", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Reviewed by: Ben <ben@example.org>", 0, "Reviewed-by", "Ben",
	         "ben@example.org"},
		{"Reviwed-by: Ben <ben@example.org>", 0, "Reviewed-by", "Ben",
	         "ben@example.org"},
		{"Reveiwed-by: Ben <ben@example.org>", 0, "Reviewed-by", "Ben",
	         "ben@example.org"},
		{"Nak-by: Ben <ben@example.org>", 0, "Nacked-by", "Ben",
	         "ben@example.org"},
		{"Not-acked-by: Ben <ben@example.org>", 0, "Nacked-by", "Ben",
	         "ben@example.org"},
		{"Ack-by: Ben <ben@example.org>", 0, "Acked-by", "Ben",
	         "ben@example.org"},
		{"Asked-by: Ben <ben@example.org>", 0, "Asked-by", "Ben",
	         "ben@example.org"},
		{"Posted by: Ben <ben@example.org>", 0, 0, 0, 0},
		{"Acked-by: Ben, meet me at example.org", 0, 0, 0, 0},
		{"Reviewed-by Ben <ben@example.org>", 0, 0, 0, 0},
		{"your Reviewed-by: Ben <ben@example.org>", 0, 0, 0, 0},
		{"Cc: Ben <ben@example.org>", 0, 0, 0, 0},
		{"-by: Ben <ben@example.org>", 0, 0, 0, 0},
		{"by: Ben <ben@example.org>", 0, 0, 0, 0},
		{"Acked-by:", 0, 0, 0, 0},
		{"Acked-by: @", 0, 0, 0, 0},
		{"Acked-by: a@", 0, 0, 0, 0},
		{"Acked-by: a@...", 0, 0, 0, 0},
		{" Acked-by: Ben <ben@example.org>", 0, 0, 0, 0},
		{"", 0, 0, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		struct nd_trailer got = {0};
		const char *next = cases[i].next;
		bool found = nd_trailerline_parse(
			tmp, cases[i].line, strlen(cases[i].line), next,
			next ? strlen(next) : 0, &got);

		if (found != (cases[i].type != NULL) ||
		    (found && (strcmp(got.type, cases[i].type) != 0 ||
		               strcmp(got.who.name, cases[i].name) != 0 ||
		               strcmp(got.who.addr, cases[i].addr) != 0)))
			fail_msg("'%s': got %s '%s' <%s>", cases[i].line,
			         got.type ? got.type : "nothing",
			         got.type ? got.who.name : "",
			         got.type ? got.who.addr : "");
		talloc_free(tmp);
	}
}

/* The trailers of an answer by Ben to Ann's patch, as one string. */
static char *
trailers_of_answer(void *ctx, const char *subject, const char *text)
{
	const struct test_mail mails[] = {
		{"[PATCH 1/2] a", ANN, "Acked-by: C <c@example.org>\n" DIFF,
	         NONE},
		{subject, BEN, text, 0},
	};
	struct nd_thread *thread = test_thread(ctx, mails, 2);
	char *list = x_strdup(ctx, "");

	nd_analyse_thread(thread);
	for (size_t i = 0; i < thread->trailer_count; i++) {
		const struct nd_trailer *one = &thread->trailer[i];

		assert_int_equal(one->message, 1);
		assert_int_equal(one->patch, 0);
		assert_int_equal(one->number, 1);
		assert_int_equal(one->total, 2);
		list = x_asprintf(ctx, "%s%s%.3s %s", list, i ? "," : "",
		                  one->type, one->who.addr);
	}
	return list;
}

static void
counts_what_an_answer_gives(void **state)
{
	static const struct {
		const char *subject, *text, *want;
	} cases[] = {
		{"Re: [PATCH 1/2] a", "Acked-by: B <b@example.org>\n",
	         "Ack b@example.org"},
		{"Re: [PATCH 1/2] a",
	         "> Acked-by: C <c@example.org>\n\nFine.\n\n"
	         "Reviewed-by: B <b@example.org>\n"
	         "Tested-by: B <b@example.org>\n",
	         "Rev b@example.org,Tes b@example.org"},
		/* twice */
		{"Re: a",
	         "Acked-by: B <b@example.org>\n\n"
	         "Acked-by: B <B@example.org>\n",
	         "Ack b@example.org"},
		/* below the signature, and not at the start of a line */
		{"Re: a", "-- \nAcked-by: B <b@example.org>\n", ""},
		{"Re: a", "With that, Acked-by: B <b@example.org>\n", ""},
		/* indented: an example, unless it is the sender's own */
		{"Re: a", "  Acked-by: B <b@example.org>\n", ""},
		{"Re: a", "  Acked-by: Ben <ben@example.org>\n",
	         "Ack ben@example.org"},
		{"Re: a", "| Reported-by: Ben <ben@example.org>\n",
	         "Rep ben@example.org"},
		{"Re: a", "FWIW, Acked-by: Ben <ben@example.org>\n",
	         "Ack ben@example.org"},
		{"Re: a", "OK you can add my Acked-by: Ben <b@example.net>\n",
	         "Ack b@example.net"},
		{"Re: a", "Please drop my Acked-by: Ben <ben@example.org>\n",
	         ""},
		/* a review with a suggested change below */
		{"Re: a",
	         "Acked-by: B <b@example.org>\n\n"
	         "if you do this:\n\n" DIFF,
	         "Ack b@example.org"},
		/* the commit message of a patch inside an answer */
		{"Re: a", "How about:\n\nReported-by: C <c@example.org>\n" DIFF,
	         ""},
		{"Re: a",
	         "How about:\n\nReported-by: C <c@example.org>\n"
	         "Signed-off-by: Ben <ben@example.org>\n\n" DIFF,
	         ""},
		{"Re: a",
	         "Signed-off-by: C <c@example.org>\n"
	         "Acked-by: D <d@example.org>\n",
	         ""},
		{"Re: a",
	         "-- >8 --\nSubject: [PATCH] b\n\n"
	         "Suggested-by: C <c@example.org>\n\n"
	         "Signed-off-by: Ben <ben@example.org>\n" DIFF,
	         ""},
		{"Re: a",
	         "From 0123456789012345678901234567890123456789 Mon "
	         "Sep 17 00:00:00 2001\nText\n\n"
	         "Suggested-by: C <c@example.org>\n\nText\n" DIFF,
	         ""},
		{"Re: a",
	         "Better:\n\ncommit "
	         "0123456789012345678901234567890123456789\n"
	         "Author: C <c@example.org>\n\n    b\n\n"
	         "    Tested-by: Ben <ben@example.org>\n\n" DIFF,
	         ""},
		{"Re: a",
	         "    Tested-by: Ben <ben@example.org>\n"
	         "    Signed-off-by: C <c@example.org>\n\n" DIFF,
	         ""},
		/* a late sign-off is given, too */
		{"Re: a", "Signed-off-by: Ben <ben@example.org>\n",
	         "Sig ben@example.org"},
		/* posted patches bring trailers along */
		{"[PATCH v2 1/2] a", "Acked-by: C <c@example.org>\n" DIFF, ""},
		{"Patch \"a\" has been added to the 5.10-stable tree",
	         "Acked-by: C <c@example.org>\n\ntext\n" DIFF, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		char *got = trailers_of_answer(tmp, cases[i].subject,
		                               cases[i].text);

		if (strcmp(got, cases[i].want) != 0)
			fail_msg("'%s': got '%s', want '%s'", cases[i].text,
			         got, cases[i].want);
		talloc_free(tmp);
	}
}

static void
finds_what_is_answered(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/2] all", ANN, "text", NONE},
		{"[PATCH 1/2] one", ANN, DIFF, 0},
		{"Re: [PATCH 1/2] one", BEN, "why?", 1},
		{"Re: [PATCH 1/2] one", ANN, "because", 2},
		{"Re: [PATCH 1/2] one", BEN, "Acked-by: B <b@b.org>", 3},
		{"Re: [PATCH 0/2] all", BEN, "Acked-by: B <b@b.org>", 0},
		{"Re: [PATCH 2/2] two", BEN, "Acked-by: B <b@b.org>", NONE},
	};
	struct nd_thread *thread = test_thread(NULL, mails, 7);

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(thread->trailer_count, 3);
	assert_int_equal(thread->trailer[0].patch, 1);
	assert_int_equal(thread->trailer[0].number, 1);
	assert_int_equal(thread->trailer[1].patch, 0);
	assert_int_equal(thread->trailer[1].number, 0);
	assert_int_equal(thread->trailer[1].total, 2);
	assert_int_equal(thread->trailer[2].patch, NONE);
	assert_int_equal(thread->trailer[2].number, 2);
	assert_int_equal(thread->trailer[2].total, 2);
	talloc_free(thread);
}

/* Parents in a ring, very many lines: an end must be found, and soon. */
static void
survives_hostile_mail(void **state)
{
	enum { LINES = 100000 };
	static const char *const lines[] = {
		"Acked-by: a@b\n",         "-- 8< --\n",
		"Signed-off-by: x\n",      "Acked-by: <\n",
		"a-a-a-a-a-a-a-by: a@b\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		size_t len = strlen(lines[i]);
		char *text = x_array(NULL, char, LINES *len + 1);
		struct test_mail mails[] = {
			{"Re: a", ANN, "", 1},
			{"Re: a", ANN, text, 0},
		};
		struct nd_thread *thread;

		for (size_t line = 0; line < LINES; line++)
			memcpy(text + line * len, lines[i], len);
		thread = test_thread(text, mails, 2);
		nd_analyse_thread(thread);
		assert_true(thread->trailer_count <= 1);
		talloc_free(text);
	}
}

/* In a talk anybody can put any name below a mail; the sender's own counts. */
static void
names_in_talks(void **state)
{
	const struct test_mail mails[] = {
		{"What about foo?", ANN, "Well?\n", NONE},
		{"Re: What about foo?", BEN,
	         "Reviewed-by: " ANN "\nTested-by: " BEN "\n", 0},
	};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = test_thread(tmp, mails, 2);

	(void)state;
	nd_analyse_thread(thread);
	assert_int_equal(thread->trailer_count, 1);
	assert_string_equal(thread->trailer[0].type, "Tested-by");
	talloc_free(tmp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_in_talks),
		cmocka_unit_test(reads_single_lines),
		cmocka_unit_test(counts_what_an_answer_gives),
		cmocka_unit_test(finds_what_is_answered),
		cmocka_unit_test(survives_hostile_mail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
