/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check.c - statements of models, true and false, against the mails they cite
 *
 * Among them what a model really wrote of kernel mail: expansions that are in
 * no mail, and guesses about history that nobody gave it.
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
	{"[PATCH v3 1/1] KVM: arm64: Allow cacheable stage 2 mapping using VMA flags",
         "Ankit Agrawal <ankita@example.com>",
         "Today KVM forces the memory to be NORMAL_NC or DEVICE_nGnRE.\n"
         "Allow it when FEAT_S2FWB is there; without FWB the mapping stays.\n"
         "Confidential Compute Architecture (CCA) guests are not concerned.\n",
         ND_NO_MESSAGE},
	{"Re: [PATCH v3 1/1] KVM: arm64: Allow cacheable stage 2 mapping using VMA flags",
         "Marc Zyngier <maz@example.org>",
         "> Allow it when FEAT_S2FWB is there\n"
         "Why is kvm_is_device_pfn() not enough here? It reads PMCR_EL0.N and\n"
         "HPMN on 64 CPUs, and 5.10 does the same.\n",
         0},
	{"Re: [PATCH v3 1/1] KVM: arm64: Allow cacheable stage 2 mapping using VMA flags",
         "Catalin Marinas <catalin@example.com>",
         "I agree with Marc here. Applied to kvmarm/next as commit\n"
         "1a2b3c4d5e6f, see https://git.example.org/kvmarm for the rest.\n",
         1},
};

struct fixture {
	struct nd_llm_context *context;
	struct nd_llm_check check;
	bool shown[3];
	struct nd_llm_check_counts counts;
};

static int
set_up(void **state)
{
	struct fixture *f = x_new(NULL, struct fixture);
	struct nd_thread *thread = test_thread(f, mails, 3);

	for (size_t i = 0; i < 3; i++) {
		thread->message[i]->flags |= ND_MESSAGE_SHARED;
		if (i > 0)
			thread->message[i]->flags |= ND_MESSAGE_NEW;
		else
			thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
		f->shown[i] = true;
	}
	thread->event = x_array(thread, struct nd_event, 1);
	thread->event_count = 1;
	thread->event[0] = (struct nd_event){
		.type = ND_EVENT_APPLIED, .message = 2, .text = "Applied"};
	f->context = nd_llm_context_new(f, thread);
	assert_non_null(f->context);
	f->check.context = f->context;
	f->check.evidence = nd_llm_evidence_new(f, f->context);
	f->check.shown = f->shown;
	f->check.language = "en";
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	talloc_free(*state);
	return 0;
}

static const char *const quotes[] = {
	"Today KVM forces the memory to be NORMAL_NC",
	"Why is kvm_is_device_pfn() not enough here?",
	"I agree with Marc here.",
};

/* A claim about mail `source`, with a quote that is there. */
static struct nd_llm_claim
claim_of(int source, const char *text)
{
	struct nd_llm_claim claim = {
		.zone = source == 1 ? ND_ZONE_BACKGROUND : ND_ZONE_NEW,
		.source = {source},
		.source_count = 1,
		.by = "",
		.quote = quotes[source - 1],
		.text = text,
	};

	return claim;
}

/* What becomes of a claim that is not refused. */
enum outcome { TEXT, QUOTE };

static void
assert_outcome(struct fixture *f, const struct nd_llm_check *check,
               struct nd_llm_claim *claim, enum outcome outcome)
{
	const char *text = claim->text;
	const char *why = nd_llm_check_claim(check, f, claim, &f->counts);

	if (why)
		fail_msg("%s: %s", text, why);
	if ((outcome == QUOTE) != (claim->doubt != NULL))
		fail_msg("%s: %s", text,
		         claim->doubt ? claim->doubt : "no doubt");
}

