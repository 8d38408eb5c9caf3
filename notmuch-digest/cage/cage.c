/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* sigdescr_np() */
#include "cage/cage.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "cage/fdpass.h"
#include "cage/filter.h"
#include "cage/worker.h"
#include "cage/zygote.h"
#include "util/alloc.h"
#include "util/limits.h"

enum {
	WHY_BYTES = 200,
	CHANCES = 2, /* of an item to have words learnt */
	HEARD_BYTES = 128 << 10,
};

struct worker {
	struct worker *next; /* of those that have nothing to do */
	int sock;
	pid_t pid;
	bool ready;             /* it has said so */
	size_t done;            /* items */
	size_t heard_at, heard; /* of what it said, what is not read yet */
	char said[HEARD_BYTES];
};

struct nd_cage {
	const struct nd_cage_room *room;
	pthread_mutex_t lock; /* for what follows */
	/* A worker that was busy is not any more: all that wait look whether
	 * there can be one for them, or never will. */
	pthread_cond_t free;
	struct nd_zygote zygote;
	struct worker *idle;
	size_t busy;
};

/* The work of one caller. */
struct run {
	struct nd_cage *cage;
	const struct nd_cage_item *item;
	size_t count, at; /* at: the first that is not done */
	unsigned chances; /* that it had */
	bool careful;     /* one of them kills: to each its own worker */
	const struct nd_cage_job *job;
};

bool
nd_cage_is_available(void)
{
	return nd_filter_is_available();
}

static int
close_cage(struct nd_cage *cage)
{
	while (cage->idle) {
		struct worker *worker = cage->idle;

		cage->idle = worker->next;
		nd_fdpass_end(worker->sock);
		talloc_free(worker);
	}
	nd_zygote_stop(&cage->zygote);
	pthread_cond_destroy(&cage->free);
	pthread_mutex_destroy(&cage->lock);
	return 0;
}

enum nd_status
nd_cage_new(const void *ctx, const struct nd_cage_room *room,
            struct nd_cage **out, struct nd_error *err)
{
	struct nd_cage *cage = x_new(NULL, struct nd_cage);
	enum nd_status st = nd_zygote_start(room, &cage->zygote, err);

	if (st != ND_OK) {
		talloc_free(cage);
		return st;
	}
	cage->room = room;
	pthread_mutex_init(&cage->lock, NULL);
	pthread_cond_init(&cage->free, NULL);
	talloc_set_destructor(cage, close_cage);
	*out = talloc_steal(ctx, cage);
	return ND_OK;
}

/* ---- workers ------------------------------------------------------------- */

