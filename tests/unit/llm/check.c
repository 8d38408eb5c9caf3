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
	f->check.windowed = true;
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

static void
test_holds(void **state)
{
	static const struct {
		int source;
		const char *text;
	} cases[] = {
		{1, "cacheable mappings are allowed when FEAT_S2FWB is there"},
		{1, "v3 leaves Confidential Compute Architecture (CCA) "
	            "guests alone"},
		{1, "FWB (FEAT_S2FWB) decides."},
		{2, "kvm_is_device_pfn() is not enough: why?"},
		{2, "it reads PMCR_EL0.N on 64 CPUs"},
		{2, "a question to {P1} about the 5.10 case"},
		{2, "询问为何 kvm_is_device_pfn() 不够"},
		{3, "he agrees with {P2}"},
		{3, "applied to kvmarm/next as 1a2b3c4d5e6f"},
		{3, "points to https://git.example.org/kvmarm for it"},
		{1, "the VMAs decide whether FWB is needed"},
		{1, "wendet NORMAL_NC nur ohne FWB an"},
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
		{2, "about kvm_is_device_page() again",
	         "\"kvm_is_device_page\" is not"},
		{2, "it reads PMCR_EL0.N on 65 CPUs", "number 65"},
		{2, "3 CPUs are too many for HPMN", "number 3"},
		{2, "5.11 does the same", "number 5.11"},
		/* Mails have numbers and days, which are nobody's words. */
		{2, "it reads HPMN 7 times", "number 7"},
		{2, "HPMN is read since 2020", "number 2020"},
		{2, "{P9}: kvm_is_device_pfn() is not enough", "{P9}"},
		{2, "{P0}: kvm_is_device_pfn() is not enough", "{P0}"},
		{1, "cacheable mappings with FWB, as {P3} says", "{P3}"},
		{2, "see https://evil.example/ for HPMN", "link"},
		{2, "![x](https://git.example.org/kvmarm) HPMN", "markup"},
		{2, "[HPMN](javascript:alert) is read", "markup"},
		{2, "FWB stands for Firmware Workaround here.", "spells out"},
		{2, "HPMN = High Performance Monitoring Network.",
	         "spells out"},
		{3, "可以推测该补丁是为了增强灵活性。", "says nothing"},
		{3, "虽然没有具体的邮件记录，但可以推测之前讨论过性能问题。",
	         "says nothing"},
		{3, "I infer good progress from all of this.", "says nothing"},
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
		{1, "without FWB (Firmware Workaround) it stays.",
	         "without FWB it stays."},
		{1, "在没有 FWB（Firmware Workaround）支持的情况下。",
	         "在没有 FWB支持的情况下。"},
		{1, "使用 VMA（虚拟内存区域）标志。", "使用 VMA标志。"},
		{1, "KVM（Kernel-based Virtual Machine）的补丁。",
	         "KVM的补丁。"},
		{2, "HPMN（高性能监控网络）的读取影响。", "HPMN的读取影响。"},
		{2, "liest HPMN (Höchste Performance Monitor Nummer) aus.",
	         "liest HPMN aus."},
		{1, "names Common Cloud Access (CCA) guests.",
	         "names Common Cloud Access guests."},
		{1,
	         "CCA (Confidential Compute Architecture) is not "
	         "concerned.",
	         "CCA (Confidential Compute Architecture) is not "
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
	assert_non_null(
		check_quote(f, &claim, "Allow it when FEAT_S2FWB is there"));
	f->check.windowed = false;
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
	/* An identifier of another mail brings that mail along. */
	claim = claim_of(3, "the same about HPMN, and applied");
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.source_count, 2);
	assert_int_equal(claim.source[1], 2);
}

static void
test_zones(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(2, "a question about HPMN");

	claim.zone = ND_ZONE_EARLIER;
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	claim = claim_of(1, "it is allowed with FWB");
	claim.zone = ND_ZONE_NEW;
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	claim.zone = ND_ZONE_EARLIER;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	f->check.windowed = false;
	claim = claim_of(1, "it is allowed with FWB");
	claim.zone = ND_ZONE_NEW;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
}

static void
test_names(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim =
		claim_of(2, "a question to Ankit Agrawal about HPMN");

	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_string_equal(claim.text, "a question to {P1} about HPMN");
	claim = claim_of(1, "it is allowed with FWB, as Catalin Marinas says");
	assert_non_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
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
		const char *why; /* NULL: it holds */
	} cases[] = {
		{3, "{P3}", ND_LLM_CLAIM_APPLIES, 0, "to kvmarm/next", NULL},
		{3, "Catalin Marinas", ND_LLM_CLAIM_APPLIES, 1,
	         "to kvmarm/next", NULL},
		{3, "{P2}", ND_LLM_CLAIM_APPLIES, 0, "to kvmarm/next",
	         "{P3} wrote the quoted words in mail [3]; by is {P2}"},
		{3, "somebody", ND_LLM_CLAIM_SAYS, 0, "kvmarm/next is it",
	         "not a {Pn}"},
		{3, "{P7}", ND_LLM_CLAIM_SAYS, 0, "kvmarm/next is it",
	         "{P7} is not among the people"},
		{3, "{P3}", ND_LLM_CLAIM_SAYS, 0, "{P3} points to kvmarm/next",
	         "begins with {P3} and a verb"},
		{3, "{P3}", ND_LLM_CLAIM_WITHDRAWS, 0, "the change to kvmarm",
	         "the facts do not say"},
		{1, "{P1}", ND_LLM_CLAIM_APPLIES, 0, "cacheable NORMAL_NC",
	         "the facts do not say"},
		{1, "{P1}", ND_LLM_CLAIM_SAYS, 0, "NORMAL_NC was merged",
	         "something was taken"},
		{1, "{P1}", ND_LLM_CLAIM_SAYS, 0, "NORMAL_NC 的补丁已合入",
	         "something was taken"},
		{2, "{P2}", ND_LLM_CLAIM_ASKS, 0,
	         "why kvm_is_device_pfn() is not enough", NULL},
		{1, "{P1}", ND_LLM_CLAIM_ASKS, 0, "must NORMAL_NC be forced",
	         "the quote asks nothing"},
		{2, "{P2}", ND_LLM_CLAIM_APPROVES, 0, "kvm_is_device_pfn()",
	         "the facts do not say"},
		{2, "{P2}", ND_LLM_CLAIM_REPORTS_RESULT, 0,
	         "kvm_is_device_pfn() is not enough", "is a question"},
		{2, "{P2}", ND_LLM_CLAIM_PROMISES_CHANGE, 0,
	         "more than kvm_is_device_pfn()", "is a question"},
		{3, "{P3}", ND_LLM_CLAIM_PROMISES_CHANGE, 0,
	         "a change of kvmarm/next", "only who does it"},
		{1, "{P1}", ND_LLM_CLAIM_ANSWERS, 0, "KVM forces NORMAL_NC",
	         "answers none"},
		{1, "{P1}", ND_LLM_CLAIM_SAYS, 2, "KVM forces NORMAL_NC",
	         "not about patch 2"},
		{1, "{P1}", ND_LLM_CLAIM_SAYS, 0, "patch 2 forces NORMAL_NC",
	         "not about patch 2"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim =
			claim_of(cases[i].source, cases[i].text);
		const char *why;

		claim.by = cases[i].by;
		claim.act = cases[i].act;
		claim.patch = cases[i].patch;
		why = nd_llm_check_claim(&f->check, f, &claim, &f->counts);
		if (cases[i].why ? !why || !strstr(why, cases[i].why)
		                 : why != NULL)
			fail_msg("%s: %s", cases[i].text, why ? why : "holds");
		if (!why)
			assert_int_equal(claim.person, cases[i].source);
	}
}

/* That it is a decision is not told unless the ledger knows; what is said is. */
static void
test_undecided(void **state)
{
	struct fixture *f = *state;
	struct nd_llm_claim claim = claim_of(1, "NORMAL_NC is forced today");

	claim.act = ND_LLM_CLAIM_DECIDES;
	claim.zone = ND_ZONE_DECISION;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.act, ND_LLM_CLAIM_SAYS);
	assert_int_equal(claim.zone, ND_ZONE_EARLIER);
	claim = claim_of(3, "kvmarm/next gets it");
	claim.act = ND_LLM_CLAIM_DECIDES;
	claim.zone = ND_ZONE_DECISION;
	assert_null(nd_llm_check_claim(&f->check, f, &claim, &f->counts));
	assert_int_equal(claim.act, ND_LLM_CLAIM_DECIDES);
	assert_int_equal(claim.zone, ND_ZONE_DECISION);
}

