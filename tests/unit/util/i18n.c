/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "util/alloc.h"
#include "util/buf.h"
#include "util/i18n.h"

/* One text with its translation; len counts NULs between plural forms. */
struct entry {
	const char *original;
	size_t original_len;
	const char *translation;
	size_t translation_len;
};

#define ENTRY(original, translation) \
	{ \
		(original), sizeof(original) - 1, (translation), \
			sizeof(translation) - 1 \
	}

static void
add_word(struct nd_buf *out, uint32_t word, bool big_endian)
{
	for (int i = 0; i < 4; i++)
		nd_buf_addc(out,
		            (char)(word >> (big_endian ? 24 - 8 * i : 8 * i)));
}

/* A .mo file as msgfmt writes it, in either byte order. */
static struct nd_buf *
make_mo(const struct entry *entry, uint32_t count, bool big_endian)
{
	struct nd_buf *out = nd_buf_new(NULL, 1 << 20);
	const uint32_t words[] = {0x950412de,     0, count, 28,
	                          28 + 8 * count, 0, 0};
	uint32_t at = 28 + 16 * count;

	for (size_t i = 0; i < 7; i++)
		add_word(out, words[i], big_endian);
	for (uint32_t i = 0; i < count; i++) {
		add_word(out, (uint32_t)entry[i].original_len, big_endian);
		add_word(out, at, big_endian);
		at += (uint32_t)entry[i].original_len + 1;
	}
	for (uint32_t i = 0; i < count; i++) {
		add_word(out, (uint32_t)entry[i].translation_len, big_endian);
		add_word(out, at, big_endian);
		at += (uint32_t)entry[i].translation_len + 1;
	}
	for (uint32_t i = 0; i < count; i++)
		nd_buf_add(out, entry[i].original, entry[i].original_len + 1);
	for (uint32_t i = 0; i < count; i++)
		nd_buf_add(out, entry[i].translation,
		           entry[i].translation_len + 1);
	return out;
}

static const struct entry few[] = {
	ENTRY("", "Content-Type: text/plain; charset=UTF-8\n"),
	ENTRY("apple", "Apfel"),
	ENTRY("pear", ""),
	ENTRY("plum", "Pflaume"),
};

static void
english_needs_no_file(void **state)
{
	static const char *const names[] = {"en", "en_US", "en-gb.UTF-8", "C",
	                                    "POSIX"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct nd_i18n *cat;
		void *ctx = talloc_new(NULL);

		assert_int_equal(nd_i18n_open(ctx, names[i], &cat, NULL),
		                 ND_OK);
		assert_string_equal(nd_i18n_language(cat), "en");
		assert_string_equal(nd_tr(cat, "Mails"), "Mails");
		assert_string_equal(nd_trn(cat, "one", "many", 1), "one");
		assert_string_equal(nd_trn(cat, "one", "many", 0), "many");
		assert_string_equal(nd_trn(cat, "one", "many", 2), "many");
		talloc_free(ctx);
	}
}

static void
finds_texts_in_either_byte_order(void **state)
{
	(void)state;
	for (int big_endian = 0; big_endian < 2; big_endian++) {
		struct nd_buf *mo = make_mo(few, 4, big_endian);
		const struct nd_i18n *cat;

		assert_int_equal(
			nd_i18n_parse(mo, "de", mo->data, mo->len, &cat, NULL),
			ND_OK);
		assert_string_equal(nd_tr(cat, "apple"), "Apfel");
		assert_string_equal(nd_tr(cat, "plum"), "Pflaume");
		assert_string_equal(nd_tr(cat, "pear"), "pear");
		assert_string_equal(nd_tr(cat, "a"), "a");
		assert_string_equal(nd_tr(cat, "zebra"), "zebra");
		/* The header is no translation of an empty text. */
		assert_string_equal(nd_tr(cat, ""), "");
		talloc_free(mo);
	}
}

static void
chooses_plural_forms(void **state)
{
	static const struct {
		const char *language;
		unsigned long n;
		const char *form;
	} cases[] = {
		{"de", 1, "a"},  {"de", 0, "b"},    {"de", 5, "b"},
		{"fr", 0, "a"},  {"fr", 2, "b"},    {"ja", 1, "a"},
		{"ja", 7, "a"},  {"zh_CN", 1, "a"}, {"zh_CN", 100, "a"},
		{"ru", 1, "a"},  {"ru", 21, "a"},   {"ru", 3, "b"},
		{"ru", 5, "c"},  {"ru", 111, "c"},  {"pl", 22, "b"},
		{"pl", 25, "c"}, {"cs", 2, "b"},    {"cs", 5, "c"},
		{"ar", 0, "a"},  {"ar", 2, "c"},    {"ar", 3, "d"},
		{"ar", 11, "e"}, {"ar", 100, "f"},  {"xx", 9, "a"},
	};
	static const struct entry forms[] = {
		ENTRY("one\0many", "a\0b\0c\0d\0e\0f"),
	};
	struct nd_buf *mo = make_mo(forms, 1, false);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct nd_i18n *cat;

		assert_int_equal(nd_i18n_parse(mo, cases[i].language, mo->data,
		                               mo->len, &cat, NULL),
		                 ND_OK);
		assert_string_equal(nd_trn(cat, "one", "many", cases[i].n),
		                    cases[i].form);
	}
	talloc_free(mo);
}