static void
test_holds(void **state)
{
	static const struct {
		int source;
		const char *text;
	} cases[] = {
		{1, "KVM forces the memory to be NORMAL_NC"},
		{2, "why is kvm_is_device_pfn() not enough?"},
		{3, "agrees with {P2}"},
		{3, "applied to kvmarm/next as commit 1a2b3c4d5e6f"},
		{1, "KVM 把内存设为 NORMAL_NC"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);

		assert_outcome(f, &f->check, &claim, TEXT);
		assert_string_equal(claim.text, cases[i].text);
	}
	assert_int_equal(f->counts.recited, 0);
	assert_int_equal(f->counts.abbreviations, 0);
	assert_int_equal(f->counts.quoted, 0);
}

/* Whatever is wrong with the text, the words that it quotes are there. */
static void
test_quoted(void **state)
{
	static const struct {
		int source;
		const char *text, *shown;
	} cases[] = {
		{2, "about kvm_is_device_page() again", NULL},
		{2, "kvm_is_device_pfn() is enough here", NULL},
		{2, "3 CPUs are not enough for kvm_is_device_pfn()", NULL},
		/* Mails have numbers and days, which are nobody's words. */
		{2, "kvm_is_device_pfn() is not enough since 2020", NULL},
		{2, "{P9}: kvm_is_device_pfn() is not enough", NULL},
		{1, "KVM forces NORMAL_NC, as {P3} says", NULL},
		{2, "see https://evil.example/ for kvm_is_device_pfn()", NULL},
		{2, "![x](https://git.example.org/kvmarm) HPMN", NULL},
		{2, "[HPMN](javascript:alert) is read", NULL},
		{2, "FWB stands for Firmware Workaround here.", NULL},
		{3, "可以推测该补丁是为了增强灵活性。", NULL},
		{3, "I infer good progress from all of this.", NULL},
		{2, "a question to the author",
	         "Why is kvm_is_device_pfn() "
	         "not enough here?"},
		{1, "a regression",
	         "Today KVM forces the memory to be "
	         "NORMAL_NC or DEVICE_nGnRE."},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);

		assert_outcome(f, &f->check, &claim, QUOTE);
		assert_int_equal(f->counts.quoted, i + 1);
		if (cases[i].shown)
			assert_string_equal(claim.text, cases[i].shown);
	}
}

/* Expansions as a model wrote them: the bracket goes, the sentence stays. */
static void
test_glosses(void **state)
{
	static const struct {
		int source;
		const char *text, *without;
	} cases[] = {
		{1, "KVM (Kernel-based Virtual Machine) forces NORMAL_NC",
	         "KVM forces NORMAL_NC"},
		{1, "KVM（虚拟机监控器）把内存设为 NORMAL_NC",
	         "KVM把内存设为 NORMAL_NC"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);

		assert_outcome(f, &f->check, &claim, TEXT);
		assert_string_equal(claim.text, cases[i].without);
	}
	assert_int_equal(f->counts.abbreviations, 2);
}

static const char *
check_quote(struct fixture *f, struct nd_llm_claim *claim, const char *quote)
{
	claim->quote = quote;
	return nd_llm_check_claim(&f->check, f, claim, &f->counts);
}

static void
test_quotes(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(2, "a question about HPMN");

	assert_null(check_quote(f, &claim,
	                        "it reads   PMCR_EL0.N and\nHPMN on 64 CPUs"));
	assert_null(check_quote(
		f, &claim, "“Why is 'kvm_is_device_pfn()' NOT enough here?”"));
	assert_non_null(check_quote(f, &claim, ""));
	assert_non_null(check_quote(f, &claim, "Why is"));
	assert_non_null(check_quote(f, &claim, "not a word of this is there"));
	/* Words that the mail only quotes are not its own, but of another. */
	claim = claim_of(2, "it is allowed with FEAT_S2FWB");
	assert_null(
		check_quote(f, &claim, "Allow it when FEAT_S2FWB is there"));
	assert_int_equal(claim.source[0], 1);
}