/* Forms of the same: units, releases, plurals, numbers as words. */
static void
test_forms(void **state)
{
	static const char *const mail =
		"It takes 928ms, or 40-bit addresses with e.g. two ACKs on\n"
		"v5.12-rc3 and 6.1, down from 1.9 s; the clock managemnet "
		"isn't\n"
		"done by runtime PM here. LGTM.\n";
	static const struct {
		const char *quote, *text;
		bool holds;
	} cases[] = {
		{"It takes 928ms", "it takes 928 ms", true},
		{"It takes 928ms", "it takes 92 ms", false},
		{"with e.g. two ACKs on", "40 bits, i.e. 2 ACKs", true},
		{"with e.g. two ACKs on", "an ACK for 40bit addresses", true},
		{"with e.g. two ACKs on", "3 ACKs with addresses", false},
		{"v5.12-rc3 and 6.1", "done on 5.12-rc3 and v6.1", true},
		{"v5.12-rc3 and 6.1", "done on 5.12-rc4", false},
		{"v5.12-rc3 and 6.1", "it is done on 12", false},
		{"down from 1.9 s", "down from 1.9s, it takes 928ms", true},
		{"It takes … 40-bit addresses", "it takes 40-bit addresses",
	         true},
		{"40-bit addresses … It takes", "it takes 40-bit addresses",
	         false},
		{"the clock management isn't done by runtime PM",
	         "clock is not done by runtime PM", true},
		{"the clock managers aren't done by runtime PM",
	         "clock is not done by runtime PM", false},
		{"the clock managemnet isn't done by runtime PM",
	         "the clock is done by runtime PM", false},
		{"LGTM", "done with LGTM", true},
		{"It takes", "it takes 928ms", false},
		{"> It takes 928ms", "it takes 928ms", true},
		{"「It takes 928ms」", "it takes 928ms", true},
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
		struct nd_llm_claim claim = claim_of(1, cases[i].text);
		const char *why;

		claim.quote = cases[i].quote;
		why = nd_llm_check_claim(&check, f, &claim, &f->counts);
		if (cases[i].holds != !why)
			fail_msg("%s: %s", cases[i].text, why ? why : "holds");
		if (strstr(cases[i].quote, "clock management"))
			assert_non_null(strstr(claim.quote, "managemnet"));
	}
}

