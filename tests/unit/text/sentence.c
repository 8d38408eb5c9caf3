/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "build.h"
#include "text/sentence.h"

/* The sentences of a mail, each in front of a "|". */
static void
assert_sentences(const char *mail, const char *want)
{
	void *ctx = talloc_new(NULL);
	struct nd_segmenter *seg =
		nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL);
	struct nd_body *body = test_body(ctx, mail);
	struct nd_sentences list = {0};
	char *got = x_strdup(ctx, "");

	nd_sentences_read(ctx, body, seg, 1000, &list);
	for (size_t i = 0; i < list.count; i++)
		got = x_asprintf(ctx, "%s%.*s|", got, (int)list.sentence[i].len,
		                 list.sentence[i].text);
	assert_string_equal(got, want);
	talloc_free(ctx);
}

struct example {
	const char *mail, *want;
};

static void
check(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_sentences(examples[i].mail, examples[i].want);
}

#define CHECK(table) check(table, sizeof table / sizeof table[0])

static void
lines_become_sentences(void **state)
{
	static const struct example table[] = {
		{"One sentence\nover two lines. And\nanother.\n",
	         "One sentence over two lines.|And another.|"},
		{"A paragraph\n\nand one more\n", "A paragraph|and one more|"},
		{"Tabs \t\nand  blanks. Fold.", "Tabs and blanks.|Fold.|"},
		{"First part.  Two blanks.\n", "First part.|Two blanks.|"},
		{"It is going to be (or is already?) fixed. Good.\n",
	         "It is going to be (or is already?) fixed.|Good.|"},
		{"See the \"How to?\" section. Good.\n",
	         "See the \"How to?\" section.|Good.|"},
		{"Fixed (is it?) It is.\n", "Fixed (is it?)|It is.|"},
		{"", ""},
		{"\n\n \n", ""},
	};

	(void)state;
	CHECK(table);
}

static void
dots_that_end_nothing(void **state)
{
	static const struct example table[] = {
		{"Use e.g. Linux, i.e. A kernel. Next.",
	         "Use e.g. Linux, i.e. A kernel.|Next.|"},
		{"VHE vs. nVHE is cf. Table 5 of Sec. 3 here.",
	         "VHE vs. nVHE is cf. Table 5 of Sec. 3 here.|"},
		{"Call foo.bar() and v5.12.3 of a.b.c now. Then go.",
	         "Call foo.bar() and v5.12.3 of a.b.c now.|Then go.|"},
		{"See https://example.org/a.b?c=D&e for it.",
	         "See https://example.org/a.b?c=D&e for it.|"},
		{"As J. Doe said. Fine.", "As J. Doe said.|Fine.|"},
		{"We can't. Nor you.", "We can't.|Nor you.|"},
		{"it works here. we can merge this. yes",
	         "it works here.|we can merge this.|yes|"},
		{"Das gilt z.B. Für uns bzw. Alle. Gut so.",
	         "Das gilt z.B. Für uns bzw. Alle.|Gut so.|"},
	};

	(void)state;
	CHECK(table);
}

static void
items_are_sentences_of_their_own(void **state)
{
	static const struct example table[] = {
		{"Two things:\n- the first\n  goes on\n- the second\n",
	         "Two things:|the first goes on|the second|"},
		{"1. one thing here\n2) another\n(3) last\n",
	         "one thing here|another|last|"},
		{"* star item\n• dot item\n", "star item|dot item|"},
		{"-foo is no item\n", "-foo is no item|"},
		{"This is a test\n- or is it - of dashes.\n",
	         "This is a test - or is it - of dashes.|"},
		{"2021. was a year\n", "2021. was a year|"},
		{"#1: one thing\n#2: other\n", "one thing|other|"},
		{"#12 is the bug\n", "#12 is the bug|"},
		/* a heading of an item, and what stands below it */
		{"- No error handling\n  If that fails, we never leave the loop "
	         "here.\n",
	         "No error handling|If that fails, we never leave the loop "
	         "here.|"},
		{"- It is what would\n  Take all of the memory that the guest "
	         "has got.\n",
	         "It is what would Take all of the memory that the guest has "
	         "got.|"},
	};

	(void)state;
	CHECK(table);
}

