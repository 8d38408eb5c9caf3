/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * proof.c - what all answers about a thread come to
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "build.h"
#include "llm/proof.h"

#include <cmocka.h>

static const struct test_mail mails[] = {
	{"[PATCH] widget: add a lock", "Ann <ann@example.com>",
         "The probe takes the lock of the widget.\n", ND_NO_MESSAGE},
	{"Re: [PATCH] widget: add a lock", "Ben <ben@example.org>",
         "The resume path takes no lock at all.\n\n"
         "The manual names the old lock.\n",
         0},
};

struct fixture {
	struct nd_llm_context *context;
	struct nd_llm_proof *proof;
	struct nd_llm_answers answers;
	bool shown[2];
};

static struct fixture *
new_fixture(void)
{
	struct fixture *f = x_new(NULL, struct fixture);
	struct nd_thread *thread = test_thread(f, mails, 2);

	for (size_t i = 0; i < 2; i++) {
		thread->message[i]->flags |= ND_MESSAGE_SHARED | ND_MESSAGE_NEW;
		f->shown[i] = true;
	}
	f->context = nd_llm_context_new(f, thread);
	f->proof = nd_llm_proof_new(f, f->context, "en");
	return f;
}

static struct nd_llm_answer *
add_answer(struct fixture *f, unsigned flags, const char *gist)
{
	struct nd_llm_answer *answer =
		x_append(f, f->answers.answer, f->answers.count);

	answer->flags = flags;
	answer->gist = gist;
	answer->shown = f->shown;
	return answer;
}

static void
add_item(struct fixture *f, struct nd_llm_answer *answer, int source,
         const char *quote, const char *text)
{
	*x_append(f, answer->claims.claim, answer->claims.count) =
		(struct nd_llm_claim){
			.zone = source == 1 ? ND_ZONE_BACKGROUND : ND_ZONE_NEW,
			.source = {source},
			.source_count = 1,
			.by = "",
			.quote = quote,
			.text = text,
		};
}

static const char probe[] = "The probe takes the lock of the widget";
static const char resume[] = "The resume path takes no lock at all";
static const char manual[] = "The manual names the old lock";

static const struct nd_llm_proved *
prove(struct fixture *f)
{
	return nd_llm_proof_of(f->proof, f, &f->answers, NULL);
}

/* What is refused is open until an answer to that has it. */
static void
test_repair(void **state)
{
	struct fixture *f = new_fixture();
	struct nd_llm_answer *answer = add_answer(f, 0, "the lock");
	struct nd_llm_refused refused;

	(void)state;
	answer->malformed = 1;
	add_item(f, answer, 1, probe, "the probe takes the lock");
	add_item(f, answer, 2, "nobody wrote this line", "no lock at all");
	refused = nd_llm_proof_refused(f->proof, f, answer);
	assert_int_equal(refused.claims.count, 1);
	assert_string_equal(refused.claims.claim[0].text, "no lock at all");
	assert_int_equal(prove(f)->dropped, 2);
	answer = add_answer(f, ND_LLM_ANSWER_REPAIR, "another topic");
	add_item(f, answer, 2, resume, "the resume path takes no lock at all");
	/* More than was asked for is not wanted. */
	add_item(f, answer, 2, manual, "the manual names the old lock");
	assert_int_equal(prove(f)->dropped, 1);
	assert_int_equal(prove(f)->claims.count, 2);
	assert_string_equal(prove(f)->gist, "the lock");
	talloc_free(f);
}

/* The same words are told once, and by a statement, when one holds. */
static void
test_once(void **state)
{
	struct fixture *f = new_fixture();
	struct nd_llm_answer *answer = add_answer(f, 0, "");

	(void)state;
	add_item(f, answer, 2, resume, "the resume path takes the lock");
	assert_non_null(prove(f)->claims.claim[0].doubt);
	add_item(f, answer, 2, resume, "the resume path takes no lock at all");
	add_item(f, answer, 2, resume, "something about locks");
	assert_int_equal(prove(f)->claims.count, 1);
	assert_null(prove(f)->claims.claim[0].doubt);
	assert_int_equal(prove(f)->dropped, 0);
	talloc_free(f);
}

/* A thread that has grown: what is no longer so goes, the opening stays. */
static void
test_refresh(void **state)
{
	struct fixture *f = new_fixture();
	struct nd_llm_answer *answer = add_answer(f, 0, "first");

	(void)state;
	add_item(f, answer, 1, probe, "the probe takes the lock");
	add_item(f, answer, 2, resume, "the resume path takes no lock at all");
	answer = add_answer(f, ND_LLM_ANSWER_REFRESH, "second");
	add_item(f, answer, 1, probe, "the probe takes the lock again");
	add_item(f, answer, 2, manual, "the manual names the old lock");
	*x_append(f, answer->superseded, answer->superseded_count) = resume;
	assert_int_equal(prove(f)->claims.count, 2);
	assert_string_equal(prove(f)->claims.claim[0].quote, probe);
	assert_string_equal(prove(f)->claims.claim[1].quote, manual);
	assert_string_equal(prove(f)->gist, "second");
	answer = add_answer(f, ND_LLM_ANSWER_LATER, "third");
	assert_string_equal(prove(f)->gist, "second");
	talloc_free(f);
}

/* Which statements are no longer so is said by numbers of those known. */
static void
test_superseded(void **state)
{
	struct fixture *f = new_fixture();
	struct nd_llm_claim claim = {.quote = resume};
	const struct nd_llm_claims known = {&claim, 1};
	int numbers[] = {0, 1, 2};
	const struct nd_llm_response response = {
		.gist = "", .superseded = numbers, .superseded_count = 3};
	struct nd_llm_answer answer =
		nd_llm_proof_answer(f, ND_LLM_ANSWER_REFRESH, f->shown,
	                            f->context, &response, &known);

	(void)state;
	assert_int_equal(answer.superseded_count, 1);
	assert_string_equal(answer.superseded[0], resume);
	answer = nd_llm_proof_answer(f, 0, f->shown, f->context, &response,
	                             &known);
	assert_int_equal(answer.superseded_count, 0);
	talloc_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_repair),
		cmocka_unit_test(test_once),
		cmocka_unit_test(test_refresh),
		cmocka_unit_test(test_superseded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
