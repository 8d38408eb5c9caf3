/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * claims.c - who, what is done, which version: claims against a small thread
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "build.h"
#include "llm/check.h"

#include <cmocka.h>

static const struct test_mail mails[] = {
	{"[PATCH v3] widget: add a lock", "Ann Author <ann@example.com>",
         "The lock is taken for the probe of the widget.\n\n"
         "v3:\n"
         "- rename the lock of the widget\n\n"
         "v2:\n"
         "- take the lock in the probe, too\n",
         ND_NO_MESSAGE},
	{"Re: [PATCH v3] widget: add a lock", "Benno Reader <ben@example.org>",
         "You may have to update the manual of the widget, too.\n\n"
         "Could you please split the rename off?\n\n"
         "As Carla said, the I/O path does not need the lock at all.\n\n"
         "Do you see zero waits in the probe? I would say so.\n",
         0},
	{"Re: [PATCH v3] widget: add a lock", "Carla Taker <carla@example.net>",
         "I use a mutex now, could you try that?\n\n"
         "I took this patch for the next release.\n\n"
         "I'm going to backport the lock, see\n"
         "https://git.example.org/widget/pull/35 for the rest.\n\n"
         "I'd just like to confirm that the lock is meant.\n\n"
         "The lock hangs because we have lots of waiters here.\n\n"
         "We will update the suite when your patch is there.\n\n"
         "Maybe use spin_lock() instead of mutex_lock() here.\n",
         1},
};

struct row {
	int mail;
	enum nd_llm_claim_act act;
	const char *quote, *text;
	enum nd_llm_claim_act told;
	bool doubt; /* the quote is told instead */
};

static void
check_rows(const struct row *row, size_t count)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, 3);
	struct nd_llm_check_counts counts = {0};
	struct nd_llm_check check = {.language = "en", .same_language = true};
	bool shown[3] = {true, true, true};

	for (size_t i = 0; i < 3; i++)
		thread->message[i]->flags |= ND_MESSAGE_SHARED | ND_MESSAGE_NEW;
	check.context = nd_llm_context_new(ctx, thread);
	check.evidence = nd_llm_evidence_new(ctx, check.context);
	check.shown = shown;
	for (size_t i = 0; i < count; i++) {
		struct nd_llm_claim claim = {
			.zone = ND_ZONE_NEW,
			.act = row[i].act,
			.source = {row[i].mail},
			.source_count = 1,
			.by = "",
			.quote = row[i].quote,
			.text = row[i].text,
		};
		const char *why =
			nd_llm_check_claim(&check, ctx, &claim, &counts);

		if (why || row[i].doubt != (claim.doubt != NULL))
			fail_msg("%s: %s", row[i].text,
			         why           ? why
			         : claim.doubt ? claim.doubt
			                       : "no doubt");
		if (row[i].doubt)
			assert_non_null(strstr(claim.text, row[i].quote));
		if (claim.act != row[i].told)
			fail_msg("%s: %s", row[i].text,
			         nd_llm_claim_act_name(claim.act));
	}
	talloc_free(ctx);
}

