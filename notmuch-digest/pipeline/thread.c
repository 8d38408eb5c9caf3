/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/thread.h"

#include "analyse/analyse.h"
#include "conversation/threading.h"
#include "mail/read.h"
#include "mail/threads.h"
#include "util/alloc.h"
#include "util/pool.h"

struct working {
	struct nd_thread_work *work;
	bool last_try; /* a missing file is a problem now */
	void (*then)(void *arg, size_t i);
	void *arg;
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
		    nd_read_mail(message, &why) != ND_OK)
			continue;
	}
}

static void
work_on_thread(void *arg, size_t i)
{
	const struct working *working = arg;
	struct nd_thread_work *work = &working->work[i];

	if (working->last_try && !work->moved)
		return;
	if (!read_messages(working, work))
		return;
	read_hidden(work->thread);
	nd_threading_link(work->thread);
	nd_analyse_thread(work->thread);
	working->then(working->arg, i);
}

/* Mail was moved or renamed after loading: where is it now? */
static enum nd_status
find_moved(struct nd_app *app, const struct nd_thread_work *work, size_t count)
{
	enum nd_status st = nd_app_open(app, false);

	for (size_t i = 0; st == ND_OK && i < count; i++)
		if (work[i].moved)
			st = nd_threads_refresh_files(app->db, work[i].thread,
			                              app->err);
	TALLOC_FREE(app->db);
	return st;
}

enum nd_status
nd_thread_work(struct nd_app *app, struct nd_thread_work *work, size_t count,
               unsigned jobs, void (*then)(void *arg, size_t i), void *arg)
{
	struct working working = {.work = work, .then = then, .arg = arg};
	bool moved = false;
	enum nd_status st;

	nd_read_init();
	nd_pool_run(count, jobs, work_on_thread, &working);
	for (size_t i = 0; i < count; i++)
		moved = moved || work[i].moved;
	if (!moved)
		return ND_OK;
	st = find_moved(app, work, count);
	if (st != ND_OK)
		return st;
	working.last_try = true;
	nd_pool_run(count, jobs, work_on_thread, &working);
	return ND_OK;
}
