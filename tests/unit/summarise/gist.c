/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "build.h"
#include "summarise/gist.h"
#include "summarise/summarise.h"
#include "util/utf8.h"

#define MARC "Marc Example <marc@example.org>"
#define WILL "Will Sample <will@example.org>"

static const struct test_mail talk[] = {
	{"the parser", MARC, "The parser should learn about comments soon.\n",
         ND_NO_MESSAGE},
	{"Re: the parser", WILL,
         "It would take a day to write and a week to test.\n", 0},
};

static const struct test_mail applied[] = {
	{"the parser", MARC, "The parser should learn about comments soon.\n",
         ND_NO_MESSAGE},
	{"Re: the parser", WILL, "Applied to parser/next, thanks!\n", 0},
};

static const struct test_mail longish[] = {
	{"a title of many words that goes on and on until nobody who reads it "
         "remembers how it began or cares how it ends",
         MARC, "The parser should learn about comments soon.\n", ND_NO_MESSAGE},
	{"Re: it", WILL, "It would take a day to write and a week to test.\n",
         0},
};

static const char *
topic_of(void *ctx, const struct test_mail *mails, size_t count)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);
	struct nd_summarise_options options = {.max_words = 150};

	nd_summarise_thread(thread, &options);
	return thread->summary->gist;
}

static void
what_happened_follows_the_title(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	assert_string_equal(topic_of(ctx, talk, 1), "the parser");
	assert_string_equal(topic_of(ctx, talk, 2),
	                    "the parser – discussed by Will Sample");
	assert_string_equal(topic_of(ctx, applied, 2),
	                    "the parser – Will Sample: Applied to "
	                    "parser/next, thanks!");
	talloc_free(ctx);
}

static void
a_long_title_is_cut_between_words(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *gist = topic_of(ctx, longish, 2);
	const char *cut = strstr(gist, "…");

	(void)state;
	assert_true(nd_utf8_width(gist, strlen(gist)) <= ND_GIST_CHARS_MAX);
	assert_non_null(cut);
	assert_memory_equal(gist, longish[0].subject, (size_t)(cut - gist));
	assert_int_equal(longish[0].subject[cut - gist], ' ');
	assert_non_null(strstr(gist, "Will Sample"));
	talloc_free(ctx);
}

static void
a_title_without_blanks_is_cut_too(void **state)
{
	struct test_mail mail = talk[0];
	void *ctx = talloc_new(NULL);
	char *title = x_array(ctx, char, 601);
	const char *gist;

	(void)state;
	for (int i = 0; i < 600; i += 3)
		memcpy(title + i, "补", 3);
	mail.subject = title;
	gist = topic_of(ctx, &mail, 1);
	assert_true(nd_utf8_width(gist, strlen(gist)) <= ND_GIST_CHARS_MAX);
	assert_true(nd_utf8_is_valid(gist, strlen(gist)));
	assert_true(strlen(gist) > 60);
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_happened_follows_the_title),
		cmocka_unit_test(a_long_title_is_cut_between_words),
		cmocka_unit_test(a_title_without_blanks_is_cut_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
