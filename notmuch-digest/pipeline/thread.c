/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/thread.h"

#include <stdatomic.h>
#include <time.h>

#include "analyse/analyse.h"
#include "conversation/formletter.h"
#include "conversation/threading.h"
#include "mail/read.h"
#include "mail/reader.h"
#include "mail/threads.h"
#include "pipeline/boilerplate.h"
#include "util/alloc.h"
#include "util/pool.h"

/* Threads of which some may have to wait, with their text, for the database. */
enum { SLICE_THREADS = 1024 };

struct working {
	struct nd_reader *reader;
	struct nd_thread_work *work;
	const struct nd_thread_way *way;
	size_t first, end;              /* of the slice in hand */
	bool again;                     /* only those that wait */
	bool last_try;                  /* a missing file is a problem now */
	const struct nd_habits *habits; /* NULL: what is said does not matter */
	int64_t future_s;               /* no mail can be sent after it */
	atomic_flag failed;             /* no more can be read at all, and */
	struct nd_error *err;           /* why */
	atomic_bool stopped;            /* both are known */
};

static void
add_problem(struct nd_thread_work *work, const struct nd_message *message,
            const char *what)
{
	struct nd_problem *problem =
		x_append(work->thread, work->problem, work->problem_count);

	problem->id = message->id;
	problem->file = message->file_count > 0 ? message->file[0] : NULL;
	problem->what = x_strdup(work->thread, what);
}

/* Read mails; false when nothing can be read, and the run is over. */
static bool
read_mails(struct working *working, struct nd_message *const *message,
           size_t count, struct nd_reader_result *result)
{
	struct nd_error why;

	if (atomic_load(&working->stopped))
		return false;
	if (nd_reader_mails(working->reader, message, count, result, &why) ==
	    ND_OK)
		return true;
	/* The first tells. */
	if (!atomic_flag_test_and_set(&working->failed)) {
		*working->err = why;
		atomic_store(&working->stopped, true);
	}
	return false;
}

/* Those of list that are to be read, and have not been, owned by ctx. */
static struct nd_message **
find_unread(const void *ctx, struct nd_message *const *list, size_t count,
            bool (*wanted)(const struct working *working,
                           const struct nd_message *message),
            const struct working *working, size_t *unread_count)
{
	struct nd_message **unread = x_array(ctx, struct nd_message *, count);

	*unread_count = 0;
	for (size_t i = 0; i < count; i++)
		if (!(list[i]->flags & ND_MESSAGE_READ) &&
		    (!wanted || wanted(working, list[i])))
			unread[(*unread_count)++] = list[i];
	return unread;
}

/* What is to be told of mails, in their order. */
static void
tell_problems(struct nd_thread_work *work,
              const struct nd_reader_result *result)
{
	for (size_t i = 0; i < work->thread->message_count; i++) {
		const struct nd_message *message = work->thread->message[i];

		if (!(message->flags & ND_MESSAGE_READ))
			add_problem(work, message, (result++)->why.msg);
		else if (message->body->flags & ND_BODY_CUT)
			add_problem(work, message, message->body->cut);
	}
}

/*
 * Read all mails of the thread; false to come again with fresh file names, or
 * when nothing can be read.
 */
static bool
read_messages(struct working *working, struct nd_thread_work *work)
{
	void *tmp = talloc_new(NULL);
	struct nd_thread *thread = work->thread;
	size_t count, failed = 0;
	struct nd_message **unread =
		find_unread(tmp, thread->message, thread->message_count, NULL,
	                    working, &count);
	struct nd_reader_result *result =
		x_array(tmp, struct nd_reader_result, count);
	bool done = read_mails(working, unread, count, result);

	for (size_t i = 0; done && i < count; i++) {
		if (result[i].status == ND_ERR_IO && !working->last_try)
			work->moved = true;
		if (result[i].status != ND_OK)
			result[failed++] = result[i];
	}
	work->read = done && !work->moved;
	if (work->read)
		tell_problems(work, result);
	talloc_free(tmp);
	return work->read;
}

/* Read of hidden those that are wanted; false when nothing can be read. */
static bool
read_some_hidden(struct working *working, struct nd_thread *thread,
                 bool (*wanted)(const struct working *working,
                                const struct nd_message *message))
{
	void *tmp = talloc_new(NULL);
	size_t count;
	struct nd_message **unread =
		find_unread(tmp, thread->hidden, thread->hidden_count, wanted,
	                    working, &count);
	struct nd_reader_result *result =
		x_array(tmp, struct nd_reader_result, count);
	bool done = read_mails(working, unread, count, result);

	talloc_free(tmp);
	return done;
}

/*
 * What is quoted of a mail can be told only when it has been read; one that is
 * gone stays without a body, which says enough.
 */
static bool
is_withheld(const struct working *working, const struct nd_message *message)
{
	(void)working;
	return (message->flags & ND_MESSAGE_WITHHELD) != 0;
}

static bool
is_of_future(const struct working *working, const struct nd_message *message)
{
	return (message->flags & ND_MESSAGE_LATE) &&
	       message->date_s > working->future_s;
}

/*
 * Mails from the future are behind the window for their Date alone; what else
 * is known of their time must be read first.
 */
static bool
take_future(struct working *working, struct nd_thread *thread)
{
	void *tmp = talloc_new(NULL);
	size_t kept = 0, count = thread->hidden_count;
	bool *late = x_array(tmp, bool, count), done;

	/* Reading corrects the time. */
	for (size_t i = 0; i < count; i++)
		late[i] = is_of_future(working, thread->hidden[i]);
	done = read_some_hidden(working, thread, is_of_future);
	for (size_t i = 0; done && i < count; i++) {
		struct nd_message *message = thread->hidden[i];

		if (late[i] && (message->flags & ND_MESSAGE_READ))
			*x_append(thread, thread->message,
			          thread->message_count) = message;
		else
			thread->hidden[kept++] = message;
	}
	if (done)
		thread->hidden_count = kept;
	talloc_free(tmp);
	return done;
}

