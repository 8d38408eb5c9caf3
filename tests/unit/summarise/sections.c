/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include <string.h>

#include "analyse/analyse.h"
#include "build.h"
#include "model/address.h"
#include "summarise/summarise.h"
#include "telling/itemtext.h"
#include "telling/outcome.h"
#include "telling/subthreads.h"
#include "words/subthread.h"

#define MARC "Marc Example <marc@example.org>"
#define WILL "Will Sample <will@example.org>"
#define ANNA "Anna Third <anna@example.org>"
#define COUNT(table) (sizeof table / sizeof table[0])

enum { LARGE = 20, MAX_WORDS = 150 };

/* ---- big threads, made up ---- */

static const char *const people[] = {
	MARC,
	WILL,
	ANNA,
	"Tom Other <tom@example.org>",
	"Ida Reader <ida@example.org>",
};

static const char *const things[] = {
	"timer",  "interrupt", "page table", "register", "lock",
	"buffer", "counter",   "parser",     "cache",    "queue",
};

/* What somebody says in mail i; no two say the same. */
static const char *
made_text(const void *ctx, unsigned i)
{
	const char *thing = things[i % COUNT(things)];

	switch (i % 7) {
	case 0:
		return x_asprintf(ctx,
		                  "The %s of step %u loses its state when the "
		                  "guest moves.\n\nReviewed-by: Will Sample "
		                  "<will@example.org>\n",
		                  thing, i);
	case 1:
		return x_asprintf(ctx,
		                  "I don't think that the %s can be touched at "
		                  "level %u.\nPlease drop that part.\n",
		                  thing, i);
	case 2:
		return x_asprintf(ctx,
		                  "Does the %s survive a reset at stage %u?\n",
		                  thing, i);
	case 3:
		return x_asprintf(ctx,
		                  "Fair enough, I'll fix the %s for case %u in "
		                  "the next version.\n",
		                  thing, i);
	default:
		return x_asprintf(
			ctx,
			"The %s needs the barrier that commit %u took "
			"away from the slow path.\nWithout it the "
			"other side may read an old value.\n",
			thing, i);
	}
}

/*
 * A series of patches and answers to them, each sub-thread a chain; patch k
 * gets more of them than patch k + 1.
 */
static struct nd_thread *
made_series(const void *ctx, unsigned patches, unsigned mails)
{
	struct test_mail *mail = x_array(ctx, struct test_mail, mails);
	int *last = x_array(ctx, int, patches + 1);

	mail[0] = (struct test_mail){
		x_asprintf(ctx, "[PATCH 00/%u] demo: count the things",
	                   patches),
		MARC,
		"This series counts the things, which nobody has done "
		"before.\n",
		ND_NO_MESSAGE};
	for (unsigned i = 1; i < mails; i++) {
		unsigned patch = i;
		const char *re = "";
		int parent = 0;

		if (i > patches) {
			/* The first half of them gets three in four. */
			patch = 1 + (i * 7 + i / patches) % patches;
			if (i % 2)
				patch = (patch + 1) / 2;
			re = "Re: ";
			parent = last[patch];
		}
		mail[i] = (struct test_mail){
			x_asprintf(ctx, "%s[PATCH %02u/%u] demo: step %u of it",
		                   re, patch, patches, patch),
			i > patches ? people[i % COUNT(people)] : MARC,
			made_text(ctx, i), parent};
		last[patch] = (int)i;
	}
	return test_thread(ctx, mail, mails);
}

/* A question and a talk of several branches that never changes its subject. */
static struct nd_thread *
made_talk(const void *ctx, unsigned branches, unsigned mails)
{
	struct test_mail *mail = x_array(ctx, struct test_mail, mails);
	int *last = x_array(ctx, int, branches);

	mail[0] = (struct test_mail){
		"how should we count?", MARC,
		"The counter of the things wraps after a day, and I would like "
		"to know what others do about it.\n",
		ND_NO_MESSAGE};
	for (unsigned i = 1; i < mails; i++) {
		unsigned branch = i % branches;

		mail[i] = (struct test_mail){"Re: how should we count?",
		                             people[i % COUNT(people)],
		                             made_text(ctx, i), last[branch]};
		last[branch] = (int)i;
	}
	return test_thread(ctx, mail, mails);
}