static void
set_patience(int sock, unsigned wait_s)
{
	const struct timeval wait = {.tv_sec = wait_s};

	setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	setsockopt(sock, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

/* With the lock: one that waits, or a new one; NULL with errno. */
static struct worker *
find_worker(struct nd_cage *cage, bool new)
{
	struct worker *worker = cage->idle;

	if (worker && !new) {
		cage->idle = worker->next;
		return worker;
	}
	worker = x_new(NULL, struct worker);
	if (!nd_zygote_fork(&cage->zygote, &worker->sock, &worker->pid)) {
		TALLOC_FREE(worker);
		return NULL;
	}
	set_patience(worker->sock, cage->room->wait_s);
	return worker;
}

static enum nd_status
refuse(struct nd_error *err, const char *why)
{
	return nd_fail(err, ND_ERR_IO,
	               "mails cannot be read in a sandbox: %s\n"
	               "with --no-sandbox they are read without",
	               why);
}

/* Where no more can be made, one waits for those there are. */
static enum nd_status
borrow(struct nd_cage *cage, bool new, struct worker **out,
       struct nd_error *err)
{
	struct worker *worker;
	enum nd_status st = ND_OK;

	pthread_mutex_lock(&cage->lock);
	while (!(worker = find_worker(cage, new)) && cage->busy > 0)
		pthread_cond_wait(&cage->free, &cage->lock);
	if (worker)
		cage->busy++;
	else
		st = refuse(err, strerror(errno));
	pthread_mutex_unlock(&cage->lock);
	*out = worker;
	return st;
}

static void
give_back(struct nd_cage *cage, struct worker *worker)
{
	pthread_mutex_lock(&cage->lock);
	worker->next = cage->idle;
	cage->idle = worker;
	cage->busy--;
	pthread_cond_broadcast(&cage->free);
	pthread_mutex_unlock(&cage->lock);
}

/* End it; its status as waitpid() has it. */
static int
discard(struct nd_cage *cage, struct worker *worker)
{
	int status;

	nd_fdpass_end(worker->sock);
	pthread_mutex_lock(&cage->lock);
	status = nd_zygote_end_worker(&cage->zygote, worker->pid);
	cage->busy--;
	pthread_cond_broadcast(&cage->free);
	pthread_mutex_unlock(&cage->lock);
	talloc_free(worker);
	return status;
}

/* What a worker died of, for people. */
static void
explain(char why[WHY_BYTES], int status, const struct nd_cage_room *room)
{
	int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	const char *name = sigdescr_np(number);

	if (number == SIGSYS)
		snprintf(why, WHY_BYTES, "it did what reading may not do");
	else if (number == SIGXCPU)
		snprintf(why, WHY_BYTES, "it took more than %u s", room->cpu_s);
	else if (number == SIGABRT || number == SIGTRAP)
		snprintf(why, WHY_BYTES,
		         "it took more than %zu MiB of memory, or a check "
		         "failed",
		         room->memory_bytes >> 20);
	else if (number > 0 && name)
		snprintf(why, WHY_BYTES, "%s", name);
	else
		snprintf(why, WHY_BYTES, "its end came too early");
}

/* ---- work ---------------------------------------------------------------- */

/* A message of items from run->at on. */
struct message {
	struct nd_worker_batch head;
	struct nd_buf *bytes;
	int fd[ND_FDPASS_MAX];
	size_t fd_count;
};

/* False when it is full. */
static bool
add_item(struct message *message, const struct nd_cage_item *item, bool last)
{
	const struct nd_worker_item head = {(uint32_t)item->len,
	                                    (uint32_t)item->fd_count, last};

	if (item->fd_count > ND_FDPASS_MAX - message->fd_count ||
	    item->len > ND_LIMIT_CAGE_REQUEST_BYTES - message->bytes->len)
		return false;
	nd_buf_add(message->bytes, (const char *)&head, sizeof head);
	nd_buf_add(message->bytes, item->bytes, item->len);
	for (size_t i = 0; i < item->fd_count; i++)
		message->fd[message->fd_count++] = item->fd[i];
	message->head.item_count++;
	return true;
}

/* How many items were sent; 0: it is gone. */
static size_t
send_items(const struct run *run, const struct worker *worker)
{
	struct message *message = x_new(NULL, struct message);
	size_t end = run->careful ? run->at + 1 : run->count, sent;

	message->head.work = run->job->work;
	message->bytes = nd_buf_new(message, ND_BUF_BYTES_MAX);
	for (size_t at = run->at; at < end; at++)
		if (!add_item(message, &run->item[at],
		              at == run->at && run->chances >= CHANCES))
			break;
	message->head.bytes = (uint32_t)message->bytes->len;
	sent = message->head.item_count;
	if (!nd_fdpass_send(worker->sock, &message->head, sizeof message->head,
	                    message->fd, message->fd_count) ||
	    !nd_fdpass_send(worker->sock, message->bytes->data,
	                    message->bytes->len, NULL, 0))
		sent = 0;
	talloc_free(message);
	return sent;
}

/* Have len bytes at said + heard_at, at most HEARD_BYTES. */
static bool
hear(struct worker *worker, size_t len)
{
	if (worker->heard_at > HEARD_BYTES - len) {
		memmove(worker->said, worker->said + worker->heard_at,
		        worker->heard);
		worker->heard_at = 0;
	}
	while (worker->heard < len) {
		size_t end = worker->heard_at + worker->heard;
		ssize_t got = recv(worker->sock, worker->said + end,
		                   HEARD_BYTES - end, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		worker->heard += (size_t)got;
	}
	return true;
}

/* Go on behind len bytes that were heard. */
static const char *
pass(struct worker *worker, size_t len)
{
	const char *bytes = worker->said + worker->heard_at;

	worker->heard -= len;
	worker->heard_at = worker->heard > 0 ? worker->heard_at + len : 0;
	return bytes;
}

/* What does not fit into said, owned by ctx. */
static const char *
hear_much(const void *ctx, struct worker *worker, size_t len)
{
	char *bytes = x_check(talloc_size(ctx, len));
	size_t have = worker->heard;

	memcpy(bytes, pass(worker, have), have);
	return nd_fdpass_receive(worker->sock, bytes + have, len - have, NULL,
	                         0, NULL)
	               ? bytes
	               : NULL;
}

/*
 * What a worker says, owned by ctx or there until more is heard. NULL: nothing,
 * or with EBADMSG nonsense.
 */
static const char *
hear_answer(const void *ctx, struct worker *worker,
            struct nd_worker_answer *answer)
{
	if (!hear(worker, sizeof *answer))
		return NULL;
	memcpy(answer, pass(worker, sizeof *answer), sizeof *answer);
	if (answer->bytes > ND_LIMIT_CAGE_ANSWER_BYTES) {
		errno = EBADMSG;
		return NULL;
	}
	if (answer->bytes > HEARD_BYTES)
		return hear_much(ctx, worker, answer->bytes);
	return hear(worker, answer->bytes) ? pass(worker, answer->bytes) : NULL;
}

static bool
is_ready(struct worker *worker, char why[WHY_BYTES])
{
	struct nd_worker_answer answer = {0, 0};
	void *tmp = talloc_new(NULL);
	const char *bytes = hear_answer(tmp, worker, &answer);

	worker->ready = bytes && answer.word == ND_WORKER_READY;
	if (bytes && answer.word == ND_WORKER_REFUSED)
		snprintf(why, WHY_BYTES, "%.*s", (int)answer.bytes, bytes);
	talloc_free(tmp);
	return worker->ready;
}

static void
learn(struct nd_cage *cage, const char *words, size_t len)
{
	pthread_mutex_lock(&cage->lock);
	for (size_t i = 0; i < ND_LIMIT_CAGE_WORDS; i++) {
		const char *end = len > 0 ? memchr(words, '\0', len) : NULL;

		if (!end)
			break;
		nd_zygote_learn(&cage->zygote, words);
		len -= (size_t)(end + 1 - words);
		words = end + 1;
	}
	pthread_mutex_unlock(&cage->lock);
}

enum outcome { TAKEN, LEARNT, FAILED };

static enum outcome
take_answer(struct run *run, struct worker *worker, char why[WHY_BYTES])
{
	struct nd_worker_answer answer;
	void *tmp = talloc_new(NULL);
	const char *bytes;
	enum outcome outcome = FAILED;

	errno = 0;
	bytes = hear_answer(tmp, worker, &answer);
	if (!bytes && errno == EAGAIN)
		snprintf(why, WHY_BYTES, "no answer within %u s",
		         run->cage->room->wait_s);
	else if (!bytes && errno != EBADMSG)
		*why = '\0';
	else if (bytes && answer.word == ND_WORKER_DONE &&
	         run->job->take(run->job->arg, run->at, bytes, answer.bytes))
		outcome = TAKEN;
	else if (bytes && answer.word == ND_WORKER_WANTS &&
	         run->chances < CHANCES)
		outcome = LEARNT;
	else
		snprintf(why, WHY_BYTES, "what came of it makes no sense");
	if (outcome == LEARNT)
		learn(run->cage, bytes, answer.bytes);
	talloc_free(tmp);
	return outcome;
}

/* Lost is what had a worker to itself. */
static void
fail_item(struct run *run, struct worker *worker, bool alone,
          char why[WHY_BYTES])
{
	int status = discard(run->cage, worker);

	run->careful = true;
	if (!alone)
		return;
	if (!*why)
		explain(why, status, run->cage->room);
	run->job->lost(run->job->arg, run->at++, why);
	run->chances = 0;
}

/* Items from run->at on, as many as a worker does. */
static void
serve(struct run *run, struct worker *worker)
{
	bool alone = run->careful ||
	             (worker->done == 0 && run->at + 1 == run->count);
	size_t left = send_items(run, worker);
	enum outcome outcome = left > 0 ? TAKEN : FAILED;
	char why[WHY_BYTES] = "";

	while (left > 0 && outcome == TAKEN) {
		outcome = take_answer(run, worker, why);
		if (outcome != TAKEN)
			break;
		worker->done++;
		run->chances = 0;
		run->at++;
		left--;
	}
	if (outcome == FAILED) {
		fail_item(run, worker, alone, why);
	} else if (outcome == LEARNT) {
		run->chances++;
		discard(run->cage, worker);
	} else if (run->careful || worker->done >= run->cage->room->items) {
		discard(run->cage, worker);
	} else {
		give_back(run->cage, worker);
	}
}

enum nd_status
nd_cage_run(struct nd_cage *cage, const struct nd_cage_item *item, size_t count,
            const struct nd_cage_job *job, struct nd_error *err)
{
	struct run run = {
		.cage = cage, .item = item, .count = count, .job = job};
	enum nd_status st = ND_OK;

	while (st == ND_OK && run.at < count) {
		struct worker *worker = NULL;
		char why[WHY_BYTES] = "a process ends before its work";

		/* Those that wait do not know what was learnt since. */
		st = borrow(cage, run.careful || run.chances > 0, &worker, err);
		if (st != ND_OK)
			break;
		if (worker->ready || is_ready(worker, why)) {
			serve(&run, worker);
			continue;
		}
		discard(cage, worker);
		st = refuse(err, why);
	}
	return st;
}
