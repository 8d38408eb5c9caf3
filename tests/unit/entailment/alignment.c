/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * alignment.c - statements, borne out and in doubt, beside the words quoted
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "entailment/alignment.h"
#include "entailment/operator.h"
#include "entailment/statement.h"

#include <talloc.h>
#include <cmocka.h>

struct row {
	const char *words, *text;
	enum nd_alignment_frame frame;
	bool holds;
};

static void
check_rows(const struct row *rows, size_t count,
           const char *(*doubt_of)(const char *, const char *,
                                   enum nd_alignment_frame))
{
	for (size_t i = 0; i < count; i++) {
		const char *doubt =
			doubt_of(rows[i].text, rows[i].words, rows[i].frame);

		if (rows[i].holds != !doubt)
			fail_msg("\"%s\" of \"%s\": %s", rows[i].text,
			         rows[i].words, doubt ? doubt : "no doubt");
	}
}

#define STATED ND_ALIGNMENT_STATED

/* Each kind of false statement that keeps nearly all words of the quote, beside
 * one that is true. */
static void
test_kinds(void **state)
{
	static const struct row rows[] = {
		/* nothing is changed, something left out */
		{"The reset clears the queue, which is fine on old boards.",
	         "the reset clears the queue", STATED, true},
		{"I think the second loop reads foo_count too early here.",
	         "the second loop reads foo_count too early", STATED, true},
		/* denied */
		{"The reset does not clear the queue.",
	         "the reset clears the queue", STATED, false},
		{"The reset does not clear the queue.",
	         "the reset does not clear the queue", STATED, true},
		{"The reset clears the queue.",
	         "the reset does not clear the queue", STATED, false},
		{"I don't think the reset clears the queue.",
	         "the reset clears the queue", STATED, false},
		/* roles and order */
		{"The driver overwrites the firmware.",
	         "the firmware overwrites the driver", STATED, false},
		{"The limit goes from 10 to 1000.",
	         "the limit goes from 1000 to 10", STATED, false},
		{"Use foo_get() instead of foo_peek().",
	         "use foo_peek() instead of foo_get()", STATED, false},
		{"A commit broke the build.", "a commit was broken", STATED,
	         false},
		/* the voice may change, when the roles do not */
		{"We dropped the old table.", "the old table was dropped",
	         STATED, true},
		/* a number or a name of something else */
		{"Reads take 40 ms, writes take 90 ms.", "writes take 40 ms",
	         STATED, false},
		{"Reads take 40 ms, writes take 90 ms.", "writes take 90 ms",
	         STATED, true},
		{"foo_read() holds the lock.", "foo_write() holds the lock",
	         STATED, false},
		/* done, and to be done */
		{"I will rebase the series.", "the series was rebased", STATED,
	         false},
		{"Rebase the series.", "the series was rebased", STATED, false},
		{"It may deadlock on old boards.", "it deadlocks on old boards",
	         STATED, false},
		{"Perhaps the cache is stale.", "the cache is stale", STATED,
	         false},
		/* conditions and extent */
		{"If the timer fires, the buffer is freed.",
	         "the buffer is freed", STATED, false},
		{"The buffer is freed, if the timer fires.",
	         "the buffer is freed", STATED, false},
		{"Only the first reader takes the lock.",
	         "the first reader takes the lock", STATED, false},
		{"Some readers take the lock.", "all readers take the lock",
	         STATED, false},
		/* reasons */
		{"The test fails. The disk is slow.",
	         "the test fails because the disk is slow", STATED, false},
		{"The test fails because the disk is slow.", "the test fails",
	         STATED, true},
		/* who does it */
		{"You forgot the lock.", "forgot the lock", STATED, false},
		/* questions */
		{"Is the lock held there?", "the lock is held there", STATED,
	         false},
		/* words of its own */
		{"The lock is held there.", "concurrency seems problematic",
	         STATED, false},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows, nd_alignment_doubt);
}