static struct nd_thread *
summarised(struct nd_thread *thread, unsigned max_words)
{
	struct nd_summarise_options options = {.max_words = max_words,
	                                       .large = LARGE};

	nd_analyse_thread(thread);
	nd_summarise_thread(thread, &options);
	return thread;
}

/* ---- what is printed ---- */

static struct nd_labels
english(const void *ctx)
{
	struct nd_labels labels = {0};

	assert_int_equal(nd_i18n_open(ctx, "en", &labels.i18n, NULL), ND_OK);
	return labels;
}

/* Words of everything that a zone prints in English. */
static unsigned
printed_words(const struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	struct nd_labels labels = english(tmp);
	unsigned words = 0;

	for (int z = 0; z < ND_ZONE_COUNT; z++) {
		enum nd_zone zone = (enum nd_zone)z;
		const struct nd_item_list *list = &thread->summary->zone[zone];

		for (size_t i = 0; i < list->count; i++) {
			const struct nd_item *item = &list->item[i];

			words += nd_itemtext_words(nd_subthread_heading(
				tmp, &labels, thread, zone, i));
			words += nd_itemtext_words(
				nd_summary_item_text(tmp, item));
			words += nd_summary_item_label(item, zone) != NULL;
		}
		/* Lines of those that only get one come on top. */
		if (nd_subthread_rest(tmp, &labels, list, list->rest_count))
			words += nd_itemtext_words(nd_subthread_rest(
				tmp, &labels, list, list->rest_count));
	}
	talloc_free(tmp);
	return words;
}

static unsigned
count_headings(const struct nd_thread *thread, enum nd_zone zone,
               unsigned *mails)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	const struct nd_subthread *last = NULL;
	unsigned count = 0;

	*mails = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct nd_subthread *tree = list->item[i].subthread;

		if (tree && tree != last) {
			count++;
			*mails += tree->messages;
		}
		last = tree;
	}
	return count;
}

/* Parts in their order, those of the whole first, each once. */
static void
assert_grouped(const struct nd_thread *thread, enum nd_zone zone)
{
	const struct nd_item_list *list = &thread->summary->zone[zone];
	int32_t last = -1;

	for (size_t i = 0; i < list->count; i++) {
		const struct nd_subthread *tree = list->item[i].subthread;
		int32_t mail = tree ? tree->mail : -1;

		assert_true(mail >= last);
		if (i > 0 && mail == last)
			assert_ptr_equal(tree, list->item[i - 1].subthread);
		last = mail;
	}
}

static void
five_hundred_mails_are_told_in_parts(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(made_series(ctx, 24, 500), MAX_WORDS);
	const struct nd_item_list *list = &thread->summary->zone[ND_ZONE_NEW];
	unsigned mails, headings;

	(void)state;
	headings = count_headings(thread, ND_ZONE_NEW, &mails);
	assert_in_range(headings, 2, 8);
	assert_grouped(thread, ND_ZONE_NEW);
	assert_in_range(printed_words(thread), 60, MAX_WORDS);
	/* Nothing is lost: every patch has answers here. */
	assert_int_equal(list->rest_count, 8);
	for (size_t i = 0; i < list->rest_count; i++) {
		assert_int_not_equal(list->rest[i]->outcome, ND_OUTCOME_NONE);
		assert_true(i == 0 ||
		            list->rest[i]->mail > list->rest[i - 1]->mail);
		mails += list->rest[i]->messages;
	}
	assert_int_equal(headings + list->rest_count + list->more_subthreads,
	                 24);
	assert_int_equal(mails + list->more_messages, 499);
	assert_int_equal(thread->coverage.read, 500);
	assert_true(thread->summary->zone[ND_ZONE_BACKGROUND].count > 0);
	talloc_free(ctx);
}

static void
a_summary_keeps_its_length_with_headings(void **state)
{
	static const unsigned lengths[] = {30, 60, 80, 100, 150, 250, 400};

	(void)state;
	for (size_t i = 0; i < COUNT(lengths); i++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread =
			summarised(made_series(ctx, 24, 300), lengths[i]);

		assert_in_range(printed_words(thread), 1, lengths[i]);
		talloc_free(ctx);
	}
}

