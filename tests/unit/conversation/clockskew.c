/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "conversation/threading.h"
#include "util/alloc.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define YEAR (365LL * DAY)

/* 2026-03-02 12:00 UTC; times of the rows count from it. */
#define NOON 1772452800
#define NONE INT64_MIN       /* no Date */
#define AS_WRITTEN INT64_MIN /* what comes out is what Date says */

enum { MAILS = 6 };

/* A thread; mails end with one that has no id. */
struct row {
	const char *what;
	struct {
		const char *id, *who, *parent;
		int64_t written;         /* from NOON */
		int64_t first, received; /* from NOON; both 0: not known */
		int64_t want;
	} mail[MAILS];
};

static const struct row rows[] = {
	{"clocks that are right stay as they are",
         {{"a", "ann", "", 0, 2, 3, AS_WRITTEN},
          {"b", "bob", "a", HOUR, HOUR + 1, HOUR + 4, AS_WRITTEN},
          {"c", "ann", "b", 2 * HOUR, 0, 0, AS_WRITTEN}}},
	{"an hour slow, no machine says so: right behind what it answers",
         {{"a", "ann", "", 0, 0, 0, AS_WRITTEN},
          {"b", "bob", "a", -HOUR, 0, 0, 1},
          {"c", "ann", "b", 2 * HOUR, 0, 0, AS_WRITTEN}}},
	{"an hour slow, and the machines on the way tell when it was sent",
         {{"a", "ann", "", 0, 1, 1, AS_WRITTEN},
          {"b", "bob", "a", -HOUR, 10 * MINUTE, 10 * MINUTE + 5, 10 * MINUTE}}},
	{"the first machine is as slow as the writer: the next are not",
         {{"a", "ann", "", 0, 1, 1, AS_WRITTEN},
          {"b", "bob", "a", -HOUR, -HOUR + 1, 10 * MINUTE, 10 * MINUTE}}},
	{"a day and more slow, by the machines alone",
         {{"a", "ann", "", 0, 1, 1, AS_WRITTEN},
          {"b", "bob", "a", 40 * DAY, 80 * DAY, 80 * DAY + 9, 80 * DAY}}},
	{"what waits in an outbox for some hours is no wrong clock",
         {{"a", "ann", "", 0, 7 * HOUR, 7 * HOUR + 9, AS_WRITTEN}}},
	{"moderated for a month, and sent when it says",
         {{"a", "ann", "", 0, 1, 30 * DAY, AS_WRITTEN}}},
	{"eight hours fast: nobody receives what is not written yet",
         {{"a", "ann", "", 8 * HOUR, 4, 9, 9},
          {"b", "bob", "a", HOUR, HOUR + 1, HOUR + 2, AS_WRITTEN}}},
	{"two minutes fast are nothing",
         {{"a", "ann", "", 2 * MINUTE, 4, 9, AS_WRITTEN}}},
	{"eight hours fast, no machine says so, two people have answered",
         {{"a", "ann", "", 8 * HOUR, 0, 0, HOUR - 1},
          {"b", "bob", "a", HOUR, 0, 0, AS_WRITTEN},
          {"c", "cem", "a", 2 * HOUR, 0, 0, AS_WRITTEN}}},
	{"the answer to an answer is of another person, too",
         {{"a", "ann", "", 8 * HOUR, 0, 0, HOUR - 1},
          {"b", "bob", "a", HOUR, 0, 0, AS_WRITTEN},
          {"c", "cem", "b", 2 * HOUR, 0, 0, AS_WRITTEN}}},
	{"one person, twice, is one slow clock",
         {{"a", "ann", "", 8 * HOUR, 0, 0, AS_WRITTEN},
          {"b", "bob", "a", HOUR, 0, 0, 8 * HOUR + 1},
          {"c", "bob", "a", 2 * HOUR, 0, 0, 8 * HOUR + 1}}},
	{"one answer is enough when machines tell its time",
         {{"a", "ann", "", 8 * HOUR, 0, 0, HOUR},
          {"b", "bob", "a", HOUR, HOUR + 1, HOUR + 1, AS_WRITTEN}}},
	{"but it may be slow itself",
         {{"a", "ann", "", 0, 0, 0, AS_WRITTEN},
          {"b", "bob", "a", -HOUR, HOUR, HOUR + 1, HOUR}}},
	{"one of two old answers is a year old: the other one tells",
         {{"a", "ann", "", 8 * HOUR, 0, 0, 2 * HOUR - 1},
          {"b", "bob", "a", HOUR - YEAR, 0, 0, 2 * HOUR},
          {"c", "cem", "a", 2 * HOUR, 0, 0, AS_WRITTEN}}},
	{"a fast clock is so for the whole posting, not for the next one",
         {{"0", "ann", "", 8 * HOUR, 0, 0, HOUR - 2},
          {"1", "ann", "0", 8 * HOUR + 1, 0, 0, HOUR - 1},
          {"2", "ann", "0", 8 * HOUR + 2, 0, 0, HOUR},
          {"b", "bob", "2", HOUR, HOUR + 1, HOUR + 1, AS_WRITTEN},
          {"v", "ann", "0", 9 * DAY, 0, 0, AS_WRITTEN}}},
	{"each mail of a posting takes its time on the way; its distances stay",
         {{"0", "ann", "", 8 * HOUR, 3, 4, 0},
          {"1", "ann", "0", 8 * HOUR + 1, 8, 9, 1},
          {"2", "ann", "0", 8 * HOUR + 2, 2, 2, 2},
          {"r", "ann", "0", 2 * HOUR, 2 * HOUR, 2 * HOUR, AS_WRITTEN}}},
	{"both are borne out: sent twice under one id, the answer follows",
         {{"a", "ann", "", DAY, DAY + 3, DAY + 4, AS_WRITTEN},
          {"b", "bob", "a", HOUR, HOUR + 1, HOUR + 2, DAY + 1}}},
	{"1970: when the first answer comes, at the latest",
         {{"a", "ann", "", 60 - NOON, 0, 0, HOUR - 1},
          {"b", "bob", "a", HOUR, 0, 0, AS_WRITTEN}}},
	{"1970: behind what it answers",
         {{"a", "ann", "", 0, 0, 0, AS_WRITTEN},
          {"b", "bob", "a", 60 - NOON, 0, 0, 1}}},
	{"1970, and the machines tell", {{"a", "ann", "", 60 - NOON, 5, 7, 5}}},
	{"1970, and nothing helps",
         {{"a", "ann", "", 60 - NOON, 0, 0, AS_WRITTEN}}},
	{"from the future: behind what it answers, before its answers",
         {{"a", "ann", "", 0, 0, 0, AS_WRITTEN},
          {"b", "bob", "a", 99 * YEAR, 0, 0, HOUR - 1},
          {"c", "ann", "b", HOUR, 0, 0, AS_WRITTEN},
          {"d", "cem", "c", 99 * YEAR, 0, 0, HOUR + 1}}},
	{"from the future, and nothing helps",
         {{"a", "ann", "", 99 * YEAR, 0, 0, AS_WRITTEN},
          {"b", "bob", "a", 98 * YEAR, 0, 0, 99 * YEAR + 1}}},
	{"no Date: the machines tell, or what it answers",
         {{"a", "ann", "", NONE, 4, 9, 4}, {"b", "bob", "a", NONE, 0, 0, 5}}},
	{"of one second, and named in the wrong order",
         {{"z", "ann", "", 0, 0, 0, AS_WRITTEN},
          {"b", "bob", "z", 0, 0, 0, 1},
          {"c", "bob", "b", 1, 0, 0, AS_WRITTEN}}},
	{"in a circle: it ends",
         {{"a", "ann", "c", 0, 0, 0, HOUR + 1},
          {"b", "bob", "a", -HOUR, 0, 0, AS_WRITTEN},
          {"c", "cem", "b", HOUR, 0, 0, AS_WRITTEN}}},
};