static void
test_sources(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(2, "a question about HPMN");

	claim.source[0] = 4;
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	claim.source[0] = 1;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.source[0], 2);
	assert_int_equal(f->counts.recited, 1);
	/* Not shown is not there. */
	f->shown[1] = false;
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	f->shown[1] = true;
}

static void
test_names(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(3, "agrees with Marc Zyngier");

	assert_outcome(f, &f->check, &claim, TEXT);
	assert_string_equal(claim.text, "agrees with {P2}");
	claim = claim_of(3, "agrees with Ankit Agrawal");
	assert_outcome(f, &f->check, &claim, QUOTE);
}

/* Who, what and about which patch: what the program knows of the mail. */
static void
test_typed(void **state)
{
	static const struct {
		int source;
		const char *by;
		enum nd_llm_claim_act act;
		int patch;
		const char *text;
		enum nd_llm_claim_act told; /* of which nothing is left: SAYS */
		enum outcome outcome;
	} cases[] = {
		{3, "{P3}", ND_LLM_CLAIM_APPLIES, 0, "anything",
	         ND_LLM_CLAIM_APPLIES, TEXT},
		{3, "Catalin Marinas", ND_LLM_CLAIM_APPLIES, 1, "anything",
	         ND_LLM_CLAIM_APPLIES, TEXT},
		{3, "{P3}", ND_LLM_CLAIM_SAYS, 0, "{P3} points to kvmarm/next",
	         ND_LLM_CLAIM_SAYS, QUOTE},
		{3, "{P3}", ND_LLM_CLAIM_WITHDRAWS, 0, "agrees with {P2}",
	         ND_LLM_CLAIM_SAYS, QUOTE},
		{1, "{P1}", ND_LLM_CLAIM_APPLIES, 0, "KVM forces NORMAL_NC",
	         ND_LLM_CLAIM_SAYS, QUOTE},
		{2, "{P2}", ND_LLM_CLAIM_ASKS, 0,
	         "why is kvm_is_device_pfn() not enough", ND_LLM_CLAIM_ASKS,
	         TEXT},
		{1, "{P1}", ND_LLM_CLAIM_ASKS, 0, "KVM forces NORMAL_NC",
	         ND_LLM_CLAIM_SAYS, QUOTE},
		{2, "{P2}", ND_LLM_CLAIM_APPROVES, 0,
	         "why is kvm_is_device_pfn() not enough", ND_LLM_CLAIM_ASKS,
	         QUOTE},
		{2, "{P2}", ND_LLM_CLAIM_REPORTS_RESULT, 0,
	         "kvm_is_device_pfn() is not enough", ND_LLM_CLAIM_ASKS, QUOTE},
		{3, "{P3}", ND_LLM_CLAIM_PROMISES_CHANGE, 0, "agrees with {P2}",
	         ND_LLM_CLAIM_SAYS, QUOTE},
		{1, "{P1}", ND_LLM_CLAIM_ANSWERS, 0, "KVM forces NORMAL_NC",
	         ND_LLM_CLAIM_SAYS, QUOTE},
		{1, "{P1}", ND_LLM_CLAIM_SAYS, 2, "KVM forces NORMAL_NC",
	         ND_LLM_CLAIM_SAYS, QUOTE},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);

		claim.by = cases[i].by;
		claim.act = cases[i].act;
		claim.patch = cases[i].patch;
		assert_outcome(f, &f->check, &claim, cases[i].outcome);
		assert_int_equal(claim.act, cases[i].told);
		assert_int_equal(claim.patch, 0);
		assert_int_equal(claim.person, cases[i].source);
	}
}

