/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each case writes the expected kind in front of every line: "O|" own, "_|"
 * blank, "1|" to "9|" quote of that depth, "A|" attribution, "S|" signature,
 * "D|" diff. The text of the lines, with its quote marks, follows; what is
 * classified is that without the first two characters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"
#include "util/alloc.h"
#include "util/buf.h"
#include "util/limits.h"

static char
kind_letter(const struct nd_line *line)
{
	if (line->kind == ND_LINE_QUOTE)
		return (char)('0' + line->depth);
	return "_O?ASD"[line->kind];
}

/* Take the expected kinds off text; both results are owned by ctx. */
static char *
without_kinds(const void *ctx, const char *text, struct nd_buf *kinds)
{
	struct nd_buf *plain = nd_buf_new(ctx, 1u << 20);

	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");

		assert_true(len >= 2 && at[1] == '|');
		nd_buf_addc(kinds, *at);
		nd_buf_add(plain, at + 2, len - 2);
		nd_buf_addc(plain, '\n');
		at += len + (at[len] == '\n');
	}
	return plain->data;
}

static struct nd_body *
classify(const void *ctx, const char *text, unsigned flags)
{
	struct nd_body *body = x_new(ctx, struct nd_body);

	nd_body_add(body, text, strlen(text), flags);
	return body;
}

static void
check(const char *name, const char *text, unsigned flags)
{
	void *ctx = talloc_new(NULL);
	struct nd_buf *want = nd_buf_new(ctx, 1u << 20);
	struct nd_buf *got = nd_buf_new(ctx, 1u << 20);
	struct nd_body *body =
		classify(ctx, without_kinds(ctx, text, want), flags);

	for (size_t i = 0; i < body->line_count; i++)
		nd_buf_addc(got, kind_letter(&body->line[i]));
	if (strcmp(want->data, got->data) != 0)
		fail_msg("%s: want %s, got %s", name, want->data, got->data);
	talloc_free(ctx);
}

struct sample {
	const char *name, *text;
};

static void
check_all(const struct sample *samples, size_t count, unsigned flags)
{
	for (size_t i = 0; i < count; i++)
		check(samples[i].name, samples[i].text, flags);
}

static void
test_quotes(void **state)
{
	static const struct sample samples[] = {
		{"marks", "1|> one\n2|>> two\n2|> > two\n3|> >> three\n"
	                  "1|>no blank\n1|>\nO|own\n"},
		{"stuffed by an archive", "1| > one\n2| > > two\nO|own\n"},
		{"no marks", "O|a > b\nO|->next\n_|\n_|   \n_|\xc2\xa0\n"},
		{"from quoting", "O|>From the start it was so.\nO|Yes.\n"},
		{"no from quoting", "1|> a\n1|>From b\n1|> c\n"},
		{"initials", "1|JD> one\n1|JD> two\nO|own\n"},
		{"one prompt is not a quote", "O|OK> reset\nO|and it hangs\n"},
		{"other initials", "O|AB> reset\nO|CD> go\n"},
	};

	(void)state;
	check_all(samples, sizeof samples / sizeof *samples, 0);
}

static void
test_quote_text(void **state)
{
	struct nd_body *body = classify(NULL, ">  > x\n>     code  \n", 0);

	(void)state;
	assert_int_equal(body->line[0].depth, 1);
	assert_int_equal(body->line[1].len, strlen("    code"));
	assert_memory_equal(body->text + body->line[1].start, "    code", 8);
	assert_int_equal(body->line[0].source, ND_NO_MESSAGE);
	talloc_free(body);
}

static void
test_deep_quotes(void **state)
{
	char text[200];
	struct nd_body *body;

	(void)state;
	memset(text, '>', sizeof text);
	memcpy(text + 190, " deep\n", 7);
	body = classify(NULL, text, 0);
	assert_int_equal(body->line[0].depth, ND_LIMIT_QUOTE_DEPTH);
	assert_memory_equal(body->text + body->line[0].start, "deep", 4);
	talloc_free(body);
}

