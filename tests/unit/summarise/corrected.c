/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a writer takes back is not told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "build.h"
#include "conversation/quotesource.h"
#include "summarise/candidates.h"

#define ADA "Ada Example <ada@example.org>"
#define BO "Bo Sample <bo@example.org>"
#define COUNT(table) (sizeof table / sizeof table[0])

#define LOCKS "The pump stops because two of its valves share a lock.\n"
#define LAMPS "The lamps are powered by the sun.\n"

static const struct {
	const char *who, *said;
	int32_t parent;
	bool locks, lamps; /* are wrong */
} cases[] = {
	/* an answer to oneself */
	{BO, "Scratch that, it stops without the valves, too.\n", 1, true,
         true},
	{BO, "> " LOCKS "\nAh nevermind, I see what this is now.\n", 1, true,
         false},
	{BO, "> " LOCKS "\nHmm, I was wrong about the cause.\n", 1, true,
         false},
	/* and one to who has corrected it */
	{BO,
         "> > " LOCKS "> The valves have a lock each.\n\n"
         "Oh, sorry, I misread the plan.\n",
         2, true, false},
	/* somebody else's words, or no such thing */
	{ADA, "> " LOCKS "\nAh, sorry, I misread the plan.\n", 1, false, false},
	{ADA, "Never mind, we have bought another one.\n", 1, false, false},
	{BO, "> " LOCKS "\nUnless I misread the plan, of course.\n", 1, false,
         false},
	{BO, "> " LOCKS "\nAm I wrong there?\n", 1, false, false},
	{BO, "The box says the same as I did.\n", 1, false, false},
};

static bool
is_corrected(const struct nd_candidates *m, const char *text)
{
	const struct nd_source *source = &m->source[1];

	for (uint32_t i = source->candidate;
	     i < source->candidate + source->candidate_count; i++) {
		const struct nd_candidate *c = &m->candidate[i];

		if (!strncmp(c->sentence.text, text, c->sentence.len))
			return c->corrected;
	}
	fail_msg("no '%s'", text);
	return false;
}

static void
what_is_taken_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		void *ctx = talloc_new(NULL);
		const struct test_mail mails[] = {
			{"the pump", ADA, "Why does the pump stop?\n",
		         ND_NO_MESSAGE},
			{"Re: the pump", BO, LOCKS LAMPS, 0},
			{"Re: the pump", ADA,
		         "> " LOCKS "\nThe valves have a lock each.\n", 1},
			{"Re: the pump", cases[i].who, cases[i].said,
		         cases[i].parent},
		};
		struct nd_thread *thread =
			test_thread(ctx, mails, COUNT(mails));
		struct nd_candidates *m;

		nd_quotesource_find(thread);
		m = nd_candidates_new(ctx, thread);
		if (is_corrected(m, LOCKS) != cases[i].locks ||
		    is_corrected(m, LAMPS) != cases[i].lamps)
			fail_msg("%s", cases[i].said);
		talloc_free(ctx);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