/* The window holds the mails that were sent before its end. */
static void
leave_out_late(struct nd_thread *thread, int64_t until_s)
{
	size_t kept = 0;

	for (size_t i = 0; i < thread->message_count; i++) {
		struct nd_message *message = thread->message[i];

		if (message->date_s < until_s) {
			message->flags &= ~(unsigned)ND_MESSAGE_LATE;
			thread->message[kept++] = message;
			continue;
		}
		message->flags |= ND_MESSAGE_LATE;
		*x_append(thread, thread->hidden, thread->hidden_count) =
			message;
	}
	thread->message_count = kept;
}

/* What Date says is not known before all of the thread has been read. */
static bool
settle_times(struct working *working, size_t i)
{
	const struct nd_thread_way *way = working->way;
	struct nd_thread *thread = working->work[i].thread;

	if (way->until_s > 0 && !take_future(working, thread))
		return false;
	nd_threading_date(thread, working->future_s);
	if (way->until_s > 0)
		leave_out_late(thread, way->until_s);
	if (way->dated)
		way->dated(way->arg, i);
	return true;
}

/* False when the mailbox must be asked first. */
static bool
settle_boilerplate(const struct working *working, struct nd_thread_work *work)
{
	for (size_t i = 0; i < work->thread->message_count; i++)
		nd_formletter_mark(work->thread->message[i]);
	if (working->habits)
		work->request = nd_boilerplate_settle(
			work->thread, working->habits, work->thread);
	return !work->request;
}

static void
work_on_thread(void *arg, size_t k)
{
	struct working *working = arg;
	size_t i = working->first + k;
	struct nd_thread_work *work = &working->work[i];

	if (working->again && !work->moved && !work->request)
		return;
	work->moved = false;
	TALLOC_FREE(work->request);
	if (!work->read && !read_messages(working, work))
		return;
	if (!work->dated && !settle_times(working, i))
		return;
	work->dated = true;
	if (work->thread->message_count == 0)
		return;
	if (!settle_boilerplate(working, work))
		return;
	if (!read_some_hidden(working, work->thread, is_withheld))
		return;
	nd_threading_link(work->thread);
	if (working->habits)
		nd_analyse_thread(work->thread);
	else
		nd_analyse_posting(work->thread);
	working->way->then(working->way->arg, i);
}

/* Do threads of the slice wait for files that were moved, or for others? */
static void
count_waiting(const struct working *working, size_t *moved, size_t *asking)
{
	*moved = *asking = 0;
	for (size_t i = working->first; i < working->end; i++) {
		*moved += working->work[i].moved;
		*asking += working->work[i].request != NULL;
	}
}

/* Mail was moved or renamed after loading: where is it now? */
static enum nd_status
find_moved(struct nd_app *app, const struct working *working)
{
	enum nd_status st = ND_OK;

	for (size_t i = working->first; st == ND_OK && i < working->end; i++)
		if (working->work[i].moved)
			st = nd_threads_refresh_files(
				app->db, working->work[i].thread, app->err);
	return st;
}

static enum nd_status
ask_boilerplate(struct nd_app *app, const struct working *working,
                unsigned jobs)
{
	size_t count = working->end - working->first;
	struct nd_boilerplate_request **request =
		x_array(NULL, struct nd_boilerplate_request *, count);
	enum nd_status st;

	for (size_t i = 0; i < count; i++)
		request[i] = working->work[working->first + i].request;
	st = nd_boilerplate_ask(app, app->habits, request, count, jobs);
	talloc_free(request);
	return st;
}

/* Files are looked for once more, others are asked about when they are read. */
static enum nd_status
work_on_slice(struct nd_app *app, struct working *working, unsigned jobs)
{
	size_t moved, asking;
	enum nd_status st = ND_OK;

	working->again = working->last_try = false;
	for (;;) {
		nd_pool_run(working->end - working->first, jobs, work_on_thread,
		            working);
		if (atomic_load(&working->stopped))
			return working->err->code;
		count_waiting(working, &moved, &asking);
		if (moved == 0 && asking == 0)
			return ND_OK;
		st = nd_app_open(app, false);
		if (st == ND_OK && moved > 0)
			st = find_moved(app, working);
		if (st == ND_OK && asking > 0)
			st = ask_boilerplate(app, working, jobs);
		TALLOC_FREE(app->db);
		if (st != ND_OK)
			return st;
		working->again = working->last_try = true;
	}
}

/*
 * The machine's clock counts beside --now: mail that came after the time of a
 * report that is made once more is not from the future.
 */
static int64_t
future_s(const struct nd_app *app)
{
	int64_t clock_s = (int64_t)time(NULL);

	return clock_s > app->now_s ? clock_s : app->now_s;
}

enum nd_status
nd_thread_work(struct nd_app *app, struct nd_thread_work *work, size_t count,
               unsigned jobs, const struct nd_thread_way *way)
{
	struct working working = {
		.reader = app->reader,
		.work = work,
		.way = way,
		.habits = way->flags & ND_THREAD_WORDS ? app->habits : NULL,
		.future_s = future_s(app),
		.failed = ATOMIC_FLAG_INIT,
		.err = app->err,
	};
	enum nd_status st = ND_OK;

	if (!app->reader)
		nd_read_init();
	while (st == ND_OK && working.first < count) {
		working.end = count - working.first > SLICE_THREADS
		                      ? working.first + SLICE_THREADS
		                      : count;
		st = work_on_slice(app, &working, jobs);
		working.first = working.end;
	}
	return st;
}
