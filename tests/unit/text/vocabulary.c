/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/vocabulary.h"
#include "util/alloc.h"

/* The numbers of the content words of text. */
static struct nd_word_list
read_words(void *ctx, struct nd_vocabulary *words, const char *text)
{
	struct nd_word_list list = {0};

	nd_vocabulary_read(words, text, strlen(text), ctx, &list);
	return list;
}

static void
equal_stems_have_equal_numbers(void **state)
{
	static const struct {
		const char *language, *a, *b;
	} same[] = {
		{"en", "applying", "applied"},
		{"en", "Mapping", "mappings"},
		{"en", "the", "and"},
		{"de", "Häuser", "HAUS"},
		{"fr", "continuation", "continuations"},
		{"es", "problemas", "problema"},
		{"", "Foo", "foo"},
		{"xx", "kvm_vcpu", "KVM_vcpu"},
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
		struct nd_vocabulary *words =
			nd_vocabulary_new(ctx, same[i].language);
		struct nd_word_list a = read_words(ctx, words, same[i].a);
		struct nd_word_list b = read_words(ctx, words, same[i].b);

		assert_int_equal(a.count, 1);
		assert_int_equal(b.count, 1);
		assert_int_equal(a.word[0], b.word[0]);
	}
	talloc_free(ctx);
}

static void
stop_words_are_told_from_content(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_vocabulary *words = nd_vocabulary_new(ctx, "en");
	struct nd_word_list list = read_words(
		ctx, words, "The host's page-table is not mapped (yet).");

	(void)state;
	assert_int_equal(list.count, 8);
	assert_int_equal(list.word[0], ND_WORD_STOP);
	assert_int_not_equal(list.word[1], ND_WORD_STOP);
	assert_int_equal(list.word[4], ND_WORD_STOP);
	assert_int_equal(list.word[5], ND_WORD_STOP);
	assert_int_not_equal(list.word[6], ND_WORD_STOP);
	assert_true(list.word[6] < nd_vocabulary_count(words));
	talloc_free(ctx);
}

static void
chinese_has_words_too(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_vocabulary *words = nd_vocabulary_new(ctx, "zh");
	struct nd_word_list a = read_words(ctx, words, "虚拟机的内存");
	struct nd_word_list b = read_words(ctx, words, "内存");

	(void)state;
	assert_true(a.count >= 3);
	assert_int_equal(b.word[0], a.word[a.count - 1]);
	talloc_free(ctx);
}

static void
an_endless_word_is_one_word(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_vocabulary *words = nd_vocabulary_new(ctx, "en");
	char *text = x_array(ctx, char, 30001);
	struct nd_word_list list;

	(void)state;
	memset(text, 'a', 30000);
	list = read_words(ctx, words, text);
	assert_int_equal(list.count, 1);
	for (size_t i = 0; i + 1 < 30000; i += 2)
		memcpy(text + i, "ä", 2);
	list = read_words(ctx, words, text);
	assert_int_equal(list.count, 1);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_stems_have_equal_numbers),
		cmocka_unit_test(stop_words_are_told_from_content),
		cmocka_unit_test(chinese_has_words_too),
		cmocka_unit_test(an_endless_word_is_one_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