static struct nd_thread *
make_thread(const struct row *row)
{
	struct nd_thread *thread = x_new(NULL, struct nd_thread);

	for (size_t i = 0; i < MAILS && row->mail[i].id; i++) {
		struct nd_message *mail = x_new(thread, struct nd_message);

		*x_append(thread, thread->message, thread->message_count) =
			mail;
		mail->id = row->mail[i].id;
		mail->subject = "";
		mail->sender =
			(struct nd_address){row->mail[i].who, row->mail[i].who};
		mail->from = mail->sender;
		if (row->mail[i].written != NONE)
			mail->written_s = mail->date_s =
				NOON + row->mail[i].written;
		if (row->mail[i].received != 0) {
			mail->received_first_s = NOON + row->mail[i].first;
			mail->received_s = NOON + row->mail[i].received;
		}
		if (*row->mail[i].parent)
			*x_append(mail, mail->reference,
			          mail->reference_count) = row->mail[i].parent;
	}
	return thread;
}

static int64_t
time_of(const struct nd_thread *thread, const char *id)
{
	for (size_t i = 0; i < thread->message_count; i++)
		if (strcmp(thread->message[i]->id, id) == 0)
			return thread->message[i]->date_s;
	fail_msg("no mail %s", id);
	return 0;
}

static void
test_rows(void **state)
{
	(void)state;
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		struct nd_thread *thread = make_thread(&rows[r]);

		/* Once more changes nothing. */
		nd_threading_date(thread, NOON + YEAR);
		nd_threading_date(thread, NOON + YEAR);
		for (size_t i = 0; i < MAILS && rows[r].mail[i].id; i++) {
			int64_t want = rows[r].mail[i].want;
			int64_t got = time_of(thread, rows[r].mail[i].id);

			if (want == AS_WRITTEN)
				want = rows[r].mail[i].written;
			if (got - NOON != want)
				fail_msg("%s: %s: %lld for %lld", rows[r].what,
				         rows[r].mail[i].id,
				         (long long)(got - NOON),
				         (long long)want);
		}
		talloc_free(thread);
	}
}