/* An answer to one patch may take all of them: the ledger knows. */
static void
test_taken(void **state)
{
	static const struct test_mail some[] = {
		{"[PATCH 1/2] widget: one", "Ann <ann@example.com>",
	         "One of two.\n", ND_NO_MESSAGE},
		{"[PATCH 2/2] widget: two", "Ann <ann@example.com>",
	         "Two of two.\n", 0},
		{"Re: [PATCH 1/2] widget: one", "Ben <ben@example.org>",
	         "I applied the set to next.\n", 0},
	};
	int number = 2;

	(void)state;
	for (size_t named = 0; named < 2; named++) {
		struct fixture *f = x_new(NULL, struct fixture);
		struct nd_thread *thread = test_thread(f, some, 3);
		struct nd_llm_check check = {.language = "en"};
		bool shown[3] = {true, true, true};
		struct nd_llm_claim claim = {
			.zone = ND_ZONE_NEW,
			.act = ND_LLM_CLAIM_APPLIES,
			.patch = 2,
			.source = {3},
			.source_count = 1,
			.by = "",
			.quote = "I applied the set to next.",
			.text = "to next",
		};

		for (size_t i = 0; i < 3; i++)
			thread->message[i]->flags |=
				ND_MESSAGE_SHARED | ND_MESSAGE_NEW;
		thread->event = x_array(thread, struct nd_event, 1);
		thread->event_count = 1;
		thread->event[0] = (struct nd_event){.type = ND_EVENT_APPLIED,
		                                     .message = 2,
		                                     .text = "applied",
		                                     .patch = &number,
		                                     .patch_count = named};
		check.context = nd_llm_context_new(f, thread);
		check.evidence = nd_llm_evidence_new(f, check.context);
		check.shown = shown;
		assert_outcome(f, &check, &claim, TEXT);
		assert_int_equal(claim.patch, named ? number : 0);
		talloc_free(f);
	}
}

/* Whoever is said to say it must have written the quoted words. */
static void
test_by(void **state)
{
	static const struct {
		const char *by, *why;
	} cases[] = {
		{"{P2}", "{P3} wrote the quoted words in mail [3]; by is {P2}"},
		{"somebody", "not a {Pn}"},
		{"{P7}", "{P7} is not among the people"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim = claim_of(3, "agrees with {P2}");
		const char *why;

		claim.by = cases[i].by;
		why = nd_llm_check_claim(&f->check, f, &claim, &f->counts);
		assert_non_null(why);
		assert_non_null(strstr(why, cases[i].why));
	}
}

/* That it is a decision is not told unless the ledger knows; what is said is. */
static void
test_undecided(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(1, "KVM forces NORMAL_NC");

	claim.act = ND_LLM_CLAIM_DECIDES;
	claim.zone = ND_ZONE_DECISION;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.act, ND_LLM_CLAIM_SAYS);
	assert_int_equal(claim.zone, ND_ZONE_NEW);
	claim = claim_of(3, "agrees with {P2}");
	claim.act = ND_LLM_CLAIM_DECIDES;
	claim.zone = ND_ZONE_DECISION;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.act, ND_LLM_CLAIM_DECIDES);
	assert_int_equal(claim.zone, ND_ZONE_DECISION);
}

/* A quote is found where a model copies with care, but not letter by letter. */
static void
test_forms(void **state)
{
	static const char *const mail =
		"It takes 928ms, or 40-bit addresses with e.g. two ACKs on\n"
		"v5.12-rc3 and 6.1, down from 1.9 s; the clock managemnet "
		"isn't\n"
		"done by runtime PM here. LGTM.\n";
	static const struct {
		const char *quote;
		bool found;
	} cases[] = {
		{"It takes 928ms", true},
		{"It takes … 40-bit addresses", true},
		{"40-bit addresses … It takes", false},
		{"the clock management isn't done by runtime PM", true},
		{"the clock managers aren't done by runtime PM", false},
		{"LGTM", true},
		{"It takes", false},
		{"> It takes 928ms", true},
		{"「It takes 928ms」", true},
	};
	struct fixture *f = *state;
	const struct test_mail one[] = {
		{"Numbers", "Ann <ann@example.com>", mail, ND_NO_MESSAGE}};
	struct nd_thread *thread = test_thread(f, one, 1);
	struct nd_llm_check check = f->check;

	thread->message[0]->flags |= ND_MESSAGE_SHARED | ND_MESSAGE_NEW;
	check.context = nd_llm_context_new(f, thread);
	check.evidence = nd_llm_evidence_new(f, check.context);
	check.same_language = true;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim = claim_of(1, "anything");
		const char *why;

		claim.quote = cases[i].quote;
		why = nd_llm_check_claim(&check, f, &claim, &f->counts);
		if (cases[i].found != !why)
			fail_msg("%s: %s", cases[i].quote, why ? why : "found");
		if (strstr(cases[i].quote, "clock management"))
			assert_non_null(strstr(claim.quote, "managemnet"));
	}
}