/* What the mail does not bear out is only said, or asked. */
static void
test_acts(void **state)
{
	static const struct row rows[] = {
		{2, ND_LLM_CLAIM_REPORTS_RESULT,
	         "You may have to update the manual",
	         "the manual of the widget was updated", ND_LLM_CLAIM_SAYS,
	         true},
		{2, ND_LLM_CLAIM_REQUESTS_CHANGE,
	         "You may have to update the manual",
	         "update the manual of the widget, too",
	         ND_LLM_CLAIM_REQUESTS_CHANGE, false},
		{2, ND_LLM_CLAIM_REQUESTS_CHANGE,
	         "Could you please split the rename off?",
	         "split the rename off", ND_LLM_CLAIM_REQUESTS_CHANGE, false},
		{3, ND_LLM_CLAIM_ANSWERS, "I use a mutex now",
	         "uses a mutex now", ND_LLM_CLAIM_ANSWERS, true},
		{3, ND_LLM_CLAIM_ANSWERS, "could you try that?",
	         "tries a mutex now", ND_LLM_CLAIM_ASKS, true},
		{3, ND_LLM_CLAIM_ASKS, "I'd just like to confirm",
	         "whether the lock is meant", ND_LLM_CLAIM_ASKS, false},
		{3, ND_LLM_CLAIM_ASKS, "I use a mutex now", "uses a mutex now",
	         ND_LLM_CLAIM_ASKS, false},
		{3, ND_LLM_CLAIM_APPLIES,
	         "I took this patch for the next release", "to the next one",
	         ND_LLM_CLAIM_SAYS, true},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

/* What is to come has not come. */
static void
test_outcomes(void **state)
{
	static const struct row rows[] = {
		{3, ND_LLM_CLAIM_PROMISES_CHANGE, "We will update the suite",
	         "update the suite when the patch is there",
	         ND_LLM_CLAIM_PROMISES_CHANGE, false},
		{3, ND_LLM_CLAIM_SAYS, "We will update the suite",
	         "the patch is merged and the suite updated", ND_LLM_CLAIM_SAYS,
	         true},
		{3, ND_LLM_CLAIM_SAYS, "I'm going to backport the lock",
	         "the lock was pulled for the backport", ND_LLM_CLAIM_SAYS,
	         true},
		{2, ND_LLM_CLAIM_SAYS, "update the manual of the widget",
	         "is fine with the manual of the widget", ND_LLM_CLAIM_SAYS,
	         true},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

/* Somebody is named whom the words name. */
static void
test_people(void **state)
{
	static const struct row rows[] = {
		{2, ND_LLM_CLAIM_SAYS, "As Carla said",
	         "as {P3} said, the I/O path does not need the lock at all",
	         ND_LLM_CLAIM_SAYS, false},
		{2, ND_LLM_CLAIM_SAYS, "As Carla said",
	         "as {P1} said, the I/O path does not need the lock at all",
	         ND_LLM_CLAIM_SAYS, true},
		{3, ND_LLM_CLAIM_PROMISES_CHANGE, "when your patch is there",
	         "update the suite when the patch of {P3} is there",
	         ND_LLM_CLAIM_PROMISES_CHANGE, true},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

/* And what is said is what they say. */
static void
test_words(void **state)
{
	static const struct row rows[] = {
		{1, ND_LLM_CLAIM_SAYS, "rename the lock of the widget",
	         "rename the lock", ND_LLM_CLAIM_SAYS, false},
		{1, ND_LLM_CLAIM_SAYS, "rename the lock of the widget",
	         "v2 renames the lock", ND_LLM_CLAIM_SAYS, true},
		{2, ND_LLM_CLAIM_SAYS, "does not need the lock",
	         "the I/O path does not need the lock at all",
	         ND_LLM_CLAIM_SAYS, false},
		{3, ND_LLM_CLAIM_REPORTS_RESULT, "The lock hangs",
	         "the lock hangs because we have few waiters",
	         ND_LLM_CLAIM_REPORTS_RESULT, true},
		{3, ND_LLM_CLAIM_REPORTS_RESULT, "The lock hangs",
	         "the lock hangs because we have lots of waiters",
	         ND_LLM_CLAIM_REPORTS_RESULT, false},
		{3, ND_LLM_CLAIM_REPORTS_RESULT, "The lock hangs",
	         "there are lots of waiters because the lock hangs",
	         ND_LLM_CLAIM_REPORTS_RESULT, true},
		{3, ND_LLM_CLAIM_SAYS, "Maybe use spin_lock() instead",
	         "mutex_lock() instead of spin_lock() here", ND_LLM_CLAIM_SAYS,
	         true},
		{3, ND_LLM_CLAIM_SAYS, "Maybe use spin_lock() instead",
	         "waiters for the backport release", ND_LLM_CLAIM_SAYS, true},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_acts),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
