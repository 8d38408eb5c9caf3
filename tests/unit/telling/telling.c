/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts as sentences: what is said, where, and by which mails it is proved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyse/analyse.h"
#include "build.h"
#include "telling/telling.h"
#include "telling/wording.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Review <ben@example.org>"
#define MAX "Max Maintain <max@example.org>"
#define COUNT(table) (sizeof table / sizeof table[0])

enum { DAY = 24 * 60 * 60, BEGIN = 1611792000 /* 2021-01-28 */ };

static const struct test_mail series[] = {
	{"[PATCH v2 0/4] foo: bar", ANN, "Cover.\n", ND_NO_MESSAGE},
	{"[PATCH v2 1/4] foo: a", ANN, "A.\n", 0},
	{"[PATCH v2 2/4] foo: b", ANN, "B.\n", 0},
	{"[PATCH v2 3/4] foo: c", ANN, "C.\n", 0},
	{"[PATCH v2 4/4] foo: d", ANN, "D.\n", 0},
	{"Re: [PATCH v2 1/4] foo: a", BEN,
         "Reviewed-by: Ben Review <ben@example.org>\n", 1},
	{"Re: [PATCH v2 3/4] foo: c", BEN,
         "Reviewed-by: Ben Review <ben@example.org>\n", 3},
	{"Re: [PATCH v2 0/4] foo: bar", MAX,
         "Acked-by: Max Maintain <max@example.org>\n", 0},
};

/* One mail a day; those from first_new on are new. */
static struct nd_thread *
told(const void *ctx, const struct test_mail *mails, size_t count,
     size_t first_new)
{
	struct nd_thread *thread = test_thread(ctx, mails, count);

	for (size_t i = 0; i < count; i++) {
		thread->message[i]->date_s = BEGIN + (int64_t)i * DAY;
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
		if (i >= first_new)
			thread->message[i]->flags |= ND_MESSAGE_NEW;
	}
	nd_analyse_thread(thread);
	thread->summary = x_new(thread, struct nd_summary);
	return thread;
}

/* The sentences of a zone, each with the mails that prove it: "text [1 2]". */
static const char *
zone_text(const void *ctx, const struct nd_thread *thread, enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	char *text = x_strdup(ctx, "");

	for (size_t i = 0; i < list->count; i++) {
		const struct nd_item *item = &list->item[i];

		text = x_asprintf(ctx, "%s%s%s [", text, i > 0 ? " " : "",
		                  nd_summary_item_text(ctx, item));
		for (size_t k = 0; k < item->source_count; k++)
			text = x_asprintf(ctx, "%s%s%d", text, k > 0 ? " " : "",
			                  item->source[k]);
		text = x_asprintf(ctx, "%s]", text);
	}
	return text;
}

static void
who_posted_and_who_gave_which_tags(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, series, COUNT(series), 5);

	(void)state;
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(
		zone_text(ctx, thread, ND_ZONE_EARLIER),
		"Ann Author posted v2, 4 patches, on 28 January; nobody had "
		"replied. [0]");
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_NEW),
	                    "Ben Review gave Reviewed-by for 1/4 and 3/4. [6] "
	                    "Max Maintain gave Acked-by. [7]");
	talloc_free(ctx);
}

static void
what_is_new_has_no_reply_yet(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, series, 5, 0);

	(void)state;
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(
		zone_text(ctx, thread, ND_ZONE_NEW),
		"Ann Author posted v2, 4 patches, on 28 January; nobody has "
		"replied yet. [0]");
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_EARLIER), "");
	talloc_free(ctx);
}