static void
what_is_no_prose_is_left_out(void **state)
{
	static const struct example table[] = {
		/* a commit as git log prints it */
		{"This broke it:\n\ncommit 83382af9ddc3cb0e\nAuthor: Ann "
	         "<ann@example.org>\nDate:   Mon Sep 8 18:00:05 2025\n\n"
	         "    slab: Make the lock more precise\n\n    It was not.\n\n"
	         "The key is made too late.\n",
	         "This broke it:|The key is made too late.|"},
		{"The commit 83382af9ddc3cb0e broke it.\n",
	         "The commit 83382af9ddc3cb0e broke it.|"},
		{"Hi Marc,\n\nThis is it.\n\nThanks,\nWill\n", "This is it.|"},
		{"Hi Marc, this is it.\nCheers,\n\n\tM.\n", "this is it.|"},
		{"Thanks, applied.\n", "Thanks, applied.|"},
		{"Looks fine.\nReviewed-by: A B <a@example.org>\n"
	         "Fixes: 0123456789ab (\"x: y\")\nCc: b@example.org\n",
	         "Looks fine.|"},
		/* a link belongs to the sentence that announces it */
		{"The poll is at:\nhttps://example.org/x\nIt is odd.\n",
	         "The poll is at: https://example.org/x|It is odd.|"},
		{"The poll is at:\n\n  https://example.org/x\n\nIt is odd.\n",
	         "The poll is at: https://example.org/x|It is odd.|"},
		{"It can be read on\nhttps://example.org/x\nby all.\n",
	         "It can be read on https://example.org/x by all.|"},
		{"The poll is at:\n> quoted\nhttps://example.org/x\n",
	         "The poll is at:|"},
		{"See below.\n[1] https://example.org/\n"
	         "[2]: the manual\nhttps://example.org/x\n",
	         "See below.|"},
		{"It says:\n[   12.345678] Unable to handle kernel\n"
	         "$ make check\n    int x = foo(bar);\n| a | b |\nOdd.\n",
	         "It says:|Odd.|"},
		/* what a program prints, its name in front of each line */
		{"Builds are fine.\n* arc: 5 total, 5 passed, 0 failed\n"
	         "* mips: 34 total, 27 passed, 7 failed\nWhat is mips?\n",
	         "Builds are fine.|What is mips?|"},
		{"\u00a0\u00a0 What do you expect?\u00a0\n",
	         "What do you expect?|"},
		{"I get this.\nEAL: Detected 4 lcore(s)\n"
	         "EAL: Probing VFIO support...\nWhy is that?\n",
	         "I get this.|Why is that?|"},
		/* a comment of code; what counts */
		{"There is this.\n\t/* the mtime is when it\n\t * was made, and "
	         "ctime\n\t * is different.\n\t */\n* That is an item.\n",
	         "There is this.|That is an item.|"},
		{"I get this.\nWARNING: the comment has no star\ntotal: 0 errors, 1 "
	         "warnings, 0 checks, 59 lines checked\nWhy is that?\n",
	         "I get this.|Why is that?|"},
		{"I get this.\nActual rate: 2.0 MHz...\nActual gain: 15 dB...\n"
	         "Steps: 4\nWhy is that?\n",
	         "I get this.|Why is that?|"},
		/* settings */
		{"My job file is as follows.\n[global]\nengine=ring\nbs=4k\n"
	         "report\n\nWhy is that?\n",
	         "My job file is as follows. [global]|report|Why is that?|"},
		{"I get this.\nNote: it is new.\nCare: it is hot.\n",
	         "I get this.|Note: it is new.|Care: it is hot.|"},
		/* to a program */
		{"It is fixed.\n#syz fix: timer: read it once\n",
	         "It is fixed.|"},
		/* a reference that was wrapped, and one that was not */
		{"The command has some limitations that are listed in\n[2]:\n"
	         "- one\n- two\n",
	         "The command has some limitations that are listed in [2]:|"
	         "one|two|"},
		{"See the manual.\n[1]:\nhttps://example.org/x\n",
	         "See the manual.|"},
		{"name     value   unit\nsize     12      MB\nYes.\n", "Yes.|"},
		{"The text.\n\nA B (2):\n  arm: one thing\n  arm: other\n\n"
	         "C D (1):\n  arm: third\n\nAfter it.\n",
	         "The text.|After it.|"},
	};

	(void)state;
	CHECK(table);
}