static void
small_threads_have_no_headings(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(made_series(ctx, 4, LARGE), MAX_WORDS);
	unsigned mails;

	(void)state;
	assert_int_equal(count_headings(thread, ND_ZONE_NEW, &mails), 0);
	assert_int_equal(thread->summary->zone[ND_ZONE_NEW].more_subthreads, 0);
	thread = summarised(made_series(ctx, 4, LARGE + 1), MAX_WORDS);
	assert_true(count_headings(thread, ND_ZONE_NEW, &mails) > 0);
	talloc_free(ctx);
}

static void
one_long_chain_is_told_as_it_goes(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(made_talk(ctx, 1, 200), MAX_WORDS);
	unsigned mails;

	(void)state;
	assert_int_equal(count_headings(thread, ND_ZONE_NEW, &mails), 0);
	assert_true(thread->summary->zone[ND_ZONE_NEW].count > 2);
	talloc_free(ctx);
}

static void
talk_is_named_after_who_began_it(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread =
		summarised(made_talk(ctx, 6, 500), MAX_WORDS);
	const struct nd_item_list *list = &thread->summary->zone[ND_ZONE_NEW];
	struct nd_labels labels = english(ctx);
	unsigned seen = 0;

	(void)state;
	for (size_t i = 0; i < list->count; i++) {
		const struct nd_subthread *tree = list->item[i].subthread;

		if (!tree)
			continue;
		seen++;
		assert_null(tree->title);
		assert_string_equal(
			tree->who,
			nd_address_name(ctx,
		                        &thread->message[tree->mail]->from));
		assert_in_range(tree->messages, 80, 90);
		if (*nd_subthread_heading(ctx, &labels, thread, ND_ZONE_NEW, i))
			assert_memory_equal(
				nd_subthread_heading(ctx, &labels, thread,
			                             ND_ZONE_NEW, i),
				"Begun by ", 9);
	}
	assert_true(seen > 1);
	talloc_free(ctx);
}

static void
history_has_headings_of_its_own(void **state)
{
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = made_series(ctx, 6, 80);
	const struct nd_item_list *list;
	unsigned mails;

	(void)state;
	for (size_t i = 0; i < 70; i++)
		thread->message[i]->flags &= ~(unsigned)ND_MESSAGE_NEW;
	summarised(thread, 250);
	assert_true(count_headings(thread, ND_ZONE_EARLIER, &mails) > 0);
	list = &thread->summary->zone[ND_ZONE_EARLIER];
	for (size_t i = 0; i < list->rest_count; i++)
		mails += list->rest[i]->messages;
	assert_int_equal(mails + list->more_messages, 69);
	assert_int_equal(count_headings(thread, ND_ZONE_NEW, &mails), 0);
	talloc_free(ctx);
}

/* ---- which mails belong together ---- */

static void
a_forest_follows_patches_and_subjects(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/3] demo: it", MARC, "a\n", ND_NO_MESSAGE},
		{"[PATCH 1/3] demo: one", MARC, "a\n", 0},
		{"[PATCH 2/3] demo: two", MARC, "a\n", 0},
		{"Re: [PATCH 1/3] demo: one", WILL, "a\n", 1},
		{"Re: [PATCH 1/3] demo: one", MARC, "a\n", 3},
		{"Re: [PATCH 0/3] demo: it", ANNA, "a\n", 0},
		{"lunch (was: it)", WILL, "a\n", 5},
		{"Re: lunch (was: it)", ANNA, "a\n", 6},
		/* patch 3 is missing */
		{"Re: [PATCH 3/3] demo: three", WILL, "a\n", ND_NO_MESSAGE},
		{"Re: [PATCH 3/3] demo: three", ANNA, "a\n", ND_NO_MESSAGE},
		/* a clock was wrong */
		{"Re: [PATCH 2/3] demo: two", ANNA, "a\n", 11},
		{"Re: [PATCH 2/3] demo: two", WILL, "a\n", 2},
		{"[PATCH v2 1/3] demo: one", MARC, "a\n", 0},
	};
	static const int32_t trees[] = {-1, 1, 2, 1, 1, -1, 6,
	                                6,  8, 8, 2, 2, 12};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_subthreads *subthreads;

	(void)state;
	nd_analyse_thread(thread);
	subthreads = nd_subthreads_new(ctx, thread, ND_ZONE_NEW, LARGE);
	for (size_t i = 0; i < COUNT(mails); i++)
		assert_int_equal(subthreads->tree[i], trees[i]);
	assert_int_equal(subthreads->count, 4);
	assert_int_equal(subthreads->mails[1], 3);
	assert_int_equal(subthreads->replies[1], 2);
	assert_int_equal(subthreads->replies[8], 2);
	assert_int_equal(subthreads->next[1], 3);
	assert_int_equal(subthreads->next[3], 4);
	assert_int_equal(subthreads->next[4], ND_NO_MESSAGE);
	talloc_free(ctx);
}

