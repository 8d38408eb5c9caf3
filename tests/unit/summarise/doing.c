/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "summarise/doing.h"

struct example {
	const char *text;
	unsigned has, lacks;
};

static void
check(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *text = examples[i].text;
		unsigned doing = nd_doing_find(text, strlen(text));

		if ((doing & examples[i].has) != examples[i].has ||
		    doing & examples[i].lacks)
			fail_msg("\"%s\" does 0x%x", text, doing);
	}
}

#define CHECK(table) check(table, sizeof table / sizeof table[0])

static void
what_patches_do(void **state)
{
	static const struct example table[] = {
		{"Therefore, take the lock before the read.", ND_DOING_MEND, 0},
		{"So make sure that it is read once.", ND_DOING_MEND, 0},
		{"Fix this by reading it once.", ND_DOING_MEND, 0},
		{"The problem can be resolved by reading it once.",
	         ND_DOING_MEND, 0},
		{"The fix is to read it once.", ND_DOING_MEND, 0},
		{"Expose the timer to the guest.", ND_DOING_MEND, 0},
		{"The timer is read twice.", 0, ND_DOING_MEND},
		{"It can be read twice.", 0, ND_DOING_MEND},
		{"Please report any change.", 0, ND_DOING_MEND},
	};

	(void)state;
	CHECK(table);
}

static void
questions(void **state)
{
	static const struct example table[] = {
		{"Why do we need this?", ND_DOING_ASK, 0},
		{"Is it safe (on VHE)?", ND_DOING_ASK, 0},
		{"Is it safe?)", ND_DOING_ASK, 0},
		{"Really?!", ND_DOING_ASK, 0},
		{"Is it safe? :-)", ND_DOING_ASK, 0},
		{"Any ideas are welcome.", ND_DOING_ASK, 0},
		{"It says what is left.", 0, ND_DOING_ASK},
		{"", 0, ND_DOING_ASK},
	};

	(void)state;
	CHECK(table);
}

static void
decisions(void **state)
{
	static const struct example table[] = {
		{"Applied to arm/next, thanks!", ND_DOING_DECIDE, 0},
		{"Both patches now applied to next.", ND_DOING_DECIDE, 0},
		{"I've queued this for 5.13.", ND_DOING_DECIDE, 0},
		{"Queued.", ND_DOING_DECIDE, 0},
		{"NAK, this breaks userspace.", ND_DOING_DECIDE, 0},
		{"I'll look at it.", ND_DOING_PROMISE, ND_DOING_DECIDE},
		{"I'll just point out that it is slow.", 0, ND_DOING_PROMISE},
		{"I'll bet it is the cable.", 0, ND_DOING_PROMISE},
		{"I will respin.", ND_DOING_PROMISE | ND_DOING_DECIDE, 0},
		{"Ok, will do.", ND_DOING_PROMISE | ND_DOING_DECIDE, 0},
		{"I'll probably send a fix.",
	         ND_DOING_PROMISE | ND_DOING_DECIDE, 0},
		/* of what is nobody's to promise */
		{"A guest in the wrong place will do that for you.", 0,
	         ND_DOING_DECIDE},
		/* part of a longer word, or not at the start */
		{"The snack is wrong.", 0, ND_DOING_DECIDE},
		{"The same value is applied.", 0, ND_DOING_DECIDE},
	};

	(void)state;
	CHECK(table);
}

static void
opinions(void **state)
{
	static const struct example table[] = {
		{"agreed", ND_DOING_AGREE, 0},
		{"Yeah, good catch.", ND_DOING_AGREE, 0},
		{"You should split the second one.", ND_DOING_SUGGEST, 0},
		{"perhaps", ND_DOING_HEDGE, 0},
		{"This series adds support for foo.", ND_DOING_DANGLE, 0},
	};

	(void)state;
	CHECK(table);
}