/* What comes first, what is denied, what is the reason. */
static void
test_contradictions(void **state)
{
	static const char *const mail =
		"The time is reduced from 98us to only 72us by patch 2.\n"
		"Clear CPTR_EL2.TZ *before* writing to ZCR_EL2.\n"
		"We read the replacement first and the rdev later.\n"
		"I don't suggest to apply this patch, it fixes half of it.\n"
		"Just do foo_find() before we attempt the foo_read().\n"
		"The buffer is freed if the transfer timeout occurs.\n";
	static const struct {
		const char *quote, *text, *why;
	} cases[] = {
		{"before we attempt the foo_read()",
	         "foo_read() could be tried before foo_find()", "turns round"},
		{"before we attempt the foo_read()",
	         "after foo_find() comes foo_read()", NULL},
		{"if the transfer timeout occurs",
	         "the timeout occurs after the buffer is freed", "turns round"},
		{"if the transfer timeout occurs",
	         "once the timeout occurs, the buffer is freed", NULL},
		{"reduced from 98us to only 72us",
	         "the time goes from 98 us to 72 us", NULL},
		{"reduced from 98us to only 72us",
	         "the time is 72 us instead of 98 us", NULL},
		{"reduced from 98us to only 72us",
	         "the time goes from 72 us to 98 us", "turns round"},
		{"reduced from 98us to only 72us",
	         "the time is 98 us instead of 72 us", "turns round"},
		{"reduced from 98us to only 72us", "时间从 72us 变为 98us",
	         "turns round"},
		{"reduced from 98us to only 72us", "时间从 98us 降到 72us",
	         NULL},
		{"before writing to ZCR_EL2",
	         "clear CPTR_EL2.TZ before ZCR_EL2 is written", NULL},
		{"before writing to ZCR_EL2",
	         "ZCR_EL2 is written after CPTR_EL2.TZ is cleared", NULL},
		{"before writing to ZCR_EL2",
	         "ZCR_EL2 is written before CPTR_EL2.TZ is cleared",
	         "turns round"},
		{"the replacement first and the rdev later",
	         "read rdev first and replacement later", "turns round"},
		{"I don't suggest to apply this patch",
	         "does not suggest to apply it", NULL},
		{"I don't suggest to apply this patch",
	         "suggests to apply this patch", "the contrary"},
		{"suggest to apply this patch",
	         "does not suggest to apply this patch", NULL},
		{"I don't suggest to apply this patch",
	         "half of it is fixed by the patch", "is that right?"},
		{"it fixes half of it",
	         "half of this patch is fixed, since memory ordering is odd",
	         "the reason"},
		{"it fixes half of it",
	         "half of it is fixed, since the rdev is read later", NULL},
		{"reduced from 98us to only 72us", "patch 2 reduces the time",
	         NULL},
		{"reduced from 98us to only 72us", "patch 3 reduces the time",
	         "not about patch 3"},
	};
	struct fixture *f = *state;
	const struct test_mail one[] = {
		{"Order", "Ann <ann@example.com>", mail, ND_NO_MESSAGE}};
	struct nd_thread *thread = test_thread(f, one, 1);
	struct nd_llm_check check = f->check;

	thread->message[0]->flags |= ND_MESSAGE_SHARED | ND_MESSAGE_NEW;
	check.context = nd_llm_context_new(f, thread);
	check.evidence = nd_llm_evidence_new(f, check.context);
	check.same_language = true;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct nd_llm_claim claim = claim_of(1, cases[i].text);
		const char *why;

		claim.quote = cases[i].quote;
		why = nd_llm_check_claim(&check, f, &claim, &f->counts);
		if (cases[i].why ? !why || !strstr(why, cases[i].why)
		                 : why != NULL)
			fail_msg("%s: %s", cases[i].text, why ? why : "holds");
	}
	/* It was asked whether that is right: a doubt is none any more. */
	check.insists = true;
	{
		struct nd_llm_claim claim =
			claim_of(1, "half of it is fixed by the patch");

		claim.quote = "I don't suggest to apply this patch";
		assert_null(nd_llm_check_claim(&check, f, &claim, &f->counts));
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
		cmocka_unit_test_setup_teardown(test_refused, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_glosses, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_quotes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sources, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_zones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_typed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_undecided, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_forms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_contradictions, set_up,
	                                        tear_down),
		cmocka_unit_test_setup_teardown(test_topic, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_terms, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
