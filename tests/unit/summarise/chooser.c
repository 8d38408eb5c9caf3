/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sentence leads back to is told with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "build.h"
#include "summarise/summarise.h"
#include "util/alloc.h"

#define ADA "Ada Example <ada@example.org>"
#define BO "Bo Sample <bo@example.org>"
#define COUNT(table) (sizeof table / sizeof table[0])

static const char talk_of_lamps[] =
	"Pumps of this kind are used in many gardens of the town.  Some have "
	"a lamp that shows the level of the water.  ";

static const struct nd_item *
item_with(const struct nd_thread *thread, const char *text)
{
	for (int zone = 0; zone < ND_ZONE_COUNT; zone++) {
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++)
			if (strstr(list->item[i].text, text))
				return &list->item[i];
	}
	return NULL;
}

static const struct nd_item *
told(const void *ctx, const char *answer, unsigned max_words, const char *text)
{
	const struct test_mail mails[] = {
		{"the pump stops", ADA,
	         "Our pump stops after some hours of rain, and the log is "
	         "empty.\nWe would move it to the well in spring.\n",
	         ND_NO_MESSAGE},
		{"Re: the pump stops", BO, answer, 0},
	};
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_summarise_options options = {.max_words = max_words,
	                                       .told = true};

	thread->category = ND_CATEGORY_OTHER;
	nd_summarise_thread(thread, &options);
	return item_with(thread, text);
}

static void
what_it_leads_back_to_is_told_with_it(void **state)
{
	static const struct {
		const char *answer, *text, *item; /* NULL: not with it */
	} cases[] = {
		/* in one item, however long */
		{"The valve of the box draws the current of three lamps when "
	         "it gets wet.  That is the root cause, I found.\n",
	         "That is the root cause",
	         "The valve of the box draws the current of three lamps when "
	         "it gets wet. That is the root cause, I found."},
		/* also over the end of a paragraph */
		{"The valve of the box draws the current of three lamps when "
	         "it gets wet.\n\nThat is the root cause, I found.\n",
	         "That is the root cause",
	         "The valve of the box draws the current of three lamps when "
	         "it gets wet. That is the root cause, I found."},
		/* not over a quote, which is what it is about */
		{"The valve of the box draws the current of three lamps when "
	         "it gets wet.\n\n> We would move it to the well in spring.\n\n"
	         "That is the root cause, I found.\n",
	         "That is the root cause", "That is the root cause, I found."},
		/* nor where it names what it is about */
		{"Some of them have a lamp that shows the level.\nThe root "
	         "cause is the valve of the box, I found.\n",
	         "The root cause",
	         "The root cause is the valve of the box, I "
	         "found."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct nd_item *item = told(
			ctx,
			x_asprintf(ctx, "%s%s", talk_of_lamps, cases[i].answer),
			70, cases[i].text);

		assert_non_null(item);
		assert_string_equal(item->text, cases[i].item);
		talloc_free(ctx);
	}
}

/* A word of thanks or assent before it does not part it from the quote. */
static void
what_is_quoted_is_told_with_it(void **state)
{
	static const struct {
		const char *answer, *who;
	} cases[] = {
		{"> We would move it to the well in spring.\n\n"
	         "Sure. I'll help you with that.\n",
	         "Bo Sample (\"We would move it to the well in spring.\")"},
		{"> We would move it to the well in spring.\n\n"
	         "Thanks a lot! I'll help you with that.\n",
	         "Bo Sample (\"We would move it to the well in spring.\")"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct nd_item *item =
			told(ctx, cases[i].answer, 70, "help you");

		assert_non_null(item);
		assert_string_equal(item->who, cases[i].who);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_leads_back_to_is_told_with_it),
		cmocka_unit_test(what_is_quoted_is_told_with_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
