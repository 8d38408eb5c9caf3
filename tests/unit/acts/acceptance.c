/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which sentences say that patches were taken, where to, and which patches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "acts/acceptance.h"
#include "text/patchnumbers.h"
#include "text/treename.h"
#include "util/alloc.h"
#include "util/buf.h"

struct sentence {
	const char *text;
	const char *want; /* "yes", "weak" (of committers only; "it": what is
	                   * taken is said), "-"; "[tree]"; the numbers of a
	                   * series of nine */
};

static const char *
read_sentence(const void *ctx, const char *text)
{
	struct nd_utterance said = {
		.text = text, .len = strlen(text), .opens = true};
	struct nd_acceptance claim;
	struct nd_patchnumbers numbers;
	struct nd_buf *out = nd_buf_new(ctx, 1000);

	if (!nd_acceptance_read(&said, &claim))
		return "-";
	nd_buf_adds(out, claim.bits & ND_ACCEPTANCE_WEAK ? "weak" : "yes");
	if (claim.bits & ND_ACCEPTANCE_OBJECT)
		nd_buf_adds(out, " it");
	if (claim.bits & ND_ACCEPTANCE_BELOW)
		nd_buf_adds(out, " below");
	if (claim.tree)
		nd_buf_addf(out, " [%.*s]", (int)claim.tree_len, claim.tree);
	nd_patchnumbers_read(said.text, said.len, claim.verb_end, 9, &numbers);
	for (size_t i = 0; i < numbers.count; i++)
		nd_buf_addf(out, " %d", numbers.number[i]);
	return out->data;
}

static void
check(const struct sentence *sentence, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		void *tmp = talloc_new(NULL);
		const char *got = read_sentence(tmp, sentence[i].text);

		if (strcmp(got, sentence[i].want) != 0)
			print_message("# %s\n", sentence[i].text);
		assert_string_equal(got, sentence[i].want);
		talloc_free(tmp);
	}
}

#define CHECK(table) check(table, sizeof(table) / sizeof *(table))

static void
words_that_accept(void **state)
{
	static const struct sentence table[] = {
		{"Applied, thanks!", "yes"},
		{"This has landed in main as 1a2b3c4d5e6f, thank you.",
	         "yes [main]"},
		{"Merged.", "yes"},
		{"Committed, thanks!", "yes"},
		{"Pushed as 1a2b3c4d5e6f, thanks.", "yes"},
		{"Pushed with a small fix.", "yes"},
		{"Merged with the nits fixed.", "yes"},
		{"Patchset merged, thanks!", "yes"},
		{"Applied (all three), thanks!", "yes"},
		{"Fixed and pushed, thanks.", "yes"},
		{"FYI merged.", "yes"},
		{"Thanks for your review, merged!", "yes"},
		{"Jo, Kim, thanks for the ack, merged.", "yes"},
		{"good catch, merged.", "yes"},
		{"Jo, thanks: pushed.", "yes"},
		{"With the fix on 5/7, applied to foo-next.", "yes [foo-next]"},
		{"With an updated subject added to foo-next, thanks.",
	         "yes [foo-next]"},
		{"Looks good to me, merged into foo/next, thanks!",
	         "yes [foo/next]"},
		{"I fixed the typo and applied it to foo-next.",
	         "yes [foo-next]"},
		{"I've now queued the series for 5.6.", "yes [5.6]"},
		{"The foo patches added to bar-next, thanks.",
	         "yes [bar-next]"},
		{"Queued for the next merge window.", "yes"},
		{"Replaced in foo-next, thanks.", "yes [foo-next]"},
		{"Fix now queued, thanks.", "yes"},
		{"This series of two patches applied to my foo-next  branch.",
	         "yes [my foo-next  branch]"},
		{"Thanks for your ack, merged with fixes!", "yes"},
		{"Good suggestion, patch merged like this.", "yes"},
		{"Applied the lot, just to clarify.", "yes"},
		{"Applied to", "yes below"},
		{"Applied to:", "yes below"},
	};

	(void)state;
	CHECK(table);
}

static void
words_of_committers(void **state)
{
	static const struct sentence table[] = {
		{"I'll take it.", "weak it"},
		{"Looks good, I'll queue this up for 6.1.", "weak it [6.1]"},
		{"I'll apply both patches to foo-next.", "weak it [foo-next]"},
		{"For testing I'll add the series to foo-next, the text can "
	         "be changed later.",
	         "weak [foo-next]"},
		{"Now in for-next.", "weak [for-next]"},
		{"In my tree now.", "weak [my tree]"},
		{"1/9 and 2/9 are in foo-next now.", "weak [foo-next] 1 2"},
		{"The series is already in foo/next.", "weak [foo/next]"},
		{"It is now in my tree.", "weak [my tree]"},
		{"The bug is in foo/bar.c already.", "-"},
		{"The value is in foo-next now.", "-"},
		{"I am in foo-next land.", "-"},
		{"This is merged now, thanks!", "weak"},
		{"I've applied this.", "weak"},
		{"I took patches 2 and 3.", "weak it 2 3"},
		{"I took the first two, the third needs an ack.",
	         "weak it 1 2"},
		{"I'll apply this tomorrow.", "weak"},
		{"I've taken this now.", "weak it"},
		{"I'm taking this through the foo tree.", "yes [the foo tree]"},
		{"This series has been merged.", "weak"},
		{"These eight patches have been merged.", "weak"},
		{"It is worth it so I'm going to go ahead and merge it into foo/next.",
	         "weak it [foo/next]"},
		{"I'm going to merge this, if you agree.", "-"},
		{"I went ahead and merged it, although I did not like it.",
	         "weak it"},
		/* A tree, and a verb of nothing else: anybody's. */
		{"It has been applied to foo/next.", "yes [foo/next]"},
	};

	(void)state;
	CHECK(table);
}

