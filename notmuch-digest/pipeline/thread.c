/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/thread.h"

#include <time.h>

#include "analyse/analyse.h"
#include "conversation/threading.h"
#include "mail/read.h"
#include "mail/threads.h"
#include "pipeline/boilerplate.h"
#include "util/alloc.h"
#include "util/pool.h"

/* Threads of which some may have to wait, with their text, for the database. */
enum { SLICE_THREADS = 1024 };

struct working {
	struct nd_thread_work *work;
	const struct nd_thread_way *way;
	size_t first, end;              /* of the slice in hand */
	bool again;                     /* only those that wait */
	bool last_try;                  /* a missing file is a problem now */
	const struct nd_habits *habits; /* NULL: what is said does not matter */
	int64_t future_s;               /* no mail can be sent after it */
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

/* Read all mails of the thread; false to come again with fresh file names. */
static bool
read_messages(const struct working *working, struct nd_thread_work *work)
{
	for (size_t i = 0; i < work->thread->message_count; i++) {
		struct nd_message *message = work->thread->message[i];
		struct nd_error why;

		if (message->flags & ND_MESSAGE_READ)
			continue;
		switch (nd_read_mail(message, &why)) {
		case ND_OK:
			if (message->body->flags & ND_BODY_CUT)
				add_problem(work, message, message->body->cut);
			break;
		case ND_ERR_IO:
			if (!working->last_try) {
				work->moved = true;
				return false;
			}
			/* fall through */
		default:
			add_problem(work, message, why.msg);
			break;
		}
	}
	return true;
}

/* What is quoted of a mail can be told only when it has been read. */
static void
read_hidden(struct nd_thread *thread)
{
	for (size_t i = 0; i < thread->hidden_count; i++) {
		struct nd_message *message = thread->hidden[i];
		struct nd_error why;

		/* One that is gone stays without a body, which says enough. */
		if ((message->flags & ND_MESSAGE_WITHHELD) &&
		    !(message->flags & ND_MESSAGE_READ) &&
		    nd_read_mail(message, &why) != ND_OK)
			continue;
	}
}

/*
 * Mails from the future are behind the window for their Date alone; what else
 * is known of their time must be read first.
 */
static void
take_future(const struct working *working, struct nd_thread *thread)
{
	size_t kept = 0;

	for (size_t i = 0; i < thread->hidden_count; i++) {
		struct nd_message *message = thread->hidden[i];
		struct nd_error why;

		if ((message->flags & ND_MESSAGE_LATE) &&
		    message->date_s > working->future_s &&
		    ((message->flags & ND_MESSAGE_READ) ||
		     nd_read_mail(message, &why) == ND_OK))
			*x_append(thread, thread->message,
			          thread->message_count) = message;
		else
			thread->hidden[kept++] = message;
	}
	thread->hidden_count = kept;
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
static void
settle_times(const struct working *working, size_t i)
{
	const struct nd_thread_way *way = working->way;
	struct nd_thread *thread = working->work[i].thread;

	if (way->until_s > 0)
		take_future(working, thread);
	nd_threading_date(thread, working->future_s);
	if (way->until_s > 0)
		leave_out_late(thread, way->until_s);
	if (way->dated)
		way->dated(way->arg, i);
}

/* False when the mailbox must be asked first. */
static bool
settle_boilerplate(const struct working *working, struct nd_thread_work *work)
{
	if (working->habits)
		work->request = nd_boilerplate_settle(
			work->thread, working->habits, work->thread);
	return !work->request;
}

static void
work_on_thread(void *arg, size_t k)
{
	const struct working *working = arg;
	size_t i = working->first + k;
	struct nd_thread_work *work = &working->work[i];

	if (working->again && !work->moved && !work->request)
		return;
	work->moved = false;
	TALLOC_FREE(work->request);
	if (!read_messages(working, work))
		return;
	if (!work->dated)
		settle_times(working, i);
	work->dated = true;
	if (work->thread->message_count == 0)
		return;
	if (!settle_boilerplate(working, work))
		return;
	read_hidden(work->thread);
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
		.work = work,
		.way = way,
		.habits = way->flags & ND_THREAD_WORDS ? app->habits : NULL,
		.future_s = future_s(app),
	};
	enum nd_status st = ND_OK;

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