/* A catalogue with fewer forms than its language has: the last one. */
static void
stays_within_the_forms(void **state)
{
	static const struct entry forms[] = {ENTRY("one\0many", "a\0b")};
	struct nd_buf *mo = make_mo(forms, 1, false);
	const struct nd_i18n *cat;

	(void)state;
	assert_int_equal(nd_i18n_parse(mo, "ar", mo->data, mo->len, &cat, NULL),
	                 ND_OK);
	assert_string_equal(nd_trn(cat, "one", "many", 100), "b");
	assert_string_equal(nd_trn(cat, "uno", "many", 1), "uno");
	assert_string_equal(nd_trn(cat, "uno", "many", 2), "many");
	talloc_free(mo);
}

/* Each word and each length of a good file made bad: never a crash. */
static void
survives_corrupt_files(void **state)
{
	static const uint32_t bad[] = {0,          1,          27,
	                               0x7fffffff, 0xfffffff8, 0xffffffff};
	struct nd_buf *mo = make_mo(few, 4, false);
	const struct nd_i18n *cat;

	(void)state;
	for (size_t len = 0; len < mo->len; len++) {
		/* A copy of its own lets the sanitizers see its end. */
		char *bytes = talloc_memdup(NULL, mo->data, len ? len : 1);
		enum nd_status st =
			nd_i18n_parse(bytes, "de", bytes, len, &cat, NULL);

		assert_int_equal(st, ND_ERR_PARSE);
		talloc_free(bytes);
	}
	for (size_t at = 0; at < 28 + 64; at += 4) {
		for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
			char *bytes = talloc_memdup(NULL, mo->data, mo->len);
			struct nd_buf *word = nd_buf_new(bytes, 4);

			add_word(word, bad[i], false);
			memcpy(bytes + at, word->data, 4);
			if (nd_i18n_parse(bytes, "de", bytes, mo->len, &cat,
			                  NULL) == ND_OK) {
				nd_tr(cat, "apple");
				nd_trn(cat, "plum", "plums", 2);
			}
			talloc_free(bytes);
		}
	}
	talloc_free(mo);
}

static void
refuses_unsorted_files(void **state)
{
	static const struct entry unsorted[] = {ENTRY("b", "x"),
	                                        ENTRY("a", "y")};
	struct nd_buf *mo = make_mo(unsorted, 2, false);
	const struct nd_i18n *cat = NULL;
	struct nd_error err;

	(void)state;
	assert_int_equal(nd_i18n_parse(mo, "de", mo->data, mo->len, &cat, &err),
	                 ND_ERR_PARSE);
	assert_null(cat);
	assert_non_null(strstr(err.msg, "de"));
	talloc_free(mo);
}

/* The file that is built beside this test, whatever the environment says. */
static void
opens_by_name_alone(void **state)
{
	static const char *const names[] = {"zh_CN", "zh-cn", "zh_CN.UTF-8",
	                                    "ZH_CN@x"};

	(void)state;
	setenv("LANGUAGE", "tlh:../..", 1);
	setenv("LANG", "nonsense", 1);
	setlocale(LC_ALL, "C");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct nd_i18n *cat;
		void *ctx = talloc_new(NULL);

		assert_int_equal(nd_i18n_open(ctx, names[i], &cat, NULL),
		                 ND_OK);
		assert_string_equal(nd_i18n_language(cat), "zh_CN");
		assert_string_equal(nd_tr(cat, "Totals"), "总体统计");
		assert_string_equal(nd_trn(cat, "%u mail", "%u mails", 2),
		                    "%u 封邮件");
		talloc_free(ctx);
	}
}

static void
names_the_languages_there_are(void **state)
{
	static const char *const names[] = {"tlh", "",    "../../etc",
	                                    "zh",  "a/b", "%n%n"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct nd_i18n *cat = NULL;
		struct nd_error err;

		assert_int_equal(nd_i18n_open(NULL, names[i], &cat, &err),
		                 ND_ERR_CONFIG);
		assert_null(cat);
		assert_non_null(strstr(err.msg, "en, zh_CN"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_needs_no_file),
		cmocka_unit_test(finds_texts_in_either_byte_order),
		cmocka_unit_test(chooses_plural_forms),
		cmocka_unit_test(stays_within_the_forms),
		cmocka_unit_test(survives_corrupt_files),
		cmocka_unit_test(refuses_unsorted_files),
		cmocka_unit_test(opens_by_name_alone),
		cmocka_unit_test(names_the_languages_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