/* What is shown of a quote: its sentences, as far as they fit. */
static void
test_passages(void **state)
{
	static const char *const mail =
		"Hi Ben,\n"
		"I don't think, e.g. on old boards, that this\n"
		"is right.\n"
		"\n"
		"- The lock is dropped too early here\n"
		"- and taken too late there\n"
		"\n"
		"One one one one one one one one one one one one one one one "
		"one one one one one one one one one one one one one one one "
		"one one one one one one one one one one one one one one one "
		"one one one one one one one one one one one one one one one "
		"one one one one one one one one one one one one one one one "
		"the end of it comes late one one one one one one one one one "
		"one one one one one one one one one one one one one one one "
		"one one one one one one one one one one one one one.\n";
	static const struct {
		const char *quote, *shown;
	} cases[] = {
		{"this is right", "I don't think, e.g. on old boards, that "
	                          "this is right."},
		{"dropped too early", "The lock is dropped too early here"},
		{"taken too late there", "and taken too late there"},
		{"the end of it comes late", "… the end of it comes late one"},
	};
	struct fixture *f = *state;
	const struct test_mail one[] = {
		{"Passages", "Ann <ann@example.com>", mail, ND_NO_MESSAGE}};
	struct nd_thread *thread = test_thread(f, one, 1);
	struct nd_llm_check check = f->check;

	thread->message[0]->flags |= ND_MESSAGE_SHARED | ND_MESSAGE_NEW;
	check.context = nd_llm_context_new(f, thread);
	check.evidence = nd_llm_evidence_new(f, check.context);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim = claim_of(1, "something else");

		claim.quote = cases[i].quote;
		assert_outcome(f, &check, &claim, QUOTE);
		if (strncmp(claim.text, cases[i].shown,
		            strlen(cases[i].shown)) != 0)
			fail_msg("%s: %s", cases[i].quote, claim.text);
		assert_true(strlen(claim.text) < 300);
	}
}

static void
test_topic(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(
		nd_llm_check_gist(&f->check, f,
	                          "Cacheable mappings with FWB (Firmware Work)",
	                          &f->counts),
		"Cacheable mappings with FWB");
	assert_null(nd_llm_check_gist(&f->check, f, "About CVE-2024-1234",
	                              &f->counts));
	assert_null(
		nd_llm_check_gist(&f->check, f, "{P7} merged it", &f->counts));
	assert_null(nd_llm_check_gist(&f->check, f, "", &f->counts));
	assert_null(nd_llm_check_gist(&f->check, f, "[x](http://evil.example)",
	                              &f->counts));
}

static void
test_terms(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_term good = {"CCA", "Confidential Compute Architecture"};
	struct nd_llm_term bad = {"FWB", "Firmware Workaround"};

	assert_true(nd_llm_check_term(&f->check, &good));
	assert_false(nd_llm_check_term(&f->check, &bad));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_holds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_quoted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_glosses, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_quotes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sources, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_typed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_by, set_up, tear_down),
		cmocka_unit_test(test_taken),
		cmocka_unit_test_setup_teardown(test_undecided, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_forms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_passages, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_topic, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_terms, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