/* A chain of five, then two chains that answer its last mail. */
static void
a_talk_is_parted_where_it_forks(void **state)
{
	enum { MAILS = 66 };
	struct test_mail mails[MAILS];
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread;
	struct nd_subthreads *subthreads;

	(void)state;
	for (int i = 0; i < MAILS; i++)
		mails[i] = (struct test_mail){i ? "Re: it" : "it",
		                              people[i % 5], "a\n",
		                              i == 0   ? ND_NO_MESSAGE
		                              : i <= 5 ? i - 1
		                              : i <= 7 ? 5
		                                       : i - 2};
	thread = test_thread(ctx, mails, MAILS);
	nd_analyse_thread(thread);
	subthreads = nd_subthreads_new(ctx, thread, ND_ZONE_NEW, LARGE);
	assert_int_equal(subthreads->tree[5], 1);
	for (int i = 6; i < MAILS; i++)
		assert_int_equal(subthreads->tree[i], 6 + i % 2);
	assert_int_equal(subthreads->count, 3);
	assert_int_equal(subthreads->replies[6], 30);
	talloc_free(ctx);
}

/* ---- what came of it ---- */

static void
the_last_word_is_the_verdict(void **state)
{
	static const struct test_mail mails[] = {
		{"[PATCH 0/4] demo: it", MARC, "a\n", ND_NO_MESSAGE},
		{"[PATCH 1/4] demo: one", MARC, "a\n", 0},
		{"[PATCH 2/4] demo: two", MARC, "a\n", 0},
		{"[PATCH 3/4] demo: three", MARC, "a\n", 0},
		{"Re: [PATCH 1/4] demo: one", WILL,
	         "Reviewed-by: Will Sample <will@example.org>\n", 1},
		{"Re: [PATCH 1/4] demo: one", ANNA,
	         "Reviewed-by: Anna Third <anna@example.org>\n", 1},
		{"Re: [PATCH 2/4] demo: two", WILL,
	         "Acked-by: Will Sample <will@example.org>\n", 2},
		{"Re: [PATCH 2/4] demo: two", ANNA, "NAK.\n", 2},
		{"Re: [PATCH 2/4] demo: two", "Tom <tom@example.org>",
	         "Acked-by: Tom <tom@example.org>\n", 2},
		{"Re: [PATCH 3/4] demo: three", WILL,
	         "Applied to demo/next, thanks!\n", 3},
		{"Re: [PATCH 3/4] demo: three", ANNA,
	         "Acked-by: Anna Third <anna@example.org>\n", 9},
	};
	void *ctx = talloc_new(NULL);
	struct nd_thread *thread = test_thread(ctx, mails, COUNT(mails));
	struct nd_subthreads *subthreads;
	struct nd_subthread_outcome *result;

	(void)state;
	nd_analyse_thread(thread);
	subthreads = nd_subthreads_new(ctx, thread, ND_ZONE_NEW, LARGE);
	result = nd_outcomes_find(ctx, thread, subthreads, ND_ZONE_NEW);
	assert_int_equal(result[1].outcome, ND_OUTCOME_TAGGED);
	assert_string_equal(result[1].tag, "Reviewed-by");
	assert_string_equal(result[1].by, "Will Sample, Anna Third");
	assert_int_equal(result[2].outcome, ND_OUTCOME_NACK);
	assert_string_equal(result[2].by, "Anna Third");
	assert_int_equal(result[3].outcome, ND_OUTCOME_APPLIED);
	assert_string_equal(result[3].by, "Will Sample");
	/* Of history nothing has been said here. */
	subthreads = nd_subthreads_new(ctx, thread, ND_ZONE_EARLIER, LARGE);
	assert_int_equal(subthreads->count, 0);
	talloc_free(ctx);
}