static void
changelogs_are_told_apart(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_segmenter *seg =
		nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL);
	struct nd_body *body = test_body(
		ctx, "What it does.\n\nChanges since v2:\n- new thing\n"
		     "  that wraps\n\nv1 -> v2:\n- old thing\n\nMore text.\n");
	struct nd_sentences list = {0};

	(void)state;
	nd_sentences_read(ctx, body, seg, 100, &list);
	assert_int_equal(list.count, 3);
	assert_false(list.sentence[0].flags & ND_SENTENCE_NEWS);
	assert_true(list.sentence[1].flags & ND_SENTENCE_NEWS);
	assert_memory_equal(list.sentence[1].text, "new thing that wraps", 20);
	assert_int_equal(list.sentence[1].line, 3);
	assert_int_equal(list.sentence[1].last_line, 4);
	assert_false(list.sentence[2].flags & ND_SENTENCE_NEWS);
	/* words on all changes of an older version, and the list below them */
	body = test_body(ctx,
	                 "What it does.\n\nChanges since v2:\n- newer thing\n\n"
	                 "Changes v1 -> v2:\n\nMost of it is new,\nthe "
	                 "rest is old.\n\n- old thing\n\nMore text.\n");
	list.count = 0;
	nd_sentences_read(ctx, body, seg, 100, &list);
	assert_int_equal(list.count, 3);
	assert_memory_equal(list.sentence[2].text, "More text.", 10);
	/* also below the author's name */
	body = test_body(ctx, "What it does.\n\nCheers,\nAnn\n\n"
	                      "Changelog v2 .. v3:\n- newer thing\n");
	list.count = 0;
	nd_sentences_read(ctx, body, seg, 100, &list);
	assert_int_equal(list.count, 2);
	assert_true(list.sentence[1].flags & ND_SENTENCE_NEWS);
	talloc_free(ctx);
}

static void
other_languages_have_sentences(void **state)
{
	static const struct example table[] = {
		{"这个补丁修复了\n一个问题。请测试。\n",
	         "这个补丁修复了一个问题。|请测试。|"},
		{"このパッチは問題を修\n正します。テスト済み。\n",
	         "このパッチは問題を修正します。|テスト済み。|"},
		{"Ça marche. Qu'en pensez-vous ? Merci à tous.\n",
	         "Ça marche.|Qu'en pensez-vous ?|Merci à tous.|"},
		{"Größe passt. Ändern wir es?\n",
	         "Größe passt.|Ändern wir es?|"},
	};

	(void)state;
	CHECK(table);
}

static void
only_own_words_are_read(void **state)
{
	static const struct example table[] = {
		{"On Mon, A wrote:\n> Quoted words.\nMine.\n> More.\nToo.\n"
	         "-- \nSignature text here.\n",
	         "Mine.|Too.|"},
		{"Message of it.\n---\ndiff --git a/x b/x\n+added line\n",
	         "Message of it.|"},
	};

	(void)state;
	CHECK(table);
}

/* What a line announces that stands by itself belongs to it. */
static void
announced_lines_are_said_with_it(void **state)
{
	static const struct example table[] = {
		{"You could try:\n\n  uhd_probe --args type=b200\n\nOr not.\n",
	         "You could try: uhd_probe --args type=b200|Or not.|"},
		{"We can have:\n\n\tpw = getpwnam(\"nobody\");\n",
	         "We can have: pw = getpwnam(\"nobody\");|"},
		/* not what goes on */
		{"We can have:\n\n\tpw = get(\"me\");\n\tuse(pw);\n",
	         "We can have:|"},
		{"We can have:\n\nint max = ARRAY_SIZE(errors);\n\n"
	         "static void reset(void)\n{\n\tmax = 1;\n}\n",
	         "We can have:|static void reset(void)|"},
		{"I have seen this:\n\nIt was late.\n",
	         "I have seen this:|It was late.|"},
		{"Looks good:\n\nReviewed-by: A <a@example.org>\n",
	         "Looks good:|"},
	};

	(void)state;
	CHECK(table);
}

static unsigned
flags_of(const char *mail, size_t nth, bool fixed)
{
	void *ctx = talloc_new(NULL);
	struct nd_segmenter *seg =
		nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL);
	struct nd_body *body = test_body(ctx, mail);
	struct nd_sentences list = {0};
	unsigned flags;

	for (size_t i = 0; i < body->line_count; i++)
		body->line[i].fixed = fixed;
	nd_sentences_read(ctx, body, seg, 1000, &list);
	assert_true(nth < list.count);
	flags = list.sentence[nth].flags;
	talloc_free(ctx);
	return flags;
}

static void
smileys_end_sentences(void **state)
{
	static const char *const mails[] = {"I cannot apply it there :(\n",
	                                    "We should change that too :)\n",
	                                    "It was late ;-)\n"};

	(void)state;
	for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++) {
		unsigned flags = flags_of(mails[i], 0, false);

		assert_true(flags & ND_SENTENCE_WHOLE);
		assert_false(flags & ND_SENTENCE_COLON);
	}
	assert_true(flags_of("It says (as here:)\n", 0, false) &
	            ND_SENTENCE_COLON);
}

