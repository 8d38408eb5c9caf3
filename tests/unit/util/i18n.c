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
#include "util/i18n.h"

static void
english_needs_no_file(void **state)
{
	static const char *const names[] = {"en", "en_US", "en-gb.UTF-8", "C",
	                                    "POSIX"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct nd_i18n *i18n;
		void *ctx = talloc_new(NULL);

		assert_int_equal(nd_i18n_open(ctx, names[i], &i18n, NULL),
		                 ND_OK);
		assert_string_equal(nd_i18n_language(i18n), "en");
		assert_string_equal(nd_tr(i18n, "Mails"), "Mails");
		assert_string_equal(nd_trn(i18n, "one", "many", 1), "one");
		assert_string_equal(nd_trn(i18n, "one", "many", 0), "many");
		assert_string_equal(nd_trn(i18n, "one", "many", 2), "many");
		talloc_free(ctx);
	}
}

/* Whatever the process's locale is, or that it has one at all. */
static void
speaks_chinese_under_every_locale(void **state)
{
	static const char *const locales[] = {"C", "POSIX", "C.UTF-8"};
	static const char *const names[] = {"zh_CN", "zh-cn", "zh_CN.UTF-8",
	                                    "zh_CN_x"};

	(void)state;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		assert_non_null(setlocale(LC_ALL, locales[i]));
		for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
			const struct nd_i18n *i18n;
			void *ctx = talloc_new(NULL);

			assert_int_equal(
				nd_i18n_open(ctx, names[k], &i18n, NULL),
				ND_OK);
			assert_string_equal(nd_i18n_language(i18n), "zh_CN");
			assert_string_equal(nd_tr(i18n, "bug report"),
			                    "缺陷报告");
			assert_string_equal(nd_tr(i18n, ""), "");
			assert_string_equal(nd_tr(i18n, "not translated"),
			                    "not translated");
			assert_string_not_equal(
				nd_trn(i18n, "%u thread", "%u threads", 1),
				"%u thread");
			talloc_free(ctx);
		}
	}
	setlocale(LC_ALL, "C");
}

/* A user of the library, and of other ones that have catalogues. */
static void
leaves_the_locale_alone(void **state)
{
	const struct nd_i18n *i18n;
	locale_t before = uselocale((locale_t)0);
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_int_equal(nd_i18n_open(ctx, "zh_CN", &i18n, NULL), ND_OK);
	nd_tr(i18n, "bug report");
	assert_ptr_equal(uselocale((locale_t)0), before);
	assert_string_equal(setlocale(LC_MESSAGES, NULL), "C");
	talloc_free(ctx);
}

static void
names_the_languages_there_are(void **state)
{
	static const char *const names[] = {
		"xx",    "",    "../zh_CN",
		"zh/CN", "z h", "a-language-with-a-long-name-of-it"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct nd_i18n *i18n = NULL;
		struct nd_error err;

		assert_int_equal(nd_i18n_open(NULL, names[i], &i18n, &err),
		                 ND_ERR_CONFIG);
		assert_non_null(strstr(err.msg, "there are: en, zh_CN"));
		assert_null(i18n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(english_needs_no_file),
		cmocka_unit_test(speaks_chinese_under_every_locale),
		cmocka_unit_test(leaves_the_locale_alone),
		cmocka_unit_test(names_the_languages_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