static void
what_a_summary_leaves_out(void **state)
{
	static const struct example table[] = {
		{"If I missed some case, please tell me.", ND_DOING_COURTESY,
	         0},
		{"Cheers", ND_DOING_COURTESY, 0},
		{"Thanks for your review", ND_DOING_COURTESY, 0},
		{"Sorry for the delay.", ND_DOING_COURTESY, 0},
		{"I'm not sure if this is the right list to ask.",
	         ND_DOING_COURTESY, 0},
		{"This is the right way to lock it.", 0, ND_DOING_COURTESY},
		{"Please let me know if there are any problems.",
	         ND_DOING_COURTESY, 0},
		{"Here's a pull request, more info below.", ND_DOING_COURTESY,
	         0},
		{"It holds more information than the old one.", 0,
	         ND_DOING_COURTESY},
		{"My apologies for the late answer.", ND_DOING_COURTESY, 0},
		{"Hello, my name is Ann.", ND_DOING_COURTESY, 0},
		{"I am a student of physics.", ND_DOING_COURTESY, 0},
		{"Hope I have addressed all your concerns.", ND_DOING_COURTESY,
	         0},
		{"Thanks for testing", ND_DOING_COURTESY, 0},
		{"Thanks, it still fails.", ND_DOING_COURTESY, 0},
		{"Great job, I appreciate it!", ND_DOING_COURTESY, 0},
		{"I'm glad this worked.", ND_DOING_COURTESY, 0},
		{"This was one of the more pleasant discussions here.",
	         ND_DOING_COURTESY, 0},
		{"Any comments are welcome :).", ND_DOING_COURTESY, 0},
		{"Any help would be appreciated.", ND_DOING_COURTESY, 0},
		{"I would appreciate a test on arm.", 0, ND_DOING_COURTESY},
		{"I greatly appreciate the help, Bo!", ND_DOING_COURTESY, 0},
		{"Bo, appreciate the response!", ND_DOING_COURTESY, 0},
		{"I appreciate your insight, the timer drops every frame.", 0,
	         ND_DOING_COURTESY},
		{"Thx to everyone who helped.", ND_DOING_COURTESY, 0},
		{"Please forgive me for the wait.", ND_DOING_COURTESY, 0},
		{"I am eagerly awaiting the next version.", ND_DOING_COURTESY,
	         0},
		{"The timer is awaiting the next frame.", 0, ND_DOING_COURTESY},
		{"This makes a good timer.", 0, ND_DOING_COURTESY},
		{"But no", ND_DOING_DANGLE, 0},
		{"It's still there.", ND_DOING_DANGLE, 0},
		{"Looks good, you can add:", ND_DOING_BOILERPLATE, 0},
		{"Sent from my phone", ND_DOING_BOILERPLATE, 0},
		{"are available in the Git repository at: git://x.org/foo",
	         ND_DOING_BOILERPLATE, 0},
		{"In file included from foo.c:1", ND_DOING_BOILERPLATE, 0},
		{"Press any key to continue...", ND_DOING_BOILERPLATE, 0},
		{"The fixes are available in the git repository", 0,
	         ND_DOING_BOILERPLATE},
	};

	(void)state;
	CHECK(table);
}

/* What came of it is no courtesy, though somebody is thanked for it. */
static void
results_with_thanks(void **state)
{
	static const struct example table[] = {
		{"Packaged for the distribution, thanks.", 0,
	         ND_DOING_COURTESY},
		{"That worked, thanks!", 0, ND_DOING_COURTESY},
		{"Thank you, that solved it.", 0, ND_DOING_COURTESY},
		{"The update is approved, thanks!", 0, ND_DOING_COURTESY},
		{"Thanks, that did not work.", ND_DOING_COURTESY, 0},
		{"Applied to arm/next, thanks!",
	         ND_DOING_DECIDE | ND_DOING_COURTESY, 0},
		{"Did that work, thanks?", ND_DOING_COURTESY, 0},
	};

	(void)state;
	CHECK(table);
}

static void
other_languages(void **state)
{
	static const struct example table[] = {
		{"这样可以吗", ND_DOING_ASK, 0},
		{"这样可以？", ND_DOING_ASK, 0},
		{"これでいいですか。", ND_DOING_ASK, 0},
		{"你好，我同意，谢谢！", ND_DOING_AGREE | ND_DOING_COURTESY,
	         ND_DOING_ASK},
		{"已应用到 next 分支", ND_DOING_DECIDE, 0},
		{"適用しました。", ND_DOING_DECIDE, ND_DOING_ASK},
		{"Ich werde das im nächsten Patch beheben.", ND_DOING_PROMISE,
	         0},
		{"Ich würde das anders machen.", ND_DOING_SUGGEST, 0},
		{"Viele Grüße", ND_DOING_COURTESY, 0},
		{"Je vais corriger ça.", ND_DOING_PROMISE, 0},
		{"Pouvez-vous corriger ça", ND_DOING_ASK | ND_DOING_SUGGEST, 0},
		{"Muchas gracias", 0, ND_DOING_ASK},
		{"Gracias por el parche", ND_DOING_COURTESY, 0},
		{"спасибо", ND_DOING_COURTESY, 0},
	};

	(void)state;
	CHECK(table);
}

static void
who_does_not_know(void **state)
{
	static const struct example table[] = {
		{"I'm not sure why it fails.", ND_DOING_UNSURE, 0},
		{"It is unclear to me why it fails.", ND_DOING_UNSURE, 0},
		{"I don't really know that board.", ND_DOING_UNSURE, 0},
		{"I cannot see any warning.", 0, ND_DOING_UNSURE},
		{"The board has an address.", 0, ND_DOING_UNSURE},
	};

	(void)state;
	CHECK(table);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_patches_do),
		cmocka_unit_test(questions),
		cmocka_unit_test(decisions),
		cmocka_unit_test(opinions),
		cmocka_unit_test(what_a_summary_leaves_out),
		cmocka_unit_test(results_with_thanks),
		cmocka_unit_test(who_does_not_know),
		cmocka_unit_test(other_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