/* What the author or a program adds is no reply, and is not passed over. */
static void
others_have_not_replied(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Do it.\n", ND_NO_MESSAGE},
		{"Re: [PATCH] foo: bar", ANN, "It is from last year.\n", 0},
	};
	static const struct {
		unsigned flags;
		enum nd_thread_state state;
		const char *want;
	} cases[] = {
		{0, ND_STATE_UNDER_REVIEW,
	         "Ann Author posted the patch on 28 January; nobody else has "
	         "replied yet. [0]"},
		{ND_MESSAGE_ROBOT, ND_STATE_UNDER_REVIEW,
	         "Ann Author posted the patch on 28 January; only programs "
	         "have replied yet. [0]"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0);

		thread->message[1]->flags |= cases[i].flags;
		thread->state = cases[i].state;
		nd_telling_tell(test_i18n(ctx), thread);
		assert_string_equal(zone_text(ctx, thread, ND_ZONE_NEW),
		                    cases[i].want);
		talloc_free(ctx);
	}
}

/* Its first words say who began a talk: that they did is no news by itself. */
static void
a_talk_is_not_told_to_have_begun(void **state)
{
	static const struct test_mail mails[] = {
		{"Which cable?", ANN, "Which cable do I need?\n",
	         ND_NO_MESSAGE},
		{"Re: Which cable?", BEN, "The long one will do.\n", 0},
	};
	static const struct {
		const char *text;
		size_t mails;
		unsigned words;
		const char *want;
	} cases[] = {
		{"Which cable do I need?\n", 2, 0, ""},
		{"Which cable do I need?\n", 1, 10,
	         "Ann Author asked on 28 January; nobody has replied yet. [0]"},
		{"", 2, 6, "Ann Author asked on 28 January. [0]"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		struct test_mail talk[COUNT(mails)];
		struct nd_thread *thread;

		memcpy(talk, mails, sizeof talk);
		talk[0].text = cases[i].text;
		thread = told(ctx, talk, cases[i].mails, 0);
		thread->kind = ND_KIND_QUESTION;
		thread->attention_count = 0;
		assert_int_equal(nd_telling_words(test_i18n(ctx), thread),
		                 cases[i].words);
		nd_telling_tell(test_i18n(ctx), thread);
		assert_string_equal(zone_text(ctx, thread, ND_ZONE_NEW),
		                    cases[i].want);
		talloc_free(ctx);
	}
}

/* Of a newer version in the same thread, say. */
static void
a_tag_that_is_given_again(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Do it.\n", ND_NO_MESSAGE},
		{"Re: [PATCH] foo: bar", BEN,
	         "Reviewed-by: Ben Review <ben@example.org>\n", 0},
		{"Re: [PATCH] foo: bar", BEN,
	         "Reviewed-by: Ben Review <ben@example.org>\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 2);
	struct nd_trailer *again;

	(void)state;
	again = x_append(thread, thread->trailer, thread->trailer_count);
	*again = thread->trailer[0];
	again->message = 2;
	nd_telling_tell(test_i18n(ctx), thread);
	assert_non_null(strstr(zone_text(ctx, thread, ND_ZONE_EARLIER),
	                       "Ben Review gave Reviewed-by. [1]"));
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_NEW),
	                    "Ben Review gave Reviewed-by again. [2]");
	talloc_free(ctx);
}

/* What was taken before the patches came is another patch. */
static void
an_earlier_patch_was_taken(void **state)
{
	static const struct test_mail mails[] = {
		{"Re: [PATCH] foo: old", MAX, "Applied, thanks.\n",
	         ND_NO_MESSAGE},
		{"[PATCH] foo: new", ANN,
	         "Do it.\n---\n f.c | 2 +-\n\n"
	         "diff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n"
	         "@@ -1 +1 @@\n-a\n+b\n",
	         0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0);
	struct nd_applied *applied = x_new(thread, struct nd_applied);

	(void)state;
	assert_non_null(thread->series);
	applied->by = "Max Maintain";
	applied->tree = "";
	applied->message = 0;
	thread->applied = applied;
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_DECISION),
	                    "Max Maintain applied an earlier patch. [0]");
	talloc_free(ctx);
}