static void
test_attributions(void **state)
{
	static const struct sample samples[] = {
		{"English", "A|On 2026-03-10 10:11, X Y wrote:\n1|> a\n"},
		{"wrapped", "A|On Tue, Mar 10, 2026 at 10:11:12AM +0000, X Y\n"
	                    "A|<x@example.org> wrote:\n1|> a\n"},
		{"over three lines", "A|On Tue, 10 Mar 2026 10:11:12 +0000,\n"
	                             "A|\"X Y\" <x@example.org>\nA|wrote:\n"
	                             "1|> a\n"},
		{"below a greeting",
	         "O|Hi X,\nA|On 10/03/2026 10:11, X wrote:\n"
	         "1|> a\n"},
		{"the quote is gone", "A|On 3/10/26 9:08 AM, X wrote:\n_|\n"
	                              "O|Applied, thanks.\n"},
		{"German", "A|Am 12.03.26 um 10:01 schrieb X:\n1|> a\n"},
		{"French", "A|Le 16/02/2020 à 09:18, X a écrit :\n1|> a\n"},
		{"Spanish", "A|El vie., 10 abr. 2020 00:34, X <x@example.org> "
	                    "escribió:\n_|\n1|> a\n"},
		{"Chinese", "A|在 2021/3/12 上午10:01, X 写道:\n1|> a\n"},
		{"Chinese, wide colon",
	         "A|在 2021/3/12 10:01, X 写道：\n1|> a\n"},
		{"Chinese after On", "A|On 2021/3/12 10:01, X 写道:\n1|> a\n"},
		{"Japanese", "A|X さんは書きました:\n1|> a\n"},
		{"Portuguese", "A|Em ter., 10 de mar. de 2026 às 10:11, X "
	                       "escreveu:\n1|> a\n"},
		{"Italian", "A|Il 10/03/26 10:11, X ha scritto:\n1|> a\n"},
		{"Dutch", "A|Op 10-03-2026 om 10:11 schreef X:\n1|> a\n"},
		{"Polish", "A|W dniu 10.03.2026 o 10:11, X pisze:\n1|> a\n"},
		{"Russian", "A|10.03.2026 10:11, X пишет:\n1|> a\n"},
		{"Czech", "A|Dne 10. 03. 26 v 10:11 X napsal(a):\n1|> a\n"},
		{"date only", "A|* X Y <x@example.org> [2026-03-10]:\n1|> a\n"},
		{"Gnus", "A|X Y <x@example.org> writes:\n_|\n1|> a\n"},
		{"name only", "A|X wrote:\n1|> a\n"},
		{"Google in China",
	         "A|2021年3月12日(金) 10:01 X <x@example.org>:\n"
	         "1|> a\n"},
		{"no colon", "A|X wrote\n1|> a\n"},
		{"no colon but a date", "A|X Y wrote at 23/10/97 10:13 pm\n"
	                                "1|> a\n"},
		{"in brackets", "A|[X said:]\n1|> a\n"},
		{"no verb at the end", "O|As X said, it is an image of 10KB.\n"
	                               "1|> a\n"},
		{"a noun", "O|This is about reads and writes.\n1|> a\n"},
		{"a sentence", "O|On 5.10 the test wrote these:\nO|1 2 3\n"},
		{"a sentence before a quote",
	         "O|I do not agree with this part:\n1|> a\n"},
		{"a time in a sentence",
	         "O|It failed at 10:30 with the error below:\n1|> a\n"},
		{"in a quote", "1|> On 2026-03-10 10:11, X wrote:\n2|> > a\n"},
	};

	(void)state;
	check_all(samples, sizeof samples / sizeof *samples, 0);
}