/* A place among others is no time to print; one that others tell is. */
static void
test_undated(void **state)
{
	static const struct row row = {
		"",
		{{"no date", "ann", "", NONE, 0, 0, 0},
	         {"in 1970", "bob", "no date", 60 - NOON, 0, 0, 0},
	         {"in 2125", "bob", "no date", 99 * YEAR, 0, 0, 0},
	         {"received", "bob", "no date", NONE, 5, 5, 5},
	         {"slow", "cem", "received", -YEAR, 0, 0, 6},
	         {"right", "ann", "slow", HOUR, 0, 0, HOUR}}};
	struct nd_thread *thread = make_thread(&row);

	(void)state;
	nd_threading_date(thread, NOON + YEAR);
	for (size_t i = 0; i < thread->message_count; i++) {
		const struct nd_message *mail = thread->message[i];
		bool is_known = strchr(mail->id, ' ') == NULL;

		assert_true(mail->date_s >= NOON);
		assert_int_equal(nd_message_day_s(mail),
		                 is_known ? mail->date_s : 0);
	}
	/* As soon as it is known, it is. */
	thread->message[0]->received_first_s = NOON;
	thread->message[0]->received_s = NOON;
	nd_threading_date(thread, NOON + YEAR);
	for (size_t i = 0; i < thread->message_count; i++)
		if (thread->message[i]->received_s == NOON)
			assert_int_equal(nd_message_day_s(thread->message[i]),
			                 NOON);
	talloc_free(thread);
}

/* No answer comes before what it answers, whatever anybody says. */
static void
test_order(void **state)
{
	enum { COUNT = 5000 };
	static const char *const people[] = {"ann", "bob", "cem", "dan"};
	struct nd_thread *thread = x_new(NULL, struct nd_thread);
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		struct nd_message *mail = x_new(thread, struct nd_message);
		uint32_t at;

		*x_append(thread, thread->message, thread->message_count) =
			mail;
		seed = seed * 1664525u + 1013904223u;
		at = seed >> 8;
		mail->id = x_asprintf(mail, "%u.%d", at % 7, i);
		mail->subject = "";
		mail->sender.name = mail->sender.addr = people[at % 4];
		mail->written_s = mail->date_s =
			at % 11 == 0 ? at : NOON + at % (3 * DAY);
		if (at % 5 == 0)
			mail->received_first_s = mail->received_s =
				NOON + at % DAY;
		if (i > 0)
			*x_append(mail, mail->reference,
			          mail->reference_count) =
				thread->message[at % (uint32_t)i]->id;
		/* A long chain, too. */
		if (i > COUNT / 2)
			mail->reference[0] = thread->message[i - 1]->id;
	}
	nd_threading_date(thread, NOON + YEAR);
	nd_threading_link(thread);
	for (int32_t i = 0; i < COUNT; i++)
		assert_true(thread->message[i]->parent < i);
	talloc_free(thread);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_undated),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