static struct nd_item *
quoted(struct nd_thread *thread, enum nd_zone zone, const char *who,
       const char *text, int32_t mail)
{
	struct nd_item_list *list = &thread->summary->zone[zone];
	struct nd_item *item =
		x_append(thread->summary, list->item, list->count);

	item->who = who;
	item->text = text;
	item->source[0] = mail;
	item->source_count = 1;
	return item;
}

static void
the_fact_takes_the_place_of_its_sentence(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Do it.\n", ND_NO_MESSAGE},
		{"Re: [PATCH] foo: bar", MAX,
	         "Applied to foo/next, thanks!\n\nIt is nice.\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 1);
	struct nd_applied *applied = x_new(thread, struct nd_applied);
	struct nd_item *goes_on;

	(void)state;
	applied->by = "Max Maintain";
	applied->tree = "foo/next; bar/next";
	applied->message = 1;
	thread->applied = applied;
	thread->state = ND_STATE_APPLIED;
	quoted(thread, ND_ZONE_NEW, "Max Maintain",
	       "Applied to foo/next, thanks!", 1)
		->events = 1u << ND_EVENT_APPLIED;
	goes_on = quoted(thread, ND_ZONE_NEW, "Max", "It is nice.", 1);
	goes_on->join = ND_JOIN_NEXT;
	quoted(thread, ND_ZONE_BACKGROUND, "Ann Author", "Do it.", 0);
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_DECISION),
	                    "Max Maintain applied the patch to foo/next and "
	                    "bar/next. [1]");
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_NEW),
	                    "Max: It is nice. [1]");
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_BACKGROUND),
	                    "Ann Author's patch: Do it. [0]");
	talloc_free(ctx);
}

/* Of several patches it is said which one says it, and whose it is. */
static void
words_of_a_patch_are_told_with_it(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, series, COUNT(series), 0);
	struct nd_item *one;
	const char *news;

	(void)state;
	thread->message[3]->author = (struct nd_address){
		.name = "Cy Other", .addr = "cy@example.org"};
	quoted(thread, ND_ZONE_BACKGROUND, "Ann Author", "Cover.", 0);
	quoted(thread, ND_ZONE_NEW, "Ann", "B.", 2);
	quoted(thread, ND_ZONE_NEW, "Cy Other", "C.", 3);
	quoted(thread, ND_ZONE_NEW, "Ben", "Fine.", 5);
	one = quoted(thread, ND_ZONE_NEW, "Ben", "I think this is wrong.", 6);
	one->on_patch = 3;
	one = quoted(thread, ND_ZONE_NEW, "Ben", "Is it safe?", 6);
	one->on_patch = 3;
	one->on_code = "c_probe()";
	one = quoted(thread, ND_ZONE_NEW, "Ben", "Drop d_probe().", 6);
	one->on_code = "d_probe()";
	quoted(thread, ND_ZONE_NEW, "Ben (\"a = b;\")", "Is this safe?", 6);
	quoted(thread, ND_ZONE_NEW, "Max", "I like this.", 7);
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_BACKGROUND),
	                    "Ann Author's series of 4 patches: Cover. [0]");
	news = zone_text(ctx, thread, ND_ZONE_NEW);
	assert_non_null(strstr(
		news, "Patch 2/4: B. [2] Cy Other's patch 3/4: "
		      "C. [3] Ben: Fine. [5] Ben on 3/4: I think this is "
		      "wrong. [6] Ben on 3/4, c_probe(): Is it safe? [6] "
		      "Ben: Drop d_probe(). [6] Ben (\"a = b;\"): Is this "
		      "safe? [6] Max: I like this. [7]"));
	talloc_free(ctx);
}

static void
a_newer_version_and_silence(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, series, COUNT(series), 5);
	struct nd_series_link next = {.version = 3,
	                              .root_id = "v3@example.org",
	                              .date_s = BEGIN + 20 * DAY};
	struct nd_attention *one =
		x_append(thread, thread->attention, thread->attention_count);

	(void)state;
	one->name = "Ann Author";
	one->why = ND_ATTENTION_ASKED;
	one->message = 7;
	thread->series->next = &next;
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_DECISION),
	                    "Ann Author posted v3 on 17 February. [0]");
	assert_non_null(
		strstr(zone_text(ctx, thread, ND_ZONE_NEW),
	               "Max Maintain awaits an answer from Ann Author. [7]"));
	talloc_free(ctx);
}