static void
test_forwarded(void **state)
{
	static const struct sample samples[] = {
		{"Outlook", "O|See below.\n_|\n"
	                    "A|-----Original Message-----\nA|From: X\n"
	                    "A|Sent: Tuesday\nA|To: Y\nA|Subject: z\n1|\n"
	                    "1|words of X\n2|> and of Y\n"},
		{"Outlook, answered inline", "A|-----Original Message-----\n"
	                                     "A|From: X\nA|Sent: Tuesday\n_|\n"
	                                     "1|> words of X\nO|mine\n"},
		{"Outlook in Chinese",
	         "O|见下文\n_|\nA|-----邮件原件-----\n"
	         "A|发件人: X\nA|发送时间: 2021年3月12日\n"
	         "A|收件人: Y\nA|主题: z\n1|\n1|words\n"},
		{"underscores",
	         "O|Yes.\n_|\nA|________________________________\n"
	         "A|From: X\nA|Sent: Tuesday\nA|To: Y\n"
	         "A|Subject: z\n1|\n1|words of X\n"},
		{"underscores above marks",
	         "O|Yes.\n_|\nA|____________________\n_|\n1|> From: X\n"
	         "_|\nO|mine\n"},
		{"headers alone",
	         "O|Yes.\n_|\nA|Von: X\nA|Gesendet: Dienstag\n"
	         "A|An: Y; Z;\nA|W\nA|Betreff: z\n1|\n1|words\n"},
		{"Apple",
	         "O|FYI\n_|\nA|Begin forwarded message:\nA|\n"
	         "A|From: X\nA|Date: 10 March\nA|To: Y\n1|\n1|words\n"},
		{"end of it", "O|FYI\nA|----- Forwarded message from X -----\n"
	                      "1|words\nA|----- End forwarded message -----\n"
	                      "O|mine\n"},
		{"not a heading",
	         "O|--- original ---\nO|From: here on it works\n"
	         "O|and is fine\n"},
		{"headers for git am", "A|From: A U Thor <a@example.org>\n_|\n"
	                               "O|Message.\n"},
		{"a patch in the middle",
	         "O|Like this?\n_|\n"
	         "A|From 0123456789012345678901234567890123456789 Mon Sep 17 "
	         "00:00:00 2001\n"
	         "A|From: A <a@example.org>\nA|Subject: [PATCH] fix\n_|\n"
	         "O|Message.\n"},
		{"below scissors", "O|Better:\nD|---- 8< ----\n"
	                           "A|Subject: [PATCH] fix\n"
	                           "A|From: A <a@example.org>\n_|\nO|Words.\n"},
	};

	(void)state;
	check_all(samples, sizeof samples / sizeof *samples, 0);
	check("attached mail", "1|own words there\n2|> quoted there\n",
	      ND_TEXT_FORWARDED);
}

static void
test_signatures(void **state)
{
	static const struct sample samples[] = {
		{"signature", "O|words\n_|\nS|-- \nS|X\nS|\nS|Y Inc.\n"},
		{"without its blank", "O|words\nS|--\nS|X\n"},
		{"a ruler", "O|words\nO|--\nO|1\nO|2\nO|3\nO|4\nO|5\nO|6\nO|7\n"
	                    "O|8\nO|9\n"},
		{"above the quote", "O|words\nS|-- \nS|X\n_|\n"
	                            "A|On 2026-03-10 10:11, Y wrote:\n1|> a\n"},
		{"list footer", "O|words\nS|_______________________________\n"
	                        "S|some mailing list\n"
	                        "S|https://example.org/listinfo/some\n"},
		{"a rule",
	         "O|words\nO|_______________________________\nO|more\n"},
		{"phone", "O|words\n_|\nS|Sent from my iPhone\n"},
		{"small print",
	         "O|words\n_|\nS|IMPORTANT NOTICE: The contents of "
	         "this email are confidential\nS|and may be "
	         "privileged. If you are not the intended "
	         "recipient,\nS|delete it.\n"},
		{"no small print", "O|This message is printed at boot.\n"},
		{"company", "O|words\n_|\nS|X GmbH, Sitz: Berlin\n"
	                    "S|Amtsgericht Berlin HRB 1\n"},
		{"PGP",
	         "S|-----BEGIN PGP SIGNED MESSAGE-----\nS|Hash: SHA256\n_|\n"
	         "O|words\nS|-----BEGIN PGP SIGNATURE-----\nS|\nS|iQ\n"
	         "S|-----END PGP SIGNATURE-----\nO|more\n"},
	};

	(void)state;
	check_all(samples, sizeof samples / sizeof *samples, 0);
}

static void
test_patch(void **state)
{
	(void)state;
	check("patch",
	      "O|Why it is so.\n_|\nO|Signed-off-by: X <x@example.org>\nD|---\n"
	      "O|v2: fix the test\n_|\n"
	      "D| a/b.c | 3 ++-\nD| c.bin | Bin 0 -> 12 bytes\n"
	      "D| 2 files changed, 2 insertions(+), 1 deletion(-)\n"
	      "D| create mode 100644 c.bin\n_|\n"
	      "D|diff --git a/a/b.c b/a/b.c\nD|index 12..34 100644\n"
	      "D|--- a/a/b.c\nD|+++ b/a/b.c\n"
	      "D|@@ -1,3 +1,4 @@ main\nD| one\nD|-two\nD|+2\nD|+3\nD|\n"
	      "_|\nO|Does it work?\n_|\nD|base-commit: 0123abcd\nD|-- \n"
	      "D|2.30.0\n_|\nS|____________________\nS|x mailing list\n",
	      0);
}

