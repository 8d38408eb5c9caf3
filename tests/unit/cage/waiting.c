/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whoever of those that speak with each other for a cage cannot send or receive:
 * it comes to an end, and soon. The clock ends a test that waits.
 */
#define _GNU_SOURCE /* syscall() */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "cage/cage.h"
#include "cage/worker.h"
#include "util/alloc.h"

enum { WAIT_S = 60, ITEMS = 4 };

/* ---- calls that fail ------------------------------------------------------ */

enum who { CALLER, ZYGOTE, WORKER };
enum call { SEND, RECEIVE, CALLS };

/* Of the calls of one process the one that fails; 0: none. */
static struct {
	enum who who;
	enum call call;
	unsigned at;
	bool was_hit; /* in this process */
} fault;
static pid_t caller;

static bool
is_hit(enum call call)
{
	enum who who = nd_worker_is_here()  ? WORKER
	               : getpid() == caller ? CALLER
	                                    : ZYGOTE;

	if (fault.at == 0 || fault.who != who || fault.call != call ||
	    --fault.at > 0)
		return false;
	fault.was_hit = true;
	errno = EIO;
	return true;
}

/* These are found before those of libc, by all of the program. */
ssize_t
sendmsg(int sock, const struct msghdr *message, int flags)
{
	return is_hit(SEND) ? -1 : syscall(SYS_sendmsg, sock, message, flags);
}

ssize_t
recvmsg(int sock, struct msghdr *message, int flags)
{
	return is_hit(RECEIVE) ? -1
	                       : syscall(SYS_recvmsg, sock, message, flags);
}

ssize_t
recv(int sock, void *bytes, size_t len, int flags)
{
	return is_hit(RECEIVE) ? -1
	                       : syscall(SYS_recvfrom, sock, bytes, len, flags,
	                                 NULL, NULL);
}

/* What <sys/socket.h> makes of it where libc is to look for overflows. */
ssize_t __recv_chk(int sock, void *bytes, size_t len, size_t room, int flags);

ssize_t
__recv_chk(int sock, void *bytes, size_t len, size_t room, int flags)
{
	assert_true(len <= room);
	return recv(sock, bytes, len, flags);
}

/* ---- work ----------------------------------------------------------------- */

static void
work(const struct nd_cage_request *request, struct nd_buf *answer)
{
	char byte;

	if (request->bytes[0] == 'd') /* dies */
		_exit(0);
	if (request->bytes[0] == 'w') /* wants */
		nd_worker_want("word");
	/* Waits for the end of a pipe, and dies. */
	if (request->bytes[0] == 'p') {
		while (read(request->fd[0], &byte, 1) > 0)
			;
		_exit(0);
	}
	nd_buf_add(answer, request->bytes, request->len);
}

static bool
take(void *arg, size_t i, const char *bytes, size_t len)
{
	(void)i;
	(void)bytes;
	++*(size_t *)arg;
	return len == 1;
}

static void
lose(void *arg, size_t i, const char *why)
{
	(void)i;
	++*(size_t *)arg;
	assert_true(*why != '\0');
}

static void
learn(const char *word)
{
	assert_string_equal(word, "word");
}

/* With it nobody gives up before the clock. */
static const struct nd_cage_room room = {
	.learn = learn,
	.memory_bytes = 64 << 20,
	.wait_s = 10 * WAIT_S,
	.items = 100,
};

static struct nd_cage *
make_cage(void)
{
	struct nd_cage *cage;

	assert_int_equal(nd_cage_new(NULL, &room, &cage, NULL), ND_OK);
	return cage;
}

/* ---- tests ---------------------------------------------------------------- */

static void
try_fault(enum who who, enum call call, unsigned at)
{
	static const struct nd_cage_item item[ITEMS] = {{"a", 1, NULL, 0},
	                                                {"w", 1, NULL, 0},
	                                                {"d", 1, NULL, 0},
	                                                {"b", 1, NULL, 0}};
	size_t done = 0;
	struct nd_cage_job job = {work, take, lose, &done};
	struct nd_error err = {0};
	struct nd_cage *cage;
	enum nd_status st;

	fault.who = who;
	fault.call = call;
	fault.at = at;
	cage = make_cage();
	st = nd_cage_run(cage, item, ITEMS, &job, &err);
	if (st == ND_OK)
		assert_int_equal(done, ITEMS);
	else
		assert_int_equal(st, ND_ERR_IO);
	assert_null(strstr(err.msg, strerror(0)));
	talloc_free(cage);
}

static void
test_each_call(void **state)
{
	unsigned hits[CALLS] = {0};

	(void)state;
	alarm(WAIT_S);
	for (enum call call = 0; call < CALLS; call++)
		for (unsigned at = 1; at <= 12; at++) {
			fault.was_hit = false;
			try_fault(CALLER, call, at);
			hits[call] += fault.was_hit;
			try_fault(ZYGOTE, call, at);
			try_fault(WORKER, call, at);
		}
	fault.at = 0;
	alarm(0);
	assert_true(hits[SEND] > 6 && hits[RECEIVE] > 6);
}

struct asker {
	struct nd_cage *cage;
	struct nd_cage_item item;
	pthread_t thread;
	enum nd_status status;
	size_t done;
};

static void *
ask(void *arg)
{
	struct asker *asker = arg;
	struct nd_cage_job job = {work, take, lose, &asker->done};

	asker->status = nd_cage_run(asker->cage, &asker->item, 1, &job, NULL);
	return NULL;
}

static void
start(struct asker *asker, struct nd_cage *cage, struct nd_cage_item item)
{
	*asker = (struct asker){.cage = cage, .item = item};
	assert_int_equal(pthread_create(&asker->thread, NULL, ask, asker), 0);
}

/* Several wait for the only worker there can be: when it dies, none waits on. */
static void
test_last_worker_dies(void **state)
{
	struct nd_cage *cage = make_cage();
	struct asker first, other[4];
	struct rlimit before, none;
	int ends[2];

	(void)state;
	alarm(WAIT_S);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "x", 1), 1);
	start(&first, cage, (struct nd_cage_item){"p", 1, &ends[0], 1});
	/* Until its worker has begun to read. */
	for (int left = 1; left > 0; usleep(1000))
		assert_int_equal(ioctl(ends[0], FIONREAD, &left), 0);
	/* With no place for a file there is none for another's socket. */
	getrlimit(RLIMIT_NOFILE, &before);
	none = before;
	none.rlim_cur = 3;
	setrlimit(RLIMIT_NOFILE, &none);
	for (size_t i = 0; i < 4; i++)
		start(&other[i], cage, (struct nd_cage_item){"a", 1, NULL, 0});
	usleep(100 * 1000);
	close(ends[1]);
	pthread_join(first.thread, NULL);
	assert_int_equal(first.status, ND_OK);
	assert_int_equal(first.done, 1);
	for (size_t i = 0; i < 4; i++) {
		pthread_join(other[i].thread, NULL);
		assert_int_equal(other[i].status, ND_ERR_IO);
		assert_int_equal(other[i].done, 0);
	}
	setrlimit(RLIMIT_NOFILE, &before);
	close(ends[0]);
	talloc_free(cage);
	alarm(0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_call),
		cmocka_unit_test(test_last_worker_dies),
	};

	caller = getpid();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