/* In the thread of what it replaces, before it was applied. */
static void
a_newer_version_is_told_in_its_place(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH] foo: bar", ANN, "Do it.\n", ND_NO_MESSAGE},
		{"[PATCH v2] foo: bar", ANN, "Do it.\n", 0},
		{"Re: [PATCH] foo: bar", MAX, "Applied, thanks!\n", 0},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, mails, COUNT(mails), 0);
	struct nd_series_link next = {.version = 2, .date_s = BEGIN + DAY};
	struct nd_applied applied = {
		.tree = "foo/next", .by = "Max Maintain", .message = 2};

	(void)state;
	next.root_id = thread->message[1]->id;
	thread->series->next = &next;
	thread->applied = &applied;
	nd_telling_tell(test_i18n(ctx), thread);
	assert_string_equal(zone_text(ctx, thread, ND_ZONE_DECISION),
	                    "Ann Author posted v2 on 29 January. [1] Max "
	                    "Maintain applied the patch to foo/next. [2]");
	talloc_free(ctx);
}

static void
words_are_known_before(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = told(ctx, series, COUNT(series), 5);

	(void)state;
	assert_int_equal(nd_telling_words(test_i18n(ctx), thread), 28);
	talloc_free(ctx);
}

static void
names_days_and_patches(void **state)
{
	void *ctx = talloc_new(NULL);
	const struct nd_i18n *i18n = test_i18n(ctx);
	struct nd_wording_names names = {0};
	static const int run[] = {2, 3, 4, 5}, many[] = {1, 3, 5, 7};

	(void)state;
	assert_string_equal(nd_wording_names(ctx, i18n, &names), "");
	nd_wording_add_name(&names, "A");
	nd_wording_add_name(&names, "A");
	assert_string_equal(nd_wording_names(ctx, i18n, &names), "A");
	nd_wording_add_name(&names, "B");
	assert_string_equal(nd_wording_names(ctx, i18n, &names), "A and B");
	nd_wording_add_name(&names, "C");
	assert_string_equal(nd_wording_names(ctx, i18n, &names), "A, B and C");
	nd_wording_add_name(&names, "D");
	assert_string_equal(nd_wording_names(ctx, i18n, &names),
	                    "A, B and others");
	assert_string_equal(nd_wording_day(ctx, i18n, BEGIN, BEGIN + DAY),
	                    "28 January");
	assert_string_equal(
		nd_wording_day(ctx, i18n, BEGIN, BEGIN + 400L * DAY),
		"28 January 2021");
	assert_string_equal(nd_wording_patches(ctx, i18n, run, 4, 9),
	                    "patches 2 to 5 of 9");
	assert_string_equal(nd_wording_patches(ctx, i18n, many, 4, 9),
	                    "4 of 9 patches");
	assert_string_equal(nd_wording_patches(ctx, i18n, many, 2, 9),
	                    "1/9 and 3/9");
	talloc_free(ctx);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_posted_and_who_gave_which_tags),
		cmocka_unit_test(what_is_new_has_no_reply_yet),
		cmocka_unit_test(others_have_not_replied),
		cmocka_unit_test(a_talk_is_not_told_to_have_begun),
		cmocka_unit_test(a_tag_that_is_given_again),
		cmocka_unit_test(an_earlier_patch_was_taken),
		cmocka_unit_test(the_fact_takes_the_place_of_its_sentence),
		cmocka_unit_test(words_of_a_patch_are_told_with_it),
		cmocka_unit_test(a_newer_version_and_silence),
		cmocka_unit_test(a_newer_version_is_told_in_its_place),
		cmocka_unit_test(words_are_known_before),
		cmocka_unit_test(names_days_and_patches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
