/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every row of the table of acts, by a story of its own. The events are made by
 * hand, so that nothing depends on how sentences are understood.
 */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "analyse/analyse.h"
#include "analyse/committers.h"
#include "build.h"
#include "standing/state.h"
#include "standing/turnrule.h"
#include "standing/turnwalk.h"
#include "util/buf.h"

#define ANN "Ann Author <ann@example.org>"
#define BEN "Ben Review <ben@example.org>"
#define MAX "Max Maintain <max@example.org>"
#define CARA "Cara Third <cara@example.org>"
#define BOT "kernel test robot <lkp@intel.com>"
#define NONE ND_NO_MESSAGE
#define RE "Re: [PATCH] foo: bar"
#define DIFF "---\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"

enum { EVENTS_MAX = 4, STATE_BYTES = 400, CARAS = 7 /* mail of patch */ };

/* Max is the only one in To. */
static const struct test_mail patch[] = {
	{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
	{RE, BEN, "x\n", 0},  /* 1 */
	{RE, ANN, "x\n", 1},  /* 2 */
	{RE, BEN, "x\n", 2},  /* 3 */
	{RE, MAX, "x\n", 0},  /* 4 */
	{RE, BOT, "x\n", 0},  /* 5 */
	{RE, ANN, "x\n", 0},  /* 6 */
	{RE, CARA, "x\n", 0}, /* 7 */
};

static const struct test_mail two[] = {
	{"[PATCH 0/2] foo: bar", ANN, "Cover.\n", NONE},
	{"[PATCH 1/2] foo: a", ANN, "A.\n" DIFF, 0},
	{"[PATCH 2/2] foo: b", ANN, "B.\n" DIFF, 0},
	{"Re: [PATCH 1/2] foo: a", BEN, "x\n", 1},   /* 3 */
	{"Re: [PATCH 2/2] foo: b", BEN, "x\n", 2},   /* 4 */
	{"Re: [PATCH 0/2] foo: bar", MAX, "x\n", 0}, /* 5 */
	{"Re: [PATCH 1/2] foo: a", ANN, "x\n", 3},   /* 6 */
};

static const struct test_mail retested[] = {
	{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
	{RE, BOT, "x\n", 0},
	{RE, BOT, "x\n", 0},
};

/* Ann adds to her question before Ben answers it. */
static const struct test_mail added[] = {
	{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
	{RE, BEN, "x\n", 0},
	{RE, ANN, "x\n", 1},
	{RE, ANN, "x\n", 2}, /* 3 */
	{RE, BEN, "x\n", 2}, /* 4 */
};

static const struct test_mail newer[] = {
	{"[PATCH] foo: bar", ANN, "Bar.\n" DIFF, NONE},
	{RE, BEN, "x\n", 0},
	{"[PATCH v2] foo: bar", ANN, "Bar.\n" DIFF, 0},
	{"Re: [PATCH v2] foo: bar", BEN, "x\n", 2},
};

static const struct test_mail talk[] = {
	{"Question about foo", ANN, "How?\n", NONE},
	{"Re: Question about foo", BEN, "x\n", 0},  /* 1 */
	{"Re: Question about foo", ANN, "x\n", 1},  /* 2 */
	{"Re: Question about foo", BEN, "x\n", 2},  /* 3 */
	{"Re: Question about foo", CARA, "x\n", 2}, /* 4 */
};

static const struct test_mail tracked[] = {
	{"BUG: foo is gone", BOT, "It is.\n", NONE},
	{"Re: BUG: foo is gone", BEN, "x\n", 0},
	{"Re: BUG: foo is gone", BOT, "x\n", 0},
};

/* The posting is missing. */
static const struct test_mail parts[] = {
	{"Re: [PATCH 1/2] foo: a", BEN, "x\n", NONE},
	{"Re: [PATCH 2/2] foo: b", BEN, "x\n", 0},
	{"Re: [PATCH 1/2] foo: a", BEN, "x\n", 0},
};

/* What the mail of a thread does. */
struct deed {
	int32_t message;
	enum nd_event_type act; /* 0, posted, by message 0: none */
	unsigned flags;
	int32_t about; /* of series */
	const char *text;
	int patch; /* the only one that is taken; 0: all */
};

struct story {
	const struct test_mail *mails;
	size_t count;
	unsigned by; /* with the last deed: the row that is told of */
	struct deed deed[EVENTS_MAX];
	const char *want; /* "STATE: NAME why, NAME why" */
};

#define PATCH patch, 8
#define TWO two, 7
#define NEWER newer, 4
#define TALK talk, 5
#define TRACKED tracked, 3
#define PARTS parts, 3
#define CUT patch, 3 /* nobody writes below the author's answer */

#define DO(message, act) \
	{ \
		message, act, 0, 0, NULL, 0 \
	}
#define BAD(message, act) \
	{ \
		message, act, ND_EVENT_FAILED, 0, NULL, 0 \
	}
#define ON(message, act, about) \
	{ \
		message, act, 0, about, NULL, 0 \
	}
#define SAY(message, act, about, say) \
	{ \
		message, act, 0, about, say, 0 \
	}
#define TAKE(message, act, number) \
	{ \
		message, act, 0, 0, NULL, number \
	}
#define NOTHING DO(0, ND_EVENT_POSTED)

#define ASK ND_EVENT_QUESTION
#define CHANGES ND_EVENT_CHANGES_REQUESTED
#define PROMISE ND_EVENT_RESPIN_PROMISED
#define AUTHOR ND_TURNRULE_AUTHOR
#define BY_BEN ND_TURNRULE_REVIEWER
#define BY_MAX ND_TURNRULE_COMMITTER
#define ROBOT ND_TURNRULE_ROBOT
#define ASKER ND_TURNRULE_ASKER
#define HELPER ND_TURNRULE_HELPER

static const struct story stories[] = {
	/* what others do to patches */
	{PATCH,
         BY_BEN,
         {DO(1, CHANGES)},
         "changes-requested: Ann Author changes-requested"},
	{CUT,
         BY_BEN,
         {DO(1, ND_EVENT_REVIEW_PROMISED)},
         "under-review: Ben Review to-review"},
	{PATCH,
         BY_BEN,
         {DO(1, ND_EVENT_OBJECTION)},
         "changes-requested: Ann Author changes-requested"},
	{PATCH, BY_BEN, {DO(1, ND_EVENT_NACK)}, "rejected:"},
	{PATCH, BY_MAX, {DO(4, ND_EVENT_REJECTED)}, "rejected:"},
	{PATCH,
         BY_BEN,
         {DO(1, CHANGES), DO(3, ND_EVENT_TRAILER)},
         "under-review: Max Maintain to-apply"},
	{PATCH,
         BY_BEN,
         {DO(1, CHANGES), DO(3, ND_EVENT_APPROVED)},
         "under-review: Max Maintain to-apply"},
	{PATCH,
         BY_BEN,
         {DO(1, CHANGES), DO(3, ND_EVENT_AGREED)},
         "under-review:"},
	{PATCH,
         BY_MAX,
         {DO(1, CHANGES), DO(4, ND_EVENT_DECIDED)},
         "under-review: Max Maintain to-apply"},
	{PATCH,
         BY_BEN,
         {DO(1, CHANGES), DO(3, ND_EVENT_UNDER_REVIEW)},
         "under-review:"},
	{PATCH,
         ROBOT,
         {BAD(5, ND_EVENT_TEST_RESULT)},
         "under-review: Ann Author test-failed"},
	{retested,
         3,
         ROBOT,
         {BAD(1, ND_EVENT_TEST_RESULT), DO(2, ND_EVENT_TEST_RESULT)},
         "under-review:"},
	{PATCH,
         BY_BEN,
         {BAD(1, ND_EVENT_TEST_RESULT)},
         "under-review: Ann Author test-failed"},

	/* what their author does */
	{PATCH,
         AUTHOR,
         {DO(1, CHANGES), DO(2, PROMISE)},
         "changes-requested: Ann Author promised"},
	{PATCH,
         AUTHOR,
         {DO(1, CHANGES), DO(2, ND_EVENT_APPROVED)},
         "changes-requested: Ann Author promised"},
	{PATCH,
         AUTHOR,
         {DO(1, CHANGES), DO(2, ND_EVENT_AGREED)},
         "changes-requested: Ann Author promised"},
	{CUT,
         AUTHOR,
         {DO(1, CHANGES), DO(2, ND_EVENT_ANSWER)},
         "under-review: Ben Review to-answer"},
	{CUT,
         AUTHOR,
         {DO(1, CHANGES), DO(2, ND_EVENT_OBJECTION)},
         "under-review: Ben Review to-answer"},
	{PATCH, AUTHOR, {DO(6, ND_EVENT_WITHDRAWN)}, "withdrawn:"},
	{newer,
         3,
         AUTHOR,
         {DO(1, CHANGES), ON(2, ND_EVENT_POSTED, 2)},
         "under-review: Ben Review to-review"},

	/* anywhere */
	{patch, 2, BY_BEN, {DO(1, ASK)}, "under-review: Ann Author asked"},
	{PATCH,
         BY_BEN,
         {SAY(1, ASK, 0, "Cara, do you see that, too?")},
         "under-review: Cara Third asked"},
	{PATCH, BY_MAX, {DO(1, CHANGES), DO(4, ND_EVENT_APPLIED)}, "applied:"},
	{PATCH, BY_MAX, {DO(4, ND_EVENT_PULLED)}, "pulled:"},
	{PATCH, BY_MAX, {DO(4, ND_EVENT_MERGED)}, "merged:"},
	{PATCH, BY_MAX, {DO(4, ND_EVENT_MERGED_STABLE)}, "merged-stable:"},

	/* talks */
	{TALK, HELPER, {DO(1, ND_EVENT_ANSWER)}, "answered:"},
	{talk,
         3,
         ASKER,
         {DO(1, ND_EVENT_ANSWER), BAD(2, ND_EVENT_TEST_RESULT)},
         "open: Ben Review to-answer"},
	{TALK,
         ASKER,
         {DO(1, ND_EVENT_ANSWER), DO(2, ND_EVENT_OBJECTION)},
         "open:"},
	{TALK, HELPER, {DO(1, PROMISE)}, "open: Ben Review promised"},
	{TALK, ASKER, {DO(1, ASK), DO(2, ND_EVENT_APPROVED)}, "answered:"},
	{TALK, ASKER, {DO(1, ASK), DO(2, ND_EVENT_AGREED)}, "answered:"},
	{TALK, HELPER, {DO(1, ND_EVENT_DECIDED)}, "answered:"},
	{TALK,
         HELPER,
         {SAY(1, ND_EVENT_COMMAND, NONE, "#syz fix: foo: bar")},
         "answered:"},
	{TRACKED, ND_TURNRULE_ROBOT, {DO(2, ND_EVENT_ANSWER)}, "answered:"},
};

/* Stories that no single row tells. */
static const struct story others[] = {
	/* What was wanted of one patch is not met by praise of another one. */
	{PARTS,
         0,
         {ON(0, CHANGES, NONE), ON(1, ND_EVENT_APPROVED, NONE)},
         "changes-requested: Max Maintain changes-requested"},
	{PARTS,
         0,
         {ON(0, CHANGES, NONE), ON(2, ND_EVENT_APPROVED, NONE)},
         "under-review:"},

	/* Who writes without a known act hands the turn to nobody. */
	{PATCH, 0, {NOTHING}, "under-review:"},
	{TALK, 0, {NOTHING}, "open:"},
	/* A nit, wanted together with a tag, blocks nothing. */
	{PATCH,
         0,
         {DO(1, ND_EVENT_TRAILER), DO(1, CHANGES)},
         "under-review: Max Maintain to-apply, "
         "Ann Author changes-requested"},
	/* A promise answers all that the mail before wanted. */
	{PATCH,
         0,
         {DO(1, CHANGES), DO(2, ND_EVENT_ANSWER), DO(2, PROMISE)},
         "changes-requested: Ann Author promised"},
	/* It leaves nothing open when who wanted that gives a tag. */
	{PATCH,
         0,
         {DO(1, ND_EVENT_OBJECTION), DO(2, ND_EVENT_ANSWER), DO(2, PROMISE),
          DO(3, ND_EVENT_TRAILER)},
         "under-review: Max Maintain to-apply"},
	/* Nor does one that nobody wanted, and its reader gives a tag. */
	{PATCH,
         0,
         {DO(1, ASK), DO(2, PROMISE), DO(3, ND_EVENT_TRAILER)},
         "under-review: Max Maintain to-apply"},
	{PATCH,
         0,
         {DO(1, ASK), DO(2, PROMISE), DO(7, ND_EVENT_TRAILER)},
         "changes-requested: Ann Author promised"},
	/* What is wanted of somebody else is not the author's to do. */
	{PATCH,
         0,
         {{1, CHANGES, ND_EVENT_OTHERS, 0, NULL, 0}},
         "under-review:"},
	/* Who is asked has had the turn when he writes below. */
	{CUT,
         0,
         {DO(1, ASK), DO(2, ND_EVENT_ANSWER)},
         "under-review: Ben Review to-answer"},
	{PATCH,
         0,
         {DO(1, ASK), DO(2, ND_EVENT_ANSWER), DO(3, ND_EVENT_APPROVED)},
         "under-review: Max Maintain to-apply"},
	{added, 4, 0, {DO(3, ASK)}, "under-review: Ben Review asked"},
	{added, 5, 0, {DO(3, ASK)}, "under-review:"},
	/* The author takes a refusal for a request. */
	{PATCH,
         0,
         {DO(1, ND_EVENT_NACK), DO(2, PROMISE)},
         "changes-requested: Ann Author promised"},
	/* What is wished for beside or after applying keeps nobody waiting. */
	{PATCH, 0, {DO(4, ND_EVENT_APPLIED), DO(7, CHANGES)}, "applied:"},
	{PATCH, 0, {DO(4, CHANGES), DO(4, ND_EVENT_APPLIED)}, "applied:"},
	/* A reminder asks nobody. */
	{PATCH,
         0,
         {DO(4, ASK), SAY(7, ASK, 0, "Gentle ping?")},
         "under-review: Ann Author asked (7)"},
	/* Some of the patches: the state is that of the rest. */
	{TWO,
         0,
         {ON(3, CHANGES, 1), TAKE(5, ND_EVENT_APPLIED, 2)},
         "changes-requested: Ann Author changes-requested"},
	{TWO,
         0,
         {ON(4, CHANGES, 2), TAKE(5, ND_EVENT_APPLIED, 2)},
         "under-review:"},
	/* What was said of the one that is taken moves nobody to the other. */
	{TWO,
         0,
         {ON(4, ND_EVENT_APPROVED, 2), TAKE(5, ND_EVENT_APPLIED, 2)},
         "under-review:"},
	/* One patch of several is refused, or taken back. */
	{TWO,
         0,
         {ON(3, ND_EVENT_NACK, 1)},
         "changes-requested: Ann Author changes-requested"},
	{TWO, 0, {ON(6, ND_EVENT_WITHDRAWN, 1)}, "under-review:"},
	/* Praise of one patch says nothing of what was wanted of another. */
	{TWO,
         0,
         {ON(3, CHANGES, 1), ON(4, ND_EVENT_APPROVED, 2)},
         "changes-requested: Ann Author changes-requested"},
	/* What was wanted of an older version is done. */
	{NEWER,
         0,
         {DO(1, CHANGES), ON(2, ND_EVENT_POSTED, 2),
          ON(3, ND_EVENT_APPROVED, 2)},
         "under-review: Max Maintain to-apply"},
	/* What was asked is answered by whoever knows. */
	{talk,
         3,
         0,
         {DO(1, ND_EVENT_ANSWER), DO(2, ASK)},
         "open: Ben Review asked"},
	{TALK, 0, {DO(2, ASK), DO(4, ND_EVENT_ANSWER)}, "answered:"},
};

static bool
is_end(const struct deed *deed)
{
	return deed->message == 0 && deed->act == ND_EVENT_POSTED;
}

static void
do_deeds(struct nd_thread *thread, const struct story *story)
{
	thread->event_count = 0;
	thread->event = NULL;
	for (size_t i = 0; i < EVENTS_MAX && !is_end(&story->deed[i]); i++) {
		const struct deed *deed = &story->deed[i];
		struct nd_event *event =
			x_append(thread, thread->event, thread->event_count);

		*event = (struct nd_event){
			.type = deed->act,
			.flags = deed->flags,
			.message = deed->message,
			.about = story->mails == talk ? NONE : deed->about,
			.answers = NONE,
			.who = thread->message[deed->message]->sender,
			.text = deed->text ? deed->text : "x",
		};
		if (deed->text && strncmp(deed->text, "Cara,", 5) == 0) {
			event->asked = &thread->message[CARAS]->sender;
			event->flags |= ND_EVENT_CALLS;
		}
		if (deed->patch > 0)
			*(int *)x_append(thread, event->patch,
			                 event->patch_count) = deed->patch;
	}
}

static struct nd_thread *
thread_of(const void *ctx, const struct story *story)
{
	static struct nd_address max;
	struct nd_thread *thread;

	thread = test_thread(ctx, story->mails, story->count);
	max = test_address(ctx, MAX);
	for (size_t i = 0; i < story->count; i++)
		if (story->mails[i].parent == NONE ||
		    strstr(story->mails[i].subject, "[PATCH v2]")) {
			thread->message[i]->to.address = &max;
			thread->message[i]->to.count = 1;
		}
	nd_analyse_thread(thread);
	do_deeds(thread, story);
	return thread;
}

static char *
told(const void *ctx, const struct nd_thread *thread)
{
	struct nd_buf *out = nd_buf_new(ctx, STATE_BYTES);

	nd_buf_addf(out, "%s:", nd_standing_state_name(thread->state));
	for (size_t i = 0; i < thread->attention_count; i++) {
		const struct nd_attention *one = &thread->attention[i];

		nd_buf_addf(out, "%s %s %s", i > 0 ? "," : "", one->name,
		            nd_standing_attention_name(one->why));
		if (one->pinged != NONE)
			nd_buf_addf(out, " (%d)", (int)one->pinged);
	}
	return out->data;
}

static void
check(const struct story *story)
{
	const struct nd_window window = {.now_s = 1600000000};
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = thread_of(tmp, story);

	nd_state_settle(thread, &window);
	assert_string_equal(told(tmp, thread), story->want);
	if (thread->attention_count > 0)
		assert_string_equal(thread->waiting_for,
		                    thread->attention[0].name);
	else
		assert_null(thread->waiting_for);
	talloc_free(tmp);
}

/* The row of the table that a story is told of. */
static size_t
row_of(const struct story *story)
{
	size_t count, last = 0;
	const struct nd_turnrule *rules = nd_turnrule_all(&count);
	unsigned other; /* what a row for the other result says */

	while (last + 1 < EVENTS_MAX && !is_end(&story->deed[last + 1]))
		last++;
	other = story->deed[last].flags & ND_EVENT_FAILED
	                ? ND_TURNRULE_IF_PASSED
	                : ND_TURNRULE_IF_FAILED;
	for (size_t i = 0; i < count; i++)
		if (rules[i].act == story->deed[last].act &&
		    (rules[i].by & story->by) && !(rules[i].effects & other))
			return i;
	return count;
}

static uint64_t
rows_used(const struct story *story)
{
	bool *none = x_array(NULL, bool, story->count);
	bool *older = x_array(none, bool, story->count);
	struct nd_thread *thread = thread_of(none, story);
	struct nd_turn_walk walk = {
		.thread = thread,
		.series = thread->series,
		.author = &thread->message[0]->sender,
		.foreign = none,
		.older = older,
		.talk = story->mails == talk,
	};
	uint64_t used;

	if (story->mails == newer) {
		walk.series = thread->more_series[0];
		older[0] = true;
	}
	walk.committer = nd_committers_expect(thread, walk.series);
	used = nd_turnwalk_take(none, &walk)->used;
	talloc_free(none);
	return used;
}

static void
every_row_has_its_story(void **state)
{
	uint64_t seen = 0;
	size_t count;

	(void)state;
	nd_turnrule_all(&count);
	assert_true(count <= 64);
	for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
		size_t row = row_of(&stories[i]);

		assert_true(row < count);
		assert_true(rows_used(&stories[i]) & (uint64_t)1 << row);
		seen |= (uint64_t)1 << row;
		check(&stories[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (!(seen & (uint64_t)1 << i))
			print_message("# row %zu has no story\n", i);
		assert_true(seen & (uint64_t)1 << i);
	}
}

static void
rows_together(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		check(&others[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_has_its_story),
		cmocka_unit_test(rows_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
