/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* close_range(), explicit_bzero() */
#include "util/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "util/alloc.h"
#include "util/outfile.h"
#include "util/str.h"
#include "util/time.h"

extern char **environ;

enum {
	NO_PROGRAM = 127,        /* as shells say it */
	ANSWER_BYTES = 64 << 10, /* of a prepared program */
};

/* A process that waits for the word. */
struct nd_child {
	int fd; /* -1: the word was given */
	pid_t pid;
};

/* At the head of what it says. */
struct answer {
	struct nd_error err;
	size_t bytes; /* that follow */
};

/* One that is to run a program. */
struct waiting {
	const char **argv;
	bool is_fed; /* else it is read */
	struct nd_child child;
};

/* What it is to run. */
struct program {
	const char *const *argv;
	unsigned timeout_ms;
};

/* What nd_child_prepare_*() have started, and nobody has used yet. */
static struct waiting *waiting;
static size_t waiting_count;

/* Start it in a process group of its own, so that its children die with it. */
static int
start(const char *const *argv, int stdout_fd, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t set;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
	                                 O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, stdout_fd, STDOUT_FILENO);
	posix_spawnattr_init(&attributes);
	/* What we ignore, others may want. */
	sigemptyset(&set);
	sigaddset(&set, SIGXFSZ);
	posix_spawnattr_setsigdefault(&attributes, &set);
	posix_spawnattr_setflags(&attributes,
	                         POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	/* posix_spawnp does not write to argv; its type is older than const. */
	failed = posix_spawnp(pid, argv[0], &actions, &attributes,
	                      (char *const *)(void *)argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

/* All that fd has until its end; false when the time is up first, or it cannot
 * be read. */
static bool
read_until(int fd, long deadline_ms, struct nd_buf *out)
{
	for (;;) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		long left_ms = deadline_ms - nd_time_monotonic_ms();
		char chunk[4096];
		ssize_t got;
		int ready;

		if (left_ms <= 0)
			return false;
		ready = poll(&wait, 1, (int)left_ms);
		if (ready == 0 || (ready < 0 && errno == EINTR))
			continue;
		got = ready < 0 ? -1 : read(fd, chunk, sizeof chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		nd_buf_add(out, chunk, (size_t)got);
		explicit_bzero(chunk, sizeof chunk);
	}
}

/* Its exit status, or -1 when it did not end by itself in time. */
static int
reap(pid_t pid, long deadline_ms)
{
	const struct timespec nap = {.tv_nsec = 5 * 1000 * 1000};
	int status;
	pid_t done;

	while ((done = waitpid(pid, &status, WNOHANG)) == 0 ||
	       (done < 0 && errno == EINTR)) {
		if (nd_time_monotonic_ms() >= deadline_ms) {
			kill(-pid, SIGKILL);
			waitpid(pid, &status, 0);
			return -1;
		}
		nanosleep(&nap, NULL);
	}
	return done == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static enum nd_status
read_now(const char *const *argv, unsigned timeout_ms, struct nd_buf *out,
         struct nd_error *err)
{
	long deadline_ms = nd_time_monotonic_ms() + (long)timeout_ms;
	int fd[2], failed, status;
	bool is_whole;
	pid_t pid;

	if (pipe(fd) != 0)
		return nd_fail(err, ND_ERR_SERVICE, "cannot run '%.200s': %s",
		               argv[0], strerror(errno));
	fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	failed = start(argv, fd[1], &pid);
	close(fd[1]);
	if (failed) {
		close(fd[0]);
		return nd_fail(err, ND_ERR_SERVICE, "cannot run '%.200s': %s",
		               argv[0], strerror(failed));
	}
	is_whole = read_until(fd[0], deadline_ms, out);
	close(fd[0]);
	status = reap(pid, is_whole ? deadline_ms : 0);
	if (!is_whole || status < 0)
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.200s' was stopped before its end", argv[0]);
	if (status != 0)
		return nd_fail(err, ND_ERR_SERVICE,
		               "'%.200s' failed with exit code %d", argv[0],
		               status);
	return ND_OK;
}

/* ---- processes that are started before they are wanted -------------------- */

static bool
is_same(const char *const *a, const char *const *b)
{
	for (; *a && *b; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return !*a && !*b;
}

/* Take one out of those that wait. */
static bool
take(const char *const *argv, bool is_fed, struct nd_child *found)
{
	for (size_t i = 0; i < waiting_count; i++) {
		struct nd_child *child = &waiting[i].child;

		if (child->fd >= 0 && waiting[i].is_fed == is_fed &&
		    is_same(waiting[i].argv, argv)) {
			*found = *child;
			child->fd = -1;
			return true;
		}
	}
	return false;
}

static void
keep(struct nd_child child, const char *const *argv, bool is_fed)
{
	struct waiting *new = x_append(NULL, waiting, waiting_count);
	size_t count = 0;

	while (argv[count])
		count++;
	new->child = child;
	new->is_fed = is_fed;
	new->argv = x_array(NULL, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		new->argv[i] = x_strdup(new->argv, argv[i]);
}

/* In the process that waits: all that it has of ours is fd. */
static void
keep_only(int fd)
{
	unsigned first = STDERR_FILENO + 1, kept = (unsigned)fd;

	if (kept > first)
		close_range(first, kept - 1, 0);
	close_range(kept >= first ? kept + 1 : first, ~0u, 0);
}

/* All len bytes; false when fd ends before. */
static bool
receive(int fd, char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t got = read(fd, bytes, len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		bytes += got;
		len -= (size_t)got;
	}
	return true;
}

/* Its whole life: wait for bytes, work, say what became of it. */
static void
serve(int fd, nd_child_work *work, void *arg)
{
	struct nd_buf *out = nd_buf_new(NULL, ANSWER_BYTES);
	struct answer answer = {0};
	size_t len;
	char *in;

	keep_only(fd);
	if (!receive(fd, (char *)&len, sizeof len))
		_exit(0);
	in = x_array(NULL, char, len + 1);
	/* Whoever dies before the end has given no word. */
	if (!receive(fd, in, len))
		_exit(0);
	answer.err.code = work(arg, in, len, out, &answer.err);
	answer.bytes = out->len;
	_exit(nd_outfile_write_all(fd, (const char *)&answer, sizeof answer) !=
	              0 ||
	      nd_outfile_write_all(fd, out->data, out->len) != 0);
}

/* The same for a program that is fed: bytes are the word, their end is none. */
static void
serve_fed(int fd, const char *const *argv)
{
	struct pollfd word = {.fd = fd, .events = POLLIN};

	keep_only(fd);
	while (poll(&word, 1, -1) < 0 && errno == EINTR)
		;
	if (!(word.revents & POLLIN) || dup2(fd, STDIN_FILENO) < 0)
		_exit(0);
	if (fd != STDIN_FILENO)
		close(fd);
	/* execvp() does not write to argv; its type is older than const. */
	execvp(argv[0], (char *const *)(void *)(uintptr_t)argv);
	_exit(NO_PROGRAM);
}

/* fd[0] stays here, fd[1] is for the process that waits. */
static bool
after_fork(const int fd[2], struct nd_child *child)
{
	close(fd[1]);
	child->fd = fd[0];
	if (child->pid < 0)
		close(fd[0]);
	return child->pid > 0;
}

static bool
start_work(struct nd_child *child, nd_child_work *work, void *arg)
{
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) != 0)
		return false;
	fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	child->pid = fork();
	if (child->pid == 0)
		serve(fd[1], work, arg);
	return after_fork(fd, child);
}

static bool
start_fed(struct nd_child *child, const char *const *argv)
{
	int fd[2];

	if (pipe(fd) != 0)
		return false;
	fcntl(fd[0], F_SETFD, FD_CLOEXEC);
	fcntl(fd[1], F_SETFD, FD_CLOEXEC);
	child->pid = fork();
	if (child->pid == 0)
		serve_fed(fd[0], argv);
	return after_fork((const int[]){fd[1], fd[0]}, child);
}

struct nd_child *
nd_child_prepare(const void *ctx, nd_child_work *work, void *arg)
{
	struct nd_child *child = x_new(ctx, struct nd_child);

	if (!start_work(child, work, arg))
		TALLOC_FREE(child);
	return child;
}

/*
 * Bytes as serve() takes them; a process that is gone does not take us along.
 * 0, or why there are fewer.
 */
static int
send_all(int fd, const char *bytes, size_t len)
{
	void (*on_sigpipe)(int) = signal(SIGPIPE, SIG_IGN);
	bool sent =
		nd_outfile_write_all(fd, (const char *)&len, sizeof len) == 0 &&
		nd_outfile_write_all(fd, bytes, len) == 0;
	int why = sent ? 0 : errno;

	signal(SIGPIPE, on_sigpipe);
	return why;
}

/* What serve() says; false when it is not all there. */
static bool
receive_answer(int fd, struct answer *answer, struct nd_buf *out)
{
	char chunk[4096];
	bool there = receive(fd, (char *)answer, sizeof *answer);
	size_t left = there ? answer->bytes : 0, part;

	for (; there && left > 0; left -= part) {
		part = left < sizeof chunk ? left : sizeof chunk;
		there = receive(fd, chunk, part);
		if (there && out)
			nd_buf_add(out, chunk, part);
	}
	explicit_bzero(chunk, sizeof chunk);
	return there;
}

enum nd_status
nd_child_ask(struct nd_child *child, const char *bytes, size_t len,
             struct nd_buf *out, struct nd_error *err)
{
	struct answer answer;
	int why = send_all(child->fd, bytes, len);

	/* Who has only a part of the word does not wait for the rest of it. */
	shutdown(child->fd, SHUT_WR);
	if (!receive_answer(child->fd, &answer, out))
		nd_fail(&answer.err, ND_ERR_IO,
		        "a process of ours has not done its work: %s",
		        why ? strerror(why) : "its end came too early");
	close(child->fd);
	child->fd = -1;
	while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (answer.err.code != ND_OK && err)
		*err = answer.err;
	return answer.err.code;
}

/* ---- programs ------------------------------------------------------------ */

static enum nd_status
work_program(void *arg, const char *bytes, size_t len, struct nd_buf *out,
             struct nd_error *err)
{
	const struct program *program = arg;

	(void)bytes;
	(void)len;
	return read_now(program->argv, program->timeout_ms, out, err);
}

void
nd_child_prepare_read(const char *const *argv, unsigned timeout_ms)
{
	struct program program = {argv, timeout_ms};
	struct nd_child child;

	if (start_work(&child, work_program, &program))
		keep(child, argv, false);
}

void
nd_child_prepare_feed(const char *const *argv)
{
	struct nd_child child;

	if (start_fed(&child, argv))
		keep(child, argv, true);
}

enum nd_status
nd_child_read(const char *const *argv, unsigned timeout_ms, struct nd_buf *out,
              struct nd_error *err)
{
	struct nd_child child;

	if (take(argv, false, &child))
		return nd_child_ask(&child, "", 0, out, err);
	return read_now(argv, timeout_ms, out, err);
}

enum nd_status
nd_child_feed(const char *const *argv, const char *bytes, size_t len,
              int *exit_code, struct nd_error *err)
{
	void (*on_sigpipe)(int);
	struct nd_child child;
	int status = 0, why;

	if (!take(argv, true, &child) && !start_fed(&child, argv))
		return nd_fail(err, ND_ERR_SERVICE, "cannot run '%.200s': %s",
		               argv[0], strerror(errno));
	/* The reader may leave before the end: that is not an error. */
	on_sigpipe = signal(SIGPIPE, SIG_IGN);
	why = nd_outfile_write_all(child.fd, bytes, len) == 0 ? 0 : errno;
	close(child.fd);
	while (waitpid(child.pid, &status, 0) < 0 && errno == EINTR)
		;
	signal(SIGPIPE, on_sigpipe);
	if (why && why != EPIPE)
		return nd_fail(err, ND_ERR_IO, "cannot write to '%.200s': %s",
		               argv[0], strerror(why));
	*exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return ND_OK;
}

bool
nd_child_is_gone(long pid)
{
	char path[64], stat[128] = "";
	const char *state;
	FILE *file;

	if (pid <= 0 || pid > INT_MAX || kill((pid_t)pid, 0) != 0)
		return pid <= 0 || pid > INT_MAX || errno == ESRCH;
	/* One that nobody has waited for is gone, too: "PID (name) Z …" */
	snprintf(path, sizeof path, "/proc/%ld/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	stat[fread(stat, 1, sizeof stat - 1, file)] = '\0';
	fclose(file);
	state = strrchr(stat, ')');
	return state && strncmp(state, ") Z", 3) == 0;
}
