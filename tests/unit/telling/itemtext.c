/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cmocka.h>

#include <string.h>

#include "telling/itemtext.h"
#include "util/alloc.h"

static void
addresses_go_and_stops_come(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"* general fault in foo()", "General fault in foo()"},
		{"Plain words.", "Plain words."},
		{"Tested by Jane <j@example.org> too.", "Tested by Jane too."},
		{"a <b> c <d e@f> g", "A <b> c <d e@f> g."},
		{"added a flag", "Added a flag."},
		{"kvm_foo is it", "kvm_foo is it."},
		{"x86 only", "x86 only."},
		{"#include <linux/kvm.h> is needed", "#include <linux/kvm.h> "
	                                             "is needed."},
		{"ends in <j@example.org>", "Ends in."},
		{"open < end", "Open < end."},
		{"(an aside)", "(an aside)."},
		{"What now?", "What now?"},
		{"ends with a comma,", "Ends with a comma."},
		{"fixed the lock;", "Fixed the lock."},
		{"it warns on some nodes, e.g.", "It warns on some nodes."},
		{"It breaks riscv:", "It breaks riscv: …"},
		{"It breaks two of them: 1.", "It breaks two of them: …"},
		{"It breaks port 1.", "It breaks port 1."},
		{"see https://example.org/x", "See https://example.org/x"},
		{"结束了", "结束了"},
		{"[quote] It warns.", "It warns."},
		{"[...] it warns.", "It warns."},
		{"It warns [...] twice.", "It warns [...] twice."},
		{"[Bug] It warns.", "[Bug] It warns."},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(nd_itemtext_clean(ctx, cases[i].in,
		                                      strlen(cases[i].in)),
		                    cases[i].out);
	talloc_free(ctx);
}

static void
nothing_stands_before_the_first_item(void **state)
{
	static const struct {
		const char *in, *left;
	} cases[] = {
		{"However, it is late.", "it is late."},
		{"However the lock is late.", "the lock is late."},
		{"However late it is, do it.", "However late it is, do it."},
		{"Hmm, it is late.", "it is late."},
		/* an answer, and to what it is one is not told */
		{"Ah, fixed now.", "Ah, fixed now."},
		{"Therefore drop the lock.", "drop the lock."},
		{"But I think it is late.", "I think it is late."},
		{"And again, the lock is held.", "the lock is held."},
		{"Also users never see it.", "users never see it."},
		{"So far it is late.", "So far it is late."},
		{"Thus it is late.", "Thus it is late."},
		{"Button X is late.", "Button X is late."},
		{"But.", "But."},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(
			cases[i].in + nd_itemtext_connective(
					      cases[i].in, strlen(cases[i].in)),
			cases[i].left);
}

static void
long_sentences_end_with_a_clause(void **state)
{
	void *ctx = talloc_new(NULL);
	char *text = x_strdup(ctx, "");
	char *clause, *plain;

	(void)state;
	for (int i = 0; i < 60; i++)
		text = x_asprintf(ctx, "%sword%d%s ", text, i,
		                  i == 30 ? "," : "");
	clause = nd_itemtext_clean(ctx, text, strlen(text));
	assert_string_equal(clause + strlen(clause) - 9, "word30…");
	assert_int_equal(nd_itemtext_words(clause), 31);
	*strchr(text, ',') = 'x';
	plain = nd_itemtext_clean(ctx, text, strlen(text));
	assert_int_equal(nd_itemtext_words(plain), ND_ITEMTEXT_WORDS_MAX);
	talloc_free(ctx);
}

static void
wide_characters_count_half_a_word(void **state)
{
	void *ctx = talloc_new(NULL);
	char *text = x_strdup(ctx, "");
	char *cut;

	(void)state;
	for (int i = 0; i < 20; i++)
		text = x_asprintf(ctx, "%s这是一个补丁，", text);
	cut = nd_itemtext_clean(ctx, text, strlen(text));
	/* twelve clauses of seven characters; the comma goes */
	assert_int_equal(strlen(cut), 12 * 7 * 3 + strlen("…"));
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_go_and_stops_come),
		cmocka_unit_test(nothing_stands_before_the_first_item),
		cmocka_unit_test(long_sentences_end_with_a_clause),
		cmocka_unit_test(wide_characters_count_half_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
