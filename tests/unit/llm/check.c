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
	f->context = nd_llm_context_new(f, thread);
	assert_non_null(f->context);
	f->check.context = f->context;
	f->check.evidence = nd_llm_evidence_new(f, f->context);
	f->check.shown = f->shown;
	f->check.windowed = true;
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
		.quote = quotes[source - 1],
		.text = text,
	};

	return claim;
}

static void
test_holds(void **state)
{
	static const struct {
		int source;
		const char *text;
	} cases[] = {
		{1, "{P1} allows cacheable mappings when FEAT_S2FWB is there."},
		{1, "{P1}: v3 leaves Confidential Compute Architecture (CCA) "
	            "guests alone."},
		{1, "FWB (FEAT_S2FWB) decides."},
		{2, "{P2} asks why kvm_is_device_pfn() is not enough."},
		{2, "{P2}: it reads PMCR_EL0.N on 64 CPUs."},
		{2, "{P2} asks {P1} about the 5.10 case."},
		{2, "{P2} 询问为何 kvm_is_device_pfn() 不够。"},
		{3, "{P3} agrees with {P2}."},
		{3, "{P3} applied it to kvmarm/next as 1a2b3c4d5e6f."},
		{3, "{P3} points to https://git.example.org/kvmarm for it."},
		{1, "{P1}: the VMAs decide whether FWB is needed."},
		{1, "{P1} wendet NORMAL_NC nur ohne FWB an."},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);
		const char *why =
			nd_llm_check_claim(&f->check, f, &claim, &f->counts);

		if (why)
			fail_msg("%s: %s", cases[i].text, why);
		assert_string_equal(claim.text, cases[i].text);
	}
	assert_int_equal(f->counts.recited, 0);
	assert_int_equal(f->counts.abbreviations, 0);
}

static void
test_refused(void **state)
{
	static const struct {
		int source;
		const char *text;
		const char *why;
	} cases[] = {
		{2, "{P2} asks about kvm_is_device_page() again.",
	         "identifier"},
		{2, "{P2}: it reads PMCR_EL0.N on 65 CPUs.", "number"},
		{2, "{P2}: 3 CPUs are too many for HPMN.", "number"},
		{2, "{P2}: 5.11 does the same.", "number"},
		{2, "{P9} asks why kvm_is_device_pfn() is not enough.", "{Pn}"},
		{2, "{P0} asks why kvm_is_device_pfn() is not enough.", "{Pn}"},
		{1, "{P3} allows cacheable mappings with FWB.", "{Pn}"},
		{2, "{P2}: see https://evil.example/ for HPMN.", "link"},
		{2, "{P2}: ![x](https://git.example.org/kvmarm) HPMN.",
	         "markup"},
		{2, "{P2}: [HPMN](javascript:alert) is read.", "markup"},
		{2, "FWB stands for Firmware Workaround here.", "spells out"},
		{2, "HPMN = High Performance Monitoring Network.",
	         "spells out"},
		{3, "可以推测该补丁是为了增强灵活性。", "says nothing"},
		{3, "虽然没有具体的邮件记录，但可以推测之前讨论过性能问题。",
	         "says nothing"},
		{3, "Overall, this discussion shows good progress.",
	         "says nothing"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);
		const char *why =
			nd_llm_check_claim(&f->check, f, &claim, &f->counts);

		if (!why || !strstr(why, cases[i].why))
			fail_msg("%s: %s", cases[i].text, why ? why : "holds");
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
		{1, "{P1}: without FWB (Firmware Workaround) it stays.",
	         "{P1}: without FWB it stays."},
		{1, "{P1}: 在没有 FWB（Firmware Workaround）支持的情况下。",
	         "{P1}: 在没有 FWB支持的情况下。"},
		{1, "{P1}: 使用 VMA（虚拟内存区域）标志。",
	         "{P1}: 使用 VMA标志。"},
		{1, "{P1}: KVM（Kernel-based Virtual Machine）的补丁。",
	         "{P1}: KVM的补丁。"},
		{2, "{P2}: HPMN（高性能监控网络）的读取影响。",
	         "{P2}: HPMN的读取影响。"},
		{2, "{P2} liest HPMN (Höchste Performance Monitor Nummer) aus.",
	         "{P2} liest HPMN aus."},
		{1, "{P1} names Common Cloud Access (CCA) guests.",
	         "{P1} names Common Cloud Access guests."},
		{1,
	         "{P1}: CCA (Confidential Compute Architecture) is not "
	         "concerned.",
	         "{P1}: CCA (Confidential Compute Architecture) is not "
	         "concerned."},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);
		const char *why =
			nd_llm_check_claim(&f->check, f, &claim, &f->counts);

		if (why)
			fail_msg("%s: %s", cases[i].text, why);
		assert_string_equal(claim.text, cases[i].without);
	}
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
	struct nd_llm_claim claim = claim_of(2, "{P2} asks about HPMN.");

	assert_null(check_quote(f, &claim,
	                        "it reads   PMCR_EL0.N and\nHPMN on 64 CPUs"));
	assert_null(check_quote(
		f, &claim, "“Why is 'kvm_is_device_pfn()' NOT enough here?”"));
	assert_non_null(check_quote(f, &claim, ""));
	assert_non_null(check_quote(f, &claim, "Why is"));
	assert_non_null(check_quote(f, &claim, "not a word of this is there"));
	/* Words that the mail only quotes are not its own, but of another. */
	claim = claim_of(2, "{P1} allows it with FEAT_S2FWB.");
	assert_non_null(
		check_quote(f, &claim, "Allow it when FEAT_S2FWB is there"));
	f->check.windowed = false;
	claim = claim_of(2, "{P1} allows it with FEAT_S2FWB.");
	assert_null(
		check_quote(f, &claim, "Allow it when FEAT_S2FWB is there"));
	assert_int_equal(claim.source[0], 1);
}

static void
test_sources(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(2, "{P2} asks about HPMN.");

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
	/* An identifier of another mail brings that mail along. */
	claim = claim_of(3, "{P3} agrees about HPMN and applied it.");
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.source_count, 2);
	assert_int_equal(claim.source[1], 2);
}

static void
test_zones(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(2, "{P2} asks about HPMN.");

	claim.zone = ND_ZONE_EARLIER;
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	claim = claim_of(1, "{P1} allows it with FWB.");
	claim.zone = ND_ZONE_NEW;
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	claim.zone = ND_ZONE_EARLIER;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	f->check.windowed = false;
	claim = claim_of(1, "{P1} allows it with FWB.");
	claim.zone = ND_ZONE_NEW;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
}

static void
test_names(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim =
		claim_of(2, "Marc Zyngier asks Ankit Agrawal about HPMN.");

	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_string_equal(claim.text, "{P2} asks {P1} about HPMN.");
	claim = claim_of(1, "Catalin Marinas allows it with FWB.");
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
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
		cmocka_unit_test_setup_teardown(test_refused, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_glosses, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_quotes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sources, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_zones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_topic, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_terms, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
