/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stages.c - what each stage of a report costs, one after another on one core
 *
 * usage: stages SINCE UNTIL [RUNS]        (times in seconds since the epoch)
 *
 * For the database that notmuch would open: reads, analyses and summarises all
 * threads with mail in [SINCE, UNTIL) as a report does, text freed thread by
 * thread. Prints one line: mails, bytes of their authors' words, and the CPU
 * seconds of this thread for reading (files and MIME), analysing, summarising;
 * each the least of RUNS. Then the bytes that a thread's facts and summary
 * keep, all threads together.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "analyse/analyse.h"
#include "conversation/threading.h"
#include "mail/db.h"
#include "mail/read.h"
#include "mail/threads.h"
#include "summarise/summarise.h"
#include "util/alloc.h"

enum { MAX_WORDS = 150, LARGE = 20 };

struct cost {
	double read_s, analyse_s, summarise_s;
	size_t mails, own_bytes, kept_bytes;
};

static double
now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
measure_thread(struct nd_thread *thread, int64_t since_s, struct cost *cost)
{
	const struct nd_summarise_options options = {.max_words = MAX_WORDS,
	                                             .large = LARGE};
	double start = now_s(), read, analysed;

	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];
		struct nd_error err;

		if (nd_read_mail(message, &err) != ND_OK)
			fprintf(stderr, "%s: %s\n", message->id, err.msg);
		if (message->date_s >= since_s)
			message->flags |= ND_MESSAGE_NEW;
	}
	read = now_s();
	nd_threading_link(thread);
	nd_analyse_thread(thread);
	analysed = now_s();
	nd_summarise_thread(thread, &options);
	cost->summarise_s += now_s() - analysed;
	cost->analyse_s += analysed - read;
	cost->read_s += read - start;
	cost->mails += thread->message_count;
	cost->own_bytes += thread->coverage.bytes;
	nd_thread_drop_text(thread);
	cost->kept_bytes += talloc_total_size(thread);
}

static struct cost
measure(struct nd_db *db, int64_t since_s, int64_t until_s)
{
	struct cost cost = {0};
	void *ctx = talloc_new(NULL);
	struct nd_thread_list *list;
	struct nd_error err;
	const char *query = nd_db_dated_query(ctx, "*", since_s, until_s);

	if (nd_threads_load(ctx, db, query, until_s, &list, &err) != ND_OK) {
		fprintf(stderr, "stages: %s\n", err.msg);
		exit(1);
	}
	for (size_t i = 0; i < list->count; i++)
		measure_thread(list->thread[i], since_s, &cost);
	talloc_free(ctx);
	return cost;
}

static double
less(double a, double b)
{
	return a < b ? a : b;
}

int
main(int argc, char **argv)
{
	int runs = argc > 3 ? atoi(argv[3]) : 1;
	struct cost least = {0};
	struct nd_db *db;
	struct nd_error err;

	if (argc < 3)
		return 64;
	if (nd_db_open(NULL, &db, &err) != ND_OK) {
		fprintf(stderr, "stages: %s\n", err.msg);
		return 1;
	}
	nd_read_init();
	for (int run = 0; run < runs; run++) {
		struct cost cost = measure(db, atoll(argv[1]), atoll(argv[2]));

		if (run > 0) {
			cost.read_s = less(cost.read_s, least.read_s);
			cost.analyse_s = less(cost.analyse_s, least.analyse_s);
			cost.summarise_s =
				less(cost.summarise_s, least.summarise_s);
		}
		least = cost;
	}
	printf("%zu %zu %.4f %.4f %.4f %zu\n", least.mails, least.own_bytes,
	       least.read_s, least.analyse_s, least.summarise_s,
	       least.kept_bytes);
	talloc_free(db);
	return 0;
}