/* Lines that may not be joined are, where a sentence was wrapped. */
static void
wrapped_sentences_are_not_torn(void **state)
{
	static const char wrapped[] =
		"We should fix the incorrect grammar there too, if we are "
		"making\nchanges.\n";

	(void)state;
	assert_false(flags_of(wrapped, 0, false) & ND_SENTENCE_TORN);
	assert_false(flags_of(wrapped, 0, true) & ND_SENTENCE_TORN);
	assert_true(flags_of(wrapped, 0, true) & ND_SENTENCE_WHOLE);
	/* its writer ended a short line, or a sentence */
	assert_false(flags_of("Some heading\nthis is below it.\n", 0, true) &
	             ND_SENTENCE_WHOLE);
	assert_false(
		flags_of("Hi,\ngiven the answers, it is in June.\n", 0, false) &
		ND_SENTENCE_TORN);
	assert_true(flags_of("$ make all\ngiven the answers, it is June.\n", 0,
	                     false) &
	            ND_SENTENCE_TORN);
}

static void
hostile_text_is_bounded(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_segmenter *seg =
		nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL);
	struct nd_sentences list = {0};
	char *text = x_array(ctx, char, 400001);

	(void)state;
	/* never a real end: "e.g. E.g. …", then one word without any */
	for (size_t i = 0; i + 5 <= 400000; i += 5)
		memcpy(text + i, "E.g. ", 5);
	nd_sentences_read(ctx, test_body(ctx, text), seg, 100, &list);
	assert_int_equal(list.count, 0);
	for (size_t i = 0; i + 4 <= 400000; i += 4)
		memcpy(text + i, "Aa. ", 4);
	nd_sentences_read(ctx, test_body(ctx, text), seg, 100, &list);
	assert_int_equal(list.count, 100);
	talloc_free(ctx);
}

/* More blank lines than lines with words: what is announced has room. */
static void
blank_lines_above_a_link_have_no_text(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_body *body = test_body(
		ctx,
		"The log is at:\n\n\n\n\n\n\n\n\nhttps://example.org/log\n");
	struct nd_segmenter *seg =
		nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL);
	struct nd_sentences list = {0};

	(void)state;
	/* As in a quote that is read by itself: what was there is not own. */
	for (size_t i = 1; i < 9; i++) {
		body->line[i].kind = ND_LINE_BLANK;
		body->line[i].start = 0;
		body->line[i].len = 14;
	}
	nd_sentences_read(ctx, body, seg, 100, &list);
	assert_int_equal(list.count, 1);
	assert_string_equal(
		x_strndup(ctx, list.sentence[0].text, list.sentence[0].len),
		"The log is at: https://example.org/log");
	talloc_free(ctx);
}

/* Who reads the quoted words of an answer takes the others for blank. */
static void
what_counts_as_blank_is_not_read(void **state)
{
	char mail[700] = "The kernel says it in this place:\n";
	void *ctx = talloc_new(NULL);
	struct nd_sentences list = {0};
	struct nd_body *body;

	memset(mail + strlen(mail), 'x', 500);
	strcat(mail, "\nhttps://example.org/a\n");
	body = test_body(ctx, mail);
	body->line[1].kind = ND_LINE_BLANK;
	nd_sentences_read(ctx, body,
	                  nd_segmenter_new(ctx, ND_SEGMENT_SENTENCES, NULL),
	                  1000, &list);
	assert_int_equal(list.count, 1);
	assert_string_equal(
		x_strndup(ctx, list.sentence[0].text, list.sentence[0].len),
		"The kernel says it in this place: https://example.org/a");
	talloc_free(ctx);
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blank_lines_above_a_link_have_no_text),
		cmocka_unit_test(lines_become_sentences),
		cmocka_unit_test(what_counts_as_blank_is_not_read),
		cmocka_unit_test(dots_that_end_nothing),
		cmocka_unit_test(items_are_sentences_of_their_own),
		cmocka_unit_test(what_is_no_prose_is_left_out),
		cmocka_unit_test(changelogs_are_told_apart),
		cmocka_unit_test(other_languages_have_sentences),
		cmocka_unit_test(only_own_words_are_read),
		cmocka_unit_test(announced_lines_are_said_with_it),
		cmocka_unit_test(smileys_end_sentences),
		cmocka_unit_test(wrapped_sentences_are_not_torn),
		cmocka_unit_test(hostile_text_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