/* What is printed before the text says some of it. */
static void
test_frames(void **state)
{
	static const struct row rows[] = {
		{"You should split the loop.", "split the loop",
	         ND_ALIGNMENT_WISHED, true},
		{"You should split the loop.", "split the loop", STATED, false},
		{"Could you please not split the loop?", "split the loop",
	         ND_ALIGNMENT_WISHED, false},
		{"I will split the loop.", "split the loop",
	         ND_ALIGNMENT_PROMISED, true},
		{"I might split the loop.", "split the loop",
	         ND_ALIGNMENT_PROMISED, false},
		{"Would it make sense to split the loop?",
	         "whether it makes sense to split the loop", ND_ALIGNMENT_ASKED,
	         true},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows, nd_alignment_doubt);
}

static void
test_translated(void **state)
{
	static const struct row rows[] = {
		{"foo_get() leaks on kernel 6.1.", "foo_get() 在 6.1 上泄漏",
	         STATED, true},
		{"foo_get() does not leak on 6.1.", "foo_get() 在 6.1 上泄漏",
	         STATED, false},
		{"foo_get() does not leak on 6.1.", "foo_get() 在 6.1 上不泄漏",
	         STATED, true},
		{"foo_get() leaks on kernel 6.1.", "foo_put() 在 6.1 上泄漏",
	         STATED, false},
		{"It went from 10 to 1000.", "从 1000 变为 10", STATED, false},
		{"It went from 10 to 1000.", "从 10 变为 1000", STATED, true},
		{"If foo_get() leaks, drop it.", "foo_get() 泄漏", STATED,
	         false},
		{"I will drop foo_get().", "foo_get() 已删除", STATED, false},
		{"foo_get() leaks.", "因为计数错误，foo_get() 泄漏", STATED,
	         false},
		{"Some users of foo_get() leak.", "所有 foo_get() 用户都泄漏",
	         STATED, false},
		/* Nothing can be compared. */
		{"The lock is held there.", "那里持有锁", STATED, false},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows,
	           nd_alignment_doubt_translated);
}

/* Nothing crashes on what is no sentence. */
static void
test_odd(void **state)
{
	static const char *const texts[] = {"",
	                                    " ",
	                                    "?",
	                                    "...",
	                                    "not",
	                                    "a, b; c. d! e?",
	                                    "( , ) - ' \"",
	                                    "不",
	                                    "foo/bar/baz",
	                                    "isn't isn't isn't",
	                                    "été, naïve"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			for (int frame = 0; frame <= ND_ALIGNMENT_PROMISED;
			     frame++) {
				(void)nd_alignment_doubt(texts[i], texts[k],
				                         frame);
				(void)nd_alignment_doubt_translated(
					texts[i], texts[k], frame);
			}
	assert_non_null(nd_alignment_doubt("", "", STATED));
}

static void
test_operators(void **state)
{
	static const struct {
		const char *chinese, *english;
		unsigned classes;
	} rows[] = {
		{"没有锁", "without a lock", ND_OPERATOR_BIT(NOT)},
		{"不同的锁", "the lock", 0},
		{"除非有锁", "unless there is a lock", ND_OPERATOR_BIT(IF)},
		{"仅锁", "the lock only", ND_OPERATOR_BIT(ONLY)},
		{"性能", "speed", 0},
		{"可能将改", "may and will change",
	         ND_OPERATOR_BIT(MAY) | ND_OPERATOR_BIT(WILL)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(nd_operators_chinese(rows[i].chinese),
		                 rows[i].classes);
		assert_int_equal(nd_operators_english(rows[i].english),
		                 rows[i].classes);
	}
	assert_true(nd_operator_denies("it isn't so"));
	assert_false(nd_operator_denies("it is notable"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_frames),
		cmocka_unit_test(test_translated),
		cmocka_unit_test(test_odd),
		cmocka_unit_test(test_operators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
