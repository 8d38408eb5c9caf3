/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sentence hangs on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "build.h"
#include "summarise/doing.h"
#include "summarise/hanging.h"

static void
what_speaks_of_what_was_said(void **state)
{
	static const struct {
		const char *text;
		bool leads_back;
	} cases[] = {
		{"Indeed, I'll fix it.", true},
		{"Of course, I will do that after the merge window.", true},
		{"That can only happen after a resume.", true},
		{"Thus, the number of segments is too high.", true},
		{"Fix the instances where that is not the case.", true},
		{"If you look at it, the match is not exact.", true},
		{"I have a patch to do so, and will send it.", true},
		{"I have these patches on my list.", false},
		{"I think that the lock is taken twice.", false},
		{"The page pinning interface needs a notifier.", false},
		{"Perhaps it would be better to drop the lock.", false},
		{"iommu_map() can do that.", false},
		{"It recently became apparent that the lock is held.", false},
		{"It drops the lock.", true},
		{"As a result, there is no hole in the file.", true},
		{"In that case the lock is not needed.", true},
		{"For this reason the lock is dropped.", true},
		{"As a rule the lock is dropped.", false},
		{"If you do, the lock is dropped.", true},
		{"If so, please drop the lock.", true},
		{"Given this, I dropped the lock.", true},
		{"Given this lock, no other one is needed.", false},
		{"And 2. it grows the region of the lock.", true},
		{"If you do reads only, no lock is needed.", false},
		{"Those locks are taken twice.", true},
		{"I have not heard of such problems in practice.", true},
		{"We take locks such as this one.", false},
		{"It would be better to have such a lock.", false},
		{"Except for the lock, which I will drop later.", true},
		{"Or the lock of the ring.", true},
		/* a posting of itself */
		{"This patch adds a lock.", true},
		{"These patches were tested.", true},
		{"This adds support for two rings.", true},
		{"This is wrong for two rings.", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t len = strlen(cases[i].text);
		struct nd_candidate c = {
			.sentence = {.text = cases[i].text,
		                     .len = (uint32_t)len},
			.doing = nd_doing_find(cases[i].text, len),
		};

		if (nd_hanging_leads_back(&c) != cases[i].leads_back)
			fail_msg("'%s'", cases[i].text);
	}
}

/* Long or short, it stands with what is quoted above it. */
static void
it_is_told_with_the_quote_above(void **state)
{
	static const struct {
		const char *mail, *answer, *want;
	} cases[] = {
		{"> The disk has other data than the cache has.\n"
	         "That can only happen when another kernel has run.\n",
	         "That can only happen when another kernel has run.",
	         "The disk has other data than the cache has."},
		{"> Is this the same as bsearch()?\n"
	         "If you look at it with care, the match is not exact at all, "
	         "for a longer key.\n",
	         "If you look at it with care, the match is not exact at all, "
	         "for a longer key.",
	         "Is this the same as bsearch()?"},
		/* however well it stands by itself */
		{"> Does the cache know what is on the disk?\n"
	         "The cache is dropped whenever the machine resumes, on all of "
	         "the boards here.\n",
	         "The cache is dropped whenever the machine resumes, on all of "
	         "the boards here.",
	         "Does the cache know what is on the disk?"},
		{"> Many thanks for the quick reply.\n"
	         "That can only happen when another kernel has run.\n",
	         "That can only happen when another kernel has run.", NULL},
		/* code; its end is passed over */
		{"> @@ -1,2 +1,3 @@\n> +\tlist_add(&p->list, head);\n> +}\n"
	         "This can be dropped, the caller does it.\n",
	         "This can be dropped, the caller does it.",
	         "list_add(&p->list, head);"},
		{"> We have three counters:\n>\n> - bus errors in sum\n"
	         "This would be of the bus and not of a device.\n",
	         "This would be of the bus and not of a device.",
	         "bus errors in sum"},
		{"> and then we take the lock of the\n"
	         "That can only happen when another kernel has run.\n",
	         "That can only happen when another kernel has run.", NULL},
		{"> https://pump.example.org/valve\n"
	         "That can only happen when another kernel has run.\n",
	         "That can only happen when another kernel has run.", NULL},
		/* what announces a piece of code, and no torn sentence */
		{"> I think we rather need a lock like that:\n"
	         "> \tlock_buffer(bh);\n> \tdrop(bh);\n> }\n>\n"
	         "This is the simplest way for us to get there.\n",
	         "This is the simplest way for us to get there.",
	         "I think we rather need a lock like that: …"},
		{"> I think we rather need a lock like that:\n"
	         "> \tlock_buffer(bh);\n>\n> and then we take the other\n"
	         "This is the simplest way for us to get there.\n",
	         "This is the simplest way for us to get there.", NULL},
		{"> Link:\n> \tlock_buffer(bh);\n> \tdrop(bh);\n> }\n>\n"
	         "This is the simplest way for us to get there.\n",
	         "This is the simplest way for us to get there.", NULL},
		{"> There is a typo in the stub here:\n>\n"
	         "> s/ring_tw_t/ring_cmd_tw_t/\n"
	         "Indeed, that is my fault.\n",
	         "Indeed, that is my fault.",
	         "There is a typo in the stub here: …"},
		{"> For ixgbe:\n> \tlock_buffer(bh);\n"
	         "This is the simplest way for us to get there.\n",
	         "This is the simplest way for us to get there.", NULL},
		/* of a question and a wish, the wish is what will be done */
		{"> Is that wanted? Please split the patch.\nOk, will do.\n",
	         "Ok, will do.", "Please split the patch."},
		{"> Is that wanted? Please split the patch.\nYes, will do.\n",
	         "Yes, will do.", "Is that wanted?"},
		{"> Is that wanted? The other ring has it.\nOk, will do.\n",
	         "Ok, will do.", "Is that wanted?"},
		/* below what others said of code */
		{"> > +\tint ret = 0;\n> This value is never read.\n"
	         "Indeed, I'll fix it.\n",
	         "Indeed, I'll fix it.", "This value is never read."},
		{"> The disk has other data than the cache has.\n"
	         "The cache is dropped whenever the machine resumes.\n",
	         "The cache is dropped whenever the machine resumes.", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		const struct nd_body *body = test_body(ctx, cases[i].mail);
		size_t len = strlen(cases[i].answer);
		struct nd_candidate c = {
			.sentence = {.text = cases[i].answer,
		                     .len = (uint32_t)len},
			.doing = nd_doing_find(cases[i].answer, len),
			.print_words = len > 50 ? 14 : 8,
			.content = 8,
			.below_quote = true,
			.below_question = strchr(cases[i].mail, '?') != NULL,
		};
		const char *got;
		int32_t mail;

		while (body->line[c.sentence.line].kind != ND_LINE_OWN)
			c.sentence.line++;
		got = nd_hanging_quote(ctx, &c, body, c.sentence.line, &mail);
		if (cases[i].want ? !got || strcmp(got, cases[i].want) != 0
		                  : got != NULL)
			fail_msg("'%s': '%s'", cases[i].mail, got ? got : "");
		talloc_free(ctx);
	}
}

/* How a line of a patch should read: nobody knows what it corrects. */
static void
corrections_say_nothing_by_themselves(void **state)
{
	static const struct {
		const char *mail;
		bool rewrites;
	} cases[] = {
		{"> + * Unlink the object and decrement the refcount.\n"
	         "Unlink the object and decrement its refcount.\n",
	         true},
		{"> + * Unlink the object and decrement the refcount.\n"
	         "The put function does that when the last user goes.\n",
	         false},
		{"> + * Unlink the object and decrement the refcount.\n"
	         "Unlink the object and decrement which refcount?\n",
	         false},
		/* an answer in the words of the question */
		{"> Does it unlink the object and its refcount?\n"
	         "I unlink the object and its refcount.\n",
	         false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		const struct nd_body *body = test_body(ctx, cases[i].mail);
		const char *said = strchr(cases[i].mail, '\n') + 1;
		size_t len = strlen(said) - 1;
		struct nd_candidate c = {
			.sentence = {.text = said,
		                     .len = (uint32_t)len,
		                     .line = 1},
			.doing = nd_doing_find(said, len),
		};

		if (nd_hanging_rewrites(&c, body, "en") != cases[i].rewrites)
			fail_msg("'%s'", cases[i].mail);
		talloc_free(ctx);
	}
}

/* Nobody knows of what, where nothing stands before it. */
static void
what_asks_of_what_was_said(void **state)
{
	static const struct {
		const char *text;
		unsigned content;
		bool is;
	} cases[] = {
		{"Do you have more information?", 2, true},
		{"Why is that better?", 1, true},
		{"Does the lock of the ring hold there?", 3, false},
		{"It is better.", 1, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t len = strlen(cases[i].text);
		struct nd_candidate c = {
			.doing = nd_doing_find(cases[i].text, len),
			.print_words = 6,
			.content = (uint16_t)cases[i].content,
		};

		if (nd_hanging_is_bare_question(&c) != cases[i].is)
			fail_msg("'%s'", cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_asks_of_what_was_said),
		cmocka_unit_test(what_speaks_of_what_was_said),
		cmocka_unit_test(it_is_told_with_the_quote_above),
		cmocka_unit_test(corrections_say_nothing_by_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