static void
words_that_do_not(void **state)
{
	static const char *const table[] = {
		"Please apply this to next.",
		"Can you apply this?",
		"Applied?",
		"Not applied.",
		"I can't apply it.",
		"This will be applied once it is tested.",
		"It applies on top of for-next.",
		"Applied on top of for-next and tested.",
		"Applied this and tested it on my board.",
		"Applied cleanly.",
		"I have applied this to foo-next and see a crash.",
		"With the patch I see no crash.",
		"With this applied to foo-next, I see a crash.",
		"I pulled up the old mail where this code was added.",
		"It seems better, like I've added to foo/bar to check.",
		"I've queued up a fixup for you.",
		"It has been taken.",
		"I'll merge it later.",
		"If nobody objects, applied to foo-next.",
		"Once the base is there, merged.",
		"I'll take a look.",
		"I'll take this into account.",
		"I'll take it once the tests have passed.",
		"I'll add this to the cover letter.",
		"I'll apply your suggestion.",
		"Will you take it?",
		"Fixed in v3.",
		"Added to v4.",
		"Added to my TODO.",
		"Merged this into patch 3.",
		"Applied to the patch.",
		"I've applied it to the patch and will resend.",
		"It added a check to lib/foo.c too.",
		"The page is added to the list.",
		"The prerequisite patch has been merged to master.",
		"The fix 5535be30 was merged into v6.0-rc3.",
		"The patch was picked up by Kim.",
		"Sorry, committed this in the wrong tree.",
		"I fixed all of it and pushed to a branch in our tree.",
		"Applying: foo: add bar",
		"In v5.9, foo() takes the lock.",
		"Adding this to every caller is a pity.",
		"I'll take that version.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct sentence row = {table[i], "-"};

		check(&row, 1);
	}
}

static void
patches_that_are_named(void **state)
{
	static const struct sentence table[] = {
		{"Applied patches 1-3 and 7.", "yes 1 2 3 7"},
		{"Patches 1 and 4 applied, thanks.", "yes 1 4"},
		{"Applied #2.", "yes 2"},
		{"Applied 1/9 and 2/9 to foo-next.", "yes [foo-next] 1 2"},
		{"Applied, 1, 3-6.", "yes 1 3 4 5 6"},
		{"Applied the first two.", "yes 1 2"},
		{"Applied the last patch.", "yes 9"},
		{"Applied the first and the third patch.", "yes 1 3"},
		{"Applied the second one.", "yes 2"},
		{"Applied, with the typo in the second patch fixed.", "yes"},
		{"All but 3 applied, thanks.", "yes 1 2 4 5 6 7 8 9"},
		{"Merged everything except patches 1-7.", "yes 8 9"},
		{"Patches 2 to 4 applied.", "yes 2 3 4"},
		{"Pushed all but the last one.", "yes 1 2 3 4 5 6 7 8"},
		{"Merged #1-#3.", "yes 1 2 3"},
		{"Applied 1 and 2, please rebase the rest.", "yes 1 2"},
		/* What was done to a patch does not name it. */
		{"Applied to foo-next, with a fix to patch 2.",
	         "yes [foo-next]"},
		{"With the fix on 5/9, applied to foo-next.", "yes [foo-next]"},
		{"Applied for 5.10, thanks.", "yes [5.10]"},
	};

	(void)state;
	CHECK(table);
}

static void
names_of_trees(void **state)
{
	static const struct sentence table[] = {
		{"fixes, thanks", "fixes"},
		{"foo/next.", "foo/next"},
		{"-next.", "-next"},
		{"for-6.1 with", "for-6.1"},
		{"arm64 (for-next/fixes), thanks", "arm64 (for-next/fixes)"},
		{"\"devel\".", "devel"},
		{"kvm-next[1], and", "kvm-next"},
		{"5.12/foo-queue.", "5.12/foo-queue"},
		{"the foo tree, thanks", "the foo tree"},
		{"my for-next branch.", "my for-next branch"},
		{"bar-next branch of bar.git, thanks",
	         "bar-next branch of bar.git"},
		{"the x.fixes branch of the foo/foo.git tree.",
	         "the x.fixes branch of the foo/foo.git tree"},
		{"https://git.example.org/foo.git for-next",
	         "https://git.example.org/foo.git for-next"},
		{"https://git.example.org/foo.git, thanks",
	         "https://git.example.org/foo.git"},
		{"the fix", ""},
		{"5.10+", ""},
		{"v3", ""},
		{"1/4", ""},
		{"next week", ""},
		{"main memory", ""},
		{"the wrong tree", ""},
		{"lib/foo.c", ""},
		{"make sure that it builds", ""},
		{"testing", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *at = table[i].text;
		size_t len = nd_treename_read(&at, strlen(at));
		char *got = x_strndup(NULL, at, len);

		if (strcmp(got, table[i].want) != 0)
			print_message("# %s\n", table[i].text);
		assert_string_equal(got, table[i].want);
		talloc_free(got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_accept),
		cmocka_unit_test(words_of_committers),
		cmocka_unit_test(words_that_do_not),
		cmocka_unit_test(patches_that_are_named),
		cmocka_unit_test(names_of_trees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