static void
headings_say_title_size_and_verdict(void **state)
{
	static const struct nd_subthread trees[] = {
		{.mail = 1,
	         .title = "[3/8] count them",
	         .messages = 5,
	         .outcome = ND_OUTCOME_TAGGED,
	         .tag = "Acked-by",
	         .by = "Will Sample"},
		{.mail = 2,
	         .who = "Anna Third",
	         .messages = 1,
	         .outcome = ND_OUTCOME_ANSWERED,
	         .by = ""},
		{.mail = 3,
	         .title = "[4/8] sort them",
	         .who = "Anna Third",
	         .messages = 30,
	         .by = ""},
	};
	static const char *const headings[] = {
		"[3/8] count them (5 mails; Acked-by Will Sample)", "",
		"Begun by Anna Third (1 mail; questions answered)",
		"[4/8] sort them, begun by Anna Third (30 mails)"};
	static const int tree_of[] = {0, 0, 1, 2};
	void *ctx = talloc_new(NULL);
	struct nd_labels labels = english(ctx);
	struct nd_thread *thread = made_talk(ctx, 1, 5);
	struct nd_item_list *list;

	(void)state;
	thread->summary = x_new(thread, struct nd_summary);
	list = &thread->summary->zone[ND_ZONE_NEW];
	for (size_t i = 0; i < COUNT(headings); i++)
		x_append(ctx, list->item, list->count)->subthread =
			&trees[tree_of[i]];
	list->more_subthreads = 12;
	list->more_messages = 40;
	for (size_t i = 0; i < COUNT(headings); i++)
		assert_string_equal(nd_subthread_heading(ctx, &labels, thread,
		                                         ND_ZONE_NEW, i),
		                    headings[i]);
	assert_string_equal(nd_subthread_rest(ctx, &labels, list, 0),
	                    "and 12 more sub-threads, 40 mails");
	list->more_subthreads = list->more_messages = 1;
	*(const struct nd_subthread **)x_append(ctx, list->rest,
	                                        list->rest_count) = &trees[0];
	assert_string_equal(nd_subthread_rest(ctx, &labels, list, 0),
	                    headings[0]);
	assert_string_equal(nd_subthread_rest(ctx, &labels, list, 1),
	                    "and 1 more sub-thread, 1 mail");
	assert_null(nd_subthread_rest(ctx, &labels, list, 2));
	talloc_free(ctx);
}

/* ---- costs ---- */

static double
spent_s(unsigned patches, unsigned mails)
{
	double least = 0;

	for (int run = 0; run < 3; run++) {
		void *ctx = talloc_new(NULL);
		struct nd_thread *thread = made_series(ctx, patches, mails);
		struct timespec from, to;
		double spent;

		nd_analyse_thread(thread);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		nd_summarise_thread(thread, &(struct nd_summarise_options){
						    .max_words = MAX_WORDS,
						    .large = LARGE});
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		spent = (double)(to.tv_sec - from.tv_sec) +
		        (double)(to.tv_nsec - from.tv_nsec) / 1e9;
		if (run == 0 || spent < least)
			least = spent;
		talloc_free(ctx);
	}
	return least;
}

/* Ten times the mails: far from a hundred times the work. */
static void
costs_grow_with_the_text(void **state)
{
	double few = spent_s(30, 500), many = spent_s(30, 5000);

	(void)state;
	print_message("# 500 mails %.1f ms, 5000 mails %.1f ms: %.1f times\n",
	              1000 * few, 1000 * many, many / few);
	assert_true(many < 25 * few);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_hundred_mails_are_told_in_parts),
		cmocka_unit_test(a_summary_keeps_its_length_with_headings),
		cmocka_unit_test(small_threads_have_no_headings),
		cmocka_unit_test(one_long_chain_is_told_as_it_goes),
		cmocka_unit_test(talk_is_named_after_who_began_it),
		cmocka_unit_test(history_has_headings_of_its_own),
		cmocka_unit_test(a_forest_follows_patches_and_subjects),
		cmocka_unit_test(a_talk_is_parted_where_it_forks),
		cmocka_unit_test(the_last_word_is_the_verdict),
		cmocka_unit_test(headings_say_title_size_and_verdict),
		cmocka_unit_test(costs_grow_with_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