/* What gateways of companies add stands below git's signature. */
static void
test_below_patch(void **state)
{
	static const char patch[] =
		"Do it.\n---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n"
		"--- a/f.c\n+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n-- \n2.47.3\n\n";
	static const struct {
		const char *below;
		bool own;
	} cases[] = {
		{"---------------------------\nExample sp. z o.o.\n"
	         "ul. Polna 1, KRS 101\nSpolka ma status.\n",
	         false},
		{"I forgot to say that this wants testing.\n", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *tmp = talloc_new(NULL);
		char *text = x_asprintf(tmp, "%s%s", patch, cases[i].below);
		struct nd_body *body = x_new(tmp, struct nd_body);
		const struct nd_line *last;

		nd_body_add(body, text, strlen(text), 0);
		last = &body->line[body->line_count - 1];
		assert_int_equal(last->kind == ND_LINE_OWN, cases[i].own);
		talloc_free(tmp);
	}
}

static void
test_damaged_diffs(void **state)
{
	static const struct sample samples[] = {
		{"wrapped",
	         "D|diff --git a/x.c b/x.c\nD|--- a/x.c\nD|+++ b/x.c\n"
	         "D|@@ -1,3 +1,3 @@\nD| int one(int first,\n"
	         "D|int second)\nD|-{\nD|+ {\nD| }\n_|\nO|Words.\n"},
		{"cut short", "D|@@ -1,30 +1,30 @@\nD| one\nD|-two\n_|\n"
	                      "O|I think that this is wrong.\nO|Is it?\n"},
		{"two hunks",
	         "D|@@ -1,9 +1,9 @@\nD| one\nD|-two\n"
	         "D|@@ -20,1 +20,2 @@\nD| one\nD|+two\nO|Words.\n"},
		{"no-break spaces",
	         "D|@@ -1,2 +1,2 @@\nD|\xc2\xa0 one\nD|-two\n"
	         "D|+2\n_|\nO|Words.\n"},
		{"deleted file",
	         "D|diff --git a/x b/x\nD|deleted file mode 100644\n"
	         "D|--- a/x\nD|+++ /dev/null\nD|@@ -1 +0,0 @@\n"
	         "D|-one\nD|\\ No newline at end of file\n"
	         "O|Words.\n"},
		{"suggestion",
	         "O|Better:\n_|\nD|+\tint x = 1;\nD|+\treturn x;\n_|\n"
	         "O|Words.\n"},
		{"a list", "O|- first\nO|- second = better\nO|+1\n"},
		{"no diff",
	         "O|---\nO|index of refraction\nO|--- a\nO|@@ what\n"},
		{"a table", "O| fast | 12\nO| slow | 99\n"},
		{"Index:", "D|Index: x.c\nD|===================\nD|--- x.c\n"
	                   "D|+++ x.c\nD|@@ -1 +1 @@\nD|-a\nD|+b\nO|Words.\n"},
		{"quoted",
	         "1|> diff --git a/x b/x\n1|> @@ -1 +1 @@\n1|> -a\nO|no\n"},
	};

	(void)state;
	check_all(samples, sizeof samples / sizeof *samples, 0);
}

static void
test_cover_letter(void **state)
{
	(void)state;
	check("cover letter",
	      "O|About.\n_|\nD|Range-diff against v1:\n"
	      "D|1:  0123abcd ! 1:  4567cdef title\nD|    @@ x\nD|      + y\n"
	      "D|-:  -------- > 2:  89abcdef more\n_|\n"
	      "O|X Y (2):\nO|  first\nO|  second\n_|\n"
	      "D| x.c | 2 +-\nD| 1 file changed, 1 insertion(+)\n_|\n"
	      "D|base-commit: 0123\nD|change-id: 20260310-x-y\nD|-- \nD|2.30.0\n",
	      0);
	check("git am",
	      "O|It fails to apply, please rebase.\n_|\n"
	      "D|error: patch failed: a/b.c:12\n"
	      "D|error: a/b.c: patch does not apply\n"
	      "D|error: Did you hand edit your patch?\n"
	      "D|hint: Use 'git am --show-current-patch' to see the patch\n"
	      "D|Applying: b: do it\n"
	      "D|Using index info to reconstruct a base tree...\n"
	      "D|Patch failed at 0001 b: do it\n_|\n"
	      "O|error: I see this one, too, when it applies\n"
	      "O|Applying it by hand works.\n",
	      0);
	check("interdiff",
	      "O|About.\n_|\nD|Interdiff against v1:\nD|  diff --git a/x b/x\n"
	      "D|  --- a/x\n_|\nO|Words.\n",
	      0);
}

static void
test_diff_facts(void **state)
{
	struct nd_body *body = classify(
		NULL,
		"---\ndiff --git a/d/x.c b/d/x.c\n--- a/d/x.c\n+++ b/d/x.c\n"
		"@@ -1,2 +1,3 @@\n one\n-two\n+2\n+3\n"
		"diff --git a/old b/new\nrename from old\nrename to new\n"
		"diff --git a/gone b/gone\n--- a/gone\n+++ /dev/null\n"
		"@@ -1 +0,0 @@\n-x\nown\n",
		0);

	(void)state;
	assert_int_equal(body->diff_file_count, 3);
	assert_string_equal(body->diff_file[0], "d/x.c");
	assert_string_equal(body->diff_file[1], "new");
	assert_string_equal(body->diff_file[2], "gone");
	assert_int_equal(body->insertions, 2);
	assert_int_equal(body->deletions, 2);
	assert_int_equal(body->own_bytes, strlen("own"));
	assert_true(body->flags & ND_BODY_DIFF);
	talloc_free(body);
}

static void
test_parts(void **state)
{
	struct nd_body *body = classify(NULL, "one\n-- \nsignature\n", 0);

	(void)state;
	nd_body_add(body, "two\n", 4, 0);
	assert_int_equal(body->line_count, 5);
	assert_int_equal(body->line[3].kind, ND_LINE_BLANK);
	assert_int_equal(body->line[4].kind, ND_LINE_OWN);
	assert_memory_equal(body->text + body->line[4].start, "two", 3);
	assert_int_equal(body->own_bytes, 6);
	talloc_free(body);
}

/* Repeat unit until about bytes are full: must not take more than a moment. */
static void
check_hostile(const char *unit, size_t bytes, unsigned flags)
{
	struct nd_buf *text = nd_buf_new(NULL, bytes);
	struct nd_body *body;

	while (!text->full)
		nd_buf_adds(text, unit);
	body = classify(NULL, text->data, flags);
	assert_true(body->line_count > 0);
	talloc_free(body);
	talloc_free(text);
}

static void
test_hostile(void **state)
{
	static const char *const units[] = {
		"-- \n",
		"--\n\n",
		"> ",
		">\n",
		" a | 1\n",
		"@@ -1,99999999 +1,99999999 @@\n",
		"@@ -99999999999999999999,1 +1 @@\n",
		"--- a\n+++ b\n",
		"+\n",
		"- \n",
		"From: x\n",
		"From: x\n\n",
		"____________________\n",
		"-----Original Message-----\n",
		"Interdiff:\n\n",
		"1:  01234567 ! 1:  01234567\n",
		"On 2026-03-10 10:11 x wrote:",
		"On 2026-03-10 wrote:\n",
		"This message\n",
		"-----BEGIN PGP SIGNATURE-----\n",
		"diff --git \n",
		"x \n",
		"GIT binary patch\n\n",
		"_____\nFrom: x\n",
		"JD> x\n",
		"a@b:\n> c\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		check_hostile(units[i], 1u << 19, 0);
		check_hostile(units[i], 1u << 19, ND_TEXT_FLOWED);
	}
}

static void
test_limits(void **state)
{
	struct nd_buf *text = nd_buf_new(NULL, 2 * ND_LIMIT_BODY_LINES + 10);
	struct nd_body *body;

	(void)state;
	while (!text->full)
		nd_buf_adds(text, "x\n");
	body = classify(NULL, text->data, 0);
	assert_true(body->line_count <= ND_LIMIT_BODY_LINES);
	assert_true(body->flags & ND_BODY_CUT);
	talloc_free(body);
	talloc_free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_quote_text),
		cmocka_unit_test(test_deep_quotes),
		cmocka_unit_test(test_attributions),
		cmocka_unit_test(test_forwarded),
		cmocka_unit_test(test_signatures),
		cmocka_unit_test(test_patch),
		cmocka_unit_test(test_below_patch),
		cmocka_unit_test(test_damaged_diffs),
		cmocka_unit_test(test_cover_letter),
		cmocka_unit_test(test_diff_facts),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
